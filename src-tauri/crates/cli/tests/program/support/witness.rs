//! A second target of the same rule: it gets a copy of everything that the bus really passed on, and Waybill never reads it.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_eventbridge::types::Target;
use serde_json::{Value, json};

use super::Cloud;

/// A queue of the test's own behind the rule of a chain.
pub struct Witness {
    url: String,
    seen: BTreeMap<String, (String, String)>,
}

impl Witness {
    /// Puts a witness beside the target of the only rule of the only partner bus.
    pub fn beside(cloud: &Cloud) -> Self {
        let bus = cloud.source();
        let rule = cloud.rule(&bus);
        let url = cloud.new_queue("witness");
        let arn = cloud.arn(&url);
        let described = cloud.wait(cloud.events.describe_rule().event_bus_name(&bus).name(&rule).send()).unwrap();
        let policy = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": described.arn().unwrap()}}}]});
        cloud.set_policy(&url, &policy.to_string());
        let target = Target::builder().id("witness").arn(arn).build().unwrap();
        let put = cloud.events.put_targets().event_bus_name(&bus).rule(&rule).targets(target);
        assert_eq!(cloud.wait(put.send()).unwrap().failed_entry_count(), 0);
        Self { url, seen: BTreeMap::new() }
    }

    /// Takes in everything that was passed on since the last look, and answers it.
    pub fn look(&mut self, cloud: &Cloud) -> Vec<String> {
        let bodies = cloud.drain(&self.url);
        for body in &bodies {
            let envelope: Value = serde_json::from_str(body).unwrap();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let about = (text(&envelope["detail"]["id"]), text(&envelope["detail-type"]));
            self.seen.insert(text(&envelope["id"]), about);
        }
        bodies
    }

    /// Checks a run against what was really passed on: nothing that came is missing from the list or called unsent, and nothing is called
    /// read that never came.
    #[track_caller]
    pub fn confirms(&self, run: &Value) {
        let events = run["events"].as_array().unwrap();
        let about = |event: &Value| (event["incident_id"].as_str().unwrap().to_owned(), event["event_type"].as_str().unwrap().to_owned());
        let came: BTreeSet<_> = self.seen.values().cloned().collect();
        for event in events {
            let verdict = event["verdict"].as_str().unwrap();
            match verdict {
                "delivered" | "duplicate" | "late" | "changed" => assert!(came.contains(&about(event)), "never passed on: {event}"),
                "not_sent" | "rejected" | "held_back" | "missing" => assert!(!came.contains(&about(event)), "was passed on: {event}"),
                _ => {}
            }
            if let Some(id) = event["event_id"].as_str().filter(|id| self.seen.contains_key(*id)) {
                assert_eq!(self.seen[id], about(event), "another event has this id: {event}");
            }
        }
        let listed: BTreeSet<_> = events.iter().map(about).collect();
        let of_run = |about: &&(String, String)| events.iter().any(|event| event["incident_id"] == about.0.as_str());
        let unlisted: Vec<_> = came.iter().filter(of_run).filter(|about| !listed.contains(*about)).collect();
        assert!(unlisted.is_empty(), "was published but is not listed: {unlisted:?}");
    }

    /// Checks that whatever was put on the bus more than once is shown so; answers how many events that are.
    #[track_caller]
    pub fn saw_no_secret_repetition(&self, run: &Value) -> usize {
        let mut ids: BTreeMap<&(String, String), u64> = BTreeMap::new();
        self.seen.values().for_each(|about| *ids.entry(about).or_default() += 1);
        let mut repeated = 0;
        for event in run["events"].as_array().unwrap() {
            let about = (event["incident_id"].as_str().unwrap().to_owned(), event["event_type"].as_str().unwrap().to_owned());
            if ids.get(&about).is_some_and(|ids| *ids > 1) {
                repeated += 1;
                assert!(event["copies"].as_u64() > Some(1) || event["verdict"] == "unknown", "was put on the bus twice in secret: {event}");
            }
        }
        repeated
    }

    /// How many events were passed on since the last look.
    pub fn held(&self, cloud: &Cloud) -> u32 {
        cloud.held(&self.url)
    }

    /// How many events were passed on up to the last look.
    pub fn count(&self) -> usize {
        self.seen.len()
    }
}
