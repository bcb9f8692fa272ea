use super::leaf::{close, number};
use super::{Refusal, refuse};
use crate::condition::{Bound, Condition, ExactNumber, Range};
use crate::json::{Reader, Token};

pub(super) const TOO_MANY: &str = "Too many elements in numeric expression";

/// Reads the value of `numeric` and the brace behind it.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Condition, Refusal> {
    if reader.next()? != Token::StartArray {
        return refuse(reader, "Value of numeric must be an array.");
    }
    let condition = comparison(reader)?;
    close(reader, condition, TOO_MANY)
}

fn comparison(reader: &mut Reader<'_>) -> Result<Condition, Refusal> {
    if reader.next()? != Token::String {
        let found = reader.word()?.to_owned();
        return refuse(reader, format!("Invalid member in numeric match: {found}"));
    }
    let operator = reader.word()?.to_owned();
    match operator.as_str() {
        "=" => {
            let value = operand(reader, "equals")?;
            end(reader, Condition::Number(ExactNumber::new(&value.to_string())), TOO_MANY)
        }
        "<" | "<=" => {
            let upper = bound(reader, &operator)?;
            end(reader, Condition::Range(Range { lower: None, upper: Some(upper) }), TOO_MANY)
        }
        ">" | ">=" => {
            let lower = bound(reader, &operator)?;
            let upper = upper_bound(reader, lower)?;
            Ok(Condition::Range(Range { lower: Some(lower), upper }))
        }
        _ => {
            reader.next()?;
            refuse(reader, format!("Unrecognized numeric range operator: {operator}"))
        }
    }
}

/// Reads the rest of a range behind its lower bound, with the closing bracket.
fn upper_bound(reader: &mut Reader<'_>, lower: Bound) -> Result<Option<Bound>, Refusal> {
    match reader.next()? {
        Token::EndArray => return Ok(None),
        Token::String => {}
        _ => {
            let found = reader.word()?.to_owned();
            return refuse(reader, format!("Bad value in numeric range: {found}"));
        }
    }
    let operator = reader.word()?.to_owned();
    if operator != "<" && operator != "<=" {
        return refuse(reader, format!("Bad numeric range operator: {operator}"));
    }
    let upper = bound(reader, &operator)?;
    end(reader, (), "Too many terms in numeric range expression")?;
    if lower.value >= upper.value {
        return refuse(reader, "Bottom must be less than top");
    }
    Ok(Some(upper))
}

fn bound(reader: &mut Reader<'_>, operator: &str) -> Result<Bound, Refusal> {
    let value = operand(reader, operator)?;
    Ok(Bound { value, included: operator.ends_with('=') })
}

fn operand(reader: &mut Reader<'_>, operator: &str) -> Result<f64, Refusal> {
    match reader.next()? {
        Token::Number => number(reader),
        _ => refuse(reader, format!("Value of {operator} must be numeric")),
    }
}

fn end<T>(reader: &mut Reader<'_>, read: T, otherwise: &str) -> Result<T, Refusal> {
    match reader.next()? {
        Token::EndArray => Ok(read),
        _ => refuse(reader, otherwise),
    }
}
