//! Opening and closing rounds of voting.

use candour_shared::checks::CLUSTER_CHARS;
use candour_shared::command::Verb;
use candour_shared::voting::{Budget, MAX_AMONG, MAX_DOTS};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::components::dialog::Confirm;
use crate::text::{language, pulse, voting as text};
use crate::view::rounds::RoundView;

/// The open round, or a form for the next one.
#[component]
pub fn Rounds() -> impl IntoView {
    let board = expect_context::<Board>();
    let open = Memo::new(move |_| board.ballot.with(Option::is_some));
    view! {
        <section class="now" aria-labelledby="rounds">
            <h2 id="rounds">{text::voting()}</h2>
            <Show when=move || open.get() fallback=move || view! { <Opening/> }>
                <OpenRound/>
            </Show>
        </section>
    }
}

#[component]
fn OpenRound() -> impl IntoView {
    let board = expect_context::<Board>();
    let asking = RwSignal::new(false);
    let title = move || {
        board
            .ballot
            .with(|ballot| ballot.as_ref().map(|ballot| ballot.title.clone()))
    };
    let budget = move || {
        board.ballot.with(|ballot| {
            let Budget { dots, per_item } = ballot.as_ref()?.budget;
            Some(text::budget(dots, per_item))
        })
    };
    let off = move || board.may(Verb::CloseRound).is_err() || board.is_pending(Verb::CloseRound);
    view! {
        <p><strong>{title}</strong></p>
        <p class="hint">{budget}{text::people_vote()}</p>
        <button type="button" class="primary" disabled=off on:click=move |_| asking.set(true)>
            {text::close()}
        </button>
        <Confirm
            open=asking
            title=text::close_question()
            verb=text::close()
            on_confirm=move |()| board.close_voting()
        >
            <p>{text::close_meaning()}</p>
        </Confirm>
    }
}

#[component]
fn Opening() -> impl IntoView {
    let board = expect_context::<Board>();
    let usual = Budget::default();
    let question = RwSignal::new(String::new());
    let dots = RwSignal::new(usual.dots.to_string());
    let per_item = RwSignal::new(usual.per_item.to_string());
    let problem = RwSignal::new(None::<String>);
    // What shares the first place of the latest round, and can still be voted on.
    let tied = Memo::new(move |_| {
        let rounds = board.rounds.get();
        let mut tied = rounds.first().map(RoundView::tied).unwrap_or_default();
        tied.retain(|item| board.title_of(*item).is_some());
        tied
    });
    let ties = Memo::new(move |_| (2..=MAX_AMONG).contains(&tied.with(Vec::len)));
    let chosen = RwSignal::new(true);
    let confined = Memo::new(move |_| ties.get() && chosen.get());
    let refused = move || {
        board
            .may(Verb::OpenRound)
            .err()
            .map(|denied| denied.words(language()))
    };
    let off = move || refused().is_some() || board.is_pending(Verb::OpenRound);
    let open = move |event: SubmitEvent| {
        event.prevent_default();
        let number = |field: RwSignal<String>| field.get_untracked().parse::<u8>().unwrap_or(0);
        let budget = Budget {
            dots: number(dots),
            per_item: number(per_item),
        };
        match budget.check() {
            Ok(()) => {
                problem.set(None);
                let among = if confined.get_untracked() {
                    tied.get_untracked()
                } else {
                    Vec::new()
                };
                board.open_voting(question.get_untracked(), budget, among);
            }
            Err(denied) => problem.set(Some(denied.words(language()))),
        }
    };
    view! {
        <form class="stack" on:submit=open>
            <label class="field">
                <span class="field-name">{pulse::question()}</span>
                <input
                    type="text"
                    maxlength=CLUSTER_CHARS
                    placeholder=text::usual()
                    bind:value=question
                />
            </label>
            <div class="line">
                <label class="field">
                    <span class="field-name">{text::dots_each()}</span>
                    <input type="number" min="1" max=MAX_DOTS required=true bind:value=dots/>
                </label>
                <label class="field">
                    <span class="field-name">{text::most_on_one()}</span>
                    <input type="number" min="1" max=move || dots.get() required=true bind:value=per_item/>
                </label>
            </div>
            <Show when=move || ties.get()>
                <label class="choice">
                    <input type="checkbox" bind:checked=chosen/>
                    <span>{move || text::only_tied(tied.with(Vec::len))}</span>
                </label>
            </Show>
            <div role="alert">
                {move || problem.get().map(|why| view! { <p class="problem">{why}</p> })}
            </div>
            <button type="submit" class="primary" disabled=off>{text::open()}</button>
            {move || refused().map(|why| view! { <p class="hint">{why}</p> })}
        </form>
    }
}
