//! Between a link and its board: who has joined goes straight in, who has a link or a code is shown the
//! promise, everyone else is told what to do. Only pressing *Join* joins; opening a link spends nothing.

pub mod again;
pub mod code_field;
pub mod key;
pub mod stopped;

use candour_page::trouble::Trouble;
use candour_shared::denied::Denied;
use candour_shared::http::{Receipt, board_path};
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::again::Again;
use self::key::Key;
use self::stopped::Stopped;
use super::board::BoardFrame;
use super::join::JoinPage;
use super::message::Message;
use super::receipt::ReceiptCard;
use crate::api;
use crate::browser;
use crate::storage;
use crate::text::{app, joining as text};
use crate::view::stopped::stopped;

/// Where somebody stands before a board.
#[derive(Clone)]
enum Step {
    Looking,
    /// With a link or a code that opens the board.
    BeforeJoining(Key),
    /// The same, in a browser in which somebody has joined already.
    Again(Key),
    Inside(Role),
    /// The board is no more.
    Gone(Receipt),
    Stopped(Trouble),
}

/// A board's page.
#[component]
pub fn Gate(
    /// The board in the address.
    board: BoardId,
    /// The role in the address.
    role: Role,
) -> impl IntoView {
    // Before anything else: what follows asks the server.
    let secret = RwSignal::new(browser::take_secret());
    let step = RwSignal::new(Step::Looking);
    let look = move || {
        let secret = secret.get_untracked();
        step.set(Step::Looking);
        spawn_local(async move { step.set(look(board, role, secret).await) });
    };
    look();
    let look = Callback::new(move |()| look());
    let enter = Callback::new(move |role| {
        browser::show_path(&board_path(board, role));
        step.set(Step::Inside(role));
    });
    let unlock = Callback::new(move |key: Key| {
        secret.set(Some(key.secret.clone()));
        step.set(before_joining(key));
    });
    let stop = Callback::new(move |trouble| {
        spawn_local(async move { step.set(stop(board, trouble).await) });
    });
    let forgotten = Callback::new(move |key| step.set(Step::BeforeJoining(key)));
    move || match step.get() {
        Step::Looking => view! {
            <Message title=app::candour()>
                <p role="status">{text::looking_for()}</p>
            </Message>
        }
        .into_any(),
        Step::BeforeJoining(Key { secret, preview }) => {
            view! { <JoinPage board secret preview joined=enter stopped=stop/> }.into_any()
        }
        Step::Again(key) => view! { <Again board brought=key enter forgotten/> }.into_any(),
        Step::Inside(role) => view! { <BoardFrame id=board role/> }.into_any(),
        Step::Gone(receipt) => view! {
            <Message title=text::no_such_board()>
                <p>{text::was_deleted()}</p>
                <ReceiptCard receipt/>
                <p><a href="/">{text::first_page()}</a></p>
            </Message>
        }
        .into_any(),
        Step::Stopped(trouble) => {
            let page = stopped(&trouble, role);
            view! { <Stopped board page look unlock/> }.into_any()
        }
    }
}

async fn look(board: BoardId, role: Role, secret: Option<String>) -> Step {
    let looked = match secret {
        Some(secret) => match api::preview(board, &secret).await {
            // A screen promises nobody anything, and is nobody whose things must stay theirs.
            Ok(preview) if preview.role == Role::Projector => {
                let joined = api::join(board, &secret, None).await;
                joined.map(|joined| Step::Inside(joined.role))
            }
            looked => looked.map(|preview| before_joining(Key { secret, preview })),
        },
        None => match api::me(board, role).await {
            // Without a network the board is shown as it was, and what is done waits.
            Err(Trouble::Unreachable) if storage::kept_copy(board, role).is_some() => {
                Ok(Step::Inside(role))
            }
            joined => joined.map(|joined| Step::Inside(joined.role)),
        },
    };
    match looked {
        Ok(step) => step,
        Err(trouble) => stop(board, trouble).await,
    }
}

/// What somebody is told who can't go on: where the board was deleted, its receipt.
async fn stop(board: BoardId, trouble: Trouble) -> Step {
    if trouble == Trouble::Refused(Denied::NoSuchBoard)
        && let Ok(receipt) = api::receipt(board).await
    {
        return Step::Gone(receipt);
    }
    Step::Stopped(trouble)
}

const fn before_joining(key: Key) -> Step {
    if key.preview.joined {
        Step::Again(key)
    } else {
        Step::BeforeJoining(key)
    }
}
