//! The frame of a board: what is always in sight, and the rooms for the rest.

use candour_page::connection::Standing;
use candour_shared::command::Verb;
use candour_shared::ids::BoardId;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use leptos::prelude::*;

use super::canvas::Canvas;
use super::codes::CodesPage;
use super::commitments::Commitments;
use super::composer::Composer;
use super::connection::ConnectionState;
use super::controls::Controls;
use super::footer::{Languages, Statement};
use super::leaving::{Leaving, Over};
use super::ledger::PublicLedger;
use super::list::List;
use super::message::Message;
use super::mine::{MyNotes, Sealed};
use super::notices::Notices;
use super::projector::Projector;
use super::pulse::{PulseCard, PulseResults};
use super::results::ResultsPage;
use super::search::{Search, SearchTools};
use super::shortcuts::Shortcuts;
use super::timer::{SoundChoice, TimerFace};
use super::traffic::Traffic;
use super::undo::{self, UndoTools};
use super::voting::{Results, VotingBar};
use super::welcome::Welcome;
use crate::board::Board;
use crate::browser::media::{self, NARROW};
use crate::text::{agenda, app, discussion, frame, language, results as text, search, shortcuts};
use crate::view::date;

/// Which of the two equal views of the board is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Canvas,
    List,
    Results,
}

/// A board somebody has joined.
#[component]
pub fn BoardFrame(
    /// The board.
    id: BoardId,
    /// What they are on it.
    role: Role,
) -> impl IntoView {
    let board = Board::open(id, role);
    provide_context(board);
    Effect::new(move || {
        let title = board.settings.with(|settings| settings.title.clone());
        if !title.is_empty() {
            document().set_title(&app::titled(&title));
        }
    });
    let over = Memo::new(move |_| match board.connection.get() {
        Standing::Ended(ending) => Some(ending),
        Standing::Connecting | Standing::Live | Standing::Offline { .. } => None,
    });
    move || match (over.get(), board.codes.get(), board.ready.get()) {
        (Some(ending), _, _) => view! { <Over ending/> }.into_any(),
        (None, Some(codes), _) => view! { <CodesPage codes/> }.into_any(),
        (None, None, true) if role == Role::Projector => view! { <Projector/> }.into_any(),
        (None, None, true) => view! { <Rooms/> }.into_any(),
        (None, None, false) => view! {
            <Message title=app::candour()>
                <ConnectionState/>
            </Message>
        }
        .into_any(),
    }
}

#[component]
fn Rooms() -> impl IntoView {
    let board = expect_context::<Board>();
    undo::listen(board);
    provide_context(Search::new(board));
    let look = RwSignal::new(first_look());
    let writes = Memo::new(move |_| board.is_writing());
    let runs = Memo::new(move |_| board.role.get().moderates());
    // Under one another, the board itself comes before what came out of it.
    let narrow = media::follow(NARROW);
    view! {
        <div class="board">
            <a class="skip" href="#work" on:click=|event| skip(&event)>{frame::skip()}</a>
            <Header look/>
            <Notices/>
            <ThankYou look/>
            <div class="rooms">
                // While there is nothing in it to press, it takes the focus to be scrolled by keys.
                <aside
                    class="own"
                    aria-label=frame::own()
                    tabindex=move || (!writes.get()).then_some("0")
                >
                    <Show when=move || writes.get()>
                        <Composer/>
                    </Show>
                    <MyNotes/>
                    <Show when=move || !narrow.get()>
                        <Outcome/>
                    </Show>
                </aside>
                <main id="work" class="work" tabindex="-1">
                    <Welcome/>
                    <Sealed/>
                    <PulseCard/>
                    <VotingBar/>
                    <Show when=move || look.get() != Look::Results>
                        <BoardTools/>
                    </Show>
                    {move || match look.get() {
                        Look::Canvas => view! { <Canvas/> }.into_any(),
                        Look::List => view! { <List/> }.into_any(),
                        Look::Results => view! { <ResultsPage/> }.into_any(),
                    }}
                </main>
                <Show when=move || narrow.get()>
                    <aside class="own" aria-label=frame::outcome()>
                        <Outcome/>
                    </aside>
                </Show>
                <Show when=move || runs.get()>
                    <Controls/>
                </Show>
            </div>
        </div>
    }
}

/// What came out so far.
#[component]
fn Outcome() -> impl IntoView {
    let board = expect_context::<Board>();
    let counted = Memo::new(move |_| counts(board.phase.get()));
    view! {
        <Show when=move || counted.get()>
            <Results/>
        </Show>
        <Commitments/>
        <PulseResults/>
        <PublicLedger/>
    }
}

/// Whether results are shown. Totals would sway who writes or sorts; they wait for the phases that are
/// about them.
const fn counts(phase: Phase) -> bool {
    match phase {
        Phase::Vote | Phase::Discuss | Phase::Closed => true,
        Phase::Lobby | Phase::Write | Phase::Cluster => false,
    }
}

/// What one does with the whole board, in either view.
#[component]
fn BoardTools() -> impl IntoView {
    let board = expect_context::<Board>();
    let tidies = Memo::new(move |_| {
        let some = board.notes.with(|notes| notes.len() > 1);
        some && board.role.get().moderates() && board.may(Verb::Move).is_ok()
    });
    view! {
        <div class="board-tools">
            <SearchTools/>
            <UndoTools/>
            <Show when=move || tidies.get()>
                <button type="button" title=search::tidy_title() on:click=move |_| board.tidy()>
                    {search::tidy()}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Header(
    /// The chosen view.
    look: RwSignal<Look>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let live = Memo::new(move |_| board.connection.get() == Standing::Live);
    // Without a connection nobody knows how many are here.
    let people = move || {
        live.get()
            .then(|| agenda::people_here(board.presence.get().people))
    };
    let counted = Memo::new(move |_| counts(board.phase.get()));
    let keys = RwSignal::new(false);
    view! {
        <header class="header">
            <div class="header-line">
                <h1>{move || board.settings.with(|settings| settings.title.clone())}</h1>
                <p class="phase"><span class="visually-hidden">{frame::phase()}</span>{move || board.phase.get().name(language())}</p>
                <TimerFace/>
                <p class="people">{people}</p>
                <ConnectionState/>
                <div class="looks" role="group" aria-label=frame::looks()>
                    <LookButton look this=Look::Canvas name=frame::canvas()/>
                    <LookButton look this=Look::List name=frame::list()/>
                    <Show when=move || counted.get()>
                        <LookButton look this=Look::Results name=text::title()/>
                    </Show>
                </div>
                <details class="more">
                    <summary>{agenda::more()}</summary>
                    <div class="more-inside">
                        <Traffic/>
                        <button type="button" class="quiet" aria-keyshortcuts="?" on:click=move |_| keys.set(true)>
                            {shortcuts::title()}
                        </button>
                        <SoundChoice/>
                        <Statement/>
                        <Languages/>
                        <Leaving/>
                    </div>
                </details>
            </div>
            <StepNow/>
            <Shortcuts open=keys/>
        </header>
    }
}

/// The present step of the agenda, what people are asked in it, and where they say that they are done.
#[component]
fn StepNow() -> impl IntoView {
    let board = expect_context::<Board>();
    let step = Memo::new(move |_| board.present_step());
    let shown = Memo::new(move |_| step.with(Option::is_some));
    let title = move || step.with(|step| step.as_ref().map(|step| step.title.clone()));
    let questions = move || {
        let prompt = step.with(|step| step.as_ref().map(|step| step.prompt.clone()));
        let lines = prompt.unwrap_or_default();
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|line| view! { <li>{line.to_owned()}</li> })
            .collect_view()
    };
    let takes_part = Memo::new(move |_| board.role.get() == Role::Participant);
    let ready = move |_| board.set_ready(!board.done.get_untracked());
    view! {
        <Show when=move || shown.get()>
            <section class="step-now" aria-label=title>
                <p class="step-title">{title}</p>
                <ul class="prompt">{questions}</ul>
                <Show when=move || takes_part.get()>
                    <button
                        type="button"
                        class="ready"
                        aria-pressed=move || board.done.get().to_string()
                        on:click=ready
                    >
                        {agenda::done()}
                    </button>
                </Show>
            </section>
        </Show>
    }
}

/// What people read when the workshop is over.
#[component]
fn ThankYou(
    /// The chosen view.
    look: RwSignal<Look>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let over = Memo::new(move |_| board.phase.get() == Phase::Closed);
    let goes = move || {
        discussion::where_it_goes(
            &board
                .expires_on
                .get()
                .map(date::in_words)
                .unwrap_or_default(),
        )
    };
    view! {
        <Show when=move || over.get() && look.get() != Look::Results>
            <section class="thank-you" aria-labelledby="thank-you">
                <h2 id="thank-you">{discussion::thank_you()}</h2>
                <p>{discussion::thank_you_words()}</p>
                <p>{goes}</p>
                <button type="button" class="primary" on:click=move |_| look.set(Look::Results)>
                    {discussion::see_results()}
                </button>
            </section>
        </Show>
    }
}

#[component]
fn LookButton(
    /// The chosen view.
    look: RwSignal<Look>,
    /// The view this button chooses.
    this: Look,
    /// Its name.
    name: &'static str,
) -> impl IntoView {
    view! {
        <button
            type="button"
            aria-pressed=move || (look.get() == this).to_string()
            on:click=move |_| look.set(this)
        >
            {name}
        </button>
    }
}

/// A list reads well on a phone; a canvas wants room.
fn first_look() -> Look {
    if media::is(NARROW) {
        Look::List
    } else {
        Look::Canvas
    }
}

/// Goes to the board without touching the part of the address behind the `#`, which belongs to links.
fn skip(event: &leptos::ev::MouseEvent) {
    event.prevent_default();
    if let Some(work) = document().get_element_by_id("work") {
        // An element that can't take the focus leaves it where it was.
        let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(work).focus();
    }
}
