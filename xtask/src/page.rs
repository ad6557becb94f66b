//! The page's files: bound, hashed, compressed, and put where the server embeds them.

mod document;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use brotli::enc::BrotliEncoderParams;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Profile;
use crate::workspace::Workspace;

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
    /// Makes the page of the client's sources and its compiled module.
    pub(crate) fn make(workspace: &Workspace, wasm: &Path, profile: Profile) -> Result<Self> {
        let sources = workspace.root.join("client");
        let read = |name: &str| {
            let path = sources.join(name);
            fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))
        };
        let Bound { script, wasm } = bind(wasm, profile)?;
        let mut page = Draft {
            compressor: Compressor::new(workspace, profile)?,
            files: Vec::new(),
            urls: BTreeMap::new(),
        };
        page.add("wasm", "app", "wasm", &wasm)?;
        page.add("script", "app", "js", script.as_bytes())?;
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
        let index = page.filled("index.html", &read("index.html")?)?;
        page.put("index.html".into(), index.as_bytes())?;
        page.name_shell(&index);
        let worker = page.filled("service-worker.js", &read("service-worker.js")?)?;
        page.put("service-worker.js".into(), worker.as_bytes())?;
        for (path, source, (language, home)) in DOCUMENTS {
            let markdown = fs::read_to_string(workspace.root.join(source))
                .with_context(|| format!("{source} can't be read"))?;
            let (title, body) = document::rendered(&markdown);
            let frame = page.filled("document.html", &read("document.html")?)?;
            let document = frame
                .replace("[[language]]", language)
                .replace("[[home]]", home)
                .replace("[[title]]", &title)
                .replace("[[body]]", &body);
            page.put(path.into(), document.as_bytes())?;
        }
        page.compressor.forget_unused()?;
        Ok(Self { files: page.files })
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

struct Bound {
    script: String,
    wasm: Vec<u8>,
}

fn bind(wasm: &Path, profile: Profile) -> Result<Bound> {
    let dev = profile == Profile::Dev;
    let mut output = Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        // boot.js says where the module is.
        .omit_default_module_path(true)
        .keep_debug(dev)
        .remove_name_section(!dev)
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))?;
    let mut extras: Vec<&str> = output
        .snippets()
        .iter()
        .filter(|(_, inline)| !inline.is_empty())
        .map(|(name, _)| name.as_str())
        .chain(output.local_modules().keys().map(String::as_str))
        .chain(output.npm_dependencies().keys().map(String::as_str))
        .collect();
    extras.sort_unstable();
    ensure!(
        extras.is_empty(),
        "the page needs scripts of its dependencies, which the build can't place: {}",
        extras.join(", ")
    );
    Ok(Bound {
        script: output.js().to_owned(),
        wasm: output.wasm_mut().emit_wasm(),
    })
}

fn style(folder: &Path) -> Result<String> {
    let mut sheets: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("{} can't be read", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    sheets.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    sheets.sort();
    let texts: Vec<String> = sheets
        .iter()
        .map(|path| Ok(fs::read_to_string(path)?))
        .collect::<Result<_>>()?;
    Ok(texts.concat())
}

/// A page in the making.
struct Draft {
    compressor: Compressor,
    files: Vec<File>,
    /// What stands for each placeholder.
    urls: BTreeMap<&'static str, String>,
}

impl Draft {
    /// Adds a file under a name that changes with its bytes, so that browsers may keep it for ever.
    fn add(
        &mut self,
        placeholder: &'static str,
        stem: &str,
        extension: &str,
        bytes: &[u8],
    ) -> Result<()> {
        let path = format!("assets/{stem}-{}.{extension}", hash(bytes));
        self.urls.insert(placeholder, format!("/{path}"));
        self.put(path, bytes)
    }

    /// Says what the service worker keeps: every file with a hash in its name, under a name that changes
    /// with any of them or with the index.
    fn name_shell(&mut self, index: &str) {
        let mut files: Vec<String> = self.urls.values().map(|url| format!("\"{url}\"")).collect();
        files.sort();
        let files = files.join(", ");
        self.urls
            .insert("shell", hash(format!("{index}{files}").as_bytes()));
        self.urls.insert("files", files);
    }

    fn put(&mut self, path: String, bytes: &[u8]) -> Result<()> {
        self.files.push(File {
            compressed: self.compressor.compress(bytes)?,
            raw: bytes.len(),
            path,
        });
        Ok(())
    }

    /// The text with its placeholders replaced.
    fn filled(&self, name: &str, text: &str) -> Result<String> {
        let mut text = text.to_owned();
        for (placeholder, url) in &self.urls {
            text = text.replace(&format!("{{{{{placeholder}}}}}"), url);
        }
        if let Some(at) = text.find("{{") {
            let rest: String = text[at..].chars().take(30).collect();
            bail!("{name} has a placeholder that stands for nothing: {rest}");
        }
        Ok(text)
    }
}

/// Compresses with brotli, and remembers what it compressed: the best quality takes seconds.
struct Compressor {
    quality: i32,
    /// Where compressed bytes lie, by the hash of what they were.
    memory: PathBuf,
    used: BTreeSet<String>,
}

impl Compressor {
    fn new(workspace: &Workspace, profile: Profile) -> Result<Self> {
        let quality = match profile {
            Profile::Release => 11,
            Profile::Dev => 5,
        };
        let memory = workspace.target.join(format!("page-brotli-{quality}"));
        fs::create_dir_all(&memory)?;
        let used = BTreeSet::new();
        Ok(Self {
            quality,
            memory,
            used,
        })
    }

    fn compress(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        let name = hash(bytes);
        let remembered = self.memory.join(&name);
        self.used.insert(name);
        if let Ok(compressed) = fs::read(&remembered) {
            return Ok(compressed);
        }
        let parameters = BrotliEncoderParams {
            quality: self.quality,
            size_hint: bytes.len(),
            ..BrotliEncoderParams::default()
        };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
        // Renamed into place, so that a build that was stopped leaves no half of a file behind.
        let partial = self.memory.join("partial");
        fs::write(&partial, &compressed)?;
        fs::rename(partial, remembered)?;
        Ok(compressed)
    }

    fn forget_unused(&self) -> Result<()> {
        for entry in fs::read_dir(&self.memory)? {
            let entry = entry?;
            if !self.used.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8].iter().fold(String::new(), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}
