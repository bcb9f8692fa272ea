//! A pull reader for JSON that stops where Jackson stops.
//!
//! AWS's messages give the position of Jackson's `getCurrentLocation()`, so the reader keeps its habits: the text of a
//! string is read only when asked for, and a field name is followed by a look at the first token of its value.

mod literal;
mod reader;
mod text;
mod value;

pub(crate) use reader::{JsonFault, MAX_DEPTH, Reader, Token};
pub(crate) use text::decode_string;
pub(crate) use value::read_value;

/// A position in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Location {
    /// The position of a byte offset; columns count UTF-16 units as Java does.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let (mut line, mut column) = (1, 1);
        let mut rest = text[..offset].chars().peekable();
        while let Some(c) = rest.next() {
            let crlf = c == '\r' && rest.peek() == Some(&'\n');
            match c {
                '\n' | '\r' if !crlf => (line, column) = (line + 1, 1),
                c => column += if c.len_utf16() == 2 { 2 } else { 1 },
            }
        }
        Self { line, column }
    }
}
