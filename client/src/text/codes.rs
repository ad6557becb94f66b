//! Codes by which people come in.

use candour_shared::text::WelshPlural;

use super::count;

candour_shared::texts! { here
    only_now = "They are shown only now. ", "Dim ond nawr y’u dangosir. ";
    print_or_save = "Print them or save them before you go back: the server does not know them any more. If they get lost, withdraw this batch (",
        "Argraffwch neu cadwch nhw cyn mynd yn ôl: nid yw’r gweinydd yn eu gwybod mwyach. Os cânt eu colli, tynnwch y swp hwn (";
    make_another = ") and make another.", ") yn ôl a gwnewch un arall.";
    hand_one = "Hand each person one. You may know who got which; what is written or voted with a code is shown to nobody.",
        "Rhowch un i bob person. Cewch wybod pwy gafodd pa un; ni ddangosir i neb yr hyn a ysgrifennir gyda chod, na’r bleidlais a roddir ag ef.";
    title = "Codes", "Codau";
    saved = "The file is saved on this computer.", "Mae’r ffeil wedi’i chadw ar y cyfrifiadur hwn.";
    copied = "All links are copied, one per line.", "Mae’r holl ddolenni wedi’u copïo, un i bob llinell.";
    cannot_copy = "This browser doesn't let us copy. Download the file instead.",
        "Nid yw’r porwr hwn yn gadael i ni gopïo. Lawrlwythwch y ffeil yn lle hynny.";
    print = "Print", "Argraffu";
    download = "Download as CSV", "Lawrlwytho fel CSV";
    copy_all = "Copy all links", "Copïo’r holl ddolenni";
    back = "Back to the board", "Yn ôl i’r bwrdd";
    back_question = "Go back without the codes?", "Mynd yn ôl heb y codau?";
    back_without = "Go back without them", "Mynd yn ôl hebddynt";
    back_meaning = "They were neither printed nor saved nor copied, and can’t be shown again.",
        "Ni chawsant eu hargraffu, eu cadw na’u copïo, ac ni ellir eu dangos eto.";
    lets_one = "Lets one person take part. Nobody is told who wrote what.",
        "Yn gadael i un person gymryd rhan. Ni ddywedir wrth neb pwy ysgrifennodd beth.";
    scan = "Scan the square, or type the code at ", "Sganiwch y sgwâr, neu teipiwch y cod yn ";
    choose_organisation = "Choose the organisation the codes are for.",
        "Dewiswch y sefydliad y mae’r codau ar ei gyfer.";
    make = "Make codes", "Gwneud codau";
    for_which = "For which organisation", "Ar gyfer pa sefydliad";
    how_many = "How many codes", "Sawl cod";
    making = "Making codes…", "Yn gwneud codau…";
    batches = "Batches of codes", "Sypiau o godau";
    none_made = "None was made so far, so nobody can join.", "Ni wnaed yr un hyd yma, felly ni all neb ymuno.";
    withdraw_question = "Withdraw these codes?", "Tynnu’r codau hyn yn ôl?";
    withdraw_verb = "Withdraw the codes", "Tynnu’r codau’n ôl";
    withdraw_meaning = "None of its codes lets anybody in from then on. Who has joined by one of them already stays on the board. It can’t be undone, but you can make new codes.",
        "Nid yw’r un o’i godau’n gadael neb i mewn o hynny ymlaen. Mae pwy bynnag a ymunodd drwy un ohonynt eisoes yn aros ar y bwrdd. Ni ellir ei ddadwneud, ond gallwch wneud codau newydd.";
    withdrawn = ". Withdrawn: lets nobody in.", ". Wedi’i dynnu’n ôl: nid yw’n gadael neb i mewn.";
    withdraw = "Withdraw…", "Tynnu’n ôl…";
    qr_of(code: &str) = format!("QR code of {code}"), format!("Cod QR ar gyfer {code}");
    codes(codes: usize) = count(codes, "code", "codes"),
        WelshPlural::count(codes as u64, "cod", "god", "chod");
    codes_for(codes: &str, organisation: &str) = format!("{codes} for {organisation}"),
        format!("{codes} ar gyfer {organisation}");
    batch(number: &str) = format!("Batch {number}"), format!("Swp {number}");
}
