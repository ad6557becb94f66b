//! What keeps somebody from a board, and what they can do about it.

use candour_page::trouble::Trouble;
use candour_shared::denied::Denied;
use candour_shared::policy::Role;

use super::trouble::words;
use crate::text::joining as text;

/// A page in place of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoppedView {
    /// What is in the way.
    pub title: &'static str,
    /// What to do, in a sentence or two.
    pub advice: String,
    /// What the page offers besides.
    pub offer: Offer,
}

/// What a page in place of the board offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To try the same again.
    Retry,
    /// To type a code.
    Code,
    /// Nothing.
    Nothing,
}

/// The page for a trouble, for somebody who came by a link of this role.
#[must_use]
pub fn stopped(trouble: &Trouble, role: Role) -> StoppedView {
    let denied = match trouble {
        Trouble::Refused(denied) => denied,
        Trouble::Fault(_) => return retry(text::went_wrong(), words(trouble)),
        Trouble::Unreachable => return retry(text::unreachable(), words(trouble)),
        Trouble::Unreadable => return retry(text::in_the_way(), words(trouble)),
    };
    let code = if role == Role::Participant {
        Offer::Code
    } else {
        Offer::Nothing
    };
    let (title, advice, offer) = if let Some(known) = known(denied) {
        let (title, advice, offer) = known;
        (title, advice.to_owned(), offer.unwrap_or(code))
    } else {
        let advice = words(trouble);
        (text::cannot_open(), advice, Offer::Nothing)
    };
    StoppedView {
        title,
        advice,
        offer,
    }
}

fn retry(title: &'static str, advice: String) -> StoppedView {
    let offer = Offer::Retry;
    StoppedView {
        title,
        advice,
        offer,
    }
}

/// The title, the advice, and the offer: nothing for a code, where codes let people in.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most refusals are answers to commands and come to nobody before a board"
)]
fn known(denied: &Denied) -> Option<(&'static str, &'static str, Option<Offer>)> {
    Some(match denied {
        Denied::NoSuchBoard => (
            text::no_such_board(),
            text::not_whole(),
            Some(Offer::Nothing),
        ),
        Denied::WrongSecret => (text::not_valid(), text::replaced(), None),
        Denied::NotJoined => (text::not_joined(), text::open_again(), None),
        Denied::DoorsClosed => (
            text::doors_closed(),
            text::doors_advice(),
            Some(Offer::Retry),
        ),
        Denied::WrongAdmission => (text::another_way(), text::another_way_advice(), None),
        Denied::TooFast => (
            text::too_many_tries(),
            text::too_many_advice(),
            Some(Offer::Retry),
        ),
        Denied::Busy => (text::busy(), text::busy_advice(), Some(Offer::Retry)),
        Denied::Damaged => (text::damaged(), text::damaged_advice(), Some(Offer::Retry)),
        Denied::Elsewhere => (
            text::by_another_site(),
            text::own_address(),
            Some(Offer::Nothing),
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(denied: Denied, role: Role) -> StoppedView {
        stopped(&Trouble::Refused(denied), role)
    }

    #[test]
    fn only_participants_are_asked_for_a_code() {
        for denied in [
            Denied::NotJoined,
            Denied::WrongSecret,
            Denied::WrongAdmission,
        ] {
            assert_eq!(page(denied.clone(), Role::Participant).offer, Offer::Code);
            assert_eq!(
                page(denied.clone(), Role::Facilitator).offer,
                Offer::Nothing
            );
            assert_eq!(page(denied, Role::Organiser).offer, Offer::Nothing);
        }
    }

    #[test]
    fn what_passes_can_be_tried_again() {
        for denied in [Denied::DoorsClosed, Denied::TooFast] {
            assert_eq!(page(denied, Role::Participant).offer, Offer::Retry);
        }
        let cut_off = stopped(&Trouble::Unreachable, Role::Participant);
        assert_eq!(cut_off.offer, Offer::Retry);
    }

    #[test]
    fn every_page_says_what_to_do() {
        for denied in [
            Denied::NoSuchBoard,
            Denied::Elsewhere,
            Denied::OrganisersOnly,
        ] {
            assert!(!page(denied, Role::Participant).advice.is_empty());
        }
    }
}
