//! Credentials that end in the middle of a run and cannot be renewed for a while.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{ACCOUNT, REGION, Serving, Waybill, order, until};

/// What `credential_process` prints (AWS SDKs and Tools reference guide, "Process credential provider").
fn credentials(serving: &Serving, valid_for: Duration) -> Value {
    let policy = json!({ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
    let millis = i64::try_from(valid_for.as_millis()).unwrap();
    let user = order(serving, "/_waybill/users", &json!({ "policy": policy, "valid_for_ms": millis }));
    let ends = std::time::SystemTime::now() + valid_for;
    let ends =
        waybill_domain::Timestamp::from_millis(i64::try_from(ends.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()).unwrap());
    json!({
        "Version": 1,
        "AccessKeyId": user["access_key_id"],
        "SecretAccessKey": user["secret_access_key"],
        "SessionToken": user["session_token"],
        "Expiration": ends,
    })
}

/// Runs `count` events at five a second over credentials that hold for `valid_for`, cannot be renewed from the first gap on for `away`, and
/// then can.
fn run_over(count: u32, valid_for: Duration, away: Duration) -> Value {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = Waybill::new();
    let file = waybill.file("credentials.json", &credentials(&serving, valid_for).to_string());
    let config = waybill.file("config", &format!("[profile short]\ncredential_process = cat {file}\n"));
    let waybill = waybill.with("AWS_CONFIG_FILE", &config);
    let place = ["--kind", "endpoint", "--region", REGION, "--endpoint-url", serving.endpoint(), "--settle", "0s", "--profile", "short"];
    waybill.json(&[&["connections", "add", "other"], &place[..]].concat());
    let place = ["--account", ACCOUNT, "--region", REGION, "--trigger-mode", "automatic", "--events", "all"];
    waybill.json(&[&["actions", "create", "--connection", "other", "--name", "Page", "--alert-source", "S"], &place[..]].concat());
    let count = count.to_string();
    let mut running = waybill.start(&["verify", "Page", "--connection", "other", "--count", &count, "--rate", "5/s", "--format", "json"]);
    until("the first events to be delivered", || (so_far(&waybill)?["delivered"].as_u64()? > 0).then_some(()));
    std::fs::remove_file(Path::new(&file)).unwrap();
    until("the poller to be without credentials", || (so_far(&waybill)?["poller"]["gaps"].as_u64()? > 0).then_some(()));
    std::thread::sleep(away);
    std::fs::write(&file, credentials(&serving, Duration::from_secs(3600)).to_string()).unwrap();
    // A long run is waited for as long as it goes on.
    while running.goes_on() {
        let before = settled(&waybill);
        until("the run to go on", || (settled(&waybill) > before || !running.goes_on()).then_some(()));
    }
    let answer = running.end();
    assert_ne!(answer.code, Some(3), "the run is not lost: {answer:#?}");
    answer.json()
}

fn so_far(waybill: &Waybill) -> Option<Value> {
    waybill.json(&["runs", "list"])["runs"].as_array()?.first().cloned()
}

fn settled(waybill: &Waybill) -> u64 {
    let waiting_or_not =
        so_far(waybill).map(|run| (run["total"].as_u64().unwrap_or_default(), run["waiting"].as_u64().unwrap_or_default()));
    waiting_or_not.map_or(0, |(total, waiting)| total.saturating_sub(waiting))
}

/// Whatever became of an event, it is never said to be missing; the gap and its reason are told.
#[track_caller]
fn is_honest(run: &Value) {
    let count = |name: &str| run[name].as_u64().unwrap();
    assert_eq!((count("missing"), count("rejected"), count("changed")), (0, 0, 0), "{run}");
    assert_eq!(count("delivered") + count("late") + count("unknown") + count("not_sent"), count("total"), "{run}");
    let gaps = run["evidence"]["gaps"].as_array().unwrap();
    let is_named = gaps.iter().any(|gap| gap["why"].as_str().unwrap().contains("credentials"));
    assert!(run["proven"] == true || is_named, "proven, or the gap is named: {gaps:?}");
    assert!(count("delivered") > 30, "the run went on after the credentials were renewed: {run}");
}

#[test]
fn credentials_that_end_in_a_run_pause_it_and_never_make_an_event_missing() {
    is_honest(&run_over(60, Duration::from_secs(12), Duration::ZERO));
}

#[test]
#[ignore = "takes three minutes: the schedule of the promise, 60 s and then 30 s without"]
fn credentials_of_a_minute_and_half_a_minute_without_any_lose_no_run() {
    is_honest(&run_over(900, Duration::from_secs(60), Duration::from_secs(30)));
}
