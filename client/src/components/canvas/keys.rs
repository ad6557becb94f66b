//! The keyboard on the canvas: going from thing to thing, carrying one, and zooming.

use candour_shared::ids::Item;
use candour_shared::layout::{NOTE_GAP, NOTE_HEIGHT, NOTE_WIDTH};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::camera::Camera;
use super::carry::Placing;
use super::element::element_id;
use super::geometry::{Direction, moved};
use super::scene::Scene;
use super::stage::Stage;
use crate::text::canvas as text;
use crate::view::arranging::GRID;

/// How far an arrow key moves what is seen, in CSS pixels.
const PAN: i32 = 96;

impl Stage {
    /// A key goes down on the canvas. Says whether it meant something.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        let control = event.ctrl_key() || event.meta_key();
        if control && event.key().eq_ignore_ascii_case("a") {
            return self.choose_all();
        }
        if control || event.alt_key() {
            return false;
        }
        if event.key() == "Tab" {
            // Who goes elsewhere drops nothing by the way.
            self.abandon();
            return false;
        }
        let at = self
            .current
            .get_untracked()
            .filter(|item| is_on(event, *item));
        match (event.key().as_str(), at) {
            ("+" | "=", _) => self.look(Camera::closer),
            ("-" | "_", _) => self.look(Camera::farther),
            ("0", _) => self.look(|camera, middle| camera.zoomed_to(middle, 1.0)),
            ("1", _) => self.fit(),
            ("Escape", _) if self.lifted.with_untracked(Option::is_some) => self.abandon(),
            ("Escape", _) if !self.chosen.is_empty_now() => self.chosen.clear(),
            (" ", Some(item)) if event.shift_key() => self.choose(item),
            (" ", Some(item)) => self.lift_or_drop(item),
            ("Enter", Some(item)) => self.enter(item),
            ("ContextMenu", Some(item)) => self.open_menu(item),
            ("F10", Some(item)) if event.shift_key() => self.open_menu(item),
            ("Home", Some(_)) => self.go_to_some(self.scene(Scene::first)),
            ("End", Some(_)) => self.go_to_some(self.scene(Scene::last)),
            (key, at) => match (direction(key), at) {
                (Some(way), Some(item)) => self.arrow(item, way, event.shift_key()),
                (Some(way), None) if is_on_canvas(event) => self.pan(way),
                (Some(_), None) | (None, _) => return false,
            },
        }
        true
    }

    fn lift_or_drop(self, item: Item) {
        if self.lifted.with_untracked(Option::is_some) {
            self.let_go(Placing::Free);
            // The thing may lie elsewhere by now.
            self.follow(item);
        } else if self.lift(item) {
            let items = self
                .lifted
                .with_untracked(|it| it.as_ref().map_or(1, |it| it.items().len()));
            self.board.announce(match items {
                0 | 1 => text::lifted(&self.title(item)),
                items => text::lifted_all(items),
            });
        }
    }

    /// Chooses a thing besides, or no longer.
    pub fn choose(self, item: Item) {
        if untrack(|| self.may_move()) {
            self.chosen.toggle(item);
        }
    }

    fn choose_all(self) -> bool {
        let may = untrack(|| self.may_move());
        if may {
            self.chosen.put(self.scene(Scene::by_themselves));
        }
        may
    }

    fn arrow(self, item: Item, way: Direction, far: bool) {
        let Some(lifted) = self.lifted.get_untracked() else {
            return self.go_to_some(self.scene(|scene| scene.next(item, way)));
        };
        let step = if far {
            way.step(NOTE_WIDTH + NOTE_GAP, NOTE_HEIGHT + NOTE_GAP)
        } else {
            way.step(GRID, GRID)
        };
        self.carry(moved(lifted.at, step));
        self.follow(item);
    }

    fn go_to_some(self, item: Option<Item>) {
        if let Some(item) = item {
            self.go_to(item);
        }
    }

    /// Keeps a thing that the keyboard moves in sight.
    fn follow(self, item: Item) {
        request_animation_frame(move || {
            if let Some(lying) = self.scene(|scene| scene.get(item)) {
                self.bring(lying.area);
            }
        });
    }

    fn enter(self, item: Item) {
        match item {
            Item::Note(_) => self.reading.set(Some(item)),
            Item::Cluster(cluster) => self.rename(cluster),
        }
    }

    fn pan(self, way: Direction) {
        let (x, y) = way.step(PAN, PAN);
        self.look(|camera, _| camera.panned(f64::from(-x), f64::from(-y)));
    }
}

fn direction(key: &str) -> Option<Direction> {
    match key {
        "ArrowLeft" => Some(Direction::Left),
        "ArrowRight" => Some(Direction::Right),
        "ArrowUp" => Some(Direction::Up),
        "ArrowDown" => Some(Direction::Down),
        _ => None,
    }
}

/// Whether a key goes to a thing itself, and not to a button or a field in it.
fn is_on(event: &KeyboardEvent, item: Item) -> bool {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    target.is_some_and(|target: web_sys::Element| target.id() == element_id(item))
}

/// Whether a key goes to the canvas itself.
fn is_on_canvas(event: &KeyboardEvent) -> bool {
    event.target() == event.current_target()
}
