//! Steps over JSON text, checking it on the way.
//!
//! This reader only says whether the text is JSON; what exactly is wrong is found by the slower reader in `json`.

use crate::json::MAX_DEPTH;

/// The text is not JSON, or nested too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJson;

/// The inside of a string, between its quotes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether something in it is escaped.
    pub(crate) escaped: bool,
}

/// A place in a JSON text.
#[derive(Debug)]
pub(crate) struct Scanner<'e> {
    text: &'e str,
    at: usize,
    /// How many objects and arrays are open.
    depth: usize,
}

impl<'e> Scanner<'e> {
    pub(crate) fn new(text: &'e str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    pub(crate) fn text(&self) -> &'e str {
        self.text
    }

    /// Steps over white space and looks at the next byte; 0, which begins nothing, at the end of the text.
    #[inline]
    pub(crate) fn look(&mut self) -> u8 {
        loop {
            match self.byte() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Steps over the byte that was looked at.
    #[inline]
    pub(crate) fn step(&mut self) {
        self.at += 1;
    }

    /// Whether nothing but white space is left.
    pub(crate) fn at_end(&mut self) -> bool {
        self.look() == 0 && self.at == self.text.len()
    }

    /// Steps into an object or array.
    #[inline]
    pub(crate) fn open(&mut self) -> Result<(), NotJson> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(NotJson) } else { Ok(()) }
    }

    /// Steps out of an object or array.
    #[inline]
    pub(crate) fn close(&mut self) {
        self.at += 1;
        self.depth -= 1;
    }

    /// Reads the name that must come next, and its colon.
    #[inline]
    pub(crate) fn name(&mut self) -> Result<Span, NotJson> {
        if self.look() != b'"' {
            return Err(NotJson);
        }
        let name = self.string()?;
        if self.look() != b':' {
            return Err(NotJson);
        }
        self.at += 1;
        Ok(name)
    }

    /// Reads the string whose quote comes next.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Span, NotJson> {
        let start = self.at + 1;
        let mut end = self.plain(start);
        let mut escaped = false;
        loop {
            match self.text.as_bytes().get(end) {
                Some(b'"') => {
                    self.at = end + 1;
                    return Ok(Span { start, end, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    end = self.plain(self.escape(end + 1)?);
                }
                _ => return Err(NotJson),
            }
        }
    }

    /// Steps over the value that comes next.
    #[inline]
    pub(crate) fn skip(&mut self) -> Result<(), NotJson> {
        match self.look() {
            b'{' | b'[' => self.skip_nested(),
            byte => self.scalar(byte),
        }
    }

    /// Steps over a value that is neither object nor array.
    #[inline]
    pub(crate) fn scalar(&mut self, first: u8) -> Result<(), NotJson> {
        match first {
            b'"' => self.string().map(|_| ()),
            b'-' | b'0'..=b'9' => self.number().map(|_| ()),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => Err(NotJson),
        }
    }

    /// Steps over a number and returns it as it is spelled.
    pub(crate) fn number(&mut self) -> Result<&'e str, NotJson> {
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        match self.byte() {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        // What follows a number is checked by whoever looks for a comma or a bracket.
        Ok(&self.text[start..self.at])
    }

    /// Steps over this word.
    pub(crate) fn word(&mut self, word: &str) -> Result<(), NotJson> {
        let found = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        if found { Ok(()) } else { Err(NotJson) }
    }

    #[inline]
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(NotJson) }
    }

    /// The next place where a quote, a backslash or a control character stands, or the end.
    #[inline]
    fn plain(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut rest = &bytes[from.min(bytes.len())..];
        while let Some((eight, after)) = rest.split_first_chunk() {
            let marks = special(u64::from_le_bytes(*eight));
            if marks != 0 {
                return bytes.len() - rest.len() + (marks.trailing_zeros() / 8) as usize;
            }
            rest = after;
        }
        let stops = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
        bytes.len() - rest.len() + rest.iter().position(stops).unwrap_or(rest.len())
    }

    /// Checks an escape behind its backslash and returns where it ends.
    fn escape(&self, at: usize) -> Result<usize, NotJson> {
        let bytes = self.text.as_bytes();
        match bytes.get(at) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 1),
            Some(b'u') if bytes.get(at + 1..at + 5).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) => Ok(at + 5),
            _ => Err(NotJson),
        }
    }

    /// Steps over an object or array without recursion.
    fn skip_nested(&mut self) -> Result<(), NotJson> {
        let outside = self.depth;
        let mut objects = Objects::default();
        loop {
            let byte = self.look();
            if let b'{' | b'[' = byte {
                self.open()?;
                objects.set(self.depth, byte == b'{');
                if self.look() != byte + 2 {
                    if byte == b'{' {
                        self.name()?;
                    }
                    continue;
                }
                self.close();
            } else {
                self.scalar(byte)?;
            }
            while self.depth > outside {
                let object = objects.get(self.depth);
                match (self.look(), object) {
                    (b',', _) => {
                        self.at += 1;
                        if object {
                            self.name()?;
                        }
                        break;
                    }
                    (b'}', true) | (b']', false) => self.close(),
                    _ => return Err(NotJson),
                }
            }
            if self.depth == outside {
                return Ok(());
            }
        }
    }
}

/// Marks the highest bit of every byte that ends a plain piece of a string; only the first mark is reliable.
#[inline]
fn special(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let quotes = eight ^ (ONES * b'"' as u64);
    let backslashes = eight ^ (ONES * b'\\' as u64);
    let below = quotes.wrapping_sub(ONES) | backslashes.wrapping_sub(ONES) | eight.wrapping_sub(ONES * b' ' as u64);
    // Bytes beyond ASCII have their highest bit anyway; they are always plain.
    below & !eight & HIGHS
}

/// Which of the open levels are objects, one bit each.
#[derive(Default)]
struct Objects([u64; MAX_DEPTH / 64 + 1]);

impl Objects {
    fn set(&mut self, depth: usize, object: bool) {
        let (word, bit) = (depth / 64, depth % 64);
        self.0[word] = self.0[word] & !(1 << bit) | u64::from(object) << bit;
    }

    fn get(&self, depth: usize) -> bool {
        self.0[depth / 64] >> (depth % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Scanner;
    use crate::json::read_value;

    fn is_json(text: &str) -> bool {
        let mut scanner = Scanner::new(text);
        scanner.skip().is_ok() && scanner.at_end()
    }

    #[test]
    fn depth_ends_where_the_other_reader_ends_it() {
        for depth in [1, 64, 999, 1000, 1001, 2000] {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let inner = if open == "[" { "" } else { "0" };
                let text = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
                assert_eq!(is_json(&text), read_value(&text).is_ok(), "{depth} of {open}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_readers_refuse_the_same_texts(text in "[\\[\\]{}\",:a0-9.eE\\-+tru\\\\ \n]{0,16}") {
            prop_assert_eq!(is_json(&text), read_value(&text).is_ok(), "{}", text);
        }

        #[test]
        fn both_readers_take_the_same_strings(text in "[\"\\\\ua0bDé😀\u{1}\u{1f} x]{0,30}") {
            let text = format!("\"{text}\"");
            prop_assert_eq!(is_json(&text), read_value(&text).is_ok(), "{}", text);
        }
    }
}
