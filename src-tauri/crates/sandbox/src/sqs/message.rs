//! A message as it was sent, and what its receivers did to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_smithy_types::base64;
use serde::{Deserialize, Serialize};

/// The value of a message attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    /// `String` or `Number`, perhaps with a custom suffix.
    Text {
        /// For example `String` or `Number.int`.
        data_type: String,
        /// The value.
        text: String,
    },
    /// `Binary`, perhaps with a custom suffix.
    Bytes {
        /// For example `Binary` or `Binary.gif`.
        data_type: String,
        /// The value; base64 in rows and on the wire.
        #[serde(with = "base64_text")]
        bytes: Vec<u8>,
    },
}

impl Value {
    /// A `String` attribute.
    pub(crate) fn string(text: impl Into<String>) -> Self {
        Self::Text { data_type: "String".to_owned(), text: text.into() }
    }

    /// The data type as it was sent.
    pub(crate) fn data_type(&self) -> &str {
        match self {
            Self::Text { data_type, .. } | Self::Bytes { data_type, .. } => data_type,
        }
    }

    /// Bytes of type and value.
    fn size(&self) -> usize {
        match self {
            Self::Text { data_type, text } => data_type.len() + text.len(),
            Self::Bytes { data_type, bytes } => data_type.len() + bytes.len(),
        }
    }
}

mod base64_text {
    use super::base64;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        base64::decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Message attributes by name.
pub(crate) type Attributes = BTreeMap<String, Value>;

/// What a sender hands over, already checked for its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// The body.
    pub(crate) body: String,
    /// Message attributes.
    pub(crate) attributes: Attributes,
    /// The system attribute `AWSTraceHeader`.
    pub(crate) trace_header: Option<String>,
    /// Seconds until the message can be received; `None` takes the queue's.
    pub(crate) delay_s: Option<i64>,
    /// `MessageGroupId`.
    pub(crate) group: Option<String>,
    /// `MessageDeduplicationId`.
    pub(crate) deduplication: Option<String>,
    /// `SenderId`.
    pub(crate) sender: Arc<str>,
}

impl Draft {
    /// Bytes that count against `MaximumMessageSize`: body, and name, type and value of each attribute.
    pub(crate) fn size(&self) -> usize {
        self.body.len() + self.attributes.iter().map(|(name, value)| name.len() + value.size()).sum::<usize>()
    }
}

/// A message in a queue; nothing in it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Message {
    /// `MessageId`, a UUID; kept when the message moves to a dead-letter queue.
    pub(crate) id: String,
    /// The order of arrival in its queue.
    pub(crate) sequence: u64,
    /// The body.
    pub(crate) body: Arc<str>,
    /// Message attributes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) attributes: Attributes,
    /// `AWSTraceHeader`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trace_header: Option<String>,
    /// `MessageGroupId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    /// `MessageDeduplicationId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deduplication: Option<String>,
    /// `DeadLetterQueueSourceArn`: where it came from, in a dead-letter queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dead_letter_source: Option<String>,
    /// `SenderId`.
    pub(crate) sender: Arc<str>,
    /// `SentTimestamp` in milliseconds since 1970; retention counts from here.
    pub(crate) sent_ms: i64,
    /// When it could first be received, in milliseconds since 1970.
    pub(crate) available_ms: i64,
    /// What its receivers did before it came to this queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Box<Receives>>,
}

impl Message {
    /// What its receivers did before it came to this queue.
    pub(crate) fn received_before(&self) -> Receives {
        self.before.as_deref().cloned().unwrap_or_default()
    }
}

/// What receivers did to a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Receives {
    /// How often it was received, over all queues (`ApproximateReceiveCount`).
    pub(crate) count: u32,
    /// When it was first received, in milliseconds since 1970; 0 before.
    pub(crate) first_ms: i64,
    /// When it was last received, in milliseconds since 1970; 0 before.
    pub(crate) last_ms: i64,
    /// The latest receive, as in its receipt handle; empty before the first.
    pub(crate) latest: String,
    /// Until when the latest receive hides the message, in milliseconds since 1970.
    pub(crate) hidden_until_ms: i64,
}

/// A name filter of `ReceiveMessage.MessageAttributeNames`.
///
/// `All` and `.*` take every attribute, `foo.*` those whose name begins with `foo`.
pub(crate) fn is_asked_for(name: &str, filters: &[String]) -> bool {
    filters.iter().any(|filter| match filter.strip_suffix(".*") {
        Some(prefix) => name.starts_with(prefix),
        None => filter == "All" || filter == name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribute_filters_take_names_prefixes_and_all() {
        for (name, filters, taken) in [
            ("Hello", &["Hello"][..], true),
            ("Hello", &["hello"], false),
            ("Hello", &["All"], true),
            ("Hello", &[".*"], true),
            ("Help.Me", &["Hel.*"], true),
            ("General", &["Hel.*", "None"], false),
            ("Hello", &[], false),
        ] {
            let filters: Vec<_> = filters.iter().map(|&f| f.to_owned()).collect();
            assert_eq!(is_asked_for(name, &filters), taken, "{name} by {filters:?}");
        }
    }

    #[test]
    fn attributes_survive_their_row() {
        let attributes = Attributes::from([
            ("text".to_owned(), Value::string("bytes")),
            ("raw".to_owned(), Value::Bytes { data_type: "Binary.gif".into(), bytes: vec![0, 255, 7] }),
        ]);
        let row = serde_json::to_string(&attributes).unwrap();
        assert_eq!(serde_json::from_str::<Attributes>(&row).unwrap(), attributes, "{row}");
    }

    #[test]
    fn the_size_counts_body_and_attributes() {
        let mut draft = Draft { body: "äb".into(), ..Draft::default() };
        assert_eq!(draft.size(), 3, "UTF-8 bytes of the body");
        draft.attributes.insert("n".into(), Value::string("xyz"));
        assert_eq!(draft.size(), 3 + 1 + 6 + 3, "name, type and value");
    }
}
