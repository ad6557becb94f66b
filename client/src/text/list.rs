//! The board as a list.

candour_shared::texts! { here
    notes = "Notes", "Nodiadau";
    move_to = "Move to…", "Symud i…";
    merge_into = "Merge into…", "Uno â…";
    dissolve = "Take apart", "Chwalu";
    in_common = "What these notes have in common", "Yr hyn sydd gan y nodiadau hyn yn gyffredin";
    merge_question = "Merge this group into…", "Uno’r grŵp hwn â…";
    move_question = "Move this note to…", "Symud y nodyn hwn i…";
    made_group = "The two notes are a new group. You can name it.", "Mae’r ddau nodyn yn grŵp newydd. Gallwch ei enwi.";
    taken_out = "The note is in no group.", "Nid yw’r nodyn mewn grŵp.";
    find = "Find a group or a note", "Canfod grŵp neu nodyn";
    nowhere = "There is nothing to move it to.", "Nid oes unman i’w symud iddo.";
    nothing_found = "Nothing is called that.", "Nid oes dim o’r enw hwnnw.";
    a_group = "A group", "Grŵp";
    new_group = "A new group, together with", "Grŵp newydd, gyda";
    in_no_group = "This note is in no group any more.", "Nid yw’r nodyn hwn mewn grŵp mwyach.";
    moved_into(group: &str) = format!("Moved into {group}."), format!("Wedi’i symud i {group}.");
    out_of(group: &str) = format!("Out of “{group}”"), format!("Allan o “{group}”");
    and_more(more: usize) = format!("And {more} more: find them by their words."),
        format!("A {more} arall: gallwch eu canfod wrth eu geiriau.");
}
