//! The first page: what Candour is, and the form that opens a board.

pub mod field;
pub mod open_board;
pub mod rules;

use candour_shared::contract::promise;
use candour_shared::http::Created;
use candour_shared::settings::Settings;
use leptos::prelude::*;

use self::open_board::OpenBoard;
use super::links::Links;
use super::message::ThreatModel;
use crate::text::language;

/// The first page, and after it the new board's links.
#[component]
pub fn Landing() -> impl IntoView {
    let opened = RwSignal::new(None::<(Settings, Created)>);
    move || {
        match opened.get() {
        Some((settings, created)) => view! { <Links title=settings.title created/> }.into_any(),
        None => view! {
            <main class="page landing">
                <header>
                    <h1>"Candour"</h1>
                    <p class="lead">
                        "A live board on which people of different organisations say what frustrates them,
                        what presses on them and what should come first. Nobody is told who wrote what."
                    </p>
                </header>
                <section class="landing-about">
                    <h2>"How a workshop goes"</h2>
                    <ol>
                        <li><strong>"Write. "</strong>"Everyone writes notes privately. A facilitator reveals them all at once, shuffled."</li>
                        <li><strong>"Group. "</strong>"Everyone puts notes that belong together into groups."</li>
                        <li><strong>"Vote. "</strong>"Everyone gives dots to what matters most. Totals show when voting closes."</li>
                        <li><strong>"Discuss. "</strong>"You talk about it, and the organiser takes the board away as a file."</li>
                    </ol>
                    <div class="promise">
                        <h2>"What it promises, and what it can’t"</h2>
                        <p>{promise(language())}</p>
                        <ThreatModel/>
                    </div>
                    <p class="hint">
                        "Have you been given a link or a code for a board? Open the link, or the address that came
                        with the code; there is nothing to do here."
                    </p>
                </section>
                <section class="card landing-form" aria-labelledby="open-a-board">
                    <h2 id="open-a-board">"Open a board"</h2>
                    <OpenBoard opened=opened.write_only()/>
                </section>
            </main>
        }
        .into_any(),
    }
    }
}
