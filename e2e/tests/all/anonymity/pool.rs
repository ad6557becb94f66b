//! The policy *pooled*: notes appear while people write, but never few people's at a time, and at times
//! that nobody who writes decides.

mod talk;

use std::time::Duration;

use candour_e2e::server::TestServer;
use candour_e2e::view::{Change, View};
use candour_e2e::workshop::{Person, Workshop, settings, signal};
use candour_server::clock::{Clock, Hands};
use candour_shared::command::Command;
use candour_shared::ids::NoteId;
use candour_shared::phase::Phase;
use candour_shared::protocol::NoteState;
use candour_shared::settings::{Pool, Release};
use candour_shared::time::Millis;

const LOOK: Duration = Duration::from_secs(Pool::SECONDS as u64);
/// How long after a look the tests begin.
const BEGIN: Duration = Duration::from_secs(7);

/// A board with this policy, on which an organiser and a facilitator are, and its clock.
struct Pooled {
    workshop: Workshop,
    clock: Clock,
    hands: Hands,
}

impl Pooled {
    async fn start() -> Self {
        let start = Millis(1_000_000_000_000) + BEGIN.into();
        let (clock, hands) = Clock::by_hand(start);
        let with = clock.clone();
        let server = TestServer::with(|config| config.clock = with).await;
        let mut settings = settings();
        settings.privacy.release = Release::Pooled;
        let workshop = Workshop::on(server.unwrap(), &settings).await;
        workshop.go_to(Phase::Write).await;
        Self {
            workshop,
            clock,
            hands,
        }
    }

    /// Lets time pass. Whatever falls due meanwhile has been done then, and somebody has seen it: what is
    /// asked of a board is done after what was due before.
    async fn pass(&self, time: Duration, witness: &Person) {
        self.hands.advance(time);
        self.workshop.catches_up(witness).await;
    }

    /// Lets time pass until the next look.
    async fn next_look(&self, witness: &Person) {
        let now = self.clock.now();
        let left = (now.next(LOOK.into()) - now).duration().unwrap();
        self.pass(left, witness).await;
    }
}

#[tokio::test]
async fn notes_appear_together_once_those_of_three_people_wait() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    ann.posts("One").await;
    ann.posts("Two").await;
    bob.posts("Three").await;
    board.next_look(&cem).await;
    assert_eq!(shown(&cem), 0);
    cem.posts("Four").await;
    assert_eq!(shown(&cem), 0);
    board.next_look(&cem).await;
    assert_eq!(shown(&cem), 4);
    let steps = |view: &View| {
        let mut notes: Vec<usize> = view.changes.iter().map(|it: &Change| it.notes).collect();
        notes.dedup();
        notes
    };
    assert_eq!(cem.sees(steps), [0, 4]);
    assert_eq!(
        cem.sees(|view| view.mine().notes[0].state),
        NoteState::Released
    );
}

#[tokio::test]
async fn nothing_appears_among_fewer_than_five_people() {
    let board = Pooled::start().await;
    let [ann, bob] = board.workshop.participants().await;
    for person in [&ann, &bob, &board.workshop.facilitator] {
        person.posts("One of three").await;
    }
    for _ in 0..10 {
        board.next_look(&ann).await;
    }
    assert_eq!(shown(&ann), 0);
    // One person in two windows is one.
    let again = Person::with(&board.workshop.api, board.workshop.board(), &bob.token).await;
    board.next_look(&again).await;
    assert_eq!(shown(&again), 0);
    let cem = board.workshop.participant(2).await;
    board.next_look(&cem).await;
    assert_eq!(shown(&cem), 3);
}

#[tokio::test]
async fn after_two_minutes_two_peoples_notes_are_enough() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    ann.posts("One").await;
    bob.posts("Two").await;
    let long = Duration::from_secs(Pool::LONG_SECONDS.into());
    // The last look before the two minutes are over.
    board.pass(long - BEGIN, &cem).await;
    assert_eq!(shown(&cem), 0);
    board.pass(LOOK, &cem).await;
    assert_eq!(shown(&cem), 2);
}

#[tokio::test]
async fn a_long_wait_is_that_of_what_still_waits() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let note = ann.posts("Better not").await;
    ann.does(Command::WithdrawNote { note }).await;
    board.pass(Duration::from_secs(120), &cem).await;
    bob.posts("One").await;
    cem.posts("Two").await;
    board.next_look(&cem).await;
    assert_eq!(shown(&cem), 0, "two people's notes that have just come");
    board.pass(Duration::from_secs(120), &cem).await;
    assert_eq!(shown(&cem), 2);
}

#[tokio::test]
async fn one_persons_notes_wait_for_the_reveal() {
    let board = Pooled::start().await;
    let [ann, _bob, cem] = board.workshop.participants().await;
    let notes = [ann.posts("One").await, ann.posts("Two").await];
    for _ in 0..12 {
        board.pass(Duration::from_secs(300), &cem).await;
    }
    assert_eq!(shown(&cem), 0);
    board.workshop.reveal().await;
    cem.until(|view| notes.iter().all(|note| view.said(*note).is_some()))
        .await;
}

#[tokio::test]
async fn rewriting_and_taking_back_wait_for_a_pool_too() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, of_bob, _] = release_three(&board, [&ann, &bob, &cem]).await;

    ann.edits(of_ann, "Rewritten").await;
    assert_eq!(state(&ann, of_ann), Some(NoteState::RewriteWaiting));
    board.pass(Duration::from_secs(600), &cem).await;
    bob.does(Command::WithdrawNote { note: of_bob }).await;
    assert_eq!(state(&bob, of_bob), Some(NoteState::WithdrawalWaiting));
    let still = |view: &View| view.said(of_ann).unwrap().text == "Of ann" && shown_in(view) == 3;
    assert!(cem.sees(still));
    assert!(!cem.sees(|view| view.ever_received("Rewritten")));

    let before = cem.sees(|view| view.changes.len());
    board.next_look(&cem).await;
    cem.sees(|view| {
        assert_eq!(view.said(of_ann).unwrap().text, "Rewritten");
        assert_eq!(view.said(of_bob), None);
        // One change, and the signal by which the clock's witness knows that it came.
        assert_eq!(view.changes.len(), before + 2);
    });
}

#[tokio::test]
async fn one_persons_rewriting_and_taking_back_wait_for_the_reveal() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, ..] = release_three(&board, [&ann, &bob, &cem]).await;
    let more = ann.posts("Another one of ann").await;
    ann.does(Command::WithdrawNote { note: of_ann }).await;
    ann.edits(more, "Another one of ann, rewritten").await;
    for _ in 0..12 {
        board.pass(Duration::from_secs(300), &cem).await;
    }
    assert_eq!(shown(&cem), 3);
    board.workshop.reveal().await;
    cem.until(|view| view.said(of_ann).is_none() && view.said(more).is_some())
        .await;
}

#[tokio::test]
async fn under_pre_moderation_a_pool_goes_to_the_facilitators() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let facilitator = &board.workshop.facilitator;
    facilitator
        .does(Command::SetPreModeration { on: true })
        .await;
    ann.posts("One").await;
    bob.posts("Two").await;
    board.next_look(facilitator).await;
    let queue = |view: &View| view.backstage().read().note_count();
    assert_eq!(facilitator.sees(queue), 0);
    let note = cem.posts("Three").await;
    board.next_look(facilitator).await;
    assert_eq!(facilitator.sees(queue), 3);
    assert_eq!(state(&cem, note), Some(NoteState::WithFacilitators));
    board.workshop.catches_up(&ann).await;
    assert_eq!(shown(&ann), 0);
    assert!(!ann.sees(|view| view.ever_received("Three")));
}

#[tokio::test]
async fn pools_are_looked_at_by_the_clock_whenever_people_write() {
    let board = Pooled::start().await;
    let people = board.workshop.participants::<3>().await;
    let witness = &people[0];
    let mut expected = 0;
    for wait in [0, 1, 19, 6, 33] {
        board.pass(Duration::from_secs(wait), witness).await;
        for person in &people {
            person.posts("One of three").await;
        }
        let now = board.clock.now();
        let left = (now.next(LOOK.into()) - now).duration().unwrap();
        let almost = left - Duration::from_millis(1);
        board.pass(almost, witness).await;
        assert_eq!(shown(witness), expected, "before the look");
        board.pass(Duration::from_millis(1), witness).await;
        expected += 3;
        assert_eq!(shown(witness), expected, "at the look");
    }
}

#[tokio::test]
async fn facilitators_receive_nothing_when_somebody_writes() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, of_bob, _] = release_three(&board, [&ann, &bob, &cem]).await;
    let facilitator = &board.workshop.facilitator;
    board.workshop.catches_up(facilitator).await;
    let received = |view: &View| view.received.len();
    let before = facilitator.sees(received);
    let note = ann.posts("Another").await;
    ann.edits(note, "Another, rewritten").await;
    ann.edits(of_ann, "Rewritten").await;
    bob.does(Command::WithdrawNote { note: of_bob }).await;
    // Frames come in order: what was sent meanwhile has come before the answer to this.
    facilitator.does(signal("Is there anything?")).await;
    let came = facilitator.sees(|view| view.received[before..].to_vec());
    assert_eq!(came.len(), 2, "the signal and the answer to it");
}

/// Three people's notes, released.
async fn release_three(board: &Pooled, people: [&Person; 3]) -> [NoteId; 3] {
    let mut notes = Vec::new();
    for (person, name) in people.into_iter().zip(["ann", "bob", "cem"]) {
        notes.push(person.posts(&format!("Of {name}")).await);
    }
    board.next_look(people[2]).await;
    for person in people {
        board.workshop.catches_up(person).await;
        assert_eq!(shown(person), 3);
    }
    notes.try_into().unwrap()
}

fn shown(person: &Person) -> usize {
    person.sees(shown_in)
}

fn shown_in(view: &View) -> usize {
    view.wall().read().note_count()
}

fn state(person: &Person, note: NoteId) -> Option<NoteState> {
    person.sees(|view| view.state_of(note))
}
