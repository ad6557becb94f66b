//! Which page an address shows.

use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use candour_shared::text::Language;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::browser;
use crate::components::gate::Gate;
use crate::components::landing::Landing;
use crate::components::message::Message;
use crate::storage;
use crate::text::app as text;
use crate::text::speak;

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The first page.
    Landing,
    /// A board, in a role.
    Board(BoardId, Role),
    /// Nothing.
    Nowhere,
}

/// What the path of an address leads to.
#[must_use]
pub fn route(path: &str) -> Route {
    let mut parts = path.trim_matches('/').split('/');
    let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
    let (board, role) = match parts {
        [Some(""), None, None, None] => return Route::Landing,
        [Some("b"), Some(board), None, None] => (board, Role::Participant),
        [Some("b"), Some(board), Some("facilitate"), None] => (board, Role::Facilitator),
        [Some("b"), Some(board), Some("organise"), None] => (board, Role::Organiser),
        [Some("b"), Some(board), Some("project"), None] => (board, Role::Projector),
        _ => return Route::Nowhere,
    };
    board
        .parse()
        .map_or(Route::Nowhere, |board| Route::Board(board, role))
}

/// Puts the page into the document.
pub fn mount() {
    choose_language();
    // Another link to the same board differs only behind the `#`, which loads nothing by itself.
    window_event_listener_untyped("hashchange", |_| browser::reload());
    if let Some(place) = document().get_element_by_id("app") {
        place.set_text_content(None);
        mount_to(place.unchecked_into(), App).forget();
    }
}

/// The language somebody chose on this device, or that of the browser, or English.
fn choose_language() {
    let of_browser = || Language::of_tag(&window().navigator().language()?);
    let language = storage::kept_language().or_else(of_browser);
    let language = language.unwrap_or_default();
    speak(language);
    if let Some(root) = document().document_element() {
        // A browser that refuses reads the page out as English.
        let _ = root.set_attribute("lang", language.tag());
    }
}

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let path = window().location().pathname().unwrap_or_default();
    match route(&path) {
        Route::Landing => view! { <Landing/> }.into_any(),
        Route::Board(board, role) => view! { <Gate board role/> }.into_any(),
        Route::Nowhere => view! {
            <Message title=text::nothing_here()>
                <p>{text::check_link()}</p>
                <p><a href="/">{text::to_first_page()}</a></p>
            </Message>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::http::board_path;

    use super::*;

    #[test]
    fn every_link_of_a_board_leads_to_it_in_its_role() {
        let board = BoardId::from_bytes([9; 16]);
        for role in Role::ALL {
            let path = board_path(board, role);
            assert_eq!(route(&path), Route::Board(board, role));
            assert_eq!(route(&format!("{path}/")), Route::Board(board, role));
        }
        assert_eq!(route("/"), Route::Landing);
    }

    #[test]
    fn other_addresses_lead_nowhere() {
        for path in ["/b", "/b/short", "/x", "/b/AAAAAAAAAAAAAAAAAAAAAA/fly"] {
            assert_eq!(route(path), Route::Nowhere, "{path}");
        }
    }
}
