use std::fmt;

use super::{Wildcard, case, quoted};
use crate::event::{Number, Scalar};

/// What an `anything-but` condition excludes.
///
/// A value of another kind than the excluded ones (null, a boolean, a number among texts) is accepted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AnythingBut {
    Texts(Vec<String>),
    Numbers(Vec<f64>),
    Prefixes(Vec<String>),
    Suffixes(Vec<String>),
    AnyCase(Vec<String>),
    Wildcards(Vec<Wildcard>),
}

impl AnythingBut {
    pub(crate) fn accepts(&self, value: &Scalar<'_>) -> bool {
        match (self, value) {
            (Self::Numbers(excluded), Scalar::Number(Number::Double(found))) => !excluded.contains(found),
            (Self::Numbers(_), _) => true,
            (_, Scalar::Text(text)) => !self.excludes(text),
            _ => true,
        }
    }

    fn excludes(&self, text: &str) -> bool {
        match self {
            Self::Texts(excluded) => excluded.iter().any(|other| other == text),
            Self::Prefixes(starts) => starts.iter().any(|start| text.starts_with(start.as_str())),
            Self::Suffixes(ends) => ends.iter().any(|end| text.ends_with(end.as_str())),
            Self::AnyCase(excluded) => excluded.iter().any(|other| case::equal(text, other)),
            Self::Wildcards(wildcards) => wildcards.iter().any(|wildcard| wildcard.accepts(text)),
            Self::Numbers(_) => false,
        }
    }
}

impl fmt::Display for AnythingBut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lead, words, tail): (_, Vec<String>, _) = match self {
            Self::Texts(texts) => ("", quote_all(texts), ""),
            Self::Numbers(numbers) => ("", numbers.iter().map(f64::to_string).collect(), ""),
            Self::Prefixes(starts) => ("what starts with ", quote_all(starts), ""),
            Self::Suffixes(ends) => ("what ends with ", quote_all(ends), ""),
            Self::AnyCase(texts) => ("", quote_all(texts), " in any case"),
            Self::Wildcards(wildcards) => ("what is like ", wildcards.iter().map(|w| quoted(w.source())).collect(), ""),
        };
        write!(f, "{lead}{}{tail}", words.join(" or "))
    }
}

fn quote_all(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| quoted(text)).collect()
}
