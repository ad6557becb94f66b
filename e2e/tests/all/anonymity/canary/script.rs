//! What happens in the workshop, moment by moment.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{content, move_phase};
use candour_server::keys::{PersonalKey, Secret};
use candour_shared::agenda::Step;
use candour_shared::checks::NOTE_CHARS;
use candour_shared::command::Command;
use candour_shared::commitment::Commitment;
use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::Ending;
use candour_shared::ids::{BoardId, Item, NoteId, PulseId, RoundId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::protocol::CloseReason;
use candour_shared::voting::Budget;

use super::linking::{Link, link};
use super::play::{ANN, FAY, Party};
use super::strays;
use super::table::{Canary, Moment};

const REASON: Reason = Reason::NamesAPerson;

/// Plays the whole workshop, and says what was not as the table says.
pub(super) async fn workshop() -> Vec<String> {
    let mut party = Party::gathers().await;
    let notes = party.written().await;
    party.looks(Moment::Written).await;
    party.reveals().await;
    party.looks(Moment::Revealed).await;
    party.amended(&notes).await;
    party.looks(Moment::Amended).await;
    let unseen = party.held(&notes).await;
    party.looks(Moment::Held).await;
    party.server.kill().await.unwrap();
    party.server.restart().await.unwrap();
    party.looks(Moment::Killed).await;
    party.erased([notes.erased, unseen]).await;
    let export = party.looks(Moment::Erased).await;
    let receipts = party
        .fay
        .person
        .sees(|view| view.backstage().read().erasures());
    assert_eq!((receipts.len(), &receipts), (2, &export.erasures));
    let clustered = party.sealed(&notes).await;
    party.looks(Moment::Sealed).await;
    let round = party.voted(clustered).await;
    party.looks(Moment::Voted).await;
    party.fay.person.does(Command::CloseRound { round }).await;
    let export = party.looks(Moment::Counted).await;
    party.counted(&export, &notes);
    let (talk, pulse) = party.discussed(clustered).await;
    party.looks(Moment::Discussed).await;
    party.reveals().await;
    party.fay.person.does(Command::ClosePulse { pulse }).await;
    party.looks(Moment::Replied).await;
    party.moderated(&talk).await;
    party.looks(Moment::Moderated).await;
    party.goes_to(Phase::Cluster).await;
    party.looks(Moment::Left).await;
    party.is_nobodys(&PersonalKey::own, talk.reply);
    party.deleted().await;
    party.looks_back(Moment::Deleted).await;
    party.server.stop().await.unwrap();
    party.looks_back(Moment::Stopped).await;
    party.complaints()
}

/// Ann's notes that something happens to later.
struct Notes {
    plain: NoteId,
    rewritten: NoteId,
    replaced: NoteId,
    taken_back: NoteId,
    held: NoteId,
    erased: NoteId,
    /// Bob's note, to which Ann says *same here*.
    bobs: NoteId,
}

/// Ann's replies.
struct Talk {
    reply: NoteId,
    held: NoteId,
    erased: NoteId,
}

/// A step in which people are asked this.
fn puts_step(prompt: String) -> Command {
    let content = Step::new(Phase::Write, "Letters")
        .asking(prompt)
        .lasting(10);
    Command::PutStep {
        step: fresh::step(),
        after: None,
        content,
    }
}

impl Party {
    /// People write; much of it is refused.
    async fn written(&mut self) -> Notes {
        self.goes_to(Phase::Write).await;
        let text = self.watch.for_new_text(Canary::Prompt, FAY);
        self.fay.person.does(puts_step(text)).await;
        let notes = Notes {
            plain: self.posts(Canary::Plain).await,
            rewritten: self.posts(Canary::Former).await,
            replaced: self.posts(Canary::Replaced).await,
            taken_back: self.posts(Canary::TakenBack).await,
            held: self.posts(Canary::Held).await,
            erased: self.posts(Canary::Erased).await,
            bobs: self
                .bob
                .person
                .posts("The letter comes after the patient")
                .await,
        };
        let withdrawn = self.posts(Canary::Withdrawn).await;
        for (canary, note) in [
            (Canary::PlainId, notes.plain),
            (Canary::WithdrawnId, withdrawn),
            (Canary::ErasedId, notes.erased),
        ] {
            self.watch.for_value(canary, ANN, note.as_bytes());
        }
        self.rewrites(notes.rewritten, Canary::Rewrite).await;
        self.withdraws(withdrawn).await;
        let too_long = self.text(Canary::TooLong).repeat(10);
        let limit = NOTE_CHARS;
        assert_eq!(self.is_refused(&too_long).await, Denied::TooLong { limit });
        let nhs = self.text(Canary::NhsNumber) + " 943 476 5919";
        assert_eq!(self.is_refused(&nhs).await, Denied::LooksLikeNhsNumber);
        let token = &self.ann.person.token;
        strays::go_out(&self.ann.account, &mut self.watch, self.board.board, token).await;

        let (from, to) = (Phase::Lobby, Phase::Write);
        self.elsewhere.person.does(move_phase(from, to)).await;
        self.dee.person.posts("A note spends the code").await;
        let own = PersonalKey::own(&self.anns_token(), self.board.board);
        self.links(
            [Canary::WritingSalt, Canary::WritingTag],
            &own,
            &[notes.plain.as_bytes()],
        );
        notes
    }

    /// What was revealed is rewritten and withdrawn, and that is revealed too.
    async fn amended(&mut self, notes: &Notes) {
        self.rewrites(notes.replaced, Canary::Replacement).await;
        self.withdraws(notes.taken_back).await;
        self.ann.person.agrees(notes.bobs).await;
        self.reveals().await;
        let same = PersonalKey::same(&self.anns_token(), self.board.board);
        self.links(
            [Canary::WritingSalt, Canary::SameTag],
            &same,
            &[notes.bobs.as_bytes()],
        );
    }

    /// Notes come to the facilitators first, who hold one of them and one that was revealed before.
    async fn held(&mut self, notes: &Notes) -> NoteId {
        let fay = &self.fay.person;
        fay.does(Command::SetPreModeration { on: true }).await;
        let queued = self.posts(Canary::Queued).await;
        let unseen = self.posts(Canary::ErasedUnseen).await;
        self.reveals().await;
        for note in [queued, notes.held] {
            let reason = REASON;
            self.fay
                .person
                .does(Command::HoldNote { note, reason })
                .await;
        }
        unseen
    }

    async fn erased<const N: usize>(&self, notes: [NoteId; N]) {
        for note in notes {
            let reason = REASON;
            self.fay
                .person
                .does(Command::EraseNote { note, reason })
                .await;
        }
    }

    /// Writing is left, and people make a cluster.
    async fn sealed(&mut self, notes: &Notes) -> Item {
        self.goes_to(Phase::Cluster).await;
        let name = self.text(Canary::ClusterName);
        let notes = [notes.plain, notes.rewritten];
        Item::Cluster(self.ann.person.clusters(&name, &notes).await)
    }

    /// A round is opened, and people vote in it.
    async fn voted(&mut self, item: Item) -> RoundId {
        self.goes_to(Phase::Vote).await;
        let round = fresh::round();
        let question = self.watch.for_new_text(Canary::Question, FAY);
        let budget = Budget::default();
        self.fay
            .person
            .does(Command::OpenRound {
                round,
                question,
                budget,
                among: Vec::new(),
            })
            .await;
        for guest in [&self.ann, &self.bob] {
            let dots = 1;
            guest
                .person
                .does(Command::CastDots { round, item, dots })
                .await;
        }
        let Item::Cluster(cluster) = item else {
            unreachable!()
        };
        let vote = PersonalKey::vote(&self.anns_token(), self.board.board, round.as_bytes());
        let dot: [&[u8]; 3] = [b"c", cluster.as_bytes(), &[0]];
        self.links([Canary::BallotSalt, Canary::BallotTag], &vote, &dot);
        round
    }

    /// Two people's organisation is not named in the result, and nothing makes anything anybody's.
    fn counted(&self, export: &BoardExport, notes: &Notes) {
        let organisation = &export.organisations[0];
        let export = serde_json::to_string(export).unwrap();
        assert_eq!(export.matches(organisation).count(), 1, "{export}");
        self.is_nobodys(&PersonalKey::own, notes.plain);
        self.is_nobodys(&PersonalKey::same, notes.bobs);
    }

    /// Nothing in the database makes it Ann's any more what she wrote or said of a note.
    fn is_nobodys(&self, key: &dyn Fn(&Secret, BoardId) -> PersonalKey, note: NoteId) {
        let board = self.board.board;
        let key = key(&self.anns_token(), board);
        let link = link(self.folder.path(), board, &key, &[note.as_bytes()]);
        assert!(link.is_none());
    }

    /// People discuss, and answer a pulse.
    async fn discussed(&mut self, item: Item) -> (Talk, PulseId) {
        self.goes_to(Phase::Discuss).await;
        let fay = &self.fay.person;
        fay.does(Command::SetPreModeration { on: false }).await;
        let talk = Talk {
            reply: self.replies(item, Canary::ReplyFormer).await,
            held: self.replies(item, Canary::ReplyHeld).await,
            erased: self.replies(item, Canary::ReplyErased).await,
        };
        self.watch
            .for_value(Canary::ReplyId, ANN, talk.reply.as_bytes());
        self.rewrites(talk.reply, Canary::Reply).await;
        let text = self.watch.for_new_text(Canary::Remark, FAY);
        let on = Some(item);
        let what = self.watch.for_new_text(Canary::Commitment, FAY);
        let (pulse, question) = (
            fresh::pulse(),
            self.watch.for_new_text(Canary::PulseQuestion, FAY),
        );
        for command in [
            Command::SetRemark { on, text },
            Command::PutCommitment {
                commitment: fresh::commitment(),
                content: Commitment::new(what),
            },
            Command::OpenPulse { pulse, question },
        ] {
            self.fay.person.does(command).await;
        }
        for (guest, answer) in [(&self.ann, 2), (&self.bob, 5)] {
            guest.person.answers(pulse, answer).await;
        }
        let key = PersonalKey::pulse(&self.anns_token(), self.board.board, pulse.as_bytes());
        self.links([Canary::PulseSalt, Canary::PulseTag], &key, &[]);
        (talk, pulse)
    }

    /// A facilitator looks at what was flagged.
    async fn moderated(&self, talk: &Talk) {
        for note in [talk.held, talk.erased] {
            self.bob.person.does(Command::FlagNote { note }).await;
        }
        let (note, reason) = (talk.held, REASON);
        self.fay
            .person
            .does(Command::HoldNote { note, reason })
            .await;
        self.erased([talk.erased]).await;
    }

    async fn replies(&mut self, to: Item, canary: Canary) -> NoteId {
        let text = self.text(canary);
        self.ann.person.replies(to, &text).await
    }

    /// Olga deletes the boards; whoever asks is told that, and nothing else.
    async fn deleted(&self) {
        for (olga, created) in [(&self.olga, &self.board), (&self.elsewhere, &self.coded)] {
            let (board, token) = (created.board, &olga.person.token);
            let receipt = olga.api().delete(board, token).await.unwrap();
            assert_eq!((receipt.board, receipt.ending), (board, Ending::Deleted));
            assert_eq!(self.ann.api().receipt(board).await.unwrap(), receipt);
            assert!(olga.api().export(board, token).await.is_err());
        }
        for guest in [&self.olga, &self.fay, &self.ann, &self.bob, &self.dee] {
            let deleted = |view: &View| view.close_reason == Some(CloseReason::Deleted);
            guest.person.until(deleted).await;
        }
    }

    async fn posts(&mut self, canary: Canary) -> NoteId {
        let text = self.text(canary);
        self.ann.person.posts(&text).await
    }

    async fn rewrites(&mut self, note: NoteId, canary: Canary) {
        let text = self.text(canary);
        self.ann.person.edits(note, &text).await;
    }

    async fn withdraws(&self, note: NoteId) {
        self.ann.person.does(Command::WithdrawNote { note }).await;
    }

    async fn is_refused(&self, text: &str) -> Denied {
        let post = Command::post_note(fresh::note(), content(text));
        self.ann.person.denied(post).await
    }

    /// Looks from now on for what makes a thing Ann's in the database.
    fn links(&mut self, canaries: [Canary; 2], key: &PersonalKey, thing: &[&[u8]]) {
        let link = link(self.folder.path(), self.board.board, key, thing);
        let Link { salt, tag } = link.expect("nothing makes it hers");
        for (canary, value) in canaries.into_iter().zip([salt, tag]) {
            self.watch.for_value(canary, ANN, &value);
        }
    }

    fn anns_token(&self) -> Secret {
        Secret::parse(&self.ann.person.token).unwrap()
    }
}
