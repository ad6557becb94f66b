//! One note to be read at a comfortable size.

use leptos::prelude::*;

use super::stage::Stage;
use crate::components::dialog::Dialog;
use crate::components::note::NoteCard;

/// The note that is being read, if one is.
#[component]
pub fn Reading() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let open = RwSignal::new(false);
    Effect::new(move || {
        if stage.reading.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            stage.reading.set(None);
        }
    });
    let note = move || {
        let note = stage.board.note(stage.reading.get()?)?;
        Some(view! { <NoteCard view=note.view/> })
    };
    view! {
        <Dialog open title="A note">
            {note}
            <div class="dialog-answers">
                <button type="button" autofocus=true on:click=move |_| open.set(false)>"Close"</button>
            </div>
        </Dialog>
    }
}
