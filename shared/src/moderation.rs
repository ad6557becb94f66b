//! Words of moderation: the fixed reasons, and the ledger that counts actions by reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::text::Language;
use crate::time::Day;
use crate::variants::all;

/// Why a note was held or erased. Fixed, so that a reason can't single anyone out.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It names or points at a person.
    NamesAPerson,
    /// It contains something about a patient or client.
    PatientDetail,
    /// It attacks a person.
    Disrespectful,
    /// It has nothing to do with the question.
    OffTopic,
    /// It says what another note says.
    Duplicate,
}

impl Reason {
    /// Every reason, in the order facilitators are offered them.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// The words people see, after "held because".
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        match self {
            Self::NamesAPerson => names_a_person(language),
            Self::PatientDetail => patient_detail(language),
            Self::Disrespectful => disrespectful(language),
            Self::OffTopic => off_topic(language),
            Self::Duplicate => duplicate(language),
        }
    }
}

crate::texts! { of
    names_a_person = "it names or points at a person", "ei fod yn enwi person neu'n pwyntio at rywun";
    patient_detail = "it contains a detail about a patient or client",
        "ei fod yn cynnwys manylyn am glaf neu gleient";
    disrespectful = "it reads as an attack on somebody", "ei fod yn darllen fel ymosodiad ar rywun";
    off_topic = "it isn't about the question", "nad yw'n ymwneud â'r cwestiwn";
    duplicate = "another note says the same", "bod nodyn arall yn dweud yr un peth";
}

/// What a facilitator did to a note.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Action {
    Held,
    Released,
    Erased,
}

/// How often facilitators did what, and why: counts, never notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger(pub Vec<LedgerLine>);

/// One line of the [`Ledger`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerLine {
    /// What was done.
    pub action: Action,
    /// Why; a release of a note that only waited has no reason.
    pub reason: Option<Reason>,
    /// How often.
    pub count: u32,
}

impl Ledger {
    /// Counts one more.
    pub fn count(&mut self, action: Action, reason: Option<Reason>) {
        match self
            .0
            .iter_mut()
            .find(|line| (line.action, line.reason) == (action, reason))
        {
            Some(line) => line.count += 1,
            None => {
                self.0.push(LedgerLine {
                    action,
                    reason,
                    count: 1,
                });
                self.0.sort_by_key(|line| (line.action, line.reason));
            }
        }
    }
}

/// The receipt of an erased note. It is written in the same step that removes the text from the
/// documents, the snapshot, the log, its write-ahead log and the free pages of the database, so that it
/// is seen only once all of that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Erasure {
    /// The day of the erasure.
    pub on: Day,
    /// Why.
    pub reason: Reason,
    /// The generation of the documents that began with the erasure.
    pub generation: u32,
}
