//! A field of the form with its label, its hint, and what is wrong with it.

use leptos::prelude::*;

use crate::view::opening::{Field, Flaw};

/// What a field is called, and what goes into it.
#[derive(Clone, Copy)]
pub struct Words {
    /// Which field.
    pub field: Field,
    /// What it is called.
    pub label: fn() -> &'static str,
    /// What goes into it.
    pub hint: fn() -> &'static str,
}

impl Words {
    /// What describes the field, for screen readers: the ids of its hint and of what is wrong.
    pub fn described_by(self) -> String {
        let id = self.field.id();
        format!("{id}-hint {id}-flaw")
    }

    /// Whether something is wrong with it, followed.
    pub fn is_flawed(self, flaws: RwSignal<Vec<Flaw>>) -> bool {
        flaws.with(|flaws| flaws.iter().any(|flaw| flaw.field == self.field))
    }
}

/// A field with what belongs to it.
#[component]
pub fn Flawed(
    /// What it is called, and what goes into it.
    words: Words,
    /// What is wrong with the form.
    flaws: RwSignal<Vec<Flaw>>,
    /// The field itself.
    children: Children,
) -> impl IntoView {
    let id = words.field.id();
    let flaw = move || {
        let found = |flaws: &Vec<Flaw>| {
            let mut flaws = flaws.iter();
            flaws
                .find(|flaw| flaw.field == words.field)
                .map(|flaw| flaw.words.clone())
        };
        let told = flaws.with(found);
        told.map(|told| view! { <p class="problem">{told}</p> })
    };
    view! {
        <div class="field">
            <label for=id>{(words.label)()}</label>
            <p class="hint" id=format!("{id}-hint")>{(words.hint)()}</p>
            <div id=format!("{id}-flaw")>{flaw}</div>
            {children()}
        </div>
    }
}
