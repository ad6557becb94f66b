//! The few things of the browser that more than one module needs.

pub mod media;
pub mod picture;
pub mod sound;

use candour_shared::ids::BoardId;
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::text::Language;
use candour_shared::time::Millis;
use data_encoding::BASE64;
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use candour_page::state::Kept;

/// The present moment, by this browser's clock.
#[must_use]
pub fn now() -> Millis {
    Millis(js_sys::Date::now() as i64)
}

/// Sixteen bytes from the browser's secure random source, for an id.
pub fn random_bytes() -> Result<[u8; 16], JsValue> {
    let mut bytes = [0; 16];
    window()
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

/// The secret behind the `#` of the address, taken out of the address bar and of the history.
#[must_use]
pub fn take_secret() -> Option<String> {
    let location = window().location();
    let secret = location.hash().ok()?.strip_prefix('#')?.to_owned();
    show_path(&location.pathname().ok()?);
    (!secret.is_empty()).then_some(secret)
}

/// Shows another path in the address bar, without going there.
pub fn show_path(path: &str) {
    // Where the browser refuses, the address merely stays as it is.
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
}

/// Goes to another page.
pub fn go_to(path: &str) {
    // A browser refuses only addresses that are none; ours are paths.
    let _ = window().location().assign(path);
}

/// Loads this page again.
pub fn reload() {
    // There is nothing to be done where a browser refuses to reload.
    let _ = window().location().reload();
}

/// The address of this server, `https://candour.example`.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Gives the focus to what the first of these selectors finds once the page has been drawn anew.
pub fn focus_soon(selectors: impl IntoIterator<Item = String> + 'static) {
    request_animation_frame(move || {
        let find = |selector: String| document().query_selector(&selector).ok().flatten();
        if let Some(element) = selectors.into_iter().find_map(find) {
            // An element that can't take the focus leaves it where it was.
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The text of the file that somebody chose in this field, and leaves the field empty, so that the same
/// file can be chosen again.
pub async fn chosen_file(field: web_sys::HtmlInputElement) -> Option<String> {
    let file = field.files()?.get(0)?;
    let text = JsFuture::from(file.text()).await.ok()?.as_string();
    field.set_value("");
    text
}

/// Scrolls to what a selector finds, once the page has been drawn anew.
pub fn scroll_into_view(selector: &str) {
    let selector = selector.to_owned();
    request_animation_frame(move || {
        if let Ok(Some(element)) = document().query_selector(&selector) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Has the browser print the page.
pub fn print() {
    // A browser that can't print says so itself.
    let _ = window().print();
}

/// Puts a text on the clipboard. Says whether the browser let us.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Offers a text to be saved as a file.
pub fn save_file(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    save_blob(
        name,
        &Blob::new_with_str_sequence_and_options(&parts, &options)?,
    )
}

fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
    let anchor: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    web_sys::Url::revoke_object_url(&url)
}

/// What this browser kept of a board over a reload.
#[must_use]
pub fn kept(board: BoardId, role: Role) -> Kept {
    let stored = storage().and_then(|storage| storage.get_item(&key(board, role)).ok()?);
    stored
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Keeps something of a board over a reload. A browser that is full, or forbids it, keeps nothing; the
/// commands are then in this page's memory alone.
pub fn keep(board: BoardId, role: Role, kept: &Kept) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(kept)) {
        let _ = storage.set_item(&key(board, role), &text);
    }
}

/// The note that was being written before a reload.
#[must_use]
pub fn kept_draft(board: BoardId, role: Role) -> Option<Content> {
    let stored = storage()?.get_item(&draft_key(board, role)).ok()??;
    serde_json::from_str(&stored).ok()
}

/// Keeps the note that is being written over a reload; see [`keep`].
pub fn keep_draft(board: BoardId, role: Role, draft: &Content) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(draft)) {
        let _ = storage.set_item(&draft_key(board, role), &text);
    }
}

/// The Wall as it was before a reload; see [`candour_page::State::copy`].
#[must_use]
pub fn kept_copy(board: BoardId, role: Role) -> Option<Vec<u8>> {
    let stored = storage()?.get_item(&copy_key(board, role)).ok()??;
    BASE64.decode(stored.as_bytes()).ok()
}

/// Keeps the Wall over a reload; see [`keep`].
pub fn keep_copy(board: BoardId, role: Role, copy: &[u8]) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&copy_key(board, role), &BASE64.encode(copy));
    }
}

/// Forgets the Wall that was kept: it may hold what is gone from the board.
pub fn forget_copy(board: BoardId, role: Role) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&copy_key(board, role));
    }
}

/// Forgets what was kept of a board.
pub fn forget(board: BoardId, role: Role) {
    forget_copy(board, role);
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(board, role));
        let _ = storage.remove_item(&draft_key(board, role));
    }
}

/// Under which the language is kept on this device, for every board.
const LANGUAGE: &str = "candour:language";

/// The language somebody chose on this device.
#[must_use]
pub fn kept_language() -> Option<Language> {
    Language::of_tag(&device()?.get_item(LANGUAGE).ok()??)
}

/// Keeps the language on this device, and loads the page anew in it.
pub fn change_language(language: Language) {
    if let Some(storage) = device() {
        // Where the browser keeps nothing, the page stays in the browser's own language.
        let _ = storage.set_item(LANGUAGE, language.tag());
    }
    reload();
}

/// Something about the page that is on until somebody turns it off on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// Keys that do something without Ctrl or Alt, outside of what has the focus.
    SingleKeys,
    /// A sound when the time is up.
    Sound,
}

impl Preference {
    /// Whether it is on.
    #[must_use]
    pub fn is_on(self) -> bool {
        let off = device().and_then(|storage| storage.get_item(self.key()).ok()?);
        off.is_none()
    }

    /// Turns it on or off, for every board. Where the browser keeps nothing, it stays on.
    pub fn set(self, on: bool) {
        if let Some(storage) = device() {
            let _ = if on {
                storage.remove_item(self.key())
            } else {
                storage.set_item(self.key(), "off")
            };
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::SingleKeys => "candour:single-keys",
            Self::Sound => "candour:sound",
        }
    }
}

/// What is kept on this device for every board.
fn device() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept for this tab alone.
fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn key(board: BoardId, role: Role) -> String {
    format!("candour:{board}:{role:?}")
}

/// Notes that this tab has opened a board to try, which is explained on it.
pub fn keep_welcome(board: BoardId) {
    if let Some(storage) = storage() {
        // Without it the board is just not explained.
        let _ = storage.set_item(&welcome_key(board), "");
    }
}

/// Whether this tab has opened this board to try.
#[must_use]
pub fn has_welcome(board: BoardId) -> bool {
    let kept = storage().and_then(|storage| storage.get_item(&welcome_key(board)).ok()?);
    kept.is_some()
}

/// The explanation was read.
pub fn forget_welcome(board: BoardId) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&welcome_key(board));
    }
}

fn welcome_key(board: BoardId) -> String {
    format!("candour:{board}:welcome")
}

fn copy_key(board: BoardId, role: Role) -> String {
    format!("candour:{board}:{role:?}:copy")
}

fn draft_key(board: BoardId, role: Role) -> String {
    format!("candour:{board}:{role:?}:draft")
}
