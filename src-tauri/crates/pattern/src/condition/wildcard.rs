/// A `wildcard` expression: `*` stands for any text, `\*` and `\\` for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Wildcard {
    source: String,
    /// The fixed texts between the stars; one more than there are stars.
    parts: Vec<String>,
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
        Ok(Self { source: source.to_owned(), parts })
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
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|only| only == text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str())) else {
            return false;
        };
        for part in middle {
            match rest.find(part.as_str()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}
