//! What facilitators write down while people discuss, and where they bring everybody.

use candour_shared::checks::{NAME_CHARS, PROMPT_CHARS, REMARK_CHARS};
use candour_shared::command::Verb;
use candour_shared::commitment::Commitment;
use candour_shared::ids::{ClusterId, CommitmentId, Item, OrganisationIndex};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::browser;
use crate::components::part::Part;
use crate::text::{common, discussion as text, language};

/// Commitments: a form for the next one, and those there are.
#[component]
pub fn Commitments() -> impl IntoView {
    let board = expect_context::<Board>();
    let changing = RwSignal::new(None::<CommitmentId>);
    let badge = Signal::derive(move || match board.commitments.with(Vec::len) {
        0 => String::new(),
        number => number.to_string(),
    });
    let may = Memo::new(move |_| board.may(Verb::PutCommitment).is_ok());
    let line = move |(id, commitment): (CommitmentId, Commitment)| {
        let what = commitment.what.clone();
        let (change, remove) = (text::change(&what), text::remove(&what));
        let kept = StoredValue::new(commitment);
        view! {
            <li class="commitment" data-commitment=id.to_string()>
                <Show
                    when=move || changing.get() == Some(id)
                    fallback=move || view! {
                        <p>{what.clone()}</p>
                        <div class="buttons">
                            <button type="button" class="commitment-change" aria-label=change.clone() on:click=move |_| changing.set(Some(id))>
                                {text::change_short()}
                            </button>
                            <button type="button" class="quiet" aria-label=remove.clone() on:click=move |_| board.remove_commitment(id)>
                                {text::remove_short()}
                            </button>
                        </div>
                    }
                >
                    <CommitmentForm of=Some((id, kept.get_value())) done=Callback::new(move |()| changing.set(None))/>
                </Show>
            </li>
        }
    };
    view! {
        <Part title=text::commitments() open=RwSignal::new(true) badge>
            <Show when=move || may.get()>
                <CommitmentForm of=None done=Callback::new(|()| {})/>
            </Show>
            <ul class="commitments-edit">{move || board.commitments.get().into_iter().map(line).collect_view()}</ul>
        </Part>
    }
}

#[component]
fn CommitmentForm(
    /// What is changed; nothing for a new one.
    of: Option<(CommitmentId, Commitment)>,
    /// What happens once it is saved, or isn't to be.
    done: Callback<()>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let (id, commitment) = of.unzip();
    let new = id.is_none();
    let commitment = commitment.unwrap_or(Commitment::new(String::new()));
    let what = RwSignal::new(commitment.what);
    let who = RwSignal::new(commitment.who);
    let when = RwSignal::new(commitment.when);
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let content = Commitment::new(what.get_untracked())
            .by(who.get_untracked())
            .until(when.get_untracked());
        let given = match id {
            Some(id) => board.put_commitment(id, content),
            None => board.add_commitment(content),
        };
        match given {
            Ok(()) => {
                problem.set(None);
                if new {
                    what.set(String::new());
                    when.set(String::new());
                    who.set(None);
                }
                done.run(());
            }
            Err(denied) => problem.set(Some(denied.words(language()))),
        }
    };
    let organisations = board
        .settings
        .with_untracked(|settings| settings.organisations.clone());
    let asks = !organisations.is_empty();
    let options = organisations.into_iter().enumerate().map(|(index, name)| {
        let chosen = move || who.get() == OrganisationIndex::try_from(index).ok();
        view! { <option value=index.to_string() prop:selected=chosen>{name}</option> }
    });
    view! {
        <form class="stack" on:submit=submit>
            <label class="field">
                <span class="field-name">{text::what()}</span>
                <textarea rows="2" maxlength=PROMPT_CHARS bind:value=what></textarea>
            </label>
            {asks.then(|| view! {
                <label class="field">
                    <span class="field-name">{text::who()}</span>
                    <select on:change=move |event| who.set(event_target_value(&event).parse().ok())>
                        <option value="" prop:selected=move || who.get().is_none()>{text::everybody()}</option>
                        {options.collect_view()}
                    </select>
                </label>
            })}
            <label class="field">
                <span class="field-name">{text::when()}</span>
                <input type="text" maxlength=NAME_CHARS placeholder=text::when_hint() bind:value=when/>
            </label>
            <p class="hint">{text::never_a_person()}</p>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
            <div class="buttons">
                <button type="submit" class="primary">{if new { text::add() } else { common::save() }}</button>
                {(!new).then(|| view! {
                    <button type="button" on:click=move |_| done.run(())>{common::cancel()}</button>
                })}
            </div>
        </form>
    }
}

/// What was said about a group, or about the whole board.
#[component]
pub fn Remarks() -> impl IntoView {
    let board = expect_context::<Board>();
    let about = RwSignal::new(None::<ClusterId>);
    let typed = RwSignal::new(board.remark.get_untracked());
    let told = RwSignal::new(String::new());
    let off = move || board.may(Verb::SetRemark).is_err();
    let choose = move |value: String| {
        let chosen = value.parse::<ClusterId>().ok();
        about.set(chosen);
        told.set(String::new());
        typed.set(match chosen.and_then(|cluster| board.cluster(cluster)) {
            Some(cluster) => cluster
                .replies
                .with_untracked(|replies| replies.remark.clone()),
            None => board.remark.get_untracked(),
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let on = about.get_untracked().map(Item::Cluster);
        told.set(match board.set_remark(on, typed.get_untracked()) {
            Ok(()) => text::saved().to_owned(),
            Err(denied) => denied.words(language()),
        });
    };
    view! {
        <Part title=text::remarks() open=RwSignal::new(false)>
            <form class="stack" on:submit=submit>
                <label class="field">
                    <span class="field-name">{text::about()}</span>
                    <select on:change=move |event| choose(event_target_value(&event))>
                        <option value="">{text::whole_board()}</option>
                        <GroupOptions/>
                    </select>
                </label>
                <label class="field">
                    <span class="field-name">{text::remark_hint()}</span>
                    <textarea rows="4" maxlength=REMARK_CHARS bind:value=typed></textarea>
                </label>
                <div class="buttons">
                    <button type="submit" class="primary" disabled=off>{common::save()}</button>
                    <span role="status">{told}</span>
                </div>
            </form>
        </Part>
    }
}

/// Where everybody is brought.
#[component]
pub fn Spotlight() -> impl IntoView {
    let board = expect_context::<Board>();
    let chosen = RwSignal::new(None::<ClusterId>);
    let off = Memo::new(move |_| board.may(Verb::SetSpotlight).is_err());
    let on = Memo::new(move |_| board.spotlight.get());
    let now = move || {
        let title = board.title_of(on.get()?)?;
        Some(text::in_spotlight(&title))
    };
    let some = Memo::new(move |_| board.clusters.with(|clusters| !clusters.is_empty()));
    view! {
        <Part title=text::spotlight() open=RwSignal::new(false)>
            <p class="hint">{text::spotlight_hint()}</p>
            <Show when=move || some.get()>
                <div class="line">
                    <label class="field">
                        <span class="field-name">{text::about()}</span>
                        <select on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                            <option value=""></option>
                            <GroupOptions/>
                        </select>
                    </label>
                    <button
                        type="button"
                        disabled=move || off.get() || chosen.get().is_none()
                        on:click=move |_| board.set_spotlight(chosen.get_untracked().map(Item::Cluster))
                    >
                        {text::show_it()}
                    </button>
                </div>
            </Show>
            <Show when=move || on.get().is_some()>
                <p>{now}</p>
                <button type="button" on:click=move |_| board.set_spotlight(None)>{text::end_it()}</button>
            </Show>
        </Part>
    }
}

/// Every group as something to choose.
#[component]
fn GroupOptions() -> impl IntoView {
    let board = expect_context::<Board>();
    let option = move |id: ClusterId| {
        let cluster = board.cluster(id)?;
        let title = move || cluster.view.with(|view| view.title.clone());
        Some(view! { <option value=id.to_string()>{title}</option> })
    };
    view! { <For each=move || board.clusters.get() key=|id| *id let:id>{option(id)}</For> }
}

/// Where the focus goes once everybody is brought to a thing.
#[must_use]
pub fn selector(item: Item) -> String {
    match item {
        Item::Note(note) => format!("main [data-note=\"{note}\"]"),
        Item::Cluster(cluster) => format!("main [data-cluster=\"{cluster}\"]"),
    }
}

/// Scrolls the list to a thing.
pub fn scroll_to(item: Item) {
    browser::scroll_into_view(&selector(item));
}
