//! Files that are written on request into the data folder.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::{Console, Error};

impl Console {
    /// Writes a text to a new file in the data folder's `exports`, readable by its owner only, and answers where it lies.
    pub(crate) async fn write_export(&self, (name, ending): (&str, &str), text: String) -> Result<String, Error> {
        let stamp: String = self.now().to_string().chars().filter(char::is_ascii_digit).collect();
        let path = self.inner.folder.file("exports").join(format!("{name}-{stamp}.{ending}"));
        let written = path.clone();
        tokio::task::spawn_blocking(move || write_private(&written, &text))
            .await
            .map_err(|error| Error::Broken(format!("the export ended: {error}")))?
            .map_err(|error| Error::Refused(format!("`{}` cannot be written: {error}", path.display())))?;
        Ok(path.display().to_string())
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
