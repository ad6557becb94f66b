//! Batches of codes: making one, seeing which there are, withdrawing one.

use candour_shared::http::MAX_CODES;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::board::Board;
use crate::components::dialog::{Confirm, Weight};
use crate::text::{codes as text, common, joining};
use crate::view::invite::BatchView;
use crate::view::trouble::words;

/// How many codes are offered at first.
const USUAL: u16 = 20;

/// The form that makes a batch of codes.
#[component]
pub fn MakeCodes() -> impl IntoView {
    let board = expect_context::<Board>();
    let organisations = board
        .settings
        .with_untracked(|settings| settings.organisations.clone());
    let asks = !organisations.is_empty();
    let organisation = RwSignal::new(String::new());
    let count = RwSignal::new(USUAL.to_string());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let organisation = organisation.with_untracked(|index| index.parse().ok());
        if asks && organisation.is_none() {
            return problem.set(Some(text::choose_organisation().to_owned()));
        }
        let count = count.with_untracked(|count| count.trim().parse().ok());
        let Some(count) = count.filter(|count| (1..=MAX_CODES).contains(count)) else {
            return problem.set(Some(common::whole_number(1, MAX_CODES)));
        };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            // When it succeeds, the codes are shown in this form's place.
            if let Err(trouble) = board.make_codes(organisation, count).await {
                problem.set(Some(words(&trouble)));
                busy.set(false);
            }
        });
    };
    let options = organisations.into_iter().enumerate();
    let options = options
        .map(|(index, name)| view! { <option value=index>{name}</option> })
        .collect_view();
    view! {
        <form class="stack" novalidate aria-label=text::make() on:submit=submit>
            {asks.then(|| view! {
                <label class="field">
                    <span class="field-name">{text::for_which()}</span>
                    <select bind:value=organisation>
                        <option value="">{joining::choose()}</option>
                        {options}
                    </select>
                </label>
            })}
            <label class="field">
                <span class="field-name">{text::how_many()}</span>
                <input type="text" inputmode="numeric" autocomplete="off" bind:value=count/>
            </label>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
            <button type="submit" class="primary">
                {move || if busy.get() { text::making() } else { text::make() }}
            </button>
        </form>
    }
}

/// The batches there are. Never which of their codes were used: it would show when somebody of an
/// organisation contributes.
#[component]
pub fn Batches(
    /// Whether the person can withdraw one.
    organises: Memo<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let asked = RwSignal::new(None::<BatchView>);
    let asking = RwSignal::new(false);
    let batches = Memo::new(move |_| board.invite.with(|invite| invite.batches.clone()));
    let withdraw = Callback::new(move |()| {
        if let Some(asked) = asked.get_untracked() {
            spawn_local(board.withdraw_codes(asked.batch));
        }
    });
    let about = move || {
        let named = |asked: &BatchView| format!("{}: {}", asked.name, asked.whose());
        asked.with(|asked| asked.as_ref().map(named))
    };
    let list = move || {
        let batches = batches.get().into_iter();
        batches
            .map(|view| {
                let batch = view.clone();
                let ask = Callback::new(move |()| {
                    asked.set(Some(batch.clone()));
                    asking.set(true);
                });
                view! { <BatchLine view organises ask/> }
            })
            .collect_view()
    };
    view! {
        <h3>{text::batches()}</h3>
        <Show
            when=move || batches.with(|batches| !batches.is_empty())
            fallback=|| view! { <p class="hint">{text::none_made()}</p> }
        >
            <ul class="batches">{list}</ul>
        </Show>
        <Confirm
            open=asking
            title=text::withdraw_question()
            verb=text::withdraw_verb()
            weight=Weight::Grave
            on_confirm=withdraw
        >
            <p><strong>{about}</strong></p>
            <p>
                {text::withdraw_meaning()}
            </p>
        </Confirm>
    }
}

#[component]
fn BatchLine(
    /// The batch.
    view: BatchView,
    /// Whether the person can withdraw it.
    organises: Memo<bool>,
    /// Asks whether to withdraw it.
    ask: Callback<()>,
) -> impl IntoView {
    let BatchView {
        name,
        organisation,
        count,
        withdrawn,
        ..
    } = view;
    let about = name.clone();
    view! {
        <li class="batch" class:batch-withdrawn=withdrawn>
            <div>
                {organisation.map(|organisation| view! { <p><strong>{organisation}</strong></p> })}
                <p class="hint">
                    <span class="together">{count}","</span>
                    " "
                    <span class="together">{name}</span>
                    {withdrawn.then_some(text::withdrawn())}
                </p>
            </div>
            <Show when=move || organises.get() && !withdrawn>
                <button type="button" on:click=move |_| ask.run(())>
                    {text::withdraw()}<span class="visually-hidden">{format!(" {about}")}</span>
                </button>
            </Show>
        </li>
    }
}
