//! What the window is like, by media queries.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::MediaQueryList;

/// A window in which what belongs to the board stands under one another, as the style has it.
pub const NARROW: &str = "(max-width: 47.99rem)";

/// A window with room for the board and a facilitator's controls side by side, as the style has it.
pub const WIDE: &str = "(min-width: 64rem)";

/// A device that is worked with a finger.
pub const COARSE: &str = "(pointer: coarse)";

/// Colours that somebody has chosen for every page.
pub const FORCED_COLOURS: &str = "(forced-colors: active)";

/// As little motion as can be.
pub const CALM: &str = "(prefers-reduced-motion: reduce)";

/// A dark scheme.
pub const DARK: &str = "(prefers-color-scheme: dark)";

/// Whether the window is so now.
#[must_use]
pub fn is(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

/// Whether the window is so, followed for as long as the present owner lives.
#[must_use]
pub fn follow(query: &str) -> Signal<bool> {
    let so = RwSignal::new(is(query));
    if let Some(list) = list(query) {
        let changed = Closure::<dyn FnMut()>::new({
            let list = list.clone();
            move || {
                so.try_set(list.matches());
            }
        });
        // Without the event, which every browser knows that runs this page, it stays as it is now.
        let _ = list.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        let kept = StoredValue::new_local((list, changed));
        on_cleanup(move || {
            kept.try_with_value(|(list, changed)| {
                list.remove_event_listener_with_callback("change", changed.as_ref().unchecked_ref())
            });
        });
    }
    so.into()
}

fn list(query: &str) -> Option<MediaQueryList> {
    window().match_media(query).ok().flatten()
}
