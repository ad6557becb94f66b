//! What people say about a note or a group.

use super::count;

candour_shared::texts! { here
    note = "Note", "Nodyn";
    same_here = "Same here", "Minnau hefyd";
    same_here_title = "Say that this is true for you too. How many do is shown together with the next notes; nobody sees who.",
        "Dywedwch fod hyn yn wir i chi hefyd. Dangosir faint sy’n gwneud gyda’r nodiadau nesaf; nid oes neb yn gweld pwy.";
    said(people: u32) =
        count(people, "person says “same here”", "people say “same here”"),
        format!("Mae {people} o bobl yn dweud “minnau hefyd”");
    reply = "Reply…", "Ateb…";
    replies(replies: usize) =
        count(replies, "reply", "replies"),
        format!("{replies} ateb");
    reply_to(title: &str) = format!("Reply to “{title}”"), format!("Ateb “{title}”");
    your_reply = "Your reply", "Eich ateb";
    reply_hint = "It waits, like notes, until replies are revealed. Nobody is told who wrote it.",
        "Mae’n aros, fel nodiadau, nes i’r atebion gael eu datgelu. Ni ddywedir wrth neb pwy a’i hysgrifennodd.";
    send = "Save the reply", "Cadw’r ateb";
    reply_saved = "Your reply is on its way. It waits until replies are revealed.",
        "Mae eich ateb ar ei ffordd. Mae’n aros nes i’r atebion gael eu datgelu.";
    not_nhs_number = "It isn’t an NHS number", "Nid rhif GIG ydyw";
    flag = "Flag…", "Fflagio…";
    flag_question = "Ask the facilitators to look at this note?", "Gofyn i’r hwyluswyr edrych ar y nodyn hwn?";
    flag_words = "They see that the note was flagged, not by whom and not by how many. They can hold it, or leave it.",
        "Maent yn gweld bod y nodyn wedi’i fflagio, nid gan bwy na gan faint. Gallant ei ddal yn ôl, neu ei adael.";
    flag_verb = "Flag the note", "Fflagio’r nodyn";
    flagged = "The facilitators will look at it. Nobody is told who asked.",
        "Bydd yr hwyluswyr yn edrych arno. Ni ddywedir wrth neb pwy ofynnodd.";
    remark = "What was said", "Yr hyn a ddywedwyd";
    flags_title(notes: usize) =
        count(notes, "note is flagged", "notes are flagged"),
        format!("Mae {notes} nodyn wedi’u fflagio");
    leave_it = "Leave it", "Ei adael";
    answers(title: &str) = format!("Reply to: {title}"), format!("Ateb i: {title}");
}
