use std::fmt;
use std::hash::{Hash, Hasher};

use memchr::memmem::Finder;

/// A `wildcard` expression: `*` stands for any text, `\*` and `\\` for themselves.
///
/// Expressions are equal when they are written alike.
#[derive(Clone)]
pub(crate) struct Wildcard {
    source: String,
    /// The fixed texts between the stars; one more than there are stars.
    parts: Vec<String>,
    /// Finds those that have a star on both sides.
    between: Vec<Finder<'static>>,
}

impl Wildcard {
    /// Parses an expression; the error is AWS's text.
    ///
    /// Positions count bytes of the value with its opening quote, as event-ruler does.
    pub(crate) fn parse(source: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut last = String::new();
        let mut chars = source.char_indices().peekable();
        while let Some((index, c)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            match (c, next) {
                ('*', Some('*')) => return Err(format!("Consecutive wildcard characters at pos {}", index + 1)),
                ('*', _) => parts.push(std::mem::take(&mut last)),
                ('\\', Some(escaped @ ('*' | '\\'))) => {
                    last.push(escaped);
                    chars.next();
                }
                ('\\', _) => return Err(format!("Invalid escape character at pos {}", index + 1)),
                (c, _) => last.push(c),
            }
        }
        parts.push(last);
        let inner = parts.get(1..parts.len() - 1).unwrap_or_default();
        let between = inner.iter().map(|part| Finder::new(part).into_owned()).collect();
        Ok(Self { source: source.to_owned(), parts, between })
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The fixed texts around the stars.
    pub(crate) fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether the whole text fits the expression.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        let [first, .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|only| only == text);
        };
        let Some(mut rest) = behind(text.as_bytes(), first.as_bytes()).and_then(|rest| before(rest, last.as_bytes())) else {
            return false;
        };
        for part in &self.between {
            match part.find(rest) {
                Some(at) => rest = &rest[at + part.needle().len()..],
                None => return false,
            }
        }
        true
    }
}

impl PartialEq for Wildcard {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Wildcard {}

impl Hash for Wildcard {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.source.hash(state);
    }
}

impl fmt::Debug for Wildcard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Wildcard").field(&self.source).finish()
    }
}

/// What is left behind a start, which is often empty.
#[inline]
fn behind<'t>(text: &'t [u8], start: &[u8]) -> Option<&'t [u8]> {
    if start.is_empty() { Some(text) } else { text.strip_prefix(start) }
}

/// What is left before an end, which is often empty.
#[inline]
fn before<'t>(text: &'t [u8], end: &[u8]) -> Option<&'t [u8]> {
    if end.is_empty() { Some(text) } else { text.strip_suffix(end) }
}
