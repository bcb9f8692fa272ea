use crate::json::reader::{JsonFault, Reader, Token, name_of};

const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Longest piece of an unknown word that a message repeats, in characters.
const WORD_CHARS: usize = 256;

impl Reader<'_> {
    /// Reads `true`, `false` or `null`.
    pub(super) fn literal(&mut self, first: char) -> Result<Token, JsonFault> {
        if !is_word(first) || first.is_ascii_digit() {
            let comment = match first {
                ']' | '}' => "expected a value".to_owned(),
                _ => format!("expected a valid value {VALUES}"),
            };
            return Err(self.unexpected(first, &comment));
        }
        let rest = &self.text[self.at..];
        let word = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
        self.at += word.len();
        match word {
            "true" => Ok(Token::True),
            "false" => Ok(Token::False),
            "null" => Ok(Token::Null),
            _ => Err(self.fault(format!("Unrecognized token '{}': was expecting {VALUES}", shortened(word)))),
        }
    }

    /// Steps over a number.
    pub(super) fn number(&mut self) -> Result<(), JsonFault> {
        if self.peek() == Some('-') {
            self.at += 1;
            self.require_digit("expected digit (0-9) to follow minus sign, for valid numeric value")?;
        }
        let leading_zero = self.peek() == Some('0');
        let digits = self.digits();
        if leading_zero && digits > 1 {
            self.at -= digits - 1;
            return Err(self.fault("Invalid numeric value: Leading zeroes not allowed"));
        }
        if self.peek() == Some('.') {
            self.at += 1;
            self.require_digit("Decimal point not followed by a digit")?;
            self.digits();
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.at += 1;
            }
            self.require_digit("Exponent indicator not followed by a digit")?;
            self.digits();
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = &self.text[self.at..];
        let count = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += count;
        count
    }

    fn require_digit(&self, otherwise: &str) -> Result<(), JsonFault> {
        match self.peek() {
            Some('0'..='9') => Ok(()),
            Some(c) => Err(self.fault(format!("Unexpected character ({}) in numeric value: {otherwise}", name_of(c)))),
            None => Err(self.fault("Unexpected end-of-input in a value")),
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn shortened(word: &str) -> String {
    match word.char_indices().nth(WORD_CHARS) {
        Some((end, _)) => format!("{}...", &word[..end]),
        None => word.to_owned(),
    }
}
