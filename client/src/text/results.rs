//! The results of a workshop, as a page to look at and to print.

use super::count;

candour_shared::texts! { here
    title = "Results", "Canlyniadau";
    print = "Print or save as PDF", "Argraffu neu gadw fel PDF";
    save_svg = "Save the board as SVG", "Cadw’r bwrdd fel SVG";
    save_png = "Save the board as PNG", "Cadw’r bwrdd fel PNG";
    no_png = "This browser can’t make a picture this large. Save it as SVG instead.",
        "Ni all y porwr hwn wneud llun mor fawr. Cadwch ef fel SVG yn lle hynny.";
    /// Under the title: how much there is.
    summary(notes: usize, groups: usize, rounds: usize) =
        format!("{}, {}, {}.", notes_words(notes), groups_words(groups), rounds_words(rounds)),
        format!("{}, {}, {}.", notes_words(notes), groups_words(groups), rounds_words(rounds));
    notes_words(notes: usize) =
        count(notes, "note", "notes"),
        format!("{notes} nodyn");
    groups_words(groups: usize) =
        count(groups, "group", "groups"),
        format!("{groups} grŵp");
    rounds_words(rounds: usize) =
        count(rounds, "round of voting", "rounds of voting"),
        format!("{rounds} rownd bleidleisio");
    /// Of one part of a group's notes: how many are of a category.
    part(count: usize, category: &str) = format!("{category}: {count}"), format!("{category}: {count}");
    mix_of(title: &str) = format!("Kinds of note in {title}"), format!("Mathau o nodyn yn {title}");
    still_open = "The board is not closed yet: what you see here can still change.",
        "Nid yw’r bwrdd wedi’i gau eto: gall yr hyn a welwch yma newid o hyd.";
    nothing_yet = "There is nothing to show yet. Results come once notes are on the board.",
        "Nid oes dim i’w ddangos eto. Daw canlyniadau pan fydd nodiadau ar y bwrdd.";
    nobody_voted = "No round of voting has been closed yet.", "Nid oes rownd bleidleisio wedi’i chau eto.";
    place(place: &str) = format!("Place {place}"), format!("Safle {place}");
    no_dots = "no dots", "dim dotiau";
    behind = "Behind it: ", "Y tu ôl iddo: ";
    notes_of(title: &str) = format!("Notes in {title}"), format!("Nodiadau yn {title}");
    show_notes(notes: usize) =
        if notes == 1 { "Show the note".to_owned() } else { format!("Show the {notes} notes") },
        if notes == 1 { "Dangos y nodyn".to_owned() } else { format!("Dangos y {notes} nodyn") };
    same_here(people: u32) =
        count(people, "more said “same here”", "more said “same here”"),
        format!("Dywedodd {people} arall “minnau hefyd”");
    said_about = "What was said", "Yr hyn a ddywedwyd";
    replies = "Replies", "Atebion";
    others = "Notes without a group", "Nodiadau heb grŵp";
    other_hint = "Nobody put these into a group or gave them dots.",
        "Ni roddodd neb y rhain mewn grŵp na rhoi dotiau iddynt.";
    indicative = "How to read this", "Sut i ddarllen hyn";
    about_board = "About the whole board", "Am y bwrdd cyfan";
}
