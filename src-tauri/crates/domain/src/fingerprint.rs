//! Whether what was read back is what was sent: canonical JSON, a fingerprint over it, and the differences.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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

/// The compared fields of an envelope, each in canonical form: detail, detail-type, source, resources, account, region, and the time cut to
/// the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content(BTreeMap<&'static str, String>);

impl Content {
    /// Reads an envelope's compared fields.
    ///
    /// # Errors
    /// When the text is not a JSON object.
    pub fn read(envelope: &str) -> Result<Self, Unreadable> {
        let mut content = BTreeMap::new();
        for (name, raw) in fields(envelope)? {
            if let Some(name) = COMPARED.iter().find(|compared| ***compared == *name) {
                let value = canonical(raw)?;
                content.insert(*name, if *name == "time" { cut_to_second(value) } else { value });
            }
        }
        Ok(Self(content))
    }

    /// The fingerprint of the compared fields.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        for (index, (name, value)) in self.0.iter().enumerate() {
            hash.update(if index == 0 { "{\"" } else { ",\"" });
            hash.update(name);
            hash.update("\":");
            hash.update(value);
        }
        hash.update(if self.0.is_empty() { "{}" } else { "}" });
        Fingerprint(hex::encode(hash.finalize()))
    }

    /// Where `received` differs from this content, in field order.
    pub fn differences(&self, received: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        for name in COMPARED {
            compare(name, (self.0.get(name), received.0.get(name)), &mut found);
        }
        found
    }
}

/// `text` with object keys in order, no blanks, and every number in one exact spelling; equal JSON values give equal text.
///
/// # Errors
/// When the text is not JSON.
pub fn canonical_json(text: &str) -> Result<String, Unreadable> {
    canonical(serde_json::from_str(text).map_err(Unreadable)?)
}

fn canonical(raw: &RawValue) -> Result<String, Unreadable> {
    let mut text = String::with_capacity(raw.get().len());
    write_canonical(raw, &mut text)?;
    Ok(text)
}

fn write_canonical(raw: &RawValue, to: &mut String) -> Result<(), Unreadable> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'{') => {
            to.push('{');
            for (index, (key, value)) in fields(text)?.into_iter().enumerate() {
                to.push_str(if index == 0 { "" } else { "," });
                write_text(&key, to);
                to.push(':');
                write_canonical(value, to)?;
            }
            to.push('}');
        }
        Some(b'[') => {
            to.push('[');
            for (index, value) in elements(text)?.into_iter().enumerate() {
                to.push_str(if index == 0 { "" } else { "," });
                write_canonical(value, to)?;
            }
            to.push(']');
        }
        // Most texts have nothing that is escaped, and are written as they are read.
        Some(b'"') if text.contains('\\') => write_text(&serde_json::from_str::<String>(text).map_err(Unreadable)?, to),
        Some(b'-' | b'0'..=b'9') => to.push_str(&exact_number(text)),
        _ => to.push_str(text),
    }
    Ok(())
}

fn write_text(text: &str, to: &mut String) {
    if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        to.push_str(&serde_json::Value::from(text).to_string());
    } else {
        to.extend(["\"", text, "\""]);
    }
}

/// The fields of an object in the order of their keys; of several with one key, the last.
fn fields(text: &str) -> Result<BTreeMap<Key<'_>, &RawValue>, Unreadable> {
    serde_json::from_str(text).map_err(Unreadable)
}

fn elements(text: &str) -> Result<Vec<&RawValue>, Unreadable> {
    serde_json::from_str(text).map_err(Unreadable)
}

/// A time in canonical form, cut to the second; whatever else it is stays as it is.
fn cut_to_second(value: String) -> String {
    let time = value.trim_matches('"').parse::<crate::Timestamp>();
    time.map_or(value, |time| format!("\"{}\"", time.to_seconds_string()))
}

/// An object's key, borrowed where nothing in it is escaped.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl std::ops::Deref for Key<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
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

/// Compares two values in canonical form, field by field.
fn compare(path: &str, values: (Option<&String>, Option<&String>), found: &mut Vec<Difference>) {
    if values.0 == values.1 {
        return;
    }
    if let (Some(sent), Some(received)) = values {
        // Canonical form is JSON again.
        if let (Ok(sent), Ok(received)) = (fields(sent), fields(received)) {
            let keys: BTreeSet<&Key<'_>> = sent.keys().chain(received.keys()).collect();
            for key in keys {
                let value = |of: &BTreeMap<Key<'_>, &RawValue>| of.get(key).map(|raw| raw.get().to_owned());
                compare(&format!("{path}.{}", &**key), (value(&sent).as_ref(), value(&received).as_ref()), found);
            }
            return;
        }
        if let (Ok(sent), Ok(received)) = (elements(sent), elements(received))
            && sent.len() == received.len()
        {
            for (index, (sent, received)) in sent.iter().zip(received).enumerate() {
                let (sent, received) = (sent.get().to_owned(), received.get().to_owned());
                compare(&format!("{path}[{index}]"), (Some(&sent), Some(&received)), found);
            }
            return;
        }
    }
    found.push(Difference { path: path.to_owned(), sent: values.0.cloned(), received: values.1.cloned() });
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
    fn a_fingerprint_stays_what_earlier_versions_kept() {
        let envelope =
            r#"{"time": "2021-08-06T08:16:16.5Z", "account":"1", "id":"x", "detail":{"n":[1.50,null],"a\"b":"x\ny"}, "detail-type":"t"}"#;
        let canonical = r#"{"account":"1","detail":{"a\"b":"x\ny","n":[15e-1,null]},"detail-type":"t","time":"2021-08-06T08:16:16Z"}"#;
        assert_eq!(print(envelope).as_str(), hex::encode(Sha256::digest(canonical)), "copies are compared with what was kept at sending");
        let twice = canonical.replace(r#"{"account":"1","#, r#"{"account":"0","account":"1","#);
        assert_eq!(print(&twice), print(envelope), "of several fields with one name the last counts");
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
