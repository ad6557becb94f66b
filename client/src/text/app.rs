//! What doesn't belong to any part of the page: addresses that lead nowhere, and the language.

candour_shared::texts! { here
    /// Title of the page at an address that leads nowhere.
    nothing_here = "There is nothing at this address", "Does dim byd yn y cyfeiriad hwn";
    /// What to do there.
    check_link = "Check that the whole link was copied.", "Gwnewch yn siŵr bod y ddolen gyfan wedi’i chopïo.";
    /// Leads to the first page.
    to_first_page = "Go to the first page", "Mynd i’r dudalen gyntaf";
    /// What this is called, in every language.
    candour = "Candour", "Candour";
    /// The title of a board’s page.
    titled(board: &str) = format!("{board} – Candour"), format!("{board} – Candour");
    no_files = "This browser doesn't let pages save files.", "Nid yw’r porwr hwn yn gadael i dudalennau gadw ffeiliau.";
    no_random = "This browser has no secure source of random numbers, which every note needs.",
        "Nid oes gan y porwr hwn ffynhonnell ddiogel o haprifau, y mae eu hangen ar bob nodyn.";
}
