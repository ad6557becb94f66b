//! Undo and redo.

candour_shared::texts! { here
    undo = "Undo", "Dadwneud";
    redo = "Redo", "Ailwneud";
    undo_what(what: &str) = format!("Undo: {what}"), format!("Dadwneud: {what}");
    redo_what(what: &str) = format!("Redo: {what}"), format!("Ailwneud: {what}");
    undone(what: &str) = format!("Undone: {what}."), format!("Wedi dadwneud: {what}.");
    redone(what: &str) = format!("Done again: {what}."), format!("Wedi ailwneud: {what}.");
    cannot = "This can’t be undone any more.", "Ni ellir dadwneud hyn mwyach.";
    moving = "moving", "symud";
    making_group = "making a group", "gwneud grŵp";
    adding = "putting into a group", "rhoi mewn grŵp";
    naming = "naming a group", "enwi grŵp";
    merging = "merging groups", "uno grwpiau";
    dissolving = "taking a group apart", "chwalu grŵp";
    dots = "giving dots", "rhoi dotiau";
    same_here = "saying “same here”", "dweud “minnau hefyd”";
    remark = "writing down what was said", "cofnodi’r hyn a ddywedwyd";
    agenda = "changing the agenda", "newid yr agenda";
    commitment = "writing down a commitment", "cofnodi ymrwymiad";
}
