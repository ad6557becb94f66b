//! What a form for a note holds while somebody writes.

use candour_shared::note::Content;
use leptos::html;
use leptos::prelude::*;

use crate::view::draft::Draft;
use crate::view::identifiers::GuardView;

/// What is being written, and what stands in its way. Copy it freely.
#[derive(Clone, Copy)]
pub struct NoteForm {
    /// What is written.
    pub draft: RwSignal<Content>,
    /// The field of the text.
    pub text: NodeRef<html::Textarea>,
    /// Why it could not be saved.
    pub problem: RwSignal<Option<String>>,
    /// What the identifier guard finds in it.
    pub guard: Memo<GuardView>,
    /// Which number its author has said to be no NHS number.
    pub confirmed: RwSignal<String>,
}

impl NoteForm {
    /// A form with something in it already.
    #[must_use]
    pub fn new(content: Content) -> Self {
        let draft = RwSignal::new(content);
        Self {
            draft,
            text: NodeRef::new(),
            problem: RwSignal::new(None),
            guard: Memo::new(move |_| draft.with(|draft| GuardView::of(&draft.text))),
            confirmed: RwSignal::new(String::new()),
        }
    }

    /// What is written, to be saved.
    #[must_use]
    pub fn hand_over(self) -> Draft {
        Draft {
            content: self.draft.get_untracked(),
            confirmed: untrack(|| self.is_confirmed()),
        }
    }

    /// Whether what looks like an NHS number was confirmed to be none, followed.
    #[must_use]
    pub fn is_confirmed(self) -> bool {
        let confirmed = self.confirmed.get();
        self.guard.with(|guard| guard.is_confirmed(&confirmed))
    }

    /// Says that what looks like an NHS number is none, or takes it back.
    pub fn confirm(self, none: bool) {
        let number = self.guard.with_untracked(|guard| guard.number.clone());
        self.confirmed
            .set(if none { number } else { String::new() });
        self.problem.set(None);
    }

    /// Gives the text's field the focus.
    pub fn focus(self) {
        if let Some(text) = self.text.get_untracked() {
            // An element that can't take the focus leaves it where it was.
            let _ = text.focus();
        }
    }
}
