//! Running a board: revealing, pausing, locking.

use candour_shared::text::WelshPlural;

candour_shared::texts! { here
    reveal = "Reveal", "Datgelu";
    reveal_notes = "Reveal the notes", "Datgelu’r nodiadau";
    reveal_replies = "Reveal the replies", "Datgelu’r atebion";
    collect = "Collect for moderation", "Casglu i’w cymedroli";
    collect_hint = "Brings every waiting note to the facilitators, in random order. Nobody else sees one until you release it.",
        "Yn dod â phob nodyn sy’n aros at yr hwyluswyr, mewn trefn ar hap. Nid oes neb arall yn gweld un nes i chi ei ryddhau.";
    notes_hint = "Shows every waiting note to everyone at the same moment, in random order. People can write on; reveal again for what comes later.",
        "Yn dangos pob nodyn sy’n aros i bawb ar yr un eiliad, mewn trefn ar hap. Gall pobl ddal i ysgrifennu; datgelwch eto yr hyn a ddaw wedyn.";
    replies_hint = "Shows every waiting reply to everyone at the same moment, in random order. People can write on; reveal again for what comes later.",
        "Yn dangos pob ateb sy’n aros i bawb ar yr un eiliad, mewn trefn ar hap. Gall pobl ddal i ysgrifennu; datgelwch eto yr hyn a ddaw wedyn.";
    nobody_sees = "Nobody, not even you, sees how many wait. ", "Nid oes neb, dim hyd yn oed chi, yn gweld faint sy’n aros. ";
    done(times: u32) = match times {
            0 => String::new(),
            1 => "Done once so far.".to_owned(),
            times => format!("Done {times} times so far."),
        },
        match times {
            0 => String::new(),
            1 => "Gwnaed unwaith hyd yma.".to_owned(),
            times => format!("Gwnaed {} hyd yma.", WelshPlural::count(times.into(), "gwaith", "waith", "gwaith")),
        };
    revealing = "Revealing…", "Yn datgelu…";
    posting = "Posting", "Postio";
    pause = "Pause posting", "Rhoi saib ar bostio";
    pause_hint = "While this is on nobody can save or rewrite a note; what people are writing stays on their page. Taking a note back always works.",
        "Tra bydd hyn ymlaen ni all neb gadw nac ailysgrifennu nodyn; mae’r hyn y mae pobl yn ei ysgrifennu yn aros ar eu tudalen. Mae cymryd nodyn yn ôl bob amser yn gweithio.";
    groups = "Groups", "Grwpiau";
    lock = "Lock the groups", "Cloi’r grwpiau";
    lock_hint = "Only facilitators can move notes and change groups while they are locked.",
        "Dim ond hwyluswyr sy’n gallu symud nodiadau a newid grwpiau tra byddant wedi’u cloi.";
    doors = "Doors", "Drysau";
    doors_closed = "Closed", "Ar gau";
    close_doors = "Close the doors", "Cau’r drysau";
    doors_hint = "While the doors are closed nobody new can join as a participant, by whatever link or code. Who has joined stays, and can come back.",
        "Tra bydd y drysau ar gau ni all neb newydd ymuno fel cyfranogwr, drwy ba bynnag ddolen neu god. Mae pwy bynnag a ymunodd yn aros, a gall ddod yn ôl.";
    hide = "Hide the controls", "Cuddio’r rheolyddion";
    run = "Run the board", "Cynnal y bwrdd";
    /// What the controls are, for screen readers.
    controls = "Running the board", "Cynnal y bwrdd";
}
