//! The request for a new board, with the notes it begins with. What is accepted can be stored and loaded.

#![no_main]

use candour_shared::http::{CreateBoard, MAX_FIRST_NOTES};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(CreateBoard { settings, notes }) = serde_json::from_slice(body) else {
        return;
    };
    let Ok(settings) = settings.checked() else {
        return;
    };
    assert_eq!(settings.clone().checked(), Ok(settings.clone()));
    if notes.len() > MAX_FIRST_NOTES {
        return;
    }
    let checked = notes.into_iter().map(|note| {
        settings.check_content(&note)?;
        note.checked(false)
    });
    if let Ok(notes) = checked.collect() {
        let stored = candour_fuzz::opened(settings, notes);
        candour_fuzz::load(stored, Vec::new()).expect("a new board can be loaded");
    }
});
