//! How people get in.

candour_shared::texts! { here
    projector = "Projector", "Taflunydd";
    projector_hint = "Shows the board large, for a room. It can do nothing, and shows nothing that isn’t on everybody’s page.",
        "Mae’n dangos y bwrdd yn fawr, i ystafell. Ni all wneud dim, ac nid yw’n dangos dim nad yw ar dudalen pawb.";
    projector_link = "Projector’s link", "Dolen y taflunydd";
    title = "Invite", "Gwahodd";
    whoever = "Whoever has this link can take part. It never opens these controls.",
        "Gall pwy bynnag sydd â’r ddolen hon gymryd rhan. Nid yw byth yn agor y rheolyddion hyn.";
    by_codes = "Each participant comes in by a code of their own, and only one person can take part with it. The organiser makes the codes and hands them out. Nobody is shown which codes were used.",
        "Mae pob cyfranogwr yn dod i mewn drwy god ei hun, a dim ond un person all gymryd rhan gydag ef. Y trefnydd sy’n gwneud y codau ac yn eu dosbarthu. Ni ddangosir i neb pa godau a ddefnyddiwyd.";
    where_typed = "Where codes are typed", "Ble mae teipio codau";
    on_paper = "For who has a code on paper: open this address, then type the code.",
        "I’r rhai sydd â chod ar bapur: agorwch y cyfeiriad hwn, yna teipiwch y cod.";
    address = "Address of the board", "Cyfeiriad y bwrdd";
    qr_of_address = "QR code of the board's address", "Cod QR cyfeiriad y bwrdd";
}
