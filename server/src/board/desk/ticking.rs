//! A tick: what was asked is decided, stored, and answered.

use candour_shared::denied::Denied;
use candour_shared::protocol::{CloseReason, ServerMessage};

use super::asked::{Address, Asked};
use super::storing::Unstored;
use super::{After, Desk};
use crate::board::channel::{Down, SessionId};
use crate::board::engine::request::{Answer, Mine, Outcome, Request};
use crate::keys::SecretHash;

impl Desk {
    pub(super) async fn tick(&mut self, asked: Asked) -> After {
        let Asked { requests, to } = asked;
        if requests.is_empty() {
            return After::Continue;
        }
        if self.storing.refuses() {
            self.refuse(to).await;
            return After::Continue;
        }
        let now = self.env.clock.now();
        let here = self.engine.whereabouts();
        let on_disk = self.engine.last_tick();
        let committed = self.engine.tick(&requests, now, &mut self.env.random);
        let (told, is_cleared) = match self.storing.store(&self.engine, committed.entry).await {
            Ok(told) => (told, true),
            // On disk it is; only what it removed is not gone yet, so that no page is told that it is done.
            Err(Unstored::NotCleared(told)) => (told, false),
            Err(Unstored::Failed(fault)) => {
                tracing::error!(%fault, "a tick could not be stored");
                self.storing.refuse_for_now();
                self.refuse(to).await;
                return self.go_back(on_disk).await;
            }
        };
        self.env.metrics.tick();
        if self.engine.whereabouts() != here {
            // With another step nobody is done yet.
            self.gathering.forget_ready();
            self.gather();
        }
        if let Some(told) = told {
            self.tell(told).await;
        }
        self.tell_own(&requests, &committed.outcomes).await;
        if is_cleared {
            for (to, outcome) in to.into_iter().zip(committed.outcomes) {
                self.answer(to, outcome).await;
            }
        } else {
            self.refuse(to).await;
        }
        if committed.revoked {
            self.turn_out().await;
        }
        self.storing.compact_if_long(&self.engine).await;
        After::Continue
    }

    /// Goes back to the board as it is on disk after this tick. If something else is there, the write was
    /// made although it failed, or another process writes; then pages come back and get what there is.
    async fn go_back(&mut self, tick: u64) -> After {
        let loaded = self.storing.load(&self.engine, &mut self.env.random).await;
        match loaded {
            Ok(Some(loaded)) if loaded.engine.last_tick() == tick => {
                self.engine = loaded.engine;
                After::Continue
            }
            Ok(_) => After::End(CloseReason::Restarting),
            Err(fault) => {
                tracing::error!(%fault, "the board can't be loaded");
                After::End(CloseReason::Restarting)
            }
        }
    }

    /// Refuses a command, maybe for the moment.
    pub(super) async fn refuse_command(&self, session: SessionId, number: u64, denied: Denied) {
        let to = Address::Session(session, number);
        self.answer(to, Err(denied)).await;
    }

    async fn refuse(&mut self, to: Vec<Address>) {
        for to in to {
            if let Address::Session(id, number) = &to
                && let Some(session) = self.sessions.get_mut(*id)
            {
                session.resend.put_off(*number);
            }
            self.answer(to, Err(Denied::Unavailable)).await;
        }
    }

    /// Closes the sessions of those who lost their way in.
    async fn turn_out(&mut self) {
        let engine = &self.engine;
        let turned_out = self
            .sessions
            .remove_unless(|session| engine.member(&session.identity.hash).is_some());
        for session in turned_out {
            self.tell(Down::Close(session, CloseReason::Revoked)).await;
        }
        self.gather();
    }

    /// Private views go out before the acknowledgements: a page takes its overlay away with these, and
    /// would show for a moment what was before.
    async fn tell_own(&self, requests: &[Request], outcomes: &[Outcome<Answer>]) {
        let everyone = outcomes.contains(&Ok(Answer::Done(Mine::OfEveryone)));
        let mut changed: Vec<SecretHash> = Vec::new();
        for (request, outcome) in requests.iter().zip(outcomes) {
            // Who asked may have come back in another session meanwhile.
            if let (Request::Command(identity, _), Ok(Answer::Done(Mine::OfAsker))) =
                (request, outcome)
                && !changed.contains(&identity.hash)
            {
                changed.push(identity.hash);
            }
        }
        let concerned = if everyone {
            self.sessions.ids()
        } else {
            let theirs = changed.iter().flat_map(|person| self.sessions.of(person));
            theirs.copied().collect()
        };
        for id in concerned {
            if let Some(session) = self.sessions.get(id) {
                let mine = self.engine.mine(&session.identity.token);
                self.tell(Down::Own(id, ServerMessage::Mine(mine))).await;
            }
        }
    }

    async fn answer(&self, to: Address, outcome: Outcome<Answer>) {
        match to {
            Address::Session(session, id) => {
                self.env.metrics.command((&outcome).into());
                let answer = match outcome {
                    Ok(_) => ServerMessage::Done { id },
                    Err(denied) => ServerMessage::Refused {
                        id: Some(id),
                        denied,
                    },
                };
                self.tell(Down::Own(session, answer)).await;
            }
            Address::Request(answer) => drop(answer.send(outcome)),
            Address::Nowhere => {}
        }
    }
}
