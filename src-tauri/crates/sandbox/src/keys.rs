//! The sandbox's own four keys; worth nothing outside this machine.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

const FILE: &str = "sandbox-keys.json";
const ID_ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The access keys of the customer and of the partner.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The customer's key id.
    pub access_key_id: String,
    /// The customer's secret.
    pub secret_access_key: String,
    /// The partner's key id.
    pub partner_access_key_id: String,
    /// The partner's secret.
    pub partner_secret_access_key: String,
}

/// Why the keys could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file system refused.
    #[error("{path} cannot be read or written")]
    Io {
        /// The keys' file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is there but holds something else.
    #[error("{path} does not hold the sandbox's keys")]
    Content {
        /// The keys' file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

impl Keys {
    /// New random keys of AWS's form.
    #[must_use]
    pub fn generate() -> Self {
        Self {
            access_key_id: format!("AKIA{}", random_text(16, ID_ALPHABET)),
            secret_access_key: random_text(40, SECRET_ALPHABET),
            partner_access_key_id: format!("AKIA{}", random_text(16, ID_ALPHABET)),
            partner_secret_access_key: random_text(40, SECRET_ALPHABET),
        }
    }

    /// The keys of this data folder; made on first use, readable by the owner only.
    ///
    /// Several programs may call it at once: the first one's keys win.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds something else.
    pub fn load_or_create(dir: &Path) -> Result<Self, KeysError> {
        let path = dir.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Self::parse(&bytes, path),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::create(path),
            Err(source) => Err(KeysError::Io { path, source }),
        }
    }

    /// Makes these the keys of this data folder, in one move.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, dir: &Path) -> Result<(), KeysError> {
        let path = dir.join(FILE);
        let draft = path.with_extension(format!("{}.draft", random_text(8, ID_ALPHABET)));
        write_private(&draft, self).and_then(|()| std::fs::rename(&draft, &path)).map_err(|source| KeysError::Io { path, source })
    }

    fn parse(bytes: &[u8], path: PathBuf) -> Result<Self, KeysError> {
        serde_json::from_slice(bytes).map_err(|source| KeysError::Content { path, source })
    }

    /// Writes a private draft and links it into place, so that nobody ever reads half a file.
    fn create(path: PathBuf) -> Result<Self, KeysError> {
        let keys = Self::generate();
        let draft = path.with_extension(format!("{}.draft", random_text(8, ID_ALPHABET)));
        let linked = write_private(&draft, &keys).and_then(|()| std::fs::hard_link(&draft, &path));
        // The draft may never have been made.
        let _ = std::fs::remove_file(&draft);
        match linked {
            Ok(()) => Ok(keys),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match std::fs::read(&path) {
                Ok(bytes) => Self::parse(&bytes, path),
                Err(source) => Err(KeysError::Io { path, source }),
            },
            Err(source) => Err(KeysError::Io { path, source }),
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("access_key_id", &self.access_key_id)
            .field("partner_access_key_id", &self.partner_access_key_id)
            .finish_non_exhaustive()
    }
}

fn write_private(path: &Path, keys: &Keys) -> std::io::Result<()> {
    let mut file = open_private(path)?;
    let mut text = serde_json::to_string_pretty(keys)?;
    text.push('\n');
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn open_private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn open_private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Unbiased: both alphabets' sizes divide 256.
fn random_text(length: usize, alphabet: &[u8]) -> String {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    bytes.iter().map(|byte| char::from(alphabet[usize::from(*byte) % alphabet.len()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_and_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let made = Keys::load_or_create(folder.path()).unwrap();
        assert_eq!(Keys::load_or_create(folder.path()).unwrap(), made, "read again");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "nobody else may read them");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn a_file_with_something_else_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{}").unwrap();
        assert!(matches!(Keys::load_or_create(folder.path()), Err(KeysError::Content { .. })));
    }

    #[test]
    fn debug_output_hides_the_secrets() {
        let keys = Keys::generate();
        let shown = format!("{keys:?}");
        assert!(shown.contains(&keys.access_key_id));
        assert!(!shown.contains(&keys.secret_access_key), "a log must never show it");
        assert!(!shown.contains(&keys.partner_secret_access_key), "a log must never show it");
    }
}
