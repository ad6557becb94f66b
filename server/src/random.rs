//! Randomness: the operating system's, or a sequence that a test can repeat.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use rand::rand_core::{TryRng, UnwrapErr};
use rand::rngs::{StdRng, SysRng};
use rand::{Rng as _, SeedableRng as _};

/// Where the server takes randomness from; cheap to clone. Clones share one sequence.
#[derive(Clone, Default)]
pub struct Random(Option<Arc<Mutex<StdRng>>>);

impl Random {
    /// The operating system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A sequence that is the same for the same seed. With the seed one knows every secret.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// 16 bytes, for an id.
    pub fn id(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.fill_bytes(&mut bytes);
        bytes
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(match &self.0 {
            None => UnwrapErr(SysRng).next_u32(),
            Some(seeded) => seeded
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next_u32(),
        })
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(match &self.0 {
            None => UnwrapErr(SysRng).next_u64(),
            Some(seeded) => seeded
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next_u64(),
        })
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        match &self.0 {
            None => UnwrapErr(SysRng).fill_bytes(bytes),
            Some(seeded) => seeded
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .fill_bytes(bytes),
        }
        Ok(())
    }
}
