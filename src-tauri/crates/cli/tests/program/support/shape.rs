//! The shape of a run's JSON, exactly as the contract of the command line says it.

use serde_json::Value;

const COUNTS: [&str; 14] = [
    "published",
    "accepted",
    "rejected",
    "not_sent",
    "waiting",
    "delivered",
    "held_back",
    "late",
    "duplicate",
    "changed",
    "missing",
    "unknown",
    "unexpected",
    "total",
];

const VERDICTS: [&str; 11] =
    ["not_sent", "rejected", "waiting", "delivered", "held_back", "late", "duplicate", "changed", "missing", "unknown", "unexpected"];

/// Checks a run with its events.
#[track_caller]
pub fn is_run(run: &Value) {
    has_keys(run, &[&SUMMARY[..], &["drift", "evidence", "events", "sha256"]].concat());
    is_summary_content(run);
    assert!(run["drift"].as_array().unwrap().iter().all(Value::is_string));
    is_evidence(run);
    assert!(run["sha256"].as_str().is_some_and(is_sha256), "{}", run["sha256"]);
    let events = run["events"].as_array().unwrap();
    assert_eq!(events.len() as u64, run["total"].as_u64().unwrap(), "every event is listed");
    events.iter().for_each(is_event);
}

#[track_caller]
fn is_evidence(run: &Value) {
    let evidence = &run["evidence"];
    let keys = ["state", "sha256", "waybill_version", "clock_at_close", "clock_drift_ms", "gaps", "foreign_messages", "circumstances"];
    has_keys(evidence, &keys);
    let state = if run["state"] == "closed" { "intact" } else { "open" };
    assert_eq!(evidence["state"], state, "{evidence}");
    assert_eq!(evidence["sha256"].as_str().is_some_and(is_sha256), state == "intact", "{evidence}");
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Checks a run without its events.
#[track_caller]
pub fn is_summary(run: &Value) {
    has_keys(run, &SUMMARY);
    is_summary_content(run);
}

/// The verdict of each event in the order of publishing, with its type.
pub fn verdicts(run: &Value) -> Vec<(String, String)> {
    let text = |value: &'_ Value| value.as_str().unwrap().to_owned();
    run["events"].as_array().unwrap().iter().map(|event| (text(&event["event_type"]), text(&event["verdict"]))).collect()
}

/// Checks that the counts are those of the listed events, and add up to all of them.
#[track_caller]
pub fn counts_add_up(run: &Value) {
    let listed = verdicts(run);
    for verdict in VERDICTS {
        let also = if verdict == "delivered" { "duplicate" } else { verdict };
        let many = listed.iter().filter(|(_, one)| one == verdict || one == also).count();
        assert_eq!(run[verdict], many, "{verdict} of run {}", run["run_id"]);
    }
    let sum: u64 = VERDICTS.iter().filter(|name| **name != "duplicate").map(|name| run[name].as_u64().unwrap()).sum();
    assert_eq!(run["total"], sum, "every event has one verdict");
}

/// The contract's fields, then those that were added to them.
const SUMMARY: [&str; 28] = [
    "schema",
    "run_id",
    "connection",
    "mode",
    "action",
    "proven",
    "amended",
    "published",
    "accepted",
    "rejected",
    "not_sent",
    "waiting",
    "delivered",
    "held_back",
    "late",
    "duplicate",
    "changed",
    "missing",
    "unknown",
    "unexpected",
    "poller",
    "latency_ms",
    "duration_ms",
    "action_id",
    "started_at",
    "closed_at",
    "state",
    "total",
];

#[track_caller]
fn is_summary_content(run: &Value) {
    assert_eq!(run["schema"], "waybill.run/1");
    for name in ["run_id", "connection", "mode", "action", "action_id", "state"] {
        assert!(run[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {}", run[name]);
    }
    for name in ["proven", "amended"] {
        assert!(run[name].is_boolean(), "{name}: {}", run[name]);
    }
    for name in COUNTS {
        assert!(run[name].is_u64(), "{name}: {}", run[name]);
    }
    has_keys(&run["poller"], &["gaps", "receives"]);
    assert!(run["poller"]["gaps"].is_u64() && run["poller"]["receives"].is_u64(), "{}", run["poller"]);
    has_keys(&run["latency_ms"], &["p50", "p95", "p99", "max"]);
    assert!(run["latency_ms"].as_object().unwrap().values().all(is_number_or_null), "{}", run["latency_ms"]);
    assert!(is_number_or_null(&run["duration_ms"]), "{}", run["duration_ms"]);
    is_time(&run["started_at"]);
    is_time_or_null(&run["closed_at"]);
}

#[track_caller]
fn is_event(event: &Value) {
    let times = ["published_at", "accepted_at", "received_at"];
    let rest = ["event_type", "incident_id", "event_id", "expected", "verdict", "latency_ms", "copies", "request_id", "reason"];
    has_keys(event, &[&times[..], &rest].concat());
    times.iter().for_each(|name| is_time_or_null(&event[name]));
    assert!(super::NINE.contains(&event["event_type"].as_str().unwrap()), "{event}");
    assert!(event["incident_id"].as_str().is_some_and(|id| id.parse::<u64>().is_ok()), "{event}");
    assert!(event["expected"].is_boolean() && event["copies"].is_u64() && is_number_or_null(&event["latency_ms"]), "{event}");
    assert!(VERDICTS.contains(&event["verdict"].as_str().unwrap()), "{event}");
    for name in ["event_id", "request_id", "reason"] {
        assert!(event[name].is_null() || event[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {event}");
    }
}

#[track_caller]
fn has_keys(object: &Value, wanted: &[&str]) {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wanted = wanted.to_vec();
    keys.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(keys, wanted, "scripts rely on these names");
}

fn is_number_or_null(value: &Value) -> bool {
    value.is_null() || value.is_number()
}

#[track_caller]
fn is_time_or_null(value: &Value) {
    if !value.is_null() {
        is_time(value);
    }
}

/// RFC 3339 in UTC with milliseconds.
#[track_caller]
fn is_time(value: &Value) {
    let text = value.as_str().unwrap();
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "0000-00-00T00:00:00.000Z", "{text}");
}
