//! Moderation: whether notes pass the facilitators first, what waits for them, what they hold, and what
//! they did.

use candour_shared::command::Verb;
use candour_shared::ids::NoteId;
use candour_shared::settings::Release;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::switch::Switch;
use crate::board::Board;
use crate::browser;
use crate::components::dialog::Confirm;
use crate::components::moderation::{Judging, JudgingDialog, Verdict};
use crate::components::note::NoteCard;
use crate::components::part::Part;
use crate::components::shortcuts::single_key;
use crate::text::{language, moderating as text, replies};
use crate::view::NoteView;
use crate::view::queue::{FlaggedNoteView, QueueView, QueuedNoteView};

/// The facilitators' queue.
#[component]
pub fn Queue() -> impl IntoView {
    let board = expect_context::<Board>();
    let judging = RwSignal::new(None::<Judging>);
    let open = RwSignal::new(false);
    let waiting = Memo::new(move |_| board.queue.with(|queue| queue.waiting.len()));
    let held = Memo::new(move |_| board.queue.with(|queue| queue.held.len()));
    let flagged = Memo::new(move |_| board.queue.with(|queue| queue.flagged.clone()));
    let flags = Memo::new(move |_| flagged.with(Vec::len));
    let badge = Signal::derive(move || match waiting.get() + flags.get() {
        0 => String::new(),
        waiting => text::badge(waiting),
    });
    // What waits for somebody should be seen.
    Effect::new(move |_| {
        if waiting.get() + flags.get() > 0 {
            open.set(true);
        }
    });
    let refused = Signal::derive(move || {
        board
            .may(Verb::SetPreModeration)
            .err()
            .map(|denied| denied.words(language()))
    });
    let switch = move |()| {
        if board.pre_moderation.get_untracked() {
            board.stop_pre_moderation();
        } else {
            board.start_pre_moderation();
        }
    };
    let ledger = move || {
        let lines = board.queue.with(|queue| queue.ledger.clone()).into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    let receipts = move || {
        let receipts = board.queue.with(|queue| queue.receipts.clone()).into_iter();
        receipts
            .map(|receipt| view! { <li>{receipt}</li> })
            .collect_view()
    };
    let focus_next = Callback::new(focus_next);
    view! {
        <Part title=text::title() open badge>
            <Switch label=text::first() on=board.pre_moderation.signal() refused switch/>
            <p class="hint">
                {move || match board.release() {
                    Release::Reveal => text::first_reveal(),
                    Release::Pooled => text::first_pooled(),
                }}
            </p>
            <Show when=move || { waiting.get() > 0 }>
                <section class="queue" on:keydown=|event| use_key(&event) aria-labelledby="waiting">
                    <h3 id="waiting" tabindex="-1">{move || text::waiting(waiting.get())}</h3>
                    <ReleaseAll/>
                    <Notes of=|queue| &queue.waiting judging/>
                </section>
            </Show>
            <Show when=move || { flags.get() > 0 }>
                <section class="queue" on:keydown=|event| use_key(&event) aria-labelledby="flagged">
                    <h3 id="flagged" tabindex="-1">{move || replies::flags_title(flags.get())}</h3>
                    <ul class="queue-notes">
                        <For each=move || flagged.get() key=|flagged| flagged.note let:flagged>
                            <Flagged flagged judging/>
                        </For>
                    </ul>
                </section>
            </Show>
            <Show when=move || { held.get() > 0 }>
                <section class="queue" on:keydown=|event| use_key(&event) aria-labelledby="held">
                    <h3 id="held" tabindex="-1">{move || text::held(held.get())}</h3>
                    <Notes of=|queue| &queue.held judging/>
                </section>
            </Show>
            <Show when=move || board.queue.with(|queue| !queue.ledger.is_empty())>
                <section class="stack" aria-labelledby="ledger">
                    <h3 id="ledger">{text::did()}</h3>
                    <ul class="ledger">{ledger}</ul>
                    <p class="hint">
                        {text::did_hint()}
                    </p>
                </section>
            </Show>
            <Show when=move || board.queue.with(|queue| !queue.receipts.is_empty())>
                <section class="stack" aria-labelledby="receipts">
                    <h3 id="receipts">{text::receipts()}</h3>
                    <ul class="ledger">{receipts}</ul>
                    <p class="hint">
                        {text::receipts_hint()}
                    </p>
                </section>
            </Show>
            <JudgingDialog judging after=focus_next/>
        </Part>
    }
}

#[component]
fn Flagged(
    /// The note.
    flagged: FlaggedNoteView,
    /// Where a verdict is asked for.
    judging: RwSignal<Option<Judging>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let FlaggedNoteView { note, said } = flagged;
    let words = said.text.clone();
    let card = Signal::derive(move || NoteView::Said(said.clone()));
    let judge = move |verdict| {
        let text = words.clone();
        judging.set(Some(Judging {
            note,
            text,
            verdict,
        }));
    };
    view! {
        <li class="queued" tabindex="-1" data-note=note.to_string()>
            <NoteCard view=card/>
            <div class="buttons">
                <button
                    type="button"
                    data-key="r"
                    aria-keyshortcuts="R"
                    on:click=move |_| {
                        board.settle_flag(note);
                        focus_next(note);
                    }
                >
                    {replies::leave_it()}
                </button>
                <button type="button" data-key="h" aria-keyshortcuts="H" on:click=move |_| judge(Verdict::Hold)>{text::hold()}</button>
            </div>
        </li>
    }
}

#[component]
fn ReleaseAll() -> impl IntoView {
    let board = expect_context::<Board>();
    let asking = RwSignal::new(false);
    let waiting = move |queue: &QueueView| {
        queue
            .waiting
            .iter()
            .map(|note| note.note)
            .collect::<Vec<_>>()
    };
    let release = move |()| board.release_notes(&board.queue.with_untracked(waiting));
    let off =
        move || board.may(Verb::ReleaseNotes).is_err() || board.is_pending(Verb::ReleaseNotes);
    view! {
        <button type="button" class="primary" disabled=off on:click=move |_| asking.set(true)>{text::release_all()}</button>
        <Confirm open=asking title=text::release_all_question() verb=text::release_all() on_confirm=release>
            <p>{text::release_all_meaning()}</p>
        </Confirm>
    }
}

#[component]
fn Notes(
    /// Which notes of the queue.
    of: fn(&QueueView) -> &Vec<QueuedNoteView>,
    /// Where a verdict is asked for.
    judging: RwSignal<Option<Judging>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let ids = move || {
        board
            .queue
            .with(|queue| of(queue).iter().map(|note| note.note).collect::<Vec<_>>())
    };
    view! {
        <ul class="queue-notes">
            <For each=ids key=|id| *id let:id>
                <Queued id of judging/>
            </For>
        </ul>
    }
}

#[component]
fn Queued(
    /// The note.
    id: NoteId,
    /// Where it is in the queue.
    of: fn(&QueueView) -> &Vec<QueuedNoteView>,
    /// Where a verdict is asked for.
    judging: RwSignal<Option<Judging>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let queued = Memo::new(move |_| {
        board
            .queue
            .with(|queue| of(queue).iter().find(|note| note.note == id).cloned())
    });
    let first = queued.get_untracked()?;
    let is_held = first.held.is_some();
    let answers = first.answers.clone();
    let card = Signal::derive(move || {
        let said = queued.with(|queued| queued.as_ref().map(|queued| queued.said.clone()));
        NoteView::Said(said.unwrap_or_else(|| first.said.clone()))
    });
    let words = move || queued.with(|queued| queued.as_ref().map(|queued| queued.words.clone()));
    let busy = move || queued.with(|queued| queued.as_ref().is_none_or(|queued| queued.busy));
    let off = move |verb: Verb| busy() || board.may(verb).is_err();
    let judge = move |verdict| {
        let text = card.with_untracked(|card| card.words().to_owned());
        judging.set(Some(Judging {
            note: id,
            text,
            verdict,
        }));
    };
    Some(view! {
        <li class="queued" tabindex="-1" data-note=id.to_string()>
            {answers.map(|answers| view! { <p class="hint">{answers}</p> })}
            <NoteCard view=card/>
            {is_held.then(|| view! { <p class="hint">{words}</p> })}
            <div class="buttons">
                <button
                    type="button"
                    data-key="r"
                    aria-keyshortcuts="R"
                    disabled=move || off(Verb::ReleaseNotes)
                    on:click=move |_| {
                        board.release_notes(&[id]);
                        focus_next(id);
                    }
                >
                    {text::release()}
                </button>
                <button
                    type="button"
                    data-key="h"
                    aria-keyshortcuts="H"
                    disabled=move || off(Verb::HoldNote)
                    on:click=move |_| judge(Verdict::Hold)
                >
                    {if is_held { text::change_reason() } else { text::hold() }}
                </button>
                <button
                    type="button"
                    class="quiet"
                    data-key="e"
                    aria-keyshortcuts="E"
                    disabled=move || off(Verb::EraseNote)
                    on:click=move |_| judge(Verdict::Erase)
                >
                    {text::erase()}
                </button>
            </div>
        </li>
    })
}

/// The queue by keyboard, once the focus is in it: J and K go on and back, R, H and E press the note's buttons.
fn use_key(event: &KeyboardEvent) {
    let here = document()
        .active_element()
        .and_then(|at| at.closest(".queued").ok().flatten());
    let Some(key) = single_key(event).map(|key| key.to_lowercase()) else {
        return;
    };
    match (key.as_str(), here) {
        ("j", here) => step(here.as_ref(), 1),
        ("k", here) => step(here.as_ref(), -1),
        ("r" | "h" | "e", Some(here)) => {
            let button = here.query_selector(&format!("button[data-key=\"{key}\"]"));
            if let Ok(Some(button)) = button {
                button.unchecked_into::<web_sys::HtmlElement>().click();
            }
        }
        _ => return,
    }
    event.prevent_default();
}

fn step(here: Option<&web_sys::Element>, by: isize) {
    let Ok(notes) = document().query_selector_all(".queued") else {
        return;
    };
    let all =
        (0..notes.length()).filter_map(|at| notes.get(at)?.dyn_into::<web_sys::HtmlElement>().ok());
    let all: Vec<_> = all.collect();
    let at = all
        .iter()
        .position(|note| here.is_some_and(|here| note.is_same_node(Some(here))));
    let next = at.map_or(0, |at| at.saturating_add_signed(by));
    if let Some(note) = all.get(next) {
        // An element that can't take the focus leaves it where it was.
        let _ = note.focus();
    }
}

/// A note that leaves the queue takes its buttons along; the focus goes on to the next one.
fn focus_next(id: NoteId) {
    browser::focus_soon([
        format!(".queued[data-note=\"{id}\"] + .queued button"),
        ".queue h3".to_owned(),
        ".controls h2".to_owned(),
    ]);
}
