//! Logging of the event bus, switched on for a run: put back as it was however the run ends, and refused where nobody could read it.

use aws_sdk_eventbridge::types::{IncludeDetail, Level, LogConfig};
use serde_json::{Value, json};

use crate::support::{Cloud, Running, Waybill, until};

const SLOW: [&str; 6] = ["verify", "--bus-logging", "--count", "600", "--rate", "10/s"];

fn config(cloud: &Cloud) -> Option<LogConfig> {
    cloud.wait(cloud.events.describe_event_bus().name(cloud.source()).send()).unwrap().log_config
}

fn set(cloud: &Cloud, level: Level, detail: IncludeDetail) {
    let log = LogConfig::builder().level(level).include_detail(detail).build();
    cloud.wait(cloud.events.update_event_bus().name(cloud.source()).log_config(log).send()).unwrap();
}

/// Starts a slow run, and waits until its bus logs.
fn begun(waybill: &Waybill, cloud: &Cloud) -> Running {
    let running = waybill.start(&SLOW);
    until("the bus to log", || (config(cloud)?.level == Some(Level::Info)).then_some(()));
    running
}

#[test]
fn a_bus_logs_as_before_after_an_interrupt_and_after_a_kill() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    waybill.json(&["verify"]);
    for before in [None, Some(Level::Error)] {
        if let Some(level) = before.clone() {
            set(&cloud, level, IncludeDetail::Full);
        }
        let whole = config(&cloud);
        let running = begun(&waybill, &cloud);
        until("the program to handle an interrupt", || running.handles_interrupts().then_some(()));
        running.signal("INT");
        assert_eq!(running.end().code, Some(130));
        assert_eq!(config(&cloud), whole, "after an interrupt");
        begun(&waybill, &cloud).signal("KILL");
        assert_ne!(config(&cloud), whole, "it was left behind");
        waybill.json(&["runs", "list"]);
        assert_eq!(config(&cloud), whole, "the next program puts it back");
    }
    begun(&waybill, &cloud).signal("KILL");
    set(&cloud, Level::Trace, IncludeDetail::Full);
    let theirs = config(&cloud);
    waybill.json(&["runs", "list"]);
    assert_eq!(config(&cloud), theirs, "what somebody has set since is left alone");
}

#[test]
fn bus_logging_is_refused_where_it_may_not_be_read_or_switched_and_changes_nothing() {
    let waybill = Waybill::with_fixed_key();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    waybill.json(&["verify"]);
    let before = config(&cloud);
    for action in ["logs:FilterLogEvents", "events:UpdateEventBus"] {
        let policy = json!({ "Statement": [
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            { "Effect": "Deny", "Action": action, "Resource": "*" },
        ]});
        let answer = serving.as_user(&waybill, &policy, &["verify", "--bus-logging", "--format", "json"]);
        assert!(answer.code == Some(1) && answer.err.contains(action), "{action} is named: {answer:#?}");
        assert_eq!(config(&cloud), before, "{action}: the bus logs as before");
    }
}

#[test]
fn the_doctor_says_what_it_may_not_read_of_a_log_and_judges_all_the_same() {
    let waybill = Waybill::with_fixed_key();
    let serving = waybill.serve(&[]);
    waybill.json(&["verify"]);
    set(&serving.cloud(), Level::Info, IncludeDetail::None);
    waybill.json(&["sandbox", "faults", "inject", "queue-policy"]);
    assert_eq!(waybill.run(&["verify", "--timeout", "2s"]).code, Some(1));
    let policy = json!({ "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Effect": "Deny", "Action": "logs:*", "Resource": "*" },
    ]});
    let told = |answer: &Value| {
        let check = answer["checks"].as_array().unwrap().iter().find(|check| check["id"] == "queue-policy").unwrap().clone();
        assert_eq!(check["outcome"], "cause");
        let found = check["evidence"].as_array().unwrap().iter().find(|one| one["what"].as_str().unwrap().starts_with("Bus log of"));
        found.unwrap()["value"].as_str().unwrap().to_owned()
    };
    let blind = told(&serving.as_user(&waybill, &policy, &["doctor", "--format", "json"]).json());
    assert!(blind.starts_with("cannot tell: the IAM action `logs:FilterLogEvents` on `arn:aws:logs:eu-central-1:"), "{blind}");
    let seeing = told(&waybill.run(&["doctor", "--format", "json"]).json());
    assert!(seeing.contains("INVOCATION_FAILURE NO_PERMISSIONS arn:aws:sqs:"), "{seeing}");
}
