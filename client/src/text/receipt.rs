//! What is left of a board that is gone.

candour_shared::texts! { here
    title = "Receipt", "Derbynneb";
    board = "Board ", "Bwrdd ";
    save = "Save the receipt as a file", "Cadw’r dderbynneb fel ffeil";
    /// What a receipt proves.
    gone = "Its notes, groups, votes and links are gone from the server's memory and from its database: from the tables, \
            the write-ahead log and the free pages. Nobody can bring them back.",
        "Mae ei nodiadau, ei grwpiau, ei bleidleisiau a’i ddolenni wedi mynd o gof y gweinydd ac o’i gronfa ddata: o’r tablau, \
            y log ysgrifennu-ymlaen a’r tudalennau rhydd. Ni all neb ddod â nhw’n ôl.";
    deleted_on(on: &str) = format!("Its organiser deleted it on {on}."), format!("Dilëwyd ef gan ei drefnydd ar {on}.");
    expired_on(on: &str) = format!("Its time was over, so it was deleted on {on}."),
        format!("Roedd ei amser ar ben, felly dilëwyd ef ar {on}.");
    /// The receipt as a file.
    file(origin: &str, board: &str, ended: &str) =
        format!("Receipt for a deleted board\n\nServer: {origin}\nBoard: {board}\n\n{ended}\n{}\n", gone()),
        format!("Derbynneb am fwrdd a ddilëwyd\n\nGweinydd: {origin}\nBwrdd: {board}\n\n{ended}\n{}\n", gone());
}
