//! Leaving a board, and what is shown in its place when its connection is over.

use candour_page::connection::Ending;
use leptos::prelude::*;

use super::dialog::{Confirm, Weight};
use super::message::Message;
use super::receipt::ReceiptCard;
use crate::board::Board;
use crate::browser;
use crate::text::frame;
use crate::view::connection::ended;

/// What is shown in place of a board whose connection is over.
#[component]
pub fn Over(
    /// Why.
    ending: Ending,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let (title, advice) = ended(ending);
    let then = match ending {
        Ending::Outdated
        | Ending::Misused
        | Ending::Damaged
        | Ending::NotJoined
        | Ending::TooManyWindows => view! {
            <p>
                <button type="button" class="primary" on:click=|_| browser::reload()>
                    {frame::reload()}
                </button>
            </p>
        }
        .into_any(),
        Ending::StillJoined => view! {
            <p>
                <button type="button" class="primary" on:click=move |_| board.leave()>
                    {frame::try_again()}
                </button>
            </p>
        }
        .into_any(),
        Ending::Deleted => {
            let receipt = move || {
                board
                    .receipt
                    .get()
                    .map(|receipt| view! { <ReceiptCard receipt/> })
            };
            receipt.into_any()
        }
        Ending::Revoked | Ending::Left => ().into_any(),
    };
    view! {
        <Message title>
            <p>{advice}</p>
            {then}
            <p><a href="/">{frame::first_page()}</a></p>
        </Message>
    }
}

/// Leaves the board; asks first where something is lost by it.
#[component]
pub fn Leaving() -> impl IntoView {
    let board = expect_context::<Board>();
    let asking = RwSignal::new(false);
    let unsaved = Memo::new(move |_| board.pending.with(Vec::len));
    let settles = Memo::new(move |_| board.is_writing() && !board.mine.with(Vec::is_empty));
    let leave = move |_| {
        if unsaved.get_untracked() > 0 || settles.get_untracked() {
            asking.set(true);
        } else {
            board.leave();
        }
    };
    view! {
        <button type="button" class="quiet" on:click=leave>{frame::leave()}</button>
        <Confirm
            open=asking
            title=frame::leave_question()
            verb=frame::leave_verb()
            weight=Weight::Grave
            on_confirm=move |()| board.leave()
        >
            {move || settles.get().then(|| view! { <p>{frame::leave_settles()}</p> })}
            {move || (unsaved.get() > 0).then(|| view! { <p>{frame::loses(unsaved.get())}</p> })}
        </Confirm>
    }
}
