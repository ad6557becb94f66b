//! The codes that were just made: shown this once, as cards to be printed and cut out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::{Confirm, Weight};
use super::message::Heading;
use super::qr::QrCode;
use crate::board::Board;
use crate::browser;
use crate::view::codes::{CodeView, CodesView};

/// A page in the board's place, until the codes are put away.
#[component]
pub fn CodesPage(
    /// The codes.
    codes: CodesView,
) -> impl IntoView {
    let told = codes.whose();
    let links = codes.links();
    let cards = codes.codes.iter().map(|code| card(&codes, code));
    let cards = cards.collect_view();
    view! {
        <main class="page codes-page">
            <Heading>{told}</Heading>
            <div class="warning codes-warning">
                <p>
                    <strong>"They are shown only now. "</strong>
                    "Print them or save them before you go back: the server does not know them any more. If
                    they get lost, withdraw this batch ("{codes.batch}") and make another."
                </p>
                <p>
                    "Hand each person one. You may know who got which; what is written or voted with a code
                    is shown to nobody."
                </p>
            </div>
            <Taking links/>
            <ul class="cards" aria-label="Codes">{cards}</ul>
        </main>
    }
}

/// What can be done with the codes.
#[component]
fn Taking(
    /// The links, one per line.
    links: String,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let told = RwSignal::new("");
    let taken = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let print = move |_| {
        taken.set(true);
        browser::print();
    };
    let save = move |_| match board.save_codes() {
        Ok(()) => {
            taken.set(true);
            told.set("The file is saved on this computer.");
        }
        Err(why) => told.set(why),
    };
    let copy = move |_| {
        let links = links.clone();
        spawn_local(async move {
            if browser::copy(&links).await {
                taken.set(true);
                told.set("All links are copied, one per line.");
            } else {
                told.set("This browser doesn't let us copy. Download the file instead.");
            }
        });
    };
    let back = move |_| {
        if taken.get_untracked() {
            board.put_codes_away();
        } else {
            asking.set(true);
        }
    };
    view! {
        <div class="codes-taking">
            <div class="buttons">
                <button type="button" class="primary" on:click=print>"Print"</button>
                <button type="button" on:click=save>"Download as CSV"</button>
                <button type="button" on:click=copy>"Copy all links"</button>
                <button type="button" on:click=back>"Back to the board"</button>
            </div>
            <p role="status">{told}</p>
            <Confirm
                open=asking
                title="Go back without the codes?"
                verb="Go back without them"
                weight=Weight::Grave
                on_confirm=Callback::new(move |()| board.put_codes_away())
            >
                <p>"They were neither printed nor saved nor copied, and can’t be shown again."</p>
            </Confirm>
        </div>
    }
}

/// A card to be cut out.
fn card(codes: &CodesView, code: &CodeView) -> impl IntoView + use<> {
    let CodeView { code, link } = code.clone();
    let label = format!("QR code of {code}");
    view! {
        <li class="code-card">
            <div class="code-card-words">
                <p class="code-card-title">{codes.title.clone()}</p>
                <p>{codes.organisation.clone()}</p>
                <p class="hint">
                    "Lets one person take part. Nobody is told who wrote what."
                </p>
            </div>
            <QrCode text=link label/>
            <p class="code code-card-code">{code}</p>
            <p class="hint code-card-address">
                "Scan the square, or type the code at "<span class="code">{codes.address.clone()}</span>
                <span class="code-card-batch">{codes.batch.clone()}</span>
            </p>
        </li>
    }
}
