//! The digests that SQS answers with, so that clients can tell a damaged message.

use md5::{Digest, Md5};
use sha2::Sha256;

use super::message::{Attributes, Value};

/// `MD5OfMessageBody`: the MD5 of the body's UTF-8 bytes, as lower-case hex.
pub(crate) fn of_body(body: &str) -> String {
    hex::encode(Md5::digest(body))
}

/// `MD5OfMessageAttributes`; `None` without attributes.
///
/// Over the attributes in order of their names: name, data type, a byte for the kind of transport
/// (1 text, 2 binary) and the value, each with its length before it as four bytes, big-endian
/// (SQS developer guide, "Calculating the MD5 message digest for message attributes").
pub(crate) fn of_attributes<'a>(attributes: impl Iterator<Item = (&'a String, &'a Value)>) -> Option<String> {
    let mut digest = Md5::new();
    let mut any = false;
    for (name, value) in attributes {
        any = true;
        add(&mut digest, name.as_bytes());
        add(&mut digest, value.data_type().as_bytes());
        match value {
            Value::Text { text, .. } => {
                digest.update([1]);
                add(&mut digest, text.as_bytes());
            }
            Value::Bytes { bytes, .. } => {
                digest.update([2]);
                add(&mut digest, bytes);
            }
        }
    }
    any.then(|| hex::encode(digest.finalize()))
}

/// `MD5OfMessageSystemAttributes`; `AWSTraceHeader` is the only one that can be sent.
pub(crate) fn of_trace_header(header: Option<&str>) -> Option<String> {
    let value = Value::Text { data_type: "String".into(), text: header?.to_owned() };
    let attributes = Attributes::from([("AWSTraceHeader".to_owned(), value)]);
    of_attributes(attributes.iter())
}

/// The deduplication id of a message on a queue with content-based deduplication: SHA-256 of the body.
pub(crate) fn deduplication_id(body: &str) -> String {
    hex::encode(Sha256::digest(body))
}

fn add(digest: &mut Md5, part: &[u8]) {
    let length = u32::try_from(part.len()).expect("a message is far below 4 GiB");
    digest.update(length.to_be_bytes());
    digest.update(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, data_type: &str, text: &str) -> (String, Value) {
        (name.into(), Value::Text { data_type: data_type.into(), text: text.into() })
    }

    /// Digests recorded from AWS.
    #[test]
    fn digests_are_those_that_aws_answers() {
        assert_eq!(of_body("msg"), "6e2baaf3b97dbeef01c0043275f9a0e7");
        let kenobi = [text("General", "String", "Kenobi"), text("Hello", "String", "There"), text("Help.Me", "String", "Me")];
        let binary = Value::Bytes {
            data_type: "Binary".into(),
            bytes: b"traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01".to_vec(),
        };
        for (attributes, digest) in [
            (Attributes::from(kenobi.clone()), "4c360f3fdafd970e05fae2f149d997f5"),
            (Attributes::from([kenobi[1].clone()]), "a311262e065454b75da111d535b8dacd"),
            (Attributes::from([text("Foo", "String", "Bar")]), "ae7155c6026991b6d54b11589678bf9c"),
            (Attributes::from([("attr1".into(), binary)]), "8cbe4db156db8a94db8b801b7addb984"),
        ] {
            assert_eq!(of_attributes(attributes.iter()).as_deref(), Some(digest), "{attributes:?}");
        }
        assert_eq!(of_attributes(Attributes::new().iter()), None, "no attributes, no digest");
    }
}
