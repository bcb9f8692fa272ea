//! One member of a leaf array in a pattern: what a single value of the event is compared with.

mod address;
mod anything_but;
mod case;
mod complexity;
mod number;
mod range;
mod wildcard;

use std::fmt;
use std::net::IpAddr;

use serde_json::Value;

use crate::event::{Number, Scalar};
pub(crate) use address::{AddressRange, parse_address};
pub(crate) use anything_but::AnythingBut;
pub(crate) use case::fold;
pub(crate) use complexity::too_complex;
pub(crate) use number::{ExactNumber, comparable};
pub(crate) use range::{Bound, Range};
pub(crate) use wildcard::Wildcard;

/// A condition on one leaf value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// This very text.
    Text(String),
    /// A text that is this IP address, however it is written.
    Address(IpAddr, String),
    /// This number, however it is written.
    Number(ExactNumber),
    Bool(bool),
    Null,
    Prefix(String),
    PrefixAnyCase(String),
    Suffix(String),
    SuffixAnyCase(String),
    AnyCase(String),
    Wildcard(Wildcard),
    Range(Range),
    Cidr(AddressRange),
    AnythingBut(AnythingBut),
    /// A leaf value of any kind.
    Present,
    /// No leaf value at this path; answered by the path, never by a value.
    Absent,
}

impl Condition {
    /// Whether a leaf value (no object, no array) fulfils the condition.
    pub(crate) fn accepts(&self, value: &Scalar<'_>) -> bool {
        match (self, value) {
            (Self::Present, _) => true,
            (Self::AnythingBut(excluded), _) => excluded.accepts(value),
            (Self::Null, Scalar::Null) => true,
            (Self::Bool(wanted), Scalar::Bool(found)) => wanted == found,
            (Self::Number(wanted), Scalar::Number(found)) => wanted.equals(found),
            (Self::Range(range), Scalar::Number(Number::Double(found))) => range.contains(*found),
            (_, Scalar::Text(text)) => self.accepts_text(text),
            _ => false,
        }
    }

    fn accepts_text(&self, text: &str) -> bool {
        match self {
            Self::Text(wanted) => wanted == text,
            Self::Address(wanted, _) => parse_address(text) == Some(*wanted),
            Self::Prefix(start) => text.starts_with(start.as_str()),
            Self::PrefixAnyCase(start) => case::starts_with(text, start),
            Self::Suffix(end) => text.ends_with(end.as_str()),
            Self::SuffixAnyCase(end) => case::ends_with(text, end),
            Self::AnyCase(wanted) => case::equal(text, wanted),
            Self::Wildcard(wildcard) => wildcard.accepts(text),
            Self::Cidr(range) => parse_address(text).is_some_and(|address| range.contains(address)),
            _ => false,
        }
    }

    /// The wildcard expressions of the condition.
    fn wildcards(&self) -> &[Wildcard] {
        match self {
            Self::Wildcard(wildcard) => std::slice::from_ref(wildcard),
            Self::AnythingBut(AnythingBut::Wildcards(wildcards)) => wildcards,
            _ => &[],
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Address(_, text) => f.write_str(&quoted(text)),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Null => f.write_str("null"),
            Self::Prefix(start) => write!(f, "starts with {}", quoted(start)),
            Self::PrefixAnyCase(start) => write!(f, "starts with {} in any case", quoted(start)),
            Self::Suffix(end) => write!(f, "ends with {}", quoted(end)),
            Self::SuffixAnyCase(end) => write!(f, "ends with {} in any case", quoted(end)),
            Self::AnyCase(text) => write!(f, "{} in any case", quoted(text)),
            Self::Wildcard(wildcard) => write!(f, "like {}", quoted(wildcard.source())),
            Self::Range(range) => write!(f, "a number {range}"),
            Self::Cidr(range) => write!(f, "an IP address in {range}"),
            Self::AnythingBut(excluded) => write!(f, "anything but {excluded}"),
            Self::Present => f.write_str("present"),
            Self::Absent => f.write_str("absent"),
        }
    }
}

/// Writes a text as JSON.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
