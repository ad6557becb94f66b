//! A page that says one thing, and what to do.

use leptos::prelude::*;

/// A page with a title and a few sentences.
#[component]
pub fn Message(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// What to do.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="page">
            <h1>{title}</h1>
            {children()}
        </main>
    }
}
