//! Choosing several things: the band that is drawn around them, and what can be done with all of them.

use std::collections::BTreeSet;
use std::time::Duration;

use candour_shared::command::Verb;
use candour_shared::ids::Item;
use candour_shared::layout::{Area, Point};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::camera::Camera;
use super::geometry::Pixel;
use super::gesture::Gesture;
use super::pointer::Pointers;
use super::stage::{Stage, focus};
use crate::text::canvas as text;

/// After how much quiet it is said how many things are chosen.
const REST: Duration = Duration::from_millis(500);

/// The band, while one is drawn.
#[component]
pub fn Band(
    /// The pointers that draw it.
    pointers: Pointers,
) -> impl IntoView {
    move || match pointers.gesture() {
        Gesture::Banding(from, to) => {
            let (corner, end) = sorted(from.at, to.at);
            Some(view! {
                <div
                    class="band"
                    aria-hidden="true"
                    style:translate=format!("{:.0}px {:.0}px", corner.x, corner.y)
                    style:width=format!("{:.0}px", end.x - corner.x)
                    style:height=format!("{:.0}px", end.y - corner.y)
                ></div>
            })
        }
        Gesture::Idle
        | Gesture::Pressed { .. }
        | Gesture::Panning(_)
        | Gesture::Carrying(_)
        | Gesture::Pinching(..) => None,
    }
}

/// How many things are chosen, and what can be done with them. Nothing while none is.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let chosen = stage.chosen.all();
    let number = Memo::new(move |_| chosen.with(BTreeSet::len));
    let mut say = debounce(REST, move |words: String| stage.board.announce(words));
    Effect::new(move |before: Option<usize>| {
        let number = number.get();
        match (before, number) {
            (None | Some(0), 0) => {}
            (Some(_), 0) => say(text::nothing_selected().to_owned()),
            (_, number) => say(text::selected(number)),
        }
        number
    });
    let some = Memo::new(move |_| number.get() > 0);
    let several = move || number.get() > 1;
    let may_group = move || stage.board.may(Verb::MakeCluster).is_ok();
    let items =
        move || chosen.with_untracked(|chosen| chosen.iter().copied().collect::<Vec<Item>>());
    let group = move |_| {
        let cluster = stage.board.group(&items());
        stage.chosen.clear();
        if let Some(cluster) = cluster {
            stage.board.announce(text::new_group());
            stage.current.set(Some(Item::Cluster(cluster)));
            request_animation_frame(move || stage.rename(cluster));
        }
    };
    let tidy = move |_| {
        let moved = stage.board.tidy_some(&items());
        stage.board.announce(tidied(moved));
    };
    let clear = move |_| {
        stage.chosen.clear();
        if let Some(item) = stage.current.get_untracked() {
            focus(item);
        }
    };
    view! {
        <Show when=move || some.get()>
            <div class="selection" role="group" aria-label=text::selection()>
                <p>{move || text::selected(number.get())}</p>
                <button type="button" disabled=move || !several() || !may_group() on:click=group>
                    {text::into_group()}
                </button>
                <button type="button" disabled=move || !several() on:click=tidy>{text::tidy()}</button>
                <button type="button" class="quiet" title=text::clear_title() on:click=clear>
                    {text::clear()}
                </button>
            </div>
        </Show>
    }
}

/// What was tidied up, in words.
#[must_use]
pub fn tidied(moved: usize) -> String {
    if moved == 0 {
        text::tidy_already().to_owned()
    } else {
        text::tidied(moved)
    }
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
fn sorted(one: Pixel, other: Pixel) -> (Pixel, Pixel) {
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
