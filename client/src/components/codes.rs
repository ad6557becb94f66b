//! The codes that were just made: shown this once, as cards to be printed and cut out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::{Confirm, Weight};
use super::message::Heading;
use super::qr::QrCode;
use crate::board::Board;
use crate::browser;
use crate::text::codes as text;
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
                    <strong>{text::only_now()}</strong>
                    {text::print_or_save()}{codes.batch}{text::make_another()}
                </p>
                <p>
                    {text::hand_one()}
                </p>
            </div>
            <Taking links/>
            <ul class="cards" aria-label=text::title()>{cards}</ul>
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
            told.set(text::saved());
        }
        Err(why) => told.set(why),
    };
    let copy = move |_| {
        let links = links.clone();
        spawn_local(async move {
            if browser::copy(&links).await {
                taken.set(true);
                told.set(text::copied());
            } else {
                told.set(text::cannot_copy());
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
                <button type="button" class="primary" on:click=print>{text::print()}</button>
                <button type="button" on:click=save>{text::download()}</button>
                <button type="button" on:click=copy>{text::copy_all()}</button>
                <button type="button" on:click=back>{text::back()}</button>
            </div>
            <p role="status">{told}</p>
            <Confirm
                open=asking
                title=text::back_question()
                verb=text::back_without()
                weight=Weight::Grave
                on_confirm=Callback::new(move |()| board.put_codes_away())
            >
                <p>{text::back_meaning()}</p>
            </Confirm>
        </div>
    }
}

/// A card to be cut out.
fn card(codes: &CodesView, code: &CodeView) -> impl IntoView + use<> {
    let CodeView { code, link } = code.clone();
    let label = text::qr_of(&code);
    view! {
        <li class="code-card">
            <div class="code-card-words">
                <p class="code-card-title">{codes.title.clone()}</p>
                <p>{codes.organisation.clone()}</p>
                <p class="hint">
                    {text::lets_one()}
                </p>
            </div>
            <QrCode text=link label/>
            <p class="code code-card-code">{code}</p>
            <p class="hint code-card-address">
                {text::scan()}<span class="code">{codes.address.clone()}</span>
                <span class="code-card-batch">{codes.batch.clone()}</span>
            </p>
        </li>
    }
}
