//! The page's files: bound, hashed, compressed, and put where the server embeds them.

mod bound;
mod compressor;
mod document;
mod draft;
mod stored;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use self::draft::{Draft, style};
use crate::workspace::Workspace;

pub(crate) use self::bound::Bound;

/// Documents that the server shows beside the page: their paths, and the files they are made of.
const DOCUMENTS: [(&str, &str, Tongue); 3] = [
    ("threat-model.html", "docs/threat-model.md", ENGLISH),
    ("accessibility.html", "docs/accessibility.md", ENGLISH),
    ("accessibility.cy.html", "docs/accessibility.cy.md", WELSH),
];

/// A document's language, and how the way to the first page is called in it.
type Tongue = (&'static str, &'static str);
const ENGLISH: Tongue = ("en-GB", "Candour’s first page");
const WELSH: Tongue = ("cy", "Tudalen gyntaf Candour");

/// What works behind the page: it loads once the page is usable.
const BEHIND: [&str; 2] = ["service-worker.js", "manifest.webmanifest"];

/// What a page is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// For people: as small as it gets.
    Use,
    /// For whoever works on it: made at once, and it loads itself anew when something was built since. Which server that
    /// is counts, too: they are numbered as they start.
    Development { server: u32 },
}

/// Everything a browser loads before the page is usable, and documents to read beside it.
pub(crate) struct Page {
    /// In the order in which one file names another.
    files: Vec<File>,
}

/// One file of the page.
pub(crate) struct File {
    /// Its path under the server's address, without the leading slash.
    path: String,
    /// Its size in bytes before compression.
    raw: usize,
    /// Its bytes, compressed with brotli.
    compressed: Vec<u8>,
}

impl Page {
    /// Makes the page of the client's sources and what was bound of its compiled module.
    pub(crate) fn make(workspace: &Workspace, bound: &Bound, purpose: Purpose) -> Result<Self> {
        let sources = workspace.root.join("client");
        let read = |name: &str| {
            let path = sources.join(name);
            fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))
        };
        let mut page = Draft::new(workspace, purpose)?;
        page.add("wasm", "app", "wasm", &bound.wasm)?;
        page.add("script", "app", "js", bound.script.as_bytes())?;
        page.add("icon", "icon", "svg", read("icon.svg")?.as_bytes())?;
        page.add(
            "style",
            "style",
            "css",
            style(&sources.join("style"))?.as_bytes(),
        )?;
        let boot = page.filled("boot.js", &read("boot.js")?)?;
        page.add("boot", "boot", "js", boot.as_bytes())?;
        let manifest = page.filled("manifest.json", &read("manifest.json")?)?;
        page.put("manifest.webmanifest".into(), manifest.as_bytes())?;
        let index = page.document("index.html", &read("index.html")?)?;
        page.put("index.html".into(), index.as_bytes())?;
        page.name_shell(&index);
        let worker = page.filled("service-worker.js", &read("service-worker.js")?)?;
        page.put("service-worker.js".into(), worker.as_bytes())?;
        for (path, source, (language, home)) in DOCUMENTS {
            let markdown = fs::read_to_string(workspace.root.join(source))
                .with_context(|| format!("{source} can't be read"))?;
            let (title, body) = document::rendered(&markdown);
            let frame = page.document("document.html", &read("document.html")?)?;
            let document = frame
                .replace("[[language]]", language)
                .replace("[[home]]", home)
                .replace("[[title]]", &title)
                .replace("[[body]]", &body);
            page.put(path.into(), document.as_bytes())?;
        }
        Ok(Self {
            files: page.finished()?,
        })
    }

    /// Replaces the server's files by these, at once: a failure leaves the old page in place. Equal
    /// files are left alone, so that cargo doesn't build the server again.
    pub(crate) fn install(&self, workspace: &Workspace) -> Result<()> {
        let place = workspace.root.join("server/assets");
        if self.is_at(&place) {
            return Ok(());
        }
        let fresh = workspace.root.join("server/assets.new");
        remove(&fresh)?;
        for file in &self.files {
            let path = fresh.join(format!("{}.br", file.path));
            fs::create_dir_all(path.parent().unwrap_or(&fresh))?;
            fs::write(path, &file.compressed)?;
        }
        let stale = workspace.root.join("server/assets.old");
        remove(&stale)?;
        if place.exists() {
            fs::rename(&place, &stale)?;
        }
        fs::rename(&fresh, &place)?;
        remove(&stale)
    }

    /// What a browser loads before the page is usable, in bytes.
    pub(crate) fn compressed(&self) -> usize {
        self.loaded().map(|file| file.compressed.len()).sum()
    }

    fn loaded(&self) -> impl Iterator<Item = &File> {
        let beside = DOCUMENTS.map(|(path, _, _)| path).into_iter().chain(BEHIND);
        let beside: Vec<&str> = beside.collect();
        let waits = move |file: &&File| !beside.contains(&file.path.as_str());
        self.files.iter().filter(waits)
    }

    /// The sizes of the files, and their sum, for people.
    pub(crate) fn table(&self) -> String {
        let raw: usize = self.loaded().map(|file| file.raw).sum();
        let rows = self
            .loaded()
            .map(|file| (file.path.as_str(), file.raw, file.compressed.len()))
            .chain([("what the page loads", raw, self.compressed())]);
        let mut table = format!("{:<36} {:>10} {:>10}\n", "file", "bytes", "brotli");
        for (name, raw, compressed) in rows {
            // Writing to a String can't fail.
            let _ = writeln!(table, "{name:<36} {raw:>10} {compressed:>10}");
        }
        table
    }

    fn is_at(&self, place: &Path) -> bool {
        let mut found = 0;
        let mut folders = vec![place.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    found += 1;
                }
            }
        }
        found == self.files.len()
            && self.files.iter().all(|file| {
                fs::read(place.join(format!("{}.br", file.path)))
                    .is_ok_and(|bytes| bytes == file.compressed)
            })
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8].iter().fold(String::new(), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
