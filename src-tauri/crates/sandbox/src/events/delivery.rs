//! From a bus to the queues of its rules' targets.

use super::bus::Bus;
use super::entry::Accepted;
use super::input::Arriving;
use super::recent::{Fate, Handed, MatchedRule, Outcome};
use super::rule::Rule;
use super::target::Target;
use crate::kms::KeyRing;
use crate::sqs::{DeliveryFailure, Queues, RuleDelivery};
use crate::state::Journal;

/// What a delivery changes, and when.
#[derive(Debug)]
pub(crate) struct Delivering<'a> {
    /// Where messages go.
    pub(crate) queues: &'a mut Queues,
    /// The keys that queues may be encrypted with.
    pub(crate) keys: &'a KeyRing,
    /// Takes every change.
    pub(crate) journal: &'a mut Journal,
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
}

/// Hands an event to every target of every rule that it matches.
///
/// As on AWS the publisher never learns what becomes of it: what a queue does not take goes to the
/// target's dead-letter queue, and is dropped without one; what is returned is for inspection. Nothing is retried: none of the reasons why
/// the sandbox's queues refuse goes away by itself (user guide, eb-rule-dlq).
pub(crate) fn deliver(bus: &Bus, event: &Accepted, mut to: Delivering<'_>) -> Fate {
    let matched = bus.matched(&event.envelope);
    let name = bus.row.name.clone();
    if matched.is_empty() {
        return Fate::NoRuleMatched { bus: name };
    }
    Fate::Matched { bus: name, rules: matched.into_iter().map(|rule| to_targets(rule, event, &mut to)).collect() }
}

fn to_targets(rule: &Rule, event: &Accepted, to: &mut Delivering<'_>) -> MatchedRule {
    let arriving = Arriving { envelope: &event.envelope, rule_arn: &rule.arn, rule_name: &rule.row.name, ingested_ms: to.now_ms };
    let targets = rule.row.targets.iter().zip(&rule.inputs).map(|(target, input)| {
        let body = input.body(&arriving);
        let delivery = RuleDelivery {
            queue_arn: &target.arn,
            body: &body,
            message_group_id: target.message_group_id(),
            ..plain(rule, event, (to.keys, to.now_ms))
        };
        let outcome = match to.queues.accept_from_rule(to.journal, delivery) {
            Ok(()) => Outcome::Delivered,
            Err(failure) => Outcome::of(&failure, bury((rule, target), (event, &failure), to)),
        };
        Handed { target: target.id.clone(), queue: target.arn.clone(), outcome }
    });
    MatchedRule { rule: rule.row.name.clone(), targets: targets.collect() }
}

/// Without queue and body.
fn plain<'a>(rule: &'a Rule, event: &'a Accepted, (keys, now_ms): (&'a KeyRing, i64)) -> RuleDelivery<'a> {
    RuleDelivery {
        queue_arn: "",
        rule_arn: &rule.arn,
        account: &rule.row.account,
        region: &rule.row.region,
        body: "",
        message_attributes: &[],
        message_group_id: None,
        trace_header: event.trace_header.as_deref(),
        keys,
        now_ms,
    }
}

/// The original event goes to the target's dead-letter queue, if it may; none where there is no such queue.
fn bury(
    (rule, target): (&Rule, &Target),
    (event, failure): (&Accepted, &DeliveryFailure),
    to: &mut Delivering<'_>,
) -> Option<Result<(), DeliveryFailure>> {
    let dead_letter_arn = target.dead_letter_arn()?;
    let attributes = attributes(rule, target, failure);
    let letter = RuleDelivery {
        queue_arn: dead_letter_arn,
        body: &event.envelope,
        message_attributes: &attributes,
        ..plain(rule, event, (to.keys, to.now_ms))
    };
    Some(to.queues.accept_from_rule(to.journal, letter))
}

/// The message attributes of a dead letter (user guide, eb-rule-dlq).
fn attributes(rule: &Rule, target: &Target, failure: &DeliveryFailure) -> Vec<(&'static str, String)> {
    let mut attributes = vec![
        ("RULE_ARN", rule.arn.clone()),
        ("TARGET_ARN", target.arn.clone()),
        ("ERROR_CODE", failure.error_code().to_owned()),
        ("ERROR_MESSAGE", failure.to_string()),
        ("RETRY_ATTEMPTS", "0".to_owned()),
    ];
    if target.never_retries() {
        attributes.push(("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts".to_owned()));
    }
    attributes
}
