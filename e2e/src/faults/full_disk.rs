//! The disk is full for a while. Commands are refused as long as it is, and succeed by themselves once it is not
//! any more; nobody is sent away, and reading goes on.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use candour_shared::ids::NoteId;
use futures_util::future::{join_all, try_join_all};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tempfile::TempDir;
use tokio::time::sleep;

use super::Stage;
use super::meeting::Meeting;
use super::memory::Deed;
use super::verdict::Verdict;
use crate::api::Api;
use crate::client::TestClient;
use crate::fresh;
use crate::server::LOG;
use crate::workshop::{settings, signal};

/// How large the disk is, in mebibytes.
const SIZE: u32 = 16;
/// How much is written to it at a time until it is full, the large pieces first.
const PIECES: [usize; 2] = [64 * 1024, 512];
/// How long people work before it is full.
const WORK: std::ops::Range<Duration> = Duration::from_millis(20)..Duration::from_millis(200);
/// How often somebody in a hurry rewrites a note without waiting for the answer.
const BURST: usize = 4;

/// A small file system of its own, in memory. Taken away when it is dropped.
pub struct SmallDisk {
    folder: TempDir,
    /// Where there is always room.
    beside: TempDir,
}

impl SmallDisk {
    /// Mounts one, for which one has to be root.
    pub fn mount() -> Result<Self> {
        let (folder, beside) = (TempDir::new()?, TempDir::new()?);
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={SIZE}m"), "tmpfs"]);
        let mounted = mount
            .arg(folder.path())
            .output()
            .context("mount is missing")?;
        if !mounted.status.success() {
            let why = String::from_utf8_lossy(&mounted.stderr);
            bail!(
                "a disk of a few megabytes can't be mounted; only root can: {}",
                why.trim()
            );
        }
        Ok(Self { folder, beside })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Lets a file lie where there is always room, and only its name here.
    pub fn keep_beside(&self, name: &str) -> Result<()> {
        let there = self.beside.path().join(name);
        Ok(symlink(there, self.path().join(name))?)
    }

    /// Leaves no room on it.
    pub fn fill(&self) -> Result<()> {
        let mut filler = File::create(self.filler())?;
        for piece in PIECES {
            let piece = vec![0; piece];
            loop {
                match filler.write_all(&piece) {
                    Ok(()) => {}
                    Err(fault) if fault.kind() == ErrorKind::StorageFull => break,
                    Err(fault) => return Err(fault.into()),
                }
            }
        }
        Ok(())
    }

    /// Makes room again.
    pub fn free(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because the server may hold files on it for a moment longer.
        let unmounted = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("{} stays mounted", self.path().display());
        }
    }
}

/// So many times the disk is full while people work.
pub async fn full_disk(cycles: usize, seed: u64) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let disk = SmallDisk::mount()?;
    // What the server says about a full disk should be found.
    disk.keep_beside(LOG)?;
    let mut stage = Stage::set(disk.path(), random.random()).await?;
    let mut hurried = Hurried::joins(&stage.api, random.random()).await?;
    let mut verdict = Verdict::default();
    for _ in 0..cycles {
        let stop = AtomicBool::new(false);
        let hosts = stage.meetings.iter().map(Meeting::another_host);
        let hosts: Vec<TestClient> = hosts.collect();
        let boards = stage
            .meetings
            .iter()
            .map(|it| (it.created.board, it.organiser.clone()));
        let boards: Vec<_> = boards.collect();
        let api = stage.api.clone();
        let filled = async {
            sleep(random.random_range(WORK)).await;
            disk.fill()?;
            try_join_all(hosts.iter().map(is_refused)).await?;
            ensure!(
                api.create(&settings()).await.is_err(),
                "a board was opened on a full disk"
            );
            for (board, token) in boards {
                api.export(board, &token)
                    .await
                    .context("nothing can be taken away")?;
                let newcomer = TestClient::connect(api.clone(), board, token);
                newcomer
                    .wait_for(|view| view.wall().read().settings().is_some())
                    .await?;
            }
            disk.free()?;
            try_join_all(
                hosts
                    .iter()
                    .map(|host| host.wait_for(|view| view.pending() == 0)),
            )
            .await?;
            stop.store(true, Ordering::Relaxed);
            anyhow::Ok(())
        };
        let living = stage.meetings.iter_mut().map(|it| it.lives(&stop));
        let (_, _, hurried) = tokio::try_join!(filled, try_join_all(living), hurried.lives(&stop))?;
        verdict.add(hurried);
        for meeting in &mut stage.meetings {
            meeting.finishes_step().await?;
            let log = stage.server.log()?;
            ensure!(
                meeting.all_stayed(),
                "somebody lost their connection: {log}"
            );
        }
        verdict.add(stage.check(random.random()).await?);
    }
    verdict.acknowledged += stage.ends()?;
    Ok(verdict)
}

/// Asks until it is told that nothing can be stored at the moment.
async fn is_refused(host: &TestClient) -> Result<()> {
    let asking = async {
        loop {
            host.ask(signal(&fresh::note().to_string())).await?;
        }
    };
    tokio::select! {
        told = host.wait_for(|view| view.put_off > 0) => Ok(told?),
        asked = asking => asked,
    }
}

/// Somebody who rewrites a note again and again without waiting for the answers.
struct Hurried {
    client: TestClient,
    note: NoteId,
    texts: usize,
}

impl Hurried {
    /// Opens a board, and writes the note.
    async fn joins(api: &Api, seed: u64) -> Result<Self> {
        let meeting = Meeting::open(api, 0, 0, seed).await?;
        let client = meeting.newcomer().await?;
        let note = fresh::note();
        client
            .ask(Deed::Post(note, "Slow".into()).command())
            .await?;
        Ok(Self {
            client,
            note,
            texts: 0,
        })
    }

    /// Rewrites it several times at once until told to stop. What was asked last is how it has to be then.
    async fn lives(&mut self, stop: &AtomicBool) -> Result<Verdict> {
        let mut verdict = Verdict::default();
        while !stop.load(Ordering::Relaxed) {
            let texts: Vec<String> = (0..BURST)
                .map(|it| format!("Hurried {}", self.texts + it))
                .collect();
            self.texts += BURST;
            let edits = texts
                .iter()
                .map(|text| Deed::Edit(self.note, text.clone()).command());
            for done in join_all(edits.map(|edit| self.client.ask(edit))).await {
                done?;
            }
            verdict.acknowledged += BURST;
            let mine = self
                .client
                .view(|view| view.mine().notes.first().map(|it| it.content.text.clone()));
            if mine.as_ref() != texts.last() {
                verdict
                    .lost
                    .push(format!("{texts:?}, and it says {mine:?}"));
            }
        }
        Ok(verdict)
    }
}
