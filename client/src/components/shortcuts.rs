//! The keys: which there are, and those that need no Ctrl.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dialog::{Dialog, Size};
use crate::board::Board;
use crate::storage::Preference;
use crate::text::shortcuts as text;

/// The key, if it was pressed alone, where nobody types and nothing is in front of the page, and people have left such
/// keys on: they can turn them off, because who dictates presses them by accident (WCAG 2.2, criterion 2.1.4).
#[must_use]
pub fn single_key(event: &KeyboardEvent) -> Option<String> {
    let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
    let at = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let elsewhere = at.closest("input, textarea, select, dialog").ok()?;
    let counts = !with_others && elsewhere.is_none() && Preference::SingleKeys.is_on();
    counts.then(|| event.key())
}

/// The sheet of keys, which also opens by one.
#[component]
pub fn Shortcuts(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if single_key(&event).as_deref() == Some("?") {
            event.prevent_default();
            open.set(true);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <Dialog open title=Signal::derive(|| text::title().to_owned()) size=Size::Wide>
            <Sheet/>
        </Dialog>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let board = expect_context::<Board>();
    let moderates = board.role.get_untracked().moderates();
    let queue = moderates.then(|| {
        part(
            text::queue(),
            vec![
                ("J, K", text::next()),
                ("R", text::release()),
                ("H", text::hold()),
                ("E", text::erase()),
            ],
        )
    });
    let arrows = text::arrows();
    let space = text::space();
    let shift_space: &str = &format!("Shift + {space}");
    view! {
        <div class="shortcuts">
            {part(
                text::anywhere(),
                vec![
                    ("?", text::this_sheet()),
                    ("/, Ctrl + F", text::find()),
                    ("Ctrl + Z", text::undo()),
                    ("Ctrl + Shift + Z", text::redo()),
                ],
            )}
            {part(
                text::writing(),
                vec![
                    ("Enter", text::save_note()),
                    ("Shift + Enter", text::new_line()),
                    ("Alt + 1 …", text::category()),
                ],
            )}
            {part(
                text::canvas(),
                vec![
                    (arrows, text::go()),
                    (space, text::lift()),
                    (shift_space, text::choose()),
                    ("Ctrl + A", text::choose_all()),
                    ("Enter", text::read()),
                    ("Shift + F10", text::menu()),
                    ("+, −", text::zoom()),
                    ("0", text::natural()),
                    ("1", text::whole()),
                    ("Escape", text::away()),
                ],
            )}
            {queue}
        </div>
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=Preference::SingleKeys.is_on()
                on:change:target=|event| Preference::SingleKeys.set(event.target().checked())
            />
            <span>{text::single_keys()}</span>
        </label>
        <p class="hint">{text::single_keys_hint()}</p>
    }
}

fn part(title: &'static str, keys: Vec<(&str, &'static str)>) -> impl IntoView + use<> {
    let rows = keys.into_iter().map(|(key, meaning)| {
        view! {
            <div>
                <dt><kbd>{key.to_owned()}</kbd></dt>
                <dd>{meaning}</dd>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section>
            <h3>{title}</h3>
            <dl>{rows}</dl>
        </section>
    }
}
