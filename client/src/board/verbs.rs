//! One method per command. A refusal becomes a notice, except where the text is still in a field that
//! can say so beside itself.

use std::time::Duration;

use candour_shared::command::{Command, Point, RELEASE_NOTES, Verb};
use candour_shared::denied::Denied;
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId, TimerId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::policy::Clusters;
use candour_shared::protocol::{ClientMessage, Drag};
use candour_shared::voting::Budget;
use leptos::prelude::*;

use super::{Board, Tone};
use crate::browser;
use crate::state::drags::LINGERS;
use crate::view::destinations::beside;
use crate::view::draft::Draft;

/// Least time between two messages about a drag.
const DRAG_REST: Duration = Duration::from_millis(50);
/// How often others are told about a thing that is held still, in milliseconds: before they take it
/// for dropped.
const DRAG_REPEATS: i64 = LINGERS / 2;

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
        self.ask(Command::MoveNote { note, to });
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
            None => self.tell(Tone::Info, "This note is in no group any more."),
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
        self.ask(Command::MoveCluster { cluster, to });
    }

    /// Puts all notes of one cluster into another.
    pub fn merge_clusters(self, from: ClusterId, into: ClusterId) {
        self.ask(Command::MergeClusters { from, into });
    }

    /// Takes a cluster apart.
    pub fn dissolve_cluster(self, cluster: ClusterId) {
        self.ask(Command::DissolveCluster { cluster });
    }

    /// Drags a thing to a place, its top left corner: call it as often as the pointer moves. It is
    /// shown there, to others a few times a second, until [`Board::end_drag`].
    pub fn drag(self, item: Item, at: Point) {
        let first = self.core.try_update_value(|core| {
            if core.state.may(Verb::MoveNote).is_err() {
                return false;
            }
            core.state.drag_own(Drag { item, at }, browser::now());
            !std::mem::replace(&mut core.dragging.ticking, true)
        });
        self.show_soon();
        if first == Some(true) {
            self.send_drag();
        }
    }

    /// Ends the drag. The thing is shown where it lies, so call the verb of the drop next.
    pub fn end_drag(self) {
        self.core
            .try_update_value(|core| core.state.end_own_drag(browser::now()));
        self.show_soon();
    }

    fn send_drag(self) {
        let now = browser::now();
        let next = self.core.try_update_value(|core| {
            let drag = core.state.own_drag();
            core.dragging.ticking = drag.is_some();
            let drag = drag?;
            let told = core.dragging.told;
            let news = told.is_none_or(|(told, at)| told != drag || at + DRAG_REPEATS <= now);
            if news {
                core.dragging.told = Some((drag, now));
            }
            Some(news.then_some(drag))
        });
        let Some(next) = next.flatten() else { return };
        if let Some(drag) = next {
            self.send(&ClientMessage::Drag { drag });
        }
        set_timeout(move || self.send_drag(), DRAG_REST);
    }
}

/// Votes.
impl Board {
    /// Says how many of one's dots are on a thing, in the open round.
    pub fn cast_dots(self, item: Item, dots: u8) {
        match self.open_round() {
            Some(round) => self.ask(Command::CastDots { round, item, dots }),
            None => self.tell(Tone::Problem, Denied::RoundClosed.to_string()),
        }
    }

    /// Opens a round of voting; the question may be empty.
    pub fn open_voting(self, question: String, budget: Budget) {
        if let Some(bytes) = self.fresh_id() {
            let round = RoundId::from_bytes(bytes);
            self.ask(Command::OpenRound {
                round,
                question,
                budget,
            });
        }
    }

    /// Closes the open round and shows its totals.
    pub fn close_voting(self) {
        match self.open_round() {
            Some(round) => self.ask(Command::CloseRound { round }),
            None => self.tell(Tone::Problem, Denied::RoundClosed.to_string()),
        }
    }

    fn open_round(self) -> Option<RoundId> {
        self.ballot
            .with_untracked(|ballot| ballot.as_ref().map(|ballot| ballot.round))
    }
}

/// Running the board.
impl Board {
    /// Moves the board to another phase.
    pub fn set_phase(self, to: Phase) {
        let from = self.phase.get_untracked();
        self.ask(Command::SetPhase { from, to });
    }

    /// Releases all waiting notes at once.
    pub fn reveal(self) {
        let number = self.reveals.get_untracked() + 1;
        self.ask(Command::Reveal { number });
    }

    /// Changes what people are asked in a phase; empty for nothing.
    pub fn set_prompt(self, phase: Phase, text: String) {
        self.ask(Command::SetPrompt { phase, text });
    }

    /// Starts a timer.
    pub fn start_timer(self, seconds: u32) {
        if let Some(bytes) = self.fresh_id() {
            let timer = TimerId::from_bytes(bytes);
            self.ask(Command::SetTimer { timer, seconds });
        }
    }

    /// Gives the running timer more seconds.
    pub fn extend_timer(self, more: u32) {
        if let Some(running) = self.timer.get_untracked() {
            let seconds = running.seconds.saturating_add(more);
            let timer = running.timer;
            self.ask(Command::SetTimer { timer, seconds });
        }
    }

    /// Stops the timer.
    pub fn stop_timer(self) {
        if let Some(running) = self.timer.get_untracked() {
            let timer = running.timer;
            self.ask(Command::StopTimer { timer });
        }
    }

    /// Locks the clusters for participants, or unlocks them.
    pub fn set_clusters(self, clusters: Clusters) {
        let locked = clusters == Clusters::Locked;
        self.ask(Command::LockClusters { locked });
    }

    /// Lets nobody new join as a participant.
    pub fn close_doors(self) {
        self.ask(Command::SetDoors { closed: true });
    }

    /// Lets people join again.
    pub fn open_doors(self) {
        self.ask(Command::SetDoors { closed: false });
    }

    /// Lets nobody write for now.
    pub fn pause_posting(self) {
        self.ask(Command::PausePosting { paused: true });
    }

    /// Lets people write again.
    pub fn resume_posting(self) {
        self.ask(Command::PausePosting { paused: false });
    }

    /// Has released notes pass the facilitators first.
    pub fn start_pre_moderation(self) {
        self.ask(Command::SetPreModeration { on: true });
    }

    /// Lets released notes go straight to the board.
    pub fn stop_pre_moderation(self) {
        self.ask(Command::SetPreModeration { on: false });
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
}

impl Board {
    /// Makes a command pending, shows it, and sends it.
    fn give(self, command: Command) -> Result<(), Denied> {
        let given = self.core.try_update_value(|core| core.state.give(command));
        given.transpose()?;
        self.send_pending();
        self.show();
        Ok(())
    }

    fn ask(self, command: Command) {
        let given = self.give(command);
        self.told(given);
    }

    fn told(self, given: Result<(), Denied>) -> bool {
        match given {
            Ok(()) => true,
            Err(denied) => {
                self.tell(Tone::Problem, denied.to_string());
                false
            }
        }
    }

    fn fresh_id(self) -> Option<[u8; 16]> {
        let bytes = browser::random_bytes().ok();
        if bytes.is_none() {
            self.tell(
                Tone::Problem,
                "This browser has no secure source of random numbers, which every note needs.",
            );
        }
        bytes
    }
}
