//! Holding and erasing notes, each for one of the fixed reasons.

use candour_shared::command::Verb;
use candour_shared::ids::NoteId;
use candour_shared::moderation::Reason;
use leptos::prelude::*;

use super::dialog::Dialog;
use crate::board::Board;
use crate::text::language;
use crate::text::{common, moderating as text};

/// What a facilitator is about to do to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judging {
    /// The note.
    pub note: NoteId,
    /// What it says, to be read again.
    pub text: String,
    /// What is to be done.
    pub verdict: Verdict,
}

/// What can be done to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Take it off the board until it is released.
    Hold,
    /// Remove it for good.
    Erase,
}

/// Asks for the reason, and holds or erases the note. Set `judging` to ask.
#[component]
pub fn JudgingDialog(
    /// What is about to be done.
    judging: RwSignal<Option<Judging>>,
    /// What else happens once it is done.
    #[prop(optional, into)]
    after: Option<Callback<NoteId>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(None::<Reason>);
    Effect::new(move |_| {
        if judging.with(Option::is_some) {
            reason.set(None);
            open.set(true);
        }
    });
    let verdict = Memo::new(move |_| {
        judging.with(|judging| {
            judging
                .as_ref()
                .map_or(Verdict::Hold, |judging| judging.verdict)
        })
    });
    let text = move || judging.with(|judging| judging.as_ref().map(|judging| judging.text.clone()));
    let title = Signal::derive(move || {
        match verdict.get() {
            Verdict::Hold => text::hold_question(),
            Verdict::Erase => text::erase_question(),
        }
        .to_owned()
    });
    let meaning = move || match verdict.get() {
        Verdict::Hold => text::hold_meaning(),
        Verdict::Erase => text::erase_meaning(),
    };
    let done = move || match verdict.get() {
        Verdict::Hold => text::hold_note(),
        Verdict::Erase => text::erase_note(),
    };
    let judge = move |_| {
        let Some((judging, reason)) = judging.get_untracked().zip(reason.get_untracked()) else {
            return;
        };
        match judging.verdict {
            Verdict::Hold => board.hold_note(judging.note, reason),
            Verdict::Erase => board.erase_note(judging.note, reason),
        }
        open.set(false);
        if let Some(after) = after {
            after.run(judging.note);
        }
    };
    let choice = move |each: Reason| {
        view! {
            <label class="choice choice-line">
                <input
                    type="radio"
                    name="reason"
                    prop:checked=move || reason.get() == Some(each)
                    on:change=move |_| reason.set(Some(each))
                />
                <span>{text::because()}{each.words(language())}</span>
            </label>
        }
    };
    let refused = move || {
        let verb = match verdict.get() {
            Verdict::Hold => Verb::HoldNote,
            Verdict::Erase => Verb::EraseNote,
        };
        board.may(verb).err().map(|denied| denied.words(language()))
    };
    view! {
        <Dialog open title>
            <blockquote class="note-text">{text}</blockquote>
            <p>{meaning}</p>
            <fieldset class="reasons">
                <legend class="visually-hidden">{text::reason()}</legend>
                {Reason::ALL.map(choice).collect_view()}
            </fieldset>
            <p class="problem" hidden=move || refused().is_none()>{refused}</p>
            <div class="dialog-answers">
                <button
                    type="button"
                    class="primary"
                    class:grave=move || verdict.get() == Verdict::Erase
                    disabled=move || reason.get().is_none() || refused().is_some()
                    on:click=judge
                >
                    {done}
                </button>
                <button type="button" on:click=move |_| open.set(false)>{common::cancel()}</button>
            </div>
        </Dialog>
    }
}
