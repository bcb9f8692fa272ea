use crate::error::place;
use crate::json::Location;

/// Deepest nesting that is read, as in EventBridge (PutEvents allows 1000 levels) and in Jackson's own default.
pub(crate) const MAX_DEPTH: usize = 1000;

/// What `Reader::next` found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    Name,
    String,
    Number,
    True,
    False,
    Null,
    /// Nothing but white space is left.
    End,
}

/// The text is not JSON: what is wrong and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonFault {
    pub(crate) reason: String,
    pub(crate) offset: usize,
}

/// An open object or array.
#[derive(Debug, Clone, Copy)]
struct Scope {
    object: bool,
    start: usize,
    entries: usize,
}

/// Reads a JSON text token by token.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    scopes: Vec<Scope>,
    ahead: Option<(Token, usize)>,
    current: Token,
    /// The current token is a string whose text has not been read yet.
    string_open: bool,
    /// Decoded name or string, or the digits of a number.
    pub(super) word: String,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, scopes: Vec::new(), ahead: None, current: Token::End, string_open: false, word: String::new() }
    }

    /// The text that is read.
    pub(crate) fn source(&self) -> &'t str {
        self.text
    }

    /// The byte offset behind what has been read.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Steps to the next token.
    pub(crate) fn next(&mut self) -> Result<Token, JsonFault> {
        self.current = match self.ahead.take() {
            Some((token, start)) => self.enter(token, start)?,
            None => self.advance()?,
        };
        Ok(self.current)
    }

    /// Makes sure that nothing but white space follows.
    ///
    /// Event-ruler stops at the closing brace; anything behind it is refused here, as the text would not be JSON for
    /// everyone else who reads the rule.
    pub(crate) fn end_of_text(&mut self) -> Result<(), JsonFault> {
        match self.next()? {
            Token::End => Ok(()),
            _ => Err(self.fault("Unexpected token behind the closing brace")),
        }
    }

    /// The text of the current token: a name, a decoded string, a number as written, or the token itself.
    pub(crate) fn word(&mut self) -> Result<&str, JsonFault> {
        if self.string_open && self.ahead.is_none() {
            self.finish_string()?;
        }
        Ok(match self.current {
            Token::Name | Token::String | Token::Number => &self.word,
            Token::StartObject => "{",
            Token::EndObject => "}",
            Token::StartArray => "[",
            Token::EndArray => "]",
            Token::True => "true",
            Token::False => "false",
            Token::Null | Token::End => "null",
        })
    }

    fn finish_string(&mut self) -> Result<(), JsonFault> {
        self.string_open = false;
        self.read_string(": was expecting closing quote for a string value")
    }

    fn advance(&mut self) -> Result<Token, JsonFault> {
        if self.string_open {
            self.finish_string()?;
        }
        self.skip_space();
        let Some(c) = self.peek() else { return self.end() };
        if c == ']' || c == '}' {
            return self.leave(c);
        }
        let Some(scope) = self.scopes.last_mut() else { return self.start_value(c) };
        let (object, follows) = (scope.object, scope.entries > 0);
        scope.entries += 1;
        if follows {
            self.expect(c, ',', &format!("was expecting comma to separate {} entries", describe(object)))?;
        }
        let Some(c) = self.peek() else { return Err(self.ended_between()) };
        if object { self.name(c) } else { self.start_value(c) }
    }

    /// Reads a name, its colon and the first token of its value.
    fn name(&mut self, c: char) -> Result<Token, JsonFault> {
        if c != '"' {
            return Err(self.unexpected(c, "was expecting double-quote to start field name"));
        }
        self.at += 1;
        self.read_string(" in field name")?;
        self.skip_space();
        let Some(c) = self.peek() else { return Err(self.ended_between()) };
        self.expect(c, ':', "was expecting a colon to separate field name and value")?;
        let Some(c) = self.peek() else { return Err(self.ended_between()) };
        let start = self.at;
        let token = self.begin(c)?;
        self.ahead = Some((token, start));
        Ok(Token::Name)
    }

    /// Makes a token that was looked at the current one.
    fn enter(&mut self, token: Token, start: usize) -> Result<Token, JsonFault> {
        match token {
            Token::Number => self.word = self.text[start..self.at].to_owned(),
            Token::StartObject | Token::StartArray => self.open(token, start)?,
            _ => {}
        }
        Ok(token)
    }

    fn start_value(&mut self, c: char) -> Result<Token, JsonFault> {
        let start = self.at;
        let token = self.begin(c)?;
        self.enter(token, start)
    }

    /// Reads the first character of a value, or all of a number or literal.
    fn begin(&mut self, c: char) -> Result<Token, JsonFault> {
        match c {
            '{' => Ok(self.step(Token::StartObject)),
            '[' => Ok(self.step(Token::StartArray)),
            '"' => {
                self.string_open = true;
                Ok(self.step(Token::String))
            }
            '-' | '0'..='9' => self.number().map(|()| Token::Number),
            _ => self.literal(c),
        }
    }

    fn step(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn open(&mut self, token: Token, start: usize) -> Result<(), JsonFault> {
        if self.scopes.len() == MAX_DEPTH {
            return Err(self.fault(format!(
                "Document nesting depth ({}) exceeds the maximum allowed ({MAX_DEPTH}, from `StreamReadConstraints.getMaxNestingDepth()`)",
                MAX_DEPTH + 1
            )));
        }
        self.scopes.push(Scope { object: token == Token::StartObject, start, entries: 0 });
        Ok(())
    }

    fn leave(&mut self, close: char) -> Result<Token, JsonFault> {
        let fits = |scope: &Scope| scope.object == (close == '}');
        if !self.scopes.last().is_some_and(fits) {
            self.at += 1;
            return Err(self.mismatched(close));
        }
        self.scopes.pop();
        Ok(self.step(if close == '}' { Token::EndObject } else { Token::EndArray }))
    }

    fn mismatched(&self, close: char) -> JsonFault {
        let (wanted, kind, start) = match self.scopes.last() {
            Some(Scope { object: true, start, .. }) => ('}', "Object", self.place(*start)),
            Some(Scope { start, .. }) => (']', "Array", self.place(*start)),
            None => (']', "root", place(self.text, Location { line: 1, column: 0 })),
        };
        self.fault(format!("Unexpected close marker '{close}': expected '{wanted}' (for {kind} starting at {start})"))
    }

    fn end(&self) -> Result<Token, JsonFault> {
        match self.scopes.last() {
            None => Ok(Token::End),
            Some(scope) => Err(self.fault(format!(
                "Unexpected end-of-input: expected close marker for {} (start marker at {})",
                describe(scope.object),
                self.place(scope.start)
            ))),
        }
    }

    fn ended_between(&self) -> JsonFault {
        let kind = self.scopes.last().map_or("root", |scope| describe(scope.object));
        self.fault(format!("Unexpected end-of-input within/between {kind} entries"))
    }

    fn expect(&mut self, c: char, wanted: char, otherwise: &str) -> Result<(), JsonFault> {
        if c != wanted {
            return Err(self.unexpected(c, otherwise));
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn place(&self, offset: usize) -> String {
        place(self.text, Location::of(self.text, offset))
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// A fault behind what has been read.
    pub(super) fn fault(&self, reason: impl Into<String>) -> JsonFault {
        JsonFault { reason: reason.into(), offset: self.at }
    }

    /// A fault at the character that was just read.
    pub(super) fn fault_before(&self, c: char, reason: String) -> JsonFault {
        JsonFault { reason, offset: self.at - c.len_utf8() }
    }

    /// A fault at the character that is not read yet.
    pub(super) fn unexpected(&self, c: char, comment: &str) -> JsonFault {
        self.fault(format!("Unexpected character ({}){}{comment}", name_of(c), if comment.is_empty() { "" } else { ": " }))
    }
}

fn describe(object: bool) -> &'static str {
    if object { "Object" } else { "Array" }
}

/// Names a character as Jackson does.
pub(super) fn name_of(c: char) -> String {
    let code = u32::from(c);
    match code {
        _ if c.is_control() => format!("(CTRL-CHAR, code {code})"),
        0..=255 => format!("'{c}' (code {code})"),
        _ => format!("'{c}' (code {code} / 0x{code:x})"),
    }
}
