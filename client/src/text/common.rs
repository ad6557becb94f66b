//! What many parts of the page say.

candour_shared::texts! { here
    close = "Close",
        "Cau";
    cancel = "Cancel",
        "Canslo";
}
