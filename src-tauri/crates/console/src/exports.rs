//! Files that are written on request into the data folder's `exports`: readable by their owner only, whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

use crate::{Console, Error};

/// A file that is being written under another name.
#[derive(Debug)]
pub(crate) struct Export {
    draft: PathBuf,
    path: PathBuf,
}

impl Export {
    /// Begins a file whose name says when it was asked for; no earlier one is overwritten.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn begin(console: &Console, name: &str, ending: &str) -> Result<Self, Error> {
        let stamp: String = console.now().to_string().chars().filter(char::is_ascii_digit).collect();
        let folder = console.inner.folder.file("exports");
        let path = folder.join(format!("{name}-{stamp}.{ending}"));
        fs::create_dir_all(&folder).map_err(|error| refused(&path, &error))?;
        Ok(Self { draft: folder.join(format!(".{name}-{stamp}.{ending}")), path })
    }

    /// The file to write to.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn file(&self) -> Result<File, Error> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.draft).map_err(|error| refused(&self.path, &error))
    }

    /// Gives the file its name, now that all is in it, and answers where it lies.
    ///
    /// # Errors
    /// When it cannot be named.
    pub fn keep(self) -> Result<String, Error> {
        fs::rename(&self.draft, &self.path).map_err(|error| refused(&self.path, &error))?;
        Ok(self.path.display().to_string())
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        // It is only there where the file was not kept.
        let _ = fs::remove_file(&self.draft);
    }
}

impl Console {
    /// Writes a text to a new file in the data folder's `exports`, and answers where it lies.
    pub(crate) async fn write_export(&self, (name, ending): (&str, &str), text: String) -> Result<String, Error> {
        let export = Export::begin(self, name, ending)?;
        let mut file = export.file()?;
        tokio::task::spawn_blocking(move || file.write_all(text.as_bytes()))
            .await
            .map_err(|error| Error::Broken(format!("the export ended: {error}")))?
            .map_err(|error| refused(&export.path, &error))?;
        export.keep()
    }
}

fn refused(path: &std::path::Path, error: &io::Error) -> Error {
    Error::Refused(format!("`{}` cannot be written: {error}", path.display()))
}
