//! Taking a board away, and deleting it.

candour_shared::texts! { here
    title = "Take away", "Mynd â’r bwrdd oddi yma";
    download = "Download the board (JSON)", "Lawrlwytho’r bwrdd (JSON)";
    what_is_in = "Notes, groups, totals and the counts of moderation. Nothing in it says who wrote or voted what.",
        "Nodiadau, grwpiau, cyfansymiau a chyfrifon y cymedroli. Nid oes dim ynddi’n dweud pwy ysgrifennodd beth na phwy bleidleisiodd dros beth.";
    deleted_on = "The board is deleted on ", "Caiff y bwrdd ei ddileu ar ";
    with_everything = ", with everything on it.", ", gyda phopeth arno.";
    delete = "Delete the board…", "Dileu’r bwrdd…";
    delete_question = "Delete this board?", "Dileu’r bwrdd hwn?";
    removed = "The board and everything on it is removed from the server, for everyone, at once. ",
        "Caiff y bwrdd a phopeth arno ei dynnu o’r gweinydd, i bawb, ar unwaith. ";
    no_way_back = "This can't be undone.", "Ni ellir dadwneud hyn.";
    download_first = "Download it first if you want to keep it.", "Lawrlwythwch ef yn gyntaf os ydych am ei gadw.";
    type_it = "Type “", "Teipiwch “";
    to_show = "” to show that you mean it", "” i ddangos eich bod o ddifrif";
    delete_for_good = "Delete the board for good", "Dileu’r bwrdd am byth";
    saved = "The board is saved as a file on this computer.", "Mae’r bwrdd wedi’i gadw fel ffeil ar y cyfrifiadur hwn.";
    /// What is typed to show that it is meant.
    word = "delete", "dileu";
}
