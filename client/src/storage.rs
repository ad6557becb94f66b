//! All that this browser keeps: of a board, in this tab and until it is closed or the person leaves; of the person's
//! preferences, on this device.

use candour_page::state::Kept;
use candour_shared::ids::BoardId;
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::text::Language;
use data_encoding::BASE64;
use leptos::prelude::window;

use crate::browser::reload;

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
