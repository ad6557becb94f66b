//! The one controller of pointers on the canvas: pan, pinch, wheel, and carrying things.

use std::time::Duration;

use candour_shared::ids::Item;
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::camera::between;
use super::carry::Placing;
use super::geometry::{Pixel, Size, moved};
use super::gesture::{Deed, Finger, Gesture, Press, Slop};
use super::stage::Stage;

/// How near the window's edge, in CSS pixels, what is carried moves what is seen.
const EDGE: f64 = 56.0;
/// How far it moves at most per frame of the screen, in CSS pixels.
const EDGE_SPEED: f64 = 14.0;
/// How much one CSS pixel of a wheel zooms; its natural logarithm.
const WHEEL_ZOOM: f64 = 0.008;
/// Most CSS pixels of one wheel event that zoom: a mouse's notch is large, a trackpad's pinch small.
const WHEEL_NOTCH: f64 = 30.0;
/// CSS pixels of a line and of a page, for wheels that count in those.
const WHEEL_UNITS: [f64; 3] = [1.0, 20.0, 400.0];
/// What a press leaves to the browser.
const CONTROLS: &str = "button, input, select, textarea, a, [role=menu], .minimap, .selection";
/// How long a finger rests on a thing to choose it.
const LONG_PRESS: Duration = Duration::from_millis(500);

/// Pointers on the canvas.
#[derive(Clone, Copy)]
pub struct Pointers {
    stage: Stage,
    element: NodeRef<html::Div>,
    gesture: RwSignal<Gesture>,
    hold: StoredValue<Hold>,
}

/// How the pointer holds what it carries.
#[derive(Debug, Clone, Copy, Default)]
struct Hold {
    /// From the thing's corner to where it was taken hold of, in board units.
    grip: (i32, i32),
    /// Where the pointer took hold of it.
    from: Pixel,
    /// Where the pointer is.
    at: Pixel,
    /// Whether somebody looks after the window's edges.
    watching: bool,
    /// Counts presses, so that a long one knows whether it still goes on.
    press: u32,
    /// Whether the press was long, and has chosen something.
    was_long: bool,
}

impl Pointers {
    /// Pointers on the canvas in this element.
    #[must_use]
    pub fn new(stage: Stage, element: NodeRef<html::Div>) -> Self {
        Self {
            stage,
            element,
            gesture: RwSignal::new(Gesture::Idle),
            hold: StoredValue::new(Hold::default()),
        }
    }

    /// What the pointers are doing, followed.
    #[must_use]
    pub fn gesture(self) -> Gesture {
        self.gesture.get()
    }

    /// A pointer goes down.
    pub fn down(self, event: &PointerEvent) {
        if event.button() != 0 || closest(event, CONTROLS).is_some() {
            return;
        }
        let gesture = self.gesture.get_untracked();
        if gesture == Gesture::Idle {
            // What the keyboard has taken up meanwhile.
            self.stage.abandon();
        }
        let finger = self.finger(event);
        let point = self.stage.camera.get_untracked().to_plane(finger.at);
        let on = self.stage.scene(|scene| scene.grip(point));
        let on = on.filter(|_| untrack(|| self.stage.may_move()));
        let slop = if is_mouse(event) {
            Slop::MOUSE
        } else {
            Slop::TOUCH
        };
        let bands = event.shift_key() && untrack(|| self.stage.may_move());
        self.hold.update_value(|hold| {
            hold.press = hold.press.wrapping_add(1);
            hold.was_long = false;
        });
        if let (Gesture::Idle, Some(item), false) = (gesture, on, is_mouse(event)) {
            self.wait_for_long_press(item);
        }
        let press = Press {
            finger,
            on,
            slop,
            bands,
        };
        self.act(event, |gesture| gesture.press(press));
    }

    /// Chooses a thing on which a finger rests long enough.
    fn wait_for_long_press(self, item: Item) {
        let press = self.hold.with_value(|hold| hold.press);
        let choose = move || {
            let gesture = self.gesture.try_get_untracked();
            let rests = matches!(gesture, Some(Gesture::Pressed { .. }));
            let same = self.hold.try_with_value(|hold| hold.press) == Some(press);
            if rests && same {
                self.hold.update_value(|hold| hold.was_long = true);
                self.stage.chosen.toggle(item);
            }
        };
        set_timeout(choose, LONG_PRESS);
    }

    /// Whether a pointer is down, not followed.
    #[must_use]
    pub fn is_pressing(self) -> bool {
        self.gesture.get_untracked() != Gesture::Idle
    }

    /// A pointer moves.
    pub fn shift(self, event: &PointerEvent) {
        let finger = self.finger(event);
        self.act(event, |gesture| gesture.shift(finger));
    }

    /// A pointer goes up.
    pub fn up(self, event: &PointerEvent) {
        self.act(event, |gesture| gesture.release(event.pointer_id()));
    }

    /// The browser takes a pointer away.
    pub fn lose(self, event: &PointerEvent) {
        self.act(event, |gesture| gesture.lose(event.pointer_id()));
    }

    /// The person thinks better of it.
    pub fn abandon(self) {
        let mut gesture = self.gesture.get_untracked();
        if gesture.abandon() == Some(Deed::Abandon) {
            self.stage.abandon();
        }
        self.gesture.set(gesture);
    }

    /// A wheel turns, or two fingers move on a trackpad.
    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let unit = WHEEL_UNITS.get(event.delta_mode() as usize);
        let unit = unit.copied().unwrap_or(1.0);
        let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
        let camera = self.stage.camera.get_untracked();
        let camera = if event.ctrl_key() || event.meta_key() {
            let notch = y.clamp(-WHEEL_NOTCH, WHEEL_NOTCH);
            let about = self.pixel(event);
            camera.zoomed(about, (-notch * WHEEL_ZOOM).exp())
        } else if event.shift_key() && x == 0.0 {
            camera.panned(-y, 0.0)
        } else {
            camera.panned(-x, -y)
        };
        self.stage.camera.set(camera);
    }

    /// A double click on the board from afar goes there.
    pub fn go_closer(self, event: &web_sys::MouseEvent) {
        let camera = self.stage.camera.get_untracked();
        if !camera.is_legible() {
            let about = self.pixel(event);
            self.stage.camera.set(camera.zoomed_to(about, 1.0));
        }
    }

    fn act(self, event: &PointerEvent, turn: impl FnOnce(&mut Gesture) -> Option<Deed>) {
        let mut gesture = self.gesture.get_untracked();
        let deed = turn(&mut gesture);
        if gesture != self.gesture.get_untracked() {
            self.gesture.set(gesture);
        }
        match gesture {
            Gesture::Panning(_)
            | Gesture::Banding(..)
            | Gesture::Carrying(_)
            | Gesture::Pinching(..) => self.capture(event),
            Gesture::Idle | Gesture::Pressed { .. } => {}
        }
        match deed {
            Some(Deed::Tap) => self.tap(event),
            Some(Deed::Pan { from, to }) => self
                .stage
                .camera
                .update(|camera| *camera = camera.panned(to.x - from.x, to.y - from.y)),
            Some(Deed::Pinch { from, to }) => self.pinch(from, to),
            Some(Deed::Lift { item, from, to }) => self.lift(item, from, to),
            Some(Deed::Carry(to)) => self.carry(to),
            Some(Deed::Drop) if event.alt_key() => self.stage.let_go(Placing::Free),
            Some(Deed::Drop) => self.stage.let_go(Placing::Snapped),
            Some(Deed::Choose { from, to }) => self.choose(from, to),
            Some(Deed::Abandon) => self.stage.abandon(),
            None => {}
        }
    }

    fn choose(self, from: Pixel, to: Pixel) {
        let area = between(self.stage.camera.get_untracked(), from, to);
        let inside = self.stage.scene(|scene| scene.within(area));
        self.stage.chosen.add(inside);
    }

    fn tap(self, event: &PointerEvent) {
        if self.hold.with_value(|hold| hold.was_long) {
            return;
        }
        let point = self.stage.camera.get_untracked();
        let point = point.to_plane(self.pixel(event));
        let on = self.stage.scene(|scene| scene.grip(point));
        let chosen = self.stage.chosen;
        let by_touch = !is_mouse(event) && !chosen.is_empty_now();
        let besides = event.shift_key() || event.ctrl_key() || event.meta_key() || by_touch;
        if besides && untrack(|| self.stage.may_move()) {
            if let Some(item) = on {
                chosen.toggle(item);
            }
            return;
        }
        if on.is_none_or(|item| !chosen.has_now(item)) {
            chosen.clear();
        }
        if let Some(Item::Cluster(cluster)) = on
            && closest(event, "[data-rename]").is_some()
        {
            self.stage.rename(cluster);
        }
    }

    fn pinch(self, from: [Pixel; 2], to: [Pixel; 2]) {
        let middle = from[0].halfway(from[1]);
        let now = to[0].halfway(to[1]);
        // Two fingers in one place say nothing about a scale.
        let factor = to[0].distance(to[1]).max(1.0) / from[0].distance(from[1]).max(1.0);
        self.stage.camera.update(|camera| {
            *camera = camera
                .panned(now.x - middle.x, now.y - middle.y)
                .zoomed(now, factor);
        });
    }

    fn lift(self, item: Item, from: Pixel, to: Pixel) {
        let grip = self.stage.camera.get_untracked().to_plane(from);
        if !self.stage.lift(item) {
            return;
        }
        let corner = self
            .stage
            .lifted
            .with_untracked(|it| it.as_ref().map(|it| it.at));
        if let Some(corner) = corner {
            let grip = (grip.x - corner.x, grip.y - corner.y);
            self.hold.update_value(|hold| {
                hold.grip = grip;
                hold.from = from;
            });
            self.carry(to);
        }
    }

    fn carry(self, to: Pixel) {
        let hold = self.hold.try_update_value(|hold| {
            hold.at = to;
            *hold
        });
        let Some(hold) = hold else { return };
        let point = self.stage.camera.get_untracked().to_plane(to);
        self.stage.carry(moved(point, (-hold.grip.0, -hold.grip.1)));
        if !hold.watching {
            self.watch_edges();
        }
    }

    /// Moves what is seen while something is carried near the window's edge.
    fn watch_edges(self) {
        let carrying = self.gesture.try_get_untracked();
        let window = self.stage.window.try_get_untracked().flatten();
        let hold = self.hold.try_get_value();
        let (Some(Gesture::Carrying(_)), Some(window), Some(hold)) = (carrying, window, hold)
        else {
            self.hold.try_update_value(|hold| hold.watching = false);
            return;
        };
        let (x, y) = beyond(hold.at, hold.from, window);
        let near = x != 0.0 || y != 0.0;
        self.hold.update_value(|hold| hold.watching = near);
        if near {
            self.stage
                .camera
                .update(|camera| *camera = camera.panned(x, y));
            self.carry(hold.at);
            request_animation_frame(move || self.watch_edges());
        }
    }

    fn capture(self, event: &PointerEvent) {
        let id = event.pointer_id();
        if let Some(element) = self.element.get_untracked()
            && !element.has_pointer_capture(id)
        {
            // A pointer that is gone already needs no capture.
            let _ = element.set_pointer_capture(id);
        }
    }

    fn finger(self, event: &PointerEvent) -> Finger {
        Finger {
            id: event.pointer_id(),
            at: self.pixel(event),
        }
    }

    fn pixel(self, event: &web_sys::MouseEvent) -> Pixel {
        let corner = self.element.get_untracked().map_or((0.0, 0.0), |element| {
            let rect = element.get_bounding_client_rect();
            (rect.x(), rect.y())
        });
        Pixel {
            x: f64::from(event.client_x()) - corner.0,
            y: f64::from(event.client_y()) - corner.1,
        }
    }
}

/// How far to move what is seen for a pointer near the window's edge, in CSS pixels. What was taken
/// hold of there moves nothing before it comes nearer.
fn beyond(at: Pixel, from: Pixel, window: Size) -> (f64, f64) {
    let push = |at: f64, from: f64, window: f64| {
        let before = (EDGE.min(from) - at).clamp(0.0, EDGE);
        let after = (at - (window - EDGE).max(from)).clamp(0.0, EDGE);
        (before - after) / EDGE * EDGE_SPEED
    };
    (
        push(at.x, from.x, window.width),
        push(at.y, from.y, window.height),
    )
}

fn is_mouse(event: &PointerEvent) -> bool {
    event.pointer_type() == "mouse"
}

/// The nearest element around what the event is on that a selector names.
fn closest(event: &web_sys::Event, selector: &str) -> Option<web_sys::Element> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    // Our selectors are all well formed.
    target.closest(selector).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nearing_an_edge_moves_what_is_seen() {
        let window = Size {
            width: 800.0,
            height: 600.0,
        };
        let pixel = |x, y| Pixel { x, y };
        let at = |x, y| beyond(pixel(x, y), pixel(400.0, 300.0), window);
        assert_eq!(at(400.0, 300.0), (0.0, 0.0));
        assert_eq!(at(0.0, 300.0), (EDGE_SPEED, 0.0));
        assert_eq!(at(400.0, 900.0), (0.0, -EDGE_SPEED));
        let held = pixel(20.0, 300.0);
        assert_eq!(beyond(pixel(25.0, 310.0), held, window), (0.0, 0.0));
        assert!(beyond(pixel(5.0, 310.0), held, window).0 > 0.0);
    }
}
