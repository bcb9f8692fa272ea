//! Data folders are opened one program at a time: making the file, switching it to WAL and migrating it must not be done twice at once.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

use crate::OpenError;

/// Holds the folder's opening lock until dropped; the operating system lets go of it when the program ends.
pub(crate) struct OpenGuard {
    _file: File,
}

impl OpenGuard {
    const FILE: &'static str = "waybill.lock";

    /// Makes the folder where it is not there, then waits for the lock.
    pub(crate) fn take(data_dir: &Path) -> Result<Self, OpenError> {
        make_folder(data_dir)?;
        let locked = open_private(&data_dir.join(Self::FILE)).and_then(|file| file.lock().map(|()| file));
        let file = locked.map_err(|source| OpenError::NotWritable { path: data_dir.to_owned(), source })?;
        Ok(Self { _file: file })
    }
}

fn make_folder(data_dir: &Path) -> Result<(), OpenError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(data_dir) {
        Ok(()) => Ok(()),
        Err(error) if is_not_a_folder(data_dir, &error) => Err(OpenError::NotAFolder { path: data_dir.to_owned() }),
        Err(source) => Err(OpenError::NotMade { path: data_dir.to_owned(), source }),
    }
}

/// Whether a file stands where the folder, or one of the folders above it, should be.
fn is_not_a_folder(data_dir: &Path, error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory) || data_dir.is_file()
}

/// Opens a file that only its owner may read, making it where it is not there.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
