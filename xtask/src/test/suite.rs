//! The suites: what is tested together.

use clap::ValueEnum as _;

/// Tests that are run and counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Suite {
    /// The sources are formatted.
    Format,
    /// Clippy has nothing to say, nor about the page as wasm.
    Lint,
    /// The documentation builds without warnings, and its examples run.
    Docs,
    /// The page and the server build.
    Build,
    /// The parts, one by one.
    Unit,
    /// Whole servers, over real sockets.
    Protocol,
    /// Whole workshops in real browsers.
    Browser,
    /// The benchmarks compile, and count right.
    Benches,
}

impl Suite {
    /// All of them, in the order in which they run: the later ones use what the earlier ones built.
    pub(super) const ALL: [Self; 8] = [
        Self::Format,
        Self::Lint,
        Self::Docs,
        Self::Build,
        Self::Unit,
        Self::Protocol,
        Self::Browser,
        Self::Benches,
    ];

    /// Its name on the command line and in the results.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Docs => "docs",
            Self::Build => "build",
            Self::Unit => "unit",
            Self::Protocol => "protocol",
            Self::Browser => "browser",
            Self::Benches => "benches",
        }
    }

    /// The suite of this name, if there is one.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }
}
