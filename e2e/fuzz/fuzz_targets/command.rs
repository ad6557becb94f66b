//! A command in a text frame. What passes the checks passes them again unchanged, and reads as it was
//! written.

#![no_main]

use candour_shared::protocol::ClientMessage;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|command: &str| {
    let text = format!(r#"{{"id":7,"command":{command}}}"#);
    let Ok(message) = ClientMessage::parse(&text) else {
        return;
    };
    let written = serde_json::to_string(&message).expect("a message can be written");
    assert_eq!(ClientMessage::parse(&written), Ok(message.clone()));
    if let ClientMessage::Command { command, .. } = message
        && let Ok(checked) = command.checked()
    {
        assert_eq!(checked.clone().checked(), Ok(checked));
    }
});
