//! Documents of the project that the server shows too: Markdown made into a page.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// A document's title and its body as HTML. Links to other files of the project lead nowhere on a
/// server, so only their words are kept.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else Markdown has stays as it is"
)]
pub(super) fn rendered(markdown: &str) -> (String, String) {
    let title = markdown.lines().next().unwrap_or_default();
    let title = title.trim_start_matches(['#', ' ']).to_owned();
    let mut dropped = false;
    let events =
        Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) if is_of_project(&dest_url) => {
                dropped = true;
                None
            }
            Event::End(TagEnd::Link) if dropped => {
                dropped = false;
                None
            }
            // A wide table is scrolled by itself, so that the page fits a phone.
            Event::Start(Tag::Table(_)) => Some(vec![
                Event::Html("<div class=\"table\" tabindex=\"0\">".into()),
                event,
            ]),
            Event::End(TagEnd::Table) => Some(vec![event, Event::Html("</div>".into())]),
            other => Some(vec![other]),
        });
    let mut body = String::new();
    html::push_html(&mut body, events.flatten());
    (title, body)
}

fn is_of_project(link: &CowStr<'_>) -> bool {
    !link.contains("://") && !link.starts_with('/') && !link.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_can_be_scrolled_and_a_link_to_a_file_is_words_only() {
        let (title, body) = rendered(
            "# Who could learn what\n\n|a|b|\n|-|-|\n|1|2|\n\nSee [there](../SECURITY.md) and \
             [here](https://example.org).\n",
        );
        assert_eq!(title, "Who could learn what");
        assert!(
            body.contains("<div class=\"table\" tabindex=\"0\"><table>"),
            "{body}"
        );
        assert!(
            body.contains("See there and <a href=\"https://example.org\">here</a>"),
            "{body}"
        );
    }
}
