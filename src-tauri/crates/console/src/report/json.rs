//! The report for programs.

use std::io::{self, Write};

use super::digest::EventsDigest;
use super::{ReportError, Source};
use crate::runs;

/// Writes the run with its events, a line each, and the hash over all of it last.
pub(super) fn write(source: &Source<'_>, out: &mut impl Write) -> Result<(), ReportError> {
    let head = serde_json::to_string_pretty(source.head())?;
    let open = head.strip_suffix("\n}").unwrap_or(&head);
    write!(out, "{open},\n  \"events\": [")?;
    let mut digest = EventsDigest::begin();
    let mut before = "\n    ";
    source.each(|event| {
        let text = serde_json::to_string(&runs::event(event))?;
        digest.add(&text).map_err(io::Error::other)?;
        write!(out, "{before}{text}")?;
        before = ",\n    ";
        Ok(())
    })?;
    let sha256 = digest.finish(&head).map_err(io::Error::other)?;
    writeln!(out, "\n  ],\n  \"sha256\": \"{sha256}\"\n}}")?;
    Ok(())
}
