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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::read_value;

    fn value() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            any::<String>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        scalar.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(|fields| fields.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_as_json_is_read_back(value in value()) {
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(read_value(&pretty).unwrap(), value.clone());
            prop_assert_eq!(read_value(&value.to_string()).unwrap(), value);
        }

        #[test]
        fn other_text_is_refused_where_serde_json_refuses_it(text in "[\\[\\]{}\",:a0-9.eE\\-tru\\\\ ]{0,12}") {
            let theirs = serde_json::from_str::<Value>(&text);
            prop_assert_eq!(read_value(&text).is_ok(), theirs.is_ok(), "{}", text);
        }
    }
}
