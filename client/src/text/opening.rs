//! Opening a board.

candour_shared::texts! { here
    template_files = "Use a saved setup", "Defnyddio gosodiad a gadwyd";
    save_template = "Save this setup as a file", "Cadw’r gosodiad hwn fel ffeil";
    load_template = "Load a setup from a file", "Llwytho gosodiad o ffeil";
    loaded(name: &str) = format!("“{name}” is loaded."), format!("Mae “{name}” wedi’i lwytho.");
    no_template = "This is no template of Candour.", "Nid templed Candour yw hwn.";
    other_version(version: u32) = format!("This template is of version {version}, which this page doesn’t know."),
        format!("Mae’r templed hwn yn fersiwn {version}, nad yw’r dudalen hon yn ei adnabod.");
    bad_template(why: &str) = format!("This template can’t be used: {why}."),
        format!("Ni ellir defnyddio’r templed hwn: {why}.");
    file_hint = "Categories, agenda, organisations and rules. The links of a board are never in it.",
        "Categorïau, agenda, sefydliadau a rheolau. Nid yw dolenni bwrdd ynddo byth.";
    unreadable = "This file can’t be read.", "Ni ellir darllen y ffeil hon.";
}
