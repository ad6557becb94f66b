//! The pulse: a question that is answered on a scale.

use super::count;

candour_shared::texts! { here
    title = "Pulse", "Curiad";
    lowest = "Not at all", "Ddim o gwbl";
    highest = "Completely", "Yn llwyr";
    hint = "Nobody is told who answered what. You can change your answer until the pulse is closed.",
        "Ni ddywedir wrth neb pwy atebodd beth. Gallwch newid eich ateb nes i’r curiad gau.";
    shown_from(people: u8) =
        format!("What came out is shown only if at least {people} people answer."),
        format!("Dim ond os bydd o leiaf {people} o bobl yn ateb y dangosir y canlyniad.");
    chosen(answer: u8) = format!("Your answer: {answer} of 5."), format!("Eich ateb: {answer} o 5.");
    too_few = "Too few people answered to show what came out.", "Atebodd rhy ychydig o bobl i ddangos y canlyniad.";
    /// One bar of a closed pulse.
    bar(answer: usize, people: u32) =
        format!("{answer}: {}", count(people, "person", "people")),
        format!("{answer}: {people} o bobl");
    mean(mean: f64, people: u32) =
        format!("{mean:.1} of 5 on average, {people} answers"),
        format!("{mean:.1} o 5 ar gyfartaledd, {people} ateb");
    number(number: u32) = format!("Pulse {number}"), format!("Curiad {number}");
    results = "How it stood", "Sut roedd pethau’n sefyll";
    question = "Question", "Cwestiwn";
    open = "Ask everybody", "Gofyn i bawb";
    close = "Close and show the answers", "Cau a dangos yr atebion";
    is_open = "People are answering. Nobody, not even you, sees how many have.",
        "Mae pobl yn ateb. Nid oes neb, dim hyd yn oed chi, yn gweld faint sydd wedi gwneud.";
    usual = "How safe is it to be candid here?", "Pa mor ddiogel yw bod yn onest yma?";
}
