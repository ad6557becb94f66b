//! The search: everything that was let out at a moment, looked through for every canary, and held
//! against the table.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::guests::word;
use super::needles::Needles;
use super::table::{Canary, Line, Moment, Place, TABLE};

/// Somebody; numbers mean nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Who(pub(super) u32);

/// What somebody is on the board, as far as it decides what they may receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A participant who is there all the time.
    Participant,
    /// A participant who comes, or comes back, at the moment.
    Newcomer,
    /// A facilitator or an organiser.
    Moderator,
}

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A frame that somebody received.
    Frame(Who, Part),
    /// What somebody was answered over HTTP.
    Answer(Who),
    /// An export.
    Export,
    /// A file in the database's folder.
    File(String),
    /// The log.
    Log,
    /// The metrics.
    Metrics,
}

/// Bytes that the server let out.
pub(super) struct Catch {
    pub(super) source: Source,
    pub(super) bytes: Vec<u8>,
}

/// The canaries that are about, with whom each belongs to.
pub(super) struct Watch(Needles<(Canary, Who)>);

impl Watch {
    pub(super) fn new() -> Self {
        Self(Needles::new())
    }

    /// Looks for any part of this value, in any form, from now on.
    pub(super) fn for_value(&mut self, canary: Canary, whose: Who, value: &[u8]) {
        self.0.add(value, (canary, whose));
    }

    /// A text that is to be looked for from now on. It says the same thrice, is not ASCII, and has in it
    /// what JSON escapes.
    pub(super) fn for_new_text(&mut self, canary: Canary, whose: Who) -> String {
        let word = word();
        self.for_value(canary, whose, word.as_bytes());
        format!("“{word}”\n\"{word}\" \\ {word}")
    }

    /// Looks for this text, word for word, from now on.
    pub(super) fn for_words(&mut self, canary: Canary, whose: Who, words: &str) {
        self.0.add_whole(words.as_bytes(), (canary, whose));
    }

    /// What of a catch is not as the table says, in sentences.
    pub(super) fn complaints(&self, moment: Moment, catch: &[Catch]) -> Vec<String> {
        let mut seen: BTreeMap<(Canary, Place), &Source> = BTreeMap::new();
        for Catch { source, bytes } in catch {
            for (canary, whose) in self.0.found_in(bytes) {
                seen.insert((canary, source.place(whose)), source);
            }
        }
        let mut complaints = Vec::new();
        for line in TABLE {
            let Line(canary, _, because) = line;
            for place in Place::ALL {
                match (line.says(place, moment), seen.get(&(*canary, place))) {
                    (true, None) => complaints.push(format!(
                        "{moment:?}: {canary:?} is not in {place:?}, though {because}"
                    )),
                    (false, Some(source)) => complaints.push(format!(
                        "{moment:?}: {canary:?} is in {place:?}, namely in {source:?}"
                    )),
                    (true, Some(_)) | (false, None) => {}
                }
            }
        }
        complaints
    }
}

impl Source {
    fn place(&self, whose: Who) -> Place {
        match self {
            Self::Frame(who, _) if *who == whose => Place::Own,
            Self::Frame(_, Part::Participant) => Place::Others,
            Self::Frame(_, Part::Newcomer) => Place::Newcomers,
            Self::Frame(_, Part::Moderator) => Place::Moderators,
            Self::Export => Place::Export,
            Self::Answer(who) if *who == whose => Place::Answers,
            Self::Answer(_) => Place::OthersAnswers,
            Self::File(_) => Place::Files,
            Self::Log => Place::Log,
            Self::Metrics => Place::Metrics,
        }
    }
}

/// Every file in a database's folder, the key file excluded, which is for its owner alone.
pub(super) fn files(folder: &Path) -> Vec<Catch> {
    let mut catch = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".key") {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let source = if name.ends_with(".log") {
            Source::Log
        } else {
            Source::File(name)
        };
        catch.push(Catch { source, bytes });
    }
    catch
}
