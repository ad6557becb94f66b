//! How the connection stands, and notices.

use super::count;

candour_shared::texts! { here
    all_saved = "Connected. Everything is saved.",
        "Wedi’ch cysylltu. Mae popeth wedi’i gadw.";
    connecting = "Connecting…",
        "Yn cysylltu…";
    offline = "Offline. You see the board as it was.",
        "All-lein. Rydych yn gweld y bwrdd fel yr oedd.";
    trying_now = "Trying again now.",
        "Yn rhoi cynnig arall arni nawr.";
    outdated = "This page is out of date",
        "Mae’r dudalen hon wedi dyddio";
    outdated_advice = "The server has been renewed. Reload the page; what you wrote is kept.",
        "Mae’r gweinydd wedi’i adnewyddu. Ail-lwythwch y dudalen; mae’r hyn a ysgrifennoch wedi’i gadw.";
    deleted = "This board was deleted",
        "Dilëwyd y bwrdd hwn";
    deleted_advice = "It is gone for everyone, with everything on it.",
        "Mae wedi mynd i bawb, gyda phopeth arno.";
    revoked = "Your way in was replaced",
        "Disodlwyd eich ffordd i mewn";
    revoked_advice = "The organiser has replaced the link you came in by, so it lets nobody in any more. Ask the organiser for the new one.",
        "Mae’r trefnydd wedi disodli’r ddolen y daethoch i mewn drwyddi, felly nid yw’n gadael neb i mewn mwyach. Gofynnwch i’r trefnydd am yr un newydd.";
    broken_off = "The server broke off the connection",
        "Torrodd y gweinydd y cysylltiad";
    broken_off_advice = "It did not understand this page. Reload the page; what you wrote is kept.",
        "Ni ddeallodd y dudalen hon. Ail-lwythwch y dudalen; mae’r hyn a ysgrifennoch wedi’i gadw.";
    damaged = "This board can't be opened",
        "Ni ellir agor y bwrdd hwn";
    damaged_advice = "What is stored of it is damaged. Nothing was deleted, and what you wrote here and isn't saved yet is kept in this window. Tell whoever runs the server: they can restore the board from a backup.",
        "Mae’r hyn sydd wedi’i storio ohono wedi’i ddifrodi. Ni ddilëwyd dim, ac mae’r hyn a ysgrifennoch yma a heb ei gadw eto yn cael ei gadw yn y ffenestr hon. Dywedwch wrth bwy bynnag sy’n rhedeg y gweinydd: gallant adfer y bwrdd o gopi wrth gefn.";
    not_joined = "You have not joined this board",
        "Nid ydych wedi ymuno â’r bwrdd hwn";
    not_joined_advice = "Open the link you were given again, or reload this page to type a code. If this browser clears its cookies, that is needed every time.",
        "Agorwch y ddolen a gawsoch eto, neu ail-lwythwch y dudalen hon i deipio cod. Os yw’r porwr hwn yn clirio’i gwcis, mae angen hynny bob tro.";
    too_many_windows = "This board is open in too many windows",
        "Mae’r bwrdd hwn ar agor mewn gormod o ffenestri";
    too_many_advice = "Close some of the tabs and windows in which you have it open, then reload this page.",
        "Caewch rai o’r tabiau a’r ffenestri y mae ar agor ynddynt, yna ail-lwythwch y dudalen hon.";
    left = "You have left the board",
        "Rydych wedi gadael y bwrdd";
    left_advice = "This browser has forgotten what it kept of it.",
        "Mae’r porwr hwn wedi anghofio’r hyn a gadwodd ohono.";
    still_joined = "This browser is still joined",
        "Mae’r porwr hwn yn dal wedi ymuno";
    still_joined_advice = "What this tab kept of the board is gone, but only the server can take back what lets this browser in, and it can't be reached. Try again once you are connected.",
        "Mae’r hyn a gadwodd y tab hwn o’r bwrdd wedi mynd, ond dim ond y gweinydd all gymryd yn ôl yr hyn sy’n gadael y porwr hwn i mewn, ac ni ellir ei gyrraedd. Rhowch gynnig arall arni unwaith y byddwch wedi’ch cysylltu.";
    try_now = "Try now",
        "Rhoi cynnig arni nawr";
    notices = "Notices",
        "Hysbysiadau";
    dismiss_notice = "Dismiss this notice",
        "Cau’r hysbysiad hwn";
    dismiss = "Dismiss",
        "Cau";
    changes(number: usize) =
        count(number, "change", "changes"),
        format!("{number} newid");
    saving(number: usize) = format!("Connected. Saving {}…", changes(number)),
        format!("Wedi’ch cysylltu. Yn cadw {}…", changes(number));
    connecting_with(number: usize) =
        format!("Connecting… {} to be saved.", count(number, "change waits", "changes wait")),
        format!("Yn cysylltu… mae {} yn aros i’w cadw.", changes(number));
    offline_with(number: usize) =
        format!("Offline. {} on this page to be saved.", count(number, "change waits", "changes wait")),
        format!("All-lein. Mae {} yn aros ar y dudalen hon i’w cadw.", changes(number));
    trying_in(seconds: i64) = format!("Trying again in {seconds} s."),
        format!("Rhoddir cynnig arall arni mewn {seconds} eiliad.");
    /// A fault of the server, with what it says itself in English.
    fault(message: &str, number: &str) =
        format!("{message} If it goes on, tell whoever runs this server the number {number}."),
        format!("Aeth rhywbeth o’i le yn y gweinydd. Rhowch gynnig arall arni; os yw’n parhau, rhowch y rhif {number} i bwy \
            bynnag sy’n rhedeg y gweinydd hwn.");
    cannot_reach = "The server can't be reached. Check your connection, then try again.",
        "Ni ellir cyrraedd y gweinydd. Gwiriwch eich cysylltiad, yna rhowch gynnig arall arni.";
    cannot_read = "The answer can't be read. A proxy or a sign-in page may be in the way. Reload the page.",
        "Ni ellir darllen yr ateb. Efallai fod dirprwy neu dudalen mewngofnodi yn y ffordd. Ail-lwythwch y dudalen.";
    too_busy = "The server has too much to do at the moment. Wait a minute, then try again.",
        "Mae gan y gweinydd ormod i’w wneud ar hyn o bryd. Arhoswch funud, yna rhowch gynnig arall arni.";
}
