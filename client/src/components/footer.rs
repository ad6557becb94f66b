//! What stands at the end of pages: languages, and what there is to read.

use candour_shared::text::Language;
use leptos::prelude::*;

use crate::storage;
use crate::text::{landing as text, language};

/// Where the accessibility statement is.
const fn statement(language: Language) -> &'static str {
    match language {
        Language::English => "/accessibility",
        Language::Welsh => "/accessibility/cy",
    }
}

/// The languages, and the accessibility statement.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="footer">
            <Languages/>
            <Statement/>
        </footer>
    }
}

/// Leads to the accessibility statement, in a tab of its own.
#[component]
pub fn Statement() -> impl IntoView {
    view! {
        <a href=statement(language()) target="_blank" rel="noopener">{text::accessibility()}</a>
    }
}

/// Every language, each by what its speakers call it. Choosing one loads the page anew.
#[component]
pub fn Languages() -> impl IntoView {
    let each = |each: Language| {
        let here = each == language();
        view! {
            <button
                type="button"
                class="quiet"
                lang=each.tag()
                aria-pressed=here.to_string()
                on:click=move |_| if !here { storage::change_language(each) }
            >
                {each.own_name()}
            </button>
        }
    };
    view! {
        <div class="languages" role="group" aria-label=text::language()>
            {Language::ALL.map(each).collect_view()}
        </div>
    }
}
