//! A board during one tick: who may ask for what, and which verb it is.

use candour_shared::backstage::BackstageEdit;
use candour_shared::command::{Command, Verb};
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::policy;
use candour_shared::settings::Settings;
use candour_shared::time::Millis;
use candour_shared::wall::WallEdit;
use rand::Rng;

use super::crowd::Crowd;
use super::record::Record;
use super::request::{Answer, Giver, Identity, Mine, Outcome, Request};
use super::vault::change::VaultChange;
use super::vault::{Member, Vault};
use crate::keys::ServerKey;

/// A board during one tick: its documents opened for writing.
pub(super) struct Transaction<'a> {
    pub(super) board: BoardId,
    pub(super) key: &'a ServerKey,
    pub(super) settings: &'a Settings,
    pub(super) wall: WallEdit<'a>,
    pub(super) backstage: BackstageEdit<'a>,
    pub(super) vault: &'a mut Vault,
    pub(super) crowd: &'a mut Crowd,
    /// The documents' generation before this tick.
    pub(super) generation: u32,
    pub(super) now: Millis,
    pub(super) rng: &'a mut dyn Rng,
    /// What the record will say of the Vault.
    pub(super) changes: Vec<VaultChange>,
    /// Whether this tick ends with the documents rebuilt and the log compacted.
    pub(super) seal: bool,
}

impl Transaction<'_> {
    /// Changes the Vault, now and in the record.
    pub(super) fn note_in_vault(&mut self, change: VaultChange) {
        self.vault.apply(change.clone());
        self.changes.push(change);
    }

    /// The record, and whether the tick ends with a seal.
    pub(super) fn finish(self) -> (Record, bool) {
        let Self {
            wall,
            backstage,
            changes,
            seal,
            ..
        } = self;
        let record = Record {
            wall: wall.finish(),
            backstage: backstage.finish(),
            vault: changes,
        };
        (record, seal)
    }

    /// Does what is asked.
    pub(super) fn request(&mut self, request: &Request) -> Outcome<Answer> {
        let mine = match request {
            Request::Join(joining) => return self.join(joining).map(Answer::Joined),
            Request::Command(identity, command) => {
                let command = command.clone().checked();
                command.and_then(|command| self.command(identity, command))
            }
            Request::ReplaceLink(by, role, secret) => self.replace_link(*by, *role, secret),
            Request::MakeCodes(by, batch, asked, codes) => {
                self.make_codes(*by, *batch, asked, codes)
            }
            Request::WithdrawCodes(by, batch) => self.withdraw_codes(*by, *batch),
            Request::Pool(present) => Ok(self.release_pool(*present)),
        };
        mine.map(Answer::Done)
    }

    fn command(&mut self, identity: &Identity, command: Command) -> Outcome {
        let member = self.vault.roster.get(&identity.hash).copied();
        let member = member.ok_or(Denied::NotJoined)?;
        // A repeat of a post whose answer was lost finds the note, whatever the phase is by now.
        if let Command::PostNote { note, .. } | Command::PostReply { note, .. } = &command
            && member.role.is_person()
            && self.is_known(*note)
        {
            return Ok(Mine::Same);
        }
        policy::check(member.role, command.verb(), self.wall.situation())?;
        // Whether it succeeds or not: what could be tried for nothing would tell, again and again, whether
        // the code's owner has contributed yet. To flag is no contribution: a code that was spent by it would
        // keep who flagged.
        if command.verb() != Verb::FlagNote {
            self.spend_code(identity.hash, member)?;
        }
        self.verb(identity, member, command)
    }

    fn verb(&mut self, identity: &Identity, member: Member, command: Command) -> Outcome {
        match command {
            Command::PostNote { note, content, .. } => self.post_note(identity, note, &content),
            Command::EditNote { note, content, .. } => self.edit_note(identity, note, &content),
            Command::WithdrawNote { note } => self.withdraw_note(identity, note),
            Command::PostReply { note, to, text, .. } => self.post_reply(identity, note, to, &text),
            Command::SameHere { note, on } => self.say_same_here(identity, note, on),
            Command::FlagNote { note } => self.flag_note(note),
            Command::Move { moves } => self.move_items(&moves),
            Command::MakeCluster {
                cluster,
                note,
                onto,
            } => self.make_cluster(cluster, note, onto),
            Command::AddToCluster { cluster, note } => self.add_to_cluster(cluster, note),
            Command::NameCluster { cluster, name } => self.name_cluster(cluster, &name),
            Command::MergeClusters { from, into } => self.merge_clusters(from, into),
            Command::DissolveCluster { cluster } => self.dissolve_cluster(cluster),
            Command::CastDots { round, item, dots } => {
                let organisation = member.organisation;
                self.cast_dots(
                    &Giver {
                        identity,
                        organisation,
                    },
                    round,
                    item,
                    dots,
                )
            }
            Command::AnswerPulse { pulse, answer } => self.answer_pulse(identity, pulse, answer),
            Command::SetPhase {
                from,
                from_step,
                to,
                step,
            } => self.set_phase((from, from_step), to, step),
            Command::Reveal { number } => self.reveal(number),
            Command::PutStep {
                step,
                after,
                content,
            } => self.put_step(step, after, &content),
            Command::RemoveStep { step } => self.remove_step(step),
            Command::SetSpotlight { on } => self.set_spotlight(on),
            Command::SetTimer { timer, seconds } => self.set_timer(timer, seconds),
            Command::StopTimer { timer } => self.stop_timer(timer),
            Command::LockClusters { locked } => self.lock_clusters(locked),
            Command::SetPreModeration { on } => self.set_pre_moderation(on),
            Command::SetDoors { closed } => self.set_doors(closed),
            Command::PausePosting { paused } => self.pause_posting(paused),
            Command::HoldNote { note, reason } => self.hold_note(note, reason),
            Command::ReleaseNotes { notes } => self.release_notes(&notes),
            Command::EraseNote { note, reason } => self.erase_note(note, reason),
            Command::SettleFlag { note } => self.settle_flag(note),
            Command::OpenPulse { pulse, question } => self.open_pulse(pulse, &question),
            Command::ClosePulse { pulse } => self.close_pulse(pulse),
            Command::PutCommitment {
                commitment,
                content,
            } => self.put_commitment(commitment, &content),
            Command::RemoveCommitment { commitment } => self.remove_commitment(commitment),
            Command::SetRemark { on, text } => self.set_remark(on, &text),
            Command::OpenRound {
                round,
                question,
                budget,
                among,
            } => self.open_round(round, question, budget, among),
            Command::CloseRound { round } => self.close_round(round),
        }
    }
}
