//! What rules may put into queues.

use serde_json::json;

use super::*;
use crate::kms::KeyRing;
use crate::sqs::{DeliveryFailure, RuleDelivery};

const RULE: &str = "arn:aws:events:eu-central-1:123456789012:rule/aws.partner/ilert.com/test/1/all";

fn policy(rule: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": "*", "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }]})
    .to_string()
}

fn deliver(lab: &mut Lab, queue_arn: &str, group: Option<&str>) -> Result<(), DeliveryFailure> {
    let delivery = RuleDelivery {
        queue_arn,
        rule_arn: RULE,
        account: "123456789012",
        region: "eu-central-1",
        body: &"x".repeat(2000),
        message_attributes: &[("RULE_ARN", RULE.to_owned())],
        message_group_id: group,
        trace_header: None,
        keys: &KeyRing::default(),
        now_ms: lab.now_ms,
    };
    lab.at(|queues, moment| queues.accept_from_rule(moment.journal, delivery, None))
}

#[test]
fn a_rule_delivers_where_queue_policy_and_type_let_it() {
    let mut lab = Lab::new();
    let (good, other) = (policy(RULE), policy("arn:aws:events:eu-central-1:123456789012:rule/all"));
    let fifo = ("FifoQueue", "true");
    for (name, attributes) in [
        ("open", &[("Policy", &*good)][..]),
        ("closed", &[]),
        ("anothers", &[("Policy", &*other)]),
        ("small", &[("Policy", &*good), ("MaximumMessageSize", "1024")]),
        ("keyed", &[("Policy", &*good), ("KmsMasterKeyId", "alias/aws/sqs")]),
        ("own-key", &[("Policy", &*good), ("KmsMasterKeyId", "alias/mine")]),
        ("plain.fifo", &[("Policy", &*good), fifo]),
        ("content.fifo", &[("Policy", &*good), fifo, ("ContentBasedDeduplication", "true")]),
    ] {
        lab.create(name, attributes).unwrap();
    }
    for (name, group, code) in [
        ("open", None, None),
        ("open", Some("g"), None),
        ("own-key", None, Some("INVALID_PARAMETER")),
        ("closed", None, Some("NO_PERMISSIONS")),
        ("anothers", None, Some("NO_PERMISSIONS")),
        ("keyed", None, Some("NO_PERMISSIONS")),
        ("absent", None, Some("NO_RESOURCE")),
        ("small", None, Some("INVALID_PARAMETER")),
        ("plain.fifo", Some("g"), Some("INVALID_PARAMETER")),
        ("content.fifo", None, Some("INVALID_PARAMETER")),
        ("content.fifo", Some("g"), None),
        ("content.fifo", Some("g"), None),
    ] {
        let outcome = deliver(&mut lab, &queue(name).to_string(), group);
        assert_eq!(outcome.as_ref().err().map(DeliveryFailure::error_code), code, "{name} {group:?}: {outcome:?}");
    }
    for (name, messages) in [("open", 2), ("closed", 0), ("small", 0), ("content.fifo", 1)] {
        assert_eq!(lab.counts(name)[0], messages, "{name}");
    }
}

#[test]
fn a_queue_of_another_region_is_no_resource() {
    let mut lab = Lab::new();
    let elsewhere = Address::new("eu-west-1", "123456789012", "q");
    let attributes = map(&[("Policy", &policy(RULE))]);
    lab.at(|queues, moment| queues.create(elsewhere.clone(), (&attributes, Default::default()), moment)).unwrap();
    for arn in [elsewhere.to_string(), "nonsense".to_owned()] {
        assert_eq!(deliver(&mut lab, &arn, None), Err(DeliveryFailure::NoResource), "{arn}");
    }
}

#[test]
fn a_refusal_carries_the_words_of_sqs() {
    let mut lab = Lab::with_queue("q", &[("Policy", &policy(RULE)), ("MaximumMessageSize", "1024")]);
    let refused = deliver(&mut lab, &queue("q").to_string(), None).unwrap_err();
    assert_eq!(refused.to_string(), "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.");
}
