use super::leaf::{close, number, wildcard};
use super::numeric::TOO_MANY;
use super::{Refusal, refuse};
use crate::condition::{AnythingBut, Condition};
use crate::json::{Reader, Token};

const PLAIN_TYPES: &str = "Inside anything but list, start|null|boolean is not supported.";
const MIXED: &str = "Inside anything but list, either all values are number or string, mixed type is not supported";

/// The operator inside `anything-but`.
#[derive(Clone, Copy, PartialEq)]
enum Inner {
    Prefix,
    Suffix,
    AnyCase,
    Wildcard,
}

/// Reads the value of `anything-but` and the brace behind it.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Condition, Refusal> {
    let mut token = reader.next()?;
    let inner = if token == Token::StartObject { Some(inner_operator(reader)?) } else { None };
    if inner.is_some() {
        token = reader.next()?;
    }
    if !matches!(token, Token::StartArray | Token::String | Token::Number) {
        return refuse(reader, "Value of anything-but must be an array or single string/number value.");
    }
    let excluded = match inner {
        None => plain(reader, token)?,
        Some(inner) => {
            let excluded = nested(reader, token, inner)?;
            close(reader, excluded, TOO_MANY)?
        }
    };
    close(reader, Condition::AnythingBut(excluded), TOO_MANY)
}

fn inner_operator(reader: &mut Reader<'_>) -> Result<Inner, Refusal> {
    if reader.next()? != Token::Name {
        return refuse(reader, "Anything-But expression name not found");
    }
    let operator = reader.word()?.to_owned();
    match operator.as_str() {
        "prefix" => Ok(Inner::Prefix),
        "suffix" => Ok(Inner::Suffix),
        "equals-ignore-case" => Ok(Inner::AnyCase),
        "wildcard" => Ok(Inner::Wildcard),
        _ => refuse(reader, format!("Unsupported anything-but pattern: {operator}")),
    }
}

/// Reads strings or numbers, alone or in a list.
fn plain(reader: &mut Reader<'_>, token: Token) -> Result<AnythingBut, Refusal> {
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    each(reader, token, |reader, token| {
        match token {
            Token::String => texts.push(reader.word()?.to_owned()),
            Token::Number => numbers.push(number(reader)?),
            _ => return refuse(reader, PLAIN_TYPES),
        }
        Ok(())
    })?;
    if texts.is_empty() == numbers.is_empty() {
        return refuse(reader, MIXED);
    }
    Ok(if texts.is_empty() { AnythingBut::Numbers(numbers) } else { AnythingBut::Texts(texts) })
}

/// Reads the strings behind an inner operator, alone or in a list.
fn nested(reader: &mut Reader<'_>, token: Token, inner: Inner) -> Result<AnythingBut, Refusal> {
    let mut texts = Vec::new();
    each(reader, token, |reader, token| {
        if token != Token::String {
            return refuse(reader, must_be_text(inner));
        }
        let text = reader.word()?.to_owned();
        if text.is_empty() && matches!(inner, Inner::Prefix | Inner::Suffix) {
            return refuse(reader, "Null prefix/suffix not allowed");
        }
        texts.push(text);
        Ok(())
    })?;
    Ok(match inner {
        Inner::Prefix => AnythingBut::Prefixes(texts),
        Inner::Suffix => AnythingBut::Suffixes(texts),
        Inner::AnyCase => AnythingBut::AnyCase(texts),
        Inner::Wildcard => {
            let wildcards: Result<_, _> = texts.iter().map(|text| wildcard(reader, text)).collect();
            AnythingBut::Wildcards(wildcards?)
        }
    })
}

fn must_be_text(inner: Inner) -> &'static str {
    match inner {
        Inner::AnyCase => "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
        Inner::Wildcard => "wildcard match pattern must be a string",
        Inner::Prefix | Inner::Suffix => "prefix/suffix match pattern must be a string",
    }
}

/// Hands over the value at hand, or each member of the list at hand.
///
/// What is refused inside a list carries its position twice, as AWS's messages do.
fn each<'t>(
    reader: &mut Reader<'t>,
    token: Token,
    mut take: impl FnMut(&mut Reader<'t>, Token) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    if token != Token::StartArray {
        return take(reader, token);
    }
    let text = reader.source();
    let mut members = || -> Result<(), Refusal> {
        loop {
            match reader.next()? {
                Token::EndArray => return Ok(()),
                token => take(reader, token)?,
            }
        }
    };
    members().map_err(|refusal| Refusal::Language(refusal.into_error(text).wrapped(text)))
}
