//! A text frame, the first or any other. What can be read reads as it was written.

#![no_main]

use candour_shared::protocol::ClientMessage;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(message) = ClientMessage::parse(text) {
        let written = serde_json::to_string(&message).expect("a message can be written");
        assert_eq!(ClientMessage::parse(&written), Ok(message));
    }
});
