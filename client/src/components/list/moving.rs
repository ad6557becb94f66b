//! Moving a note or a group without a pointer: a choice of where it goes.

use candour_shared::ids::{ClusterId, Item, NoteId};
use leptos::prelude::*;

use super::intent::Moving;
use crate::board::Board;
use crate::browser;
use crate::components::dialog::Dialog;
use crate::text::{common, list as text};
use crate::view::destinations::{Destination, Destinations};

/// Beyond this many, a field to find one is offered, and no more are shown at once.
const MANY: usize = 12;

/// Asks where something goes, and moves it. Set `moving` to ask.
#[component]
pub fn MovingDialog(
    /// What is moved.
    moving: RwSignal<Option<Moving>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if moving.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || match moving.get() {
        Some(Moving::Cluster(_)) => text::merge_question().to_owned(),
        Some(Moving::Note(_)) | None => text::move_question().to_owned(),
    });
    view! {
        <Dialog open title>
            {move || moving.get().map(|moving| view! { <Choices moving open/> })}
        </Dialog>
    }
}

#[component]
fn Choices(
    /// What is moved.
    moving: Moving,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    // Others go on making and naming groups while one chooses.
    let all = Memo::new(move |_| match moving {
        Moving::Note(note) => board.destinations_of_note(note),
        Moving::Cluster(cluster) => board.destinations_of_cluster(cluster),
    });
    let words = match moving {
        Moving::Note(note) => board
            .note(note)
            .map(|note| note.view.with_untracked(|view| view.words().to_owned())),
        Moving::Cluster(cluster) => board.title_of(Item::Cluster(cluster)),
    };
    let many = Memo::new(move |_| all.with(|all| all.groups.len() + all.notes.len() > MANY));
    let inside = move || all.with(|all| all.inside.clone());
    let find = RwSignal::new(String::new());
    let found = Memo::new(move |_| all.with(|all| find.with(|words| all.found(words))));
    let done = move |said: String| {
        open.set(false);
        board.announce(said);
        focus_moved(moving);
    };
    let into_group = Callback::new(move |to: Destination<ClusterId>| {
        match moving {
            Moving::Note(note) => board.add_to_cluster(to.id, note),
            Moving::Cluster(from) => board.merge_clusters(from, to.id),
        }
        done(text::moved_into(&to.title));
    });
    let with_note = Callback::new(move |to: Destination<NoteId>| {
        if let Moving::Note(note) = moving {
            let group = board.make_cluster(note, to.id);
            done(text::made_group().to_owned());
            if let Some(group) = group {
                browser::focus_soon([format!(".list [data-cluster=\"{group}\"] .list-rename")]);
            }
        }
    });
    let out = move |_| {
        if let Moving::Note(note) = moving {
            board.take_out(note);
            done(text::taken_out().to_owned());
        }
    };
    let nothing = move || found.with(|found| found.groups.is_empty() && found.notes.is_empty());
    view! {
        <blockquote class="note-text">{words}</blockquote>
        {move || inside().map(|group| view! {
            <button type="button" class="destination" on:click=out>
                <span>{text::out_of(&group)}</span>
            </button>
        })}
        {move || many.get().then(|| view! {
            <label class="field">
                <span class="field-name">{text::find()}</span>
                <input type="text" autocomplete="off" bind:value=find/>
            </label>
        })}
        {move || found.with(|found| groups(found, into_group))}
        {move || found.with(|found| notes(found, with_note))}
        <p class="hint" hidden=move || !nothing()>
            {move || if find.with(String::is_empty) { text::nowhere() } else { text::nothing_found() }}
        </p>
        <div class="dialog-answers">
            <button type="button" on:click=move |_| open.set(false)>{common::cancel()}</button>
        </div>
    }
}

fn groups(
    found: &Destinations,
    choose: Callback<Destination<ClusterId>>,
) -> Option<impl IntoView + use<>> {
    section(text::a_group(), &found.groups, choose)
}

fn notes(
    found: &Destinations,
    choose: Callback<Destination<NoteId>>,
) -> Option<impl IntoView + use<>> {
    section(text::new_group(), &found.notes, choose)
}

fn section<Id: Clone + Send + Sync + 'static>(
    title: &'static str,
    destinations: &[Destination<Id>],
    choose: Callback<Destination<Id>>,
) -> Option<impl IntoView + use<Id>> {
    let more = destinations.len().saturating_sub(MANY);
    let shown = destinations.iter().take(MANY).cloned().map(|to| {
        let (title, size) = (to.title.clone(), to.size.clone());
        view! {
            <li>
                <button type="button" class="destination" on:click=move |_| choose.run(to.clone())>
                    <span>{title}</span>
                    <span class="list-count">{size}</span>
                </button>
            </li>
        }
    });
    (!destinations.is_empty()).then(|| {
        view! {
            <section class="destinations" aria-label=title>
                <h3>{title}</h3>
                <ul>{shown.collect_view()}</ul>
                {(more > 0).then(|| view! { <p class="hint">{text::and_more(more)}</p> })}
            </section>
        }
    })
}

/// What was moved is drawn anew elsewhere; the focus goes along with it.
fn focus_moved(moving: Moving) {
    browser::focus_soon([match moving {
        Moving::Note(note) => format!(".list [data-note=\"{note}\"] .entry-move"),
        Moving::Cluster(_) => ".list h2".to_owned(),
    }]);
}
