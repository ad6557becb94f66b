//! What people of the demonstration say to each other's notes, and what comes of it.

use anyhow::{Context as _, Result};
use candour_shared::agenda::Step;
use candour_shared::command::Command;
use candour_shared::commitment::Commitment;
use candour_shared::ids::{ClusterId, Item, StepId};
use candour_shared::phase::Phase;
use futures_util::future::try_join_all;

use super::Demo;
use crate::fresh;
use crate::view::View;
use crate::workshop::reply;

/// To how many notes each person says *same here*, at most.
const AGREEMENTS: usize = 4;
/// How many of the groups with the most dots are talked about.
const TALKED_ABOUT: usize = 3;
/// What people reply to each of them.
const REPLIES: [&str; 3] = [
    "It is the same on our side, only that nobody says so",
    "Could we try this in one place first, and look again in a month?",
    "Who would have to agree to it?",
];

impl Demo {
    /// Everybody answers a pulse, at the step of the phase at which it is asked.
    pub(super) async fn take_pulse(&self, number: u32) -> Result<()> {
        let step = self.step(|step| step.pulse)?;
        self.go_to(step).await?;
        let pulse = fresh::pulse();
        let question = self.facilitator.view(|view| {
            let agenda = view.wall().read().agenda();
            let here = agenda.into_iter().find(|(id, _)| *id == step);
            here.map_or_else(String::new, |(_, step)| step.prompt)
        });
        self.facilitator
            .ask(Command::OpenPulse { pulse, question })
            .await?;
        let answering = self.players.iter().enumerate().map(|(index, player)| {
            // Some are bolder from the beginning; at the end all are.
            let answer = (index % 3) as u8 + number.min(2) as u8 + 1;
            player.client.ask(Command::AnswerPulse { pulse, answer })
        });
        try_join_all(answering).await?;
        self.facilitator.ask(Command::ClosePulse { pulse }).await?;
        self.everyone_sees(|view| {
            let pulse = view.wall().read().pulse(pulse);
            pulse.is_some_and(|pulse| pulse.outcome.is_some())
        })
        .await
    }

    /// People read, and say *same here* to what others wrote.
    pub(super) async fn agree(&self) -> Result<()> {
        self.go_to(self.last_step()?).await?;
        let reading = self
            .players
            .iter()
            .enumerate()
            .map(async |(index, player)| {
                // Some notes are true for many, others for nobody.
                let read = (0..self.notes.len()).filter(|note| (note * note + index) % 11 == 0);
                let others = read.filter(|note| !player.writes.contains(note));
                for note in others.take(AGREEMENTS) {
                    let text = &self.notes[note].text;
                    let found = player.client.view(|view| view.note_saying(text));
                    let note = found.with_context(|| format!("nobody sees “{text}”"))?;
                    let on = true;
                    player.client.ask(Command::SameHere { note, on }).await?;
                }
                anyhow::Ok(())
            });
        try_join_all(reading).await?;
        Ok(())
    }

    /// People reply to the groups with the most dots, and the facilitator reveals that.
    pub(super) async fn talk(&self) -> Result<()> {
        let groups = self.most_wanted();
        let replies = groups
            .iter()
            .flat_map(|(cluster, _)| REPLIES.map(|text| (*cluster, text)));
        let talking =
            replies
                .zip(self.players.iter().cycle())
                .map(async |((cluster, text), player)| {
                    let reply = reply(fresh::note(), Item::Cluster(cluster), text);
                    player.client.ask(reply).await
                });
        try_join_all(talking).await?;
        let number = self.facilitator.view(|view| view.wall().read().reveals()) + 1;
        self.facilitator.ask(Command::Reveal { number }).await?;
        let notes = self.notes.len() + groups.len() * REPLIES.len();
        self.everyone_sees(|view| view.wall().read().note_count() == notes)
            .await
    }

    /// The facilitator writes down what will be done, and by whom.
    pub(super) async fn agree_on_what_to_do(&self) -> Result<()> {
        self.go_to(self.step(|step| !step.pulse)?).await?;
        for (number, (cluster, theme)) in (0..).zip(self.most_wanted()) {
            let on = Some(Item::Cluster(cluster));
            self.facilitator.ask(Command::SetSpotlight { on }).await?;
            let text = "Everybody sees this, each from another side.".to_owned();
            self.facilitator
                .ask(Command::SetRemark { on, text })
                .await?;
            let content = Commitment::new(format!(
                "Bring two people of each organisation together about “{theme}”"
            ))
            .by(Some(number))
            .until("by the end of next month");
            let commitment = fresh::commitment();
            self.facilitator
                .ask(Command::PutCommitment {
                    commitment,
                    content,
                })
                .await?;
        }
        Ok(())
    }

    /// The clusters that got the most dots, with their themes.
    fn most_wanted(&self) -> Vec<(ClusterId, String)> {
        let mut totals: Vec<(String, u32)> = self.expected_totals().into_iter().collect();
        totals.sort_by_key(|(_, dots)| std::cmp::Reverse(*dots));
        let cluster = |name: &str| {
            self.themes
                .iter()
                .find(|theme| theme.name == *name)?
                .cluster
        };
        totals
            .into_iter()
            .filter_map(|(name, _)| Some((cluster(&name)?, name)))
            .take(TALKED_ABOUT)
            .collect()
    }

    /// The last step of the present phase that is like this.
    fn step(&self, like: impl Fn(&Step) -> bool) -> Result<StepId> {
        let (agenda, phase) = self
            .facilitator
            .view(|view| (view.wall().read().agenda(), view.phase()));
        let mut steps = agenda.into_iter().rev();
        let found = steps.find(|(_, step)| step.phase == phase && like(step));
        let (id, _) = found.context("the agenda has no such step")?;
        Ok(id)
    }

    fn last_step(&self) -> Result<StepId> {
        self.step(|_| true)
    }

    /// The facilitator moves on within the phase.
    async fn go_to(&self, step: StepId) -> Result<()> {
        let phase: Phase = self.facilitator.view(View::phase);
        self.facilitator
            .ask(Command::SetPhase {
                from: phase,
                from_step: self.facilitator.view(|view| view.wall().read().step()),
                to: phase,
                step: Some(step),
            })
            .await?;
        self.everyone_sees(|view| view.wall().read().step() == Some(step))
            .await
    }
}
