//! What many parts of the page say.

candour_shared::texts! { here
    close = "Close",
        "Cau";
    cancel = "Cancel",
        "Canslo";
    on = "On", "Ymlaen";
    off = "Off", "I ffwrdd";
}
