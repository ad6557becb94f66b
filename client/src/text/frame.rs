//! The frame of a board.

use super::count;

candour_shared::texts! { here
    skip = "Skip to the board",
        "Neidio i’r bwrdd";
    own = "Yours, and results",
        "Eich rhai chi, a chanlyniadau";
    outcome = "What came out so far",
        "Yr hyn a ddaeth ohono hyd yma";
    phase = "Phase: ",
        "Cam: ";
    looks = "How to see the board",
        "Sut i weld y bwrdd";
    leave = "Leave",
        "Gadael";
    reload = "Reload the page",
        "Ail-lwytho’r dudalen";
    try_again = "Try again",
        "Rhoi cynnig arall arni";
    first_page = "Go to the first page",
        "Mynd i’r dudalen gyntaf";
    canvas = "Canvas", "Cynfas";
    list = "List", "Rhestr";
    leave_question = "Leave the board?", "Gadael y bwrdd?";
    leave_verb = "Leave the board", "Gadael y bwrdd";
    leave_settles = "Your notes stay. Once you have left nobody can change them or take them back any more, not even you.",
        "Mae eich nodiadau’n aros. Ar ôl i chi adael ni all neb eu newid na’u cymryd yn ôl mwyach, hyd yn oed chi.";
    loses(changes: usize) =
        format!("Leaving now loses {} that the server doesn't have yet.", count(changes, "change", "changes")),
        format!("Mae gadael nawr yn colli {changes} newid nad yw gan y gweinydd eto.");
    threat_model = "Who could learn what, and what stops them (new tab)",
        "Pwy allai ddysgu beth, a beth sy’n eu hatal (tab newydd)";
    dissolve_question(name: &str) = format!("Take “{name}” apart?"), format!("Chwalu “{name}”?");
    dissolve_done = "The group is taken apart.", "Mae’r grŵp wedi’i chwalu.";
    dissolve_verb = "Take it apart", "Ei chwalu";
    dissolve_meaning = "Its notes stay on the board, in no group. Its name is lost.",
        "Mae ei nodiadau’n aros ar y bwrdd, heb fod mewn grŵp. Collir ei enw.";
    moved(phase: &str) = format!("The board has moved to the phase “{phase}”."),
        format!("Mae’r bwrdd wedi symud i’r cam “{phase}”.");
}
