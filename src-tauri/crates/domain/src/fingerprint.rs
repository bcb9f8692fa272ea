//! Whether what was read back is what was sent: canonical JSON, a fingerprint over it, and the differences.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use ts_rs::TS;

/// The top-level fields that count for equality.
const COMPARED: [&str; 7] = ["account", "detail", "detail-type", "region", "resources", "source", "time"];

/// The text is not JSON, or not a JSON object where one is needed.
#[derive(Debug, thiserror::Error)]
#[error("not a JSON object")]
pub struct Unreadable(#[source] serde_json::Error);

/// SHA-256 over the compared fields of an envelope in canonical form, as 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes a fingerprint that was kept.
    pub fn from_kept(hex: impl Into<String>) -> Self {
        Self(hex.into())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One place where what was received differs from what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Difference {
    /// The field, for example `detail.priority` or `resources[0]`.
    pub path: String,
    /// The value sent, as JSON; `None` when the field was added on the way.
    pub sent: Option<String>,
    /// The value received, as JSON; `None` when the field was lost on the way.
    pub received: Option<String>,
}

/// The compared fields of an envelope: detail, detail-type, source, resources, account, region, and the time cut to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content(BTreeMap<String, Json>);

impl Content {
    /// Reads an envelope's compared fields.
    ///
    /// # Errors
    /// When the text is not a JSON object.
    pub fn read(envelope: &str) -> Result<Self, Unreadable> {
        let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(envelope).map_err(Unreadable)?;
        let mut content = BTreeMap::new();
        for (name, raw) in fields {
            if COMPARED.contains(&name.as_str()) {
                let value = Json::read(&raw)?;
                content.insert(name.clone(), if name == "time" { value.cut_to_second() } else { value });
            }
        }
        Ok(Self(content))
    }

    /// The fingerprint of the compared fields.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(hex::encode(Sha256::digest(Json::Object(self.0.clone()).to_string())))
    }

    /// Where `received` differs from this content, in field order.
    pub fn differences(&self, received: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        compare_objects("", &self.0, &received.0, &mut found);
        found
    }
}

/// `text` with object keys in order, no blanks, and every number in one exact spelling; equal JSON values give equal text.
///
/// # Errors
/// When the text is not JSON.
pub fn canonical_json(text: &str) -> Result<String, Unreadable> {
    let raw: Box<RawValue> = serde_json::from_str(text).map_err(Unreadable)?;
    Ok(Json::read(&raw)?.to_string())
}

/// A JSON value whose numbers keep every digit.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Json {
    /// `null`, `true`, `false`, or a number in exact spelling.
    Plain(String),
    Text(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

impl Json {
    fn read(raw: &RawValue) -> Result<Self, Unreadable> {
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).map_err(Unreadable)?;
                fields.into_iter().map(|(key, value)| Ok((key, Self::read(&value)?))).collect::<Result<_, _>>().map(Self::Object)
            }
            Some(b'[') => {
                let elements: Vec<Box<RawValue>> = serde_json::from_str(text).map_err(Unreadable)?;
                elements.iter().map(|value| Self::read(value)).collect::<Result<_, _>>().map(Self::Array)
            }
            Some(b'"') => serde_json::from_str(text).map(Self::Text).map_err(Unreadable),
            Some(b'-' | b'0'..=b'9') => Ok(Self::Plain(exact_number(text))),
            _ => Ok(Self::Plain(text.to_owned())),
        }
    }

    fn cut_to_second(self) -> Self {
        match self {
            Self::Text(text) => match text.parse::<crate::Timestamp>() {
                Ok(time) => Self::Text(time.to_seconds_string()),
                Err(_) => Self::Text(text),
            },
            other => other,
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::Array(elements) => {
                f.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (key, value)) in fields.iter().enumerate() {
                    write!(f, "{}{}:{value}", if index == 0 { "" } else { "," }, serde_json::Value::from(key.as_str()))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// One spelling for every spelling of the same decimal number: `1`, `1.0`, `10e-1` become `1e0`; no digit is lost.
fn exact_number(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let Ok(exponent) = exponent.parse::<i64>() else { return text.to_owned() };
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return "0".to_owned();
    }
    let trailing = (digits.len() - digits.trim_end_matches('0').len()) as i64;
    let Some(exponent) = exponent.checked_add(trailing - fraction.len() as i64) else { return text.to_owned() };
    format!("{sign}{significant}e{exponent}")
}

fn compare(path: &str, sent: &Json, received: &Json, found: &mut Vec<Difference>) {
    match (sent, received) {
        (Json::Object(sent), Json::Object(received)) => compare_objects(path, sent, received, found),
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (sent, received)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{index}]"), sent, received, found);
            }
        }
        (sent, received) if sent == received => {}
        (sent, received) => {
            found.push(Difference { path: path.to_owned(), sent: Some(sent.to_string()), received: Some(received.to_string()) });
        }
    }
}

fn compare_objects(path: &str, sent: &BTreeMap<String, Json>, received: &BTreeMap<String, Json>, found: &mut Vec<Difference>) {
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let keys: std::collections::BTreeSet<&String> = sent.keys().chain(received.keys()).collect();
    for key in keys {
        match (sent.get(key), received.get(key)) {
            (Some(sent), Some(received)) => compare(&at(key), sent, received, found),
            (sent, received) => {
                found.push(Difference { path: at(key), sent: sent.map(Json::to_string), received: received.map(Json::to_string) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(envelope: &str) -> Fingerprint {
        Content::read(envelope).unwrap().fingerprint()
    }

    #[test]
    fn key_order_blanks_id_and_fractions_of_a_second_do_not_count() {
        let sent = r#"{"id":"a","detail":{"x":1,"y":[true,null]},"time":"2021-08-06T08:16:16.900Z","source":"s"}"#;
        let read = r#"{"source": "s", "time":"2021-08-06T08:16:16Z", "version":"0", "detail":{"y":[true, null],"x":1}, "id":"b"}"#;
        assert_eq!(print(sent), print(read));
    }

    #[test]
    fn numbers_are_compared_by_exact_value() {
        for (a, b) in [("1", "1.0"), ("100", "1e2"), ("-0.50", "-5E-1"), ("0", "-0.0"), ("0", "0e9")] {
            assert_eq!(canonical_json(a).unwrap(), canonical_json(b).unwrap(), "{a} is {b}");
        }
        for (a, b) in [("9007199254740993", "9007199254740992"), ("0.1", "0.10000000000000001"), ("1", "-1"), ("1", "\"1\"")] {
            assert_ne!(canonical_json(a).unwrap(), canonical_json(b).unwrap(), "{a} is not {b}");
        }
    }

    #[test]
    fn differences_name_the_field_and_both_values() {
        let sent = Content::read(r#"{"detail":{"priority":"HIGH","n":[1,2],"gone":1},"source":"s"}"#).unwrap();
        let received = Content::read(r#"{"detail":{"priority":"LOW","n":[1,3],"new":2},"source":"s"}"#).unwrap();
        let found: Vec<_> = sent.differences(&received).into_iter().map(|d| (d.path, d.sent, d.received)).collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            found,
            [
                ("detail.gone".to_owned(), some("1e0"), None),
                ("detail.n[1]".to_owned(), some("2e0"), some("3e0")),
                ("detail.new".to_owned(), None, some("2e0")),
                ("detail.priority".to_owned(), some("\"HIGH\""), some("\"LOW\"")),
            ]
        );
    }

    #[test]
    fn a_body_that_is_no_object_is_unreadable() {
        for body in ["", "null", "[1]", "{", "\"x\""] {
            assert!(Content::read(body).is_err(), "{body:?}");
        }
    }
}
