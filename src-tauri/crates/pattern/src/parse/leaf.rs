use super::{Refusal, anything_but, numeric, refuse};
use crate::condition::{AddressRange, Condition, ExactNumber, Wildcard, comparable, parse_address};
use crate::error::PatternError;
use crate::json::{Reader, Token};

pub(super) const ONE_KEY: &str = "Only one key allowed in match expression";

/// Reads the conditions of a leaf array whose bracket is open.
pub(super) fn read_conditions(reader: &mut Reader<'_>) -> Result<Vec<Condition>, Refusal> {
    let mut conditions = Vec::new();
    loop {
        let condition = match reader.next()? {
            Token::EndArray if conditions.is_empty() => return refuse(reader, "Empty arrays are not allowed"),
            Token::EndArray => return Ok(conditions),
            Token::StartObject => expression(reader)?,
            Token::String => exact_text(reader.word()?),
            Token::Number => Condition::Number(ExactNumber::new(reader.word()?)),
            Token::True => Condition::Bool(true),
            Token::False => Condition::Bool(false),
            Token::Null => Condition::Null,
            _ => return refuse(reader, "Match value must be String, number, true, false, or null"),
        };
        conditions.push(condition);
    }
}

/// The current number as IEEE double, to be compared with.
pub(super) fn number(reader: &mut Reader<'_>) -> Result<f64, Refusal> {
    let text = reader.word()?.to_owned();
    comparable(&text).map_or_else(|| refuse(reader, format!("Cannot compare number : {text}")), Ok)
}

fn exact_text(text: &str) -> Condition {
    match parse_address(text) {
        Some(address) => Condition::Address(address, text.to_owned()),
        None => Condition::Text(text.to_owned()),
    }
}

/// Reads a match expression whose brace is open.
fn expression(reader: &mut Reader<'_>) -> Result<Condition, Refusal> {
    if reader.next()? != Token::Name {
        return refuse(reader, "Match expression name not found");
    }
    let operator = reader.word()?.to_owned();
    match operator.as_str() {
        "exactly" => {
            let text = text_of(reader, "exact match pattern must be a string")?;
            close(reader, Condition::Text(text), ONE_KEY)
        }
        "prefix" => affix(reader, "prefix", [Condition::Prefix, Condition::PrefixAnyCase]),
        "suffix" => affix(reader, "suffix", [Condition::Suffix, Condition::SuffixAnyCase]),
        "equals-ignore-case" => {
            let text = text_of(reader, "equals-ignore-case match pattern must be a string")?;
            close(reader, Condition::AnyCase(text), ONE_KEY)
        }
        "wildcard" => {
            let text = text_of(reader, "wildcard match pattern must be a string")?;
            let wildcard = wildcard(reader, &text)?;
            close(reader, Condition::Wildcard(wildcard), ONE_KEY)
        }
        "cidr" => cidr(reader),
        "exists" => exists(reader),
        "numeric" => numeric::read(reader),
        "anything-but" => anything_but::read(reader),
        _ => refuse(reader, format!("Unrecognized match type {operator}")),
    }
}

/// The next token must be a string.
fn text_of(reader: &mut Reader<'_>, otherwise: &str) -> Result<String, Refusal> {
    match reader.next()? {
        Token::String => Ok(reader.word()?.to_owned()),
        _ => refuse(reader, otherwise),
    }
}

/// The next token must close the match expression.
pub(super) fn close<T>(reader: &mut Reader<'_>, read: T, otherwise: &str) -> Result<T, Refusal> {
    match reader.next()? {
        Token::EndObject => Ok(read),
        _ => refuse(reader, otherwise),
    }
}

pub(super) fn wildcard(reader: &Reader<'_>, text: &str) -> Result<Wildcard, Refusal> {
    Wildcard::parse(text).or_else(|reason| refuse(reader, reason))
}

/// Reads the value of `prefix` or `suffix`: a string, or `equals-ignore-case` with one.
fn affix(reader: &mut Reader<'_>, operator: &str, [exact, any_case]: [fn(String) -> Condition; 2]) -> Result<Condition, Refusal> {
    match reader.next()? {
        Token::String => {
            let text = reader.word()?.to_owned();
            close(reader, exact(text), ONE_KEY)
        }
        Token::StartObject => {
            let text = any_case_text(reader, operator)?;
            let condition = close(reader, any_case(text), ONE_KEY)?;
            close(reader, condition, ONE_KEY)
        }
        _ => refuse(reader, format!("{operator} match pattern must be a string")),
    }
}

fn any_case_text(reader: &mut Reader<'_>, operator: &str) -> Result<String, Refusal> {
    let title = if operator == "prefix" { "Prefix" } else { "Suffix" };
    if reader.next()? != Token::Name {
        return refuse(reader, format!("{title} expression name not found"));
    }
    let inner = reader.word()?.to_owned();
    if inner != "equals-ignore-case" {
        return refuse(reader, format!("Unsupported {operator} pattern: {inner}"));
    }
    text_of(reader, "equals-ignore-case match pattern must be a string")
}

fn cidr(reader: &mut Reader<'_>) -> Result<Condition, Refusal> {
    // AWS itself speaks of a prefix here.
    let text = text_of(reader, "prefix match pattern must be a string")?;
    let range = AddressRange::parse(&text).map_err(|error| PatternError::unplaced(error.to_string()))?;
    close(reader, Condition::Cidr(range), ONE_KEY)
}

fn exists(reader: &mut Reader<'_>) -> Result<Condition, Refusal> {
    let condition = match reader.next()? {
        Token::True => Condition::Present,
        Token::False => Condition::Absent,
        _ => return refuse(reader, "exists match pattern must be either true or false."),
    };
    close(reader, condition, ONE_KEY)
}
