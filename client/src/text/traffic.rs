//! *What others receive about me*.

use candour_shared::text::WelshPlural;

use super::count;

candour_shared::texts! { here
    title = "What others receive about me", "Beth mae eraill yn ei dderbyn amdanaf i";
    everything = "Here is everything this page has sent since it was loaded, exactly as it was sent, and what others received because of it. What everybody receives is the same bytes for everybody: so what you see here is what came to this page, and to every other.",
        "Dyma bopeth y mae’r dudalen hon wedi’i anfon ers iddi gael ei llwytho, yn union fel yr anfonwyd ef, a’r hyn a dderbyniodd eraill o’i herwydd. Yr un beitiau yw’r hyn y mae pawb yn ei dderbyn, i bawb: felly’r hyn a welwch yma yw’r hyn a ddaeth i’r dudalen hon, ac i bob un arall.";
    browser = "How the server knows this browser", "Sut mae’r gweinydd yn adnabod y porwr hwn";
    where_list = "Where this list is", "Ble mae’r rhestr hon";
    forget = "Forget it now", "Ei hanghofio nawr";
    each_field = "What each field means", "Beth mae pob maes yn ei olygu";
    nothing_sent = "This page remembers nothing that it has sent besides that it is here.",
        "Nid yw’r dudalen hon yn cofio dim a anfonodd heblaw ei bod yma.";
    one_went_out = "This page has sent something about 1 thing. Others have received something of it.",
        "Mae’r dudalen hon wedi anfon rhywbeth am 1 peth. Mae eraill wedi derbyn rhywbeth ohono.";
    round_closed = "Everybody has received the sums of all dots. Whose they were was forgotten when the round closed.",
        "Mae pawb wedi derbyn symiau’r holl ddotiau. Anghofiwyd pwy oedd biau nhw pan gaeodd y rownd.";
    round_open = "Everybody has received that the round is open. Of dots nothing goes out before it is closed; then everybody receives their sums.",
        "Mae pawb wedi derbyn bod y rownd ar agor. Nid oes dim am ddotiau yn mynd allan cyn iddi gau; yna mae pawb yn derbyn eu symiau.";
    round_private = "Nothing has gone out to anybody yet. When the round is closed, everybody receives the sums of all dots, and nothing about whose they are.",
        "Does dim wedi mynd allan at neb eto. Pan gaiff y rownd ei chau, mae pawb yn derbyn symiau’r holl ddotiau, a dim am bwy sydd biau nhw.";
    change_received = "Others have received what changed, and nothing about who changed it.",
        "Mae eraill wedi derbyn yr hyn a newidiodd, a dim am bwy a’i newidiodd.";
    nothing_out = "Nothing has gone out to anybody yet.", "Does dim wedi mynd allan at neb eto.";
    rewrite_on_way = "Everybody has what it said before. Your rewrite is on its way to the server.",
        "Mae gan bawb yr hyn yr oedd yn ei ddweud o’r blaen. Mae eich fersiwn newydd ar ei ffordd i’r gweinydd.";
    on_way = "On its way to the server. Nothing has gone out to anybody yet.",
        "Ar ei ffordd i’r gweinydd. Does dim wedi mynd allan at neb eto.";
    as_it_reads = "Nothing of it as it reads now has gone out to anybody yet.",
        "Does dim ohono fel y mae’n darllen nawr wedi mynd allan at neb eto.";
    with_facilitators = "Facilitators and organisers have received the entry below. Nothing has gone out to anybody else.",
        "Mae hwyluswyr a threfnwyr wedi derbyn y cofnod isod. Does dim wedi mynd allan at neb arall.";
    held_on_wall = "Everybody has received that a note is held, and why. Facilitators and organisers have its text, in the entry below.",
        "Mae pawb wedi derbyn bod nodyn wedi’i ddal yn ôl, a pham. Mae ei destun gan hwyluswyr a threfnwyr, yn y cofnod isod.";
    held_unseen = "Facilitators and organisers have the entry below. Nothing has gone out to anybody else.",
        "Mae’r cofnod isod gan hwyluswyr a threfnwyr. Does dim wedi mynd allan at neb arall.";
    received = "Everybody has received it, and nothing about who wrote it.",
        "Mae pawb wedi’i dderbyn, a dim am bwy a’i hysgrifennodd.";
    rewrite_waits = "Everybody has what it said before. Nothing of your rewrite has gone out to anybody yet.",
        "Mae gan bawb yr hyn yr oedd yn ei ddweud o’r blaen. Does dim o’ch fersiwn newydd wedi mynd allan at neb eto.";
    withdrawal_private = "That you take it back has gone out to nobody yet.",
        "Nid yw’r ffaith eich bod yn ei gymryd yn ôl wedi mynd allan at neb eto.";
    held_sealed = "Everybody has received that a note is held, and why. Facilitators and organisers have its text.",
        "Mae pawb wedi derbyn bod nodyn wedi’i ddal yn ôl, a pham. Mae ei destun gan hwyluswyr a threfnwyr.";
    gone_received = "Others have received it. It is gone by now, from their pages too.",
        "Mae eraill wedi’i dderbyn. Mae wedi mynd erbyn hyn, o’u tudalennau nhw hefyd.";
    gone_unseen = "It is gone, and nothing of it has gone out to anybody.",
        "Mae wedi mynd, ac nid oes dim ohono wedi mynd allan at neb.";
    group_gone = "A group that is no longer there", "Grŵp nad yw yno mwyach";
    a_round = "a round", "rownd";
    a_pulse = "A pulse", "Curiad";
    being_here = "Being here", "Bod yma";
    only_how_many = "Others receive how many people are on the board, and nothing else: no name, no organisation, not who came or went.",
        "Mae eraill yn derbyn faint o bobl sydd ar y bwrdd, a dim byd arall: dim enw, dim sefydliad, dim pwy ddaeth nac aeth.";
    cookie = "When you joined, the server gave this browser a random cookie. It goes along with the handshake of the connection and with every request to this board. No script can read it, not even this page's own, so it can't be shown here.",
        "Pan ymunoch, rhoddodd y gweinydd gwci ar hap i’r porwr hwn. Mae’n mynd gydag ysgwyd llaw’r cysylltiad a chyda phob cais i’r bwrdd hwn. Ni all unrhyw sgript ei ddarllen, dim hyd yn oed un y dudalen hon, felly ni ellir ei ddangos yma.";
    hash = "The server keeps only a hash of the cookie, from which the cookie can't be found. Others receive neither.",
        "Dim ond hash o’r cwci y mae’r gweinydd yn ei gadw, ac ni ellir canfod y cwci ohono. Nid yw eraill yn derbyn y naill na’r llall.";
    organisation = "If you chose an organisation, it went with your request to join and with nothing here. All that others receive of it is the name of an organisation behind a result, where enough of its people stand behind it.",
        "Os dewisoch sefydliad, aeth gyda’ch cais i ymuno a chyda dim byd yma. Y cyfan y mae eraill yn ei dderbyn ohono yw enw sefydliad y tu ôl i ganlyniad, lle mae digon o’i bobl y tu ôl iddo.";
    answers = "The answers to this page come to it alone: that something is saved or refused, your own notes, your own dots.",
        "I’r dudalen hon yn unig y daw ei hatebion: bod rhywbeth wedi’i gadw neu ei wrthod, eich nodiadau eich hun, eich dotiau eich hun.";
    address = "As with every site, your browser tells the server its name and language, and the network tells it your address. They are not written down, and others receive none of them.",
        "Fel gyda phob gwefan, mae eich porwr yn dweud ei enw a’i iaith wrth y gweinydd, ac mae’r rhwydwaith yn dweud eich cyfeiriad wrtho. Ni chânt eu cofnodi, ac nid yw eraill yn derbyn yr un ohonynt.";
    that_gone = "That it is gone. Not who took it away.", "Ei fod wedi mynd. Nid pwy a’i tynnodd.";
    what_it_says = "What it says or where it is. Not whose it is, nor when it was written or moved.",
        "Yr hyn y mae’n ei ddweud neu ble mae. Nid pwy sydd biau ef, na phryd yr ysgrifennwyd neu y symudwyd ef.";
    what_became = "What became of it. Not who did it.", "Yr hyn a ddaeth ohono. Nid pwy a’i gwnaeth.";
    round_stands = "The round as it stands. Of dots only sums, once it is closed.",
        "Y rownd fel y mae. O’r dotiau dim ond symiau, unwaith y bydd wedi’i chau.";
    pulse_stands = "The pulse as it stands. Of answers only sums, once it is closed.",
        "Y curiad fel y mae. O’r atebion dim ond symiau, unwaith y bydd wedi’i gau.";
    what_changed = "What changed. Not who changed it.", "Yr hyn a newidiodd. Nid pwy a’i newidiodd.";
    greeting = "A greeting: how far this page's copy of the board has come. Your cookie went with the handshake before it.",
        "Cyfarchiad: pa mor bell y mae copi’r dudalen hon o’r bwrdd wedi cyrraedd. Aeth eich cwci gyda’r ysgwyd llaw cyn hynny.";
    dragging = "Where you are dragging it just now. Of such messages only the latest is kept here.",
        "Ble rydych chi’n ei lusgo y funud hon. O negeseuon fel hyn dim ond yr un ddiweddaraf a gedwir yma.";
    be_ready = "Whether you are done with the present step. Others receive how many are.",
        "A ydych wedi gorffen gyda’r eitem bresennol. Mae eraill yn derbyn faint sydd wedi gorffen.";
    wrote = "You wrote it.", "Fe’i hysgrifennoch.";
    rewrote = "You rewrote it.", "Fe’i hailysgrifennoch.";
    took_back = "You took it back.", "Fe’i cymerasoch yn ôl.";
    answered = "You answered something.", "Atebasoch rywbeth.";
    same_here = "You said “same here”, or no longer say it.",
        "Dywedasoch “minnau hefyd”, neu nid ydych yn ei ddweud mwyach.";
    flagged = "You asked the facilitators to look at it.", "Gofynasoch i’r hwyluswyr edrych arno.";
    moved = "You moved it.", "Fe’i symudoch.";
    made_group = "You made a group of two notes.", "Gwnaethoch grŵp o ddau nodyn.";
    put_into_group = "You put it into a group.", "Fe’i rhoesoch mewn grŵp.";
    named_group = "You named the group.", "Enwoch y grŵp.";
    merged = "You put two groups together.", "Rhoesoch ddau grŵp at ei gilydd.";
    dissolved = "You took the group apart.", "Chwaloch y grŵp.";
    gave_dots = "You said how many of your dots are on something.", "Dywedasoch faint o’ch dotiau sydd ar rywbeth.";
    answered_pulse = "You answered the pulse.", "Atebasoch y curiad.";
    moved_on = "You moved the board on.", "Symudoch y bwrdd ymlaen.";
    revealed = "You revealed the notes.", "Datgeloch y nodiadau.";
    changed_agenda = "You changed the agenda.", "Newidioch yr agenda.";
    moved_spotlight = "You moved the spotlight.", "Symudoch y sbotolau.";
    set_timer = "You set the timer.", "Gosodoch yr amserydd.";
    stopped_timer = "You stopped the timer.", "Stopioch yr amserydd.";
    locked_groups = "You locked or unlocked the groups.", "Cloesoch neu ddatgloesoch y grwpiau.";
    look_first = "You decided whether facilitators look at notes first.",
        "Penderfynasoch a yw hwyluswyr yn edrych ar nodiadau yn gyntaf.";
    doors = "You closed or opened the doors.", "Caeoch neu agoroch y drysau.";
    paused = "You paused posting, or let it go on.", "Rhoesoch saib ar bostio, neu gadawsoch iddo ailddechrau.";
    held = "You held it.", "Fe’i dalioch yn ôl.";
    released = "You released notes.", "Rhyddhaoch nodiadau.";
    erased = "You erased it.", "Fe’i dileoch.";
    left_as_is = "You left a flagged note as it is.", "Gadawoch nodyn a fflagiwyd fel y mae.";
    opened_pulse = "You opened the pulse.", "Agoroch y curiad.";
    closed_pulse = "You closed the pulse.", "Caeoch y curiad.";
    commitments = "You wrote down what was agreed.", "Cofnodoch yr hyn a gytunwyd.";
    remarked = "You wrote down what was said.", "Cofnodoch yr hyn a ddywedwyd.";
    opened_round = "You opened the round.", "Agoroch y rownd.";
    closed_round = "You closed the round.", "Caeoch y rownd.";
    people_frame = "How many people are here: a number, the same for everybody.",
        "Faint o bobl sydd yma: rhif, yr un un i bawb.";
    facilitators_have = "Facilitators and organisers have", "Mae gan hwyluswyr a threfnwyr";
    facilitators_note = "Its text, and why it is held if it is. Neither time nor order, and nothing about you.",
        "Ei destun, a pham y mae wedi’i ddal yn ôl os ydyw. Nid amser na threfn, a dim amdanoch chi.";
    drag_frame = "Where it is being dragged, together with whatever else is dragged at this moment. No name and no pointer.",
        "Ble mae’n cael ei lusgo, gyda beth bynnag arall sy’n cael ei lusgo ar yr eiliad hon. Dim enw a dim pwyntydd.";
    memory(most: usize) =
        format!("In this page's memory alone, and of messages only the last {most}. It is never stored, and ends when you \
            leave, reload or close the page. Whoever looks over your shoulder can read it as long as it is there."),
        format!("Yng nghof y dudalen hon yn unig, ac o negeseuon dim ond y {most} diwethaf. Ni chaiff byth ei storio, ac mae’n \
            dod i ben pan fyddwch yn gadael, yn ail-lwytho neu’n cau’r dudalen. Gall pwy bynnag sy’n edrych dros eich ysgwydd \
            ei darllen cyhyd ag y bydd yno.");
    none_went_out(items: usize) =
        format!("This page has sent something about {}. Nothing of it has gone out to anybody yet.",
            count(items, "thing", "things")),
        format!("Mae’r dudalen hon wedi anfon rhywbeth am {}. Does dim ohono wedi mynd allan at neb eto.",
            WelshPlural::count(items as u64, "peth", "beth", "pheth"));
    some_went_out(items: usize, out: usize) =
        format!("This page has sent something about {items} things. Others have received something of {out} of them."),
        format!("Mae’r dudalen hon wedi anfon rhywbeth am {}. Mae eraill wedi derbyn rhywbeth o {out} ohonynt.",
            WelshPlural::count(items as u64, "peth", "beth", "pheth"));
    your_note(beginning: &str) = format!("Your note “{beginning}”"), format!("Eich nodyn “{beginning}”");
    your_note_held = "Your note, held by a facilitator", "Eich nodyn, wedi’i ddal yn ôl gan hwylusydd";
    your_note_gone = "Your note that is no longer there", "Eich nodyn nad yw yno mwyach";
    the_note(beginning: &str) = format!("The note “{beginning}”"), format!("Y nodyn “{beginning}”");
    the_note_held = "The note, held by a facilitator", "Y nodyn, wedi’i ddal yn ôl gan hwylusydd";
    the_note_gone = "The note that is no longer there", "Y nodyn nad yw yno mwyach";
    the_group(title: &str) = format!("The group “{title}”"), format!("Y grŵp “{title}”");
    voting(title: &str) = format!("Voting: “{title}”"), format!("Pleidleisio: “{title}”");
    the_board(title: &str) = format!("The board “{title}”"), format!("Y bwrdd “{title}”");
    bytes(size: usize) = count(size, "byte", "bytes"),
        WelshPlural::count(size as u64, "beit", "feit", "beit");
    everybody_received(size: usize) = format!("Everybody received, in a frame of {}", bytes(size)),
        format!("Derbyniodd pawb, mewn ffrâm o {}", bytes(size));
    facilitators_received(size: usize) = format!("Facilitators and organisers received, in a frame of {}", bytes(size)),
        format!("Derbyniodd hwyluswyr a threfnwyr, mewn ffrâm o {}", bytes(size));
    page_sent(size: usize) = format!("This page sent {}", bytes(size)), format!("Anfonodd y dudalen hon {}", bytes(size));
    page_sent_padded(size: usize, spaces: usize) =
        format!("This page sent {}, {spaces} of them spaces that hide its length", bytes(size)),
        format!("Anfonodd y dudalen hon {}, a {spaces} ohonynt yn fylchau sy’n cuddio ei hyd", bytes(size));
}
