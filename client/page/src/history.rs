//! Undo and redo of what the person at this page did. An undo is made of ordinary commands, so it goes the
//! way of all commands, and what others did meanwhile stays where it doesn't concern the same thing.

use std::collections::BTreeMap;

use candour_shared::command::{Command, MOVES, Move, Verb};
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout;
use candour_shared::wall::Place;

use crate::state::State;

/// Most steps that can be undone.
const MOST: usize = 100;

/// Something that was done, with the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What it was.
    pub verb: Verb,
    /// What brings it about.
    forth: Vec<Command>,
    /// What takes it back.
    back: Vec<Command>,
}

/// What can be undone, and what can be done again.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Deed>,
    undone: Vec<Deed>,
}

impl History {
    /// Remembers what was done; from then on nothing that was undone can be done again.
    pub fn remember(&mut self, step: Option<Deed>) {
        if let Some(step) = step {
            self.undone.clear();
            if self.done.len() == MOST {
                self.done.remove(0);
            }
            self.done.push(step);
        }
    }

    /// What would be undone next.
    #[must_use]
    pub fn undoes(&self) -> Option<Verb> {
        self.done.last().map(|step| step.verb)
    }

    /// What would be done again next.
    #[must_use]
    pub fn redoes(&self) -> Option<Verb> {
        self.undone.last().map(|step| step.verb)
    }

    /// Takes the last step back: the commands that do it.
    pub fn undo(&mut self) -> Vec<Command> {
        let Some(step) = self.done.pop() else {
            return Vec::new();
        };
        let commands = with_moves_together(step.back.clone());
        self.undone.push(step);
        commands
    }

    /// Does again what was undone last: the commands that do it. `fresh` makes an id for a cluster that is
    /// made again, because one that ended never comes back.
    pub fn redo(&mut self, mut fresh: impl FnMut() -> Option<ClusterId>) -> Vec<Command> {
        let Some(mut step) = self.undone.pop() else {
            return Vec::new();
        };
        for made in made_by(&step.forth) {
            let Some(new) = fresh() else {
                return Vec::new();
            };
            let known = self
                .done
                .iter_mut()
                .chain(&mut self.undone)
                .chain([&mut step]);
            for other in known {
                other.rename(made, new);
            }
        }
        let commands = step.forth.clone();
        self.done.push(step);
        commands
    }

    /// Nothing of it can be undone any more: the board has moved on.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

impl Deed {
    /// The same of several commands that are given together and touch different things.
    pub fn of_all(
        state: &State,
        commands: &[Command],
        mut fresh: impl FnMut() -> Option<ClusterId>,
    ) -> Option<Self> {
        let deeds = commands
            .iter()
            .filter_map(|command| Self::of(state, command, &mut fresh));
        deeds.reduce(|mut whole, mut part| {
            whole.forth.append(&mut part.forth);
            whole.back.append(&mut part.back);
            whole
        })
    }

    /// What a command that is about to be given does, if it can be undone. `fresh` makes an id for a cluster
    /// that the undoing has to make again.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "few commands can be undone; one that is forgotten costs an undo"
    )]
    pub fn of(
        state: &State,
        command: &Command,
        mut fresh: impl FnMut() -> Option<ClusterId>,
    ) -> Option<Self> {
        let back = match command {
            Command::Move { moves } => moves
                .iter()
                .filter_map(|Move { item, .. }| home(state, *item))
                .collect(),
            Command::AddToCluster { note, .. } => vec![home(state, Item::Note(*note))?],
            Command::MakeCluster {
                cluster,
                note,
                onto,
            } => {
                let note_home = home(state, Item::Note(*note))?;
                match state.place(*onto)? {
                    Place::Loose(_) => vec![
                        Command::DissolveCluster { cluster: *cluster },
                        home(state, Item::Note(*onto))?,
                        note_home,
                    ],
                    Place::In { .. } | Place::Under(_) => vec![note_home],
                }
            }
            Command::NameCluster { cluster, .. } => vec![Command::NameCluster {
                cluster: *cluster,
                name: state.cluster(*cluster)?.name.clone(),
            }],
            Command::DissolveCluster { cluster } => again(state, *cluster, fresh()?)?,
            Command::MergeClusters { from, into } => {
                let name = state.cluster(*into)?.name.clone();
                let mut back = again(state, *from, fresh()?)?;
                back.push(Command::NameCluster {
                    cluster: *into,
                    name,
                });
                back
            }
            Command::CastDots { round, item, .. } => vec![Command::CastDots {
                round: *round,
                item: *item,
                dots: state.my_dots().get(item).copied().unwrap_or(0),
            }],
            Command::SameHere { note, on } => vec![Command::SameHere {
                note: *note,
                on: !on,
            }],
            Command::SetRemark { on, .. } => vec![Command::SetRemark {
                on: *on,
                text: state.remark(*on).to_owned(),
            }],
            Command::PutStep { step, .. } | Command::RemoveStep { step } => {
                let agenda = state.wall().read().agenda();
                let at = agenda.iter().position(|(id, _)| id == step);
                vec![match at {
                    Some(at) => Command::PutStep {
                        step: *step,
                        after: at.checked_sub(1).map(|before| agenda[before].0),
                        content: agenda[at].1.clone(),
                    },
                    None => Command::RemoveStep { step: *step },
                }]
            }
            Command::PutCommitment { commitment, .. }
            | Command::RemoveCommitment { commitment } => {
                let known: BTreeMap<_, _> = state.wall().read().commitments().collect();
                let commitment = *commitment;
                vec![match known.get(&commitment) {
                    Some(content) => Command::PutCommitment {
                        commitment,
                        content: content.clone(),
                    },
                    None => Command::RemoveCommitment { commitment },
                }]
            }
            // What others have seen, or what the whole board follows, is not taken back by a key.
            _ => return None,
        };
        (!back.is_empty()).then(|| Self {
            verb: command.verb(),
            forth: vec![command.clone()],
            back,
        })
    }

    fn rename(&mut self, old: ClusterId, new: ClusterId) {
        for command in self.forth.iter_mut().chain(&mut self.back) {
            rename(command, old, new);
        }
    }
}

/// What puts a thing back to where it is now.
fn home(state: &State, item: Item) -> Option<Command> {
    let to = match item {
        Item::Cluster(cluster) => state.cluster(cluster)?.at,
        Item::Note(note) => match state.place(note)? {
            Place::Loose(at) => at,
            Place::In { cluster, .. } => {
                let members = state.members(cluster);
                if members.len() > 1 {
                    return Some(Command::AddToCluster { cluster, note });
                }
                // Its cluster ends when it leaves, and doesn't come back.
                layout::in_cluster(state.cluster(cluster)?.at, 1, 0)
            }
            Place::Under(_) => return None,
        },
    };
    Some(Command::Move {
        moves: vec![Move { item, to }],
    })
}

/// The commands, with moves that follow one another in as few as the server takes.
fn with_moves_together(commands: Vec<Command>) -> Vec<Command> {
    let mut together: Vec<Command> = Vec::new();
    for command in commands {
        match (together.last_mut(), command) {
            (Some(Command::Move { moves }), Command::Move { moves: more })
                if moves.len() + more.len() <= MOVES =>
            {
                moves.extend(more);
            }
            (_, command) => together.push(command),
        }
    }
    together
}

/// What makes a cluster again, under a new id, from the notes that are in it now.
fn again(state: &State, cluster: ClusterId, id: ClusterId) -> Option<Vec<Command>> {
    let shown = state.cluster(cluster)?;
    let members: Vec<NoteId> = state.members(cluster);
    let [onto, note, others @ ..] = &members[..] else {
        let only = *members.first()?;
        return Some(vec![Command::Move {
            moves: vec![Move {
                item: Item::Note(only),
                to: layout::in_cluster(shown.at, 1, 0),
            }],
        }]);
    };
    // Notes that are in a cluster by now come out first, or they would take it over.
    let mut back = vec![Command::Move {
        moves: [onto, note]
            .map(|note| Move {
                item: Item::Note(*note),
                to: shown.at,
            })
            .to_vec(),
    }];
    back.push(Command::MakeCluster {
        cluster: id,
        note: *note,
        onto: *onto,
    });
    back.extend(others.iter().map(|note| Command::AddToCluster {
        cluster: id,
        note: *note,
    }));
    if !shown.name.is_empty() {
        back.push(Command::NameCluster {
            cluster: id,
            name: shown.name.clone(),
        });
    }
    Some(back)
}

/// The clusters that these commands make.
fn made_by(commands: &[Command]) -> Vec<ClusterId> {
    let made = |command: &Command| {
        if let Command::MakeCluster { cluster, .. } = command {
            Some(*cluster)
        } else {
            None
        }
    };
    commands.iter().filter_map(made).collect()
}

fn rename(command: &mut Command, old: ClusterId, new: ClusterId) {
    let change = |id: &mut ClusterId| {
        if *id == old {
            *id = new;
        }
    };
    if let Command::MakeCluster { cluster, .. }
    | Command::AddToCluster { cluster, .. }
    | Command::NameCluster { cluster, .. }
    | Command::DissolveCluster { cluster } = command
    {
        change(cluster);
    } else if let Command::MergeClusters { from, into } = command {
        change(from);
        change(into);
    } else if let Command::Move { moves } = command {
        for step in moves {
            if let Item::Cluster(cluster) = &mut step.item {
                change(cluster);
            }
        }
    } else if let Command::CastDots {
        item: Item::Cluster(cluster),
        ..
    } = command
    {
        change(cluster);
    }
}
