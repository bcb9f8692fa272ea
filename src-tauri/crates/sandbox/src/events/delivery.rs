//! From a bus to the queues of its rules' targets.

use super::bus::Bus;
use super::bus_log::Again;
use super::entry::Accepted;
use super::input::Arriving;
use super::outage::Outages;
use super::parcel::{Exhausted, Parcel};
use super::recent::{Fate, Handed, MatchedRule, Outcome, Recent};
use super::retries::Retries;
use super::rule::Rule;
use crate::faults::{Lab, OnTheWay};
use crate::kms::KeyRing;
use crate::sqs::{DeliveryFailure, Queues, RuleDelivery};
use crate::state::{Journal, World};

/// What a delivery changes, and when.
#[derive(Debug)]
pub(crate) struct Delivering<'a> {
    /// Where messages go.
    pub(crate) queues: &'a mut Queues,
    /// The keys that queues may be encrypted with.
    pub(crate) keys: &'a KeyRing,
    /// What is tried again.
    pub(crate) retries: &'a mut Retries,
    /// Queues that take nothing for a while.
    pub(crate) outages: &'a mut Outages,
    /// What is broken on purpose.
    pub(crate) lab: &'a Lab,
    /// Takes every change.
    pub(crate) journal: &'a mut Journal,
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
}

/// Hands an event to every target of every rule that it matches.
///
/// As on AWS the publisher never learns what becomes of it: what a queue does not take for a while is tried again as the target's
/// retry policy says; what it never will goes to the target's dead-letter queue, and is dropped without one (user guide,
/// eb-rule-dlq). What is returned is for inspection.
pub(crate) fn deliver(bus: &Bus, event: &Accepted, to: &mut Delivering<'_>) -> Fate {
    let matched = bus.matched(&event.envelope);
    let name = bus.row.name.clone();
    if matched.is_empty() {
        return Fate::NoRuleMatched { bus: name };
    }
    Fate::Matched { bus: name, rules: matched.into_iter().map(|rule| to_targets(rule, event, to)).collect() }
}

fn to_targets(rule: &Rule, event: &Accepted, to: &mut Delivering<'_>) -> MatchedRule {
    let arriving = Arriving { envelope: &event.envelope, rule_arn: &rule.arn, rule_name: &rule.row.name, ingested_ms: to.now_ms };
    let targets = rule.row.targets.iter().zip(&rule.inputs).map(|(target, input)| {
        let body = input.body(&arriving);
        let delivery = RuleDelivery {
            queue_arn: &target.arn,
            rule_arn: &rule.arn,
            account: &rule.row.account,
            region: &rule.row.region,
            body: &body,
            message_attributes: &[],
            message_group_id: target.message_group_id(),
            trace_header: event.trace_header.as_deref(),
            keys: to.keys,
            now_ms: to.now_ms,
        };
        let outcome = match hand_over(delivery, to) {
            Ok(()) => Outcome::Delivered { retries: 0 },
            Err(failure) => failed(Parcel::of((rule, target), event, body.into_owned(), to.now_ms), &failure, to),
        };
        Handed { target: target.id.clone(), queue: target.arn.clone(), outcome }
    });
    MatchedRule { rule: rule.row.name.clone(), targets: targets.collect() }
}

fn hand_over(delivery: RuleDelivery<'_>, to: &mut Delivering<'_>) -> Result<(), DeliveryFailure> {
    match to.outages.strikes(delivery.queue_arn) {
        Some(trouble) => Err(DeliveryFailure::ForAWhile { code: trouble.code(), message: trouble.sentence() }),
        None => match to.lab.on_the_way(delivery.queue_arn, delivery.body) {
            None => to.queues.accept_from_rule(to.journal, delivery, None),
            Some(met) => meet(&met, delivery, to),
        },
    }
}

/// Hands a message over as the fault lab wants it to arrive.
fn meet(met: &OnTheWay, delivery: RuleDelivery<'_>, to: &mut Delivering<'_>) -> Result<(), DeliveryFailure> {
    let copies = match (met.lost, met.twice) {
        (true, _) => 0,
        (false, twice) => 1 + usize::from(twice),
    };
    let body = met.body.as_deref().unwrap_or(delivery.body);
    (0..copies).try_for_each(|_| to.queues.accept_from_rule(to.journal, RuleDelivery { body, ..delivery }, met.delay_s))
}

/// Tries every delivery whose time has come once more.
pub(crate) fn retry_due(world: &mut World, now_ms: i64, journal: &mut Journal) {
    let World { events, sqs: queues, kms: keys, retries, outages, lab, recent, bus_logs, .. } = world;
    while let Some(parcel) = retries.take_due(now_ms, journal) {
        let mut to = Delivering { queues, keys, retries, outages, lab, journal, now_ms };
        let (region, bus) = (parcel.region.clone(), parcel.bus().to_owned());
        let again = Again::of(&parcel);
        let outcome = try_again(parcel, &mut to, recent);
        if let Ok(bus) = events.region(&region).bus(&bus) {
            bus_logs.note_again(bus, &again, &outcome, now_ms);
        }
    }
}

fn try_again(mut parcel: Parcel, to: &mut Delivering<'_>, recent: &mut Recent) -> Outcome {
    let (event, rule, target) = (parcel.event_id.clone(), parcel.rule.clone(), parcel.target.id.clone());
    let (region, bus) = (parcel.region.clone(), parcel.bus().to_owned());
    let outcome = if parcel.is_too_old(to.now_ms) {
        let given_up = DeliveryFailure::ForAWhile { code: "TIMEOUT", message: "The event is older than the retry policy allows." };
        bury(&parcel, (&given_up, Some(Exhausted::Age)), to)
    } else {
        parcel.retries += 1;
        match hand_over(again(&parcel, to), to) {
            Ok(()) => Outcome::Delivered { retries: parcel.retries },
            Err(failure) => failed(parcel, &failure, to),
        }
    };
    recent.count_again((&region, &bus, &rule), &outcome, to.now_ms);
    recent.amend(&event, (&rule, &target), outcome.clone());
    outcome
}

/// The parcel's delivery.
fn again<'a>(parcel: &'a Parcel, to: &Delivering<'a>) -> RuleDelivery<'a> {
    RuleDelivery {
        queue_arn: &parcel.target.arn,
        rule_arn: &parcel.rule_arn,
        account: &parcel.account,
        region: &parcel.region,
        body: &parcel.body,
        message_attributes: &[],
        message_group_id: parcel.target.message_group_id(),
        trace_header: parcel.trace_header.as_deref(),
        keys: to.keys,
        now_ms: to.now_ms,
    }
}

/// Keeps the parcel for another attempt, or buries it where there is none.
fn failed(parcel: Parcel, failure: &DeliveryFailure, to: &mut Delivering<'_>) -> Outcome {
    if !failure.passes() {
        let exhausted = parcel.target.never_retries().then_some(Exhausted::Attempts);
        return bury(&parcel, (failure, exhausted), to);
    }
    match parcel.next_attempt(to.now_ms) {
        Ok(due_ms) => {
            let outcome = Outcome::Retrying {
                code: failure.error_code(),
                reason: failure.to_string(),
                retries: parcel.retries,
                next_attempt_ms: due_ms,
            };
            to.retries.keep(parcel, due_ms, to.journal);
            outcome
        }
        Err(exhausted) => bury(&parcel, (failure, Some(exhausted)), to),
    }
}

/// The original event goes to the target's dead-letter queue, if there is one and it lets the rule in.
fn bury(parcel: &Parcel, (failure, exhausted): (&DeliveryFailure, Option<Exhausted>), to: &mut Delivering<'_>) -> Outcome {
    let buried = parcel.target.dead_letter_arn().map(|dead_letter_arn| {
        let attributes = attributes(parcel, failure, exhausted);
        let letter = RuleDelivery {
            queue_arn: dead_letter_arn,
            body: parcel.envelope(),
            message_attributes: &attributes,
            message_group_id: None,
            ..again(parcel, to)
        };
        hand_over(letter, to)
    });
    Outcome::of(failure, buried)
}

/// The message attributes of a dead letter (user guide, eb-rule-dlq).
fn attributes(parcel: &Parcel, failure: &DeliveryFailure, exhausted: Option<Exhausted>) -> Vec<(&'static str, String)> {
    let mut attributes = vec![
        ("RULE_ARN", parcel.rule_arn.clone()),
        ("TARGET_ARN", parcel.target.arn.clone()),
        ("ERROR_CODE", failure.error_code().to_owned()),
        ("ERROR_MESSAGE", failure.to_string()),
        ("RETRY_ATTEMPTS", parcel.retries.to_string()),
    ];
    if let Some(exhausted) = exhausted {
        attributes.push(("EXHAUSTED_RETRY_CONDITION", exhausted.as_str().to_owned()));
    }
    attributes
}
