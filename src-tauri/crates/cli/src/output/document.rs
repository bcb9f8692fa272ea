//! A run as a document, to a file or to standard output.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use waybill_console::view::RunHead;
use waybill_console::{Console, Error, ReportFormat};

use super::report;
use crate::args::Format;

/// Where a document goes.
pub struct Destination(Option<PathBuf>);

impl Destination {
    /// A file, or standard output; a file that cannot be written is refused before anything is done.
    pub fn new(file: Option<PathBuf>) -> Result<Self, Error> {
        if let Some(file) = &file {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            if file.is_dir() || !folder.is_dir() {
                return Err(Error::unwritable_file("Output", file, &io::Error::from(ErrorKind::NotFound)));
            }
        }
        Ok(Self(file))
    }

    /// Writes a text.
    pub fn put(&self, text: &str) -> Result<(), Error> {
        match &self.0 {
            None => super::say(text),
            Some(file) => std::fs::write(file, format!("{}\n", text.trim_end())).map_err(|error| self.refused(file, &error))?,
        }
        Ok(())
    }

    /// Writes a run in the wanted format, and answers it without its events.
    pub async fn run(&self, console: &Console, run_id: &str, format: Format) -> Result<RunHead, Error> {
        let kind = match format {
            Format::Human => {
                let outline = console.run_outline(run_id, report::LISTED).await?;
                self.put(&report::human(&outline))?;
                return Ok(outline.head);
            }
            Format::Json => ReportFormat::Json,
            Format::Junit => ReportFormat::Junit,
            Format::Html => ReportFormat::Html,
        };
        let Some(file) = &self.0 else { return console.write_report(run_id, kind, Patient(io::stdout())).await };
        let opened = File::create(file).map_err(|error| self.refused(file, &error))?;
        let head = console.write_report(run_id, kind, opened).await?;
        if io::stdout().is_terminal() {
            super::say(&report::human(&console.run_outline(run_id, report::LISTED).await?));
        }
        Ok(head)
    }

    fn refused(&self, file: &Path, error: &io::Error) -> Error {
        Error::unwritable_file("Output", file, error)
    }
}

/// Standard output whose reader may go away; that is no error.
struct Patient(io::Stdout);

impl Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        forgive(self.0.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        forgive(self.0.flush(), ())
    }
}

fn forgive<T>(result: io::Result<T>, otherwise: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(otherwise),
        result => result,
    }
}
