//! The board from afar, where nobody can read a note: coloured shapes, drawn at once.

use candour_shared::ids::Item;
use candour_shared::layout::Area;
use candour_shared::settings::Colour;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::CanvasRenderingContext2d;

use super::camera::Camera;
use super::geometry::Size;
use super::scene::Lying;
use super::stage::Stage;
use crate::browser::media::{self, DARK, FORCED_COLOURS};
use crate::components::search::Search;
use crate::view::colour_word;

/// How wide the edge of a note is drawn, in board units.
const EDGE: f64 = 14.0;
/// How large the names of groups are written, in CSS pixels.
const LETTERS: f64 = 13.0;
/// Narrower groups, in CSS pixels, have no room for a name.
const NAMED: f64 = 36.0;

/// How much is left of a note that the search doesn't find.
const FADED: f64 = 0.25;

/// The whole board as shapes, while it is seen from afar. Screen readers are served by the list.
#[component]
pub fn Overview() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let element = NodeRef::<html::Canvas>::new();
    let far = Memo::new(move |_| !stage.camera.get().is_legible());
    let scheduled = StoredValue::new(false);
    let search = expect_context::<Search>();
    let inks = follow_inks();
    Effect::new(move || {
        inks.track();
        search.track();
        stage.camera.track();
        stage.window.track();
        stage.changed.track();
        stage.chosen.all().track();
        let first = far.get()
            && scheduled.try_update_value(|scheduled| !std::mem::replace(scheduled, true))
                == Some(true);
        if first {
            request_animation_frame(move || {
                scheduled.try_set_value(false);
                if let Some(element) = element.try_get_untracked().flatten() {
                    draw(stage, search, &element);
                }
            });
        }
    });
    view! { <canvas class="overview" class:away=move || !far.get() node_ref=element aria-hidden="true"></canvas> }
}

fn draw(stage: Stage, search: Search, element: &web_sys::HtmlCanvasElement) {
    let Some(window) = stage.window.get_untracked() else {
        return;
    };
    let camera = stage.camera.get_untracked();
    let density = leptos::prelude::window().device_pixel_ratio();
    let length = |pixels: f64| (pixels * density).round() as u32;
    // Setting a size clears the canvas, and takes time.
    let size = (length(window.width), length(window.height));
    if (element.width(), element.height()) != size {
        element.set_width(size.0);
        element.set_height(size.1);
    }
    let Some(painter) = pen(element).and_then(|pen| Painter::new(pen, camera)) else {
        return;
    };
    painter.scale_to(density);
    painter
        .pen
        .clear_rect(0.0, 0.0, window.width, window.height);
    let sight = camera.in_sight(window);
    let items: Vec<(Item, Lying)> = stage.scene(|scene| {
        let seen = scene.iter().filter(|(_, lying)| lying.area.meets(sight));
        let mut seen: Vec<_> = seen.collect();
        seen.sort_by_key(|(_, lying)| lying.height);
        seen
    });
    for (item, lying) in &items {
        if let Item::Note(note) = item {
            // Most often nothing is looked for.
            let faded = !untrack(|| search.finds(*note));
            if faded {
                painter.pen.set_global_alpha(FADED);
            }
            painter.note(*lying);
            if faded {
                painter.pen.set_global_alpha(1.0);
            }
        }
        if stage.chosen.has_now(*item) {
            painter.ring(*lying);
        }
    }
    for (item, lying) in &items {
        if let Item::Cluster(_) = item
            && let Some(title) = stage.board.title_of(*item)
        {
            painter.name(lying.area, &title);
        }
    }
}

/// Changes with the colours of the page.
#[must_use]
pub fn follow_inks() -> Memo<(bool, bool)> {
    let (dark, forced) = (media::follow(DARK), media::follow(FORCED_COLOURS));
    Memo::new(move |_| (dark.get(), forced.get()))
}

/// What draws on a canvas.
pub fn pen(element: &web_sys::HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    element.get_context("2d").ok()??.dyn_into().ok()
}

/// Draws things where the camera sees them.
pub struct Painter {
    pen: CanvasRenderingContext2d,
    inks: Inks,
    camera: Camera,
}

impl Painter {
    /// With the colours of the page as they are now.
    #[must_use]
    pub fn new(pen: CanvasRenderingContext2d, camera: Camera) -> Option<Self> {
        let inks = Inks::now()?;
        Some(Self { pen, inks, camera })
    }

    /// Counts in CSS pixels on a screen of this density.
    pub fn scale_to(&self, density: f64) {
        // It fails only for numbers that are none.
        let _ = self.pen.set_transform(density, 0.0, 0.0, density, 0.0, 0.0);
    }

    /// A note so small that only its edge's colour shows.
    pub fn speck(&self, lying: Lying) {
        let at = self.camera.to_window(lying.area.corner);
        let Size { width, height } = self.camera.size(lying.area);
        self.pen.set_fill_style_str(self.inks.of(lying.colour).1);
        self.pen
            .fill_rect(at.x, at.y, width.max(1.0), height.max(1.0));
    }

    /// A group's frame.
    pub fn group(&self, lying: Lying) {
        let at = self.camera.to_window(lying.area.corner);
        let Size { width, height } = self.camera.size(lying.area);
        self.pen.set_stroke_style_str(&self.inks.ink);
        self.pen.set_line_width(1.0);
        self.pen.stroke_rect(at.x, at.y, width, height);
    }

    /// Around something that is chosen.
    fn ring(&self, lying: Lying) {
        let at = self.camera.to_window(lying.area.corner);
        let Size { width, height } = self.camera.size(lying.area);
        self.pen.set_line_width(3.0);
        self.pen.set_stroke_style_str(&self.inks.accent);
        self.pen.stroke_rect(at.x, at.y, width, height);
    }

    fn note(&self, lying: Lying) {
        let at = self.camera.to_window(lying.area.corner);
        let Size { width, height } = self.camera.size(lying.area);
        let (paper, edge) = self.inks.of(lying.colour);
        self.pen.set_fill_style_str(paper);
        self.pen.fill_rect(at.x, at.y, width, height);
        self.pen.set_fill_style_str(edge);
        self.pen
            .fill_rect(at.x, at.y, EDGE * self.camera.scale(), height);
        if self.inks.outlined {
            self.pen.set_stroke_style_str(edge);
            self.pen.stroke_rect(at.x, at.y, width, height);
        }
    }

    /// Writes a group's name along its upper edge.
    fn name(&self, area: Area, title: &str) {
        let at = self.camera.to_window(area.corner);
        let Size { width, .. } = self.camera.size(area);
        if width < NAMED {
            return;
        }
        let Self { pen, inks, .. } = self;
        pen.set_font(&format!("600 {LETTERS}px {}", inks.fonts));
        pen.set_line_width(4.0);
        pen.set_line_join("round");
        pen.set_stroke_style_str(&inks.ground);
        pen.set_fill_style_str(&inks.ink);
        let measure = |title: &str| {
            let metrics = pen.measure_text(title);
            metrics.map_or(0.0, |metrics| metrics.width())
        };
        let title = shortened(title, width - 4.0, measure);
        // Inside, where no other group is. Both fail only for numbers that are none.
        let (x, y) = (at.x + 2.0, at.y + LETTERS + 1.0);
        let _ = pen.stroke_text(&title, x, y);
        let _ = pen.fill_text(&title, x, y);
    }
}

/// As much of a text as fits into so much room. Measuring takes time, so a cut is guessed first.
fn shortened(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> String {
    let whole = measure(text);
    if whole <= room {
        return text.to_owned();
    }
    let letters = text.chars().count();
    let guess = (letters as f64 * room / whole).ceil() as usize;
    let cuts = (1..=guess.min(letters)).rev().map(|letters| {
        let cut: String = text.chars().take(letters).collect();
        format!("{}…", cut.trim_end())
    });
    let mut fitting = cuts.filter(|cut| measure(cut) <= room);
    fitting.next().unwrap_or_default()
}

/// The colours of the page as they are now: light, dark, or the system's own.
struct Inks {
    papers: Vec<(Colour, String, String)>,
    held: (String, String),
    ground: String,
    ink: String,
    accent: String,
    fonts: String,
    /// Whether the system chooses the colours, so that only lines set things apart.
    outlined: bool,
}

impl Inks {
    fn now() -> Option<Self> {
        let root = document().document_element()?;
        let style = window().get_computed_style(&root).ok()??;
        let token = |name: &str| style.get_property_value(name).unwrap_or_default();
        let outlined = media::is(FORCED_COLOURS);
        let own = |name: &str, system: &str| {
            if outlined {
                system.to_owned()
            } else {
                token(name)
            }
        };
        let colour = |colour: Colour| {
            let word = colour_word(colour);
            let paper = own(&format!("--{word}-paper"), "Canvas");
            let edge = own(&format!("--{word}-edge"), "CanvasText");
            (colour, paper, edge)
        };
        Some(Self {
            papers: Colour::ALL.map(colour).into(),
            held: (own("--paper", "Canvas"), own("--line-strong", "GrayText")),
            ground: own("--ground", "Canvas"),
            ink: own("--ink", "CanvasText"),
            accent: own("--accent", "Highlight"),
            fonts: token("--fonts"),
            outlined,
        })
    }

    fn of(&self, colour: Option<Colour>) -> (&str, &str) {
        let found = self
            .papers
            .iter()
            .find(|(of, _, _)| Some(*of) == colour)
            .map(|(_, paper, edge)| (paper, edge));
        let (paper, edge) = found.unwrap_or((&self.held.0, &self.held.1));
        (paper, edge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_too_long_is_cut_after_a_word_or_a_letter() {
        let letters = |text: &str| text.chars().count() as f64;
        let shortened = |text: &str, room: f64| shortened(text, room, letters);
        assert_eq!(shortened("Short", 5.0), "Short");
        assert_eq!(shortened("Not knowing", 5.0), "Not…");
        assert_eq!(shortened("Café closes", 5.0), "Café…");
        assert_eq!(shortened("Long", 0.0), "");
    }
}
