//! A note where it lies.

use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{self, Area, Point};
use leptos::prelude::*;

use super::element::element_id;
use super::menu::has_menu;
use super::scene::Lying;
use super::stage::Stage;
use crate::board::NoteSignals;
use crate::components::note::NoteCard;
use crate::components::replies::RepliesMark;
use crate::components::search::Search;
use crate::components::voting::{Dots, DotsControl};
use crate::text::canvas as text;
use crate::view::fit::{Fit, Foot};
use crate::view::{NoteView, Spot};

/// What is carried lies over everything.
pub const AFLOAT: i32 = 1 << 24;

/// A note where it lies.
#[component]
pub fn PlacedNote(
    /// The note.
    id: NoteId,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    let note = stage.board.note(id)?;
    let item = Item::Note(id);
    let position = Memo::new(move |_| Position::of(stage, id, note));
    let shown = stage.shown(id);
    let search = expect_context::<Search>();
    Effect::new(move |before: Option<Spot>| {
        stage.put(item, position.get().lying);
        let spot = note.spot.get();
        if before.is_some_and(|before| before != spot) {
            stage.raise(item);
        }
        spot
    });
    on_cleanup(move || stage.take(item));
    // Most of a large board is never looked at closely.
    let seen = Memo::new(move |seen: Option<&bool>| seen == Some(&true) || shown.get());
    let at = move || position.with(|position| translate(position.lying.area.corner));
    // One effect for all of them, on signals that few others follow: a board has thousands of notes.
    let classes = move || {
        let position = position.get();
        let carried = position.afloat && stage.carries(item, position.lying.within);
        let classes = [
            ("away", !shown.get()),
            ("afloat", position.afloat),
            ("carried", carried),
            ("search-found", search.is_at(id)),
            ("chosen", stage.chosen.has(item)),
            ("spotlit", stage.is_spotlit(item)),
        ];
        let on = classes.into_iter().filter(|(_, on)| *on);
        on.fold("placed".to_owned(), |all, (class, _)| {
            format!("{all} {class}")
        })
    };
    Some(view! {
        <div
            id=element_id(item)
            class=classes
            style:translate=at
            style:z-index=move || position.with(|position| position.lying.height.to_string())
            data-note=id.to_string()
            role="group"
            aria-roledescription=text::note()
            aria-labelledby=card_id(id)
            tabindex=move || if stage.is_current(item) { "0" } else { "-1" }
            on:focusin=move |_| stage.arrive(item)
            on:dblclick=move |_| stage.reading.set(Some(item))
        >
            {move || seen.get().then(|| view! { <Inside id note position/> })}
        </div>
    })
}

#[component]
fn Inside(
    /// The note.
    id: NoteId,
    /// Its signals.
    note: NoteSignals,
    /// Where it lies.
    position: Memo<Position>,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    let search = expect_context::<Search>();
    let item = Item::Note(id);
    let loose = Memo::new(move |_| position.with(|position| position.lying.within.is_none()));
    let foot = Memo::new(move |_| {
        let voting = stage.board.ballot.with(Option::is_some);
        if voting && loose.get() {
            Foot::Controls
        } else {
            Foot::Bare
        }
    });
    let fit = Memo::new(move |_| note.view.with(|view| Fit::of(view.words(), foot.get())));
    let tabindex = move || if stage.is_current(item) { "0" } else { "-1" };
    view! {
        <div
            class="placed-card"
            class:cut=move || !fit.get().whole
            class:search-unfound=move || !search.finds(id)
            id=card_id(id)
            data-step=move || fit.get().step.to_string()
        >
            <NoteCard view=note.view/>
        </div>
        <div class="placed-tools">
            <Show when=move || loose.get()>
                <DotsControl item/>
                <Dots item/>
            </Show>
            <RepliesMark replies=note.replies/>
            <Show when=move || !fit.get().whole>
                <button
                    type="button"
                    class="placed-tool"
                    tabindex=tabindex
                    on:click=move |_| stage.reading.set(Some(item))
                >
                    {text::read_all()}
                </button>
            </Show>
        </div>
        <Show when=move || has_menu(stage, item)>
            <button
                type="button"
                class="placed-menu"
                aria-label=text::note_actions()
                aria-haspopup="menu"
                tabindex=tabindex
                on:click=move |_| stage.open_menu(item)
            >
                <span aria-hidden="true">"⋯"</span>
            </button>
        </Show>
    }
}

/// Where a note lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    lying: Lying,
    /// Whether it, or the cluster it is in, is under somebody's pointer.
    afloat: bool,
}

impl Position {
    fn of(stage: Stage, id: NoteId, note: NoteSignals) -> Self {
        let (at, within, height, afloat) = match note.spot.get() {
            Spot::Loose(at) => {
                let height = stage.height(Item::Note(id));
                (at, None, over_frame(height), false)
            }
            Spot::Dragged(at) => (at, None, over_frame(AFLOAT), true),
            // Replies are listed under what they answer, and lie nowhere themselves.
            Spot::Under(_) => (Point { x: 0, y: 0 }, None, over_frame(0), false),
            Spot::In(cluster) => {
                let (at, afloat) = slot(stage, id, cluster);
                let height = stage.height(Item::Cluster(cluster));
                let height = if afloat { AFLOAT } else { height };
                (at, Some(cluster), over_frame(height), afloat)
            }
        };
        let lying = Lying {
            area: Area::of_note(at),
            within,
            height,
            colour: note.view.with(NoteView::colour),
        };
        Self { lying, afloat }
    }
}

/// Where a note of a cluster lies, and whether the cluster is under somebody's pointer.
fn slot(stage: Stage, id: NoteId, cluster: ClusterId) -> (Point, bool) {
    let Some(cluster) = stage.board.cluster(cluster) else {
        return (Point { x: 0, y: 0 }, false);
    };
    let spot = cluster.spot.get();
    let at = cluster.view.with(|view| {
        let index = view.members.iter().position(|member| *member == id);
        layout::in_cluster(spot.at, view.members.len(), index.unwrap_or(0))
    });
    (at, spot.dragged)
}

/// The z-index of a group's frame.
#[must_use]
pub const fn frame(height: i32) -> i32 {
    2 * height
}

/// The z-index of a note: just above a frame of the same height.
const fn over_frame(height: i32) -> i32 {
    frame(height) + 1
}

/// The CSS translation to a position on the plane.
#[must_use]
pub fn translate(at: Point) -> String {
    format!("{}px {}px", at.x, at.y)
}

fn card_id(id: NoteId) -> String {
    format!("card-{id}")
}
