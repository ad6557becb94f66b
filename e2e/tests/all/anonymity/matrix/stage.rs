//! Boards in every phase, with things on them for every command to act on, so that nothing but permission
//! decides.

use candour_e2e::api::Api;
use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, move_phase, settings};
use candour_shared::command::{Command, Verb};
use candour_shared::http::Created;
use candour_shared::ids::{NoteId, PulseId, RoundId};
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::settings::Admission;
use futures_util::future::join_all;

use super::super::codes::new_code;
use super::kit::{Kit, Now, open_pulse, open_round, post};
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
            .sees(|view| (view.wall().state(), view.backstage().state()))
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
        self.facilitator.sees(|view| view.wall().read().reveals()) + 1
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
            .sees(|view: &View| view.wall().read().open_pulse());
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
            .sees(|view: &View| view.wall().read().open_round());
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
