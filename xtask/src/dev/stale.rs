//! Which parts a change of a file makes stale.

use std::ffi::OsStr;
use std::path::Path;

/// The parts that have to be built again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stale {
    /// The files of the page besides the module: styles, documents, scripts.
    pub(crate) files: bool,
    /// The client, and so the module.
    pub(crate) client: bool,
    /// The server.
    pub(crate) server: bool,
}

impl Stale {
    /// As after a checkout.
    pub(crate) const EVERYTHING: Self = Self {
        files: true,
        client: true,
        server: true,
    };

    /// The files of the page alone.
    pub(crate) const FILES: Self = Self {
        files: true,
        client: false,
        server: false,
    };

    /// The client, whose module is one of the page's files.
    pub(crate) const CLIENT: Self = Self {
        files: true,
        client: true,
        server: false,
    };

    /// The server alone.
    pub(crate) const SERVER: Self = Self {
        files: false,
        client: false,
        server: true,
    };

    /// What a change of this file makes stale; the path counts from the repository's root. Nothing for what an editor
    /// leaves beside a file, and for what a build writes.
    pub(super) fn by(path: &Path) -> Self {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        let rust = ["rs", "toml"].contains(&extension);
        let mut parts = path.iter().filter_map(OsStr::to_str);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        match (first, second) {
            ("client", _) if rust => Self::CLIENT,
            ("client", _) if ["css", "html", "js", "json", "svg"].contains(&extension) => {
                Self::FILES
            }
            ("docs", _) if extension == "md" => Self::FILES,
            ("server", _) if rust => Self::SERVER,
            ("shared", _) if rust => Self::EVERYTHING,
            ("Cargo.toml" | "Cargo.lock", None) => Self::EVERYTHING,
            _ => Self::default(),
        }
    }

    /// Both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            files: self.files || other.files,
            client: self.client || other.client,
            server: self.server || other.server,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_makes_stale_what_is_built_of_it() {
        let by = |path: &str| Stale::by(Path::new(path));
        assert_eq!(by("client/style/40-note.css"), Stale::FILES);
        assert_eq!(by("client/boot.js"), Stale::FILES);
        assert_eq!(by("docs/threat-model.md"), Stale::FILES);
        assert_eq!(by("client/src/view/dots.rs"), Stale::CLIENT);
        assert_eq!(by("client/page/src/queue.rs"), Stale::CLIENT);
        assert_eq!(by("server/src/board.rs"), Stale::SERVER);
        assert_eq!(by("shared/src/policy.rs"), Stale::EVERYTHING);
        assert_eq!(by("Cargo.lock"), Stale::EVERYTHING);
    }

    #[test]
    fn what_editors_and_builds_leave_makes_nothing_stale() {
        for path in [
            "client/style/.40-note.css.swp",
            "client/src/app.rs~",
            "server/assets/index.html.br",
            "server/assets.new/assets/app-1.js.br",
            "e2e/src/lib.rs",
        ] {
            assert_eq!(Stale::by(Path::new(path)), Stale::default(), "{path}");
        }
    }
}
