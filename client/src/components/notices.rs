//! Messages to the person at this page, and what screen readers say.

use leptos::prelude::*;

use crate::board::{Board, Tone};
use crate::text::connection as text;

/// The notices, and the one polite live region of the page.
#[component]
pub fn Notices() -> impl IntoView {
    let board = expect_context::<Board>();
    view! {
        <div class="visually-hidden" aria-live="polite">{move || board.announcement.get()}</div>
        <ul class="notices" aria-live="polite" aria-label=text::notices()>
            <For each=move || board.notices.get() key=|notice| notice.id let:notice>
                <li class="notice" class:notice-problem=notice.tone == Tone::Problem>
                    <p>{notice.text.clone()}</p>
                    <button
                        type="button"
                        class="quiet"
                        aria-label=text::dismiss_notice()
                        on:click=move |_| board.dismiss(notice.id)
                    >
                        {text::dismiss()}
                    </button>
                </li>
            </For>
        </ul>
    }
}
