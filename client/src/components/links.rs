//! A new board's links. They can't be shown again.

use candour_shared::http::Created;
use leptos::ev::FocusEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::message::Heading;
use super::qr::QrCode;
use crate::browser;
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
                <p>"Give it to everyone who takes part: in the invitation, in the chat, or as the code below."</p>
                <CopyLink label="Participants' link" url=url.clone()/>
                <LargeQr label="QR code of the participants' link" url/>
            }
            .into_any()
        }
        None => view! {
            <p>
                "Each of them comes in by a code of their own, so there is no link for everybody. You make
                the codes on the board, under “Invite”, and hand them out."
            </p>
            <p>
                <a href=created.organiser.clone() target="_blank" rel="noopener">
                    "Make codes on the board, as organiser (new tab)"
                </a>
            </p>
        }
        .into_any(),
    };
    view! {
        <main class="page">
            <Heading>"The board is open: "{title}</Heading>
            <p class="warning">
                <strong>"These links are shown only once. "</strong>
                "Copy the organiser's and the facilitators' link to a safe place before you close this
                page: the server does not know them any more. Whoever has a link can use it."
            </p>
            <p>
                "On "<strong>{date::in_words(&created.expires_on)}</strong>" the board is deleted, with
                everything on it. Take it away as a file before."
            </p>
            <section class="card">
                <h2>"For participants"</h2>
                {participant}
            </section>
            <section class="card">
                <h2>"For facilitators"</h2>
                <p>
                    "Give it only to those who run the workshop. They move the board from phase to phase,
                    reveal, and take harmful notes off. They are not told who wrote a note either."
                </p>
                <CopyLink
                    label="Facilitators' link"
                    url=format!("{origin}{}", created.facilitator)
                />
                <p><a href=created.facilitator target="_blank" rel="noopener">"Open the board as facilitator (new tab)"</a></p>
            </section>
            <section class="card">
                <h2>"For you, the organiser"</h2>
                <p>"Keep it for yourself. It takes the board away as a file, and deletes it."</p>
                <CopyLink label="Organiser's link" url=format!("{origin}{}", created.organiser)/>
                <p><a href=created.organiser target="_blank" rel="noopener">"Open the board as organiser (new tab)"</a></p>
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
                "Copied."
            } else {
                "This browser doesn't let us copy. Select the link and copy it."
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
                "Copy" <span class="visually-hidden">" the "{label.to_lowercase()}</span>
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
            <button type="button" on:click=show>"Show the QR code large"</button>
        </div>
        <dialog class="qr-large" node_ref=large aria-label=label>
            <QrCode text=url label/>
            <button type="button" class="primary" on:click=hide>"Close"</button>
        </dialog>
    }
}
