//! Voting, and what came out.

use candour_shared::text::WelshPlural;

use super::count;

candour_shared::texts! { here
    voting = "Voting",
        "Pleidleisio";
    take_back = "You can take dots back until the round is closed. Totals are hidden until then.",
        "Gallwch gymryd dotiau’n ôl nes i’r rownd gau. Mae’r cyfansymiau’n gudd tan hynny.";
    results = "Results",
        "Canlyniadau";
    less = "One dot less",
        "Un dot yn llai";
    more = "One dot more",
        "Un dot yn fwy";
    between(titles: &str) = format!("Only on: {titles}"), format!("Dim ond ar: {titles}");
    only_tied(items: usize) =
        format!("Only between the {items} that are tied at the top"),
        format!("Dim ond rhwng y {items} sy’n gyfartal ar y brig");
    nobody = "Nobody gave any dots.",
        "Ni roddodd neb ddotiau.";
    behind = "Behind it: ",
        "Y tu ôl iddo: ";
    dots(dots: u32) = count(dots, "dot", "dots"),
        WelshPlural::count(dots.into(), "dot", "ddot", "dot");
    on_this(dots: u8) = match dots {
            0 => "None of your dots is here".to_owned(),
            1 => "1 of your dots is here".to_owned(),
            dots => format!("{dots} of your dots are here"),
        },
        match dots {
            0 => "Nid oes un o’ch dotiau yma".to_owned(),
            dots => format!("Mae {dots} o’ch dotiau yma"),
        };
    /// What a screen reader says after a change.
    said(words: &str, left: u8) = format!("{words}. {} left.", dots(left.into())), format!("{words}. {} ar ôl.", dots(left.into()));
    your_dots(title: &str) = format!("Your dots on {title}"), format!("Eich dotiau ar {title}");
    round(number: u32) = format!("Round {number}"), format!("Rownd {number}");
    budget(each: u8, per_item: u8) = format!("{} each, at most {per_item} on one thing.", dots(each.into())),
        format!("{} yr un, {per_item} ar y mwyaf ar un peth.", dots(each.into()));
    given(given: u32) = count(given, "dot was given.", "dots were given."),
        format!("Rhoddwyd {}.", dots(given));
    indicative = "Indicative: one vote per browser.", "Awgrym yn unig: un bleidlais i bob porwr.";
    named(group: u8) =
        format!("An organisation is named only where at least {group} of its people, and by chance some more, gave dots. \
            Nobody is counted: that one isn't named says nothing."),
        format!("Dim ond lle rhoddodd o leiaf {group} o’i bobl ddotiau, ac ar hap rai mwy, y caiff sefydliad ei enwi. Ni chaiff \
            neb ei gyfrif: nid yw’r ffaith nad enwir un yn dweud dim.");
    unnamed = "people of organisations that aren't named", "pobl o sefydliadau nas enwir";
    others = "others", "eraill";
    and(names: &str, last: &str) = format!("{names} and {last}"), format!("{names} a {last}");
    gone = "No longer on the board", "Ddim ar y bwrdd mwyach";
    part(number: u32, percent: f64) = format!("{}, {percent:.0}%", dots(number)), format!("{}, {percent:.0}%", dots(number));
    people_vote = " People are voting. Nobody sees any totals before the round is closed.",
        " Mae pobl yn pleidleisio. Nid oes neb yn gweld cyfansymiau cyn i’r rownd gau.";
    close = "Close and show totals", "Cau a dangos y cyfansymiau";
    close_question = "Close this round of voting?", "Cau’r rownd bleidleisio hon?";
    close_meaning = "Everyone sees how many dots each thing got. Nobody can change their dots after that, and who gave them is forgotten.",
        "Mae pawb yn gweld faint o ddotiau a gafodd pob peth. Ni all neb newid ei ddotiau wedyn, ac anghofir pwy a’u rhoddodd.";
    usual = "What should come first?", "Beth ddylai ddod yn gyntaf?";
    dots_each = "Dots each", "Dotiau yr un";
    most_on_one = "At most on one", "Ar y mwyaf ar un";
    open = "Open the voting", "Agor y bleidlais";
}
