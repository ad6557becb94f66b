//! The board as a plane.

use super::count;

candour_shared::texts! { here
    plane = "The board as a plane", "Y bwrdd fel plân";
    /// How the canvas is used, for screen readers.
    help = "Arrow keys go from note to note. Space lifts a note, arrow keys move it, with Shift farther, Space drops it, \
            Escape puts it back. Shift and Space selects a note, and what is selected is lifted together. Enter reads \
            a note or renames a group. Plus and minus zoom, 0 shows the natural size, 1 the whole board. The list shows \
            the same.",
        "Mae’r bysellau saeth yn mynd o nodyn i nodyn. Mae’r bylchwr yn codi nodyn, y bysellau saeth yn ei symud, ymhellach \
         gyda Shift, y bylchwr yn ei ollwng, ac Escape yn ei roi’n ôl. Mae Shift a’r bylchwr yn dewis nodyn, a chaiff yr \
         hyn a ddewiswyd ei godi gyda’i gilydd. Mae Enter yn darllen nodyn neu’n ailenwi grŵp. Mae plws a minws yn \
         chwyddo ac yn lleihau, 0 yn dangos y maint naturiol, 1 y bwrdd cyfan. Mae’r rhestr yn dangos yr un peth.";
    /// What a note is, for screen readers.
    note = "note", "nodyn";
    /// What a group is, for screen readers.
    group = "group of notes", "grŵp o nodiadau";
    note_actions = "Actions for this note", "Gweithredoedd ar gyfer y nodyn hwn";
    group_actions = "Actions for this group", "Gweithredoedd ar gyfer y grŵp hwn";
    read_all = "Read all", "Darllen y cyfan";
    held = "Held", "Wedi’i ddal yn ôl";
    notes(notes: usize) =
        count(notes, "note", "notes"),
        format!("{notes} nodyn");
    /// After a number that is already there, for screen readers.
    notes_word(notes: usize) = if notes == 1 { "note" } else { "notes" }, "nodyn";
    group_title(title: &str, notes: usize) =
        format!("{title}, {}", count(notes, "note", "notes")),
        format!("{title}, {notes} nodyn");
    quoted(title: &str) = format!("“{title}”"), format!("“{title}”");
    /// A group without a name, told apart by a note in it.
    told_apart(title: &str, note: &str) = format!("{title} with “{note}”"), format!("{title} gyda “{note}”");
    unnamed = "Unnamed group", "Grŵp dienw";
    group_name = "Name of the group", "Enw’r grŵp";
    name_this_group = "Name this group", "Enwch y grŵp hwn";
}

// Carrying.
candour_shared::texts! { here
    lifted(title: &str) = format!("{title} is lifted. Arrow keys move it, Space drops it, Escape puts it back."),
        format!("Codwyd {title}. Mae’r bysellau saeth yn ei symud, y bylchwr yn ei ollwng, Escape yn ei roi’n ôl.");
    lifted_all(items: usize) =
        format!("{items} things are lifted. Arrow keys move them, Space drops them, Escape puts them back."),
        format!("Codwyd {items} eitem. Mae’r bysellau saeth yn eu symud, y bylchwr yn eu gollwng, Escape yn eu rhoi’n ôl.");
    dropped = "Dropped.", "Gollyngwyd.";
    put_back = "Put back.", "Rhoddwyd yn ôl.";
    new_group = "A new group. Give it a name.", "Grŵp newydd. Rhowch enw iddo.";
    now_in(group: &str) = format!("Now in {group}."), format!("Bellach yn {group}.");
    groups_are_one = "The groups are one now.", "Mae’r grwpiau’n un bellach.";
    back_in_group = "Back in its group.", "Yn ôl yn ei grŵp.";
    /// Where it would be dropped.
    by_itself = "On the board, by itself.", "Ar y bwrdd, ar ei ben ei hun.";
    out_of_group = "Out of its group.", "Allan o’i grŵp.";
    in_its_group = "In its group.", "Yn ei grŵp.";
    over_make(title: &str) = format!("Over {title}. Make a group?"), format!("Dros {title}. Gwneud grŵp?");
    over_add(title: &str) = format!("Over {title}. Add to it?"), format!("Dros {title}. Ychwanegu ato?");
    over_merge(title: &str) = format!("Over {title}. Make one group of both?"),
        format!("Dros {title}. Gwneud un grŵp o’r ddau?");
    /// What becomes of it when it is dropped here.
    make_group = "Make a group", "Gwneud grŵp";
    add_to_group = "Add to this group", "Ychwanegu at y grŵp hwn";
    make_one = "Make one group of both", "Gwneud un grŵp o’r ddau";
}

// The menu of a thing.
candour_shared::texts! { here
    read = "Read", "Darllen";
    hold = "Hold…", "Dal yn ôl…";
    erase = "Erase…", "Dileu…";
    rename = "Rename", "Ailenwi";
    dissolve = "Take apart…", "Chwalu…";
    select = "Select", "Dewis";
    unselect = "Don’t select", "Peidio â dewis";
}

// What is seen.
candour_shared::texts! { here
    zoom = "Zoom", "Chwyddo";
    zoom_out = "Zoom out", "Lleihau";
    zoom_in = "Zoom in", "Mwyhau";
    zoom_is(percent: &str) = format!("Zoom is {percent}. Go to 100 %"), format!("Chwyddiad {percent}. Mynd i 100 %");
    fit = "Fit", "Ffitio";
    fit_title = "Fit the whole board", "Ffitio’r bwrdd cyfan";
}

// Several things at once.
candour_shared::texts! { here
    selection = "What is selected", "Yr hyn a ddewiswyd";
    selected(items: usize) = format!("{items} selected"), format!("{items} wedi’u dewis");
    nothing_selected = "Nothing is selected.", "Does dim wedi’i ddewis.";
    into_group = "Put into one group", "Rhoi mewn un grŵp";
    tidy = "Tidy up", "Tacluso";
    tidied(items: usize) =
        format!("Tidied up: {}", count(items, "thing moved.", "things moved.")),
        format!("Tacluswyd: symudwyd {items} eitem.");
    tidy_already = "It is tidy already.", "Mae’n daclus yn barod.";
    clear = "Clear", "Clirio";
    clear_title = "Select nothing", "Dewis dim";
}
