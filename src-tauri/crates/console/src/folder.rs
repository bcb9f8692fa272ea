//! The data folder: where Waybill keeps what a user made.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;

/// A data folder that exists and can be written to.
#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// Opens `dir`, making it (0700) when it is new.
    ///
    /// # Errors
    /// When a file is in its place, or it cannot be made or written to.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if dir.exists() && !dir.is_dir() {
            return Err(Error::bad_input("Data folder", format!("`{}` is a file; name a folder", dir.display())));
        }
        make_private(dir).map_err(|error| Error::bad_input("Data folder", format!("`{}` cannot be made: {error}", dir.display())))?;
        Ok(Self(fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned())))
    }

    /// The folder of this user: `$XDG_DATA_HOME/waybill`, or the platform's own place.
    ///
    /// # Errors
    /// When neither `XDG_DATA_HOME` nor the home folder is known.
    pub fn of_user() -> Result<PathBuf, Error> {
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = if cfg!(target_os = "macos") {
            var("HOME").map(|home| home.join("Library/Application Support"))
        } else if cfg!(windows) {
            var("APPDATA")
        } else {
            var("XDG_DATA_HOME").or_else(|| var("HOME").map(|home| home.join(".local/share")))
        };
        base.map(|base| base.join("waybill"))
            .ok_or_else(|| Error::bad_input("Data folder", "the home folder is not known; name a folder with --data-dir".to_owned()))
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A file in the folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

#[cfg(unix)]
fn make_private(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn make_private(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)
}
