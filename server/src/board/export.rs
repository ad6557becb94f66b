//! Taking a board away as [`BoardExport`].

use std::collections::BTreeMap;

use candour_shared::contract;
use candour_shared::export::{
    BoardExport, EXPORT_VERSION, ExportedBacking, ExportedCluster, ExportedNote, ExportedRound,
};
use candour_shared::ids::{BoardId, ClusterId, Item, NoteId, RoundId};
use candour_shared::phase::Phase;
use candour_shared::settings::{Admission, Prompt, Settings};
use candour_shared::voting::{Backing, Tally};
use candour_shared::wall::{Note, Place, Round};
use rand::Rng;

use super::heart::Heart;

/// The board under fresh random ids, everything in their order. `today` is `YYYY-MM-DD`.
pub(super) fn export(heart: &Heart, today: &str, rng: &mut dyn Rng) -> BoardExport {
    let (wall, backstage) = (heart.wall.read(), heart.backstage.read());
    let settings = &heart.settings;
    let mut fresh = || {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        bytes
    };
    let places: BTreeMap<NoteId, Place> = wall.places().collect();
    let mut renamed: BTreeMap<Item, Item> = BTreeMap::new();
    let mut clusters: BTreeMap<ClusterId, ExportedCluster> = BTreeMap::new();
    for (id, cluster) in wall.clusters().collect::<BTreeMap<_, _>>() {
        let new = ClusterId::from_bytes(fresh());
        renamed.insert(Item::Cluster(id), Item::Cluster(new));
        let exported = ExportedCluster {
            id: new,
            name: cluster.name,
            notes: Vec::new(),
        };
        clusters.insert(id, exported);
    }
    let mut loose_notes = Vec::new();
    for (id, note) in wall.notes().collect::<BTreeMap<_, _>>() {
        let new = NoteId::from_bytes(fresh());
        renamed.insert(Item::Note(id), Item::Note(new));
        let exported = exported_note(new, note, settings);
        match places.get(&id) {
            Some(Place::In { cluster, .. }) => {
                if let Some(cluster) = clusters.get_mut(cluster) {
                    cluster.notes.push(exported);
                }
            }
            Some(Place::Loose(_)) | None => loose_notes.push(exported),
        }
    }
    let mut clusters: Vec<ExportedCluster> = clusters.into_values().collect();
    clusters.sort_by_key(|cluster| cluster.id);
    for cluster in &mut clusters {
        cluster.notes.sort_by_key(|note| note.id);
    }
    loose_notes.sort_by_key(|note| note.id);
    let rounds = wall
        .rounds()
        .into_iter()
        .map(|(_, round)| exported_round(RoundId::from_bytes(fresh()), round, &renamed, settings));
    BoardExport {
        version: EXPORT_VERSION,
        rounds: rounds.collect(),
        board: BoardId::from_bytes(fresh()),
        title: settings.title.clone(),
        opened_on: wall.opened_on(),
        exported_on: today.to_owned(),
        phase: wall.phase(),
        privacy: settings.privacy.clone(),
        contract: contract::sentences(&settings.privacy, !settings.organisations.is_empty()),
        expires_on: wall.expires_on(),
        categories: settings
            .categories
            .iter()
            .map(|category| category.name.clone())
            .collect(),
        aspects: settings.aspects.clone(),
        organisations: settings.organisations.clone(),
        prompts: Phase::ALL
            .map(|phase| Prompt {
                phase,
                text: wall.prompt(phase),
            })
            .into_iter()
            .filter(|prompt| !prompt.text.is_empty())
            .collect(),
        clusters,
        loose_notes,
        moderation: backstage.ledger(),
        erasures: backstage.erasures(),
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
        },
        Note::Held(reason) => ExportedNote {
            id,
            category: None,
            aspect: None,
            text: None,
            held: Some(reason),
        },
    }
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
        totals,
        backing,
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
    let name = |index: &u8| settings.organisations.get(usize::from(*index)).cloned();
    let rename = |backing: &Backing| {
        Some(ExportedBacking {
            item: *renamed.get(&backing.item)?,
            organisations: backing.organisations.iter().filter_map(name).collect(),
            others: backing.others,
        })
    };
    let mut backing: Vec<ExportedBacking> = backing.iter().filter_map(rename).collect();
    backing.sort_by_key(|backing| backing.item);
    ExportedRound {
        id,
        number,
        question,
        budget,
        totals,
        gone,
        indicative: settings.privacy.admission == Admission::SharedLink,
        backing,
    }
}
