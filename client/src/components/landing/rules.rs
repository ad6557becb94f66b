//! The privacy rules of a new board. They can't be changed later, so each says what it means.

use candour_shared::settings::{Admission, Privacy, Release};
use leptos::html::Details;
use leptos::prelude::*;

use super::field::{Flawed, Words};
use crate::text::opening as text;
use crate::view::opening::{Choice, Field, Flaw, Rules, admission_choice, release_choice};

/// The rules, as they are typed.
#[derive(Clone, Copy)]
pub struct RuleFields {
    release: RwSignal<Release>,
    admission: RwSignal<Admission>,
    min_group: RwSignal<String>,
    keep_days: RwSignal<String>,
}

impl RuleFields {
    /// The rules a board has if nobody touches them.
    pub fn usual() -> Self {
        let rules = Rules::default();
        Self {
            release: RwSignal::new(rules.release),
            admission: RwSignal::new(rules.admission),
            min_group: RwSignal::new(rules.min_group),
            keep_days: RwSignal::new(rules.keep_days),
        }
    }

    /// Takes over the rules of a board.
    pub fn fill(self, privacy: &Privacy) {
        self.release.set(privacy.release);
        self.admission.set(privacy.admission);
        self.min_group.set(privacy.min_group.to_string());
        self.keep_days.set(privacy.keep_days.to_string());
    }

    /// What is typed, followed.
    pub fn typed(self) -> Rules {
        Rules {
            release: self.release.get(),
            admission: self.admission.get(),
            min_group: self.min_group.get(),
            keep_days: self.keep_days.get(),
        }
    }
}

/// The rules, folded: what they are now stands below.
#[component]
pub fn PrivacyRules(
    /// What is typed.
    fields: RuleFields,
    /// What is wrong with the form.
    flaws: RwSignal<Vec<Flaw>>,
) -> impl IntoView {
    let details = NodeRef::<Details>::new();
    // What is wrong must be in sight.
    Effect::new(move |_| {
        let wrong = flaws.with(|flaws| {
            let mut fields = flaws.iter().map(|flaw| flaw.field);
            fields.any(|field| matches!(field, Field::MinGroup | Field::KeepDays))
        });
        if let (true, Some(details)) = (wrong, details.get_untracked()) {
            details.set_open(true);
        }
    });
    let summary = move || {
        let sentences = fields.typed().summary().into_iter();
        sentences
            .map(|sentence| view! { <li>{sentence}</li> })
            .collect_view()
    };
    view! {
        <div class="field">
            <details class="unfolds" node_ref=details>
                <summary>{text::rules()}</summary>
                <p class="hint">
                    {text::rules_hint()}
                </p>
                <fieldset class="field">
                    <legend>{text::when_seen()}</legend>
                    {Release::ALL.map(|each| view! {
                        <RuleChoice name="release" choice=release_choice(each) chosen=fields.release this=each/>
                    }).collect_view()}
                </fieldset>
                <fieldset class="field">
                    <legend>{text::how_in()}</legend>
                    {Admission::ALL.map(|each| view! {
                        <RuleChoice name="admission" choice=admission_choice(each) chosen=fields.admission this=each/>
                    }).collect_view()}
                </fieldset>
                <NumberField
                    words=Words {
                        field: Field::MinGroup,
                        label: text::smallest_group,
                        hint: text::smallest_group_hint,
                    }
                    text=fields.min_group
                    flaws
                />
                <NumberField
                    words=Words {
                        field: Field::KeepDays,
                        label: text::days,
                        hint: text::days_hint,
                    }
                    text=fields.keep_days
                    flaws
                />
            </details>
            <ul class="rules-now" aria-label=text::rules_now()>{summary}</ul>
        </div>
    }
}

#[component]
fn RuleChoice<T>(
    /// The name of the group of choices.
    name: &'static str,
    /// What it is called, and what it means.
    choice: Choice,
    /// What is chosen.
    chosen: RwSignal<T>,
    /// What this one chooses.
    this: T,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <label class="choice">
            <input
                type="radio"
                name=name
                prop:checked=move || chosen.get() == this
                on:change=move |_| chosen.set(this)
            />
            <span>
                <strong>{choice.name}</strong>
                <span class="hint">{choice.meaning}</span>
            </span>
        </label>
    }
}

#[component]
fn NumberField(
    /// What is asked.
    words: Words,
    /// What is typed.
    text: RwSignal<String>,
    /// What is wrong with the form.
    flaws: RwSignal<Vec<Flaw>>,
) -> impl IntoView {
    let id = words.field.id();
    view! {
        <Flawed words flaws>
            // Not of the type "number": what is no number would be lost before we could say so.
            <input
                id=id
                class="narrow"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=words.described_by()
                aria-invalid=move || words.is_flawed(flaws).to_string()
                bind:value=text
            />
        </Flawed>
    }
}
