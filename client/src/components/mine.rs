//! One's own notes, and where each stands.

use candour_shared::command::Verb;
use candour_shared::ids::NoteId;
use candour_shared::phase::Phase;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::composer::fields::NoteFields;
use super::composer::form::NoteForm;
use super::composer::returned::ReturnedTexts;
use super::dialog::{Confirm, Weight};
use super::note::NoteCard;
use super::part::Part;
use crate::board::Board;
use crate::browser;
use crate::text::{common, language, mine as text};
use crate::view::NoteView;
use crate::view::mine::{Mark, MyNoteView, withdrawing};

/// One's own notes, the latest first, as long as the board knows whose they are.
#[component]
pub fn MyNotes() -> impl IntoView {
    let board = expect_context::<Board>();
    let writes = Memo::new(move |_| board.is_writing());
    let none = Memo::new(move |_| board.mine.with(Vec::is_empty));
    let badge = Signal::derive(move || match board.mine.with(Vec::len) {
        0 => String::new(),
        notes => notes.to_string(),
    });
    let listed = move || writes.get() || !none.get();
    view! {
        <Show when=move || !writes.get()>
            <ReturnedTexts/>
        </Show>
        <Show when=listed>
            <section class="mine" aria-label=text::title()>
                <Part title=text::title() open=RwSignal::new(true) badge>
                    <p class="hint">
                        {move || if none.get() {
                            text::none()
                        } else {
                            text::only_you()
                        }}
                    </p>
                    <Listed/>
                </Part>
            </section>
        </Show>
    }
}

/// Why there is no list of one's own notes any more. It can be dismissed.
#[component]
pub fn Sealed() -> impl IntoView {
    let board = expect_context::<Board>();
    let seen = RwSignal::new(false);
    // Who has written nothing has lost no list.
    let wrote = RwSignal::new(false);
    Effect::new(move || {
        if board.mine.with(|mine| !mine.is_empty()) {
            wrote.set(true);
        }
    });
    let sealed = Memo::new(move |_| match board.phase.get() {
        Phase::Lobby | Phase::Write => false,
        Phase::Cluster | Phase::Vote | Phase::Discuss | Phase::Closed => true,
    });
    view! {
        <Show when=move || sealed.get() && wrote.get() && !seen.get()>
            <div class="sealed">
                <p>
                    {text::ended()}
                </p>
                <button type="button" class="quiet" on:click=move |_| seen.set(true)>{text::all_right()}</button>
            </div>
        </Show>
    }
}

#[component]
fn Listed() -> impl IntoView {
    let board = expect_context::<Board>();
    let asked = RwSignal::new(None::<NoteId>);
    let asking = RwSignal::new(false);
    let ask = Callback::new(move |note| {
        asked.set(Some(note));
        asking.set(true);
    });
    let withdraw = move |()| {
        if let Some(note) = asked.get_untracked() {
            board.withdraw_note(note);
        }
    };
    let about = move || {
        board.mine.with(|mine| {
            let mine = mine.iter().find(|mine| Some(mine.note) == asked.get())?;
            Some((
                mine.said.text.clone(),
                withdrawing(mine.state, board.release()),
            ))
        })
    };
    view! {
        <ul class="notes">
            <For each=move || board.mine.get() key=|mine| mine.note let:mine>
                <MyNote first=mine ask/>
            </For>
        </ul>
        <Confirm
            open=asking
            title=text::take_back_question()
            verb=text::take_it_back()
            weight=Weight::Grave
            on_confirm=withdraw
        >
            {move || about().map(|(text, what)| view! {
                <blockquote class="note-text">{text}</blockquote>
                <p>{what}</p>
            })}
        </Confirm>
    }
}

#[component]
fn MyNote(
    /// The note as it was when it came up.
    first: MyNoteView,
    /// Asks whether it is to be taken back.
    ask: Callback<NoteId>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let note = first.note;
    let mine = Memo::new(move |before: Option<&MyNoteView>| {
        let now = board
            .mine
            .with(|mine| mine.iter().find(|mine| mine.note == note).cloned());
        now.or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let rewriting = RwSignal::new(false);
    let card = Signal::derive(move || mine.with(|mine| NoteView::Said(mine.said.clone())));
    let mark = Memo::new(move |_| mine.with(|mine| mine.state.mark()));
    let changeable = move || {
        board.may(Verb::WithdrawNote).is_ok() && mine.with(|mine| mine.state.is_changeable())
    };
    let refused = move || {
        board
            .may(Verb::EditNote)
            .err()
            .map(|denied| denied.words(language()))
    };
    view! {
        <li data-mine=note.to_string()>
            <Show
                when=move || rewriting.get()
                fallback=move || view! { <NoteCard view=card/> }
            >
                <Rewrite mine=mine.get_untracked() open=rewriting/>
            </Show>
            <div class="mine-foot">
                <p
                    class="mine-state"
                    class:mine-saved=move || mark.get() == Mark::Saved
                    class:mine-held=move || mark.get() == Mark::Held
                >
                    {move || mine.with(|mine| mine.state.words(board.showing()))}
                </p>
                <Show when=move || changeable() && !rewriting.get()>
                    <div class="buttons">
                        <button
                            type="button"
                            class="mine-rewrite"
                            disabled=move || refused().is_some()
                            title=refused
                            on:click=move |_| rewriting.set(true)
                        >
                            {text::rewrite()}
                        </button>
                        <button type="button" on:click=move |_| ask.run(note)>{text::take_back()}</button>
                    </div>
                </Show>
            </div>
        </li>
    }
}

#[component]
fn Rewrite(
    /// The note as it stands.
    mine: MyNoteView,
    /// Whether it is being rewritten.
    open: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let form = NoteForm::new(mine.content);
    form.text.on_load(|text| {
        // An element that can't take the focus leaves it where it was.
        request_animation_frame(move || {
            let _ = text.focus();
        });
    });
    let note = mine.note;
    let done = move || {
        open.set(false);
        browser::focus_soon([format!("[data-mine=\"{note}\"] .mine-rewrite")]);
    };
    let save = move || match board.edit_note(note, form.hand_over()) {
        Ok(()) => done(),
        Err(denied) => form.problem.set(Some(denied.words(language()))),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save();
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            done();
        }
    };
    view! {
        <form class="rewrite" aria-label=text::rewrite_note() novalidate=true on:submit=submit on:keydown=escape>
            <NoteFields
                name=format!("rewrite-{note}")
                form
                save=Callback::new(move |()| save())
            />
            <div class="buttons">
                <button
                    type="submit"
                    class="primary"
                    aria-disabled=move || board.pause().is_some().to_string()
                >
                    {text::save_rewrite()}
                </button>
                <button type="button" on:click=move |_| done()>{common::cancel()}</button>
            </div>
        </form>
    }
}
