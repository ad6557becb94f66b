//! What the parts of the rail are made of.

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

/// Something that is on or off.
#[component]
pub fn Switch(
    /// What is on or off.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Why it can't be switched; nothing if it can.
    #[prop(into)]
    refused: Signal<Option<String>>,
    /// Switches it.
    #[prop(into)]
    switch: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked=move || on.get().to_string()
            disabled=move || refused.with(Option::is_some)
            on:click=move |_| switch.run(())
        >
            <span class="switch-track" aria-hidden="true"></span>
            <span class="switch-label">{label}</span>
            <span class="switch-state" aria-hidden="true">{move || if on.get() { "On" } else { "Off" }}</span>
        </button>
        {move || refused.get().map(|why| view! { <p class="hint">{why}</p> })}
    }
}
