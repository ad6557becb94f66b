//! A page in the making: its files so far, and how they name each other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::compressor::Compressor;
use super::{File, Purpose, hash};
use crate::workspace::Workspace;

/// A page in the making.
pub(super) struct Draft {
    compressor: Compressor,
    /// In the order in which they came.
    files: Vec<File>,
    /// What stands for each placeholder.
    urls: BTreeMap<&'static str, String>,
    /// The element with the script by which the page loads itself anew, if it does.
    reload: Option<String>,
}

/// With it a page in development follows what is built; no other page has it.
const RELOAD: &str = include_str!("reload.js");

impl Draft {
    /// One without files, but for what a page in development has besides.
    pub(super) fn new(workspace: &Workspace, purpose: Purpose) -> Result<Self> {
        let mut draft = Self {
            compressor: Compressor::new(workspace, purpose)?,
            files: Vec::new(),
            urls: BTreeMap::new(),
            reload: None,
        };
        if let Purpose::Development { server } = purpose {
            let path = format!("assets/reload-{}.js", hash(RELOAD.as_bytes()));
            draft.reload = Some(format!(
                "<script type=\"module\" src=\"/{path}\" data-server=\"{server}\"></script>"
            ));
            draft.put(path, RELOAD.as_bytes())?;
        }
        Ok(draft)
    }

    /// Adds a file under a name that changes with its bytes, so that browsers may keep it for ever.
    pub(super) fn add(
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
    pub(super) fn name_shell(&mut self, index: &str) {
        let mut files: Vec<String> = self.urls.values().map(|url| format!("\"{url}\"")).collect();
        files.sort();
        let files = files.join(", ");
        self.urls
            .insert("shell", hash(format!("{index}{files}").as_bytes()));
        self.urls.insert("files", files);
    }

    /// Adds a file under its own name.
    pub(super) fn put(&mut self, path: String, bytes: &[u8]) -> Result<()> {
        self.files.push(File {
            compressed: self.compressor.compress(bytes)?,
            raw: bytes.len(),
            path,
        });
        Ok(())
    }

    /// A document with its placeholders replaced, and with the script that loads it anew, if there is one.
    pub(super) fn document(&self, name: &str, text: &str) -> Result<String> {
        let text = self.filled(name, text)?;
        let Some(reload) = &self.reload else {
            return Ok(text);
        };
        let (head, body) = text
            .split_once("</head>")
            .with_context(|| format!("{name} has no head"))?;
        Ok([head, "  ", reload, "\n  </head>", body].concat())
    }

    /// All files.
    pub(super) fn finished(self) -> Result<Vec<File>> {
        self.compressor.forget_unused()?;
        Ok(self.files)
    }

    /// The text with its placeholders replaced.
    pub(super) fn filled(&self, name: &str, text: &str) -> Result<String> {
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

/// The sheets of a folder in the order of their names, as one.
pub(super) fn style(folder: &Path) -> Result<String> {
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
