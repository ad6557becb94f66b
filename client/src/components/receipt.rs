//! What is left of a board that is gone.

use candour_shared::http::Receipt;
use leptos::prelude::*;

use crate::browser;
use crate::text::{app, receipt as text};
use crate::view::receipt::{file, file_name, words};

/// A receipt, to be read and kept.
#[component]
pub fn ReceiptCard(
    /// The receipt.
    receipt: Receipt,
) -> impl IntoView {
    let problem = RwSignal::new(None::<&str>);
    let told = words(&receipt);
    let board = receipt.board.to_string();
    let save = move |_| {
        let content = file(&receipt, &browser::origin());
        let saved = browser::save_file(&file_name(&receipt), "text/plain;charset=utf-8", &content);
        problem.set(saved.err().map(|_| app::no_files()));
    };
    view! {
        <section class="card" aria-labelledby="receipt">
            <h2 id="receipt">{text::title()}</h2>
            <p>{told}</p>
            <p>{text::gone()}</p>
            <p class="hint">{text::board()}<span class="code">{board}</span></p>
            <p><button type="button" on:click=save>{text::save()}</button></p>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
        </section>
    }
}
