//! The whole board, small, with a frame around what is seen of it: press or drag to look elsewhere.

use std::time::Duration;

use candour_shared::ids::Item;
use candour_shared::layout::Area;
use leptos::ev::PointerEvent;
use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::camera::Camera;
use super::geometry::{Pixel, Size};
use super::overview::{Painter, follow_inks, pen};
use super::scene::{Lying, Scene};
use super::stage::Stage;

/// Its size in CSS pixels; the style sheet has the same.
const SIZE: Size = Size {
    width: 176.0,
    height: 116.0,
};
/// Room around what lies on it, in CSS pixels.
const MARGIN: f64 = 6.0;
/// After how much quiet what lies on the board is drawn again.
const REST: Duration = Duration::from_millis(120);

/// The small board. Whoever uses no pointer goes from thing to thing instead.
#[component]
pub fn Minimap() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let element = NodeRef::<html::Canvas>::new();
    let mapped = RwSignal::new(None::<(Camera, Area)>);
    let mut redraw = debounce(REST, move |()| {
        let bounds = stage.scene(Scene::bounds);
        let map = bounds.map(|bounds| (Camera::whole(bounds, SIZE, MARGIN), bounds));
        mapped.try_set(map);
        if let (Some((map, _)), Some(element)) = (map, element.try_get_untracked().flatten()) {
            draw(stage, map, &element);
        }
    });
    let inks = follow_inks();
    Effect::new(move || {
        inks.track();
        stage.changed.track();
        redraw(());
    });
    let frame = Memo::new(move |_| {
        let seen = stage.camera.get().in_sight(stage.window.get()?);
        let (map, bounds) = mapped.get()?;
        // A board that is seen as a whole needs no map.
        (seen.with(bounds) != seen).then(|| Frame::of(map, seen))
    });
    let held = StoredValue::new(false);
    let look = move |event: &PointerEvent| {
        if let Some((map, _)) = mapped.get_untracked() {
            let at = Pixel {
                x: f64::from(event.offset_x()),
                y: f64::from(event.offset_y()),
            };
            stage.look(|camera, middle| camera.with_at(map.to_plane(at), middle));
        }
    };
    let down = move |event: PointerEvent| {
        if let Some(element) = element.get_untracked() {
            // A pointer that is gone already needs no capture.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        held.set_value(true);
        look(&event);
    };
    let shift = move |event: PointerEvent| {
        if held.get_value() {
            look(&event);
        }
    };
    let useful = Memo::new(move |_| frame.get().is_some());
    view! {
        <div class="minimap" class:away=move || !useful.get() aria-hidden="true">
            <canvas
                node_ref=element
                on:pointerdown=down
                on:pointermove=shift
                on:pointerup=move |_| held.set_value(false)
                on:pointercancel=move |_| held.set_value(false)
            ></canvas>
            {move || frame.get().map(|frame| view! {
                <div
                    class="minimap-frame"
                    style:translate=format!("{:.1}px {:.1}px", frame.corner.x, frame.corner.y)
                    style:width=format!("{:.1}px", frame.size.width)
                    style:height=format!("{:.1}px", frame.size.height)
                ></div>
            })}
        </div>
    }
}

/// What is seen, on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Frame {
    corner: Pixel,
    size: Size,
}

impl Frame {
    /// As much of it as is on the map.
    fn of(map: Camera, seen: Area) -> Self {
        let at = map.to_window(seen.corner);
        let Size { width, height } = map.size(seen);
        let corner = Pixel {
            x: at.x.clamp(0.0, SIZE.width),
            y: at.y.clamp(0.0, SIZE.height),
        };
        let size = Size {
            width: (at.x + width).clamp(0.0, SIZE.width) - corner.x,
            height: (at.y + height).clamp(0.0, SIZE.height) - corner.y,
        };
        Self { corner, size }
    }
}

fn draw(stage: Stage, camera: Camera, element: &web_sys::HtmlCanvasElement) {
    let density = window().device_pixel_ratio();
    let length = |pixels: f64| (pixels * density).round() as u32;
    // Setting a size clears the canvas.
    element.set_width(length(SIZE.width));
    element.set_height(length(SIZE.height));
    let Some(painter) = pen(element).and_then(|pen| Painter::new(pen, camera)) else {
        return;
    };
    painter.scale_to(density);
    let items: Vec<(Item, Lying)> = stage.scene(|scene| scene.iter().collect());
    for (item, lying) in items {
        match item {
            Item::Cluster(_) => painter.group(lying),
            Item::Note(_) => painter.speck(lying),
        }
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::layout::Point;

    use super::*;

    #[test]
    fn the_frame_stays_on_the_map() {
        let bounds = Area {
            corner: Point { x: 0, y: 0 },
            size: (4000, 2000),
        };
        let map = Camera::whole(bounds, SIZE, MARGIN);
        let seen = Area {
            corner: Point { x: 3000, y: -9000 },
            size: (90_000, 90_000),
        };
        let frame = Frame::of(map, seen);
        assert!(frame.corner.x > 100.0 && frame.corner.y < 0.1);
        assert!(frame.corner.x + frame.size.width <= SIZE.width);
        let all = Frame::of(map, bounds);
        assert!(all.corner.x >= MARGIN - 0.1 && all.size.width <= SIZE.width - 2.0 * MARGIN + 0.1);
    }
}
