//! What only organisers do: taking the board away, and deleting it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::board::{Board, Tone};
use crate::components::dialog::Dialog;
use crate::components::part::Part;
use crate::text::{common, export as text};
use crate::view::date;
use crate::view::trouble::words;

/// The file, and the end of the board.
#[component]
pub fn Export() -> impl IntoView {
    let board = expect_context::<Board>();
    let saving = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let expires = move || board.expires_on.get().map(date::in_words);
    let save = move |_| {
        saving.set(true);
        spawn_local(async move {
            board.export().await;
            saving.set(false);
        });
    };
    view! {
        <Part title=text::title() open=RwSignal::new(true)>
            <button type="button" disabled=move || saving.get() on:click=save>{text::download()}</button>
            <p class="hint">
                {text::what_is_in()}
            </p>
            <p class="hint">{text::deleted_on()}{expires}{text::with_everything()}</p>
            <button type="button" class="grave-quiet" on:click=move |_| asking.set(true)>{text::delete()}</button>
            <Deleting open=asking/>
        </Part>
    }
}

#[component]
fn Deleting(
    /// Whether it is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let typed = RwSignal::new(String::new());
    let deleting = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    let meant = move || typed.with(|typed| typed.trim().eq_ignore_ascii_case(text::word()));
    let delete = move |event: SubmitEvent| {
        event.prevent_default();
        if !meant() || deleting.get_untracked() {
            return;
        }
        deleting.set(true);
        spawn_local(async move {
            // When it succeeds, the receipt takes the board's place.
            if let Err(trouble) = board.delete().await {
                open.set(false);
                board.tell(Tone::Problem, words(&trouble));
            }
            deleting.set(false);
        });
    };
    view! {
        <Dialog open title=text::delete_question()>
            <p>
                {text::removed()}
                <strong>{text::no_way_back()}</strong>
            </p>
            <p>{text::download_first()}</p>
            <form class="stack" on:submit=delete>
                <label class="field">
                    <span class="field-name">{text::type_it()}{text::word()}{text::to_show()}</span>
                    <input type="text" autocomplete="off" autocapitalize="none" bind:value=typed/>
                </label>
                <div class="dialog-answers">
                    <button
                        type="submit"
                        class="primary grave"
                        disabled=move || !meant() || deleting.get()
                    >
                        {text::delete_for_good()}
                    </button>
                    <button type="button" on:click=move |_| open.set(false)>{common::cancel()}</button>
                </div>
            </form>
        </Dialog>
    }
}
