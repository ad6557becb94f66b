//! Texts that were refused. They stay until their author takes them up, or lets them go.

use candour_page::state::Returned;
use candour_shared::note::Content;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::board::{Board, Tone};
use crate::browser;
use crate::text::{language, writing as text};

/// The texts that came back, each with the reason.
#[component]
pub fn ReturnedTexts(
    /// Takes one up again, with the reason. Nothing where no note can be written now.
    #[prop(optional)]
    take_up: Option<Callback<(Content, String)>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    view! {
        <Show when=move || board.returned.with(|returned| !returned.is_empty())>
            <section class="returned" aria-label=text::not_saved()>
                <h2>{text::not_saved()}</h2>
                <For each=move || board.returned.get() key=|returned| returned.note let:returned>
                    {one(board, returned, take_up)}
                </For>
            </section>
        </Show>
    }
}

fn one(
    board: Board,
    returned: Returned,
    take_up: Option<Callback<(Content, String)>>,
) -> impl IntoView {
    let Returned {
        note,
        content,
        denied,
        ..
    } = returned;
    let why = denied.words(language());
    let text = content.text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            if browser::copy(&text).await {
                board.tell(Tone::Info, text::copied());
            } else {
                board.tell(Tone::Problem, text::cannot_copy());
            }
        });
    };
    let again = take_up.map(|take_up| {
        let take_up = move |_| {
            if let Some(returned) = board.take_returned(note) {
                take_up.run((returned.content, returned.denied.words(language())));
            }
        };
        view! { <button type="button" on:click=take_up>{text::take_up()}</button> }
    });
    view! {
        <div class="problem">
            <p class="note-text">{content.text}</p>
            <p>{why}</p>
            <div class="buttons">
                {again}
                <button type="button" on:click=copy>{text::copy()}</button>
                <button type="button" class="quiet" on:click=move |_| { board.take_returned(note); }>
                    {text::let_go()}
                </button>
            </div>
        </div>
    }
}
