//! What a server inside this process logs.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::level_filters::LevelFilter;
use tracing::subscriber::{DefaultGuard, set_default};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::{Registry, fmt};

/// The lines that Candour logs at any level in the thread this was made in, without their times, as
/// long as it is kept.
pub struct Logs {
    lines: Lines,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Logs {
    /// Begins to listen.
    #[must_use]
    pub fn of_this_thread() -> Self {
        let lines = Lines::default();
        let kept = lines.clone();
        let layer = fmt::layer()
            .without_time()
            .with_ansi(false)
            .with_writer(move || kept.clone())
            .with_filter(Targets::new().with_target("candour", LevelFilter::TRACE));
        Self {
            lines,
            _guard: set_default(Registry::default().with(layer)),
        }
    }

    /// All lines so far.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.lines.lock()).into_owned()
    }
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
