//! [`Board`]: what components hold of a board. They read its values, and call one verb.

mod arranging;
mod behind;
mod connecting;
mod dragging;
mod followed;
mod leading;
mod live;
mod organising;
mod saying;
mod session;
mod show;
mod undoing;
mod verbs;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use candour_page::connection::{Pace, Standing};
use candour_page::history::History;
use candour_page::state::Returned;
use candour_page::{Connection, State};
use candour_shared::agenda::{Agenda, Step};
use candour_shared::command::Verb;
use candour_shared::commitment::Commitment;
use candour_shared::denied::Denied;
use candour_shared::http::Receipt;
use candour_shared::ids::{
    BoardId, ClusterId, CommitmentId, Item, NoteId, PageId, PulseId, StepId,
};
use candour_shared::phase::Phase;
use candour_shared::policy::{self, Clusters, Posting, Role, Situation};
use candour_shared::protocol::{MyPulse, Presence};
use candour_shared::pulse::Pulse;
use candour_shared::settings::Settings;
use candour_shared::templates::Template;
use candour_shared::time::Day;
use candour_shared::wall::Timer;
use leptos::prelude::*;

use self::behind::{Core, Dragging, Speech};
pub use self::live::{ClusterSignals, Live, NoteSignals};
use crate::api;
use crate::browser;
use crate::storage;
use crate::text::language;
use crate::view::codes::CodesView;
use crate::view::destinations::Destinations;
use crate::view::invite::InviteView;
use crate::view::mine::{BallotView, MyNoteView};
use crate::view::queue::QueueView;
use crate::view::rounds::RoundView;

/// How long a notice that asks for nothing stays.
const NOTICE_STAYS: Duration = Duration::from_secs(8);

/// A board, for components: get it with `expect_context::<Board>()`. It is a handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Board {
    /// Which board.
    pub id: BoardId,
    /// Whether the board is known; nothing of it makes sense before.
    pub ready: Live<bool>,
    /// How the connection stands.
    pub connection: Live<Standing>,
    /// What the person is on the board.
    pub role: Live<Role>,
    /// What the organiser decided.
    pub settings: Live<Settings>,
    /// Phase and locks, as [`Board::may`] asks for.
    pub situation: Live<Situation>,
    /// The phase.
    pub phase: Live<Phase>,
    /// The steps of the workshop, in their order.
    pub agenda: Live<Agenda>,
    /// The step the workshop is at; see [`Board::present_step`].
    pub step: Live<Option<StepId>>,
    /// What everybody is brought to.
    pub spotlight: Live<Option<Item>>,
    /// Every pulse, the first first.
    pub pulses: Live<Vec<(PulseId, Pulse)>>,
    /// The open pulse with one's own answer.
    pub my_pulse: Live<Option<MyPulse>>,
    /// What was agreed, in the order of ids.
    pub commitments: Live<Vec<(CommitmentId, Commitment)>>,
    /// What facilitators wrote down about the whole board; may be empty. What is about a thing is in its
    /// signals.
    pub remark: Live<String>,
    /// Whether the person says that they are done with the present step.
    pub done: Live<bool>,
    /// The timer that was started last; see [`Board::seconds_left`].
    pub timer: Live<Option<Timer>>,
    /// How often a facilitator has revealed.
    pub reveals: Live<u32>,
    /// Whether released notes pass the facilitators first.
    pub pre_moderation: Live<bool>,
    /// Whether nobody new can join as a participant.
    pub doors_closed: Live<bool>,
    /// What facilitators did up to the end of the last phase, in words.
    pub ledger: Live<Vec<String>>,
    /// How many people are on the board.
    pub presence: Live<Presence>,
    /// New whenever a note, a cluster or what is said about them changed.
    pub items: Live<u64>,
    /// Every note on the board, in the order of ids.
    pub notes: Live<Vec<NoteId>>,
    /// The notes in no cluster, in the order of ids.
    pub loose_notes: Live<Vec<NoteId>>,
    /// Every cluster, in the order of ids.
    pub clusters: Live<Vec<ClusterId>>,
    /// Every round of voting, the latest first; an open one has no bars.
    pub rounds: Live<Vec<RoundView>>,
    /// The open round with one's own dots.
    pub ballot: Live<Option<BallotView>>,
    /// One's own notes, the latest first.
    pub mine: Live<Vec<MyNoteView>>,
    /// The notes to which one says *same here*.
    pub my_same_here: Live<BTreeSet<NoteId>>,
    /// Texts that were refused, the oldest first: for the composer to take up again.
    pub returned: Live<Vec<Returned>>,
    /// What facilitators and organisers see besides.
    pub queue: Live<QueueView>,
    /// How participants get in, for facilitators and organisers.
    pub invite: Live<InviteView>,
    /// The batch of codes that was just made, until it is put away.
    pub codes: Live<Option<CodesView>>,
    /// The day on which the board is deleted; nothing before that is known.
    pub expires_on: Live<Option<Day>>,
    /// What is left of the board once it is deleted, as far as it is known.
    pub receipt: Live<Option<Receipt>>,
    /// What undoing takes back next.
    pub undoes: Live<Option<Verb>>,
    /// What would be done again next.
    pub redoes: Live<Option<Verb>>,
    /// The verbs that are on their way, the oldest first. Empty: everything is saved.
    pub pending: Live<Vec<Verb>>,
    /// New whenever something passed over the connection; see [`Board::traffic`].
    pub passed: Live<u64>,
    /// Messages to the person at this page, the oldest first.
    pub notices: Live<Vec<Notice>>,
    /// What screen readers say next, politely.
    pub announcement: Live<String>,
    speech: StoredValue<Speech>,
    core: StoredValue<Core, LocalStorage>,
}

/// A message to the person at this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number on this page.
    pub id: u64,
    /// How much it matters.
    pub tone: Tone,
    /// A sentence or two.
    pub text: String,
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know; it goes away by itself.
    Info,
    /// Something did not work; it stays until it is dismissed.
    Problem,
}

impl Board {
    /// Opens a board this browser has joined, and connects. It lives as long as its owner, the
    /// component that opened it.
    #[must_use]
    pub fn open(id: BoardId, role: Role) -> Self {
        let mut state = State::new(role, storage::kept(id, role));
        if let Some(copy) = storage::kept_copy(id, role)
            && state.restore(&copy).is_err()
        {
            storage::forget_copy(id, role);
        }
        // In memory alone: whatever a tab keeps, its copy would have, too. Where a browser has no random
        // numbers, nothing can be posted either.
        let page = PageId::from_bytes(browser::random_bytes().unwrap_or_default());
        let core = Core {
            state,
            history: History::default(),
            path: api::live_path(id, role),
            connection: Connection::new(page, Pace::BROWSER, browser::now()),
            socket: None,
            retry: None,
            notes: HashMap::new(),
            clusters: HashMap::new(),
            scheduled: false,
            expiring: false,
            forgetting: false,
            dragging: Dragging::default(),
            next_notice: 0,
        };
        let board = Self {
            id,
            ready: Live::new(false),
            connection: Live::new(Standing::Connecting),
            role: Live::new(role),
            settings: Live::new(Template::Blank.settings(language())),
            situation: Live::new(Situation {
                phase: Phase::Lobby,
                clusters: Clusters::Open,
                posting: Posting::Open,
            }),
            phase: Live::new(Phase::Lobby),
            agenda: Live::new(Vec::new()),
            step: Live::new(None),
            spotlight: Live::new(None),
            pulses: Live::new(Vec::new()),
            my_pulse: Live::new(None),
            commitments: Live::new(Vec::new()),
            remark: Live::new(String::new()),
            done: Live::new(false),
            timer: Live::new(None),
            reveals: Live::new(0),
            pre_moderation: Live::new(false),
            doors_closed: Live::new(false),
            ledger: Live::new(Vec::new()),
            presence: Live::new(Presence::default()),
            items: Live::new(0),
            notes: Live::new(Vec::new()),
            loose_notes: Live::new(Vec::new()),
            clusters: Live::new(Vec::new()),
            rounds: Live::new(Vec::new()),
            ballot: Live::new(None),
            mine: Live::new(Vec::new()),
            my_same_here: Live::new(BTreeSet::new()),
            returned: Live::new(Vec::new()),
            queue: Live::new(QueueView::default()),
            invite: Live::new(InviteView::default()),
            codes: Live::new(None),
            expires_on: Live::new(None),
            receipt: Live::new(None),
            undoes: Live::new(None),
            redoes: Live::new(None),
            pending: Live::new(Vec::new()),
            passed: Live::new(0),
            notices: Live::new(Vec::new()),
            announcement: Live::new(String::new()),
            speech: StoredValue::new(Speech::default()),
            core: StoredValue::new_local(core),
        };
        board.show();
        board.connect();
        board.keep_over_reload();
        board
    }

    /// Whether the person may do this now, followed: to grey things out, and to say why.
    pub fn may(self, verb: Verb) -> Result<(), Denied> {
        policy::check(self.role.get(), verb, self.situation.get())
    }

    /// Whether a command with this verb is on its way, followed.
    #[must_use]
    pub fn is_pending(self, verb: Verb) -> bool {
        self.pending.with(|verbs| verbs.contains(&verb))
    }

    /// The step the workshop is at, followed; nothing if the agenda has none of this phase.
    #[must_use]
    pub fn present_step(self) -> Option<Step> {
        let here = self.step.get()?;
        let found = |agenda: &Agenda| {
            let mut steps = agenda.iter();
            steps
                .find(|(id, _)| *id == here)
                .map(|(_, step)| step.clone())
        };
        self.agenda.with(found)
    }

    /// What people are asked now, one question a line, followed; may be empty.
    #[must_use]
    pub fn prompt(self) -> String {
        self.present_step()
            .map_or_else(String::new, |step| step.prompt)
    }

    /// How many seconds the running timer has left, by the server's clock; nothing if none runs. It
    /// follows the timer, not the clock: ask again every second.
    #[must_use]
    pub fn seconds_left(self) -> Option<u32> {
        let timer = self.timer.get().filter(|timer| !timer.stopped)?;
        let offset = self.core.with_value(|core| core.state.clock_offset());
        Some(crate::view::timer::seconds_left(
            &timer,
            browser::now() + offset,
        ))
    }

    /// The signals of a note on the board. They belong to the component that asks.
    #[must_use]
    pub fn note(self, note: NoteId) -> Option<NoteSignals> {
        self.core.with_value(|core| {
            let source = core.notes.get(&note)?;
            Some(NoteSignals {
                view: source.view.read_only().into(),
                spot: source.spot.read_only().into(),
                replies: source.replies.read_only().into(),
            })
        })
    }

    /// The signals of a cluster. They belong to the component that asks.
    #[must_use]
    pub fn cluster(self, cluster: ClusterId) -> Option<ClusterSignals> {
        self.core.with_value(|core| {
            let source = core.clusters.get(&cluster)?;
            Some(ClusterSignals {
                view: source.view.read_only().into(),
                spot: source.spot.read_only().into(),
                replies: source.replies.read_only().into(),
            })
        })
    }

    /// What to call a note or a cluster now, not followed; nothing if it is not on the board.
    #[must_use]
    pub fn title_of(self, item: Item) -> Option<String> {
        self.core
            .with_value(|core| crate::view::item_title(&core.state, item))
    }

    /// Where a note can go now, followed.
    #[must_use]
    pub fn destinations_of_note(self, note: NoteId) -> Destinations {
        self.follow_groups();
        self.core
            .with_value(|core| Destinations::of_note(&core.state, note))
    }

    /// Where a group can go now, followed.
    #[must_use]
    pub fn destinations_of_cluster(self, cluster: ClusterId) -> Destinations {
        self.follow_groups();
        self.core
            .with_value(|core| Destinations::of_cluster(&core.state, cluster))
    }

    /// Takes a refused text, to write it again.
    pub fn take_returned(self, note: NoteId) -> Option<Returned> {
        let returned = self
            .core
            .try_update_value(|core| core.state.take_returned(note))
            .flatten();
        self.show();
        returned
    }

    /// Tells the person at this page something.
    pub fn tell(self, tone: Tone, text: impl Into<String>) {
        let id = self.core.try_update_value(|core| {
            core.next_notice += 1;
            core.next_notice
        });
        let Some(id) = id else { return };
        let text = text.into();
        self.notices.update(|notices| {
            // Saying the same twice helps nobody.
            notices.retain(|notice| notice.text != text);
            notices.push(Notice { id, tone, text });
        });
        if tone == Tone::Info {
            set_timeout(move || self.dismiss(id), NOTICE_STAYS);
        }
    }

    /// Takes a notice away.
    pub fn dismiss(self, id: u64) {
        self.notices
            .update(|notices| notices.retain(|notice| notice.id != id));
    }

    fn follow_groups(self) {
        self.loose_notes.signal().track();
        for cluster in self.clusters.get() {
            if let Some(cluster) = self.cluster(cluster) {
                cluster.view.track();
            }
        }
    }
}
