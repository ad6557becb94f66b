//! Moderation.

use super::count;

candour_shared::texts! { here
    hold_question = "Hold this note?",
        "Dal y nodyn hwn yn ôl?";
    erase_question = "Erase this note for good?",
        "Dileu’r nodyn hwn am byth?";
    hold_meaning = "Only facilitators see its text from then on. If it is on the board already, its place says that it is held, and why. You can release it later.",
        "Dim ond hwyluswyr sy’n gweld ei destun o hynny ymlaen. Os yw ar y bwrdd eisoes, mae ei le’n dweud ei fod wedi’i ddal yn ôl, a pham. Gallwch ei ryddhau’n ddiweddarach.";
    erase_meaning = "It is removed from everywhere, for everyone. This can't be undone. If in doubt, hold it.",
        "Caiff ei dynnu o bobman, i bawb. Ni ellir dadwneud hyn. Os oes amheuaeth, daliwch ef yn ôl.";
    hold_note = "Hold the note",
        "Dal y nodyn yn ôl";
    erase_note = "Erase the note",
        "Dileu’r nodyn";
    because = "Because ",
        "Oherwydd ";
    title = "Moderation",
        "Cymedroli";
    first = "Look at notes first",
        "Edrych ar nodiadau yn gyntaf";
    first_reveal = "While this is on, revealed notes come to the facilitators, and reach the board when you release them.",
        "Tra bydd hyn ymlaen, daw nodiadau a ddatgelir at yr hwyluswyr, ac maent yn cyrraedd y bwrdd pan fyddwch yn eu rhyddhau.";
    first_pooled = "While this is on, notes come to the facilitators a pool at a time, and reach the board when you release them.",
        "Tra bydd hyn ymlaen, daw nodiadau at yr hwyluswyr fesul cronfa, ac maent yn cyrraedd y bwrdd pan fyddwch yn eu rhyddhau.";
    did = "What facilitators did",
        "Beth wnaeth hwyluswyr";
    did_hint = "You see it as it happens. Everybody sees it when the board moves to another phase, and it goes into the file the organiser takes away.",
        "Rydych chi’n ei weld wrth iddo ddigwydd. Mae pawb yn ei weld pan fydd y bwrdd yn symud i gam arall, ac mae’n mynd i’r ffeil y mae’r trefnydd yn ei chymryd.";
    receipts = "Receipts of erased notes",
        "Derbynebau nodiadau a ddilëwyd";
    receipts_hint = "A receipt is written in the same step that removes the text: from the documents, from the database, its write-ahead log and its free pages. Every page drops its old copy with the new generation.",
        "Ysgrifennir derbynneb yn yr un cam â’r un sy’n tynnu’r testun: o’r dogfennau, o’r gronfa ddata, ei log ysgrifennu-ymlaen a’i thudalennau rhydd. Mae pob tudalen yn gollwng ei hen gopi gyda’r genhedlaeth newydd.";
    release_all_question = "Release all waiting notes?",
        "Rhyddhau’r holl nodiadau sy’n aros?";
    release_all_meaning = "Everyone sees them at the same moment, in random order, those you haven't read too.",
        "Mae pawb yn eu gweld ar yr un eiliad, mewn trefn ar hap, gan gynnwys y rhai nad ydych wedi’u darllen.";
    release = "Release",
        "Rhyddhau";
    change_reason = "Change the reason…",
        "Newid y rheswm…";
    erase = "Erase…",
        "Dileu…";
    did_public = "How often notes were held, released or erased, and for which of the fixed reasons. It is published whenever a phase ends, so that no count points at a moment. Facilitators never see whose notes they are.",
        "Pa mor aml y cafodd nodiadau eu dal yn ôl, eu rhyddhau neu eu dileu, ac am ba un o’r rhesymau sefydlog. Fe’i cyhoeddir pan ddaw cam i ben, fel nad yw’r un cyfrif yn pwyntio at eiliad. Nid yw hwyluswyr byth yn gweld nodiadau pwy ydynt.";
    waits = "Waits for a facilitator. Nobody else sees it.",
        "Yn aros am hwylusydd. Nid oes neb arall yn ei weld.";
    hold = "Hold…", "Dal yn ôl…";
    release_all = "Release all", "Rhyddhau’r cyfan";
    badge(waiting: usize) = format!("{waiting} waiting"), format!("{waiting} yn aros");
    waiting(notes: usize) =
        count(notes, "note waits for you", "notes wait for you"),
        format!("{notes} nodyn yn aros amdanoch");
    held(notes: usize) =
        count(notes, "note is held", "notes are held"),
        format!("{notes} nodyn wedi’i ddal yn ôl");
    did_hold(notes: u32) =
        format!("Held {}", count(notes, "note", "notes")),
        format!("Daliwyd {notes} nodyn yn ôl");
    did_release(notes: u32) =
        format!("Released {}", count(notes, "note", "notes")),
        format!("Rhyddhawyd {notes} nodyn");
    did_erase(notes: u32) =
        format!("Erased {}", count(notes, "note", "notes")),
        format!("Dilëwyd {notes} nodyn");
    after_hold(did: &str, reason: &str) =
        format!("{did} that had been held because {reason}."),
        format!("{did} a oedd wedi’i ddal yn ôl oherwydd {reason}.");
    for_reason(did: &str, reason: &str) = format!("{did} because {reason}."), format!("{did} oherwydd {reason}.");
    after_waiting(did: &str) = format!("{did} that had waited."), format!("{did} a oedd wedi aros.");
    receipt(on: &str, reason: &str, generation: &str) =
        format!("On {on}, because {reason}. The board's documents were rebuilt without it, as generation {generation}."),
        format!("Ar {on}, oherwydd {reason}. Ailadeiladwyd dogfennau’r bwrdd hebddo, fel cenhedlaeth {generation}.");
    held_because(reason: &str) =
        format!("Held by a facilitator because {reason}."),
        format!("Wedi’i ddal yn ôl gan hwylusydd oherwydd {reason}.");
    held_note = "A note held by a facilitator", "Nodyn wedi’i ddal yn ôl gan hwylusydd";
    reason = "Reason", "Rheswm";
}
