//! The link "SQS queue": the queue, the target that leads to it, and its policy.

use super::{Link, LinkKind, LinkState, Look};
use crate::observed::{QueueSeen, TargetSeen};
use crate::policy::{Grant, PolicyAnswer, PolicyUnreadable, ResourcePolicy};
use crate::record::Part;

pub(super) fn queue(look: Look<'_>) -> Link {
    let name = look.record.spec.target.queue.name().as_str();
    let Some(seen) = &look.observed.queue.value else {
        return absent(look, name);
    };
    let link = Link::new(LinkKind::Queue, name).at(seen.arn());
    match target(look) {
        None if target_stood(look) => link.is(LinkState::Broken, missing_target_word(look), missing_target(look)),
        None => link.is(LinkState::Pending, "No target yet", format!("The queue {name} is there; the rule does not send to it yet.")),
        Some(target) => by_policy(look, link, seen, target),
    }
}

fn by_policy(look: Look<'_>, link: Link, seen: &QueueSeen, target: &TargetSeen) -> Link {
    let (rule, queue) = (look.record.spec.rule.name.as_str(), seen.name.as_str());
    match answer(look, seen) {
        Err(unreadable) => link.is(LinkState::Broken, "Policy unreadable", format!("{}.", capital(&unreadable.to_string()))),
        Ok(PolicyAnswer::Allows) => match target.changes_event {
            None => link.is(LinkState::Ok, "Policy allows", format!("The rule {rule} sends to {queue}, and its policy lets it.")),
            Some(how) => {
                link.is(LinkState::Ok, "Event changed", format!("The target's {how} changes the events before they reach {queue}."))
            }
        },
        Ok(PolicyAnswer::NoPolicy) => {
            link.is(LinkState::Broken, "Policy missing", format!("The queue {queue} has no policy, so EventBridge may not send to it."))
        }
        Ok(PolicyAnswer::NoStatement) => {
            link.is(LinkState::Broken, "Policy missing", format!("The policy of {queue} has no statement that lets the rule {rule} send."))
        }
        Ok(PolicyAnswer::OtherRule(others)) => {
            let sentence = format!("The policy of {queue} lets {} send, but not the rule {rule}.", others.join(", "));
            link.is(LinkState::Broken, "Policy missing", sentence)
        }
        Ok(PolicyAnswer::CannotTell(sid)) => {
            let statement = sid.map_or_else(|| "A statement".to_owned(), |sid| format!("Statement {sid}"));
            let sentence = format!("{statement} in the policy of {queue} decides it by a condition that Waybill cannot judge.");
            link.is(LinkState::Ok, "Policy not judged", sentence)
        }
        Ok(PolicyAnswer::Denied(sid)) => {
            let statement = sid.map_or_else(|| "A statement".to_owned(), |sid| format!("Statement {sid}"));
            link.is(LinkState::Broken, "Policy denies", format!("{statement} in the policy of {queue} denies it."))
        }
    }
}

fn absent(look: Look<'_>, name: &str) -> Link {
    let stood =
        look.stood(|part| matches!(part, Part::Queue { name, dead_letter: false, .. } if name == look.record.spec.target.queue.name()));
    if stood {
        let sentence = format!("The queue {name} was the target, but is no longer there.");
        return Link::new(LinkKind::Queue, name).is(LinkState::Broken, "Queue missing", sentence);
    }
    Link::new(LinkKind::Queue, "no target yet").is(LinkState::None, "Not created", "There is no queue for the events yet.")
}

/// The target that sends to the wanted queue.
fn target<'a>(look: Look<'a>) -> Option<&'a TargetSeen> {
    let arn = look.record.spec.arn_of(&look.record.spec.target.queue);
    look.observed.targets.value.iter().find(|target| target.arn == arn.as_str())
}

fn target_stood(look: Look<'_>) -> bool {
    look.stood(
        |part| matches!(part, Part::Target { rule, bus, .. } if *rule == look.record.spec.rule.name && bus == look.record.spec.bus()),
    )
}

/// Whether Waybill's own target sends somewhere else by now.
fn moved<'a>(look: Look<'a>) -> Option<&'a TargetSeen> {
    let is_own = |id: &str| look.stood(|part| matches!(part, Part::Target { id: own, .. } if own == id));
    look.observed.targets.value.iter().find(|target| is_own(&target.id))
}

fn missing_target_word(look: Look<'_>) -> &'static str {
    if moved(look).is_some() { "Wrong target" } else { "No target" }
}

fn missing_target(look: Look<'_>) -> String {
    let (rule, queue) = (&look.record.spec.rule.name, look.record.spec.target.queue.name());
    match moved(look) {
        Some(target) => format!("The rule {rule} sends to {} instead of the queue {queue}.", target.arn),
        None => format!("The rule {rule} has no target for the queue {queue} any more."),
    }
}

fn answer(look: Look<'_>, seen: &QueueSeen) -> Result<PolicyAnswer, PolicyUnreadable> {
    let spec = &look.record.spec;
    let grant = Grant { rule: spec.rule_arn(), queue: spec.arn_of(&spec.target.queue) };
    Ok(ResourcePolicy::read(seen.policy())?.answer(&grant))
}

pub(super) fn drift(look: Look<'_>) -> Vec<String> {
    if !target_stood(look) {
        return Vec::new();
    }
    let link = queue(look);
    if link.state == LinkState::Broken { vec![link.sentence] } else { Vec::new() }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
