//! What many parts of the page say.

candour_shared::texts! { here
    close = "Close",
        "Cau";
    cancel = "Cancel",
        "Canslo";
    on = "On", "Ymlaen";
    off = "Off", "I ffwrdd";
    whole_number(from: u16, to: u16) = format!("Type a whole number from {from} to {to}."),
        format!("Teipiwch rif cyfan o {from} i {to}.");
    save = "Save", "Cadw";
}
