//! The envelope in which events arrive.

use jiff::Timestamp;
use serde_json::Value;

/// What an envelope is made of.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    /// The event id, also told to the publisher.
    pub(crate) id: &'a str,
    /// `detail-type`
    pub(crate) detail_type: &'a str,
    /// `source`
    pub(crate) source: &'a str,
    /// The bus's account.
    pub(crate) account: &'a str,
    /// Seconds since 1970.
    pub(crate) time: i64,
    /// The bus's region.
    pub(crate) region: &'a str,
    /// `resources`
    pub(crate) resources: &'a [String],
    /// A JSON object; goes through as it is.
    pub(crate) detail: &'a str,
}

impl Envelope<'_> {
    /// The JSON text, members in AWS's order.
    pub(crate) fn text(&self) -> String {
        let mut out = String::with_capacity(320 + self.detail.len() + self.source.len());
        out.push_str(r#"{"version":"0","id":"#);
        push_text(&mut out, self.id);
        out.push_str(r#","detail-type":"#);
        push_text(&mut out, self.detail_type);
        out.push_str(r#","source":"#);
        push_text(&mut out, self.source);
        out.push_str(r#","account":"#);
        push_text(&mut out, self.account);
        out.push_str(r#","time":"#);
        push_text(&mut out, &whole_seconds(self.time));
        out.push_str(r#","region":"#);
        push_text(&mut out, self.region);
        out.push_str(r#","resources":["#);
        for (index, resource) in self.resources.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            push_text(&mut out, resource);
        }
        out.push_str(r#"],"detail":"#);
        out.push_str(self.detail);
        out.push('}');
        out
    }
}

fn push_text(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}

/// `2026-11-23T15:00:00Z`; a time that no calendar has becomes the epoch.
fn whole_seconds(time: i64) -> String {
    Timestamp::from_second(time).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stand_in_awss_order_and_the_detail_is_untouched() {
        let resources = ["ilert".to_owned(), "a\"b".to_owned()];
        let envelope = Envelope {
            id: "i",
            detail_type: "incident-created",
            source: "aws.partner/ilert.com/test/1",
            account: "012345678901",
            time: 1_603_700_176,
            region: "eu-central-1",
            resources: &resources,
            detail: r#"{ "n": 1.000000000000000000001, "z": 1, "a": 2 }"#,
        };
        assert_eq!(
            envelope.text(),
            r#"{"version":"0","id":"i","detail-type":"incident-created","source":"aws.partner/ilert.com/test/1","account":"012345678901","time":"2020-10-26T08:16:16Z","region":"eu-central-1","resources":["ilert","a\"b"],"detail":{ "n": 1.000000000000000000001, "z": 1, "a": 2 }}"#
        );
    }
}
