//! Where a note is written.

use candour_shared::command::{Content, NOTE_CHARS};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::state::Returned;

/// A form for a new note, and the texts that came back.
#[component]
pub fn Composer() -> impl IntoView {
    let board = expect_context::<Board>();
    let text = RwSignal::new(String::new());
    let category = RwSignal::new("0".to_owned());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let content = Content {
            category: category.get_untracked().parse().unwrap_or(0),
            aspect: None,
            text: text.get_untracked(),
        };
        match board.post_note(content) {
            Ok(()) => {
                text.set(String::new());
                problem.set(None);
            }
            Err(denied) => problem.set(Some(denied.to_string())),
        }
    };
    let categories = move || {
        let categories = board.settings.with(|settings| settings.categories.clone());
        let options = categories.into_iter().enumerate();
        options
            .map(|(index, category)| view! { <option value=index>{category.name}</option> })
            .collect_view()
    };
    let take = move |returned: Returned| {
        if let Some(returned) = board.take_returned(returned.note) {
            category.set(returned.content.category.to_string());
            text.update(|text| {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&returned.content.text);
            });
        }
    };
    view! {
        <form class="composer" on:submit=submit>
            <h2>"Write a note"</h2>
            <div class="field">
                <label for="category">"Category"</label>
                <select id="category" bind:value=category>{categories}</select>
            </div>
            <div class="field">
                <label for="text">"Your note"</label>
                <textarea id="text" rows="4" maxlength=NOTE_CHARS bind:value=text></textarea>
            </div>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
            <button type="submit" class="primary">"Save the note"</button>
            <For each=move || board.returned.get() key=|returned| returned.note let:returned>
                <div class="problem">
                    <p>"This was not saved: “"{returned.content.text.clone()}"”"</p>
                    <p>{returned.why.clone()}</p>
                    <button type="button" on:click=move |_| take(returned.clone())>
                        "Take it up again"
                    </button>
                </div>
            </For>
        </form>
    }
}
