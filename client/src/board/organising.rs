//! What organisers do besides: letting people in, taking the board away, deleting it. These go over
//! HTTP, one request each, and are never pending.

use candour_page::connection::Ending;
use candour_page::trouble::Trouble;
use candour_shared::http::MakeCodes;
use candour_shared::ids::{BatchId, OrganisationIndex};
use candour_shared::policy::Role;

use super::{Board, Tone};
use crate::api;
use crate::browser;
use crate::text::{app, export as text};
use crate::view::codes::{CodesView, Home};
use crate::view::invite::organisation_name;
use crate::view::trouble::words;

impl Board {
    /// Makes a new link for a role, as a path with a fragment. The former one lets nobody in any more.
    pub async fn replace_link(self, role: Role) -> Result<String, Trouble> {
        api::replace_link(self.id, role).await
    }

    /// Makes a batch of codes and shows them, until they are put away.
    pub async fn make_codes(
        self,
        organisation: Option<OrganisationIndex>,
        count: u16,
    ) -> Result<(), Trouble> {
        let wanted = MakeCodes {
            organisation,
            count,
        };
        let made = api::make_codes(self.id, wanted).await?;
        let origin = browser::origin();
        let codes = self.settings.with_untracked(|settings| {
            let home = Home {
                origin: &origin,
                board: self.id,
                title: &settings.title,
            };
            let name = organisation_name(&settings.organisations, organisation);
            CodesView::of(made, name, home)
        });
        self.codes.put(Some(codes));
        Ok(())
    }

    /// Puts away the codes that were just made. They can't be shown again.
    pub fn put_codes_away(self) {
        self.codes.put(None);
    }

    /// Has the codes of a batch let nobody in any more.
    pub async fn withdraw_codes(self, batch: BatchId) {
        if let Err(trouble) = api::withdraw_codes(self.id, batch).await {
            self.tell(Tone::Problem, words(&trouble));
        }
    }

    /// Saves the codes that were just made as a file for spreadsheets.
    pub fn save_codes(self) -> Result<(), &'static str> {
        self.codes.with_untracked(|codes| {
            let Some(codes) = codes else { return Ok(()) };
            let name = api::file_name(&codes.file_stem(), "csv");
            let mime = "text/csv;charset=utf-8";
            browser::save_file(&name, mime, &codes.csv()).map_err(|_| app::no_files())
        })
    }

    /// Saves the board as a file named after it.
    pub async fn export(self) {
        let saved = match api::export(self.id).await {
            Ok(json) => {
                let name = self
                    .settings
                    .with_untracked(|settings| api::file_name(&settings.title, "json"));
                browser::save_file(&name, "application/json", &json)
                    .map_err(|_| app::no_files().to_owned())
            }
            Err(trouble) => Err(words(&trouble)),
        };
        match saved {
            Ok(()) => self.tell(Tone::Info, text::saved()),
            Err(why) => self.tell(Tone::Problem, why),
        }
    }

    /// Deletes the board for good, for everyone, and shows the receipt.
    pub async fn delete(self) -> Result<(), Trouble> {
        let receipt = api::delete(self.id).await?;
        self.receipt.put(Some(receipt));
        self.end(Ending::Deleted);
        Ok(())
    }
}
