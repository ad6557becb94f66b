//! A switch.

use leptos::prelude::*;

use crate::text::common as text;

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
            <span class="switch-state" aria-hidden="true">{move || if on.get() { text::on() } else { text::off() }}</span>
        </button>
        {move || refused.get().map(|why| view! { <p class="hint">{why}</p> })}
    }
}
