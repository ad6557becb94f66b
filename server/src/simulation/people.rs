//! What people do: mostly what makes sense on the board as their page shows it, which may be an old one.

use candour_shared::command::{Command, Move, Verb};
use candour_shared::ids::{ClusterId, Item, NoteId, PulseId, RoundId, TimerId};
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::Drag;
use candour_shared::voting::Budget;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, RngExt as _};

use super::page::Page;

/// What each person has in a round.
pub(super) const BUDGET: Budget = Budget {
    dots: 4,
    per_item: 2,
};

/// More than so many commands without an answer, and people wait.
const IMPATIENCE: usize = 6;

/// What somebody of this role does next; nothing if they wait or can't think of anything. `text` is one that nobody
/// has written yet.
pub(super) fn act(role: Role, page: &Page, text: &str, random: &mut StdRng) -> Option<Command> {
    if !role.is_person() || page.pending().len() > IMPATIENCE {
        None
    } else if role.moderates() && random.random_bool(0.7) {
        lead(page, random)
    } else {
        take_part(page, text, random)
    }
}

fn take_part(page: &Page, text: &str, random: &mut StdRng) -> Option<Command> {
    let wall = page.wall().read();
    let mine: Vec<NoteId> = page.mine().notes.iter().map(|note| note.note).collect();
    let notes = sorted(wall.notes().map(|(note, _)| note));
    let clusters = sorted(wall.clusters().map(|(cluster, _)| cluster));
    let note = NoteId::from_bytes(id(random));
    let content = Content::new(0, text);
    let post = Command::post_note(note, content.clone());
    let choice = random.random_range(0..10);
    Some(match (wall.phase(), choice) {
        (Phase::Write | Phase::Discuss, 3..7) => {
            Command::edit_note(*often_first(&mine, random)?, content)
        }
        (Phase::Write | Phase::Discuss, 7) => Command::WithdrawNote {
            note: *mine.choose(random)?,
        },
        (Phase::Write, 8) => Command::SameHere {
            note: *notes.choose(random)?,
            on: random.random(),
        },
        (_, 9) => Command::FlagNote {
            note: *notes.choose(random)?,
        },
        (Phase::Write, _) => post,
        (Phase::Cluster, 0..4) => Command::MakeCluster {
            cluster: ClusterId::from_bytes(id(random)),
            note: *notes.choose(random)?,
            onto: *notes.choose(random)?,
        },
        (Phase::Cluster, 4..6) => Command::AddToCluster {
            cluster: *clusters.choose(random)?,
            note: *notes.choose(random)?,
        },
        (Phase::Cluster, 6) => Command::MergeClusters {
            from: *clusters.choose(random)?,
            into: *clusters.choose(random)?,
        },
        (Phase::Cluster, _) => {
            let to = Point {
                x: random.random_range(-900..900),
                y: random.random_range(-900..900),
            };
            let item = Item::Note(*notes.choose(random)?);
            let moves = vec![Move { item, to }];
            Command::Move { moves }
        }
        (Phase::Vote, _) => {
            let items = notes.into_iter().map(Item::Note);
            let items = items.chain(clusters.into_iter().map(Item::Cluster));
            let items: Vec<Item> = items.filter(|item| wall.can_be_voted_on(*item)).collect();
            Command::CastDots {
                round: wall.open_round()?.0,
                item: *often_first(&items, random)?,
                dots: random.random_range(0..=BUDGET.per_item),
            }
        }
        (Phase::Discuss, _) => Command::post_reply(note, Item::Note(*notes.choose(random)?), text),
        // Too early or too late.
        (Phase::Lobby | Phase::Closed, 0) => post,
        (Phase::Lobby | Phase::Closed, _) => return None,
    })
}

/// What somebody does with a thing in their hand.
pub(super) enum Gesture {
    /// They drag it, or begin to.
    Drag(Drag),
    /// They drop it.
    Drop(Command),
    /// They let go of it.
    LetGo,
}

/// How somebody goes on dragging, or begins to; nothing if there is nothing to drag. `at` is a place at which nothing
/// has been yet.
pub(super) fn drag(page: &Page, at: Point, random: &mut StdRng) -> Option<Gesture> {
    let state = page.state();
    let may = state.may(Verb::Move).is_ok();
    if let Some(held) = state.own_drags().first() {
        let item = held.item;
        return Some(match random.random_range(0..10) {
            0..5 if may => Gesture::Drag(Drag { item, at }),
            5..9 if may => {
                let moves = vec![Move { item, to: at }];
                Gesture::Drop(Command::Move { moves })
            }
            _ => Gesture::LetGo,
        });
    }
    if !may {
        return None;
    }
    let wall = page.wall().read();
    let items = wall.notes().map(|(note, _)| Item::Note(note));
    let items = items.chain(wall.clusters().map(|(cluster, _)| Item::Cluster(cluster)));
    let item = *often_first(&sorted(items), random)?;
    Some(Gesture::Drag(Drag { item, at }))
}

/// One of these, so that something is often changed several times in a row.
fn often_first<'a, T>(these: &'a [T], random: &mut StdRng) -> Option<&'a T> {
    if random.random() {
        these.first()
    } else {
        these.choose(random)
    }
}

fn lead(page: &Page, random: &mut StdRng) -> Option<Command> {
    let wall = page.wall().read();
    let notes = sorted(wall.notes().map(|(note, _)| note));
    let waiting = sorted(page.backstage().read().notes().map(|(note, _)| note));
    let phase = wall.phase();
    let reason = Reason::NamesAPerson;
    let choice = random.random_range(0..20);
    Some(match (phase, choice) {
        (Phase::Lobby, 0..10) | (_, 0) => {
            let next = Phase::ALL.iter().skip_while(|it| **it != phase).nth(1);
            // A workshop doesn't end here: it begins anew.
            let next = next.copied().filter(|next| *next != Phase::Closed);
            Command::SetPhase {
                from: phase,
                from_step: None,
                to: next.unwrap_or(Phase::Write),
                step: None,
            }
        }
        (Phase::Write | Phase::Discuss, 1..5) => Command::Reveal {
            number: wall.reveals() + 1,
        },
        (Phase::Vote, 1..8) if wall.open_round().is_none() => Command::OpenRound {
            round: RoundId::from_bytes(id(random)),
            question: String::new(),
            budget: BUDGET,
            among: Vec::new(),
        },
        (Phase::Vote, 1) => Command::CloseRound {
            round: wall.open_round()?.0,
        },
        (_, 8) => Command::SetPreModeration {
            on: random.random(),
        },
        (_, 9) => Command::PausePosting {
            paused: random.random_bool(0.2),
        },
        (_, 10..12) => Command::HoldNote {
            note: *notes.choose(random)?,
            reason,
        },
        (_, 12) => Command::HoldNote {
            note: *waiting.choose(random)?,
            reason,
        },
        (_, 13..16) => Command::ReleaseNotes {
            notes: vec![*waiting.choose(random)?],
        },
        (_, 16) => {
            let of = if random.random() { notes } else { waiting };
            let note = *of.choose(random)?;
            Command::EraseNote { note, reason }
        }
        (_, 17) => Command::OpenPulse {
            pulse: PulseId::from_bytes(id(random)),
            question: "How safe is it?".to_owned(),
        },
        (_, 18) => Command::SetTimer {
            timer: TimerId::from_bytes(id(random)),
            seconds: 60,
        },
        _ => Command::SetSpotlight {
            on: Some(Item::Note(*notes.choose(random)?)),
        },
    })
}

/// What a document gives in no order, in one that a seed repeats.
fn sorted<T: Ord>(things: impl Iterator<Item = T>) -> Vec<T> {
    let mut things: Vec<T> = things.collect();
    things.sort_unstable();
    things
}

pub(super) fn id(random: &mut StdRng) -> [u8; 16] {
    let mut id = [0; 16];
    random.fill_bytes(&mut id);
    id
}
