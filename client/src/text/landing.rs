//! The first page.

candour_shared::texts! { here
    lead = "A live board on which people of different organisations say what frustrates them, what presses on \
            them and what should come first. Nobody is told who wrote what.",
        "Bwrdd byw lle mae pobl o wahanol sefydliadau yn dweud beth sy’n eu rhwystro, beth sy’n pwyso arnynt a beth \
            ddylai ddod yn gyntaf. Ni ddywedir wrth neb pwy ysgrifennodd beth.";
    try_it = "Try it out", "Rhoi cynnig arni";
    trying = "Opening a board to try…", "Yn agor bwrdd i roi cynnig arno…";
    try_hint = "A board of your own with made-up notes, deleted tomorrow. Nothing to fill in.",
        "Bwrdd i chi’ch hun gyda nodiadau ffug, a gaiff ei ddileu yfory. Dim byd i’w lenwi.";
    open_one = "Open a board", "Agor bwrdd";
    how = "How a workshop goes", "Sut mae gweithdy’n mynd";
    write = "Write. ", "Ysgrifennu. ";
    write_words = "Everyone writes notes privately. A facilitator reveals them all at once, shuffled.",
        "Mae pawb yn ysgrifennu nodiadau’n breifat. Mae hwylusydd yn eu datgelu i gyd ar unwaith, wedi’u cymysgu.";
    group = "Group. ", "Grwpio. ";
    group_words = "Everyone puts notes that belong together into groups.",
        "Mae pawb yn rhoi nodiadau sy’n perthyn i’w gilydd mewn grwpiau.";
    vote = "Vote. ", "Pleidleisio. ";
    vote_words = "Everyone gives dots to what matters most. Totals show when voting closes.",
        "Mae pawb yn rhoi dotiau i’r hyn sydd bwysicaf. Dangosir y cyfansymiau pan fydd y pleidleisio’n cau.";
    discuss = "Discuss. ", "Trafod. ";
    discuss_words = "You talk about it, and the organiser takes the board away as a file.",
        "Rydych yn ei drafod, ac mae’r trefnydd yn mynd â’r bwrdd fel ffeil.";
    promises = "What it promises, and what it can’t", "Yr hyn y mae’n ei addo, a’r hyn na all";
    given_link = "Have you been given a link or a code for a board? Open the link, or the address that came with the \
            code; there is nothing to do here.",
        "A gawsoch ddolen neu god ar gyfer bwrdd? Agorwch y ddolen, neu’r cyfeiriad a ddaeth gyda’r cod; does dim i’w \
            wneud yma.";
    accessibility = "Accessibility", "Hygyrchedd";
    try_title = "A board to try", "Bwrdd i roi cynnig arno";
    welcome = "This board is yours to try.", "Eich bwrdd chi i roi cynnig arno yw hwn.";
    welcome_words = "The notes are made up. Drag one onto another to make a group, or choose List and use its buttons. \
            “Next” in the controls takes the workshop on; “Invite” has a link for others. It is deleted tomorrow.",
        "Nodiadau ffug yw’r rhain. Llusgwch un ar ben un arall i wneud grŵp, neu dewiswch Rhestr a defnyddiwch ei botymau. \
            Mae “Nesaf” yn y rheolyddion yn mynd â’r gweithdy ymlaen; mae gan “Gwahodd” ddolen i eraill. Caiff ei ddileu yfory.";
    all_right = "All right", "Iawn";
    language = "Language", "Iaith";
}
