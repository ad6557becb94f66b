//! Finding notes, and tidying up.

use super::count;

candour_shared::texts! { here
    find = "Find", "Canfod";
    title = "Find notes", "Canfod nodiadau";
    words = "Words in the note", "Geiriau yn y nodyn";
    category = "Category", "Categori";
    aspect = "Aspect", "Agwedd";
    all = "All", "Pob un";
    loose = "In no group", "Heb grŵp";
    mine = "Mine", "Fy rhai i";
    found(found: usize, all: usize) =
        format!("{found} of {}", count(all, "note", "notes")),
        format!("{found} o {all} nodyn");
    next = "Next", "Nesaf";
    previous = "Previous", "Blaenorol";
    clear = "Clear", "Clirio";
    close = "Close the search", "Cau’r chwiliad";
    tidy = "Tidy up", "Tacluso";
    tidy_title = "Tidy up: groups in rows, then the notes in none. It can be undone.",
        "Tacluso: grwpiau mewn rhesi, yna’r nodiadau heb grŵp. Gellir ei ddadwneud.";
    tidied = "The board is tidy.", "Mae’r bwrdd yn daclus.";
}
