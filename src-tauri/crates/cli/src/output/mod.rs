//! The only place that prints.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "standard output and standard error are what a command line program answers on"
)]

pub mod document;
pub mod progress;
pub mod report;

use std::io::{IsTerminal, Write};

use serde::Serialize;

use crate::args::Format;

/// Answers: JSON for programs, the text for people.
pub fn answer<T: Serialize>(format: Format, value: &T, human: impl FnOnce() -> String) {
    match format {
        Format::Human | Format::Junit | Format::Html => say(&human()),
        Format::Json => match serde_json::to_string_pretty(value) {
            Ok(json) => say(&json),
            Err(error) => complain(&format!("the answer cannot be written as JSON: {error}")),
        },
    }
}

/// One line of JSON, sent at once.
pub fn line<T: Serialize>(value: &T) {
    match serde_json::to_string(value) {
        Ok(json) => say(&json),
        Err(error) => complain(&format!("the answer cannot be written as JSON: {error}")),
    }
}

/// Text on standard output. A reader that went away is no error.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{}", text.trim_end()));
    drop(out.flush());
}

/// A sentence on standard error.
pub fn complain(text: &str) {
    eprintln!("waybill: {text}");
}

/// A question on standard error, without a line break after it.
pub fn prompt(text: &str) {
    eprint!("{text}");
    drop(std::io::stderr().flush());
}

/// Whether standard output is a person's terminal that wants colour.
pub fn is_colourful() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Names and values below one another.
pub fn pairs(rows: &[(&str, &str)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    rows.iter().map(|(name, value)| format!("{name:width$}  {value}\n")).collect()
}

/// A table with columns as wide as their content, or `empty` where there are no rows.
pub fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>, empty: &str) -> String {
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return format!("{empty}\n");
    }
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(heads.get(column).map(|head| head.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect::<Vec<_>>().join("  ");
        format!("{}\n", padded.trim_end())
    };
    let head = line(heads.to_vec());
    head + &rows.iter().map(|row| line(row.iter().map(String::as_str).collect())).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_content() {
        let rows = [vec!["a".to_owned(), "long value".to_owned()], vec!["longer".to_owned(), "b".to_owned()]];
        assert_eq!(table(&["One", "Two"], rows.into_iter(), "none"), "One     Two\na       long value\nlonger  b\n");
        assert_eq!(table(&["One"], std::iter::empty(), "none"), "none\n");
    }
}
