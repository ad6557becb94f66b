//! What a board promises, in sentences for people who are about to join it.

use candour_shared::settings::{Privacy, Release};

/// What the board's privacy policy means, one sentence each.
#[must_use]
pub fn sentences(privacy: &Privacy) -> Vec<String> {
    let release = match privacy.release {
        Release::Reveal => {
            "Everyone writes privately. A facilitator reveals all notes at the same moment, in \
             random order."
        }
    };
    let group = privacy.min_group;
    vec![
        release.to_owned(),
        "A note never shows an organisation, and no organisation's votes are counted apart."
            .to_owned(),
        format!(
            "A result names an organisation only if at least {group} of its people contributed to it."
        ),
        "These rules were fixed when the board was opened. Nobody can change them, not even the \
         organiser."
            .to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_size_is_named() {
        let told = sentences(&Privacy::default()).join(" ");
        assert!(told.contains("at least 5 of its people"), "{told}");
    }
}
