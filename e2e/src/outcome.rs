//! What an export says, without what differs between two plays of the same notes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, ensure};
use candour_shared::export::{BoardExport, ExportedCommitment};
use candour_shared::ids::Item;
use candour_shared::pulse;

/// An export by texts and names.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The texts with their category and aspect, by the name of their cluster; loose ones under "".
    pub clusters: BTreeMap<String, BTreeSet<(String, String, String)>>,
    /// The dots by the name of the cluster, round by round.
    pub totals: Vec<BTreeMap<String, u32>>,
    /// How many said *same here*, by the text of the note.
    pub same_here: BTreeMap<String, u32>,
    /// The replies and the remark, by the name of the cluster.
    pub talk: BTreeMap<String, (BTreeSet<String>, String)>,
    /// What came out of the pulses, the first first.
    pub pulses: Vec<Option<pulse::Outcome>>,
    /// What was agreed.
    pub commitments: Vec<ExportedCommitment>,
}

impl Outcome {
    /// What an export says. Two notes of the same text in one place, or two clusters of one name, are
    /// an error: then something was done twice.
    pub fn of(export: &BoardExport) -> Result<Self> {
        let mut outcome = Self {
            clusters: BTreeMap::new(),
            totals: Vec::new(),
            same_here: BTreeMap::new(),
            talk: BTreeMap::new(),
            pulses: export.pulses.iter().map(|pulse| pulse.outcome).collect(),
            commitments: export.commitments.clone(),
        };
        let named = export
            .clusters
            .iter()
            .map(|cluster| (cluster.name.clone(), &cluster.notes));
        for (name, notes) in named.chain([(String::new(), &export.loose_notes)]) {
            let texts = outcome.clusters.entry(name.clone()).or_default();
            ensure!(texts.is_empty(), "two clusters are called “{name}”");
            for note in notes {
                let said = (
                    note.text.clone().context("a note is held")?,
                    note.category.clone().unwrap_or_default(),
                    note.aspect.clone().unwrap_or_default(),
                );
                outcome.same_here.insert(said.0.clone(), note.same_here);
                ensure!(texts.insert(said), "{note:?} is there twice");
            }
        }
        for cluster in &export.clusters {
            let mut replies = BTreeSet::new();
            for reply in &cluster.replies {
                let text = reply.text.clone().context("a reply is held")?;
                ensure!(replies.insert(text), "{reply:?} is there twice");
            }
            let talk = (replies, cluster.remark.clone());
            outcome.talk.insert(cluster.name.clone(), talk);
        }
        for round in &export.rounds {
            let totals = round.totals.iter().flatten().map(|tally| {
                let name = match tally.item {
                    Item::Cluster(id) => export.clusters.iter().find(|it| it.id == id),
                    Item::Note(_) => None,
                };
                let name = name.context("dots lie on something else than a cluster")?;
                Ok((name.name.clone(), tally.dots))
            });
            outcome.totals.push(totals.collect::<Result<_>>()?);
        }
        Ok(outcome)
    }
}
