//! The first page: what Candour is, a board to try, and the form that opens a board.

pub mod field;
pub mod open_board;
pub mod rules;
pub mod try_out;

use candour_shared::contract::promise;
use candour_shared::http::Created;
use candour_shared::settings::Settings;
use leptos::prelude::*;

use self::open_board::OpenBoard;
use self::try_out::TryOut;
use super::footer::Footer;
use super::links::Links;
use super::message::ThreatModel;
use crate::text::{app, landing as text, language};

/// The first page, and after it the new board's links.
#[component]
pub fn Landing() -> impl IntoView {
    let opened = RwSignal::new(None::<(Settings, Created)>);
    move || match opened.get() {
        Some((settings, created)) => view! { <Links title=settings.title created/> }.into_any(),
        None => view! {
            <main class="page landing">
                <header>
                    <h1>{app::candour()}</h1>
                    <p class="lead">{text::lead()}</p>
                    <TryOut/>
                </header>
                <About/>
                <section class="card landing-form" aria-labelledby="open-a-board">
                    <h2 id="open-a-board">{text::open_one()}</h2>
                    <OpenBoard opened=opened.write_only()/>
                </section>
                <Footer/>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn About() -> impl IntoView {
    let step = |(name, words): (&'static str, &'static str)| {
        view! { <li><strong>{name}</strong>{words}</li> }
    };
    let steps = [
        (text::write(), text::write_words()),
        (text::group(), text::group_words()),
        (text::vote(), text::vote_words()),
        (text::discuss(), text::discuss_words()),
    ];
    view! {
        <section class="landing-about">
            <h2>{text::how()}</h2>
            <ol>{steps.map(step).collect_view()}</ol>
            <div class="promise">
                <h2>{text::promises()}</h2>
                <p>{promise(language())}</p>
                <ThreatModel/>
            </div>
            <p class="hint">{text::given_link()}</p>
        </section>
    }
}
