//! The words of refusals.

use std::fmt;

use super::{Denied, SettingsFault, SettingsPart};
use crate::text::Language;

impl Denied {
    /// What was wrong and, where it helps, what to do.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        match self {
            Denied::WrongPhase { phase } => wrong_phase(language, phase.name(language)),
            Denied::FacilitatorsOnly => facilitators_only(language).into(),
            Denied::OnlyShows => only_shows(language).into(),
            Denied::OrganisersOnly => organisers_only(language).into(),
            Denied::Locked => locked(language).into(),
            Denied::PostingPaused => posting_paused(language).into(),
            Denied::DoorsClosed => doors_closed(language).into(),
            Denied::CodeSpent => code_spent(language).into(),
            Denied::WrongAdmission => wrong_admission(language).into(),
            Denied::TooFast => too_fast(language).into(),
            Denied::TooManySockets { limit } => too_many_sockets(language, *limit),
            Denied::Elsewhere => elsewhere(language).into(),
            Denied::LooksLikeNhsNumber => looks_like_nhs_number(language).into(),
            Denied::NotYours => not_yours(language).into(),
            Denied::OnesOwn => ones_own(language).into(),
            Denied::SameHereOver => same_here_over(language).into(),
            Denied::NoSuchNote => no_such_note(language).into(),
            Denied::NoSuchCluster => no_such_cluster(language).into(),
            Denied::RoundClosed => round_closed(language).into(),
            Denied::RoundOpen => round_open(language).into(),
            Denied::NoSuchStep => no_such_step(language).into(),
            Denied::PulseClosed => pulse_closed(language).into(),
            Denied::PulseOpen => pulse_open(language).into(),
            Denied::NoSuchItem => no_such_item(language).into(),
            Denied::OverBudget { dots } => over_budget(language, *dots),
            Denied::OverItemLimit { limit } => over_item_limit(language, *limit),
            Denied::NoSuchCategory => no_such_category(language).into(),
            Denied::PhaseMoved { phase } => phase_moved(language, phase.name(language)),
            Denied::IllegalMove => illegal_move(language).into(),
            Denied::Empty => empty(language).into(),
            Denied::TooLong { limit } => too_long(language, *limit),
            Denied::OutOfRange { limit } => out_of_range(language, *limit),
            Denied::Full { limit } => full(language, *limit),
            Denied::BadSettings { fault } => bad_settings(language, &fault.words(language)),
            Denied::Malformed { why } => malformed(language, why),
            Denied::TooLarge { limit } => too_large(language, *limit),
            Denied::NoBinary => no_binary(language).into(),
            Denied::HelloFirst => hello_first(language).into(),
            Denied::Outdated { .. } => outdated(language).into(),
            Denied::NoSuchBoard => no_such_board(language).into(),
            Denied::WrongSecret => wrong_secret(language).into(),
            Denied::NotJoined => not_joined(language).into(),
            Denied::NoSuchOrganisation => no_such_organisation(language).into(),
            Denied::NoSuchPage => no_such_page(language).into(),
            Denied::Unavailable => unavailable(language).into(),
            Denied::Busy => busy(language).into(),
            Denied::Damaged => damaged(language).into(),
        }
    }
}

/// English, for programs and logs.
impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::English))
    }
}

impl SettingsFault {
    /// What is wrong, as a part of a sentence.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        match self {
            SettingsFault::NoCategory => no_category(language).into(),
            SettingsFault::GroupTooSmall => group_too_small(language).into(),
            SettingsFault::KeepDays { limit } => keep_days(language, *limit),
            SettingsFault::Empty { part } => part_empty(language, one(language, *part)),
            SettingsFault::TooLong { part, limit } => {
                part_too_long(language, one(language, *part), *limit)
            }
            SettingsFault::TooMany { part, limit } => {
                part_too_many(language, many(language, *part), *limit)
            }
            SettingsFault::Twice { part, name } => {
                part_twice(language, many(language, *part), name)
            }
            SettingsFault::Minutes { limit } => minutes(language, *limit),
        }
    }
}

fn one(language: Language, part: SettingsPart) -> &'static str {
    match part {
        SettingsPart::Title => one_title(language),
        SettingsPart::Category => one_category(language),
        SettingsPart::Aspect => one_aspect(language),
        SettingsPart::Organisation => one_organisation(language),
        SettingsPart::Step => one_step(language),
        SettingsPart::Prompt => one_prompt(language),
        SettingsPart::Note => one_note(language),
    }
}

fn many(language: Language, part: SettingsPart) -> &'static str {
    match part {
        SettingsPart::Title => many_titles(language),
        SettingsPart::Category => many_categories(language),
        SettingsPart::Aspect => many_aspects(language),
        SettingsPart::Organisation => many_organisations(language),
        SettingsPart::Step => many_steps(language),
        SettingsPart::Prompt => many_prompts(language),
        SettingsPart::Note => many_notes(language),
    }
}

crate::texts! { of
    wrong_phase(phase: &str) = format!("This can't be done in the phase “{phase}”."),
        format!("Does dim modd gwneud hyn yn y cam “{phase}”.");
    facilitators_only = "Only facilitators can do this.", "Dim ond hwyluswyr sy'n gallu gwneud hyn.";
    only_shows = "This screen only shows the board. Use the link you were given to take part.",
        "Dim ond dangos y bwrdd y mae'r sgrin hon. Defnyddiwch y ddolen a gawsoch i gymryd rhan.";
    organisers_only = "Only the organiser can do this. Open the organiser's link.",
        "Dim ond y trefnydd sy'n gallu gwneud hyn. Agorwch ddolen y trefnydd.";
    locked = "A facilitator has locked the groups.", "Mae hwylusydd wedi cloi'r grwpiau.";
    posting_paused =
        "A facilitator has paused posting. What you wrote is kept here; try again when it goes on.",
        "Mae hwylusydd wedi rhoi saib ar bostio. Mae'r hyn a ysgrifennoch wedi'i gadw yma; rhowch gynnig arall arni pan fydd yn ailddechrau.";
    doors_closed = "The doors of this board are closed. Ask a facilitator to open them.",
        "Mae drysau'r bwrdd hwn ar gau. Gofynnwch i hwylusydd eu hagor.";
    code_spent =
        "This code was used in another browser. You can look on; ask for a new one to take part.",
        "Defnyddiwyd y cod hwn mewn porwr arall. Gallwch wylio; gofynnwch am un newydd i gymryd rhan.";
    wrong_admission =
        "Participants of this board come in another way. That was fixed when it was opened.",
        "Mae cyfranogwyr y bwrdd hwn yn dod i mewn mewn ffordd arall. Pennwyd hynny pan agorwyd ef.";
    too_fast = "That was too much at once. It is tried again in a moment.",
        "Roedd hynny'n ormod ar unwaith. Rhoddir cynnig arall arni mewn eiliad.";
    too_many_sockets(limit: usize) =
        format!("This board is open in too many windows: at most {limit}. Close some of them."),
        format!("Mae'r bwrdd hwn ar agor mewn gormod o ffenestri: {limit} ar y mwyaf. Caewch rai ohonynt.");
    elsewhere = "This request came from another site. Open the board at its own address.",
        "Daeth y cais hwn o wefan arall. Agorwch y bwrdd yn ei gyfeiriad ei hun.";
    looks_like_nhs_number =
        "This looks like an NHS number. Take it out, or confirm that it isn’t one.",
        "Mae hyn yn edrych fel rhif GIG. Tynnwch ef allan, neu cadarnhewch nad yw'n un.";
    not_yours = "This note isn't yours, or no longer exists.",
        "Nid eich nodyn chi yw hwn, neu nid yw'n bodoli mwyach.";
    ones_own = "This is your own note: it counts as yours already.",
        "Eich nodyn chi yw hwn: mae'n cyfrif fel eich un chi'n barod.";
    same_here_over = "“Same here” can be said only until the phase ends in which the note came up.",
        "Dim ond hyd ddiwedd y cam y daeth y nodyn i'r golwg ynddo y gellir dweud “minnau hefyd”.";
    no_such_note = "This note is no longer there.", "Nid yw'r nodyn hwn yno mwyach.";
    no_such_cluster = "This group is no longer there.", "Nid yw'r grŵp hwn yno mwyach.";
    round_closed = "This round of voting is closed.", "Mae'r rownd bleidleisio hon ar gau.";
    round_open = "Another round of voting is open. Close it first.",
        "Mae rownd bleidleisio arall ar agor. Caewch honno yn gyntaf.";
    no_such_step = "This step is no longer in the agenda.", "Nid yw'r eitem hon ar yr agenda mwyach.";
    pulse_closed = "This pulse is closed.", "Mae'r curiad hwn ar gau.";
    pulse_open = "Another pulse is open. Close it first.", "Mae curiad arall ar agor. Caewch hwnnw yn gyntaf.";
    no_such_item =
        "This can't be voted on any more. It may have been moved into a group or taken off the board.",
        "Ni ellir pleidleisio ar hyn mwyach. Efallai iddo gael ei symud i grŵp neu ei dynnu oddi ar y bwrdd.";
    over_budget(dots: u8) =
        format!("You have no dots left: all {dots} are placed. Take one back first."),
        format!("Nid oes gennych ddotiau ar ôl: mae pob un o'r {dots} wedi'i osod. Cymerwch un yn ôl yn gyntaf.");
    over_item_limit(limit: u8) = format!("At most {limit} of your dots can be on one thing."),
        format!("{limit} o'ch dotiau ar y mwyaf sy'n gallu bod ar un peth.");
    no_such_category = "This board has no such category or aspect.",
        "Nid oes categori nac agwedd o'r fath ar y bwrdd hwn.";
    phase_moved(phase: &str) = format!("Somebody else has moved the board to “{phase}” meanwhile."),
        format!("Mae rhywun arall wedi symud y bwrdd i “{phase}” yn y cyfamser.");
    illegal_move = "The board can't go back to this phase.", "Ni all y bwrdd fynd yn ôl i'r cam hwn.";
    empty = "Write something first.", "Ysgrifennwch rywbeth yn gyntaf.";
    too_long(limit: usize) = format!("This is too long: at most {limit} characters."),
        format!("Mae hyn yn rhy hir: {limit} nod ar y mwyaf.");
    out_of_range(limit: u32) = format!("This number is out of range: at most {limit}."),
        format!("Mae'r rhif hwn y tu hwnt i'r terfyn: {limit} ar y mwyaf.");
    full(limit: usize) = format!("The board is full: it holds at most {limit} of these."),
        format!("Mae'r bwrdd yn llawn: {limit} o'r rhain ar y mwyaf y mae'n eu dal.");
    bad_settings(why: &str) = format!("The board can't be made: {why}."),
        format!("Ni ellir gwneud y bwrdd: {why}.");
    malformed(why: &str) = format!("The server didn't understand this message: {why}"),
        format!("Ni ddeallodd y gweinydd y neges hon: {why}");
    too_large(limit: usize) = format!("This message is too large: at most {limit} bytes."),
        format!("Mae'r neges hon yn rhy fawr: {limit} beit ar y mwyaf.");
    no_binary = "Clients send text frames only.", "Fframiau testun yn unig y mae cleientiaid yn eu hanfon.";
    hello_first = "The first message, and only the first, must be a hello.",
        "Rhaid i'r neges gyntaf, a'r gyntaf yn unig, fod yn gyfarchiad.";
    outdated = "This page is out of date. Reload it.", "Mae'r dudalen hon wedi dyddio. Ail-lwythwch hi.";
    no_such_board = "There is no such board. It may have been deleted.",
        "Nid oes bwrdd o'r fath. Efallai ei fod wedi'i ddileu.";
    wrong_secret = "This link is not, or no longer, valid. Ask for a new one.",
        "Nid yw'r ddolen hon yn ddilys, neu nid yw'n ddilys mwyach. Gofynnwch am un newydd.";
    not_joined = "Join the board first: open the link you were given.",
        "Ymunwch â'r bwrdd yn gyntaf: agorwch y ddolen a gawsoch.";
    no_such_organisation = "Choose your organisation from the list.",
        "Dewiswch eich sefydliad o'r rhestr.";
    no_such_page = "There is nothing at this address.", "Does dim byd yn y cyfeiriad hwn.";
    unavailable = "The server can't save at the moment. Your change is kept here and tried again.",
        "Ni all y gweinydd gadw ar hyn o bryd. Mae eich newid wedi'i gadw yma a rhoddir cynnig arall arno.";

    busy = "The server is as busy as it can be. Wait a few minutes, then try again.",
        "Mae'r gweinydd mor brysur ag y gall fod. Arhoswch ychydig funudau, yna rhowch gynnig arall arni.";
    damaged = "This board can't be opened: what is stored of it is damaged. Nothing was deleted. Tell whoever runs the server: they can restore it from a backup.",
        "Ni ellir agor y bwrdd hwn: mae'r hyn sydd wedi'i storio ohono wedi'i ddifrodi. Ni ddilëwyd dim. Dywedwch wrth bwy bynnag sy'n rhedeg y gweinydd: gallant ei adfer o gopi wrth gefn.";

    no_category = "a board needs at least one category", "mae angen o leiaf un categori ar fwrdd";
    group_too_small = "min_group must be at least 2", "rhaid i min_group fod yn 2 o leiaf";
    keep_days(limit: u16) = format!("keep_days must be 1 to {limit}"),
        format!("rhaid i keep_days fod rhwng 1 a {limit}");
    part_empty(part: &str) = format!("{part} is empty"), format!("mae {part} yn wag");
    part_too_long(part: &str, limit: usize) = format!("{part} is longer than {limit} characters"),
        format!("mae {part} yn hwy na {limit} nod");
    part_too_many(parts: &str, limit: usize) = format!("there are more than {limit} {parts}"),
        format!("mae mwy na {limit} o {parts}");
    part_twice(parts: &str, name: &str) = format!("two {parts} are called “{name}”"),
        format!("mae dau o'r {parts} o'r enw “{name}”");
    minutes(limit: u16) = format!("a step of the agenda takes longer than {limit} minutes"),
        format!("mae eitem ar yr agenda yn cymryd mwy na {limit} munud");

    one_title = "the title", "y teitl";
    one_category = "a category's name", "enw categori";
    one_aspect = "an aspect's name", "enw agwedd";
    one_organisation = "an organisation's name", "enw sefydliad";
    one_step = "the title of a step", "teitl eitem ar yr agenda";
    one_prompt = "the prompt of a step", "cwestiwn eitem ar yr agenda";
    one_note = "a note", "nodyn";
    many_titles = "titles", "teitlau";
    many_categories = "categories", "categorïau";
    many_aspects = "aspects", "agweddau";
    many_organisations = "organisations", "sefydliadau";
    many_steps = "steps", "eitemau agenda";
    many_prompts = "prompts", "cwestiynau";
    many_notes = "notes", "nodiadau";
}
