//! The canary scan: values unlike any other go through a whole workshop, and at every moment of it
//! everything the server lets out is searched for them: frames, answers, exports, files, log, metrics.

mod guests;
mod linking;
mod needles;
mod play;
mod remains;
mod script;
mod strays;
mod table;
mod watch;

use std::fs;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use tempfile::TempDir;

use table::{Canary, Moment, Place, TABLE};
use watch::{Catch, Part, Source, Watch, Who, files};

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_where_the_table_says_and_nowhere_else() {
    let complaints = script::workshop().await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn what_is_planted_is_found_wherever_and_however() {
    let (ann, bob) = (Who(1), Who(2));
    let mut watch = Watch::new();
    let token: [u8; 32] = rand::random();
    watch.for_value(Canary::Token, ann, &token);
    let text = watch.for_new_text(Canary::Plain, ann);
    let forms = [
        (Canary::Token, token.to_vec()),
        (Canary::Token, token[9..17].to_vec()),
        (Canary::Token, BASE64URL_NOPAD.encode(&token).into()),
        (Canary::Token, HEXLOWER.encode(&token).into()),
        (Canary::Token, HEXUPPER.encode(&token).into()),
        (Canary::Token, format!("{token:?}").into()),
        (Canary::Token, serde_json::to_vec(&token).unwrap()),
        (
            Canary::Token,
            format!("{:?}", bytes::Bytes::copy_from_slice(&token)).into(),
        ),
        (Canary::Plain, text.clone().into()),
        (Canary::Plain, text.as_bytes()[7..20].to_vec()),
        (Canary::Plain, serde_json::to_vec(&text).unwrap()),
        (Canary::Plain, format!("{text:?}").into()),
    ];
    for (canary, form) in forms {
        for (source, place) in [
            (Source::Frame(ann, Part::Participant), Place::Own),
            (Source::Frame(bob, Part::Participant), Place::Others),
            (Source::Frame(bob, Part::Newcomer), Place::Newcomers),
            (Source::Frame(bob, Part::Moderator), Place::Moderators),
            (Source::Export, Place::Export),
            (Source::Answer(ann), Place::Answers),
            (Source::Answer(bob), Place::OthersAnswers),
            (Source::Metrics, Place::Metrics),
        ] {
            let bytes = [b"before", &form[..], b"behind"].concat();
            is_found(&watch, &[Catch { source, bytes }], canary, place);
        }
        for (name, place) in [
            ("boards.db", Place::Files),
            ("boards.db-wal", Place::Files),
            ("left.tmp", Place::Files),
            ("candour.log", Place::Log),
        ] {
            let folder = TempDir::new().unwrap();
            fs::write(folder.path().join(name), &form).unwrap();
            is_found(&watch, &files(folder.path()), canary, place);
        }
    }
}

/// At the end nothing may be anywhere.
fn is_found(watch: &Watch, catch: &[Catch], canary: Canary, place: Place) {
    let complaints = watch.complaints(Moment::Stopped, catch);
    let [complaint] = &complaints[..] else {
        panic!("{canary:?} in {place:?}: {complaints:?}");
    };
    let expected = format!("Stopped: {canary:?} is in {place:?}, ");
    assert!(complaint.starts_with(&expected), "{complaint}");
}

#[test]
fn what_the_table_promises_and_nobody_sees_is_missed() {
    for moment in Moment::ALL {
        let promised = TABLE
            .iter()
            .flat_map(|line| Place::ALL.map(|place| line.says(place, moment)));
        let missed = Watch::new().complaints(moment, &[]);
        assert_eq!(missed.len(), promised.filter(|it| *it).count());
        assert!(missed.iter().all(|it| it.contains(" is not in ")));
    }
}
