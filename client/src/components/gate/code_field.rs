//! A field for a code, for who has it on paper.

use candour_page::trouble::Trouble;
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::key::Key;
use crate::api;
use crate::browser;
use crate::text::joining as text;
use crate::view::codes::typed_secret;
use crate::view::trouble::words;

/// Asks for a code, and looks whether it opens the board.
#[component]
pub fn CodeField(
    /// The board.
    board: BoardId,
    /// What happens with a code that opens it.
    unlock: Callback<Key>,
) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let refuse = move |words: String| {
        problem.set(Some(words));
        busy.set(false);
        browser::focus_soon(["#code".to_owned()]);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(secret) = code.with_untracked(|code| typed_secret(code)) else {
            return refuse(text::type_code().to_owned());
        };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::preview(board, &secret).await {
                Ok(preview) => unlock.run(Key { secret, preview }),
                Err(Trouble::Refused(Denied::WrongSecret)) => refuse(text::wrong_code().to_owned()),
                Err(trouble) => refuse(words(&trouble)),
            }
        });
    };
    view! {
        <form class="form card" novalidate on:submit=submit>
            <div class="field">
                <label for="code">{text::given_code()}</label>
                <p class="hint" id="code-hint">
                    {text::code_hint()}
                </p>
                <div id="code-problem" role="alert">
                    {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
                </div>
                <input
                    id="code"
                    class="code"
                    type="text"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
                    aria-describedby="code-hint code-problem"
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    bind:value=code
                />
            </div>
            <button type="submit" class="primary">
                {move || if busy.get() { text::looking() } else { text::go_on() }}
            </button>
        </form>
    }
}
