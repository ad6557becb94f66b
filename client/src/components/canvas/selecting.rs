//! Choosing several things: the band that is drawn around them, and what can be done with all of them.

use std::collections::BTreeSet;
use std::time::Duration;

use candour_shared::command::Verb;
use candour_shared::ids::Item;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::camera::sorted;
use super::element::focus;
use super::gesture::Gesture;
use super::pointer::Pointers;
use super::stage::Stage;
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
