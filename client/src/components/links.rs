//! A new board's links. They can't be shown again.

use candour_shared::http::Created;
use leptos::ev::FocusEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::message::Heading;
use super::qr::QrCode;
use crate::browser;
use crate::text::{common, links as text};
use crate::view::date;

/// The links of a board that was just opened.
#[component]
pub fn Links(
    /// The board's title.
    title: String,
    /// Its links.
    created: Created,
) -> impl IntoView {
    let origin = browser::origin();
    let participant = match created.participant {
        Some(path) => {
            let url = format!("{origin}{path}");
            view! {
                <p>{text::give_everyone()}</p>
                <CopyLink label=text::participants_link() url=url.clone()/>
                <LargeQr label=text::qr_of_participants() url/>
            }
            .into_any()
        }
        None => view! {
            <p>
                {text::by_codes()}
            </p>
            <p>
                <a href=created.organiser.clone() target="_blank" rel="noopener">
                    {text::make_codes_tab()}
                </a>
            </p>
        }
        .into_any(),
    };
    view! {
        <main class="page">
            <Heading>{text::board_open()}{title}</Heading>
            <p class="warning">
                <strong>{text::only_once()}</strong>
                {text::safe_place()}
            </p>
            <p>
                {text::on()}<strong>{date::in_words(created.expires_on)}</strong>{text::is_deleted()}
            </p>
            <section class="card">
                <h2>{text::for_participants()}</h2>
                {participant}
            </section>
            <section class="card">
                <h2>{text::for_facilitators()}</h2>
                <p>
                    {text::give_facilitators()}
                </p>
                <CopyLink
                    label=text::facilitators_link()
                    url=format!("{origin}{}", created.facilitator)
                />
                <p><a href=created.facilitator target="_blank" rel="noopener">{text::facilitator_tab()}</a></p>
            </section>
            <section class="card">
                <h2>{text::for_organiser()}</h2>
                <p>{text::keep_organiser()}</p>
                <CopyLink label=text::organisers_link() url=format!("{origin}{}", created.organiser)/>
                <p><a href=created.organiser target="_blank" rel="noopener">{text::organiser_tab()}</a></p>
            </section>
        </main>
    }
}

/// A link in a field, with a button that copies it.
#[component]
pub fn CopyLink(
    /// Whose link it is.
    label: &'static str,
    /// The whole address.
    #[prop(into)]
    url: String,
) -> impl IntoView {
    let told = RwSignal::new("");
    let shown = url.clone();
    let select = |event: FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    let copy = move |_| {
        let url = url.clone();
        spawn_local(async move {
            told.set(if browser::copy(&url).await {
                text::copied()
            } else {
                text::cannot_copy()
            });
        });
    };
    view! {
        <div class="copy">
            <input
                type="text"
                readonly
                aria-label=label
                prop:value=shown
                on:focus=select
            />
            <button type="button" on:click=copy>
                {text::copy()} <span class="visually-hidden">{text::the_label(label)}</span>
            </button>
            <span role="status">{told}</span>
        </div>
    }
}

/// A QR code that can be shown as large as the screen, for a room.
#[component]
pub fn LargeQr(
    /// What the code leads to, for people who can't see it.
    label: &'static str,
    /// The whole address.
    url: String,
) -> impl IntoView {
    let large = NodeRef::<Dialog>::new();
    let show = move |_| {
        if let Some(dialog) = large.get_untracked() {
            // It fails only where it is shown already.
            let _ = dialog.show_modal();
        }
    };
    let hide = move |_| {
        if let Some(dialog) = large.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <div class="qr-small">
            <QrCode text=url.clone() label/>
            <button type="button" on:click=show>{text::qr_large()}</button>
        </div>
        <dialog class="qr-large" node_ref=large aria-label=label>
            <QrCode text=url label/>
            <button type="button" class="primary" on:click=hide>{common::close()}</button>
        </dialog>
    }
}
