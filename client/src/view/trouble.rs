//! Why a request came to nothing, in words.

use candour_page::trouble::Trouble;

use crate::text::{connection as text, language};

/// The sentence for it. What passes by itself is tried again by nobody here but the person.
#[must_use]
pub fn words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refused(denied) if denied.is_passing() => text::too_busy().to_owned(),
        Trouble::Refused(denied) => denied.words(language()),
        Trouble::Fault(fault) => text::fault(&fault.message, &fault.fault),
        Trouble::Unreachable => text::cannot_reach().to_owned(),
        Trouble::Unreadable => text::cannot_read().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::denied::Denied;

    use super::*;

    #[test]
    fn who_was_too_fast_is_asked_to_try_again() {
        let busy = words(&Trouble::Refused(Denied::TooFast));
        assert!(busy.contains("try again"), "{busy}");
    }
}
