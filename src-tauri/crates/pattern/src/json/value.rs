use serde_json::{Map, Number, Value};

use crate::json::reader::{JsonFault, Reader, Token};

/// An object or array that is being filled.
enum Building {
    Object(Map<String, Value>, String),
    Array(Vec<Value>),
}

/// Reads a whole text as one value, up to 1000 levels deep; of equal keys the last wins.
pub(crate) fn read_value(text: &str) -> Result<Value, JsonFault> {
    let mut reader = Reader::new(text);
    let mut open: Vec<Building> = Vec::new();
    let value = loop {
        let token = reader.next()?;
        let done = match token {
            Token::StartObject => {
                open.push(Building::Object(Map::new(), String::new()));
                continue;
            }
            Token::StartArray => {
                open.push(Building::Array(Vec::new()));
                continue;
            }
            Token::Name => {
                let name = reader.word()?.to_owned();
                if let Some(Building::Object(_, key)) = open.last_mut() {
                    *key = name;
                }
                continue;
            }
            Token::EndObject | Token::EndArray => match open.pop() {
                Some(Building::Object(fields, _)) => Value::Object(fields),
                Some(Building::Array(items)) => Value::Array(items),
                None => Value::Null,
            },
            Token::End => return Err(reader.fault("Unexpected end-of-input")),
            _ => scalar(&mut reader, token)?,
        };
        match open.last_mut() {
            Some(Building::Object(fields, key)) => drop(fields.insert(std::mem::take(key), done)),
            Some(Building::Array(items)) => items.push(done),
            None => break done,
        }
    };
    reader.end_of_text().map(|()| value)
}

fn scalar(reader: &mut Reader<'_>, token: Token) -> Result<Value, JsonFault> {
    let word = reader.word()?;
    Ok(match token {
        Token::String => Value::String(word.to_owned()),
        Token::True => Value::Bool(true),
        Token::False => Value::Bool(false),
        Token::Number => match number(word) {
            Some(number) => Value::Number(number),
            None => return Err(reader.fault("Number out of range")),
        },
        _ => Value::Null,
    })
}

fn number(word: &str) -> Option<Number> {
    if let Ok(whole) = word.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = word.parse::<u64>() {
        return Some(whole.into());
    }
    word.parse().ok().and_then(Number::from_f64)
}
