//! The links of a board.

candour_shared::texts! { here
    give_everyone = "Give it to everyone who takes part: in the invitation, in the chat, or as the code below.",
        "Rhowch hi i bawb sy’n cymryd rhan: yn y gwahoddiad, yn y sgwrs, neu fel y cod isod.";
    participants_link = "Participants' link", "Dolen y cyfranogwyr";
    qr_of_participants = "QR code of the participants' link", "Cod QR dolen y cyfranogwyr";
    by_codes = "Each of them comes in by a code of their own, so there is no link for everybody. You make the codes on the board, under “Invite”, and hand them out.",
        "Mae pob un ohonynt yn dod i mewn drwy god ei hun, felly nid oes dolen i bawb. Rydych yn gwneud y codau ar y bwrdd, o dan “Gwahodd”, ac yn eu dosbarthu.";
    make_codes_tab = "Make codes on the board, as organiser (new tab)",
        "Gwneud codau ar y bwrdd, fel trefnydd (tab newydd)";
    board_open = "The board is open: ", "Mae’r bwrdd ar agor: ";
    only_once = "These links are shown only once. ", "Dim ond unwaith y dangosir y dolenni hyn. ";
    safe_place = "Copy the organiser's and the facilitators' link to a safe place before you close this page: the server does not know them any more. Whoever has a link can use it.",
        "Copïwch ddolen y trefnydd a dolen yr hwyluswyr i le diogel cyn cau’r dudalen hon: nid yw’r gweinydd yn eu gwybod mwyach. Gall pwy bynnag sydd â dolen ei defnyddio.";
    on = "On ", "Ar ";
    is_deleted = " the board is deleted, with everything on it. Take it away as a file before.",
        " caiff y bwrdd ei ddileu, gyda phopeth arno. Ewch ag ef oddi yno fel ffeil cyn hynny.";
    for_participants = "For participants", "I gyfranogwyr";
    for_facilitators = "For facilitators", "I hwyluswyr";
    give_facilitators = "Give it only to those who run the workshop. They move the board from phase to phase, reveal, and take harmful notes off. They are not told who wrote a note either.",
        "Rhowch hi i’r rhai sy’n cynnal y gweithdy yn unig. Nhw sy’n symud y bwrdd o gam i gam, yn datgelu, ac yn tynnu nodiadau niweidiol. Ni ddywedir wrthyn nhw ychwaith pwy ysgrifennodd nodyn.";
    facilitators_link = "Facilitators' link", "Dolen yr hwyluswyr";
    facilitator_tab = "Open the board as facilitator (new tab)", "Agor y bwrdd fel hwylusydd (tab newydd)";
    for_organiser = "For you, the organiser", "I chi, y trefnydd";
    keep_organiser = "Keep it for yourself. It takes the board away as a file, and deletes it.",
        "Cadwch hi i chi’ch hun. Gyda hi gellir mynd â’r bwrdd oddi yno fel ffeil, a’i ddileu.";
    organisers_link = "Organiser's link", "Dolen y trefnydd";
    organiser_tab = "Open the board as organiser (new tab)", "Agor y bwrdd fel trefnydd (tab newydd)";
    copied = "Copied.", "Wedi’i chopïo.";
    cannot_copy = "This browser doesn't let us copy. Select the link and copy it.",
        "Nid yw’r porwr hwn yn gadael i ni gopïo. Dewiswch y ddolen a’i chopïo.";
    copy = "Copy", "Copïo";
    qr_large = "Show the QR code large", "Dangos y cod QR yn fawr";
    replace_lost = "Replace a link that was lost, or got into the wrong hands:",
        "Disodli dolen a gollwyd, neu a aeth i’r dwylo anghywir:";
    replace = "Replace the link", "Disodli’r ddolen";
    new_link = "New link", "Dolen newydd";
    done = "Done", "Gorffen";
    replace_participants = "The present link lets nobody in from then on. Who has joined by it stays on the board, because their notes are theirs.",
        "Nid yw’r ddolen bresennol yn gadael neb i mewn o hynny ymlaen. Mae pwy bynnag a ymunodd drwyddi yn aros ar y bwrdd, gan mai nhw biau eu nodiadau.";
    replace_facilitators = "The present link lets nobody in from then on, and every facilitator is out at once. Give the new link to those who go on.",
        "Nid yw’r ddolen bresennol yn gadael neb i mewn o hynny ymlaen, ac mae pob hwylusydd allan ar unwaith. Rhowch y ddolen newydd i’r rhai sy’n parhau.";
    replace_organisers = "The present link lets nobody in from then on, and every other browser that came in by it is out at once. You stay.",
        "Nid yw’r ddolen bresennol yn gadael neb i mewn o hynny ymlaen, ac mae pob porwr arall a ddaeth i mewn drwyddi allan ar unwaith. Rydych chi’n aros.";
    replace_projectors = "The present link lets nobody in from then on, and every screen that shows the board by it goes dark.",
        "Nid yw’r ddolen bresennol yn gadael neb i mewn o hynny ymlaen, ac mae pob sgrin sy’n dangos y bwrdd drwyddi’n mynd yn dywyll.";
    new_found_again = "This is the new link. You find it again under Invite.",
        "Dyma’r ddolen newydd. Mae i’w chael eto o dan Gwahodd.";
    new_only_now = "This is the new link. It is shown only now: copy it to a safe place.",
        "Dyma’r ddolen newydd. Dim ond nawr y’i dangosir: copïwch hi i le diogel.";
    /// Goes on the button that copies a link, for screen readers.
    the_label(label: &str) = format!(" the {}", label.to_lowercase()), format!(" {}", label.to_lowercase());
    /// Before “…” on a button.
    owner_participants = "The participants'", "Dolen y cyfranogwyr";
    owner_facilitators = "The facilitators'", "Dolen yr hwyluswyr";
    owner_organiser = "The organiser's", "Dolen y trefnydd";
    owner_projector = "The projector's", "Dolen y taflunydd";
    replace_question(owner: &str) = format!("Replace {} link?", owner.to_lowercase()),
        format!("Disodli {}?", owner.to_lowercase());
}
