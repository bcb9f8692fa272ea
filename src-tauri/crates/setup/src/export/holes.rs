//! Texts in which account, region and partner event source are left open, so that exported code has them as variables.

use crate::settings::ChainSettings;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Stays as it is.
    Literal(&'a str),
    /// Is a variable, with what is there as its default.
    Hole(Hole),
}

/// What is left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    Account,
    Region,
    Source,
}

/// Finds what is left open in texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holes<'a> {
    values: [(Hole, &'a str); 3],
}

impl<'a> Holes<'a> {
    pub(super) fn of(settings: &'a ChainSettings) -> Self {
        Self {
            values: [
                (Hole::Source, settings.source.as_str()),
                (Hole::Account, settings.account.as_str()),
                (Hole::Region, settings.region.as_str()),
            ],
        }
    }

    /// The pieces of a text; together they are the text again. Only whole words are left open: twelve of thirteen digits are no account.
    pub(super) fn split<'t>(&self, text: &'t str) -> Vec<Piece<'t>> {
        let (mut pieces, mut from, mut at) = (Vec::new(), 0, 0);
        while let Some(next) = text[at..].chars().next() {
            match self.begins(text, at) {
                Some((hole, length)) => {
                    if from < at {
                        pieces.push(Piece::Literal(&text[from..at]));
                    }
                    pieces.push(Piece::Hole(hole));
                    at += length;
                    from = at;
                }
                None => at += next.len_utf8(),
            }
        }
        if from < text.len() {
            pieces.push(Piece::Literal(&text[from..]));
        }
        pieces
    }

    fn begins(&self, text: &str, at: usize) -> Option<(Hole, usize)> {
        let before = text[..at].chars().next_back();
        let found = |(hole, value): &(Hole, &str)| {
            let rest = text[at..].strip_prefix(value)?;
            let is_whole = !before.is_some_and(continues) && !rest.chars().next().is_some_and(continues);
            is_whole.then_some((*hole, value.len()))
        };
        self.values.iter().find_map(found)
    }
}

/// Whether a character goes on with a name.
fn continues(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::spec;

    fn split(text: &str) -> String {
        let settings = ChainSettings::wanted(&spec());
        let word = |piece: Piece<'_>| match piece {
            Piece::Literal(text) => text.to_owned(),
            Piece::Hole(hole) => format!("<{hole:?}>"),
        };
        Holes::of(&settings).split(text).into_iter().map(word).collect()
    }

    #[test]
    fn only_whole_words_are_left_open() {
        let source = "aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352";
        let rule = format!("arn:aws:events:eu-central-1:123456789012:rule/{source}/all");
        assert_eq!(split(&rule), "arn:aws:events:<Region>:<Account>:rule/<Source>/all");
        for same in ["1234567890123", "0123456789012", "eu-central-12", "xeu-central-1", "queue-123456789012", "", "ü$"] {
            assert_eq!(split(same), same, "a part of another word");
        }
        assert_eq!(split("123456789012123456789012"), "123456789012123456789012");
        assert_eq!(split("ü123456789012ü"), "ü<Account>ü");
    }
}
