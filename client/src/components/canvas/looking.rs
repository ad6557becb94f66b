//! Where the camera looks: at everything, at a thing, at what the keyboard is at.

use std::time::Duration;

use candour_shared::ids::Item;
use candour_shared::layout::Area;
use candour_shared::time::Millis;
use leptos::prelude::*;

use super::camera::Camera;
use super::element::focus;
use super::geometry::{Pixel, Size};
use super::scene::Scene;
use super::stage::Stage;
use crate::browser;
use crate::browser::media::{self, CALM};

/// How long what a page missed may take to come, after the first of it.
const CATCHES_UP: Duration = Duration::from_secs(1);

/// How long the camera takes to a thing that is shown, in milliseconds.
const GLIDES: f64 = 300.0;

/// A motion from one view of the plane to another.
#[derive(Clone, Copy)]
struct Glide {
    from: Camera,
    to: Camera,
    /// Where it has come.
    last: Camera,
    /// When it began.
    begun: Millis,
    number: u32,
}

impl Stage {
    /// Everything that was there when the board opened has its place: shows all of it, and what still
    /// comes of it.
    pub fn settle(self) {
        self.fit();
        self.settled.set(true);
        set_timeout(move || self.fit_again(), CATCHES_UP);
    }

    /// Shows everything at once.
    pub fn fit(self) {
        let bounds = self.scene(Scene::bounds);
        if let (Some(bounds), Some(window)) = (bounds, self.window.get_untracked()) {
            let camera = Camera::fitted(bounds, window);
            self.items.update_value(|items| items.fitted = Some(camera));
            self.camera.set(camera);
        }
    }

    /// The window has another size.
    pub fn resize(self, size: Size) {
        self.window.set(Some(size));
        self.fit_again();
    }

    /// Who was shown everything, and has not looked closer since, is shown everything again.
    fn fit_again(self) {
        let fitted = self.items.try_with_value(|items| items.fitted);
        if let (Some(Some(fitted)), Some(camera)) = (fitted, self.camera.try_get_untracked())
            && fitted == camera
        {
            self.fit();
        }
    }

    /// Moves or zooms what is seen, about the middle of the window.
    pub fn look(self, change: impl FnOnce(Camera, Pixel) -> Camera) {
        let window = self.window.get_untracked().unwrap_or_default();
        let middle = Pixel {
            x: window.width / 2.0,
            y: window.height / 2.0,
        };
        self.camera
            .update(|camera| *camera = change(*camera, middle));
    }

    /// Brings a rectangle into the window, so that it can be read.
    pub fn bring(self, area: Area) {
        if let Some(window) = self.window.get_untracked() {
            let camera = self.camera.get_untracked().reading(area, window);
            if camera != self.camera.get_untracked() {
                self.camera.set(camera);
            }
        }
    }

    /// Shows what is in the spotlight, if anything is.
    pub fn go_to_spotlight(self) {
        if let Some(item) = self.board.spotlight.get_untracked() {
            self.show(item);
        }
    }

    /// Shows a thing without taking the keyboard away from where it is.
    pub fn show(self, item: Item) {
        self.current.set(Some(item));
        let lying = self.scene(|scene| scene.get(item));
        if let (Some(lying), Some(window)) = (lying, self.window.get_untracked()) {
            self.raise(item);
            let camera = self.camera.get_untracked();
            self.glide(camera, camera.reading(lying.area, window));
        }
    }

    /// Goes to another view of the plane so that one can see where to, unless somebody wants no motion.
    fn glide(self, from: Camera, to: Camera) {
        if from == to || media::is(CALM) {
            self.camera.set(to);
            return;
        }
        let number = self.items.try_update_value(|items| {
            items.glides += 1;
            items.glides
        });
        if let Some(number) = number {
            self.glide_on(Glide {
                from,
                to,
                last: from,
                begun: browser::now(),
                number,
            });
        }
    }

    fn glide_on(self, glide: Glide) {
        request_animation_frame(move || {
            let Glide { from, to, last, .. } = glide;
            let newest = self.items.try_with_value(|items| items.glides);
            // Who looks elsewhere meanwhile is not taken along.
            if newest != Some(glide.number) || self.camera.try_get_untracked() != Some(last) {
                return;
            }
            let part = (browser::now() - glide.begun).0 as f64 / GLIDES;
            if part >= 1.0 {
                return self.camera.set(to);
            }
            let last = from.towards(to, 1.0 - (1.0 - part).powi(3));
            self.camera.set(last);
            self.glide_on(Glide { last, ..glide });
        });
    }

    /// Takes the keyboard to a thing.
    pub fn go_to(self, item: Item) {
        self.current.set(Some(item));
        if let Some(lying) = self.scene(|scene| scene.get(item)) {
            self.bring(lying.area);
        }
        // A thing that was out of sight comes into the page first.
        request_animation_frame(move || focus(item));
    }

    /// The focus has come to a thing, or to something in it.
    pub fn arrive(self, item: Item) {
        if self.current.get_untracked() != Some(item) {
            self.current.set(Some(item));
        }
        // Who points at a thing has it in sight.
        let by_keyboard = document()
            .active_element()
            .is_some_and(|element| element.matches(":focus-visible") == Ok(true));
        if let Some(lying) = self.scene(|scene| scene.get(item))
            && by_keyboard
        {
            self.raise(item);
            self.bring(lying.area);
        }
    }
}
