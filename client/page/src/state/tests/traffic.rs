//! What this page remembers of what it sent, and of what others received because of it.

use candour_shared::document::Entry;

use super::*;
use crate::traffic::{MOST, Passed, Subject, What};

/// Gives a command, and sends what is to be sent as the page would. Returns the numbers.
fn ask(page: &mut State, command: Command) -> Vec<u64> {
    page.give(command).unwrap();
    let mut ids = Vec::new();
    for message in page.messages_to_send() {
        if let ClientMessage::Command { id, .. } = message {
            ids.push(id);
        }
        let text = serde_json::to_string(&message).unwrap();
        page.remember_sent(&message, text);
    }
    ids
}

fn post(n: u8) -> Command {
    Command::post_note(note(n), content("A note"))
}

/// The entries others received about a thing, frame by frame.
fn received(page: &State, about: Subject) -> Vec<Vec<Entry>> {
    let entries = |passed: &Passed| match &passed.what {
        What::Received { entries, .. } if passed.about == about => Some(entries.clone()),
        What::Received { .. } | What::Sent { .. } | What::Told { .. } => None,
    };
    page.traffic().passed().filter_map(entries).collect()
}

fn told(page: &State) -> usize {
    let told = |passed: &&Passed| matches!(passed.what, What::Told { .. });
    page.traffic().passed().filter(told).count()
}

#[test]
fn a_note_is_remembered_as_it_was_sent_and_later_as_everybody_received_it() {
    let mut server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
    let id = ask(&mut page, post(1))[0];
    page.hear(ServerMessage::Done { id }, NOW);
    let about = Subject::Note(note(1));
    let sent = page.traffic().passed().next().unwrap().clone();
    assert_eq!(sent.about, about);
    let What::Sent { text, .. } = sent.what else {
        panic!("the first was sent")
    };
    assert!(
        text.starts_with(r#"{"id":0,"command":{"post_note":"#),
        "{text}"
    );
    assert_eq!(received(&page, about), Vec::<Vec<Entry>>::new());

    let tick = server.tick(|server| {
        let mut edit = server.wall.edit();
        for n in [1, 2] {
            edit.put_note(note(n), &Note::Said(content("A note")));
            edit.put_place(note(n), Place::Loose(at(i32::from(n))));
        }
        edit.finish()
    });
    page.take_frame(&tick).unwrap();
    let entries = &received(&page, about)[0];
    assert_eq!(entries.len(), 2, "its text and its place, of nobody else's");
    let key = note(1).to_string();
    assert!(entries.iter().all(|entry| *entry.key == key), "{entries:?}");
    let text = entries[0].value.as_deref().unwrap();
    assert!(text.contains("A note"), "{text}");
}

#[test]
fn what_others_do_with_ones_note_is_not_because_of_this_page() {
    let mut server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
    ask(&mut page, post(1));
    page.hear(ServerMessage::Done { id: 0 }, NOW);
    page.take_frame(&server.place(note(1), Place::Loose(at(0))))
        .unwrap();
    let moved = |server: &mut Server, x| {
        server.tick(|server| {
            let mut edit = server.wall.edit();
            edit.set_phase(Phase::Cluster);
            edit.put_place(note(1), Place::Loose(at(x)));
            edit.finish()
        })
    };
    page.take_frame(&moved(&mut server, 10)).unwrap();
    let about = Subject::Note(note(1));
    assert_eq!(received(&page, about).len(), 1);
    let to = at(20);
    ask(&mut page, move_note(1, to));
    page.take_frame(&moved(&mut server, 20)).unwrap();
    assert_eq!(received(&page, about).len(), 2);
}

#[test]
fn what_a_snapshot_reveals_is_remembered_once() {
    let mut server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
    ask(&mut page, post(1));
    page.hear(ServerMessage::Done { id: 0 }, NOW);
    server.place(note(1), Place::Loose(at(0)));
    for _ in 0..2 {
        server.wall = server.wall.rebuilt(WriterId(8));
        server.at.generation += 1;
        page.take_frame(&server.snapshot()).unwrap();
    }
    assert_eq!(received(&page, Subject::Note(note(1))).len(), 1);
}

#[test]
fn of_votes_others_receive_the_totals_when_the_round_closes() {
    let mut server = Server::open(Phase::Vote);
    let id = RoundId::from_bytes([5; 16]);
    let mut round = Round::new(1, "", Budget::default());
    server.wall.edit().put_round(id, &round);
    let mut page = server.page(Role::Participant);
    let item = Item::Note(note(1));
    let cast = Command::CastDots {
        round: id,
        item,
        dots: 2,
    };
    let sent = ask(&mut page, cast)[0];
    page.hear(ServerMessage::Done { id: sent }, NOW);
    assert_eq!(received(&page, Subject::Round(id)).len(), 0);
    round.totals = Some(vec![Tally { item, dots: 9 }]);
    let close = server.tick(|server| {
        let mut edit = server.wall.edit();
        edit.put_round(id, &round);
        edit.finish()
    });
    page.take_frame(&close).unwrap();
    assert_eq!(received(&page, Subject::Round(id)).len(), 1);
}

#[test]
fn of_a_drag_the_latest_message_stays_and_the_echo_of_nobody_elses() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    server.place(note(2), Place::Loose(at(0)));
    let mut page = server.page(Role::Participant);
    let drag = |n, x| Drag {
        item: Item::Note(note(n)),
        at: at(x),
    };
    let hear = |page: &mut State, drag| {
        let message = ServerMessage::Drags(vec![drag]);
        let text = serde_json::to_string(&message).unwrap();
        page.remember_told(&message, text, NOW);
    };
    hear(&mut page, drag(2, 5));
    assert_eq!(told(&page), 0);
    for x in 0..3 {
        page.drag_own(vec![drag(1, x)], NOW);
        let message = ClientMessage::Drags {
            drags: vec![drag(1, x)],
        };
        let text = serde_json::to_string(&message).unwrap();
        page.remember_sent(&message, text);
        hear(&mut page, drag(1, x));
    }
    assert_eq!(page.traffic().passed().count(), 2);
    assert_eq!(told(&page), 1);
}

#[test]
fn the_oldest_is_forgotten_first_and_everything_when_asked() {
    let server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
    for _ in 0..=MOST {
        let hello = page.hello(PAGE);
        page.remember_sent(&hello, String::new());
    }
    let numbers = page.traffic().passed().map(|passed| passed.number);
    assert_eq!(numbers.collect::<Vec<_>>(), Vec::from_iter(1..=MOST as u64));
    page.forget_traffic();
    assert_eq!(page.traffic().passed().count(), 0);
}
