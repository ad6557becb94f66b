//! What went over this page's connection: every message it sent, and what others received because of
//! it. It is in this page's memory alone, ends with the page, and is never stored.
//!
//! A frame that everybody receives is the same bytes for everybody, so what this page received of it is
//! what others received.

use std::collections::VecDeque;

use candour_shared::backstage::BackstageChange;
use candour_shared::command::{Command, Verb};
use candour_shared::document::Entry;
use candour_shared::ids::{ClusterId, Item, NoteId, PulseId, RoundId};
use candour_shared::protocol::{ClientMessage, Cursor, Frame, FrameKind, Store};
use candour_shared::wall::WallChange;

/// Most frames that are remembered.
pub const MOST: usize = 300;

/// What a message, or a change, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The connection itself.
    Connection,
    /// Phase, agenda, timer, switches, settings, or what facilitators wrote down.
    Board,
    /// A note, or its place.
    Note(NoteId),
    /// A cluster.
    Cluster(ClusterId),
    /// A round of voting.
    Round(RoundId),
    /// A pulse.
    Pulse(PulseId),
}

/// A frame, or the part of one that others received because of this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Its number on this page.
    pub number: u64,
    /// What it is about.
    pub about: Subject,
    /// What it was.
    pub what: What,
}

/// What passed over the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A text frame this page sent, exactly as it was sent.
    Sent {
        /// What was asked with it.
        act: Act,
        /// The frame.
        text: String,
    },
    /// A part of a binary frame that everybody of an audience received.
    Received {
        /// The frame's header.
        header: Header,
        /// Its entries that are about what this page sent.
        entries: Vec<Entry>,
    },
    /// A text frame that everybody received, exactly as it came.
    Told {
        /// The frame.
        text: String,
    },
}

/// What a page asks with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It says hello.
    Greet,
    /// It drags something.
    Drag,
    /// It says that its person is done with the step, or not.
    BeReady,
    /// A command.
    Do(Verb),
}

/// What stands before the payload of a binary frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What the payload is.
    pub kind: FrameKind,
    /// Which document it belongs to.
    pub store: Store,
    /// Where the document stands after it.
    pub cursor: Cursor,
    /// How many bytes the whole frame has.
    pub bytes: usize,
}

/// What went over the connection, the oldest first.
#[derive(Debug, Default)]
pub struct Traffic {
    passed: VecDeque<Passed>,
    people: Option<String>,
    next: u64,
}

impl Traffic {
    /// Remembers a message that was sent. Of a drag only the latest message stays.
    pub fn send(&mut self, message: &ClientMessage, text: String) {
        let (about, act) = match message {
            ClientMessage::Hello { .. } => (Subject::Connection, Act::Greet),
            ClientMessage::Drags { drags } => {
                // What is held comes first; the others go along with it.
                let held = drags.first().map(|held| of_item(held.item));
                (held.unwrap_or(Subject::Connection), Act::Drag)
            }
            ClientMessage::Ready { .. } => (Subject::Connection, Act::BeReady),
            ClientMessage::Command { command, .. } => (concern(command).0, Act::Do(command.verb())),
        };
        let drags =
            |passed: &Passed| matches!(passed.what, What::Sent { act, .. } if act == Act::Drag);
        if act == Act::Drag {
            self.forget(|passed| passed.about == about && drags(passed));
        }
        self.push(about, What::Sent { act, text });
    }

    /// Remembers a text frame that told everybody how many people are on the board.
    pub fn count_people(&mut self, text: String) {
        self.people = Some(text);
    }

    /// Remembers a text frame that told everybody where a thing is dragged that this page drags. Only
    /// the latest stays.
    pub fn echo_drag(&mut self, item: Item, text: String) {
        let about = of_item(item);
        let told = |passed: &Passed| matches!(passed.what, What::Told { .. });
        self.forget(|passed| passed.about == about && told(passed));
        self.push(about, What::Told { text });
    }

    /// Remembers the entries of a binary frame that are about a thing.
    pub fn receive(&mut self, about: Subject, header: Header, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.push(about, What::Received { header, entries });
        }
    }

    /// What passed, the oldest first.
    pub fn passed(&self) -> impl DoubleEndedIterator<Item = &Passed> {
        self.passed.iter()
    }

    /// The last frame that told everybody how many people are on the board.
    #[must_use]
    pub fn people(&self) -> Option<&str> {
        self.people.as_deref()
    }

    /// Whether this page sent something about a thing.
    #[must_use]
    pub fn sent_about(&self, about: Subject) -> bool {
        let sent = |passed: &Passed| matches!(passed.what, What::Sent { .. });
        self.passed
            .iter()
            .any(|passed| passed.about == about && sent(passed))
    }

    /// Whether the last that was received under an entry's key is the entry.
    #[must_use]
    pub fn knows(&self, entry: &Entry) -> bool {
        let received = self
            .passed
            .iter()
            .rev()
            .filter_map(|passed| match &passed.what {
                What::Received { entries, .. } => Some(entries),
                What::Sent { .. } | What::Told { .. } => None,
            });
        received
            .flatten()
            .find(|known| (known.map, &known.key) == (entry.map, &entry.key))
            == Some(entry)
    }

    fn push(&mut self, about: Subject, what: What) {
        if self.passed.len() == MOST {
            self.passed.pop_front();
        }
        let number = self.next;
        self.next += 1;
        self.passed.push_back(Passed {
            number,
            about,
            what,
        });
    }

    fn forget(&mut self, forgotten: impl Fn(&Passed) -> bool) {
        self.passed.retain(|passed| !forgotten(passed));
    }
}

impl Header {
    /// The header of a frame.
    #[must_use]
    pub const fn of(frame: &Frame<'_>) -> Self {
        Self {
            kind: frame.kind,
            store: frame.store,
            cursor: frame.cursor,
            bytes: Frame::HEADER + frame.payload.len(),
        }
    }
}

/// What a command is about: the thing it is listed under, and what it may change besides.
#[must_use]
pub fn concern(command: &Command) -> (Subject, Vec<Subject>) {
    let alone = |about| (about, Vec::new());
    match command {
        Command::PostNote { note, .. }
        | Command::EditNote { note, .. }
        | Command::WithdrawNote { note }
        | Command::PostReply { note, .. }
        | Command::SameHere { note, .. }
        | Command::FlagNote { note }
        | Command::SettleFlag { note }
        | Command::HoldNote { note, .. }
        | Command::EraseNote { note, .. } => alone(Subject::Note(*note)),
        Command::Move { moves } => {
            let mut items = moves.iter().map(|step| of_item(step.item));
            let first = items.next().unwrap_or(Subject::Board);
            (first, items.collect())
        }
        Command::AnswerPulse { pulse, .. }
        | Command::OpenPulse { pulse, .. }
        | Command::ClosePulse { pulse } => alone(Subject::Pulse(*pulse)),
        Command::AddToCluster { cluster, note } => {
            (Subject::Note(*note), vec![Subject::Cluster(*cluster)])
        }
        Command::MakeCluster {
            cluster,
            note,
            onto,
        } => {
            let notes = vec![Subject::Note(*note), Subject::Note(*onto)];
            (Subject::Cluster(*cluster), notes)
        }
        Command::MergeClusters { from, into } => {
            (Subject::Cluster(*into), vec![Subject::Cluster(*from)])
        }
        Command::NameCluster { cluster, .. } | Command::DissolveCluster { cluster } => {
            alone(Subject::Cluster(*cluster))
        }
        Command::CastDots { round, .. }
        | Command::OpenRound { round, .. }
        | Command::CloseRound { round } => alone(Subject::Round(*round)),
        Command::ReleaseNotes { notes } => {
            let notes = notes.iter().copied().map(Subject::Note).collect();
            (Subject::Board, notes)
        }
        Command::SetPhase { .. }
        | Command::Reveal { .. }
        | Command::PutStep { .. }
        | Command::RemoveStep { .. }
        | Command::SetSpotlight { .. }
        | Command::PutCommitment { .. }
        | Command::RemoveCommitment { .. }
        | Command::SetRemark { .. }
        | Command::SetTimer { .. }
        | Command::StopTimer { .. }
        | Command::LockClusters { .. }
        | Command::SetPreModeration { .. }
        | Command::SetDoors { .. }
        | Command::PausePosting { .. } => alone(Subject::Board),
    }
}

impl From<WallChange> for Subject {
    fn from(change: WallChange) -> Self {
        match change {
            WallChange::Board | WallChange::Commitment(_) | WallChange::Remark => Self::Board,
            WallChange::Note(note) | WallChange::Place(note) | WallChange::SameHere(note) => {
                Self::Note(note)
            }
            WallChange::Pulse(pulse) => Self::Pulse(pulse),
            WallChange::Cluster(cluster) => Self::Cluster(cluster),
            WallChange::Round(round) => Self::Round(round),
        }
    }
}

impl From<BackstageChange> for Subject {
    fn from(change: BackstageChange) -> Self {
        match change {
            BackstageChange::Board => Self::Board,
            BackstageChange::Note(note) | BackstageChange::Flag(note) => Self::Note(note),
        }
    }
}

const fn of_item(item: Item) -> Subject {
    match item {
        Item::Note(note) => Subject::Note(note),
        Item::Cluster(cluster) => Subject::Cluster(cluster),
    }
}
