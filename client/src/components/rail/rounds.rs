//! Opening and closing rounds of voting.

use candour_shared::command::{CLUSTER_CHARS, Verb};
use candour_shared::voting::{Budget, MAX_DOTS};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::components::dialog::Confirm;

/// The open round, or a form for the next one.
#[component]
pub fn Rounds() -> impl IntoView {
    let board = expect_context::<Board>();
    let open = Memo::new(move |_| board.ballot.with(Option::is_some));
    view! {
        <section class="now" aria-labelledby="rounds">
            <h2 id="rounds">"Voting"</h2>
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
            Some(format!(
                "{dots} dots each, at most {per_item} on one thing."
            ))
        })
    };
    let off = move || board.may(Verb::CloseRound).is_err() || board.is_pending(Verb::CloseRound);
    view! {
        <p><strong>{title}</strong></p>
        <p class="hint">{budget}" People are voting. Nobody sees any totals before the round is closed."</p>
        <button type="button" class="primary" disabled=off on:click=move |_| asking.set(true)>
            "Close and show totals"
        </button>
        <Confirm
            open=asking
            title="Close this round of voting?"
            verb="Close and show totals"
            on_confirm=move |()| board.close_voting()
        >
            <p>"Everyone sees how many dots each thing got. Nobody can change their dots after that, and who gave them is forgotten."</p>
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
    let refused = move || {
        board
            .may(Verb::OpenRound)
            .err()
            .map(|denied| denied.to_string())
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
                board.open_voting(question.get_untracked(), budget);
            }
            Err(denied) => problem.set(Some(denied.to_string())),
        }
    };
    view! {
        <form class="stack" on:submit=open>
            <label class="field">
                <span class="field-name">"Question"</span>
                <input
                    type="text"
                    maxlength=CLUSTER_CHARS
                    placeholder="What should come first?"
                    bind:value=question
                />
            </label>
            <div class="line">
                <label class="field">
                    <span class="field-name">"Dots each"</span>
                    <input type="number" min="1" max=MAX_DOTS required=true bind:value=dots/>
                </label>
                <label class="field">
                    <span class="field-name">"At most on one"</span>
                    <input type="number" min="1" max=move || dots.get() required=true bind:value=per_item/>
                </label>
            </div>
            <div role="alert">
                {move || problem.get().map(|why| view! { <p class="problem">{why}</p> })}
            </div>
            <button type="submit" class="primary" disabled=off>"Open the voting"</button>
            {move || refused().map(|why| view! { <p class="hint">{why}</p> })}
        </form>
    }
}
