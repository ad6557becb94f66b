//! Moving a workshop on: what phases are for, and what a move means.

candour_shared::texts! { here
    lobby = "People arrive and read what the board promises.",
        "Mae pobl yn cyrraedd ac yn darllen yr hyn y mae’r bwrdd yn ei addo.";
    write = "Everyone writes privately until you reveal.", "Mae pawb yn ysgrifennu’n breifat nes i chi ddatgelu.";
    write_pooled = "Everyone writes; notes appear a few at a time, without names.",
        "Mae pawb yn ysgrifennu; mae nodiadau’n ymddangos ychydig ar y tro, heb enwau.";
    cluster = "Everyone moves notes together and names the groups.",
        "Mae pawb yn symud nodiadau at ei gilydd ac yn enwi’r grwpiau.";
    vote = "Everyone gives dots to groups and notes.", "Mae pawb yn rhoi dotiau i grwpiau a nodiadau.";
    discuss = "You talk about the results. Only facilitators change the groups.",
        "Rydych yn trafod y canlyniadau. Dim ond hwyluswyr sy’n newid y grwpiau.";
    closed = "Nothing changes any more.", "Nid oes dim yn newid mwyach.";
    notes_collected = "Notes that nobody has seen yet come to you for moderation.",
        "Daw nodiadau nad oes neb wedi’u gweld eto atoch i’w cymedroli.";
    notes_revealed = "Notes that still wait are revealed to everyone, in random order.",
        "Caiff nodiadau sy’n dal i aros eu datgelu i bawb, mewn trefn ar hap.";
    notes_sealed = "Then the notes are sealed: nobody can tell any more whose they are, so nobody can rewrite their own or take them back. This can't be undone.",
        "Yna caiff y nodiadau eu selio: ni all neb ddweud mwyach pwy biau nhw, felly ni all neb ailysgrifennu ei rai ei hun na’u cymryd yn ôl. Ni ellir dadwneud hyn.";
    replies_collected = "Replies that nobody has seen yet come to you for moderation.",
        "Daw atebion nad oes neb wedi’u gweld eto atoch i’w cymedroli.";
    replies_revealed = "Replies that still wait are revealed to everyone, in random order. Then they are sealed.",
        "Caiff atebion sy’n dal i aros eu datgelu i bawb, mewn trefn ar hap. Yna cânt eu selio.";
    round_closes = "The open round of voting is closed, and everyone sees its totals.",
        "Caiff y rownd bleidleisio agored ei chau, ac mae pawb yn gweld ei chyfansymiau.";
    nothing_changes = "Nothing can change on a closed board. You can reopen it for discussion.",
        "Ni all dim newid ar fwrdd sydd ar gau. Gallwch ei ailagor i’w drafod.";
    new_notes = "People can write new notes. What was written before stays sealed, as it is.",
        "Gall pobl ysgrifennu nodiadau newydd. Mae’r hyn a ysgrifennwyd o’r blaen yn aros wedi’i selio, fel y mae.";
    close_question = "Close the board?", "Cau’r bwrdd?";
    close = "Close the board", "Cau’r bwrdd";
    pool(seconds: &str, people: &str, present: &str, long: &str, after_long: &str) =
        format!("Without you, notes are shown a pool at a time: every {seconds} seconds the server looks whether notes of at \
            least {people} people wait and at least {present} people are here; after {long} seconds {after_long} people's \
            notes are enough. The pool hides who wrote what, so in a small group you may have to reveal. Rewrites and \
            notes taken back go the same way."),
        format!("Heboch chi, dangosir nodiadau fesul cronfa: bob {seconds} eiliad mae’r gweinydd yn edrych a oes nodiadau gan o \
            leiaf {people} o bobl yn aros ac o leiaf {present} o bobl yma; ar ôl {long} eiliad mae nodiadau {after_long} o \
            bobl yn ddigon. Mae’r gronfa’n cuddio pwy ysgrifennodd beth, felly mewn grŵp bach efallai y bydd rhaid i chi \
            ddatgelu. Mae fersiynau newydd a nodiadau a gymerwyd yn ôl yn mynd yr un ffordd.");
    move_question(to: &str) = format!("Move the board to {to}?"), format!("Symud y bwrdd i’r cam {to}?");
    move_to(to: &str) = format!("Move to {to}"), format!("Symud i’r cam {to}");
}
