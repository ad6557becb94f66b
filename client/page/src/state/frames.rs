//! Binary frames, taken into the replicas.

use std::collections::BTreeSet;

use candour_shared::backstage::{Backstage, BackstageChange};
use candour_shared::document::Entry;
use candour_shared::ids::{Item, NoteId};
use candour_shared::protocol::{Frame, FrameKind, Store};
use candour_shared::wall::{Wall, WallChange};

use super::{OutOfStep, READER, State, Taken};
use crate::items::Items;
use crate::traffic::{Header, Subject, concern};

impl State {
    /// Takes in a binary frame. An update has to follow the last one that was taken: with a gap between them the
    /// copy would lack something for good. Where it does not follow, nothing changes.
    pub fn take_frame(&mut self, bytes: &[u8]) -> Result<Taken, OutOfStep> {
        let frame = Frame::decode(bytes).map_err(|_| OutOfStep)?;
        match (frame.kind, self.cursor(frame.store)) {
            (FrameKind::Snapshot, _) => self.take_snapshot(&frame)?,
            (FrameKind::Tick, Some(at)) if at.generation == frame.cursor.generation => {
                if frame.cursor.sequence <= at.sequence {
                    return Ok(Taken::Known);
                }
                if frame.cursor.sequence > at.sequence + 1 {
                    return Err(OutOfStep);
                }
                self.take_tick(&frame)?;
            }
            (FrameKind::Tick, _) => return Err(OutOfStep),
        }
        match frame.store {
            Store::Wall => self.wall_at = Some(frame.cursor),
            Store::Backstage => self.backstage_at = Some(frame.cursor),
        }
        Ok(Taken::News)
    }

    fn take_snapshot(&mut self, frame: &Frame<'_>) -> Result<(), OutOfStep> {
        let update = frame.update().map_err(|_| OutOfStep)?;
        match frame.store {
            Store::Wall => {
                let entries = self.take_wall(&update)?;
                self.remember(frame, &said_on_wall(&entries), entries);
            }
            Store::Backstage => {
                let mut backstage = Backstage::new(READER);
                let entries = backstage.apply(&update).map_err(|_| OutOfStep)?;
                self.backstage = backstage;
                self.remember(frame, &said_backstage(&entries), entries);
                self.changes.backstage = true;
            }
        }
        Ok(())
    }

    /// Takes a whole Wall in place of the present one. Says what is on it.
    fn take_wall(&mut self, update: &[u8]) -> Result<Vec<(WallChange, Entry)>, OutOfStep> {
        let mut wall = Wall::new(READER);
        let entries = wall.apply(update).map_err(|_| OutOfStep)?;
        let before = std::mem::replace(&mut self.items, Items::read(&wall));
        self.wall = wall;
        for item in self.items.moved_since(&before) {
            self.drags.drop(item);
        }
        for items in [&before, &self.items] {
            self.changes.notes.extend(items.note_ids());
            self.changes.clusters.extend(items.cluster_ids());
        }
        self.read_board();
        self.read_remarks();
        self.changes.rounds = true;
        self.lay_over();
        Ok(entries)
    }

    /// The Wall for a reload without a network, as a frame that [`State::restore`] reads; nothing before
    /// the first. One's own notes are not in it, nor what only facilitators see.
    #[must_use]
    pub fn copy(&self) -> Option<Vec<u8>> {
        let frame = Frame {
            kind: FrameKind::Tick,
            store: Store::Wall,
            cursor: self.wall_at?,
            is_compressed: false,
            payload: &self.wall.state(),
        };
        Some(frame.encode())
    }

    /// Shows what a former page of this tab kept. The server is asked for what came since.
    pub fn restore(&mut self, copy: &[u8]) -> Result<(), OutOfStep> {
        let frame = Frame::decode(copy).map_err(|_| OutOfStep)?;
        self.take_wall(&frame.update().map_err(|_| OutOfStep)?)?;
        self.wall_at = Some(frame.cursor);
        Ok(())
    }

    fn take_tick(&mut self, frame: &Frame<'_>) -> Result<(), OutOfStep> {
        let update = frame.update().map_err(|_| OutOfStep)?;
        match frame.store {
            Store::Wall => {
                let entries = self.wall.apply(&update).map_err(|_| OutOfStep)?;
                // A note is read again once, be it that its text, its place or both came.
                let once = |change| match change {
                    WallChange::Note(note)
                    | WallChange::Place(note)
                    | WallChange::SameHere(note) => WallChange::Note(note),
                    WallChange::Board
                    | WallChange::Cluster(_)
                    | WallChange::Round(_)
                    | WallChange::Pulse(_)
                    | WallChange::Commitment(_)
                    | WallChange::Remark => change,
                };
                let changed = entries.iter().map(|(change, _)| once(*change));
                for change in changed.collect::<BTreeSet<_>>() {
                    self.take_change(change);
                }
                self.remember(frame, &said_on_wall(&entries), entries);
                self.lay_over();
            }
            Store::Backstage => {
                let applied = self.backstage.apply(&update);
                let entries = applied.map_err(|_| OutOfStep)?;
                self.remember(frame, &said_backstage(&entries), entries);
                self.changes.backstage = true;
            }
        }
        Ok(())
    }

    /// Remembers what others received with this frame because of what this page sent: what a command
    /// changed that is not answered yet, texts of one's own notes (`said` are the notes whose text
    /// came), and rounds of voting one has taken part in. Of a snapshot, only what is news.
    fn remember<C: Into<Subject>>(
        &mut self,
        frame: &Frame<'_>,
        said: &BTreeSet<NoteId>,
        entries: Vec<(C, Entry)>,
    ) {
        let entries: Vec<(Subject, Entry)> = entries
            .into_iter()
            .map(|(change, entry)| (change.into(), entry))
            .collect();
        let mut told: Vec<(Subject, Vec<Subject>)> = self.queue.unanswered().map(concern).collect();
        for (subject, _) in &entries {
            let own = match subject {
                Subject::Note(note) => said.contains(note) && self.my_order.contains(note),
                Subject::Round(_) | Subject::Pulse(_) => self.traffic.sent_about(*subject),
                Subject::Connection | Subject::Board | Subject::Cluster(_) => false,
            };
            if own {
                told.push((*subject, Vec::new()));
            }
        }
        let mut done = BTreeSet::new();
        for (about, besides) in told {
            if !done.insert(about) {
                continue;
            }
            let concerns = |subject: &Subject| *subject == about || besides.contains(subject);
            let concerned = entries.iter().filter(|(subject, _)| concerns(subject));
            let concerned: Vec<Entry> = concerned.map(|(_, entry)| entry.clone()).collect();
            let news = frame.kind == FrameKind::Tick
                || concerned.iter().any(|entry| !self.traffic.knows(entry));
            if news {
                self.traffic.receive(about, Header::of(frame), concerned);
                self.changes.traffic = true;
            }
        }
    }

    fn take_change(&mut self, change: WallChange) {
        match change {
            WallChange::Board => self.read_board(),
            WallChange::Note(note) | WallChange::Place(note) | WallChange::SameHere(note) => {
                let touched = self.items.read_note(&self.wall, note);
                self.drags.drop(Item::Note(note));
                self.changes.notes.insert(note);
                self.changes.items(touched);
            }
            WallChange::Cluster(cluster) => {
                self.items.read_cluster(&self.wall, cluster);
                self.drags.drop(Item::Cluster(cluster));
                self.changes.clusters.insert(cluster);
            }
            WallChange::Round(_) => self.changes.rounds = true,
            WallChange::Pulse(_) | WallChange::Commitment(_) => self.changes.board = true,
            WallChange::Remark => self.read_remarks(),
        }
    }

    fn read_remarks(&mut self) {
        let remarks = self.wall.read().remarks().collect();
        let before = std::mem::replace(&mut self.remarks, remarks);
        let about = before.keys().chain(self.remarks.keys()).copied();
        self.changes.items(about.flatten().collect());
        self.changes.board = true;
    }

    fn read_board(&mut self) {
        self.settings = self.wall.read().settings();
        self.changes.board = true;
    }
}

/// The notes whose text came.
fn said_on_wall(entries: &[(WallChange, Entry)]) -> BTreeSet<NoteId> {
    let said = entries.iter().filter_map(|(change, _)| match change {
        WallChange::Note(note) => Some(*note),
        WallChange::Place(_)
        | WallChange::Board
        | WallChange::Cluster(_)
        | WallChange::Round(_)
        | WallChange::SameHere(_)
        | WallChange::Pulse(_)
        | WallChange::Commitment(_)
        | WallChange::Remark => None,
    });
    said.collect()
}

fn said_backstage(entries: &[(BackstageChange, Entry)]) -> BTreeSet<NoteId> {
    let said = entries.iter().filter_map(|(change, _)| match change {
        BackstageChange::Note(note) => Some(*note),
        BackstageChange::Board | BackstageChange::Flag(_) => None,
    });
    said.collect()
}
