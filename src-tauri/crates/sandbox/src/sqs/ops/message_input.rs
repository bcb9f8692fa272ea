//! A message as `SendMessage` and the entries of `SendMessageBatch` describe it.

use std::collections::BTreeMap;

use aws_smithy_types::base64;
use serde::Deserialize;

use crate::sqs::error::SqsError;
use crate::sqs::message::{Attributes, Draft, Value};

/// Most attributes of a message.
const MAX_ATTRIBUTES: usize = 10;
/// Most characters of an attribute's name.
const MAX_NAME: usize = 256;
/// Most characters of a group or deduplication id.
const MAX_ID: usize = 128;

/// A message attribute on the wire.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct AttributeInput {
    data_type: Option<String>,
    string_value: Option<String>,
    binary_value: Option<String>,
    #[serde(default)]
    string_list_values: Vec<String>,
    #[serde(default)]
    binary_list_values: Vec<String>,
}

/// Everything that describes a message, but the queue and the batch entry's id.
#[derive(Debug, Default)]
pub(super) struct MessageInput {
    /// `MessageBody`
    pub(super) body: Option<String>,
    /// `DelaySeconds`
    pub(super) delay_s: Option<i64>,
    /// `MessageAttributes`
    pub(super) attributes: BTreeMap<String, AttributeInput>,
    /// `MessageSystemAttributes`
    pub(super) system_attributes: BTreeMap<String, AttributeInput>,
    /// `MessageDeduplicationId`
    pub(super) deduplication: Option<String>,
    /// `MessageGroupId`
    pub(super) group: Option<String>,
}

impl MessageInput {
    /// The message, if its form is right; what the queue has to say comes later.
    ///
    /// # Errors
    /// What is missing or malformed.
    pub(super) fn draft(self, sender: &str) -> Result<Draft, SqsError> {
        let body = self.body.filter(|body| !body.is_empty()).ok_or(SqsError::MissingParameter("MessageBody"))?;
        check_characters(&body)?;
        if self.attributes.len() > MAX_ATTRIBUTES {
            return Err(SqsError::InvalidParameter(format!(
                "Number of message attributes [{}] exceeds the allowed maximum [{MAX_ATTRIBUTES}].",
                self.attributes.len()
            )));
        }
        for (id, name) in [(&self.group, "MessageGroupId"), (&self.deduplication, "MessageDeduplicationId")] {
            id.as_deref().map_or(Ok(()), |id| check_id(id, name))?;
        }
        Ok(Draft {
            body,
            attributes: attributes(self.attributes)?,
            trace_header: trace_header(self.system_attributes)?,
            delay_s: self.delay_s,
            group: self.group,
            deduplication: self.deduplication,
            sender: sender.into(),
        })
    }
}

fn attributes(inputs: BTreeMap<String, AttributeInput>) -> Result<Attributes, SqsError> {
    inputs.into_iter().map(|(name, input)| check_name(&name).and_then(|()| input.value(&name)).map(|value| (name, value))).collect()
}

fn trace_header(inputs: BTreeMap<String, AttributeInput>) -> Result<Option<String>, SqsError> {
    let mut header = None;
    for (name, input) in inputs {
        header = match (&*name, input.value(&name)?) {
            ("AWSTraceHeader", Value::Text { data_type, text }) if data_type == "String" => Some(text),
            ("AWSTraceHeader", _) => return Err(refused(&name, "must be of type 'String'.")),
            _ => return Err(refused(&name, "is not a system attribute that can be sent.")),
        };
    }
    Ok(header)
}

impl AttributeInput {
    fn value(self, name: &str) -> Result<Value, SqsError> {
        if !self.string_list_values.is_empty() || !self.binary_list_values.is_empty() {
            return Err(SqsError::Unsupported("Message attribute list values in SendMessage operation are not supported."));
        }
        let data_type = self.data_type.filter(|text| !text.is_empty());
        let data_type = data_type.ok_or_else(|| refused(name, "must contain non-empty message attribute type."))?;
        let kind = data_type.split('.').next().unwrap_or_default();
        let empty = || refused(name, &format!("must contain a non-empty value of type '{kind}'."));
        match kind {
            "String" | "Number" => {
                let text = self.string_value.filter(|text| !text.is_empty()).ok_or_else(empty)?;
                check_characters(&text)?;
                if kind == "Number" && text.parse::<f64>().is_err() {
                    return Err(SqsError::InvalidParameter(format!(
                        "Can't cast the value of message (user) attribute '{name}' to a number."
                    )));
                }
                Ok(Value::Text { data_type, text })
            }
            "Binary" => {
                let text = self.binary_value.filter(|text| !text.is_empty()).ok_or_else(empty)?;
                let bytes = base64::decode(text).map_err(|_| refused(name, "must contain a value in base64."))?;
                Ok(Value::Bytes { data_type, bytes })
            }
            _ => Err(refused(
                name,
                "has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
            )),
        }
    }
}

fn refused(name: &str, problem: &str) -> SqsError {
    SqsError::InvalidParameter(format!("The message attribute '{name}' {problem}"))
}

fn check_name(name: &str) -> Result<(), SqsError> {
    let lower = name.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let problem = if lower.starts_with("aws.") || lower.starts_with("amazon.") {
        "has a name that begins with a reserved prefix."
    } else if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(plain) {
        "has an invalid name; it can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.), and be 1 to 256 long."
    } else if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        "has an invalid name; it must not start or end with a period, nor have periods in succession."
    } else {
        return Ok(());
    };
    Err(refused(name, problem))
}

/// XML 1.0's characters (SQS API reference, `SendMessage`).
fn check_characters(text: &str) -> Result<(), SqsError> {
    let taken = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(taken) { Ok(()) } else { Err(SqsError::InvalidCharacters) }
}

/// The form of group, deduplication and attempt ids.
///
/// # Errors
/// Other characters than punctuation, letters and digits, or not 1 to 128 of them.
pub(super) fn check_id(id: &str, parameter: &str) -> Result<(), SqsError> {
    if (1..=MAX_ID).contains(&id.len()) && id.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(());
    }
    Err(SqsError::InvalidParameter(format!(
        "Value {id} for parameter {parameter} is invalid. Reason: {parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length."
    )))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(body: &str, attributes: serde_json::Value) -> Result<Draft, SqsError> {
        let attributes = serde_json::from_value(attributes).unwrap();
        MessageInput { body: Some(body.into()), attributes, ..MessageInput::default() }.draft("me")
    }

    #[test]
    fn well_formed_messages_are_taken_as_they_are() {
        let attributes = json!({
            "a.b-c_1": {"DataType": "String.x", "StringValue": "é"},
            "n": {"DataType": "Number", "StringValue": "-1.5e3"},
            "raw": {"DataType": "Binary", "BinaryValue": "AP8H"},
        });
        let draft = draft("tab\t, line\n, 𝄞", attributes).unwrap();
        assert_eq!(draft.attributes["raw"], Value::Bytes { data_type: "Binary".into(), bytes: vec![0, 255, 7] });
        assert_eq!((draft.attributes.len(), &*draft.sender), (3, "me"));
    }

    #[test]
    fn malformed_messages_are_refused_in_a_sentence() {
        let many: BTreeMap<_, _> = (0..11).map(|n| (format!("a{n}"), json!({"DataType": "String", "StringValue": "x"}))).collect();
        let text = |data_type: &str, value: &str| json!({"a": {"DataType": data_type, "StringValue": value}});
        for (body, attributes, sentence) in [
            ("", json!({}), "must contain the parameter MessageBody"),
            ("bell\u{7}", json!({}), "Invalid characters found"),
            ("nonchar\u{FFFE}", json!({}), "Invalid characters found"),
            ("b", json!(many), "[11] exceeds the allowed maximum [10]"),
            ("b", text("", "x"), "non-empty message attribute type"),
            ("b", text("Text", "x"), "supported type prefixes"),
            ("b", text("String", ""), "non-empty value of type 'String'"),
            ("b", text("Number", "ten"), "to a number"),
            ("b", text("Binary", "x"), "non-empty value of type 'Binary'"),
            ("b", json!({"a": {"DataType": "Binary", "BinaryValue": "?"}}), "base64"),
            ("b", json!({"a": {"DataType": "String", "StringListValues": ["x"]}}), "list values"),
            ("b", json!({"AWS.x": {"DataType": "String", "StringValue": "x"}}), "reserved prefix"),
            ("b", json!({"a..b": {"DataType": "String", "StringValue": "x"}}), "periods in succession"),
            ("b", json!({"a b": {"DataType": "String", "StringValue": "x"}}), "invalid name"),
        ] {
            let refused = draft(body, attributes.clone()).unwrap_err().to_string();
            assert!(refused.contains(sentence), "{body:?} {attributes}: {refused}");
        }
    }

    #[test]
    fn the_trace_header_is_the_only_system_attribute() {
        let with = |name: &str| {
            let attribute =
                AttributeInput { data_type: Some("String".into()), string_value: Some("Root=1".into()), ..AttributeInput::default() };
            let system_attributes = BTreeMap::from([(name.to_owned(), attribute)]);
            MessageInput { body: Some("b".into()), system_attributes, ..MessageInput::default() }.draft("me")
        };
        assert_eq!(with("AWSTraceHeader").unwrap().trace_header.as_deref(), Some("Root=1"));
        assert!(with("SenderId").is_err(), "others are refused");
    }
}
