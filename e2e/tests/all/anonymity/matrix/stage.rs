//! Boards in every phase, with things on them for every command to act on, so that nothing but permission
//! decides.

use candour_e2e::api::Api;
use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, content, move_note, move_phase, settings, signal};
use candour_shared::command::{Command, Point, Verb};
use candour_shared::commitment::Commitment;
use candour_shared::http::Created;
use candour_shared::ids::{ClusterId, Item, NoteId, PulseId, RoundId, TimerId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::settings::Admission;
use candour_shared::voting::Budget;
use futures_util::future::join_all;

use super::super::codes::new_code;
use super::table::Situation;

/// A board.
pub(super) struct Stage {
    pub(super) phase: Phase,
    pub(super) situation: Situation,
    pub(super) created: Created,
    pub(super) participant: Person,
    pub(super) facilitator: Person,
    pub(super) organiser: Person,
    projector: Person,
    /// Who wrote what is there.
    author: Person,
    kits: Vec<Kit>,
}

/// The things one role acts on.
pub(super) struct Kit {
    /// Two notes of one's own that wait, while people write; two replies, while they discuss.
    own: [NoteId; 2],
    /// Notes on the Wall by themselves.
    moves: NoteId,
    clusters: [NoteId; 2],
    joins: NoteId,
    votes: NoteId,
    flags: NoteId,
    /// A note of somebody else that was released in this run of Write, if people write.
    agrees: NoteId,
    holds: NoteId,
    erases: NoteId,
    /// A note in the queue.
    queued: NoteId,
    cluster: ClusterId,
    merges: ClusterId,
    dissolves: ClusterId,
    timer: TimerId,
}

impl Stage {
    pub(super) async fn set(api: &Api, phase: Phase, situation: Situation) -> Self {
        let mut settings = settings();
        if situation == Situation::Spent {
            settings.privacy.admission = Admission::Codes;
        }
        let created = api.create(&settings).await.unwrap();
        let board = created.board;
        let organiser = Person::joins(api, board, &created.organiser, None).await;
        let facilitator = Person::joins(api, board, &created.facilitator, None).await;
        let projector = Person::joins(api, board, &created.projector, None).await;
        let link = match &created.participant {
            Some(link) => link.clone(),
            None => format!("#{}", new_code(api, board, &organiser).await),
        };
        let author = Person::joins(api, board, &link, Some(0)).await;
        let participant = Person::joins(api, board, &link, Some(0)).await;
        let mut stage = Self {
            phase: Phase::Lobby,
            situation,
            created,
            participant,
            facilitator,
            organiser,
            projector,
            author,
            kits: Vec::new(),
        };
        for _ in Role::ALL {
            stage.kits.push(Kit::imagined());
        }
        if phase != Phase::Lobby {
            stage.furnish().await;
            stage.go_to(phase).await;
        }
        if phase == Phase::Lobby {
            stage.first_answer().await;
        }
        if phase == Phase::Write {
            let agrees: Vec<NoteId> = stage.kits.iter().map(|kit| kit.agrees).collect();
            stage.author_posts(&agrees).await;
            let number = stage.next_reveal();
            stage.facilitator.does(Command::Reveal { number }).await;
        }
        for role in Role::ALL {
            let timer = stage.kit(role).timer;
            let seconds = 60;
            // A closed board keeps no timer; there nobody gets as far as to look for it.
            let _ = stage
                .facilitator
                .client
                .ask(Command::SetTimer { timer, seconds })
                .await;
            let kit = stage.kit(role);
            for note in kit.own.into_iter().filter(|_| stage.may_post(role)) {
                match phase {
                    Phase::Write => stage.person(role).does(post(note)).await,
                    Phase::Discuss => stage.person(role).does(kit.reply(note)).await,
                    Phase::Lobby | Phase::Cluster | Phase::Vote | Phase::Closed => {}
                }
            }
        }
        match situation {
            Situation::Usual | Situation::Spent => {}
            Situation::Locked => stage.arranges(Command::LockClusters { locked: true }).await,
            Situation::Paused => stage.arranges(Command::PausePosting { paused: true }).await,
        }
        stage
    }

    /// Writes notes and clusters them: what kits are made of.
    async fn furnish(&mut self) {
        self.go_to(Phase::Write).await;
        let on = |on| Command::SetPreModeration { on };
        self.facilitator.does(on(true)).await;
        let queued: Vec<NoteId> = self.kits.iter().map(|kit| kit.queued).collect();
        self.author_posts(&queued).await;
        self.facilitator.does(Command::Reveal { number: 1 }).await;
        self.facilitator.does(on(false)).await;
        let (mut notes, mut clusters) = (Vec::new(), Vec::new());
        for kit in &self.kits {
            notes.extend([kit.moves, kit.joins, kit.votes, kit.flags]);
            notes.extend([kit.holds, kit.erases]);
            notes.extend(kit.clusters);
            for cluster in [kit.cluster, kit.merges, kit.dissolves] {
                let [note, onto] = [fresh::note(), fresh::note()];
                notes.extend([note, onto]);
                clusters.push(Command::MakeCluster {
                    cluster,
                    note,
                    onto,
                });
            }
        }
        self.author_posts(&notes).await;
        self.go_to(Phase::Cluster).await;
        let made = clusters.into_iter().map(|make| self.facilitator.does(make));
        join_all(made).await;
    }

    /// The author contributes what is possible before anybody writes.
    async fn first_answer(&self) {
        let pulse = fresh::pulse();
        self.facilitator.does(open_pulse(pulse)).await;
        let answer = 4;
        self.author
            .does(Command::AnswerPulse { pulse, answer })
            .await;
    }

    async fn author_posts(&self, notes: &[NoteId]) {
        join_all(notes.iter().map(|note| self.author.does(post(*note)))).await;
    }

    async fn go_to(&mut self, to: Phase) {
        let from = std::mem::replace(&mut self.phase, to);
        if from != to {
            self.facilitator.does(move_phase(from, to)).await;
        }
    }

    /// A facilitator sees to it, where that is still possible.
    async fn arranges(&self, command: Command) {
        if self.phase != Phase::Closed {
            self.facilitator.does(command).await;
        }
    }

    /// Whether somebody of this role can have notes of their own.
    fn may_post(&self, role: Role) -> bool {
        let spent = self.situation == Situation::Spent;
        role.is_person() && !(spent && role == Role::Participant)
    }

    pub(super) fn person(&self, role: Role) -> &Person {
        match role {
            Role::Participant => &self.participant,
            Role::Facilitator => &self.facilitator,
            Role::Organiser => &self.organiser,
            Role::Projector => &self.projector,
        }
    }

    pub(super) fn kit(&self, role: Role) -> &Kit {
        let index = Role::ALL.iter().position(|it| *it == role).unwrap();
        &self.kits[index]
    }

    /// What the organiser has of the documents, once everything that was done has come: an answer comes
    /// after all that was sent before.
    pub(super) async fn documents(&self) -> (Vec<u8>, Vec<u8>) {
        let timer = fresh::timer();
        // Stopping a timer that never ran changes nothing; on a closed board it is refused.
        let _ = self
            .organiser
            .client
            .ask(Command::StopTimer { timer })
            .await;
        self.organiser
            .sees(|view| (view.wall.state(), view.backstage.state()))
    }

    /// A command that is fine but for permission.
    pub(super) async fn command(&self, verb: Verb, kit: &Kit) -> Command {
        let round = self.round_for(verb).await;
        let pulse = self.pulse_for(verb).await;
        self.documents().await;
        let number = self.next_reveal();
        kit.command(
            verb,
            &Now {
                phase: self.phase,
                situation: self.situation,
                round,
                pulse,
                number,
            },
        )
    }

    /// The number of the next reveal.
    fn next_reveal(&self) -> u32 {
        self.facilitator.sees(|view| view.wall.read().reveals()) + 1
    }

    /// A pulse as the verb needs it.
    pub(super) async fn pulse_for(&self, verb: Verb) -> PulseId {
        let none = fresh::pulse();
        if self.phase == Phase::Closed {
            return none;
        }
        self.documents().await;
        let open = self
            .organiser
            .sees(|view: &View| view.wall.read().open_pulse());
        match (verb, open) {
            (Verb::AnswerPulse | Verb::ClosePulse, Some((pulse, _))) => pulse,
            (Verb::AnswerPulse | Verb::ClosePulse, None) => {
                self.facilitator.does(open_pulse(none)).await;
                none
            }
            (Verb::OpenPulse, Some((pulse, _))) => {
                self.facilitator.does(Command::ClosePulse { pulse }).await;
                none
            }
            _ => none,
        }
    }

    /// A round as the verb needs it; while people vote there is none open unless one was opened for this.
    pub(super) async fn round_for(&self, verb: Verb) -> RoundId {
        let none = fresh::round();
        if self.phase != Phase::Vote {
            return none;
        }
        self.documents().await;
        let open = self
            .organiser
            .sees(|view: &View| view.wall.read().open_round());
        match (verb, open) {
            (Verb::CastDots | Verb::CloseRound, Some((round, _))) => round,
            (Verb::CastDots | Verb::CloseRound, None) => {
                self.facilitator.does(open_round(none)).await;
                none
            }
            (Verb::OpenRound, Some((round, _))) => {
                self.facilitator.does(Command::CloseRound { round }).await;
                none
            }
            _ => none,
        }
    }
}

/// What a command has to fit.
pub(super) struct Now {
    pub(super) phase: Phase,
    pub(super) situation: Situation,
    pub(super) round: RoundId,
    pub(super) pulse: PulseId,
    /// Of the next reveal.
    pub(super) number: u32,
}

impl Kit {
    /// Ids of things that are still to be made.
    fn imagined() -> Self {
        Self {
            own: [fresh::note(), fresh::note()],
            moves: fresh::note(),
            clusters: [fresh::note(), fresh::note()],
            joins: fresh::note(),
            votes: fresh::note(),
            flags: fresh::note(),
            agrees: fresh::note(),
            holds: fresh::note(),
            erases: fresh::note(),
            queued: fresh::note(),
            cluster: fresh::cluster(),
            merges: fresh::cluster(),
            dissolves: fresh::cluster(),
            timer: fresh::timer(),
        }
    }

    fn reply(&self, note: NoteId) -> Command {
        Command::PostReply {
            note,
            to: Item::Cluster(self.cluster),
            text: "For us it comes before".into(),
            confirmed: false,
        }
    }

    pub(super) fn command(&self, verb: Verb, now: &Now) -> Command {
        let to = Point { x: 4_000, y: 4_000 };
        let reason = Reason::OffTopic;
        let confirmed = false;
        let command = match verb {
            Verb::PostNote => post(fresh::note()),
            Verb::EditNote => Command::EditNote {
                note: self.own[0],
                content: content("Rewritten"),
                confirmed,
            },
            Verb::WithdrawNote => Command::WithdrawNote { note: self.own[1] },
            Verb::PostReply => self.reply(fresh::note()),
            Verb::SameHere => Command::SameHere {
                note: self.agrees,
                on: true,
            },
            Verb::FlagNote => Command::FlagNote { note: self.flags },
            Verb::Move => move_note(self.moves, to),
            Verb::MakeCluster => Command::MakeCluster {
                cluster: fresh::cluster(),
                note: self.clusters[0],
                onto: self.clusters[1],
            },
            Verb::AddToCluster => Command::AddToCluster {
                cluster: self.cluster,
                note: self.joins,
            },
            Verb::NameCluster => Command::NameCluster {
                cluster: self.cluster,
                name: "Letters".into(),
            },
            Verb::MergeClusters => Command::MergeClusters {
                from: self.merges,
                into: self.cluster,
            },
            Verb::DissolveCluster => Command::DissolveCluster {
                cluster: self.dissolves,
            },
            Verb::CastDots => Command::CastDots {
                round: now.round,
                item: Item::Note(self.votes),
                dots: 1,
            },
            // To where it is: nobody has to follow, and it is asked for permission all the same.
            Verb::SetPhase => move_phase(now.phase, now.phase),
            Verb::Reveal => Command::Reveal { number: now.number },
            Verb::PutStep => signal(&fresh::note().to_string()),
            Verb::RemoveStep => Command::RemoveStep {
                step: fresh::step(),
            },
            Verb::SetSpotlight => Command::SetSpotlight {
                on: Some(Item::Note(self.moves)),
            },
            Verb::SetTimer => Command::SetTimer {
                timer: fresh::timer(),
                seconds: 60,
            },
            Verb::StopTimer => Command::StopTimer { timer: self.timer },
            Verb::LockClusters => Command::LockClusters {
                locked: now.situation == Situation::Locked,
            },
            Verb::SetPreModeration => Command::SetPreModeration { on: false },
            Verb::SetDoors => Command::SetDoors { closed: false },
            Verb::PausePosting => Command::PausePosting {
                paused: now.situation == Situation::Paused,
            },
            Verb::HoldNote => Command::HoldNote {
                note: self.holds,
                reason,
            },
            Verb::ReleaseNotes => Command::ReleaseNotes {
                notes: vec![self.queued],
            },
            Verb::EraseNote => Command::EraseNote {
                note: self.erases,
                reason,
            },
            Verb::SettleFlag => Command::SettleFlag { note: self.flags },
            Verb::OpenPulse => open_pulse(now.pulse),
            Verb::ClosePulse => Command::ClosePulse { pulse: now.pulse },
            Verb::AnswerPulse => Command::AnswerPulse {
                pulse: now.pulse,
                answer: 4,
            },
            Verb::PutCommitment => Command::PutCommitment {
                commitment: fresh::commitment(),
                content: Commitment {
                    what: "Send the letter on the same day".into(),
                    who: Some(0),
                    when: "by March".into(),
                },
            },
            Verb::RemoveCommitment => Command::RemoveCommitment {
                commitment: fresh::commitment(),
            },
            Verb::SetRemark => Command::SetRemark {
                on: Some(Item::Note(self.moves)),
                text: "Everybody knows this".into(),
            },
            Verb::OpenRound => open_round(now.round),
            Verb::CloseRound => Command::CloseRound { round: now.round },
        };
        assert_eq!(command.verb(), verb);
        command
    }
}

fn post(note: NoteId) -> Command {
    Command::PostNote {
        note,
        content: content("The letter comes after the patient"),
        confirmed: false,
    }
}

fn open_pulse(pulse: PulseId) -> Command {
    Command::OpenPulse {
        pulse,
        question: "How safe is it to be candid here?".into(),
    }
}

fn open_round(round: RoundId) -> Command {
    Command::OpenRound {
        round,
        question: "What first?".into(),
        budget: Budget::default(),
    }
}
