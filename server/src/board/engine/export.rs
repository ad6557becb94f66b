//! Taking a board away as [`BoardExport`].

use std::collections::BTreeMap;

use candour_shared::contract;
use candour_shared::export::{
    BoardExport, EXPORT_VERSION, ExportedCluster, ExportedCommitment, ExportedNote, ExportedPulse,
    ExportedReply, ExportedRound, ExportedSupport,
};
use candour_shared::ids::{BoardId, ClusterId, Item, NoteId, RoundId};
use candour_shared::settings::{Admission, Settings};
use candour_shared::text::Language;
use candour_shared::time::Day;
use candour_shared::voting::{Support, Tally};
use candour_shared::wall::{Note, Place, Round};
use rand::Rng;

use super::Engine;

impl Engine {
    /// The board under fresh random ids, everything in their order.
    pub fn export(&self, today: Day, rng: &mut dyn Rng) -> BoardExport {
        let (wall, backstage) = (self.wall.read(), self.backstage.read());
        let settings = &self.settings;
        let mut fresh = || {
            let mut bytes = [0; 16];
            rng.fill_bytes(&mut bytes);
            bytes
        };
        let notes: BTreeMap<NoteId, Note> = wall.notes().collect();
        let places: BTreeMap<NoteId, Place> = wall.places().collect();
        let mut remarks: BTreeMap<Option<Item>, String> = wall.remarks().collect();
        let mut replies: BTreeMap<Item, Vec<ExportedReply>> = BTreeMap::new();
        for (id, note) in &notes {
            if let Some(Place::Under(item)) = places.get(id) {
                let new = NoteId::from_bytes(fresh());
                replies
                    .entry(*item)
                    .or_default()
                    .push(exported_reply(new, note));
            }
        }
        let mut said_of = |item: Item| {
            let mut replies = replies.remove(&item).unwrap_or_default();
            replies.sort_by_key(|reply| reply.id);
            (replies, remarks.remove(&Some(item)).unwrap_or_default())
        };
        let mut renamed: BTreeMap<Item, Item> = BTreeMap::new();
        let mut clusters: BTreeMap<ClusterId, ExportedCluster> = BTreeMap::new();
        for (id, cluster) in wall.clusters().collect::<BTreeMap<_, _>>() {
            let new = ClusterId::from_bytes(fresh());
            renamed.insert(Item::Cluster(id), Item::Cluster(new));
            let (replies, remark) = said_of(Item::Cluster(id));
            let exported = ExportedCluster {
                id: new,
                name: cluster.name,
                notes: Vec::new(),
                replies,
                remark,
            };
            clusters.insert(id, exported);
        }
        let mut loose_notes = Vec::new();
        for (id, note) in notes {
            if matches!(places.get(&id), Some(Place::Under(_))) {
                continue;
            }
            let new = NoteId::from_bytes(fresh());
            renamed.insert(Item::Note(id), Item::Note(new));
            let (replies, remark) = said_of(Item::Note(id));
            let exported = ExportedNote {
                same_here: wall.same_here(id),
                replies,
                remark,
                ..exported_note(new, note, settings)
            };
            match places.get(&id) {
                Some(Place::In { cluster, .. }) => {
                    if let Some(cluster) = clusters.get_mut(cluster) {
                        cluster.notes.push(exported);
                    }
                }
                Some(Place::Loose(_) | Place::Under(_)) | None => loose_notes.push(exported),
            }
        }
        let mut clusters: Vec<ExportedCluster> = clusters.into_values().collect();
        clusters.sort_by_key(|cluster| cluster.id);
        for cluster in &mut clusters {
            cluster.notes.sort_by_key(|note| note.id);
        }
        loose_notes.sort_by_key(|note| note.id);
        let name = |index: u8| settings.organisations.get(usize::from(index)).cloned();
        let mut commitments: Vec<ExportedCommitment> = wall
            .commitments()
            .map(|(_, commitment)| ExportedCommitment {
                what: commitment.what,
                who: commitment.who.and_then(name),
                when: commitment.when,
            })
            .collect();
        commitments.sort();
        let pulses = wall.pulses().into_iter().map(|(_, pulse)| ExportedPulse {
            question: pulse.question,
            outcome: pulse.outcome,
        });
        let rounds = wall.rounds().into_iter().map(|(_, round)| {
            exported_round(RoundId::from_bytes(fresh()), round, &renamed, settings)
        });
        BoardExport {
            version: EXPORT_VERSION,
            rounds: rounds.collect(),
            board: BoardId::from_bytes(fresh()),
            title: settings.title.clone(),
            opened_on: wall.opened_on().unwrap_or(Day::FIRST),
            exported_on: today,
            phase: wall.phase(),
            privacy: settings.privacy.clone(),
            contract: contract::sentences(
                &settings.privacy,
                !settings.organisations.is_empty(),
                Language::English,
            ),
            expires_on: self.expires_on(),
            categories: settings
                .categories
                .iter()
                .map(|category| category.name.clone())
                .collect(),
            aspects: settings.aspects.clone(),
            organisations: settings.organisations.clone(),
            agenda: wall.agenda().into_iter().map(|(_, step)| step).collect(),
            pulses: pulses.collect(),
            commitments,
            remark: remarks.remove(&None).unwrap_or_default(),
            clusters,
            loose_notes,
            moderation: backstage.ledger(),
            erasures: backstage.erasures(),
        }
    }
}

fn exported_note(id: NoteId, note: Note, settings: &Settings) -> ExportedNote {
    match note {
        Note::Said(content) => ExportedNote {
            id,
            category: settings
                .categories
                .get(usize::from(content.category))
                .map(|category| category.name.clone()),
            aspect: content
                .aspect
                .and_then(|aspect| settings.aspects.get(usize::from(aspect)).cloned()),
            text: Some(content.text),
            held: None,
            same_here: 0,
            replies: Vec::new(),
            remark: String::new(),
        },
        Note::Held(reason) => ExportedNote {
            id,
            category: None,
            aspect: None,
            text: None,
            held: Some(reason),
            same_here: 0,
            replies: Vec::new(),
            remark: String::new(),
        },
    }
}

fn exported_reply(id: NoteId, note: &Note) -> ExportedReply {
    let (text, held) = match note {
        Note::Said(content) => (Some(content.text.clone()), None),
        Note::Held(reason) => (None, Some(*reason)),
    };
    ExportedReply { id, text, held }
}

fn exported_round(
    id: RoundId,
    round: Round,
    renamed: &BTreeMap<Item, Item>,
    settings: &Settings,
) -> ExportedRound {
    let Round {
        number,
        question,
        budget,
        among,
        totals,
        support,
    } = round;
    let of_gone = |tally: &&Tally| !renamed.contains_key(&tally.item);
    let gone = totals
        .iter()
        .flatten()
        .filter(of_gone)
        .map(|tally| tally.dots)
        .sum();
    let totals = totals.map(|totals| {
        let rename = |Tally { item, dots }| {
            Some(Tally {
                item: *renamed.get(&item)?,
                dots,
            })
        };
        let mut totals: Vec<Tally> = totals.into_iter().filter_map(rename).collect();
        totals.sort_by_key(|tally| (std::cmp::Reverse(tally.dots), tally.item));
        totals
    });
    let mut among: Vec<Item> = among
        .iter()
        .filter_map(|item| renamed.get(item))
        .copied()
        .collect();
    among.sort_unstable();
    let name = |index: &u8| settings.organisations.get(usize::from(*index)).cloned();
    let rename = |support: &Support| {
        Some(ExportedSupport {
            item: *renamed.get(&support.item)?,
            organisations: support.organisations.iter().filter_map(name).collect(),
            others: support.others,
        })
    };
    let mut support: Vec<ExportedSupport> = support.iter().filter_map(rename).collect();
    support.sort_by_key(|support| support.item);
    ExportedRound {
        id,
        number,
        question,
        budget,
        among,
        totals,
        gone,
        indicative: settings.privacy.admission == Admission::SharedLink,
        support,
    }
}
