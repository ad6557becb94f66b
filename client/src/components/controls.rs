//! What facilitators and organisers run the board with: beside it on a wide screen, a sheet in front of
//! it on a small one.

pub mod codes;
pub mod discussing;
pub mod doors;
pub mod export;
pub mod invite;
pub mod pulsing;
pub mod queue;
pub mod replacing;
pub mod rounds;
pub mod steps;
pub mod switch;
pub mod timing;

use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::discussing::{Commitments, Remarks, Spotlight};
use self::doors::Doors;
use self::export::Export;
use self::invite::Invite;
use self::pulsing::Pulsing;
use self::queue::Queue;
use self::rounds::Rounds;
use self::steps::{AgendaPart, Locking, Steps, Writing};
use self::timing::Timing;
use crate::board::Board;
use crate::browser::media::{self, WIDE};
use crate::text::running as text;

/// Everything a facilitator runs the board with.
#[component]
pub fn Controls() -> impl IntoView {
    let board = expect_context::<Board>();
    let open = RwSignal::new(has_room());
    let organises = Memo::new(move |_| board.role.get() == Role::Organiser);
    // What the present phase asks of a facilitator comes right after the phases.
    let now = move || match board.phase.get() {
        Phase::Write => view! { <Writing/> }.into_any(),
        Phase::Cluster => view! { <Locking/> }.into_any(),
        Phase::Vote => view! { <Rounds/> }.into_any(),
        Phase::Discuss => view! { <Discussing/> }.into_any(),
        Phase::Lobby | Phase::Closed => ().into_any(),
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !has_room() {
            open.set(false);
        }
    };
    view! {
        <div class="controls-frame" class:controls-open=move || open.get() on:keydown=escape>
            <button
                type="button"
                class="controls-toggle"
                aria-expanded=move || open.get().to_string()
                aria-controls="controls"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || if open.get() { text::hide() } else { text::run() }}
            </button>
            <section id="controls" class="controls" aria-label=text::controls() hidden=move || !open.get()>
                <Steps/>
                {now}
                <Pulsing/>
                <Timing/>
                <Spotlight/>
                <AgendaPart/>
                <Queue/>
                <Doors/>
                <Invite/>
                <Show when=move || organises.get()>
                    <Export/>
                </Show>
            </section>
        </div>
    }
}

/// What a facilitator does while people discuss.
#[component]
fn Discussing() -> impl IntoView {
    view! {
        <Writing/>
        <Commitments/>
        <Remarks/>
    }
}

/// Whether the controls and the board have room side by side.
fn has_room() -> bool {
    media::is(WIDE)
}
