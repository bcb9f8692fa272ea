//! An account as large as AWS's quotas allow: every list is read to its end, and nothing gets slow.

use std::time::Duration;

use crate::support::Waybill;

/// EventBridge quotas: 100 event buses (the default one is among them), 300 rules for each.
const BUSES: usize = 98;
const RULES: usize = 299;
const QUEUES: usize = 1000;

/// The longest that a command may take on a busy machine.
const QUICK: Duration = Duration::from_secs(15);

#[test]
fn three_hundred_rules_a_thousand_queues_and_a_hundred_buses_slow_nothing_down() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    let cloud = serving.cloud();
    let source = cloud.source();
    for number in 0..BUSES {
        cloud.wait(cloud.events.create_event_bus().name(format!("bus-{number}")).send()).unwrap();
    }
    for number in 0..RULES {
        let pattern = r#"{"detail-type":["somebody-else"]}"#;
        let rule = cloud.events.put_rule().name(format!("rule-{number:03}")).event_bus_name(&source).event_pattern(pattern);
        cloud.wait(rule.send()).unwrap();
    }
    for number in 0..QUEUES {
        cloud.new_queue(&format!("queue-{number}"));
    }
    let event = waybill.file("event.json", &format!(r#"{{"version":"0","id":"00000000-0000-0000-0000-000000000000","detail-type":"somebody-else","source":"{source}","account":"123456789012","time":"2026-11-28T00:00:00Z","region":"eu-central-1","resources":[],"detail":{{}}}}"#));
    for command in
        [&["setup", "status", "Page"][..], &["setup", "plan", "Page"], &["doctor", "Page"], &["verify", "Page"], &["setup", "inbox"]]
    {
        let answer = waybill.run(command);
        assert_eq!(answer.code, Some(0), "{command:?}: {answer:#?}");
        assert!(answer.took < QUICK, "{command:?}: {answer:#?}");
    }
    let matched = waybill.json(&["pattern", "rules", "Page", "--event", &event]);
    let rules = matched["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RULES + 1, "every page of the rules is read");
    let undone = waybill.json(&["setup", "undo", "Page"]);
    assert!(undone["kept"].to_string().contains("further rules"), "a bus with rules of others stays: {undone}");
}
