//! What fingers and mice mean: from raw pointer events to what is done.

use candour_shared::ids::Item;

use super::geometry::Pixel;

/// A pointer on the canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finger {
    /// The browser's number for it.
    pub id: i32,
    /// Where it is.
    pub at: Pixel,
}

/// How far a pointer may stray, in CSS pixels, and still only press.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slop(pub f64);

impl Slop {
    /// For a mouse.
    pub const MOUSE: Self = Self(4.0);
    /// For a finger or a pen.
    pub const TOUCH: Self = Self(8.0);
}

/// A pointer that goes down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Press {
    /// Which, and where.
    pub finger: Finger,
    /// What it could carry.
    pub on: Option<Item>,
    /// How far it may stray.
    pub slop: Slop,
    /// Whether it draws a band where there is nothing to carry.
    pub bands: bool,
}

/// What pointers are doing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// One is down and has not moved.
    Pressed {
        /// Which, and where it went down.
        finger: Finger,
        /// What it would carry; nothing where it would pan.
        on: Option<Item>,
        /// How far it may stray.
        slop: Slop,
        /// Whether it would draw a band where it would pan.
        bands: bool,
    },
    /// One draws a band around things: where it began, and where it is.
    Banding(Finger, Finger),
    /// One pans.
    Panning(Finger),
    /// One carries a thing.
    Carrying(Finger),
    /// Two zoom and pan.
    Pinching(Finger, Finger),
}

/// What a pointer event asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Deed {
    /// A press that did not move.
    Tap,
    /// Move what is seen.
    Pan {
        /// From here.
        from: Pixel,
        /// To here.
        to: Pixel,
    },
    /// Zoom and move what is seen.
    Pinch {
        /// From between these.
        from: [Pixel; 2],
        /// To between these.
        to: [Pixel; 2],
    },
    /// Choose what is between here and there.
    Choose {
        /// Where the band began.
        from: Pixel,
        /// Where it ends.
        to: Pixel,
    },
    /// Take a thing up.
    Lift {
        /// The thing.
        item: Item,
        /// Where it was taken hold of.
        from: Pixel,
        /// Where the pointer is by now.
        to: Pixel,
    },
    /// Carry it on.
    Carry(Pixel),
    /// Let it go here.
    Drop,
    /// Put it back.
    Abandon,
}

impl Gesture {
    /// A pointer goes down, on a thing it could carry or on nothing.
    pub fn press(&mut self, press: Press) -> Option<Deed> {
        let Press {
            finger,
            on,
            slop,
            bands,
        } = press;
        match *self {
            Self::Idle => {
                *self = Self::Pressed {
                    finger,
                    on,
                    slop,
                    bands,
                };
                None
            }
            Self::Pressed { finger: first, .. }
            | Self::Panning(first)
            | Self::Banding(_, first) => {
                *self = Self::Pinching(first, finger);
                None
            }
            Self::Carrying(first) => {
                *self = Self::Pinching(first, finger);
                Some(Deed::Abandon)
            }
            Self::Pinching(..) => None,
        }
    }

    /// A pointer moves.
    pub fn shift(&mut self, moved: Finger) -> Option<Deed> {
        let to = moved.at;
        match *self {
            Self::Pressed {
                finger,
                on,
                slop,
                bands,
            } if finger.id == moved.id => {
                if finger.at.distance(to) < slop.0 {
                    return None;
                }
                let from = finger.at;
                match on {
                    Some(item) => {
                        *self = Self::Carrying(moved);
                        Some(Deed::Lift { item, from, to })
                    }
                    None if bands => {
                        *self = Self::Banding(finger, moved);
                        None
                    }
                    None => {
                        *self = Self::Panning(moved);
                        Some(Deed::Pan { from, to })
                    }
                }
            }
            Self::Banding(from, finger) if finger.id == moved.id => {
                *self = Self::Banding(from, moved);
                None
            }
            Self::Panning(finger) if finger.id == moved.id => {
                *self = Self::Panning(moved);
                let from = finger.at;
                Some(Deed::Pan { from, to })
            }
            Self::Carrying(finger) if finger.id == moved.id => {
                *self = Self::Carrying(moved);
                Some(Deed::Carry(to))
            }
            Self::Pinching(first, second) => {
                let (a, b) = if first.id == moved.id {
                    (moved, second)
                } else if second.id == moved.id {
                    (first, moved)
                } else {
                    return None;
                };
                *self = Self::Pinching(a, b);
                Some(Deed::Pinch {
                    from: [first.at, second.at],
                    to: [a.at, b.at],
                })
            }
            Self::Idle
            | Self::Pressed { .. }
            | Self::Banding(..)
            | Self::Panning(_)
            | Self::Carrying(_) => None,
        }
    }

    /// A pointer goes up.
    pub fn release(&mut self, id: i32) -> Option<Deed> {
        match *self {
            Self::Pressed { finger, .. } if finger.id == id => {
                *self = Self::Idle;
                Some(Deed::Tap)
            }
            Self::Panning(finger) if finger.id == id => {
                *self = Self::Idle;
                None
            }
            Self::Banding(from, finger) if finger.id == id => {
                *self = Self::Idle;
                Some(Deed::Choose {
                    from: from.at,
                    to: finger.at,
                })
            }
            Self::Carrying(finger) if finger.id == id => {
                *self = Self::Idle;
                Some(Deed::Drop)
            }
            Self::Pinching(first, second) => {
                if first.id == id {
                    *self = Self::Panning(second);
                } else if second.id == id {
                    *self = Self::Panning(first);
                }
                None
            }
            Self::Idle
            | Self::Pressed { .. }
            | Self::Banding(..)
            | Self::Panning(_)
            | Self::Carrying(_) => None,
        }
    }

    /// The browser takes a pointer away.
    pub fn lose(&mut self, id: i32) -> Option<Deed> {
        let carried = matches!(*self, Self::Carrying(finger) if finger.id == id);
        match self.release(id) {
            Some(_) if carried => Some(Deed::Abandon),
            Some(_) | None => None,
        }
    }

    /// The person thinks better of it: nothing more happens until a pointer goes down again.
    pub fn abandon(&mut self) -> Option<Deed> {
        let carried = matches!(self, Self::Carrying(_));
        *self = Self::Idle;
        carried.then_some(Deed::Abandon)
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::NoteId;

    use super::*;

    const ITEM: Item = Item::Note(NoteId::from_bytes([1; 16]));

    fn finger(id: i32, x: f64) -> Finger {
        Finger {
            id,
            at: Pixel { x, y: 0.0 },
        }
    }

    fn down(finger: Finger, on: Option<Item>, slop: Slop) -> Press {
        Press {
            finger,
            on,
            slop,
            bands: false,
        }
    }

    #[test]
    fn with_shift_on_nothing_a_band_is_drawn_and_chooses() {
        let mut gesture = Gesture::Idle;
        gesture.press(Press {
            bands: true,
            ..down(finger(1, 0.0), None, Slop::MOUSE)
        });
        assert_eq!(gesture.shift(finger(1, 40.0)), None);
        assert_eq!(gesture.shift(finger(1, 90.0)), None);
        let (from, to) = (finger(1, 0.0).at, finger(1, 90.0).at);
        assert_eq!(gesture.release(1), Some(Deed::Choose { from, to }));
    }

    #[test]
    fn a_press_that_strays_a_little_is_a_tap() {
        let mut gesture = Gesture::Idle;
        assert_eq!(
            gesture.press(down(finger(1, 0.0), Some(ITEM), Slop::TOUCH)),
            None
        );
        assert_eq!(gesture.shift(finger(1, 7.0)), None);
        assert_eq!(gesture.release(1), Some(Deed::Tap));
        assert_eq!(gesture, Gesture::Idle);
    }

    #[test]
    fn one_swift_movement_lifts_and_drops() {
        let mut gesture = Gesture::Idle;
        gesture.press(down(finger(1, 0.0), Some(ITEM), Slop::MOUSE));
        let (from, to) = (finger(1, 0.0).at, finger(1, 300.0).at);
        let item = ITEM;
        assert_eq!(
            gesture.shift(finger(1, 300.0)),
            Some(Deed::Lift { item, from, to })
        );
        assert_eq!(gesture.release(1), Some(Deed::Drop));
    }

    #[test]
    fn on_nothing_it_pans() {
        let mut gesture = Gesture::Idle;
        gesture.press(down(finger(1, 0.0), None, Slop::MOUSE));
        let (from, to) = (finger(1, 0.0).at, finger(1, 9.0).at);
        assert_eq!(gesture.shift(finger(1, 9.0)), Some(Deed::Pan { from, to }));
        assert_eq!(gesture.release(1), None);
    }

    #[test]
    fn a_second_finger_puts_back_what_the_first_carries_and_pinches() {
        let mut gesture = Gesture::Idle;
        gesture.press(down(finger(1, 0.0), Some(ITEM), Slop::TOUCH));
        gesture.shift(finger(1, 20.0));
        let second = gesture.press(down(finger(2, 100.0), None, Slop::TOUCH));
        assert_eq!(second, Some(Deed::Abandon));
        let pinched = gesture.shift(finger(2, 140.0));
        assert!(matches!(pinched, Some(Deed::Pinch { .. })), "{pinched:?}");
        assert_eq!(gesture.release(1), None);
        assert_eq!(gesture, Gesture::Panning(finger(2, 140.0)));
    }

    #[test]
    fn after_escape_nothing_follows_the_pointer() {
        let mut gesture = Gesture::Idle;
        gesture.press(down(finger(1, 0.0), Some(ITEM), Slop::MOUSE));
        gesture.shift(finger(1, 20.0));
        assert_eq!(gesture.abandon(), Some(Deed::Abandon));
        assert_eq!(gesture.shift(finger(1, 40.0)), None);
        assert_eq!(gesture.release(1), None);
    }

    #[test]
    fn a_pointer_the_browser_takes_away_drops_nothing() {
        let mut gesture = Gesture::Idle;
        gesture.press(down(finger(1, 0.0), Some(ITEM), Slop::MOUSE));
        gesture.shift(finger(1, 20.0));
        assert_eq!(gesture.lose(1), Some(Deed::Abandon));
        gesture.press(down(finger(1, 0.0), Some(ITEM), Slop::MOUSE));
        assert_eq!(gesture.lose(1), None);
    }
}
