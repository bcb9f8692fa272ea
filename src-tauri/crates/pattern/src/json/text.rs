use crate::json::reader::{JsonFault, Reader, name_of};

/// Decodes the inside of a string that is known to be well-formed.
pub(crate) fn decode_string(inside: &str) -> String {
    let quoted = format!("{inside}\"");
    let mut reader = Reader::new(&quoted);
    // The text was checked before; were it wrong all the same, what could be decoded is left.
    let _ = reader.read_string("");
    std::mem::take(&mut reader.word)
}

impl Reader<'_> {
    /// Decodes the string behind an opening quote into `word` and steps over the closing quote.
    ///
    /// A lone surrogate escape becomes U+FFFD, as Rust text cannot hold it.
    pub(super) fn read_string(&mut self, unclosed: &str) -> Result<(), JsonFault> {
        self.word.clear();
        loop {
            let Some(c) = self.peek() else {
                return Err(self.fault(format!("Unexpected end-of-input{unclosed}")));
            };
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(()),
                '\\' => {
                    let c = self.escape()?;
                    self.word.push(c);
                }
                c if u32::from(c) < 0x20 => return Err(self.unquoted(c)),
                c => self.word.push(c),
            }
        }
    }

    fn unquoted(&self, c: char) -> JsonFault {
        self.fault_before(
            c,
            format!("Illegal unquoted character ({}): has to be escaped using backslash to be included in string value", name_of(c)),
        )
    }

    fn escape(&mut self) -> Result<char, JsonFault> {
        let Some(c) = self.peek() else {
            return Err(self.fault("Unexpected end-of-input in character escape sequence"));
        };
        self.at += c.len_utf8();
        Ok(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.unicode()?,
            _ => return Err(self.fault_before(c, format!("Unrecognized character escape {}", name_of(c)))),
        })
    }

    fn unicode(&mut self) -> Result<char, JsonFault> {
        let first = self.hex()?;
        let high = (0xD800..0xDC00).contains(&first);
        if high && self.text[self.at..].starts_with("\\u") {
            let back = self.at;
            self.at += 2;
            let second = self.hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = back;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, JsonFault> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(c) = self.peek() else {
                return Err(self.fault("Unexpected end-of-input in character escape sequence"));
            };
            let Some(digit) = c.to_digit(16) else {
                return Err(self.unexpected(c, "expected a hex-digit for character escape sequence"));
            };
            self.at += 1;
            code = code * 16 + digit;
        }
        Ok(code)
    }
}
