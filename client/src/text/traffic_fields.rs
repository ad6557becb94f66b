//! What each field of a message means.

candour_shared::texts! { here
    id = "The number of this message on this page, so that the server's answer finds it. Every page counts from 0, and nobody else is told the number.",
        "Rhif y neges hon ar y dudalen hon, fel bod ateb y gweinydd yn ei chanfod. Mae pob tudalen yn cyfrif o 0, ac ni ddywedir y rhif wrth neb arall.";
    command = "What you ask for. The first word in it says which of the board's verbs.",
        "Yr hyn rydych yn gofyn amdano. Mae’r gair cyntaf ynddo’n dweud pa un o ferfau’r bwrdd.";
    hello = "The first message on a connection.", "Y neges gyntaf ar gysylltiad.";
    version = "Which version of the rules for messages this page speaks.",
        "Pa fersiwn o’r rheolau ar gyfer negeseuon y mae’r dudalen hon yn ei siarad.";
    page = "The random name of this page, made when it was opened and told to nobody else. What was delayed on a lost connection of this page is not taken after it; the server forgets the name with the connection.",
        "Enw ar hap y dudalen hon, a wnaed pan agorwyd hi ac na ddywedir wrth neb arall. Ni dderbynnir wedyn yr hyn a oedwyd ar gysylltiad a gollodd y dudalen hon; mae’r gweinydd yn anghofio’r enw gyda’r cysylltiad.";
    wall = "How far this page's copy of the board has come; null if it has none yet.",
        "Pa mor bell y mae copi’r dudalen hon o’r bwrdd wedi cyrraedd; null os nad oes ganddi un eto.";
    backstage = "How far this page's copy of the facilitators' side has come; null for participants.",
        "Pa mor bell y mae copi’r dudalen hon o ochr yr hwyluswyr wedi cyrraedd; null i gyfranogwyr.";
    generation = "How often the board's documents were rebuilt without their history: after each seal and each erasure.",
        "Pa mor aml yr ailadeiladwyd dogfennau’r bwrdd heb eu hanes: ar ôl pob selio a phob dileu.";
    sequence = "The number of this update of the document, since it was rebuilt. It counts what everybody sees, and tells no time.",
        "Rhif y diweddariad hwn o’r ddogfen, ers ei hailadeiladu. Mae’n cyfrif yr hyn y mae pawb yn ei weld, ac nid yw’n dweud dim am yr amser.";
    kind = "“tick” is what changed in one step, “snapshot” all that is there.",
        "“tick” yw’r hyn a newidiodd mewn un cam, “snapshot” y cyfan sydd yno.";
    store = "“wall” goes to everybody, “backstage” to facilitators and organisers alone.",
        "Mae “wall” yn mynd at bawb, “backstage” at hwyluswyr a threfnwyr yn unig.";
    entries = "What the frame says about this, decoded. The server wrote it; no browser writes into the board's documents.",
        "Yr hyn y mae’r ffrâm yn ei ddweud am hyn, wedi’i ddatgodio. Y gweinydd a’i hysgrifennodd; nid oes unrhyw borwr yn ysgrifennu i ddogfennau’r bwrdd.";
    map = "Which part of the document the entry is in.", "Ym mha ran o’r ddogfen y mae’r cofnod.";
    key = "The name of the entry: the random name of a thing, or what is set.",
        "Enw’r cofnod: enw ar hap peth, neu’r hyn a osodir.";
    value = "What the entry says now; null if it is gone.",
        "Yr hyn y mae’r cofnod yn ei ddweud nawr; null os yw wedi mynd.";
    presence = "How many people are on the board. No names, and not who came or went.",
        "Faint o bobl sydd ar y bwrdd. Dim enwau, ac nid pwy ddaeth nac aeth.";
    people = "How many people are here.", "Faint o bobl sydd yma.";
    participants = "How many of them came in as participants.", "Faint ohonynt a ddaeth i mewn fel cyfranogwyr.";
    ready = "Whether you are done with the step; or how many are.",
        "A ydych wedi gorffen gyda’r eitem; neu faint sydd wedi gorffen.";
    spread = "Over how many milliseconds the pages should spread their return after an interruption, so that the server can take them all back.",
        "Dros faint o filieiliadau y dylai’r tudalennau ddychwelyd ar ôl toriad, fel y gall y gweinydd eu cymryd i gyd yn ôl.";
    drags = "Where things are that are being dragged just now. It is never stored.",
        "Ble mae pethau sy’n cael eu llusgo ar hyn o bryd. Nid yw byth yn cael ei storio.";
    note = "The note's name: 128 random bits made by the browser that wrote it. It says nothing about you, nor when it was made.",
        "Enw’r nodyn: 128 o ddidau ar hap a wnaed gan y porwr a’i hysgrifennodd. Nid yw’n dweud dim amdanoch chi, na phryd y’i gwnaed.";
    notes = "The random names of some notes.", "Enwau ar hap rhai nodiadau.";
    content = "What the note says, or the step, or what was agreed.",
        "Yr hyn y mae’r nodyn yn ei ddweud, neu’r eitem, neu’r hyn a gytunwyd.";
    category = "Which of the board's categories, counted from 0.", "Pa un o gategorïau’r bwrdd, gan gyfrif o 0.";
    aspect = "Which of the board's aspects, counted from 0; null for none.",
        "Pa un o agweddau’r bwrdd, gan gyfrif o 0; null am ddim un.";
    text = "The words. Only they can say something about who wrote them.",
        "Y geiriau. Dim ond nhw all ddweud rhywbeth am bwy a’u hysgrifennodd.";
    confirmed = "That what looks like an NHS number is none. The server forgets it at once.",
        "Nad yw’r hyn sy’n edrych fel rhif GIG yn un. Mae’r gweinydd yn ei anghofio ar unwaith.";
    said = "A note that can be read.", "Nodyn y gellir ei ddarllen.";
    held = "Why a facilitator holds it; null while it only waits for one.",
        "Pam mae hwylusydd yn ei ddal yn ôl; null tra bo’n aros am un yn unig.";
    reason = "One of the fixed reasons of moderation.", "Un o resymau sefydlog cymedroli.";
    to = "Where it is to be: a place on the board, or a phase; or what a reply answers.",
        "Ble mae i fod: lle ar y bwrdd, neu gam; neu’r hyn y mae ateb yn ei ateb.";
    moves = "What goes where.", "Beth sy’n mynd i ble.";
    under = "A reply, under what it answers.", "Ateb, o dan yr hyn y mae’n ei ateb.";
    from_step = "The step of the agenda that it was before.", "Yr eitem ar yr agenda yr oedd cyn hynny.";
    from = "What it was before: a phase, or the group that ends.",
        "Beth ydoedd o’r blaen: cam, neu’r grŵp sy’n dod i ben.";
    at = "Where its top left corner is.", "Ble mae ei gornel chwith uchaf.";
    place = "A place on the board. The server chose it, unless somebody moved the thing.",
        "Lle ar y bwrdd. Y gweinydd a’i dewisodd, oni bai i rywun symud y peth.";
    loose = "By itself, at this place.", "Ar ei ben ei hun, yn y lle hwn.";
    in_group = "In a group.", "Mewn grŵp.";
    order = "Its place among the notes of the group.", "Ei le ymhlith nodiadau’r grŵp.";
    cluster = "The group's name in messages: 128 random bits made by a browser.",
        "Enw’r grŵp mewn negeseuon: 128 o ddidau ar hap a wnaed gan borwr.";
    onto = "The note it was put on.", "Y nodyn y’i rhoddwyd arno.";
    into = "The group that stays.", "Y grŵp sy’n aros.";
    name = "What the thing is called.", "Yr enw ar y peth.";
    item = "What it is about: a note or a group, by its random name.",
        "Am beth y mae: nodyn neu grŵp, wrth ei enw ar hap.";
    round = "The round of voting: 128 random bits.", "Y rownd bleidleisio: 128 o ddidau ar hap.";
    dots = "How many dots: yours in what you send, everybody's sum in what others receive.",
        "Faint o ddotiau: eich rhai chi yn yr hyn a anfonwch, swm pawb yn yr hyn y mae eraill yn ei dderbyn.";
    number = "A count: which round, or which reveal.", "Cyfrif: pa rownd, neu ba ddatgeliad.";
    question = "What people are asked.", "Yr hyn a ofynnir i bobl.";
    pulse = "A question that is answered on a scale: 128 random bits; or whether a step asks one.",
        "Cwestiwn a atebir ar raddfa: 128 o ddidau ar hap; neu a yw eitem yn gofyn un.";
    answer = "Your answer, 1 to 5. Nobody receives it.", "Eich ateb, 1 i 5. Nid oes neb yn ei dderbyn.";
    outcome = "What came out of a pulse; null until it is closed.", "Canlyniad curiad; null nes iddo gau.";
    counted = "How many gave each answer, the lowest first.", "Faint a roddodd bob ateb, yr isaf yn gyntaf.";
    among = "What can get dots; if the list is empty, everything.", "Yr hyn a all gael dotiau; os yw’r rhestr yn wag, popeth.";
    budget = "What each person has to give.", "Yr hyn sydd gan bob person i’w roi.";
    per_item = "How many of them at most on one thing.", "Faint ohonynt ar y mwyaf ar un peth.";
    totals = "The sums of everybody's dots; null until the round is closed.",
        "Symiau dotiau pawb; null nes i’r rownd gau.";
    support = "Which organisations stand behind what, where enough of their people do. Nobody is counted.",
        "Pa sefydliadau sydd y tu ôl i beth, lle mae digon o’u pobl. Ni chaiff neb ei gyfrif.";
    organisations = "Organisations, by their place in the organiser's list from 0 on.",
        "Sefydliadau, yn ôl eu lle yn rhestr y trefnydd o 0 ymlaen.";
    others = "Whether enough people of all other organisations together stand behind it.",
        "A oes digon o bobl o’r holl sefydliadau eraill gyda’i gilydd y tu ôl iddo.";
    phase = "A phase of the board.", "Un o gamau’r bwrdd.";
    agenda = "The steps of the workshop.", "Eitemau’r gweithdy.";
    step = "A step of the agenda: 128 random bits.", "Eitem ar yr agenda: 128 o ddidau ar hap.";
    after = "After which step it comes; null for the first place.", "Ar ôl pa eitem y daw; null am y lle cyntaf.";
    prompt = "What people are asked in it.", "Yr hyn a ofynnir i bobl ynddi.";
    minutes = "How long it is meant to take.", "Pa mor hir y mae i fod i’w gymryd.";
    commitment = "Something that was agreed: 128 random bits.", "Rhywbeth a gytunwyd: 128 o ddidau ar hap.";
    what = "What will be done.", "Beth fydd yn cael ei wneud.";
    who = "By which organisation, by its place in the organiser's list; null for all together.",
        "Gan ba sefydliad, yn ôl ei le yn rhestr y trefnydd; null am bawb gyda’i gilydd.";
    when = "By when, in the facilitator's words.", "Erbyn pryd, yng ngeiriau’r hwylusydd.";
    timer = "One run of the timer: 128 random bits.", "Un rhediad o’r amserydd: 128 o ddidau ar hap.";
    seconds = "How long it runs.", "Pa mor hir y mae’n rhedeg.";
    started = "When it was started, in milliseconds since 1970.", "Pryd y’i cychwynnwyd, mewn milieiliadau ers 1970.";
    so = "Whether it is so.", "A yw felly.";
    on = "Whether it is so; or the date; or what it is about.", "A yw felly; neu’r dyddiad; neu am beth y mae.";
    action = "What facilitators did.", "Beth wnaeth hwyluswyr.";
    count = "How often.", "Pa mor aml.";
    title = "The title of the board, or of a step.", "Teitl y bwrdd, neu eitem.";
    choices = "What people choose from.", "Yr hyn y mae pobl yn dewis ohono.";
    colour = "The colour of its notes.", "Lliw ei nodiadau.";
    privacy = "The rules that were fixed when the board was opened.", "Y rheolau a bennwyd pan agorwyd y bwrdd.";
    release = "When notes become visible to others.", "Pryd y daw nodiadau i’r golwg i eraill.";
    min_group = "How many people of an organisation it takes to name it in a result.",
        "Faint o bobl o sefydliad sydd eu hangen i’w enwi mewn canlyniad.";
    keep_days = "How many days the board is kept.", "Sawl diwrnod y cedwir y bwrdd.";
    admission = "How participants come in.", "Sut mae cyfranogwyr yn dod i mewn.";
}
