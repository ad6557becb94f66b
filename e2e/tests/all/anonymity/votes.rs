//! One person, one budget: however many windows they vote from, and however fast.

use std::collections::BTreeMap;

use candour_e2e::PATIENCE;
use candour_e2e::client::{Failed, TestClient};
use candour_e2e::server::TestServer;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop, settings};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, RoundId};
use candour_shared::phase::Phase;
use candour_shared::protocol::{CloseReason, ServerMessage};
use candour_shared::voting::Tally;
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::timeout;

/// What a person has.
const DOTS: u8 = 5;
const PER_ITEM: u8 = 2;
/// How many commands at once `join_all` is sure to begin in their order.
const IN_ORDER: usize = 30;
/// Most windows of one person.
const WINDOWS: usize = 12;

type Totals = BTreeMap<Item, u32>;

/// A board with twenty notes to vote on, and somebody with some windows.
struct Poll {
    workshop: Workshop,
    items: Vec<Item>,
    windows: Vec<Person>,
    random: StdRng,
}

impl Poll {
    async fn open(windows: usize) -> Self {
        let seed = rand::random();
        println!("seed {seed}");
        let workshop = Workshop::start().await;
        let texts = [
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
            "17", "18", "19", "20",
        ];
        let notes = workshop.with_notes(texts).await;
        let mut poll = Self {
            windows: vec![workshop.participant(0).await],
            items: notes.map(Item::Note).into(),
            workshop,
            random: StdRng::seed_from_u64(seed),
        };
        for _ in 1..windows {
            let token = &poll.windows[0].token;
            let window = Person::with(&poll.workshop.api, poll.workshop.board(), token).await;
            poll.windows.push(window);
        }
        poll
    }

    async fn round(&self) -> RoundId {
        self.workshop.open_round(DOTS, PER_ITEM).await
    }

    fn random_vote(&mut self, round: RoundId) -> Command {
        let item = self.items[self.random.random_range(0..self.items.len())];
        let dots = self.random.random_range(0..=PER_ITEM);
        Command::CastDots { round, item, dots }
    }

    /// Sends votes from each window, all at once, and says for each which were done.
    async fn vote(&self, votes: &[Vec<Command>]) -> Vec<Vec<bool>> {
        let windows = self.windows.iter().zip(votes).map(|(window, votes)| {
            join_all(votes.iter().map(|vote| window.client.ask(vote.clone())))
        });
        let answers = join_all(windows).await;
        let done = |answer: Result<(), Failed>| match answer {
            Ok(()) => true,
            Err(Failed::Denied(Denied::OverBudget { dots: DOTS } | Denied::RoundClosed)) => false,
            Err(failed) => panic!("{failed}"),
        };
        let of_window = |answers: Vec<_>| answers.into_iter().map(done).collect();
        answers.into_iter().map(of_window).collect()
    }

    async fn close(&self, round: RoundId) -> Totals {
        let close = Command::CloseRound { round };
        self.workshop.facilitator.does(close).await;
        self.totals(round).await
    }

    /// What came out of a round, once every window knows.
    async fn totals(&self, round: RoundId) -> Totals {
        let closed = |view: &View| view.wall().read().round(round)?.totals;
        for window in &self.windows {
            window.until(|view| closed(view).is_some()).await;
        }
        let totals = self.windows[0].sees(closed).unwrap();
        totals
            .iter()
            .map(|tally| (tally.item, tally.dots))
            .collect()
    }
}

/// Every state of their votes in a round that somebody was told, in order.
fn told(view: &View, round: RoundId) -> Vec<Totals> {
    let votes = |frame: &Vec<u8>| match serde_json::from_slice(frame) {
        Ok(ServerMessage::Mine(mine)) => mine.votes.filter(|votes| votes.round == round),
        Ok(_) | Err(_) => None,
    };
    let totals = |dots: Vec<Tally>| dots.iter().map(|it| (it.item, it.dots)).collect();
    let votes = view.received.iter().filter_map(votes);
    votes.map(|votes| totals(votes.dots)).collect()
}

/// What never happens, whatever is sent.
fn within_budget(votes: &Totals) {
    assert!(votes.values().sum::<u32>() <= DOTS.into(), "{votes:?}");
    let most = votes.values().max().copied().unwrap_or(0);
    assert!(most <= PER_ITEM.into(), "{votes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_votes_at_once_from_ten_windows_stay_within_one_budget() {
    let mut poll = Poll::open(10).await;
    let round = poll.round().await;
    let votes: Vec<Vec<Command>> = (0..10)
        .map(|_| (0..100).map(|_| poll.random_vote(round)).collect())
        .collect();
    let done = poll.vote(&votes).await;
    let (done, refused): (Vec<bool>, Vec<bool>) = done.concat().into_iter().partition(|it| *it);
    println!("{} votes done, {} refused", done.len(), refused.len());
    assert_eq!(done.len() + refused.len(), 1_000);
    assert!(done.len() > 100 && refused.len() > 100);

    let totals = poll.close(round).await;
    within_budget(&totals);
    for window in &poll.windows {
        let told = window.sees(|view| told(view, round));
        told.iter().for_each(within_budget);
        assert_eq!(told.last(), Some(&totals));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_that_meet_the_close_count_wholly_or_not_at_all() {
    for windows in [1, 10] {
        let mut poll = Poll::open(windows).await;
        let mut late = 0;
        for _ in 0..10 {
            let round = poll.round().await;
            let votes: Vec<Vec<Command>> = (0..windows)
                .map(|_| (0..IN_ORDER).map(|_| poll.random_vote(round)).collect())
                .collect();
            // The facilitator closes as soon as some random number of frames came.
            let window = &poll.windows[0].client;
            let came = window.view(|view| view.received.len());
            let enough = came + poll.random.random_range(1..IN_ORDER);
            let close = async {
                let enough = |view: &View| view.received.len() >= enough;
                window.wait_for(enough).await.unwrap();
                poll.close(round).await
            };
            let (done, totals) = tokio::join!(poll.vote(&votes), close);
            late += done.concat().iter().filter(|done| !**done).count();

            within_budget(&totals);
            for item in &poll.items {
                // What a window did last to an item is what is there, unless another did it later.
                let last = |(votes, done): (&Vec<Command>, &Vec<bool>)| {
                    let done = votes.iter().zip(done).filter(|(_, done)| **done);
                    done.filter_map(|(vote, _)| on(vote, *item)).next_back()
                };
                let possible: Vec<u32> = votes.iter().zip(&done).filter_map(last).collect();
                let there = totals.get(item).copied().unwrap_or(0);
                let never_voted_on = possible.is_empty() && there == 0;
                assert!(
                    never_voted_on || possible.contains(&there),
                    "{item:?}: {there} of {possible:?}"
                );
            }
        }
        assert!(late > 0, "no vote met a close");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_repeated_and_reordered_come_to_the_same() {
    let mut poll = Poll::open(10).await;
    for _ in 0..5 {
        let round = poll.round().await;
        let mut plan = Totals::new();
        let mut items = poll.items.clone();
        items.shuffle(&mut poll.random);
        plan.extend([(items[0], 2), (items[1], 1), (items[2], 2)]);
        let cast = |(item, dots): (Item, u32)| Command::CastDots {
            round,
            item,
            dots: u8::try_from(dots).unwrap(),
        };

        // Each of the votes from each window, in as many orders.
        let votes: Vec<Vec<Command>> = (0..10)
            .map(|_| {
                let mut votes: Vec<Command> = plan.clone().into_iter().map(cast).collect();
                votes.shuffle(&mut poll.random);
                votes
            })
            .collect();
        let done = poll.vote(&votes).await;
        assert!(done.concat().iter().all(|done| *done));
        let window = &poll.windows[0];
        window
            .until(|view| told(view, round).last() == Some(&plan))
            .await;

        // All over again, with what is on no item, too: nothing changes any more.
        let times = window.sees(|view| told(view, round).len());
        let everything = |items: &[Item]| -> Vec<Command> {
            let on = |item: &Item| (*item, plan.get(item).copied().unwrap_or(0));
            items.iter().map(on).map(cast).collect()
        };
        let votes: Vec<Vec<Command>> = (0..10)
            .map(|_| {
                items.shuffle(&mut poll.random);
                everything(&items)
            })
            .collect();
        let done = poll.vote(&votes).await;
        assert!(done.concat().iter().all(|done| *done));
        let now = window.sees(|view| told(view, round).len());
        assert_eq!(now, times, "something changed");
        assert_eq!(poll.close(round).await, plan);
    }
}

#[tokio::test]
async fn a_window_too_many_is_refused_and_the_others_go_on() {
    let mut poll = Poll::open(WINDOWS).await;
    let round = poll.round().await;
    let (api, board) = (poll.workshop.api.clone(), poll.workshop.board());
    let token = poll.windows[0].token.clone();
    let another = || TestClient::connect(api.clone(), board, token.clone());
    let refused = another();
    refused
        .wait_for(|view| view.close_reason.is_some())
        .await
        .unwrap();
    refused.view(|view| {
        let denied = Denied::TooManySockets { limit: WINDOWS };
        assert_eq!(view.close_reason, Some(CloseReason::Misused));
        assert_eq!(view.welcomes, 0);
        assert_eq!(view.faults, [format!("an unnumbered refusal: {denied}")]);
    });

    // Somebody else may come, and every window still works.
    let bob = poll.workshop.participant(1).await;
    bob.until(|view| view.wall().read().open_round().is_some())
        .await;
    for (window, item) in poll.windows.iter().zip(&poll.items) {
        for dots in [1, 0] {
            let item = *item;
            window.does(Command::CastDots { round, item, dots }).await;
        }
    }

    // Whoever closes a window can open another, as soon as the server has noticed.
    poll.windows.pop();
    let opened = async {
        loop {
            let window = another();
            let ready = |view: &View| view.welcomes > 0 || view.close_reason.is_some();
            window.wait_for(ready).await.unwrap();
            if window.view(|view| view.welcomes > 0) {
                return;
            }
        }
    };
    timeout(PATIENCE, opened).await.unwrap();
}

/// Were it drawn anew, somebody could export until the average tells how many there are.
#[tokio::test]
async fn two_exports_of_a_board_say_the_same_about_organisations() {
    let mut settings = settings();
    settings.privacy.min_group = 2;
    let server = TestServer::start().await.unwrap();
    let workshop = Workshop::on(server, &settings).await;
    workshop.go_to(Phase::Write).await;
    let [note] = workshop
        .with_notes(["The letter comes after the patient"])
        .await;
    let round = workshop.open_round(DOTS, PER_ITEM).await;
    // So many of the first organisation that it is named for sure, and of the second so many that it may be.
    for organisation in [vec![0; 14], vec![1; 6]].concat() {
        let item = Item::Note(note);
        let cast = Command::CastDots {
            round,
            item,
            dots: 1,
        };
        workshop.participant(organisation).await.does(cast).await;
    }
    workshop
        .facilitator
        .does(Command::CloseRound { round })
        .await;
    let mut said = Vec::new();
    for _ in 0..5 {
        let export = workshop
            .api
            .export(workshop.board(), &workshop.organiser.token);
        let rounds = export.await.unwrap().rounds;
        let support = rounds[0].support.iter();
        said.push(
            support
                .map(|it| (it.organisations.clone(), it.others))
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(said[0][0].0[0], settings.organisations[0]);
    assert!(said.iter().all(|it| *it == said[0]), "{said:?}");
}

/// How many dots a vote puts on an item, if it is about that item.
fn on(vote: &Command, item: Item) -> Option<u32> {
    let Command::CastDots { item: of, dots, .. } = vote else {
        return None;
    };
    (*of == item).then_some((*dots).into())
}
