//! Whether a `detail` has the shape that iLert's events have: what differs is pointed at, and may be published all the same.

use serde::de::DeserializeOwned;
use waybill_domain::{Assignee, DetailSource, EventType, IncidentId, IncidentStatus, Priority, Timestamp};

use crate::again::Fields;
use crate::view::DetailProblem;

/// The fields of an event's `detail`, in the order of iLert's samples.
const FIELDS: [&str; 9] = ["id", "summary", "details", "reportTime", "status", "eventType", "priority", "alertSource", "assignedTo"];

/// Where a detail differs from the shape of an event of this type; empty for what is no JSON object, which is a problem of another kind.
pub(crate) fn differences(detail: &str, event: EventType) -> Vec<DetailProblem> {
    let Ok(Fields(fields)) = serde_json::from_str::<Fields<'_>>(detail) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in &fields {
        if let Some(message) = difference(name, value.get(), event) {
            let (line, column) = place(detail, value.get());
            found.push(DetailProblem { message, line: Some(line), column: Some(column) });
        }
    }
    let missing = FIELDS.iter().filter(|wanted| !fields.iter().any(|(name, _)| name == *wanted));
    found.extend(missing.map(|name| DetailProblem {
        message: format!("`{name}` is missing; iLert's events have it"),
        line: Some(1),
        column: Some(1),
    }));
    found
}

fn difference(name: &str, value: &str, event: EventType) -> Option<String> {
    match name {
        "id" => mismatch::<IncidentId>(name, value, "an incident's number as text, for example \"3710705\""),
        "summary" | "details" => mismatch::<String>(name, value, "text"),
        "reportTime" => mismatch::<Timestamp>(name, value, "a time such as \"2026-11-23T10:00:00.000Z\""),
        "status" => mismatch::<IncidentStatus>(name, value, "\"PENDING\", \"ACCEPTED\" or \"RESOLVED\""),
        "priority" => mismatch::<Priority>(name, value, "\"HIGH\" or \"LOW\""),
        "alertSource" => mismatch::<DetailSource>(name, value, "an object with a number `id` and a text `name`"),
        "assignedTo" => mismatch::<Option<Assignee>>(name, value, "null, or a person with id, username, firstName, lastName and email"),
        "eventType" => match serde_json::from_str::<EventType>(value) {
            Ok(named) if named == event => None,
            _ => Some(format!("`eventType` is usually the same word as the detail-type, \"{event}\"")),
        },
        _ => Some(format!("iLert's events have no field `{name}`")),
    }
}

fn mismatch<T: DeserializeOwned>(name: &str, value: &str, wanted: &str) -> Option<String> {
    serde_json::from_str::<T>(value).is_err().then(|| format!("`{name}` is usually {wanted}"))
}

/// Line and column of a part of a text, counted from 1, columns in characters.
fn place(text: &str, part: &str) -> (u64, u64) {
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line as u64, column as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use waybill_domain::{AlertSource, AlertSourceId};

    fn sample(event: EventType) -> String {
        let source = AlertSource { id: AlertSourceId(7), name: "Shop".to_owned() };
        let detail = crate::proof::sample(IncidentId(3_710_705), event, &source, Timestamp::from_millis(0));
        serde_json::to_string_pretty(&detail).unwrap()
    }

    #[test]
    fn the_samples_have_the_shape_and_every_field_is_known() {
        for event in EventType::ALL {
            let text = sample(event);
            assert!(differences(&text, event).is_empty(), "{event}: {:?}", differences(&text, event));
            let fields: Vec<String> = serde_json::from_str::<Fields<'_>>(&text).unwrap().0.into_iter().map(|(name, _)| name).collect();
            assert_eq!(fields, FIELDS, "{event}");
        }
    }

    #[test]
    fn each_difference_is_pointed_at() {
        let text = sample(EventType::Created).replace("\"HIGH\"", "\"URGENT\"").replace("\"summary\": ", "\"summary\": 5, \"more\": ");
        let found = differences(&text, EventType::Resolved);
        let said: Vec<(&str, u64)> = found.iter().map(|one| (one.message.as_str(), one.line.unwrap())).collect();
        assert_eq!(
            said,
            [
                ("`summary` is usually text", 3),
                ("iLert's events have no field `more`", 3),
                ("`eventType` is usually the same word as the detail-type, \"incident-resolved\"", 7),
                ("`priority` is usually \"HIGH\" or \"LOW\"", 8),
            ]
        );
        assert_eq!(found[0].column, Some(14), "where the value begins");
        assert_eq!(differences("{}", EventType::Created).len(), FIELDS.len());
        assert!(differences("[", EventType::Created).is_empty());
    }
}
