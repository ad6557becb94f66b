//! Which part of the plane is in the window, and how large.

use candour_shared::layout::{Area, Point};

use super::geometry::{Pixel, Size};

/// Least and most one can zoom to.
const SCALES: (f64, f64) = (0.04, 2.5);
/// How much a button or a key zooms.
const STEP: f64 = 1.25;
/// Room around what is fitted into the window, in CSS pixels.
const MARGIN: f64 = 32.0;
/// Room for the buttons at the window's lower edge besides, in CSS pixels.
const FOOT: f64 = 40.0;
/// Below this scale nobody can read a note: it is drawn as a coloured shape.
const LEGIBLE: f64 = 0.35;

/// A window onto the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Where the plane's origin lies in the window.
    origin: Pixel,
    /// CSS pixels per board unit.
    scale: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            origin: Pixel {
                x: MARGIN,
                y: MARGIN,
            },
            scale: 1.0,
        }
    }
}

impl Camera {
    /// CSS pixels per board unit.
    #[must_use]
    pub const fn scale(self) -> f64 {
        self.scale
    }

    /// Whether notes can be read.
    #[must_use]
    pub fn is_legible(self) -> bool {
        self.scale >= LEGIBLE
    }

    /// The place on the plane that is at this place of the window.
    #[must_use]
    pub fn to_plane(self, pixel: Pixel) -> Point {
        Point {
            x: units((pixel.x - self.origin.x) / self.scale),
            y: units((pixel.y - self.origin.y) / self.scale),
        }
    }

    /// Where in the window a place on the plane is.
    #[must_use]
    pub fn to_window(self, point: Point) -> Pixel {
        Pixel {
            x: f64::from(point.x).mul_add(self.scale, self.origin.x),
            y: f64::from(point.y).mul_add(self.scale, self.origin.y),
        }
    }

    /// How large a rectangle on the plane is in the window.
    #[must_use]
    pub fn size(self, area: Area) -> Size {
        Size {
            width: f64::from(area.size.0) * self.scale,
            height: f64::from(area.size.1) * self.scale,
        }
    }

    /// The part of the plane a window of this size shows.
    #[must_use]
    pub fn in_sight(self, window: Size) -> Area {
        let corner = self.to_plane(Pixel::default());
        let end = self.to_plane(Pixel {
            x: window.width,
            y: window.height,
        });
        let size = (end.x - corner.x, end.y - corner.y);
        Area { corner, size }
    }

    /// Moves what is seen by so many CSS pixels.
    #[must_use]
    pub fn panned(self, x: f64, y: f64) -> Self {
        Self {
            origin: Pixel {
                x: self.origin.x + x,
                y: self.origin.y + y,
            },
            ..self
        }
    }

    /// Zooms by a factor; what is at `about` stays there.
    #[must_use]
    pub fn zoomed(self, about: Pixel, factor: f64) -> Self {
        self.zoomed_to(about, self.scale * factor)
    }

    /// Zooms to a scale; what is at `about` stays there.
    #[must_use]
    pub fn zoomed_to(self, about: Pixel, scale: f64) -> Self {
        let scale = scale.clamp(SCALES.0, SCALES.1);
        let factor = scale / self.scale;
        let origin = Pixel {
            x: (self.origin.x - about.x).mul_add(factor, about.x),
            y: (self.origin.y - about.y).mul_add(factor, about.y),
        };
        Self { origin, scale }
    }

    /// Zooms in by a step.
    #[must_use]
    pub fn closer(self, about: Pixel) -> Self {
        self.zoomed(about, STEP)
    }

    /// Zooms out by a step.
    #[must_use]
    pub fn farther(self, about: Pixel) -> Self {
        self.zoomed(about, 1.0 / STEP)
    }

    /// Shows all of a rectangle in the middle of the window, at most in its natural size.
    #[must_use]
    pub fn fitted(area: Area, window: Size) -> Self {
        let window = Size {
            height: window.height - FOOT,
            ..window
        };
        let room = |window: f64, units: i32| (window - 2.0 * MARGIN) / f64::from(units.max(1));
        let scale = room(window.width, area.size.0)
            .min(room(window.height, area.size.1))
            .clamp(SCALES.0, 1.0);
        let start = |window: f64, at: i32, units: i32| {
            let middle = f64::from(at) + f64::from(units) / 2.0;
            middle.mul_add(-scale, window / 2.0)
        };
        Self {
            origin: Pixel {
                x: start(window.width, area.corner.x, area.size.0),
                y: start(window.height, area.corner.y, area.size.1),
            },
            scale,
        }
    }

    /// Shows all of a rectangle in the middle of a small window, however small that makes it.
    #[must_use]
    pub fn whole(area: Area, window: Size, margin: f64) -> Self {
        let room = |window: f64, units: i32| (window - 2.0 * margin) / f64::from(units.max(1));
        let scale = room(window.width, area.size.0).min(room(window.height, area.size.1));
        let middle = area.middle();
        Self {
            origin: Pixel {
                x: f64::from(middle.x).mul_add(-scale, window.width / 2.0),
                y: f64::from(middle.y).mul_add(-scale, window.height / 2.0),
            },
            scale,
        }
    }

    /// Moves so that a place on the plane is at a place of the window.
    #[must_use]
    pub fn with_at(self, point: Point, pixel: Pixel) -> Self {
        let now = self.to_window(point);
        self.panned(pixel.x - now.x, pixel.y - now.y)
    }

    /// Moves as little as it takes to have a rectangle in the window; where it does not fit, its top
    /// left corner is.
    #[must_use]
    pub fn showing(self, area: Area, window: Size) -> Self {
        let shift = |start: f64, units: i32, window: f64| {
            let end = f64::from(units).mul_add(self.scale, start);
            let (least, most) = (MARGIN, window - MARGIN);
            if start < least || end - start > most - least {
                least - start
            } else if end > most {
                most - end
            } else {
                0.0
            }
        };
        let at = self.to_window(area.corner);
        self.panned(
            shift(at.x, area.size.0, window.width),
            shift(at.y, area.size.1, window.height),
        )
    }

    /// The same, but so close that notes can be read.
    #[must_use]
    pub fn reading(self, area: Area, window: Size) -> Self {
        let closer = if self.is_legible() {
            self
        } else {
            self.zoomed_to(self.to_window(area.middle()), 1.0)
        };
        closer.showing(area, window)
    }

    /// On the way to another one: 0 is here, 1 is there. Everything moves along a straight line.
    #[must_use]
    pub fn towards(self, to: Self, part: f64) -> Self {
        let between = |here: f64, there: f64| here + (there - here) * part;
        Self {
            origin: Pixel {
                x: between(self.origin.x, to.origin.x),
                y: between(self.origin.y, to.origin.y),
            },
            scale: between(self.scale, to.scale),
        }
    }

    /// The CSS transform of the plane.
    #[must_use]
    pub fn transform(self) -> String {
        let Pixel { x, y } = self.origin;
        format!("translate({x:.2}px, {y:.2}px) scale({:.4})", self.scale)
    }

    /// "85 %".
    #[must_use]
    pub fn percent(self) -> String {
        format!("{:.0} %", self.scale * 100.0)
    }
}

/// Board units of a measured length. A length that is far off the board ends at the largest number.
fn units(length: f64) -> i32 {
    length.round() as i32
}

/// The rectangle of the plane between two places of the window.
#[must_use]
pub fn between(camera: Camera, from: Pixel, to: Pixel) -> Area {
    let (corner, end) = sorted(from, to);
    let (corner, end): (Point, Point) = (camera.to_plane(corner), camera.to_plane(end));
    let size = ((end.x - corner.x).max(1), (end.y - corner.y).max(1));
    Area { corner, size }
}

/// The top left corner and the bottom right one.
#[must_use]
pub fn sorted(one: Pixel, other: Pixel) -> (Pixel, Pixel) {
    let corner = Pixel {
        x: one.x.min(other.x),
        y: one.y.min(other.y),
    };
    let end = Pixel {
        x: one.x.max(other.x),
        y: one.y.max(other.y),
    };
    (corner, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Size = Size {
        width: 800.0,
        height: 600.0,
    };

    fn area(x: i32, y: i32, width: i32, height: i32) -> Area {
        Area {
            corner: Point { x, y },
            size: (width, height),
        }
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let about = Pixel { x: 300.0, y: 200.0 };
        let camera = Camera::default().panned(-71.0, 13.0);
        let before = camera.to_plane(about);
        for factor in [0.5, 1.25, 2.0] {
            assert_eq!(camera.zoomed(about, factor).to_plane(about), before);
        }
    }

    #[test]
    fn zooming_ends_at_its_limits() {
        let about = Pixel::default();
        let camera = Camera::default();
        assert!((camera.zoomed(about, 100.0).scale() - 2.5).abs() < 1e-9);
        assert!((camera.zoomed(about, 0.0001).scale() - SCALES.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_fitted_is_in_sight() {
        for wide in [area(-500, 40, 4000, 300), area(9_000, -7_000, 200, 5_000)] {
            let sight = Camera::fitted(wide, WINDOW).in_sight(WINDOW);
            assert_eq!(sight.with(wide), sight, "{wide:?}");
        }
        let small = Camera::fitted(area(0, 0, 208, 152), WINDOW);
        assert!((small.scale() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_rectangle_out_of_sight_is_brought_in_and_one_in_sight_moves_nothing() {
        let camera = Camera::default();
        let inside = area(100, 100, 208, 152);
        assert_eq!(camera.showing(inside, WINDOW), camera);
        for outside in [area(-900, 0, 208, 152), area(5_000, 4_000, 208, 152)] {
            let sight = camera.showing(outside, WINDOW).in_sight(WINDOW);
            assert_eq!(sight.with(outside), sight, "{outside:?}");
        }
    }

    #[test]
    fn a_band_can_be_drawn_from_any_corner() {
        let pixel = |x, y| Pixel { x, y };
        let camera = Camera::default();
        let one = between(camera, pixel(10.0, 20.0), pixel(110.0, 70.0));
        let other = between(camera, pixel(110.0, 20.0), pixel(10.0, 70.0));
        assert_eq!(one, other);
        assert_eq!(one.size, (100, 50));
    }
}
