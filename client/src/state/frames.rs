//! Binary frames, taken into the replicas.

use candour_shared::backstage::Backstage;
use candour_shared::ids::Item;
use candour_shared::protocol::{Frame, FrameKind, Store};
use candour_shared::wall::{Wall, WallChange};

use super::things::Things;
use super::{OutOfStep, READER, State};

impl State {
    /// Takes in a binary frame.
    pub fn take_frame(&mut self, bytes: &[u8]) -> Result<(), OutOfStep> {
        let frame = Frame::decode(bytes).map_err(|_| OutOfStep)?;
        let at = match frame.store {
            Store::Wall => self.wall_at,
            Store::Backstage => self.backstage_at,
        };
        match (frame.kind, at) {
            (FrameKind::Snapshot, _) => self.take_snapshot(&frame)?,
            (FrameKind::Tick, Some(at)) if at.generation == frame.cursor.generation => {
                if frame.cursor.sequence <= at.sequence {
                    return Ok(());
                }
                self.take_tick(&frame)?;
            }
            (FrameKind::Tick, _) => return Err(OutOfStep),
        }
        match frame.store {
            Store::Wall => self.wall_at = Some(frame.cursor),
            Store::Backstage => self.backstage_at = Some(frame.cursor),
        }
        Ok(())
    }

    fn take_snapshot(&mut self, frame: &Frame<'_>) -> Result<(), OutOfStep> {
        let update = frame.update().map_err(|_| OutOfStep)?;
        match frame.store {
            Store::Wall => {
                let mut wall = Wall::new(READER);
                wall.apply(&update).map_err(|_| OutOfStep)?;
                let before = std::mem::replace(&mut self.things, Things::read(&wall));
                self.wall = wall;
                for things in [&before, &self.things] {
                    self.changes.notes.extend(things.note_ids());
                    self.changes.clusters.extend(things.cluster_ids());
                }
                self.read_board();
                self.changes.rounds = true;
                self.lay_over();
            }
            Store::Backstage => {
                let mut backstage = Backstage::new(READER);
                backstage.apply(&update).map_err(|_| OutOfStep)?;
                self.backstage = backstage;
                self.changes.backstage = true;
            }
        }
        Ok(())
    }

    fn take_tick(&mut self, frame: &Frame<'_>) -> Result<(), OutOfStep> {
        match frame.store {
            Store::Wall => {
                let changed = self.wall.apply(frame.payload).map_err(|_| OutOfStep)?;
                for change in changed {
                    self.take_change(change);
                }
                self.lay_over();
            }
            Store::Backstage => {
                let applied = self.backstage.apply(frame.payload);
                applied.map_err(|_| OutOfStep)?;
                self.changes.backstage = true;
            }
        }
        Ok(())
    }

    fn take_change(&mut self, change: WallChange) {
        match change {
            WallChange::Board => self.read_board(),
            WallChange::Note(note) => {
                let clusters = self.things.read_note(&self.wall, note);
                self.drags.drop(Item::Note(note));
                self.changes.notes.insert(note);
                self.changes.clusters.extend(clusters);
            }
            WallChange::Cluster(cluster) => {
                self.things.read_cluster(&self.wall, cluster);
                self.drags.drop(Item::Cluster(cluster));
                self.changes.clusters.insert(cluster);
            }
            WallChange::Round(_) => self.changes.rounds = true,
        }
    }

    fn read_board(&mut self) {
        self.settings = self.wall.read().settings();
        self.changes.board = true;
    }
}
