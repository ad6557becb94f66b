//! What people do in each phase.

use candour_shared::command::{Command, Move};
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId, TimerId};
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::protocol::Drag;
use candour_shared::voting::Budget;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;

use super::super::script::{By, Step};
use super::Draft;

impl Draft<'_> {
    pub(super) fn contribute(&mut self) {
        match self.phase {
            Phase::Write if self.paused && self.random.random_bool(0.3) => {
                self.paused = false;
                self.moderator(Command::PausePosting { paused: false });
            }
            Phase::Cluster if self.locked && self.random.random_bool(0.3) => {
                self.locked = false;
                self.moderator(Command::LockClusters { locked: false });
            }
            Phase::Write => self.write(),
            Phase::Cluster => {
                self.cluster();
                self.cluster();
            }
            Phase::Vote => self.vote(),
            Phase::Discuss if self.random.random_bool(0.2) => self.cluster(),
            Phase::Discuss if self.random.random_bool(0.95) => self.discuss(),
            Phase::Lobby | Phase::Discuss | Phase::Closed => self.move_on(),
        }
    }

    fn write(&mut self) {
        match self.random.random_range(0..24) {
            0..10 => self.post(),
            10..14 => self.edit(),
            14..16 => self.withdraw(),
            16..22 => self.agree(),
            _ => self.reveal(),
        }
    }

    pub(super) fn edit(&mut self) {
        let Some((note, by)) = self.own_note() else {
            return;
        };
        let content = self.content();
        self.does(by, Command::edit_note(note, content));
    }

    pub(super) fn withdraw(&mut self) {
        let Some((note, by)) = self.own_note() else {
            return;
        };
        self.does(by, Command::WithdrawNote { note });
    }

    pub(super) fn reveal(&mut self) {
        self.reveals += 1;
        let number = self.reveals;
        self.moderator(Command::Reveal { number });
    }

    pub(super) fn post(&mut self) {
        let Some(by) = self.writer() else { return };
        let (note, content) = (NoteId::from_bytes(self.random.random()), self.content());
        self.notes.push((note, by));
        self.does(by, Command::post_note(note, content));
    }

    /// A note of somebody who is here; now and then one of somebody else's.
    fn own_note(&mut self) -> Option<(NoteId, By)> {
        let mut notes = self.notes.clone();
        notes.retain(|(_, by)| self.is_here(*by));
        let (note, by) = *notes.choose(self.random)?;
        if self.random.random_bool(0.1) {
            return Some((note, self.writer()?));
        }
        Some((note, by))
    }

    fn content(&mut self) -> Content {
        let category = self.random.random_range(0..self.settings.categories.len());
        let aspect = self.random.random_range(0..=self.settings.aspects.len());
        let text = "It takes too long. ".repeat(self.random.random_range(1..=9));
        Content::new(
            category as u8,
            format!("{text}{}", self.random.random::<u32>()),
        )
        .about(aspect.checked_sub(1).map(|aspect| aspect as u8))
    }

    pub(super) fn note(&mut self) -> NoteId {
        let note = self.notes.choose(self.random);
        note.map_or(NoteId::from_bytes([0; 16]), |(note, _)| *note)
    }

    fn known_cluster(&mut self) -> ClusterId {
        let cluster = self.clusters.choose(self.random);
        cluster.map_or(ClusterId::from_bytes([0; 16]), |cluster| *cluster)
    }

    fn ending_cluster(&mut self) -> ClusterId {
        let cluster = self.known_cluster();
        self.clusters.retain(|other| *other != cluster);
        cluster
    }

    pub(super) fn item(&mut self) -> Item {
        if self.random.random_bool(0.3) {
            Item::Cluster(self.known_cluster())
        } else {
            Item::Note(self.note())
        }
    }

    fn point(&mut self) -> Point {
        Point {
            x: self.random.random_range(-2_000..2_000),
            y: self.random.random_range(-2_000..2_000),
        }
    }

    fn cluster(&mut self) {
        let Some(by) = self.mover() else { return };
        let command = match self.random.random_range(0..17) {
            0..5 => {
                let cluster = ClusterId::from_bytes(self.random.random());
                let Some([(note, _), (onto, _)]) = self.notes.sample_array(self.random) else {
                    return;
                };
                self.clusters.push(cluster);
                Command::MakeCluster {
                    cluster,
                    note,
                    onto,
                }
            }
            5..7 => Command::AddToCluster {
                cluster: self.known_cluster(),
                note: self.note(),
            },
            7 => Command::NameCluster {
                cluster: self.known_cluster(),
                name: format!("Group {}", self.random.random::<u8>()),
            },
            8 => self.moves(),
            9..14 => {
                let from = self.ending_cluster();
                let into = self.known_cluster();
                Command::MergeClusters { from, into }
            }
            14 => Command::DissolveCluster {
                cluster: self.ending_cluster(),
            },
            15 => self.moves(),
            _ => {
                let (item, at) = (self.item(), self.point());
                return self.steps.push(Step::Drag(by, Drag { item, at }));
            }
        };
        self.does(by, command);
    }

    fn moves(&mut self) -> Command {
        let number = self.random.random_range(1..=4);
        let moves = (0..number).map(|_| Move {
            item: self.item(),
            to: self.point(),
        });
        Command::Move {
            moves: moves.collect(),
        }
    }

    fn vote(&mut self) {
        let Some((round, budget)) = self.round else {
            let round = RoundId::from_bytes(self.random.random());
            let dots = self.random.random_range(2..=6);
            let per_item = self.random.random_range(1..=dots);
            let budget = Budget { dots, per_item };
            self.round = Some((round, budget));
            return self.moderator(Command::OpenRound {
                round,
                question: "What first?".to_owned(),
                budget,
                among: Vec::new(),
            });
        };
        if self.random.random_bool(0.1) {
            self.round = None;
            return self.moderator(Command::CloseRound { round });
        }
        let Some(by) = self.voter() else { return };
        let (item, dots) = (self.item(), self.random.random_range(0..=budget.per_item));
        self.does(by, Command::CastDots { round, item, dots });
    }

    pub(super) fn moderate(&mut self) {
        let note = self.note();
        let reason = *Reason::ALL.choose(self.random).unwrap_or(&Reason::OffTopic);
        let command = match self.random.random_range(0..9) {
            0..3 => Command::HoldNote { note, reason },
            8 => Command::SettleFlag { note },
            3..4 => Command::EraseNote { note, reason },
            _ => {
                let mut notes: Vec<NoteId> = (0..3).map(|_| self.note()).collect();
                notes.dedup();
                Command::ReleaseNotes { notes }
            }
        };
        self.moderator(command);
    }

    pub(super) fn steer(&mut self) {
        if self.phase == Phase::Closed {
            return;
        }
        let command = match self.random.random_range(0..14) {
            0 | 12..14 => self.change_agenda(),
            10 => self.spotlight(),
            11 => self.change_step(),
            1 => {
                let timer = TimerId::from_bytes(self.random.random());
                self.timer = Some(timer);
                let seconds = self.random.random_range(1..=600);
                Command::SetTimer { timer, seconds }
            }
            2 => {
                let timer = self.timer.unwrap_or(TimerId::from_bytes([0; 16]));
                Command::StopTimer { timer }
            }
            3..5 => {
                self.doors_closed = !self.doors_closed;
                let closed = self.doors_closed;
                Command::SetDoors { closed }
            }
            5..8 => Command::SetPreModeration {
                on: self.random.random(),
            },
            8 => {
                self.paused = !self.paused;
                let paused = self.paused;
                Command::PausePosting { paused }
            }
            _ => {
                self.locked = !self.locked;
                let locked = self.locked;
                Command::LockClusters { locked }
            }
        };
        self.moderator(command);
    }
}
