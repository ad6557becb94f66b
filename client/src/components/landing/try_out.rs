//! A board to try: a real one, with made-up notes, for one day.

use candour_page::trouble::Trouble;
use candour_shared::http::{Created, board_path};
use candour_shared::policy::Role;
use candour_shared::settings::Settings;
use candour_shared::templates::Template;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::browser;
use crate::storage;
use crate::text::{landing as text, language, try_out::notes};
use crate::view::trouble::words;

/// The button that opens one and goes there.
#[component]
pub fn TryOut() -> impl IntoView {
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let open = move |_| {
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match enter().await {
                Ok(path) => browser::go_to(&path),
                Err(trouble) => {
                    problem.set(Some(words(&trouble)));
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <div class="try-out">
            <button type="button" class="primary large" disabled=move || busy.get() on:click=open>
                {move || if busy.get() { text::trying() } else { text::try_it() }}
            </button>
            <p class="hint">{text::try_hint()}</p>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
        </div>
    }
}

/// Opens a board and joins it as its organiser. Says where it is.
async fn enter() -> Result<String, Trouble> {
    let mut settings = Settings {
        title: text::try_title().to_owned(),
        ..Template::WorkingTogether.settings(language())
    };
    settings.privacy.keep_days = 1;
    let Created {
        board, organiser, ..
    } = api::create(settings, notes(language())).await?;
    let secret = organiser.split('#').nth(1).unwrap_or_default();
    api::join(board, secret, None).await?;
    storage::keep_welcome(board);
    Ok(board_path(board, Role::Organiser))
}
