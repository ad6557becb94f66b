//! Coming to a board: joining it, and what keeps somebody from it.

candour_shared::texts! { here
    invited = "You are invited to take part in a workshop.",
        "Cawsoch wahoddiad i gymryd rhan mewn gweithdy.";
    join = "Join",
        "Ymuno";
    facilitators_link = "This is the facilitators' link.",
        "Dolen yr hwyluswyr yw hon.";
    join_as_facilitator = "Join as facilitator",
        "Ymuno fel hwylusydd";
    organisers_link = "This is the organiser's link.",
        "Dolen y trefnydd yw hon.";
    join_as_organiser = "Join as organiser",
        "Ymuno fel trefnydd";
    projectors_link = "This is the projector's link.",
        "Dolen y taflunydd yw hon.";
    show_board = "Show the board",
        "Dangos y bwrdd";
    code_for = "Your code was made for ",
        "Gwnaed eich cod ar gyfer ";
    code_for_end = ". It is never shown on a note. If that isn’t yours, ask whoever gave you the code for another one.",
        ". Ni ddangosir ef byth ar nodyn. Os nad eich un chi yw hwnnw, gofynnwch i bwy bynnag a roddodd y cod i chi am un arall.";
    joining = "Joining…",
        "Yn ymuno…";
    promises = "What this board promises",
        "Yr hyn y mae’r bwrdd hwn yn ei addo";
    deleted_on = "It is deleted on ",
        "Caiff ei ddileu ar ";
    organisation = "Your organisation",
        "Eich sefydliad";
    never_on_note = "It is never shown on a note.",
        "Ni ddangosir ef byth ar nodyn.";
    choose = "Choose…",
        "Dewiswch…";
    looking_for = "Looking for the board…",
        "Yn chwilio am y bwrdd…";
    no_such_board = "There is no such board",
        "Nid oes bwrdd o’r fath";
    was_deleted = "There was one, and it was deleted with everything on it.",
        "Roedd un, ac fe’i dilëwyd gyda phopeth arno.";
    first_page = "Go to the first page",
        "Mynd i’r dudalen gyntaf";
    somebody_joined = "Somebody has joined this board in this browser already.",
        "Mae rhywun eisoes wedi ymuno â’r bwrdd hwn yn y porwr hwn.";
    was_me = "That was me: go on to the board",
        "Fi oedd hwnnw: ymlaen i’r bwrdd";
    shared_computer = "Is this a shared computer?",
        "Ai cyfrifiadur a rennir yw hwn?";
    forget_first = "If it was somebody else, have this browser forget them first. Their notes and votes stay on the board, but nobody can change them from here any more.",
        "Os rhywun arall oedd hwnnw, gofynnwch i’r porwr hwn eu hanghofio yn gyntaf. Mae eu nodiadau a’u pleidleisiau’n aros ar y bwrdd, ond ni all neb eu newid o’r fan hon mwyach.";
    forget_them = "That was somebody else: forget them",
        "Rhywun arall oedd hwnnw: anghofiwch nhw";
    type_code = "Type your code first.",
        "Teipiwch eich cod yn gyntaf.";
    wrong_code = "This code doesn't open this board. Compare it letter by letter with what you were given; if it is right, it was withdrawn: ask for a new one.",
        "Nid yw’r cod hwn yn agor y bwrdd hwn. Cymharwch ef lythyren wrth lythyren â’r hyn a gawsoch; os yw’n gywir, fe’i tynnwyd yn ôl: gofynnwch am un newydd.";
    given_code = "Have you been given a code?",
        "A gawsoch god?";
    code_hint = "Four groups of five letters and digits. Capitals, hyphens and spaces don’t matter.",
        "Pedwar grŵp o bum llythyren a digid. Nid oes ots am briflythrennau, cysylltnodau a bylchau.";
    looking = "Looking…",
        "Yn chwilio…";
    go_on = "Go on",
        "Ymlaen";
    try_again = "Try again",
        "Rhoi cynnig arall arni";
    went_wrong = "Something went wrong",
        "Aeth rhywbeth o’i le";
    unreachable = "The server can't be reached",
        "Ni ellir cyrraedd y gweinydd";
    in_the_way = "Something is in the way",
        "Mae rhywbeth yn y ffordd";
    cannot_open = "This can't be opened",
        "Ni ellir agor hyn";
    not_whole = "The link may not have been copied whole. Ask whoever sent it.",
        "Efallai na chopïwyd y ddolen gyfan. Gofynnwch i bwy bynnag a’i hanfonodd.";
    not_valid = "This link is not valid",
        "Nid yw’r ddolen hon yn ddilys";
    replaced = "It was replaced or withdrawn, or it was not copied whole. Ask whoever sent it for a new one.",
        "Cafodd ei disodli neu ei thynnu’n ôl, neu ni chopïwyd hi’n gyfan. Gofynnwch i bwy bynnag a’i hanfonodd am un newydd.";
    not_joined = "You have not joined this board",
        "Nid ydych wedi ymuno â’r bwrdd hwn";
    open_again = "Open the link you were given again; it has a part behind a # sign that lets you in. If this browser clears its cookies, that is needed every time.",
        "Agorwch y ddolen a gawsoch eto; mae ganddi ran y tu ôl i arwydd # sy’n eich gadael i mewn. Os yw’r porwr hwn yn clirio’i gwcis, mae angen hynny bob tro.";
    doors_closed = "The doors are closed",
        "Mae’r drysau ar gau";
    doors_advice = "A facilitator lets nobody new onto this board at the moment. Ask a facilitator to open the doors, then try again. Whoever joined before can still come back, in the browser they joined with.",
        "Nid yw hwylusydd yn gadael neb newydd ar y bwrdd hwn ar hyn o bryd. Gofynnwch i hwylusydd agor y drysau, yna rhowch gynnig arall arni. Gall pwy bynnag a ymunodd o’r blaen ddod yn ôl o hyd, yn y porwr yr ymunodd ag ef.";
    another_way = "This board lets people in another way",
        "Mae’r bwrdd hwn yn gadael pobl i mewn mewn ffordd arall";
    another_way_advice = "Its participants come either by one link or by a code each; that was fixed when it was opened. Ask whoever invited you for the right one.",
        "Daw ei gyfranogwyr naill ai drwy un ddolen neu drwy god yr un; pennwyd hynny pan agorwyd ef. Gofynnwch i bwy bynnag a’ch gwahoddodd am yr un iawn.";
    too_many_tries = "Too many tries at once",
        "Gormod o gynigion ar unwaith";
    too_many_advice = "The server was asked very often from where you are. Nothing is lost. Wait a minute, then try again.",
        "Gofynnwyd i’r gweinydd yn aml iawn o’r lle rydych chi. Does dim wedi’i golli. Arhoswch funud, yna rhowch gynnig arall arni.";
    busy = "The server is full",
        "Mae’r gweinydd yn llawn";
    busy_advice = "It has as many people and boards on it as it can bear. Nothing is lost. Wait a few minutes, then try again.",
        "Mae cymaint o bobl a byrddau arno ag y gall eu dal. Does dim wedi’i golli. Arhoswch ychydig funudau, yna rhowch gynnig arall arni.";
    damaged = "This board can't be opened",
        "Ni ellir agor y bwrdd hwn";
    damaged_advice = "What is stored of it is damaged. Nothing was deleted. Tell whoever runs the server: they can restore it from a backup.",
        "Mae’r hyn sydd wedi’i storio ohono wedi’i ddifrodi. Ni ddilëwyd dim. Dywedwch wrth bwy bynnag sy’n rhedeg y gweinydd: gallant ei adfer o gopi wrth gefn.";
    by_another_site = "This page was opened by another site",
        "Agorwyd y dudalen hon gan wefan arall";
    own_address = "A board works only at its own address. Copy the link you were given into the address bar.",
        "Dim ond yn ei gyfeiriad ei hun y mae bwrdd yn gweithio. Copïwch y ddolen a gawsoch i’r bar cyfeiriad.";
}
