//! Compresses files once, and remembers what came out.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;

use super::Purpose;
use super::hash;
use super::stored::stored;
use crate::workspace::Workspace;

/// The best quality that brotli has.
const BEST: i32 = 11;

/// Makes brotli of what browsers load.
pub(super) enum Compressor {
    /// As small as it gets.
    Best(Memory),
    /// At once, and no smaller than it was.
    Stored,
}

/// What was compressed before: the best quality takes seconds.
pub(super) struct Memory {
    /// Where compressed bytes lie, by the hash of what they were.
    folder: PathBuf,
    used: BTreeSet<String>,
}

impl Compressor {
    /// One that compresses as well as a page is worth it.
    pub(super) fn new(workspace: &Workspace, purpose: Purpose) -> Result<Self> {
        if purpose != Purpose::Use {
            return Ok(Self::Stored);
        }
        let folder = workspace.target.join(format!("page-brotli-{BEST}"));
        fs::create_dir_all(&folder)?;
        let used = BTreeSet::new();
        Ok(Self::Best(Memory { folder, used }))
    }

    /// These bytes as brotli.
    pub(super) fn compress(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Best(memory) => memory.compress(bytes),
            Self::Stored => Ok(stored(bytes)),
        }
    }

    /// Forgets what the page doesn't need any more.
    pub(super) fn forget_unused(&self) -> Result<()> {
        match self {
            Self::Best(memory) => memory.forget_unused(),
            Self::Stored => Ok(()),
        }
    }
}

impl Memory {
    /// Compresses now, unless it did before.
    fn compress(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        let name = hash(bytes);
        let remembered = self.folder.join(&name);
        self.used.insert(name);
        if let Ok(compressed) = fs::read(&remembered) {
            return Ok(compressed);
        }
        let parameters = BrotliEncoderParams {
            quality: BEST,
            size_hint: bytes.len(),
            ..BrotliEncoderParams::default()
        };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
        // Renamed into place, so that a build that was stopped leaves no half of a file behind.
        let partial = self.folder.join("partial");
        fs::write(&partial, &compressed)?;
        fs::rename(partial, remembered)?;
        Ok(compressed)
    }

    fn forget_unused(&self) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !self.used.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}
