//! What is written down while people discuss, and what is shown to everybody at once.

candour_shared::texts! { here
    commitments = "Commitments", "Ymrwymiadau";
    what = "What will be done", "Beth fydd yn cael ei wneud";
    who = "By whom", "Gan bwy";
    everybody = "All together", "Pawb gyda’i gilydd";
    when = "By when", "Erbyn pryd";
    when_hint = "For example: end of May", "Er enghraifft: diwedd Mai";
    add = "Write it down", "Ei gofnodi";
    change(what: &str) = format!("Change “{what}”"), format!("Newid “{what}”");
    remove(what: &str) = format!("Remove “{what}”"), format!("Tynnu “{what}”");
    change_short = "Change", "Newid";
    remove_short = "Remove", "Tynnu";
    never_a_person = "Name an organisation, never a person.", "Enwch sefydliad, byth berson.";
    remarks = "Notes on the discussion", "Nodiadau ar y drafodaeth";
    about = "About", "Am";
    whole_board = "The whole board", "Y bwrdd cyfan";
    remark_hint = "What was said, in your words. Everybody sees it.", "Yr hyn a ddywedwyd, yn eich geiriau chi. Mae pawb yn ei weld.";
    saved = "Saved.", "Wedi’i gadw.";
    spotlight = "Spotlight", "Sbotolau";
    spotlight_hint = "Brings everybody to one group or note.", "Yn dod â phawb at un grŵp neu nodyn.";
    show_it = "Bring everybody there", "Dod â phawb yno";
    end_it = "End the spotlight", "Diffodd y sbotolau";
    in_spotlight(title: &str) = format!("In the spotlight: {title}"), format!("Dan y sbotolau: {title}");
    back_to_it = "Go there", "Mynd yno";
    thank_you = "Thank you", "Diolch";
    thank_you_words = "The workshop is over. What you said stays nobody’s: it can’t be looked up who wrote what.",
        "Mae’r gweithdy ar ben. Nid yw’r hyn a ddywedasoch yn eiddo i neb: ni ellir canfod pwy ysgrifennodd beth.";
    where_it_goes(date: &str) =
        format!("The organiser can take the result away as a file. On {date} this board is deleted, with everything on it."),
        format!("Gall y trefnydd fynd â’r canlyniad fel ffeil. Ar {date} caiff y bwrdd hwn ei ddileu, gyda phopeth arno.");
    see_results = "See the results", "Gweld y canlyniadau";
}
