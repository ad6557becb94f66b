//! Writing a note.

use super::count;

candour_shared::texts! { here
    being_saved = "Your note is being saved. It is listed under Your notes.",
        "Mae eich nodyn yn cael ei gadw. Mae wedi’i restru o dan Eich nodiadau.";
    write = "Write a note",
        "Ysgrifennu nodyn";
    save = "Save the note",
        "Cadw’r nodyn";
    nobody_told = "Nobody is told who wrote it. Your own words may still give you away.",
        "Ni ddywedir wrth neb pwy a’i hysgrifennodd. Gall eich geiriau eich hun eich bradychu o hyd.";
    paused = "A facilitator has paused posting. ",
        "Mae hwylusydd wedi rhoi saib ar bostio. ";
    paused_hint = "You can write on: what you write stays here, and you can save it when posting goes on. Taking a note back works all the time.",
        "Gallwch ddal i ysgrifennu: mae’r hyn a ysgrifennwch yn aros yma, a gallwch ei gadw pan fydd postio’n ailddechrau. Mae cymryd nodyn yn ôl yn gweithio drwy’r amser.";
    enter_saves = " saves, ",
        " yn cadw, ";
    starts_line = " starts a new line, ",
        " yn dechrau llinell newydd, ";
    chooses_category = "… choose the category.",
        "… yn dewis y categori.";
    no_aspect = "No aspect in particular",
        "Dim agwedd benodol";
    recognised = "Could somebody be recognised by this?",
        "A ellid adnabod rhywun o hyn?";
    not_nhs = "This is not an NHS number",
        "Nid rhif GIG yw hwn";
    not_saved = "Not saved",
        "Heb ei gadw";
    copied = "The text is copied.",
        "Mae’r testun wedi’i gopïo.";
    cannot_copy = "This browser doesn't let us copy. Select the text and copy it.",
        "Nid yw’r porwr hwn yn gadael i ni gopïo. Dewiswch y testun a’i gopïo.";
    take_up = "Take it up again",
        "Mynd ati eto";
    copy = "Copy the text",
        "Copïo’r testun";
    let_go = "Let it go",
        "Gadael iddo fynd";
    length(length: usize, limit: usize) = format!("{length} of {limit} characters"), format!("{length} o {limit} nod");
    too_many(excess: usize) =
        count(excess, "character too many", "characters too many"),
        format!("{excess} nod yn ormod");
    at_most_left(about: usize) = format!("At most {about} characters left"), format!("{about} nod ar ôl ar y mwyaf");
    one_idea = "More than one idea? With one in each note they are easier to group and to vote on.",
        "Mwy nag un syniad? Gydag un ym mhob nodyn maent yn haws eu grwpio a phleidleisio arnynt.";
    your_note = "Your note", "Eich nodyn";
    category = "Category", "Categori";
    /// Before the choice of an aspect.
    about = "About", "Ynglŷn â";
    save_anyway = "You can save the note all the same.", "Gallwch gadw’r nodyn er hynny.";
    looks_like(what: &str) = format!("This looks like {what}."), format!("Mae hyn yn edrych fel {what}.");
    marked_below(findings: &str) = format!("{findings} It is marked below your note."),
        format!("{findings} Mae wedi’i farcio o dan eich nodyn.");
    /// On what was found in a note.
    is_nhs_number = "NHS number?", "rhif GIG?";
    is_phone_number = "phone number?", "rhif ffôn?";
    is_email_address = "e-mail address?", "cyfeiriad e-bost?";
    is_postcode = "postcode?", "cod post?";
    is_date_of_birth = "date of birth?", "dyddiad geni?";
}
