//! The page "Select targets": queues, their policies, and the target.

use serde_json::json;

use super::{Look, Step, StepId};
use crate::observed::{QueueSeen, Read, TargetSeen};
use crate::policy::{Grant, PolicyAnswer, ResourcePolicy, Right};
use crate::record::Part;
use crate::spec::QueueChoice;
use crate::write::{TargetWrite, Write};

/// The target's id, and the message group with which it sends to a FIFO queue.
pub(crate) const TARGET_ID: &str = "waybill";

/// One of the two queues of a target.
#[derive(Clone, Copy)]
struct Side<'a> {
    choice: &'a QueueChoice,
    answer: &'a Read<Option<QueueSeen>>,
    dead_letter: bool,
}

pub(super) fn steps(look: Look<'_>) -> Vec<Step> {
    let queue = Side { choice: &look.spec.target.queue, answer: &look.observed.queue, dead_letter: false };
    let dead = look.spec.target.dead_letter.as_ref().zip(look.observed.dead_letter.as_ref());
    let dead = dead.map(|(choice, answer)| Side { choice, answer, dead_letter: true });
    let mut steps = vec![queue.find(), queue.make(look)];
    steps.extend(dead.iter().flat_map(|side| [side.find(), side.make(look)]));
    steps.push(queue.policy(look));
    steps.extend(dead.iter().map(|side| side.policy(look)));
    steps.push(find_targets(look));
    steps.push(target(look));
    steps
}

impl Side<'_> {
    fn word(self) -> &'static str {
        if self.dead_letter { "dead-letter queue" } else { "queue" }
    }

    fn find(self) -> Step {
        let id = if self.dead_letter { StepId::FindDeadLetterQueue } else { StepId::FindQueue };
        let finding = match &self.answer.value {
            None => "no such queue".to_owned(),
            Some(queue) => describe(queue),
        };
        Step::read(id, format!("Is the {} there?", self.word()), self.answer)
            .input(json!({ "QueueName": self.choice.name() }))
            .finding(finding)
    }

    fn make(self, look: Look<'_>) -> Step {
        let name = self.choice.name().clone();
        let id = if self.dead_letter { StepId::DeadLetterQueue } else { StepId::Queue };
        let part = Part::Queue { name: name.clone(), arn: look.spec.arn_of(self.choice), dead_letter: self.dead_letter };
        let write = Write::CreateQueue { name: name.clone(), dead_letter: self.dead_letter };
        let step = Step::write(id, format!("Create {} {name}", self.word()), write).of(part);
        match (&self.answer.value, self.choice) {
            (Some(queue), _) if name.is_fifo() && !queue.deduplicates_by_content() => step.blocked(format!(
                "The FIFO queue {name} has no content-based deduplication, and EventBridge sends no deduplication id: nothing would arrive. Turn it on, or choose another queue."
            )),
            (Some(queue), _) => step.found(key_note(queue)),
            (None, QueueChoice::New(_)) => step,
            (None, QueueChoice::Existing(_)) => {
                let spec = look.spec;
                step.blocked(format!("There is no queue {name} in account {}, region {}. Choose another, or have a new one made.", spec.account, spec.region))
            }
        }
    }

    fn policy(self, look: Look<'_>) -> Step {
        let name = self.choice.name();
        let grant = Grant { rule: look.spec.rule_arn(), queue: look.spec.arn_of(self.choice) };
        let seen = self.answer.value.as_ref();
        let (merged, answer) = match ResourcePolicy::read(seen.and_then(QueueSeen::policy)) {
            Ok(policy) => {
                let answer = policy.answer(&grant);
                let own = policy.has(&grant.sid());
                (policy.allowing(&grant).text(), Ok((answer, own)))
            }
            Err(unreadable) => (String::new(), Err(unreadable)),
        };
        let id = if self.dead_letter { StepId::DeadLetterPolicy } else { StepId::QueuePolicy };
        let write = Write::SetPolicy { queue: name.clone(), url: seen.map(|queue| queue.url.clone()), policy: merged.clone() };
        let step = Step::write(id, format!("Let the rule send to {name}; other statements stay"), write)
            .replacing(seen.and_then(QueueSeen::policy), &merged);
        let part = Part::QueueStatement { queue: name.clone(), sid: grant.sid() };
        match answer {
            Err(unreadable) => step.blocked(format!("Waybill does not touch a policy that it cannot read: {unreadable}.")),
            Ok((PolicyAnswer::Denied(sid), _)) => step.blocked(denied(name.as_str(), sid.as_deref())),
            Ok((PolicyAnswer::Allows, true)) => step.of(part).found("Policy allows"),
            Ok((PolicyAnswer::Allows, false)) => step.found("Policy allows, through a statement that was there"),
            Ok((PolicyAnswer::OtherRule(_), _)) => step.of(part).finding("the policy lets other rules send, not this one"),
            Ok((PolicyAnswer::CannotTell(_), true)) => step.of(part).found("Policy allows, as far as Waybill can judge it"),
            // One statement more does no harm.
            Ok((PolicyAnswer::NoPolicy | PolicyAnswer::NoStatement | PolicyAnswer::CannotTell(_), _)) => step.of(part),
        }
    }
}

fn denied(queue: &str, sid: Option<&str>) -> String {
    let statement = sid.map_or_else(|| "A statement".to_owned(), |sid| format!("Statement {sid}"));
    format!("{statement} in the policy of {queue} denies it, which no further statement can undo. Change it, or choose another queue.")
}

fn describe(queue: &QueueSeen) -> String {
    let kind = if queue.name.is_fifo() { "FIFO" } else { "standard" };
    let waiting = queue.attribute("ApproximateNumberOfMessages").unwrap_or("0");
    format!("there, {kind}, about {waiting} messages")
}

fn key_note(queue: &QueueSeen) -> String {
    match queue.key() {
        None => "there".to_owned(),
        Some("alias/aws/sqs") => {
            "there, but encrypted with the AWS managed key alias/aws/sqs, which EventBridge can never use: nothing will arrive".to_owned()
        }
        Some(key) => format!("there, encrypted with {key}: the key's policy must let events.amazonaws.com use it"),
    }
}

fn find_targets(look: Look<'_>) -> Step {
    let targets = &look.observed.targets;
    let finding = match targets.value.len() {
        0 => "no targets".to_owned(),
        1 => "1 target".to_owned(),
        many => format!("{many} targets"),
    };
    Step::read(StepId::FindTargets, "Which targets has the rule?", targets)
        .input(json!({ "Rule": look.spec.rule.name, "EventBusName": look.spec.bus() }))
        .finding(finding)
}

fn target(look: Look<'_>) -> Step {
    let arn = look.spec.arn_of(&look.spec.target.queue);
    let sending = look.observed.targets.value.iter().find(|target| target.arn == arn.as_str());
    let id = sending.map_or_else(|| free_id(look), |target| target.id.clone());
    let wanted = wanted(look, id);
    let part = part(look, &wanted.id);
    let write = Write::PutTarget { bus: look.spec.bus().to_owned(), rule: look.spec.rule.name.clone(), target: wanted.clone() };
    let step = Step::write(StepId::Target, format!("Send to {}", look.spec.target.queue.name()), write).of(part.clone());
    match sending {
        None => step,
        Some(seen) if is_as_wanted(seen, &wanted) && seen.changes_event.is_none() => step.found("there"),
        Some(_) if look.made(&part) => step.finding("there, but not as it was set up"),
        Some(seen) => foreign(step, seen, &wanted),
    }
}

/// A target that Waybill did not make stays as it is, or stands in the way.
fn foreign(step: Step, seen: &TargetSeen, wanted: &TargetWrite) -> Step {
    if !is_as_wanted(seen, wanted) {
        let has = seen.dead_letter.as_deref().unwrap_or("no dead-letter queue");
        let id = &seen.id;
        return step
            .blocked(format!("The rule sends to this queue already through target {id}, which Waybill did not make and which has {has}."));
    }
    let how = seen.changes_event.unwrap_or_default();
    step.found(format!("there; its {how} changes the events on the way, so that they cannot be proven equal"))
}

fn is_as_wanted(seen: &TargetSeen, wanted: &TargetWrite) -> bool {
    seen.dead_letter == wanted.dead_letter && (wanted.message_group.is_none() || seen.message_group.is_some())
}

fn wanted(look: Look<'_>, id: String) -> TargetWrite {
    let target = &look.spec.target;
    TargetWrite {
        id,
        arn: look.spec.arn_of(&target.queue).to_string(),
        dead_letter: target.dead_letter.as_ref().map(|dead| look.spec.arn_of(dead).to_string()),
        message_group: target.queue.name().is_fifo().then(|| TARGET_ID.to_owned()),
    }
}

fn part(look: Look<'_>, id: &str) -> Part {
    Part::Target { bus: look.spec.bus().to_owned(), rule: look.spec.rule.name.clone(), id: id.to_owned() }
}

/// Waybill's own id, unless somebody else's target has it.
fn free_id(look: Look<'_>) -> String {
    let taken = |id: &str| look.observed.targets.value.iter().any(|target| target.id == id) && !look.made(&part(look, id));
    std::iter::once(TARGET_ID.to_owned())
        .chain((2..).map(|n| format!("{TARGET_ID}-{n}")))
        .find(|id| !taken(id))
        .expect("a rule has few targets, so a number is free")
}
