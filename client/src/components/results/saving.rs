//! Taking the results away: on paper, as a PDF, or the board as a picture.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::file_name;
use crate::board::{Board, Tone};
use crate::browser;
use crate::text::{app, results as text};

const SVG: &str = "image/svg+xml";

/// The buttons. They are not on paper.
#[component]
pub fn Saving() -> impl IntoView {
    let board = expect_context::<Board>();
    let title = move || {
        board
            .settings
            .with_untracked(|settings| settings.title.clone())
    };
    let svg = move |_| {
        if let Some(picture) = board.picture() {
            let saved =
                browser::save_file(&file_name(&title(), "svg"), SVG, &picture.svg(&title()));
            if saved.is_err() {
                board.tell(Tone::Problem, app::no_files());
            }
        }
    };
    let png = move |_| {
        let Some(picture) = board.picture() else {
            return;
        };
        spawn_local(async move {
            if browser::picture::save_png(&file_name(&title(), "png"), &picture)
                .await
                .is_err()
            {
                board.tell(Tone::Problem, text::no_png());
            }
        });
    };
    let some = Memo::new(move |_| board.notes.with(|notes| !notes.is_empty()));
    view! {
        <p class="buttons results-saving">
            <button type="button" class="primary" on:click=|_| browser::print()>{text::print()}</button>
            <Show when=move || some.get()>
                <button type="button" on:click=svg>{text::save_svg()}</button>
                <button type="button" on:click=png>{text::save_png()}</button>
            </Show>
        </p>
    }
}
