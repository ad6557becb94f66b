//! What components ask of a board that follows from several of its values.

use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use candour_shared::policy::Posting;
use candour_shared::settings::Release;

use leptos::prelude::*;

use super::Board;
use crate::view::mine::Showing;
use crate::view::picture::Picture;
use crate::view::results::ResultsView;
use crate::view::traffic::TrafficView;

impl Board {
    /// Whether people write now, be it that posting is paused; followed.
    #[must_use]
    pub fn is_writing(self) -> bool {
        self.phase.get() == Phase::Write
    }

    /// Why nothing can be written for the moment, followed; nothing unless posting is paused while
    /// people write notes or replies.
    #[must_use]
    pub fn pause(self) -> Option<Denied> {
        let paused = self.situation.get().posting == Posting::Paused;
        let writes = matches!(self.phase.get(), Phase::Write | Phase::Discuss);
        (paused && writes).then_some(Denied::PostingPaused)
    }

    /// When notes become visible, followed.
    #[must_use]
    pub fn release(self) -> Release {
        self.settings.with(|settings| settings.privacy.release)
    }

    /// On what it depends how notes come to be seen, followed.
    #[must_use]
    pub fn showing(self) -> Showing {
        Showing {
            release: self.release(),
            pre_moderation: self.pre_moderation.get(),
        }
    }

    /// The results as they stand, followed.
    #[must_use]
    pub fn results(self) -> ResultsView {
        self.rounds.signal().track();
        self.items.signal().track();
        self.remark.signal().track();
        let settings = self.settings.get();
        self.core
            .with_value(|core| ResultsView::of(&core.state, &settings))
    }

    /// The board as a picture, not followed; nothing if nothing lies on it.
    #[must_use]
    pub fn picture(self) -> Option<Picture> {
        let settings = self.settings.get_untracked();
        self.core
            .with_value(|core| Picture::of(&core.state, &settings))
    }

    /// What this page sent and what others received because of it, followed.
    #[must_use]
    pub fn traffic(self) -> TrafficView {
        self.passed.signal().track();
        self.mine.signal().track();
        self.notes.signal().track();
        self.core.with_value(|core| TrafficView::of(&core.state))
    }

    /// Forgets what this page sent.
    pub fn forget_traffic(self) {
        self.core
            .try_update_value(|core| core.state.forget_traffic());
        self.show();
    }
}
