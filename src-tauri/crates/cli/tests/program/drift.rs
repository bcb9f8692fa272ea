//! `waybill adopt` and `waybill drift`: a chain that somebody made by hand.

use aws_sdk_eventbridge::types::{RuleState, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::{Value, json};

use crate::support::{Cloud, Serving, Waybill};

/// A statement of somebody else's, as nobody but a person would write it.
const THEIRS: &str =
    r#"{"Sid":"theirs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":["sqs:SendMessage"],"Resource":"*"}"#;

/// A chain made by hand, beside another rule on the same bus.
struct Hand {
    waybill: Waybill,
    _serving: Serving,
    cloud: Cloud,
    bus: String,
    url: String,
}

impl Hand {
    fn made() -> Self {
        let waybill = Waybill::new();
        let serving = waybill.serve(&[]);
        waybill.action("Page", "all");
        let cloud = serving.cloud();
        let bus = cloud.source();
        cloud.wait(cloud.events.create_event_bus().name(&bus).event_source_name(&bus).send()).unwrap();
        let (url, other) = (cloud.new_queue("orders"), cloud.new_queue("others"));
        for (rule, queue) in [("by-hand", &url), ("of-others", &other)] {
            let put = cloud.events.put_rule().name(rule).event_bus_name(&bus).description(format!("{rule}'s own"));
            cloud.wait(put.event_pattern(r#"{"account": ["123456789012"]}"#).send()).unwrap();
            let target = Target::builder().id("t1").arn(cloud.arn(queue)).build().unwrap();
            cloud.wait(cloud.events.put_targets().rule(rule).event_bus_name(&bus).targets(target).send()).unwrap();
        }
        let hand = Self { waybill, _serving: serving, cloud, bus, url };
        hand.cloud.set_policy(&hand.url, &format!(r#"{{"Version":"2012-10-17","Statement":[{THEIRS},{}]}}"#, hand.grant()));
        hand
    }

    /// The statement that lets the rule send, as somebody else wrote it.
    fn grant(&self) -> Value {
        let rule = format!("arn:aws:events:eu-central-1:123456789012:rule/{}/by-hand", self.bus);
        json!({ "Sid": "rule", "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": self.cloud.arn(&self.url), "Condition": { "ArnEquals": { "aws:SourceArn": rule } } })
    }

    /// Everything on AWS that this is about, in words.
    fn everything(&self) -> Value {
        let rules = ["by-hand", "of-others"].map(|rule| {
            let described = self.cloud.wait(self.cloud.events.describe_rule().name(rule).event_bus_name(&self.bus).send());
            let described = described.map(|found| format!("{:?} {:?} {:?}", found.state, found.event_pattern, found.description));
            json!({ "rule": described.unwrap_or_default(), "targets": format!("{:?}", self.cloud.targets(&self.bus, rule)) })
        });
        json!({ "rules": rules, "policy": self.cloud.policy(&self.url), "visibility": self.visibility(), "queues": self.cloud.queues() })
    }

    fn visibility(&self) -> String {
        let get = self.cloud.sqs.get_queue_attributes().queue_url(&self.url).attribute_names(QueueAttributeName::VisibilityTimeout);
        self.cloud.wait(get.send()).unwrap().attributes.unwrap()[&QueueAttributeName::VisibilityTimeout].clone()
    }

    fn adopt(&self) {
        self.waybill.json(&["adopt", "Page", "--rule", "by-hand"]);
    }

    /// Four fields of three parts, changed by hand: the rule, its target, and twice the queue.
    fn meddle(&self) {
        let (cloud, bus) = (&self.cloud, &self.bus);
        cloud.wait(cloud.events.disable_rule().name("by-hand").event_bus_name(bus).send()).unwrap();
        let target = Target::builder().id("t1").arn(cloud.arn(&self.url)).input_path("$.detail").build().unwrap();
        cloud.wait(cloud.events.put_targets().rule("by-hand").event_bus_name(bus).targets(target).send()).unwrap();
        cloud.set_policy(&self.url, &format!(r#"{{"Version":"2012-10-17","Statement":[{THEIRS}]}}"#));
        let set = cloud.sqs.set_queue_attributes().queue_url(&self.url).attributes(QueueAttributeName::VisibilityTimeout, "45");
        cloud.wait(set.send()).unwrap();
    }

    /// `drift` with more arguments: the exit code and each difference in a line.
    fn drift(&self, more: &[&str]) -> (Option<i32>, Vec<String>) {
        let answer = self.waybill.run(&[&["drift", "Page", "--format", "json"], more].concat());
        let line = |field: &Value| {
            let text = |name: &str| field[name].as_str().unwrap().to_owned();
            let (recorded, live) = (text("recorded"), text("live"));
            let recorded = if recorded.starts_with('{') { "{…}".to_owned() } else { recorded };
            format!("{} / {}: {recorded} -> {live}", text("part"), text("field"))
        };
        let fields = answer.json()["differences"].as_array().unwrap().iter().map(line).collect();
        (answer.code, fields)
    }
}

const MEDDLED: [&str; 4] = [
    "Rule / State: ENABLED -> DISABLED",
    "Target / Input: the event as it came -> InputPath $.detail",
    "SQS queue / VisibilityTimeout: 30 -> 45",
    "SQS queue / Policy statement rule: {…} -> not there",
];

#[test]
fn a_chain_made_by_hand_is_adopted_its_drift_is_told_restored_and_undone() {
    let hand = Hand::made();
    let before = hand.everything();
    hand.adopt();
    assert_eq!(hand.everything(), before, "adopting changes nothing on AWS");
    assert_eq!(hand.drift(&[]), (Some(0), vec![]), "it is as recorded");
    hand.meddle();
    let meddled = hand.everything();
    assert_eq!(hand.drift(&[]), (Some(1), MEDDLED.map(str::to_owned).to_vec()), "exactly what was changed");
    assert_eq!(hand.everything(), meddled, "looking changes nothing");
    assert_eq!(hand.drift(&["--restore"]), (Some(0), vec![]), "it is as recorded again");
    assert_eq!(hand.everything(), before, "and nothing else was touched");
    assert_eq!(hand.waybill.run(&["verify", "Page"]).code, Some(0), "events arrive again");
    assert_eq!(hand.drift(&["--undo"]), (Some(0), MEDDLED.map(str::to_owned).to_vec()), "restoring can be taken back");
    assert_eq!(hand.everything(), meddled, "to the letter");
}

#[test]
fn what_aws_has_is_taken_into_the_record_and_expected_from_then_on() {
    let hand = Hand::made();
    hand.adopt();
    let put = hand.cloud.events.put_rule().name("by-hand").event_bus_name(&hand.bus).description("by-hand's own");
    let narrow = r#"{"detail-type":["incident-created"]}"#;
    hand.cloud.wait(put.event_pattern(narrow).state(RuleState::Enabled).send()).unwrap();
    let (code, fields) = hand.drift(&[]);
    assert!(code == Some(1) && fields.len() == 1 && fields[0].starts_with("Rule / Event pattern"), "{fields:#?}");
    let before = hand.everything();
    assert_eq!(hand.drift(&["--take"]), (Some(0), vec![]), "the record follows AWS");
    assert_eq!(hand.everything(), before, "AWS stays as it is");
    // Somebody else's queue proves no silence, so that what must not arrive stays unknown.
    let report = hand.waybill.run(&["verify", "Page", "--timeout", "3s", "--format", "json"]).json();
    let expected = report["events"].as_array().unwrap().iter().filter(|event| event["expected"] == true).count();
    assert_eq!((expected, &report["missing"]), (1, &json!(0)), "only what the taken pattern lets through must arrive: {report:#}");
}

#[test]
fn candidates_are_listed_and_several_must_be_told_apart() {
    let hand = Hand::made();
    let found = hand.waybill.json(&["adopt"]);
    let names: Vec<_> =
        found.as_array().unwrap().iter().map(|one| (one["rule"].as_str().unwrap(), one["queue"].as_str().unwrap())).collect();
    assert_eq!(names, [("by-hand", "orders"), ("of-others", "others")]);
    assert_eq!((&found[0]["action"], &found[0]["notes"]), (&json!("Page"), &json!([])), "{found:#}");
    assert!(found[1]["notes"][0].as_str().unwrap().contains("does not let the rule send"), "{found:#}");
    let answer = hand.waybill.run(&["adopt", "Page"]);
    assert!(answer.code == Some(2) && answer.err.contains("rule by-hand to queue orders, rule of-others to queue others"), "{answer:#?}");
    assert_eq!(hand.waybill.run(&["drift", "Page"]).code, Some(2), "nothing is recorded yet");
    hand.adopt();
    assert_eq!(hand.waybill.json(&["adopt"])[0]["is_known"], true);
}

#[test]
fn an_undo_removes_nothing_that_was_adopted() {
    let hand = Hand::made();
    hand.adopt();
    let before = hand.everything();
    let undone = hand.waybill.json(&["setup", "undo", "Page"]);
    assert_eq!(undone["removed"], json!([]), "{undone:#}");
    assert_eq!(hand.everything(), before, "it is theirs");
}

#[test]
fn what_is_gone_cannot_be_taken_but_made_again() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    let (cloud, drift) = (serving.cloud(), |more: &[&str]| waybill.run(&[&["drift", "Page", "--format", "json"], more].concat()));
    assert_eq!(drift(&[]).json()["differences"], json!([]), "a set-up is its own record");
    cloud.wait(cloud.sqs.delete_queue().queue_url(cloud.queue()).send()).unwrap();
    let fields = drift(&[]).json()["differences"].clone();
    assert_eq!((fields.as_array().unwrap().len(), &fields[0]["field"]), (1, &json!("Queue")), "{fields:#}");
    let refused = drift(&["--take"]);
    assert!(refused.code == Some(2) && refused.err.contains("there is nothing to take"), "{refused:#?}");
    assert_eq!(drift(&["--restore"]).code, Some(0));
    assert_eq!(waybill.run(&["verify", "Page"]).code, Some(0), "the queue is there again with its policy");
}
