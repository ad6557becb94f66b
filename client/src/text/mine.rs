//! One’s own notes.

use candour_shared::text::WelshPlural;

use super::count;

candour_shared::texts! { here
    title = "Your notes",
        "Eich nodiadau";
    none = "Nothing yet. What you write is listed here, and only you see the list.",
        "Dim eto. Mae’r hyn a ysgrifennwch wedi’i restru yma, a dim ond chi sy’n gweld y rhestr.";
    only_you = "Only you see this list. It ends with the present phase: from then on nobody can look up whose notes are whose.",
        "Dim ond chi sy’n gweld y rhestr hon. Mae’n dod i ben gyda’r cam presennol: o hynny ymlaen ni all neb chwilio pwy biau pa nodyn.";
    ended = "The list of your own notes ended with the writing. From now on nobody can look up whose notes are whose, not even for you. Only this page still remembers what it sent, until you close or reload it.",
        "Daeth rhestr eich nodiadau eich hun i ben gyda’r ysgrifennu. O hyn ymlaen ni all neb chwilio pwy biau pa nodyn, hyd yn oed i chi. Dim ond y dudalen hon sy’n dal i gofio’r hyn a anfonodd, nes i chi ei chau neu ei hail-lwytho.";
    all_right = "All right",
        "Iawn";
    take_back_question = "Take this note back?",
        "Cymryd y nodyn hwn yn ôl?";
    take_it_back = "Take it back",
        "Ei gymryd yn ôl";
    rewrite = "Rewrite",
        "Ailysgrifennu";
    take_back = "Take back",
        "Cymryd yn ôl";
    save_rewrite = "Save the rewrite",
        "Cadw’r fersiwn newydd";
    saving = "Not saved yet: kept on this page until the server has it.",
        "Heb ei gadw eto: wedi’i gadw ar y dudalen hon nes bod y gweinydd yn ei dderbyn.";
    withdrawing = "Being taken back.", "Yn cael ei gymryd yn ôl.";
    /// Goes on with when it will be seen.
    saved_unseen = "Saved. Nobody else sees this text ", "Wedi’i gadw. Nid oes neb arall yn gweld y testun hwn ";
    until_reveal = "until a facilitator reveals all notes at once.", "nes bod hwylusydd yn datgelu’r holl nodiadau ar unwaith.";
    until_pool(people: &str, after_long: &str, minutes: &str, present: &str) =
        format!("yet. It is shown together with others: when notes of at least {people} people wait ({after_long} after \
                 {minutes} minutes) and at least {present} people are here, or when a facilitator reveals."),
        format!("eto. Caiff ei ddangos gydag eraill: pan fydd nodiadau gan o leiaf {people} o bobl yn aros ({after_long} ar ôl \
                 {minutes} o funudau) ac o leiaf {present} o bobl yma, neu pan fydd hwylusydd yn datgelu.");
    facilitators_first = " Then the facilitators look at it first.", " Yna mae’r hwyluswyr yn edrych arno yn gyntaf.";
    with_facilitators = "Saved. Only the facilitators see it, without your name. They look at it before everybody does.",
        "Wedi’i gadw. Dim ond yr hwyluswyr sy’n ei weld, heb eich enw. Maent yn edrych arno cyn pawb arall.";
    on_board = "On the board for everybody, without your name.", "Ar y bwrdd i bawb, heb eich enw.";
    at_reveal = "at the next reveal", "gyda’r datgelu nesaf";
    with_next = "with the next notes that are shown", "gyda’r nodiadau nesaf a ddangosir";
    rewrite_waiting(next: &str) =
        format!("Saved. The board still shows the former text; the new one takes its place {next}."),
        format!("Wedi’i gadw. Mae’r bwrdd yn dal i ddangos y testun blaenorol; daw’r un newydd yn ei le {next}.");
    withdrawal_waiting(next: &str) =
        format!("Taken back. It goes {next}, so that nobody can tell whose it was."),
        format!("Wedi’i gymryd yn ôl. Mae’n mynd {next}, fel na all neb ddweud pwy oedd biau ef.");
    held(why: &str, next: &str) =
        format!("{why} Only facilitators see it. You can rewrite it as long as the board is in Write; they look at it \
                 again {next}."),
        format!("{why} Dim ond hwyluswyr sy’n ei weld. Gallwch ei ailysgrifennu cyhyd â bod y bwrdd yn y cam ysgrifennu; \
                 byddant yn edrych arno eto {next}.");
    withdrawing_shown(next: &str) =
        format!("It goes {next}, together with what else changes then, so that nobody can tell whose it was. It can't be \
                 put back."),
        format!("Mae’n mynd {next}, gyda phopeth arall sy’n newid bryd hynny, fel na all neb ddweud pwy oedd biau ef. Ni ellir \
                 ei roi’n ôl.");
    withdrawing_unseen = "It is removed for good. You can write it anew, but not bring it back.",
        "Caiff ei dynnu am byth. Gallwch ei ysgrifennu o’r newydd, ond nid dod ag ef yn ôl.";
    dots_left(left: u8, all: u8, limit: u8) =
        format!("{left} of {} left, at most {limit} on one thing", count(all, "dot", "dots")),
        format!("{left} o {} ar ôl, {limit} ar y mwyaf ar un peth", WelshPlural::count(all.into(), "dot", "ddot", "dot"));
    rewrite_note = "Rewrite the note", "Ailysgrifennu’r nodyn";
}
