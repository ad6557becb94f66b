//! Everything secret: tokens, link secrets, the server key, and the tags that let a person prove that
//! a note or a dot is theirs without anybody else being able to tell.
//!
//! ```text
//! own key = HKDF(token, "own" ‖ board)            pepper = HKDF(server key, board ‖ salt)
//! tag     = HMAC(pepper, own key ‖ note)
//! ```
//!
//! and likewise for ballots. The token is only in its owner's browser, the server key only in a file
//! beside the database, the salt only in the board's Vault until the seal destroys it. After that a tag
//! means nothing to anyone. HKDF is RFC 5869, HMAC is RFC 2104, both over SHA-256.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use candour_shared::ids::BoardId;
use data_encoding::BASE64URL_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// 32 random bytes that only their owner has: a person's token on one board, or a link's secret.
///
/// It has no `Debug` and no `Serialize`, so that it can't get into a log.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A fresh one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(random_bytes(rng))
    }

    /// Reads one from its text, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(
            BASE64URL_NOPAD
                .decode(text.as_bytes())
                .ok()?
                .try_into()
                .ok()?,
        ))
    }

    /// Its text: 43 characters of unpadded base64url.
    #[must_use]
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What the server may keep of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }

    fn derive(&self, info: &[&[u8]]) -> [u8; 32] {
        expand(&Hkdf::new(None, &self.0), info)
    }
}

/// A single-use code: 100 random bits that a person can read from paper and type.
///
/// It is written in Crockford's base 32 (<https://www.crockford.com/base32.html>): no letter that looks
/// like a digit.
pub struct Code([u8; Self::SYMBOLS]);

impl Code {
    const SYMBOLS: usize = 20;
    const GROUP: usize = 5;
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// A fresh one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        let bytes = random_bytes(rng);
        Self(std::array::from_fn(|index| {
            Self::ALPHABET[usize::from(bytes[index] & 31)]
        }))
    }

    /// Reads one as people type it: upper or lower case, with or without hyphens and spaces, `O` for
    /// zero, `I` or `L` for one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let symbols: Vec<u8> = text
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b' '))
            .map(|byte| match byte.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            })
            .collect();
        let known = symbols.iter().all(|symbol| Self::ALPHABET.contains(symbol));
        Some(Self(symbols.try_into().ok().filter(|_| known)?))
    }

    /// Its text: four groups of five.
    #[must_use]
    pub fn reveal(&self) -> String {
        let groups: Vec<&str> = self
            .0
            .chunks(Self::GROUP)
            .filter_map(|group| std::str::from_utf8(group).ok())
            .collect();
        groups.join("-")
    }

    /// What the server may keep of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }
}

/// What opens a board, as a person brings it: a link's secret or a code. Nothing if it is neither.
#[must_use]
pub fn opener(text: &str) -> Option<SecretHash> {
    let secret = Secret::parse(text).map(|secret| secret.hash());
    secret.or_else(|| Code::parse(text).map(|code| code.hash()))
}

/// The SHA-256 of a [`Secret`] or a [`Code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether two hashes are the same, in a time that tells nothing.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// The key that no database holds.
#[derive(Clone)]
pub struct ServerKey([u8; 32]);

impl ServerKey {
    /// A fresh one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(random_bytes(rng))
    }

    /// Reads the key file, or makes it at the first start, readable by its owner alone.
    pub fn open(path: &Path, rng: &mut dyn Rng) -> io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => bytes.try_into().map(Self).map_err(|_| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the key file is not 32 bytes long",
                )
            }),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
                let key = Self::random(rng);
                let mut file = fs::OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(path)?;
                file.write_all(&key.0)?;
                // Boards written under a key that is lost in a crash could never be read as theirs.
                file.sync_all()?;
                Ok(key)
            }
            Err(fault) => Err(fault),
        }
    }

    /// What may be stored of it, to know it again.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(expand(&Hkdf::new(None, &self.0), &[b"fingerprint"]).to_vec())
    }

    /// The key of all tags made under one salt.
    #[must_use]
    pub fn pepper(&self, board: BoardId, salt: &Salt) -> Pepper {
        let key = expand(&Hkdf::new(None, &self.0), &[board.as_bytes(), &salt.0]);
        Pepper(keyed(&key))
    }
}

/// By which a [`ServerKey`] is known again; it says nothing else of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(Vec<u8>);

impl Fingerprint {
    /// One that was stored.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// 32 random bytes that tags depend on; destroyed at the seal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salt([u8; 32]);

impl Salt {
    /// A fresh one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(random_bytes(rng))
    }
}

/// What a person's token becomes for one purpose on one board, by HKDF-SHA-256 (RFC 5869): of the token itself, and of
/// what it becomes for other purposes, it says nothing.
pub struct PersonalKey([u8; 32]);

impl PersonalKey {
    /// For owning notes.
    #[must_use]
    pub fn own(token: &Secret, board: BoardId) -> Self {
        Self(token.derive(&[b"own", board.as_bytes()]))
    }

    /// For saying *same here*.
    #[must_use]
    pub fn same(token: &Secret, board: BoardId) -> Self {
        Self(token.derive(&[b"same", board.as_bytes()]))
    }

    /// For answering one pulse.
    #[must_use]
    pub fn pulse(token: &Secret, board: BoardId, pulse: &[u8; 16]) -> Self {
        Self(token.derive(&[b"pulse", board.as_bytes(), pulse]))
    }

    /// For voting in one round.
    #[must_use]
    pub fn vote(token: &Secret, board: BoardId, round: &[u8; 16]) -> Self {
        Self(token.derive(&[b"vote", board.as_bytes(), round]))
    }
}

/// What tags depend on besides a person's key, made by [`ServerKey::pepper`]: once its salt is destroyed, they mean nothing.
#[derive(Clone)]
pub struct Pepper(Hmac<Sha256>);

impl Pepper {
    /// The tag that a person's key leaves on a thing.
    #[must_use]
    pub fn tag(&self, key: &PersonalKey, thing: &[&[u8]]) -> Tag {
        let mut mac = self.0.clone();
        mac.update(&key.0);
        for part in thing {
            mac.update(part);
        }
        Tag(mac.finalize().into_bytes().into())
    }
}

/// Proof of ownership; see the module.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag([u8; 32]);

impl Tag {
    /// Whether two tags are the same, in a time that tells nothing.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

fn random_bytes(rng: &mut dyn Rng) -> [u8; 32] {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
}

fn expand(hkdf: &Hkdf<Sha256>, info: &[&[u8]]) -> [u8; 32] {
    let mut key = [0; 32];
    hkdf.expand_multi_info(info, &mut key)
        .unwrap_or_else(|_| unreachable!("HKDF over SHA-256 gives up to 8,160 bytes"));
    key
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    #[test]
    fn a_tag_depends_on_token_board_salt_and_thing() {
        let rng = &mut StdRng::seed_from_u64(1);
        let server = ServerKey(random_bytes(rng));
        let (ann, bob) = (Secret::random(rng), Secret::random(rng));
        let (salt, other_salt) = (Salt::random(rng), Salt::random(rng));
        let tag = |token: &Secret, board, salt: &Salt, thing: &[u8]| {
            server
                .pepper(board, salt)
                .tag(&PersonalKey::own(token, board), &[thing])
        };
        let reference = tag(&ann, BOARD, &salt, b"note");
        assert!(reference.is(&tag(&ann, BOARD, &salt, b"note")));
        let other_board = BoardId::from_bytes([2; 16]);
        for other in [
            tag(&bob, BOARD, &salt, b"note"),
            tag(&ann, other_board, &salt, b"note"),
            tag(&ann, BOARD, &other_salt, b"note"),
            tag(&ann, BOARD, &salt, b"nota"),
        ] {
            assert!(!reference.is(&other));
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("candour.key");
        let rng = &mut StdRng::seed_from_u64(1);
        let made = ServerKey::open(&path, rng).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(made.0 == ServerKey::open(&path, rng).unwrap().0);
        fs::write(&path, "short").unwrap();
        assert!(ServerKey::open(&path, rng).is_err());
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::random(&mut StdRng::seed_from_u64(1));
        let text = code.reveal();
        assert_eq!(text.len(), 23);
        let sloppy = text
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        for typed in [text, sloppy] {
            assert!(
                Code::parse(&typed).unwrap().hash().is(&code.hash()),
                "{typed}"
            );
        }
        assert!(Code::parse("U0000-00000-00000-00000").is_none());
        assert!(Code::parse("00000-00000-00000-0000").is_none());
    }

    #[test]
    fn a_secret_is_read_back_from_its_text() {
        let secret = Secret::random(&mut StdRng::seed_from_u64(1));
        let text = secret.reveal();
        assert_eq!(text.len(), 43);
        assert!(Secret::parse(&text).unwrap().hash().is(&secret.hash()));
        assert!(Secret::parse("short").is_none());
    }
}
