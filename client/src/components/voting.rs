//! Voting: one's dots on a thing, the bar that says what is asked, and what came out.

use candour_shared::ids::Item;
use candour_shared::phase::Phase;
use leptos::prelude::*;

use crate::board::{Board, Tone};
use crate::text::voting as text;
use crate::view::dots::DotsView;
use crate::view::mine::BallotView;
use crate::view::rounds::{BarView, RoundView};

/// One's own dots on a group or a note, with buttons for one less and one more. Nothing outside a round
/// of voting.
#[component]
pub fn DotsControl(
    /// What they are on.
    item: Item,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let dots = Memo::new(move |_| {
        board.ballot.with(|ballot| {
            let ballot = ballot.as_ref().filter(|ballot| ballot.is_about(item))?;
            Some(DotsView::of(ballot, item))
        })
    });
    let voting = Memo::new(move |_| dots.with(Option::is_some));
    move || voting.get().then(|| view! { <Control item dots/> })
}

/// The open round: its question, and one's dots that are left. Nothing when none is open.
#[component]
pub fn VotingBar() -> impl IntoView {
    let board = expect_context::<Board>();
    let ballot = move |read: fn(&BallotView) -> String| {
        board.ballot.with(|ballot| ballot.as_ref().map(read))
    };
    let open = Memo::new(move |_| board.ballot.with(Option::is_some));
    let pips = move || {
        let ballot = board.ballot.get()?;
        let (left, dots) = (ballot.left(), ballot.budget.dots);
        // More dots than one sees at a glance are better read than counted.
        (dots <= 10).then(|| {
            let pip = |filled| view! { <span class="dot" class:dot-filled=filled></span> };
            (0..dots).map(|dot| pip(dot < left)).collect_view()
        })
    };
    let between = move || {
        let among = board
            .ballot
            .with(|ballot| ballot.as_ref().map(|ballot| ballot.among.clone()));
        let titles = among?.into_iter().filter_map(|item| board.title_of(item));
        let titles: Vec<String> = titles.collect();
        (!titles.is_empty()).then(|| view! { <p>{text::between(&titles.join(" · "))}</p> })
    };
    view! {
        <Show when=move || open.get()>
            <section class="voting-bar" aria-label=text::voting()>
                <h2>{move || ballot(|ballot| ballot.title.clone())}</h2>
                <p class="voting-left">
                    <span class="dots-row" aria-hidden="true">{pips}</span>
                    <strong>{move || ballot(BallotView::words)}</strong>
                </p>
                {between}
                <p class="hint">
                    {text::take_back()}
                </p>
            </section>
        </Show>
    }
}

/// Everyone's dots on a thing in the latest closed round, once people talk about the results.
#[component]
pub fn Dots(
    /// What they are on.
    item: Item,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let words = Memo::new(move |_| match board.phase.get() {
        Phase::Discuss | Phase::Closed => board.rounds.with(|rounds| {
            let latest = rounds.iter().find_map(|round| round.bars.as_ref())?;
            let bar = latest.iter().find(|bar| bar.item == item)?;
            Some(bar.words.clone())
        }),
        Phase::Lobby | Phase::Write | Phase::Cluster | Phase::Vote => None,
    });
    move || {
        words
            .get()
            .map(|words| view! { <p class="dots-total">{words}</p> })
    }
}

/// Every closed round, the latest first. Nothing while there is none.
#[component]
pub fn Results() -> impl IntoView {
    let board = expect_context::<Board>();
    let closed = Memo::new(move |_| {
        let mut rounds = board.rounds.get();
        rounds.retain(|round| round.bars.is_some());
        rounds
    });
    view! {
        <Show when=move || closed.with(|closed| !closed.is_empty())>
            <section class="results" aria-labelledby="results">
                <h2 id="results">{text::results()}</h2>
                {move || closed.get().into_iter().map(round).collect_view()}
            </section>
        </Show>
    }
}

#[component]
fn Control(
    /// What the dots are on.
    item: Item,
    /// How they stand; nothing for the moment in which the round closes.
    dots: Memo<Option<DotsView>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let title = move || board.title_of(item).unwrap_or_default();
    let words = move || dots.with(|dots| dots.as_ref().map(|dots| dots.words.clone()));
    let refused = move || dots.with(|dots| dots.as_ref().and_then(|dots| dots.full.clone()));
    let none = move || dots.with(|dots| dots.as_ref().is_none_or(|dots| dots.on == 0));
    let cast = move |number: u8| {
        board.cast_dots(item, number);
        if let Some(said) = board.ballot.with_untracked(|ballot| {
            let ballot = ballot.as_ref()?;
            Some(DotsView::of(ballot, item).said(ballot))
        }) {
            board.announce(said);
        }
    };
    let more = move |_| match (refused(), dots.get_untracked()) {
        (Some(why), _) => board.tell(Tone::Info, why),
        (None, Some(dots)) => cast(dots.on.saturating_add(1)),
        (None, None) => {}
    };
    let fewer = move |_| {
        let dots = dots.get_untracked().filter(|dots| dots.on > 0);
        if let Some(dots) = dots {
            cast(dots.on - 1);
        }
    };
    let pips = move || {
        let slots = dots.with(|dots| dots.as_ref().map(|dots| dots.slots.clone()));
        let slots = slots.unwrap_or_default().into_iter();
        slots
            .map(|filled| view! { <span class="dot" class:dot-filled=filled></span> })
            .collect_view()
    };
    let number = move || {
        dots.with(|dots| {
            dots.as_ref()
                .filter(|dots| dots.slots.is_empty())
                .map(|dots| dots.on)
        })
    };
    // Off buttons keep the focus and say why, where a disabled one would drop it.
    view! {
        <div class="dots" role="group" aria-label=move || text::your_dots(&title())>
            <button
                type="button"
                class="dots-step"
                aria-label=text::less()
                aria-disabled=move || none().to_string()
                on:click=fewer
            >
                <span aria-hidden="true">"−"</span>
            </button>
            <span class="dots-row" aria-hidden="true">{pips}{number}</span>
            <span class="visually-hidden">{words}</span>
            <button
                type="button"
                class="dots-step"
                aria-label=text::more()
                aria-disabled=move || refused().is_some().to_string()
                title=refused
                on:click=more
            >
                <span aria-hidden="true">"+"</span>
            </button>
        </div>
    }
}

fn round(round: RoundView) -> impl IntoView {
    let bars = round.bars.unwrap_or_default();
    let nothing = bars.is_empty();
    view! {
        <section class="round">
            <h3>{round.title}</h3>
            <p class="hint">{round.words}</p>
            {round.caveats.into_iter().map(|caveat| view! { <p class="hint">{caveat}</p> }).collect_view()}
            {nothing.then(|| view! { <p>{text::nobody()}</p> })}
            <ol class="bars">{bars.into_iter().map(bar).collect_view()}</ol>
        </section>
    }
}

fn bar(bar: BarView) -> impl IntoView {
    let percent = format!("{:.1}%", bar.share * 100.0);
    view! {
        <li class="bar">
            <span class="bar-place">{bar.place}</span>
            <span class="bar-title">{bar.title}</span>
            <span class="bar-track" aria-hidden="true">
                <span class="bar-fill" style:width=percent></span>
            </span>
            <span class="bar-words">{bar.words}</span>
            {bar.support.map(|named| view! { <span class="bar-support">{text::behind()}{named}</span> })}
        </li>
    }
}
