//! Entries of `PutEvents` and `PutPartnerEvents`: what is checked before anything is published.

use serde::{Deserialize, Serialize};

use super::detail;
use super::envelope::Envelope;
use crate::error::ApiError;

/// The total must stay below (`API_PutEvents`: "The total entry size must be less than 1MB").
const TOTAL_LIMIT: usize = 1024 * 1024;
/// What a `Time` counts (user guide, "Calculating PutEvents event entry size").
const TIME_SIZE: usize = 14;
/// Characters of a `DetailType`.
const DETAIL_TYPE_LIMIT: usize = 128;

/// What both operations' entries have in common.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Entry {
    /// Seconds since 1970; the time of the call where it is left out.
    pub(crate) time: Option<f64>,
    /// Who says it.
    pub(crate) source: Option<String>,
    /// What it is about.
    pub(crate) resources: Option<Vec<String>>,
    /// Which kind of event.
    pub(crate) detail_type: Option<String>,
    /// A JSON object, as text.
    pub(crate) detail: Option<String>,
    /// Not part of a partner's entries.
    pub(crate) event_bus_name: Option<String>,
    /// An X-Ray header; not part of a partner's entries.
    pub(crate) trace_header: Option<String>,
}

/// An entry that can be published.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// Who says it.
    pub(crate) source: String,
    /// The bus; none for the default one.
    pub(crate) bus: Option<String>,
    /// What it is about.
    pub(crate) detail_type: String,
    /// The X-Ray header that its messages carry on.
    pub(crate) trace_header: Option<String>,
    /// The event's id.
    pub(crate) id: String,
    /// The envelope as it will arrive.
    pub(crate) envelope: String,
}

/// Why one entry is not published while the others are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Rejected {
    /// AWS's code.
    pub(crate) error_code: &'static str,
    /// AWS's sentence.
    pub(crate) error_message: String,
}

impl Rejected {
    /// `InvalidArgument` for a member.
    pub(crate) fn argument(name: &str, reason: &str) -> Self {
        Self { error_code: "InvalidArgument", error_message: format!("Parameter {name} is not valid. Reason: {reason}") }
    }

    fn missing(name: &str) -> Self {
        Self::argument(name, &format!("{name} is a required argument."))
    }

    fn malformed() -> Self {
        Self { error_code: "MalformedDetail", error_message: "Detail is malformed.".into() }
    }
}

impl Entry {
    /// Its size as AWS counts it, in bytes.
    pub(crate) fn size(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let resources: usize = self.resources.iter().flatten().map(String::len).sum();
        let time = if self.time.is_some() { TIME_SIZE } else { 0 };
        time + length(&self.source) + length(&self.detail_type) + length(&self.detail) + resources
    }

    /// The entry as an event, if it can be published.
    ///
    /// # Errors
    /// The entry's own failure; the other entries go on.
    pub(crate) fn accept(self, id: String, place: &Place<'_>) -> Result<Accepted, Rejected> {
        let source = required("Source", self.source)?;
        let detail_type = required("DetailType", self.detail_type)?;
        let detail = required("Detail", self.detail)?;
        if detail_type.chars().count() > DETAIL_TYPE_LIMIT {
            let reason = format!("DetailType must have length less than or equal to {DETAIL_TYPE_LIMIT}.");
            return Err(Rejected::argument("DetailType", &reason));
        }
        if !detail::is_acceptable(&detail) {
            return Err(Rejected::malformed());
        }
        let envelope = Envelope {
            id: &id,
            detail_type: &detail_type,
            source: &source,
            account: place.account,
            time: self.time.map_or(place.now_ms.div_euclid(1000), whole_seconds),
            region: place.region,
            resources: self.resources.as_deref().unwrap_or_default(),
            detail: detail.trim(),
        };
        let envelope = envelope.text();
        Ok(Accepted { bus: self.event_bus_name, trace_header: self.trace_header, source, detail_type, id, envelope })
    }
}

/// Where and when entries are published.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// The bus's account.
    pub(crate) account: &'a str,
    /// The bus's region.
    pub(crate) region: &'a str,
    /// The time of the call.
    pub(crate) now_ms: i64,
}

fn required(name: &str, value: Option<String>) -> Result<String, Rejected> {
    value.filter(|text| !text.is_empty()).ok_or_else(|| Rejected::missing(name))
}

#[allow(clippy::cast_possible_truncation, reason = "a float is cut to the range of i64")]
fn whole_seconds(time: f64) -> i64 {
    time.floor() as i64
}

/// Refuses the whole call where its entries are too much together.
pub(crate) fn check_total(entries: &[Entry]) -> Result<(), ApiError> {
    let total: usize = entries.iter().map(Entry::size).sum();
    if total < TOTAL_LIMIT {
        return Ok(());
    }
    Err(ApiError::validation("Total size of the entries in the request is over the limit."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> = Place { account: "123456789012", region: "eu-central-1", now_ms: 1_999 };

    fn entry(detail: &str) -> Entry {
        Entry {
            time: None,
            source: Some("ilert.probe".into()),
            resources: None,
            detail_type: Some("incident-created".into()),
            detail: Some(detail.into()),
            event_bus_name: None,
            trace_header: None,
        }
    }

    #[test]
    fn an_entry_without_a_required_member_is_refused_by_its_name() {
        let cases = [
            ("Source", Entry { source: None, ..entry("{}") }),
            ("DetailType", Entry { detail_type: None, ..entry("{}") }),
            ("Detail", Entry { detail: None, ..entry("{}") }),
        ];
        for (name, entry) in cases {
            let rejected = entry.accept("i".into(), &PLACE).unwrap_err();
            assert_eq!(rejected.error_code, "InvalidArgument");
            assert_eq!(rejected.error_message, format!("Parameter {name} is not valid. Reason: {name} is a required argument."));
        }
    }

    #[test]
    fn a_detail_must_be_a_json_object() {
        for detail in ["[1]", "\"text\"", "{", "{} {}", "1"] {
            let rejected = entry(detail).accept("i".into(), &PLACE).unwrap_err();
            assert_eq!(rejected.error_code, "MalformedDetail", "{detail}");
        }
        assert!(entry(" {\"a\":1}\n").accept("i".into(), &PLACE).is_ok(), "space around it does not hurt");
    }

    #[test]
    fn the_time_is_cut_to_the_second() {
        let given = Entry { time: Some(1_603_700_176.987), ..entry("{}") };
        let accepted = given.accept("i".into(), &PLACE).unwrap();
        assert!(accepted.envelope.contains(r#""time":"2020-10-26T08:16:16Z""#), "{}", accepted.envelope);
        let without = entry("{}").accept("i".into(), &PLACE).unwrap();
        assert!(without.envelope.contains(r#""time":"1970-01-01T00:00:01Z""#), "the time of the call");
    }

    #[test]
    fn the_total_must_stay_below_one_mebibyte() {
        let fixed = entry("").size();
        let of = |length: usize| [entry(&"x".repeat(length))];
        assert!(check_total(&of(TOTAL_LIMIT - fixed - 1)).is_ok());
        assert!(check_total(&of(TOTAL_LIMIT - fixed)).is_err(), "the limit itself is too much");
        let timed = Entry { time: Some(0.0), ..entry("") };
        assert_eq!(timed.size(), fixed + 14, "a time counts 14 bytes");
    }
}
