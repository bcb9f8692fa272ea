//! `waybill verify` on a chain that works.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{NINE, REGION, Waybill, counts_add_up, is_run, is_summary, verdicts};

const NOTHING_ELSE: [&str; 10] =
    ["rejected", "not_sent", "waiting", "held_back", "late", "duplicate", "changed", "missing", "unknown", "unexpected"];

#[test]
fn an_empty_data_folder_ends_with_nine_of_nine() {
    let waybill = Waybill::new();
    let run = waybill.json(&["verify"]);
    is_run(&run);
    counts_add_up(&run);
    let texts = (run["connection"].as_str(), run["mode"].as_str(), run["action"].as_str(), run["state"].as_str());
    assert_eq!(texts, (Some("sandbox"), Some("partner"), Some("Demo action"), Some("closed")));
    assert_eq!((&run["proven"], &run["amended"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!((run["published"].as_u64(), run["accepted"].as_u64(), run["delivered"].as_u64()), (Some(9), Some(9), Some(9)));
    for count in NOTHING_ELSE {
        assert_eq!(run[count], 0, "{count}");
    }
    assert_eq!(run["poller"]["gaps"], 0);
    assert!(run["poller"]["receives"].as_u64().unwrap() >= 1);
    assert!(run["latency_ms"].as_object().unwrap().values().all(Value::is_number), "{}", run["latency_ms"]);
    assert_eq!(run["drift"].as_array().unwrap().len(), 0);
    let expected: Vec<_> = NINE.map(|name| (name.to_owned(), "delivered".to_owned())).to_vec();
    assert_eq!(verdicts(&run), expected, "in the order of iLert's page");
    for event in run["events"].as_array().unwrap() {
        assert!(
            event["expected"] == true && event["copies"] == 1 && event["latency_ms"].is_number() && event["reason"].is_null(),
            "{event}"
        );
        for known in ["event_id", "request_id", "published_at", "accepted_at", "received_at"] {
            assert!(event[known].is_string(), "{known}: {event}");
        }
    }
}

#[test]
fn a_second_run_uses_the_chain_that_is_there() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    let parts = || {
        let bus = cloud.source();
        let rule = cloud.rule(&bus);
        let targets: Vec<_> = cloud.targets(&bus, &rule).into_iter().map(|target| target.arn).collect();
        (cloud.sources(), cloud.partner_buses(), rule, targets, cloud.queue(), cloud.policy(&cloud.queue()))
    };
    let first = waybill.json(&["verify"]);
    let made = parts();
    assert_eq!((made.0[0].1.as_str(), made.1.len(), made.3.len()), ("ACTIVE", 1, 1));
    let second = waybill.json(&["verify"]);
    assert_eq!(parts(), made, "one source, bus, rule, target, queue, and its policy as it was");
    let incidents = |run: &Value| run["events"].as_array().unwrap().iter().map(|e| e["incident_id"].to_string()).collect::<BTreeSet<_>>();
    assert!(incidents(&first).is_disjoint(&incidents(&second)), "incident ids are never used twice");
    assert_eq!((&first["action_id"], &second["proven"]), (&second["action_id"], &Value::Bool(true)));
    assert_eq!(cloud.held(&cloud.queue()), 0, "own messages are deleted");
}

#[test]
fn runs_are_listed_newest_first_and_shown_as_they_were_reported() {
    let waybill = Waybill::new();
    let _serving = waybill.serve(&[]);
    let (first, second) = (waybill.json(&["verify"]), waybill.json(&["verify", "--events", "incident-created,incident-resolved"]));
    let list = waybill.json(&["runs", "list"]);
    assert_eq!(list["schema"], "waybill.runs/1");
    let listed = list["runs"].as_array().unwrap();
    listed.iter().for_each(is_summary);
    let ids: Vec<_> = listed.iter().map(|run| &run["run_id"]).collect();
    assert_eq!(ids, [&second["run_id"], &first["run_id"]]);
    for run in [&first, &second] {
        assert_eq!(waybill.json(&["runs", "show", run["run_id"].as_str().unwrap()]), *run, "the kept run is the reported one");
    }
    let shown = waybill.run(&["runs", "show", second["run_id"].as_str().unwrap()]);
    assert!(shown.out.contains("Proven: 2 of 2 delivered") && !shown.out.contains('\x1b'), "{shown:#?}");
    let listed = waybill.run(&["runs", "list"]);
    assert!(listed.out.contains(first["run_id"].as_str().unwrap()) && listed.out.contains("proven"), "{listed:#?}");
}

#[test]
fn more_events_than_types_cycle_through_the_types_and_each_cycle_is_an_incident() {
    let waybill = Waybill::new();
    let run = waybill.json(&["verify", "--count", "25", "--rate", "200/s"]);
    is_run(&run);
    assert_eq!((run["delivered"].as_u64(), run["proven"].as_bool()), (Some(25), Some(true)));
    let events = run["events"].as_array().unwrap();
    let about: BTreeSet<_> = events.iter().map(|event| (event["incident_id"].to_string(), event["event_type"].to_string())).collect();
    assert_eq!(about.len(), 25, "(incident, type) is unique");
    let incidents: BTreeSet<_> = events.iter().map(|event| event["incident_id"].to_string()).collect();
    assert_eq!(incidents.len(), 3);
    assert!(run["duration_ms"].as_u64().unwrap() >= 24 * 5, "200 per second are not sent faster: {}", run["duration_ms"]);
}

#[test]
fn a_manual_action_is_proven_because_verify_counts_as_the_click() {
    let waybill = Waybill::new();
    let place = ["--account", "123456789012", "--region", REGION, "--events", "incident-created"];
    let made = ["actions", "create", "--name", "By hand", "--alert-source", "Desk", "--trigger-mode", "manual"];
    assert_eq!(waybill.json(&[&made[..], &place].concat())["trigger_mode"], "manual");
    assert_eq!(waybill.json(&["verify", "By hand"])["proven"], true);
}

#[test]
fn an_action_in_another_region_is_proven_there() {
    let waybill = Waybill::new();
    let made = ["actions", "create", "--name", "Overseas", "--alert-source", "Far", "--trigger-mode", "automatic"];
    waybill.json(&[&made[..], &["--account", "123456789012", "--region", "us-west-2", "--events", "all"]].concat());
    let run = waybill.json(&["verify"]);
    assert_eq!((run["action"].as_str(), run["delivered"].as_u64()), (Some("Overseas"), Some(9)), "the only action is meant");
}

#[test]
fn people_get_a_line_per_event_and_the_verdict() {
    let answer = Waybill::new().run(&["verify"]);
    assert_eq!(answer.code, Some(0), "{answer:#?}");
    for name in NINE {
        assert!(answer.out.contains(&format!("Delivered   {name}")), "{name}: {}", answer.out);
    }
    assert!(answer.out.contains("Proven: 9 of 9 delivered, the poller had no gap"), "{}", answer.out);
    assert_eq!(answer.err, "", "nothing is to be complained about, and no progress goes to a pipe");
}
