//! JSON texts within code.

use serde_json::Value;

/// The text as JSON value, where that says exactly the same: numbers that other parsers could write otherwise make it no value.
pub(super) fn exactly(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    has_only_words(&value).then_some(value)
}

/// EventBridge compares numbers by their value and their text, and CloudFormation and Terraform write them anew.
fn has_only_words(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(list) => list.iter().all(has_only_words),
        Value::Object(fields) => fields.values().all(has_only_words),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// JSON in which every character that is not plain ASCII is escaped.
pub(super) fn ascii(value: &Value) -> String {
    let (mut text, mut units) = (String::new(), [0_u16; 2]);
    for c in value.to_string().chars() {
        match c {
            ' '..='~' => text.push(c),
            other => other.encode_utf16(&mut units).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    text
}
