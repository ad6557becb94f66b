//! The elements of the things on the canvas.

use candour_shared::ids::Item;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// The `id` of a thing's element.
#[must_use]
pub fn element_id(item: Item) -> String {
    match item {
        Item::Cluster(cluster) => format!("group-{cluster}"),
        Item::Note(note) => format!("note-{note}"),
    }
}

/// Gives a thing the focus.
pub fn focus(item: Item) {
    if let Some(element) = element(item) {
        // An element that can't take the focus leaves it where it was.
        let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// A thing's element, if it is in the page.
#[must_use]
pub fn element(item: Item) -> Option<web_sys::Element> {
    document().get_element_by_id(&element_id(item))
}
