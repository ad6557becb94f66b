//! Opening a board.

use candour_shared::text::WelshPlural;

candour_shared::texts! { here
    template_files = "Use a saved setup", "Defnyddio gosodiad a gadwyd";
    save_template = "Save this setup as a file", "Cadw’r gosodiad hwn fel ffeil";
    load_template = "Load a setup from a file", "Llwytho gosodiad o ffeil";
    loaded(name: &str) = format!("“{name}” is loaded."), format!("Mae “{name}” wedi’i lwytho.");
    no_template = "This is no template of Candour.", "Nid templed Candour yw hwn.";
    other_version(version: u32) = format!("This template is of version {version}, which this page doesn’t know."),
        format!("Mae’r templed hwn yn fersiwn {version}, nad yw’r dudalen hon yn ei adnabod.");
    bad_template(why: &str) = format!("This template can’t be used: {why}."),
        format!("Ni ellir defnyddio’r templed hwn: {why}.");
    file_hint = "Categories, agenda, organisations and rules. The links of a board are never in it.",
        "Categorïau, agenda, sefydliadau a rheolau. Nid yw dolenni bwrdd ynddo byth.";
    unreadable = "This file can’t be read.", "Ni ellir darllen y ffeil hon.";
    something_wrong = "Something is missing or wrong above.", "Mae rhywbeth ar goll neu’n anghywir uchod.";
    start_from = "Start from", "Dechrau o";
    opening = "Opening…", "Yn agor…";
    open_board = "Open the board", "Agor y bwrdd";
    title = "Title", "Teitl";
    title_hint = "Everyone with a link sees it before joining.", "Mae pawb sydd â dolen yn ei weld cyn ymuno.";
    categories = "Categories", "Categorïau";
    categories_hint = "One per line. Every note has exactly one of them.",
        "Un i bob llinell. Mae gan bob nodyn un ohonynt yn union.";
    aspects = "Aspects (optional)", "Agweddau (dewisol)";
    aspects_hint = "One per line. A note can have one of them, to say what it is about.",
        "Un i bob llinell. Gall nodyn gael un ohonynt, i ddweud am beth y mae.";
    organisations = "Organisations (optional)", "Sefydliadau (dewisol)";
    organisations_hint = "One per line. People choose theirs when they join; it is never shown on a note. Leave this empty and nobody is asked.",
        "Un i bob llinell. Mae pobl yn dewis eu hun nhw wrth ymuno; ni ddangosir ef byth ar nodyn. Gadewch hwn yn wag ac ni ofynnir i neb.";
    change_kinds = "Change the categories and aspects", "Newid y categorïau a’r agweddau";
    rules = "Privacy rules (can’t be changed later)", "Rheolau preifatrwydd (ni ellir eu newid yn ddiweddarach)";
    rules_hint = "People read these rules before they join, and every file of the board repeats them. Nobody can change them once the board is open, not even you.",
        "Mae pobl yn darllen y rheolau hyn cyn ymuno, ac mae pob ffeil o’r bwrdd yn eu hailadrodd. Ni all neb eu newid unwaith y bydd y bwrdd ar agor, dim hyd yn oed chi.";
    when_seen = "When others see a note", "Pryd mae eraill yn gweld nodyn";
    how_in = "How participants get in", "Sut mae cyfranogwyr yn dod i mewn";
    smallest_group = "Smallest group to be named", "Y grŵp lleiaf i’w enwi";
    smallest_group_hint = "A result names an organisation only if at least this many of its people stand behind it. Below five it becomes easy to guess who.",
        "Dim ond os yw o leiaf cynifer â hyn o’i bobl y tu ôl iddo y mae canlyniad yn enwi sefydliad. O dan bump daw’n hawdd dyfalu pwy.";
    days = "Days until the board is deleted", "Diwrnodau nes caiff y bwrdd ei ddileu";
    days_hint = "Counted from today. Then everything on it is gone for good, for everyone; take the board away as a file before.",
        "Gan gyfrif o heddiw. Yna mae popeth arno wedi mynd am byth, i bawb; ewch â’r bwrdd oddi yno fel ffeil cyn hynny.";
    rules_now = "The privacy rules, as they are now", "Y rheolau preifatrwydd, fel y maent nawr";
    revealed_at_once = "Notes are revealed all at once.", "Datgelir nodiadau i gyd ar unwaith.";
    appear = "Notes appear while people write.", "Mae nodiadau’n ymddangos tra bo pobl yn ysgrifennu.";
    one_link = "One link lets everybody in.", "Mae un ddolen yn gadael pawb i mewn.";
    own_code = "Each person gets a code of their own.", "Mae pob person yn cael ei god ei hun.";
    deleted_after_day = "The board is deleted after a day.", "Caiff y bwrdd ei ddileu ar ôl diwrnod.";
    reveal = "All notes at once", "Pob nodyn ar unwaith";
    reveal_meaning = "Everyone writes privately. A facilitator reveals all notes at the same moment, in random order. This protects people best.",
        "Mae pawb yn ysgrifennu’n breifat. Mae hwylusydd yn datgelu pob nodyn ar yr un eiliad, mewn trefn ar hap. Dyma sy’n amddiffyn pobl orau.";
    pooled = "A few at a time, while people write", "Ychydig ar y tro, tra bo pobl yn ysgrifennu";
    pooled_meaning = "Notes of several people appear together, in random order. Livelier, but riskier: the smaller the group, the easier it is to guess who wrote what.",
        "Mae nodiadau sawl person yn ymddangos gyda’i gilydd, mewn trefn ar hap. Bywiocach, ond mwy peryglus: po leiaf y grŵp, hawsaf yw dyfalu pwy ysgrifennodd beth.";
    shared_link = "One link for everybody", "Un ddolen i bawb";
    shared_link_meaning = "Easy to pass on. But nothing stops somebody from joining in two browsers, so results are called “indicative: one vote per browser”.",
        "Hawdd ei phasio ymlaen. Ond nid oes dim yn atal rhywun rhag ymuno mewn dau borwr, felly gelwir y canlyniadau’n “awgrym yn unig: un bleidlais i bob porwr”.";
    by_codes = "A code for each person", "Cod i bob person";
    by_codes_meaning = "You make single-use codes, organisation by organisation, and hand them out on paper or as a list. One code is one vote. Who gave a code to whom is up to you; the board never shows what was written or voted with it.",
        "Rydych yn gwneud codau untro, sefydliad wrth sefydliad, ac yn eu dosbarthu ar bapur neu fel rhestr. Mae un cod yn un bleidlais. Chi sydd i ddweud pwy roddodd god i bwy; nid yw’r bwrdd byth yn dangos yr hyn a ysgrifennwyd neu a bleidleisiwyd gydag ef.";
    give_title = "Give the board a title.", "Rhowch deitl i’r bwrdd.";
    named_from(people: &str) = format!("Organisations are named from {people} people on."),
        format!("Enwir sefydliadau o {people} o bobl ymlaen.");
    deleted_after(days: &str) = format!("The board is deleted after {days} days."),
        match days.parse() {
            Ok(days) => format!("Caiff y bwrdd ei ddileu ar ôl {}.", WelshPlural::count(days, "diwrnod", "ddiwrnod", "diwrnod")),
            Err(_) => format!("Caiff y bwrdd ei ddileu ar ôl {days} diwrnod."),
        };
}
