//! How participants get in, for facilitators and organisers.

use candour_page::State;
use candour_shared::backstage::Batch;
use candour_shared::ids::{BatchId, OrganisationIndex};
use candour_shared::settings::Settings;

use crate::text::codes as text;

/// How participants get in. Empty for participants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InviteView {
    /// The secret of the participants' link; nothing if they come in by codes, or until it is known.
    pub participant_secret: Option<String>,
    /// The secret of the projector's link, once it is known.
    pub projector_secret: Option<String>,
    /// The batches of codes, by organisation; the withdrawn ones last.
    pub batches: Vec<BatchView>,
}

/// A batch of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchView {
    /// Its id.
    pub batch: BatchId,
    /// What it is called, also on its cards: "Batch 3FA2".
    pub name: String,
    /// For which organisation; nothing if the board has none.
    pub organisation: Option<String>,
    /// How many: "20 codes".
    pub count: String,
    /// Whether its codes let nobody in any more.
    pub withdrawn: bool,
}

impl BatchView {
    /// How many codes for whom: "14 codes for Ambulance".
    #[must_use]
    pub fn whose(&self) -> String {
        match &self.organisation {
            Some(organisation) => text::codes_for(&self.count, organisation),
            None => self.count.clone(),
        }
    }
}

/// How participants get in.
#[must_use]
pub fn invite(state: &State, settings: &Settings) -> InviteView {
    let backstage = state.backstage().read();
    InviteView {
        participant_secret: backstage.participant_secret(),
        projector_secret: backstage.projector_secret(),
        batches: batches(backstage.batches().collect(), &settings.organisations),
    }
}

/// What a batch is called. Ids are random, so the beginning of one tells a board's batches apart.
#[must_use]
pub fn batch_name(batch: BatchId) -> String {
    let [first, second, ..] = batch.as_bytes();
    text::batch(&format!("{first:02X}{second:02X}"))
}

/// An organisation's name.
#[must_use]
pub fn organisation_name(
    organisations: &[String],
    index: Option<OrganisationIndex>,
) -> Option<String> {
    organisations.get(usize::from(index?)).cloned()
}

fn batches(mut batches: Vec<(BatchId, Batch)>, organisations: &[String]) -> Vec<BatchView> {
    batches.sort_by_key(|(id, batch)| (batch.withdrawn, batch.organisation, *id));
    let views = batches.into_iter().map(|(id, batch)| BatchView {
        batch: id,
        name: batch_name(id),
        organisation: organisation_name(organisations, batch.organisation),
        count: text::codes(batch.count.into()),
        withdrawn: batch.withdrawn,
    });
    views.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_listed_by_organisation_and_withdrawn_ones_last() {
        let batch = |id: u8, organisation, withdrawn| {
            let batch = Batch {
                organisation,
                count: id.into(),
                withdrawn,
            };
            (BatchId::from_bytes([id; 16]), batch)
        };
        let made = vec![
            batch(1, Some(0), true),
            batch(2, Some(1), false),
            batch(0x3F, Some(0), false),
        ];
        let organisations = ["GP practice", "Ambulance"].map(String::from);
        let views = batches(made, &organisations);
        let told: Vec<String> = views
            .iter()
            .map(|view| format!("{}: {}", view.name, view.whose()))
            .collect();
        assert_eq!(
            told,
            [
                "Batch 3F3F: 63 codes for GP practice",
                "Batch 0202: 2 codes for Ambulance",
                "Batch 0101: 1 code for GP practice",
            ]
        );
        assert!(views[2].withdrawn);
    }
}
