//! Who works on a run: one locked file per run in the data folder. The operating system lets go of the lock when the program ends,
//! however it ends, so that an interrupted run is known for what it is.

use std::collections::HashSet;
use std::fs::{DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};

use waybill_domain::RunId;

use crate::guard::open_private;

/// The locks of a data folder's runs, and which of them were held when this was made.
#[derive(Debug, Clone)]
pub struct RunHolds {
    folder: PathBuf,
    held: HashSet<RunId>,
}

/// A run that this program works on, until this is dropped.
#[derive(Debug)]
pub struct RunHold {
    _file: File,
}

impl RunHolds {
    /// The locks in a data folder. Make one before reading runs from the store: a run that is closed between the two is then known to
    /// have been worked on, and does not look interrupted.
    pub fn in_folder(data_dir: &Path) -> Self {
        let mut holds = Self { folder: data_dir.join("runs"), held: HashSet::new() };
        let files = std::fs::read_dir(&holds.folder).into_iter().flatten().flatten();
        let runs = files.filter_map(|file| Path::new(&file.file_name()).file_stem()?.to_str()?.parse::<RunId>().ok());
        holds.held = runs.filter(|run| holds.is_held(*run)).collect();
        holds
    }

    /// Takes a run; none when another program, or another part of this one, works on it.
    ///
    /// # Errors
    /// When the lock's file cannot be made.
    pub fn take(&self, run: RunId) -> io::Result<Option<RunHold>> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        let file = open_private(&self.path(run))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(RunHold { _file: file })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(error),
        }
    }

    /// Whether somebody works on a run, or did when this was made.
    pub fn is_or_was_held(&self, run: RunId) -> bool {
        self.held.contains(&run) || self.is_held(run)
    }

    /// Whether somebody works on a run. Asking does not keep anybody else from asking.
    pub fn is_held(&self, run: RunId) -> bool {
        // A lock that cannot be read is taken for held: a run in progress must never look interrupted.
        match File::open(self.path(run)) {
            Ok(file) => file.try_lock_shared().is_err(),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        }
    }

    /// Removes the lock of a run that is closed: nobody asks for it any more. An open run's is never removed, or two programs could hold
    /// two files of the same name.
    pub fn forget(&self, run: RunId) {
        match std::fs::remove_file(self.path(run)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => tracing::debug!(%run, %error, "a lock was left behind"),
            _ => {}
        }
    }

    fn path(&self, run: RunId) -> PathBuf {
        self.folder.join(format!("{run}.lock"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_held_by_one_until_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let holds = RunHolds::in_folder(folder.path());
        let run = RunId::new("cc23670e-ad3e-4c38-8d45-d22c36ced352".parse::<RunId>().unwrap().uuid());
        assert!(!holds.is_held(run), "nobody ever held it");
        let hold = holds.take(run).unwrap().unwrap();
        assert!(holds.is_held(run) && holds.is_held(run), "asking twice changes nothing");
        assert!(holds.take(run).unwrap().is_none());
        drop(hold);
        assert!(!holds.is_held(run));
        assert!(holds.take(run).unwrap().is_some());
        holds.forget(run);
        assert!(!holds.is_held(run));
    }
}
