//! The board as a list: groups with their notes, then the notes in none. Everything that can be done on
//! the canvas can be done here with buttons.

pub mod entry;
pub mod group;
pub mod intent;
pub mod moving;

use candour_shared::command::Verb;
use candour_shared::phase::Phase;
use leptos::prelude::*;

use self::entry::Entries;
use self::group::Group;
use self::intent::Intent;
use self::moving::MovingDialog;
use super::dissolve::Dissolve;
use super::moderation::JudgingDialog;
use super::search::{Search, follow_in_list as follow_search};
use super::spotlight::{SpotlightBar, follow_in_list, go_in_list};
use crate::board::Board;
use crate::text::{canvas, language, list as text, results, search};
use crate::view::empty::empty;

/// Everything on the board, to be read in order.
#[component]
pub fn List() -> impl IntoView {
    let board = expect_context::<Board>();
    let intent = Intent {
        moving: RwSignal::new(None),
        dissolve: RwSignal::new(None),
        judging: RwSignal::new(None),
    };
    follow_in_list(board);
    follow_search(expect_context::<Search>());
    let bare = Memo::new(move |_| board.notes.with(Vec::is_empty));
    let grouped = move || board.clusters.with(|clusters| !clusters.is_empty());
    let loose = move || board.loose_notes.with(Vec::len);
    let loose_title = move || {
        if grouped() {
            search::loose()
        } else {
            text::notes()
        }
    };
    // Without groups it is the number of all notes, which stands above.
    let loose_count = move || grouped().then(|| canvas::notes(loose()));
    let moderates = Memo::new(move |_| board.role.get().moderates());
    view! {
        <div class="list">
            <SpotlightBar go=Callback::new(move |()| go_in_list(board))/>
            <Show when=move || !bare.get() fallback=move || view! { <Empty/> }>
                <Above/>
                <For each=move || board.clusters.get() key=|id| *id let:id>
                    <Group id intent/>
                </For>
                <Show when=move || { loose() > 0 }>
                    <section class="list-group list-loose" aria-labelledby="loose">
                        <div class="list-head">
                            <h2 id="loose" tabindex="-1">
                                {loose_title} " "
                                <span class="list-count">{loose_count}</span>
                            </h2>
                        </div>
                        <Entries ids=board.loose_notes.signal().into() intent/>
                    </section>
                </Show>
            </Show>
            <MovingDialog moving=intent.moving/>
            <Dissolve cluster=intent.dissolve/>
            <Show when=move || moderates.get()>
                <JudgingDialog judging=intent.judging/>
            </Show>
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let board = expect_context::<Board>();
    let words = Memo::new(move |_| empty(board.phase.get(), board.role.get(), board.release()));
    view! {
        <div class="list-empty">
            <h2>{move || words.get().title}</h2>
            <p>{move || words.get().words}</p>
        </div>
    }
}

/// What there is in all, and what may be done with it.
#[component]
fn Above() -> impl IntoView {
    let board = expect_context::<Board>();
    let words = move || {
        let notes = canvas::notes(board.notes.with(Vec::len));
        match board.clusters.with(Vec::len) {
            0 => notes,
            groups => format!("{notes}, {}", results::groups_words(groups)),
        }
    };
    // In other phases it goes without saying that the groups stay as they are.
    let locked = move || {
        let refused = board.may(Verb::Move).err();
        let now = board.phase.get() == Phase::Cluster;
        refused
            .filter(|_| now)
            .map(|denied| denied.words(language()))
    };
    view! {
        <div class="list-above">
            <p>{words}</p>
            {move || locked().map(|why| view! { <p class="list-locked">{why}</p> })}
        </div>
    }
}
