//! What whoever holds the database, the server key and a person's token can find out: which notes and
//! dots are that person's, as long as the salt is there.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use candour_server::keys::{PersonalKey, Salt, ServerKey};
use candour_server::random::Random;
use candour_shared::ids::BoardId;

use super::guests::bytes;
use super::watch::{Catch, Source, files};

/// How many different bytes 32 random ones have at least, but for one case in millions.
const DIVERSE: usize = 22;

/// What links a thing to a person.
pub(super) struct Link {
    pub(super) salt: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

/// Takes every 32 bytes of the database for a salt, until it comes upon one under which the person's tag
/// of the thing is in the database too.
pub(super) fn link(
    folder: &Path,
    board: BoardId,
    key: &PersonalKey,
    thing: &[&[u8]],
) -> Option<Link> {
    let server = ServerKey::open(&key_file(folder), &mut Random::system()).unwrap();
    let files: Vec<Vec<u8>> = files(folder)
        .into_iter()
        .filter(|Catch { source, .. }| matches!(source, Source::File(_)))
        .map(|Catch { bytes, .. }| bytes)
        .collect();
    let windows = || files.iter().flat_map(|file| file.windows(32));
    let random = |window: &&[u8]| window.iter().collect::<BTreeSet<_>>().len() >= DIVERSE;
    let there: HashSet<&[u8]> = windows().filter(random).collect();
    there.iter().find_map(|window| {
        let salt: Salt = serde_json::from_value((*window).into()).unwrap();
        let tag = bytes(&server.pepper(board, &salt).tag(key, thing));
        let salt = window.to_vec();
        there.contains(&tag[..]).then_some(Link { salt, tag })
    })
}

/// Where the server key is.
pub(super) fn key_file(folder: &Path) -> std::path::PathBuf {
    folder.join("boards.db.key")
}
