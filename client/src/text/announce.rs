//! What others do, as screen readers tell it.

use super::count;

candour_shared::texts! { here
    added(notes: usize) =
        count(notes, "note added.", "notes added."),
        format!("Ychwanegwyd {notes} nodyn.");
    removed(notes: usize) =
        count(notes, "note removed.", "notes removed."),
        format!("Tynnwyd {notes} nodyn.");
    moved(notes: usize) =
        count(notes, "note moved.", "notes moved."),
        format!("Symudwyd {notes} nodyn.");
    groups(groups: usize) =
        count(groups, "group made.", "groups made."),
        format!("Gwnaed {groups} grŵp.");
    group_named(name: &str) = format!("A group is called “{name}”."), format!("Enw grŵp yw “{name}”.");
    pulse_opened(question: &str) = format!("A question to everybody: {question}"), format!("Cwestiwn i bawb: {question}");
    pulse_closed = "The question is closed.", "Mae’r cwestiwn ar gau.";
    round_opened(title: &str) = format!("People can vote now: {title}"), format!("Gellir pleidleisio nawr: {title}");
    round_closed = "The voting is closed. The totals are shown.", "Mae’r bleidlais ar gau. Dangosir y cyfansymiau.";
}
