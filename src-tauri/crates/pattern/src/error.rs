use crate::json::Location;

const PREFIX: &str = "Event pattern is not valid. Reason: ";

/// Longest piece of the pattern that a message repeats, in characters (Jackson's limit).
const SNIPPET_CHARS: usize = 500;

/// Why an event pattern is refused, in the words of `InvalidEventPatternException`.
///
/// `Display` is AWS's whole message: the prefix, the reason and, where AWS gives one, the position.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    reason: String,
    location: Option<Location>,
    message: String,
}

impl PatternError {
    /// An error that AWS reports without a position.
    pub(crate) fn unplaced(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        let message = format!("{PREFIX}{reason}");
        Self { reason, location: None, message }
    }

    /// An error at a byte offset of the pattern.
    pub(crate) fn at(text: &str, offset: usize, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        let location = Location::of(text, offset);
        let message = format!("{PREFIX}{reason}\n at {}", place(text, location));
        Self { reason, location: Some(location), message }
    }

    /// Says the position a second time: AWS wraps errors inside anything-but lists once more.
    pub(crate) fn wrapped(mut self, text: &str) -> Self {
        if let Some(location) = self.location {
            self.message.push_str(&format!("\n at {}", place(text, location)));
        }
        self
    }

    /// The reason alone, without prefix and position.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The line of the position, counted from 1.
    pub fn line(&self) -> Option<u32> {
        self.location.map(|location| location.line)
    }

    /// The column of the position, counted from 1 in UTF-16 units; it lies after the token that was read last.
    pub fn column(&self) -> Option<u32> {
        self.location.map(|location| location.column)
    }
}

/// Writes a position as Jackson does, with the start of the pattern.
pub(crate) fn place(text: &str, location: Location) -> String {
    format!("[Source: (String){}; line: {}, column: {}]", snippet(text), location.line, location.column)
}

fn snippet(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars().take(SNIPPET_CHARS) {
        match c {
            '\n' | '\r' => out.push(c),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    let rest = text.chars().count().saturating_sub(SNIPPET_CHARS);
    if rest > 0 {
        out.push_str(&format!("[truncated {rest} chars]"));
    }
    out
}

/// Why a text cannot be matched as an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// The text is not JSON.
    #[error("the event is not valid JSON (line {line}, column {column}): {reason}")]
    Malformed {
        /// What the reader met.
        reason: String,
        /// Line of the position, from 1.
        line: u32,
        /// Column of the position, from 1.
        column: u32,
    },
    /// The text is JSON, but not an object.
    #[error("the event is not a JSON object")]
    NotAnObject,
    /// Its values lie in so many elements of so many nested arrays that telling which go together would fill the memory.
    #[error("the event nests too many elements in too many arrays")]
    TooScattered,
}

/// The pattern has more characters than a rule may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event pattern has {chars} characters; a rule holds at most {}", crate::MAX_PATTERN_CHARS)]
pub struct PatternTooLong {
    /// How many characters the pattern has.
    pub chars: usize,
}
