//! What is said in the place of notes while there are none.

candour_shared::texts! { here
    not_begun = "The workshop has not begun",
        "Nid yw’r gweithdy wedi dechrau";
    opens_writing = "A facilitator opens the writing when everyone is here. Nobody is told who writes what.",
        "Mae hwylusydd yn agor yr ysgrifennu pan fydd pawb yma. Ni ddywedir wrth neb pwy sy’n ysgrifennu beth.";
    move_to_write = "When everyone is here, move the board to Write.",
        "Pan fydd pawb yma, symudwch y bwrdd i Ysgrifennu.";
    writing = "Everyone is writing",
        "Mae pawb yn ysgrifennu";
    appear = "Notes appear here a few at a time, shuffled and without names, as soon as those of enough people wait.",
        "Mae nodiadau’n ymddangos yma ychydig ar y tro, wedi’u cymysgu a heb enwau, cyn gynted ag y bydd rhai digon o bobl yn aros.";
    privately = "Everyone is writing privately",
        "Mae pawb yn ysgrifennu’n breifat";
    only_you = "Only you can see your notes until a facilitator reveals all of them at once, shuffled and without names.",
        "Dim ond chi all weld eich nodiadau nes i hwylusydd ddatgelu pob un ar unwaith, wedi’u cymysgu a heb enwau.";
    until_you = "Nobody sees anyone else's notes until you reveal all of them at once, shuffled and without names.",
        "Nid oes neb yn gweld nodiadau neb arall nes i chi ddatgelu pob un ar unwaith, wedi’u cymysgu a heb enwau.";
    no_notes = "There are no notes yet",
        "Nid oes nodiadau eto";
    go_back = "Notes are written while the board is in Write. A facilitator can go back to it.",
        "Ysgrifennir nodiadau tra bo’r bwrdd yn Ysgrifennu. Gall hwylusydd fynd yn ôl ato.";
    move_back = "To let people write some, move the board back to Write.",
        "I adael i bobl ysgrifennu rhai, symudwch y bwrdd yn ôl i Ysgrifennu.";
    closed = "The board is closed",
        "Mae’r bwrdd ar gau";
    none_shown = "No notes were shown on it.",
        "Ni ddangoswyd nodiadau arno.";
}
