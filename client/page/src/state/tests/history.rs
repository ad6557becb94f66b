//! Undo and redo.

use super::*;
use crate::history::{Deed, History};

/// A page that undoes, on a server that does at once whatever it is asked.
struct Desk {
    page: State,
    history: History,
    fresh: u8,
}

impl Desk {
    fn with(server: &Server) -> Self {
        Self {
            page: server.page(Role::Participant),
            history: History::default(),
            fresh: 100,
        }
    }

    fn give(&mut self, command: Command) {
        let deed = Deed::of(&self.page, &command, || Some(cluster(99)));
        self.page.give(command).unwrap();
        self.history.remember(deed);
    }

    fn undo(&mut self) {
        for command in self.history.undo() {
            self.page.give(command).unwrap();
        }
    }

    fn redo(&mut self) {
        let fresh = &mut self.fresh;
        let commands = self.history.redo(|| {
            *fresh += 1;
            Some(cluster(*fresh))
        });
        for command in commands {
            self.page.give(command).unwrap();
        }
    }

    fn places(&self) -> Vec<Option<Place>> {
        (1..=4).map(|n| self.page.place(note(n))).collect()
    }
}

fn four_notes() -> Server {
    let mut server = Server::open(Phase::Cluster);
    for n in 1..=4 {
        server.place(note(n), Place::Loose(at(i32::from(n) * 300)));
    }
    server
}

#[test]
fn a_move_is_taken_back_and_done_again() {
    let mut desk = Desk::with(&four_notes());
    let before = desk.places();
    desk.give(move_note(1, at(50)));
    let after = desk.places();
    assert_ne!(before, after);
    desk.undo();
    assert_eq!(desk.places(), before);
    assert_eq!(desk.history.undoes(), None);
    desk.redo();
    assert_eq!(desk.places(), after);
}

#[test]
fn a_group_that_is_made_again_has_another_id_and_the_steps_after_it_find_it() {
    let mut desk = Desk::with(&four_notes());
    let before = desk.places();
    let make = Command::MakeCluster {
        cluster: cluster(1),
        note: note(2),
        onto: note(1),
    };
    desk.give(make);
    desk.give(Command::NameCluster {
        cluster: cluster(1),
        name: "Letters".into(),
    });
    desk.undo();
    desk.undo();
    assert_eq!(desk.places(), before);
    desk.redo();
    desk.redo();
    let ids = desk.page.cluster_ids();
    assert_eq!(ids, [cluster(101)]);
    assert_eq!(desk.page.cluster(ids[0]).unwrap().name, "Letters");
    assert_eq!(desk.page.members(ids[0]), [note(1), note(2)]);
}

#[test]
fn merged_groups_come_apart_again_with_their_names_and_notes() {
    let mut desk = Desk::with(&four_notes());
    for (n, one, other) in [(1, 1, 2), (2, 3, 4)] {
        desk.give(Command::MakeCluster {
            cluster: cluster(n),
            note: note(other),
            onto: note(one),
        });
        desk.give(Command::NameCluster {
            cluster: cluster(n),
            name: format!("Group {n}"),
        });
    }
    desk.give(Command::MergeClusters {
        from: cluster(2),
        into: cluster(1),
    });
    assert_eq!(desk.page.cluster_ids(), [cluster(1)]);
    desk.undo();
    let names: Vec<&str> = [cluster(1), cluster(99)]
        .map(|id| desk.page.cluster(id).unwrap().name.as_str())
        .to_vec();
    assert_eq!(names, ["Group 1", "Group 2"]);
    assert_eq!(desk.page.members(cluster(1)), [note(1), note(2)]);
    assert_eq!(desk.page.members(cluster(99)), [note(3), note(4)]);
}

#[test]
fn something_new_ends_what_could_be_done_again() {
    let mut desk = Desk::with(&four_notes());
    desk.give(move_note(1, at(50)));
    desk.undo();
    desk.give(move_note(2, at(60)));
    assert_eq!(desk.history.redoes(), None);
    assert_eq!(desk.history.undoes(), Some(Verb::Move));
}

#[test]
fn many_things_that_moved_together_go_back_with_one_command() {
    let mut desk = Desk::with(&four_notes());
    let before = desk.places();
    let moves = (1..=4).map(|n| Move {
        item: Item::Note(note(n)),
        to: at(9_000 + i32::from(n)),
    });
    desk.give(Command::Move {
        moves: moves.collect(),
    });
    let back = desk.history.undo();
    assert_eq!(back.len(), 1, "{back:?}");
    for command in back {
        desk.page.give(command).unwrap();
    }
    assert_eq!(desk.places(), before);
}

#[test]
fn a_group_of_what_was_carried_together_is_undone_at_once() {
    let mut desk = Desk::with(&four_notes());
    let before = desk.places();
    let make = Command::MakeCluster {
        cluster: cluster(1),
        note: note(1),
        onto: note(2),
    };
    let add = |n| Command::AddToCluster {
        cluster: cluster(1),
        note: note(n),
    };
    let commands = [make, add(3), add(4)];
    let deed = Deed::of_all(&desk.page, &commands, || Some(cluster(99)));
    for command in commands {
        desk.page.give(command).unwrap();
    }
    desk.history.remember(deed);
    assert_eq!(desk.page.members(cluster(1)).len(), 4);
    desk.undo();
    assert_eq!(desk.places(), before);
    assert_eq!(desk.page.cluster(cluster(1)), None);
}
