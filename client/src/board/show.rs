//! From the state to the signals: what changed is shown once per frame of the screen.

use std::time::Duration;

use candour_page::changes::Changes;
use candour_page::drags::LINGERS;
use candour_shared::command::Verb;
use candour_shared::ids::{ClusterId, Item, NoteId, StepId};
use candour_shared::phase::Phase;
use candour_shared::protocol::MyPulse;
use candour_shared::wall::Place;
use leptos::prelude::*;

use super::Board;
use super::behind::Core;
use super::live::Source;
use crate::browser;
use crate::storage;
use crate::text::{agenda, announce as text, frame, language};
use crate::view::announce::Announcement;
use crate::view::invite::invite;
use crate::view::ledger::told;
use crate::view::mine::{BallotView, my_notes};
use crate::view::queue::queue;
use crate::view::rounds::rounds;
use crate::view::{ClusterView, NoteView, Replies, Spot, cluster_spot, item_title, spot};

/// How often a hidden page shows what changed: browsers give it no frames.
const HIDDEN: Duration = Duration::from_millis(250);

impl Board {
    /// Shows what changed with the next frame of the screen.
    pub(super) fn show_soon(self) {
        let first = self
            .core
            .try_update_value(|core| !std::mem::replace(&mut core.scheduled, true));
        if first != Some(true) {
            return;
        }
        if document().hidden() {
            set_timeout(move || self.show(), HIDDEN);
        } else {
            request_animation_frame(move || self.show());
        }
    }

    /// Shows what changed now.
    pub(super) fn show(self) {
        let shown = self.core.try_update_value(|core| {
            core.scheduled = false;
            let changes = core.state.take_changes();
            if changes == Changes::default() {
                return;
            }
            // Everything is new when a board opens. What one does oneself is said where one does it.
            let tells = self.ready.get_untracked() && core.state.pending().is_empty();
            let phase = self.phase.get_untracked();
            self.show_board(core, &changes);
            if phase != self.phase.get_untracked() {
                core.history.forget();
            }
            self.show_notes(core, &changes, tells);
            self.show_clusters(core, &changes, tells);
            self.show_own(core, &changes);
            self.show_history(core);
        });
        if shown.is_some() {
            self.watch_drags();
        }
    }

    fn show_board(self, core: &Core, changes: &Changes) {
        let state = &core.state;
        self.role.put(state.role());
        self.presence.put(state.presence());
        if let (true, Some(settings)) = (changes.board, state.settings()) {
            let wall = state.wall().read();
            let phase = wall.phase();
            let here = (phase, wall.step());
            if self.ready.get_untracked()
                && here != (self.phase.get_untracked(), self.step.get_untracked())
            {
                self.moved_on(here);
            }
            self.settings.put(settings.clone());
            self.situation.put(wall.situation());
            self.phase.put(phase);
            self.agenda.put(wall.agenda());
            self.step.put(wall.step());
            self.bring_to(core, wall.spotlight());
            self.pulses.put(wall.pulses());
            let mut commitments: Vec<_> = wall.commitments().collect();
            commitments.sort_by_key(|(id, _)| *id);
            self.commitments.put(commitments);
            self.remark.put(state.remark(None).to_owned());
            self.timer.put(wall.timer());
            self.reveals.put(wall.reveals());
            self.pre_moderation.put(wall.pre_moderation());
            self.doors_closed.put(wall.doors_closed());
            self.ledger.put(told(&wall.ledger()));
            self.expires_on.put(wall.expires_on());
            self.ready.put(true);
        }
    }

    /// Everybody is brought to a thing, or no longer; it is said to those who are here.
    fn bring_to(self, core: &Core, spotlight: Option<Item>) {
        let new = self.ready.get_untracked() && self.spotlight.get_untracked() != spotlight;
        self.spotlight.put(spotlight);
        let title = spotlight.and_then(|item| item_title(&core.state, item));
        if let (true, Some(title)) = (new, title) {
            self.announce(crate::text::discussion::in_spotlight(&title));
        }
    }

    /// The workshop is in another phase, or at another step.
    fn moved_on(self, (phase, step): (Phase, Option<StepId>)) {
        // The server has forgotten it by itself.
        self.done.put(false);
        if phase != self.phase.get_untracked() {
            self.announce(frame::moved(phase.name(language())));
        } else if let Some(title) = step.and_then(|step| self.step_title(step)) {
            self.announce(agenda::now(&title));
        }
    }

    fn show_notes(self, core: &mut Core, changes: &Changes, tells: bool) {
        if changes.notes.is_empty() {
            return;
        }
        let before = core.notes.len();
        let (mut new, mut moved) = (0, 0);
        for id in &changes.notes {
            let was = spot_of(core, *id);
            new += usize::from(show_note(core, *id));
            let now = spot_of(core, *id);
            moved += usize::from(
                was.zip(now)
                    .is_some_and(|(was, now)| is_regrouped(&was, &now)),
            );
        }
        let gone = before + new - core.notes.len();
        let ids = core.state.note_ids();
        let loose = |note: &NoteId| matches!(core.state.place(*note), Some(Place::Loose(_)));
        let loose = ids.iter().copied().filter(loose).collect();
        self.loose_notes.put(loose);
        self.notes.put(ids);
        if self.ready.get_untracked() {
            self.tell_others_did(Announcement {
                added: new,
                removed: gone,
                moved: if tells { moved } else { 0 },
                groups: 0,
            });
        }
    }

    fn show_clusters(self, core: &mut Core, changes: &Changes, tells: bool) {
        if changes.clusters.is_empty() {
            return;
        }
        let before = core.clusters.len();
        for id in &changes.clusters {
            let name = name_of(core, *id);
            show_cluster(core, *id);
            if let (true, Some(now)) = (tells, name_of(core, *id))
                && !now.is_empty()
                && name.is_some_and(|name| name != now)
            {
                self.announce(text::group_named(&now));
            }
        }
        if tells {
            self.tell_others_did(Announcement {
                groups: core.clusters.len().saturating_sub(before),
                ..Announcement::default()
            });
        }
        self.clusters.put(core.state.cluster_ids());
    }

    fn show_own(self, core: &Core, changes: &Changes) {
        let state = &core.state;
        let Some(settings) = state.settings() else {
            return;
        };
        if changes.rounds || !changes.notes.is_empty() || !changes.clusters.is_empty() {
            self.rounds.put(rounds(state, settings));
        }
        if changes.mine || changes.rounds {
            let ballot = BallotView::of(state);
            if self.ready.get_untracked() {
                self.tell_round(ballot.as_ref());
            }
            self.ballot.put(ballot);
            self.mine.put(my_notes(state, settings));
            self.my_same_here.put(state.my_same_here());
            self.returned.put(state.returned().to_vec());
        }
        if changes.mine || changes.queue || changes.board {
            let pulse = state.my_pulse();
            if self.ready.get_untracked() {
                self.tell_pulse(pulse);
            }
            self.my_pulse.put(pulse);
        }
        if !changes.notes.is_empty() || !changes.clusters.is_empty() {
            self.items.update(|items| *items += 1);
        }
        if changes.traffic {
            self.passed.update(|passed| *passed += 1);
        }
        if changes.backstage || changes.queue {
            self.queue.put(queue(state, settings));
        }
        if changes.backstage {
            self.invite.put(invite(state, settings));
        }
        if changes.queue {
            let verbs = state.pending().iter().map(|pending| pending.command.verb());
            self.pending.put(verbs.collect::<Vec<Verb>>());
            if !core.forgetting {
                storage::keep(self.id, state.role(), &state.to_keep());
            }
        }
    }

    /// Says that a round was opened or closed.
    fn tell_round(self, now: Option<&BallotView>) {
        let before = self
            .ballot
            .with_untracked(|ballot| ballot.as_ref().map(|ballot| ballot.round));
        match now {
            Some(now) if before != Some(now.round) => self.announce(text::round_opened(&now.title)),
            None if before.is_some() => self.announce(text::round_closed()),
            Some(_) | None => {}
        }
    }

    /// Says that a pulse was opened or closed.
    fn tell_pulse(self, now: Option<MyPulse>) {
        let before = self.my_pulse.get_untracked().map(|pulse| pulse.pulse);
        match now.map(|pulse| pulse.pulse) {
            Some(now) if before != Some(now) => {
                let pulses = self.pulses.get_untracked();
                let opened = pulses.iter().find(|(id, _)| *id == now);
                if let Some((_, pulse)) = opened {
                    self.announce(text::pulse_opened(&pulse.question));
                }
            }
            None if before.is_some() => self.announce(text::pulse_closed()),
            Some(_) | None => {}
        }
    }

    /// Looks again a moment later while somebody drags something.
    fn watch_drags(self) {
        let first = self.core.try_update_value(|core| {
            let dragged = core.state.expire_drags(browser::now());
            dragged && !std::mem::replace(&mut core.expiring, true)
        });
        if first == Some(true) {
            let moment = LINGERS.duration().unwrap_or_default();
            set_timeout(
                move || {
                    self.core.try_update_value(|core| {
                        core.expiring = false;
                        core.state.expire_drags(browser::now());
                    });
                    self.show();
                },
                moment,
            );
        }
    }
}

fn spot_of(core: &Core, id: NoteId) -> Option<Spot> {
    let source = core.notes.get(&id)?;
    Some(source.spot.get_untracked())
}

/// Whether a note has come into a group, or out of one.
fn is_regrouped(was: &Spot, now: &Spot) -> bool {
    match (was, now) {
        (Spot::In(was), Spot::In(now)) => was != now,
        (_, Spot::In(_)) | (Spot::In(_), Spot::Loose(_)) => true,
        (_, Spot::Loose(_) | Spot::Under(_) | Spot::Dragged(_)) => false,
    }
}

/// What a shown group is called; may be empty.
fn name_of(core: &Core, id: ClusterId) -> Option<String> {
    let source = core.clusters.get(&id)?;
    Some(source.view.with_untracked(|view| view.name.clone()))
}

/// Shows a note as it is now. Says whether it is new.
fn show_note(core: &mut Core, id: NoteId) -> bool {
    let (state, settings) = (&core.state, core.state.settings());
    let shown = (state.note(id), settings, spot(state, id));
    let (Some(note), Some(settings), Some(spot)) = shown else {
        core.notes.remove(&id);
        return false;
    };
    let view = NoteView::of(note, settings);
    let replies = Replies::of(state, Item::Note(id));
    if let Some(source) = core.notes.get(&id) {
        source.put(view, spot, replies);
        return false;
    }
    core.notes.insert(id, Source::new(view, spot, replies));
    true
}

fn show_cluster(core: &mut Core, id: ClusterId) {
    let shown = (
        ClusterView::of(&core.state, id),
        cluster_spot(&core.state, id),
    );
    let (Some(view), Some(spot)) = shown else {
        core.clusters.remove(&id);
        return;
    };
    let replies = Replies::of(&core.state, Item::Cluster(id));
    match core.clusters.get(&id) {
        Some(source) => source.put(view, spot, replies),
        None => {
            core.clusters.insert(id, Source::new(view, spot, replies));
        }
    }
}
