//! The keys.

candour_shared::texts! { here
    title = "Keyboard shortcuts", "Llwybrau byr bysellfwrdd";
    single_keys = "Use keys without Ctrl", "Defnyddio bysellau heb Ctrl";
    single_keys_hint = "Turn this off if you speak to your computer, or press keys by accident. Keys of what has the focus always work.",
        "Diffoddwch hyn os ydych yn siarad â’ch cyfrifiadur, neu’n pwyso bysellau ar ddamwain. Mae bysellau’r hyn sydd â’r ffocws bob amser yn gweithio.";
    anywhere = "Anywhere", "Unrhyw le";
    this_sheet = "This sheet", "Y daflen hon";
    find = "Find notes", "Dod o hyd i nodiadau";
    undo = "Undo what you did", "Dadwneud yr hyn a wnaethoch";
    redo = "Do it again", "Ei wneud eto";
    writing = "Writing", "Ysgrifennu";
    save_note = "Save the note", "Cadw’r nodyn";
    new_line = "A new line", "Llinell newydd";
    category = "Choose a category", "Dewis categori";
    canvas = "On the canvas", "Ar y cynfas";
    go = "Go from note to note", "Mynd o nodyn i nodyn";
    lift = "Lift and drop", "Codi a gollwng";
    choose = "Select, and lift together", "Dewis, a chodi gyda’i gilydd";
    choose_all = "Select everything", "Dewis popeth";
    read = "Read a note, rename a group", "Darllen nodyn, ailenwi grŵp";
    menu = "All actions", "Pob gweithred";
    zoom = "Zoom", "Chwyddo";
    natural = "Natural size", "Maint naturiol";
    whole = "The whole board", "Y bwrdd cyfan";
    away = "Put back, close", "Rhoi’n ôl, cau";
    queue = "In the moderation queue", "Yn y ciw cymedroli";
    next = "Next note, note before", "Nodyn nesaf, nodyn blaenorol";
    release = "Release", "Rhyddhau";
    hold = "Hold", "Dal yn ôl";
    erase = "Erase", "Dileu";
    arrows = "Arrow keys", "Bysellau saeth";
    space = "Space", "Bylchwr";
}
