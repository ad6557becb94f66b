//! A part of the page that can be folded away.

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A part that can be folded away.
#[component]
pub fn Part(
    /// Its heading.
    title: &'static str,
    /// Whether it is unfolded; it follows when people fold it.
    open: RwSignal<bool>,
    /// A word beside the heading, seen also while it is folded; may be empty.
    #[prop(optional, into)]
    badge: Signal<String>,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    let follow = move |event: Event| {
        let details = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(details) = details {
            let details: web_sys::HtmlDetailsElement = details;
            open.set(details.open());
        }
    };
    view! {
        <details class="part" prop:open=move || open.get() on:toggle=follow>
            <summary>
                <h2>{title}</h2>
                <span class="badge" hidden=move || badge.with(String::is_empty)>{badge}</span>
            </summary>
            <div class="part-inside">{children()}</div>
        </details>
    }
}
