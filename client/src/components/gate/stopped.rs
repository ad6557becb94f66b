//! What somebody is told who can't go on to a board.

use candour_shared::ids::BoardId;
use leptos::prelude::*;

use super::code_field::CodeField;
use super::key::Key;
use crate::components::message::Message;
use crate::text::joining as text;
use crate::view::stopped::{Offer, StoppedView};

/// A page in place of the board.
#[component]
pub fn Stopped(
    /// The board.
    board: BoardId,
    /// What it says.
    page: StoppedView,
    /// Looks again.
    look: Callback<()>,
    /// What happens with a code that opens the board.
    unlock: Callback<Key>,
) -> impl IntoView {
    let offer = match page.offer {
        Offer::Retry => view! {
            <p>
                <button type="button" class="primary" on:click=move |_| look.run(())>
                    {text::try_again()}
                </button>
            </p>
        }
        .into_any(),
        Offer::Code => view! { <CodeField board unlock/> }.into_any(),
        Offer::Nothing => ().into_any(),
    };
    view! {
        <Message title=page.title>
            <p>{page.advice}</p>
            {offer}
            <p><a href="/">{text::first_page()}</a></p>
        </Message>
    }
}
