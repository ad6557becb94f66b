//! One method per command. A refusal becomes a notice, except where the text is still in a field that
//! can say so beside itself.

use candour_page::history::Deed;
use candour_shared::command::{Command, MOVES, Move, RELEASE_NOTES};
use candour_shared::denied::Denied;
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId};
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::protocol::{ClientMessage, MyPulse};
use candour_shared::voting::Budget;
use leptos::prelude::*;

use super::undoing::fresh_cluster;
use super::{Board, Tone};
use crate::browser;
use crate::text::{app, language, list};
use crate::view::destinations::beside;
use crate::view::draft::Draft;

/// Notes.
impl Board {
    /// Writes a note.
    pub fn post_note(self, draft: Draft) -> Result<(), Denied> {
        let Draft { content, confirmed } = draft;
        let Some(bytes) = self.fresh_id() else {
            return Ok(());
        };
        let note = NoteId::from_bytes(bytes);
        self.give(Command::PostNote {
            note,
            content,
            confirmed,
        })
    }

    /// Rewrites one's own note.
    pub fn edit_note(self, note: NoteId, draft: Draft) -> Result<(), Denied> {
        let Draft { content, confirmed } = draft;
        self.give(Command::EditNote {
            note,
            content,
            confirmed,
        })
    }

    /// Takes one's own note back.
    pub fn withdraw_note(self, note: NoteId) {
        self.ask(Command::WithdrawNote { note });
    }

    /// Puts a note by itself, its top left corner at a place.
    pub fn move_note(self, note: NoteId, to: Point) {
        let item = Item::Note(note);
        self.move_items(&[Move { item, to }]);
    }

    /// Puts things somewhere, all in as few steps as the server takes.
    pub fn move_items(self, moves: &[Move]) {
        let commands = moves.chunks(MOVES).map(|moves| Command::Move {
            moves: moves.to_vec(),
        });
        let given = self.give_all(commands.collect());
        self.told(given);
    }
}

/// What people say about notes.
impl Board {
    /// Answers a thing.
    pub fn post_reply(self, to: Item, text: String, confirmed: bool) -> Result<(), Denied> {
        let Some(bytes) = self.fresh_id() else {
            return Ok(());
        };
        let note = NoteId::from_bytes(bytes);
        self.give(Command::PostReply {
            note,
            to,
            text,
            confirmed,
        })
    }

    /// Says that a note is true for oneself too.
    pub fn say_same_here(self, note: NoteId) {
        self.ask(Command::SameHere { note, on: true });
    }

    /// No longer says so.
    pub fn unsay_same_here(self, note: NoteId) {
        self.ask(Command::SameHere { note, on: false });
    }

    /// Asks the facilitators to look at a note.
    pub fn flag_note(self, note: NoteId) {
        self.ask(Command::FlagNote { note });
    }

    /// Says how far the person agrees, in the open pulse.
    pub fn answer_pulse(self, answer: u8) {
        match self.my_pulse.get_untracked() {
            Some(MyPulse { pulse, .. }) => self.ask(Command::AnswerPulse { pulse, answer }),
            None => self.tell(Tone::Problem, Denied::PulseClosed.words(language())),
        }
    }

    /// Says whether one is done with the present step.
    pub fn set_ready(self, ready: bool) {
        self.done.put(ready);
        self.send(&ClientMessage::Ready { ready });
    }
}

/// Clusters.
impl Board {
    /// Drops a note on a note. Returns the new cluster, so that its name can be asked for; if the note
    /// below is in a cluster by now, the server puts the note into that one instead.
    pub fn make_cluster(self, note: NoteId, onto: NoteId) -> Option<ClusterId> {
        let cluster = ClusterId::from_bytes(self.fresh_id()?);
        let given = self.give(Command::MakeCluster {
            cluster,
            note,
            onto,
        });
        self.told(given).then_some(cluster)
    }

    /// Puts a note by itself, at a free place beside the cluster it is in.
    pub fn take_out(self, note: NoteId) {
        let place = self.core.with_value(|core| beside(&core.state, note));
        match place {
            Some(to) => self.move_note(note, to),
            None => self.tell(Tone::Info, list::in_no_group()),
        }
    }

    /// Puts a note into a cluster.
    pub fn add_to_cluster(self, cluster: ClusterId, note: NoteId) {
        self.ask(Command::AddToCluster { cluster, note });
    }

    /// Names a cluster; an empty name takes the name away.
    pub fn name_cluster(self, cluster: ClusterId, name: String) {
        self.ask(Command::NameCluster { cluster, name });
    }

    /// Moves a cluster, its top left corner to a place.
    pub fn move_cluster(self, cluster: ClusterId, to: Point) {
        let item = Item::Cluster(cluster);
        self.move_items(&[Move { item, to }]);
    }

    /// Puts all notes of one cluster into another.
    pub fn merge_clusters(self, from: ClusterId, into: ClusterId) {
        self.ask(Command::MergeClusters { from, into });
    }

    /// Takes a cluster apart.
    pub fn dissolve_cluster(self, cluster: ClusterId) {
        self.ask(Command::DissolveCluster { cluster });
    }
}

/// Votes.
impl Board {
    /// Says how many of one's dots are on a thing, in the open round.
    pub fn cast_dots(self, item: Item, dots: u8) {
        match self.open_round() {
            Some(round) => self.ask(Command::CastDots { round, item, dots }),
            None => self.tell(Tone::Problem, Denied::RoundClosed.words(language())),
        }
    }

    /// Opens a round of voting, on some things or on all; the question may be empty.
    pub fn open_voting(self, question: String, budget: Budget, among: Vec<Item>) {
        if let Some(bytes) = self.fresh_id() {
            let round = RoundId::from_bytes(bytes);
            self.ask(Command::OpenRound {
                round,
                question,
                budget,
                among,
            });
        }
    }

    /// Closes the open round and shows its totals.
    pub fn close_voting(self) {
        match self.open_round() {
            Some(round) => self.ask(Command::CloseRound { round }),
            None => self.tell(Tone::Problem, Denied::RoundClosed.words(language())),
        }
    }

    fn open_round(self) -> Option<RoundId> {
        self.ballot
            .with_untracked(|ballot| ballot.as_ref().map(|ballot| ballot.round))
    }
}

/// Moderation.
impl Board {
    /// Takes a note off the board, or out of the queue.
    pub fn hold_note(self, note: NoteId, reason: Reason) {
        self.ask(Command::HoldNote { note, reason });
    }

    /// Puts waiting or held notes on the board.
    pub fn release_notes(self, notes: &[NoteId]) {
        for notes in notes.chunks(RELEASE_NOTES) {
            let notes = notes.to_vec();
            self.ask(Command::ReleaseNotes { notes });
        }
    }

    /// Removes a note for good.
    pub fn erase_note(self, note: NoteId, reason: Reason) {
        self.ask(Command::EraseNote { note, reason });
    }

    /// Says that a flagged note was looked at and stays as it is.
    pub fn settle_flag(self, note: NoteId) {
        self.ask(Command::SettleFlag { note });
    }
}

impl Board {
    /// Makes a command pending, shows it, and sends it.
    pub(super) fn give(self, command: Command) -> Result<(), Denied> {
        self.give_all(vec![command])
    }

    /// The same for commands that are one thing to the person: they are undone together.
    pub(super) fn give_all(self, commands: Vec<Command>) -> Result<(), Denied> {
        let given = self.core.try_update_value(|core| {
            let deed = Deed::of_all(&core.state, &commands, fresh_cluster);
            for command in commands {
                core.state.give(command)?;
            }
            core.history.remember(deed);
            Ok::<(), Denied>(())
        });
        given.transpose()?;
        self.send_pending();
        self.show();
        Ok(())
    }

    pub(super) fn ask(self, command: Command) {
        let given = self.give(command);
        self.told(given);
    }

    pub(super) fn told(self, given: Result<(), Denied>) -> bool {
        match given {
            Ok(()) => true,
            Err(denied) => {
                self.tell(Tone::Problem, denied.words(language()));
                false
            }
        }
    }

    pub(super) fn fresh_id(self) -> Option<[u8; 16]> {
        let bytes = browser::random_bytes().ok();
        if bytes.is_none() {
            self.tell(Tone::Problem, app::no_random());
        }
        bytes
    }
}
