//! What a measurement takes of its machine: a processor for the server, another for the crowd, and many open files.

use anyhow::{Context as _, Result, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The processor that is the server's alone.
pub const SERVER: usize = 0;
/// The processor on which everything else runs.
pub const CROWD: usize = 1;

/// Lets this process, and those it starts, have as many files open as the system allows it. A crowd has a socket for each
/// person, and so has the server.
pub fn open_many_files() -> Result<()> {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let current = maximum;
    setrlimit(Resource::Nofile, Rlimit { current, maximum })
        .context("the limit of open files stays low")
}

/// Fails if so many sockets are more than this process may have open.
pub fn has_room_for(sockets: usize) -> Result<()> {
    // Besides: the program's own files, the database's, and connections of requests.
    let needed = sockets as u64 + 500;
    let allowed = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    ensure!(
        needed <= allowed,
        "a process may have {allowed} files open here, and this takes {needed}: raise `ulimit -Hn`"
    );
    Ok(())
}
