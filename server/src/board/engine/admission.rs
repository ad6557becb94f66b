//! Who gets in: links, single-use codes, and the doors.

use std::collections::BTreeSet;

use candour_shared::backstage::Batch;
use candour_shared::denied::Denied;
use candour_shared::http::{MAX_CODES, MakeCodes};
use candour_shared::ids::{BatchId, OrganisationIndex};
use candour_shared::policy::Role;
use candour_shared::settings::Admission;

use super::request::{Joined, Joining, Mine, Outcome};
use super::transaction::Transaction;
use super::vault::Member;
use super::vault::change::VaultChange;
use crate::keys::{Secret, SecretHash};

/// Most people on one board.
const MAX_PEOPLE: usize = 20_000;
/// Most codes of one board, withdrawn ones included.
const MAX_CODES_IN_ALL: usize = 20_000;
/// Most batches of codes of one board.
const MAX_BATCHES: usize = 500;

impl Transaction<'_> {
    pub(super) fn join(&mut self, joining: &Joining) -> Outcome<Joined> {
        let role = self.vault.role_of(&joining.opener)?;
        let keep_days = self.settings.privacy.keep_days;
        let mut brought = joining.brought.iter();
        let brought = brought.find(|(of, _)| *of == role).map(|(_, token)| *token);
        if let Some(token) = brought.filter(|token| self.vault.roster.contains_key(token)) {
            return Ok(Joined {
                role,
                token,
                keep_days,
            });
        }
        let member = self.admit(role, joining)?;
        if self.vault.roster.len() >= MAX_PEOPLE {
            return Err(Denied::Full { limit: MAX_PEOPLE });
        }
        self.note_in_vault(VaultChange::Joined(joining.token, member));
        Ok(Joined {
            role,
            token: joining.token,
            keep_days,
        })
    }

    /// Whom a link or a code of this role lets in.
    fn admit(&self, role: Role, joining: &Joining) -> Result<Member, Denied> {
        if role != Role::Participant {
            return Ok(Member {
                role,
                organisation: None,
                code: None,
            });
        }
        // A spent code still lets one look on: if it didn't, the organiser who handed it out could find out
        // when its owner contributes, by trying it.
        if self.wall.doors_closed() {
            return Err(Denied::DoorsClosed);
        }
        let code = self.vault.code(&joining.opener);
        let organisation = match code {
            Some(code) => code.organisation,
            None => self.chosen(joining.organisation)?,
        };
        Ok(Member {
            role,
            organisation,
            code: code.map(|_| joining.opener),
        })
    }

    /// The organisation a participant chose, if the board has any to choose from.
    fn chosen(
        &self,
        organisation: Option<OrganisationIndex>,
    ) -> Result<Option<OrganisationIndex>, Denied> {
        let organisations = self.settings.organisations.len();
        if organisations == 0 {
            return Ok(None);
        }
        organisation
            .filter(|index| usize::from(*index) < organisations)
            .ok_or(Denied::NoSuchOrganisation)
            .map(Some)
    }

    pub(super) fn replace_link(&mut self, by: SecretHash, role: Role, secret: &Secret) -> Outcome {
        self.vault.check_organiser(by)?;
        match role {
            Role::Participant => {
                self.check_admission(Admission::SharedLink)?;
                self.backstage.set_participant_secret(&secret.reveal());
            }
            Role::Projector => self.backstage.set_projector_secret(&secret.reveal()),
            Role::Facilitator | Role::Organiser => {}
        }
        let secret = secret.hash();
        self.note_in_vault(VaultChange::LinkReplaced { role, secret, by });
        Ok(Mine::Same)
    }

    pub(super) fn make_codes(
        &mut self,
        by: SecretHash,
        batch: BatchId,
        asked: &MakeCodes,
        codes: &[SecretHash],
    ) -> Outcome {
        self.vault.check_organiser(by)?;
        self.check_admission(Admission::Codes)?;
        let MakeCodes {
            organisation,
            count,
        } = *asked;
        if count == 0 || count > MAX_CODES {
            return Err(Denied::OutOfRange {
                limit: MAX_CODES.into(),
            });
        }
        if self.vault.codes.len() + codes.len() > MAX_CODES_IN_ALL {
            return Err(Denied::Full {
                limit: MAX_CODES_IN_ALL,
            });
        }
        if self.backstage.batches().count() >= MAX_BATCHES {
            return Err(Denied::Full { limit: MAX_BATCHES });
        }
        let organisation = self.chosen(organisation)?;
        // In the order of their hashes: which code was made first means nothing.
        let codes: BTreeSet<SecretHash> = codes.iter().copied().collect();
        let codes = codes.into_iter().collect();
        self.note_in_vault(VaultChange::CodesMade(batch, organisation, codes));
        self.backstage.put_batch(
            batch,
            &Batch {
                organisation,
                count,
                withdrawn: false,
            },
        );
        Ok(Mine::Same)
    }

    pub(super) fn withdraw_codes(&mut self, by: SecretHash, id: BatchId) -> Outcome {
        self.vault.check_organiser(by)?;
        let batch = self.backstage.batch(id).ok_or(Denied::NoSuchPage)?;
        if batch.withdrawn {
            return Ok(Mine::Same);
        }
        self.note_in_vault(VaultChange::CodesWithdrawn(id));
        self.backstage.put_batch(
            id,
            &Batch {
                withdrawn: true,
                ..batch
            },
        );
        Ok(Mine::Same)
    }

    /// A participant contributes, or tries to: the code they came in by is theirs from now on, unless it is
    /// another participant's already.
    pub(super) fn spend_code(&mut self, by: SecretHash, member: Member) -> Result<(), Denied> {
        let Some(code) = member.code else {
            return Ok(());
        };
        if self.vault.codes.get(&code).is_some_and(|code| code.spent) {
            return Err(Denied::CodeSpent);
        }
        self.note_in_vault(VaultChange::CodeSpent { code, by });
        Ok(())
    }

    pub(super) fn set_doors(&mut self, closed: bool) -> Outcome {
        self.wall.set_doors_closed(closed);
        Ok(Mine::Same)
    }

    fn check_admission(&self, admission: Admission) -> Result<(), Denied> {
        if self.settings.privacy.admission == admission {
            Ok(())
        } else {
            Err(Denied::WrongAdmission)
        }
    }
}
