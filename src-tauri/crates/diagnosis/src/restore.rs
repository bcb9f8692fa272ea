//! Putting a chain back as it is recorded: a repair that can be read before and taken back after.

use std::collections::BTreeMap;

use waybill_setup::{
    BusSeen, ChainSettings, Observed, QueueSeen, QueueSettings, ResourcePolicy, Retry, SourceState, TargetInput, TargetSettings,
};

use crate::repair::{Repair, RepairStep, RuleWrite, TargetWrite, Write};

/// The repair that makes AWS what is recorded, as far as that is Waybill's to do; without steps where nothing is. Foreign rules, targets and
/// statements stay as they are.
pub fn restoration(recorded: &ChainSettings, observed: &Observed) -> Repair {
    let mut steps: Vec<RepairStep> = association(recorded, observed).into_iter().collect();
    steps.extend(rule(recorded, observed));
    steps.extend(observed.dead_letter.iter().zip(&recorded.dead_letter).flat_map(|(seen, dead)| queue(dead, seen.value.as_ref())));
    steps.extend(queue(&recorded.queue, observed.queue.value.as_ref()));
    steps.extend(target(recorded, observed));
    let sentence = format!("Put the chain of rule {} back as it is recorded; what others added stays.", recorded.rule.name);
    Repair { sentence, steps }
}

fn association(recorded: &ChainSettings, observed: &Observed) -> Option<RepairStep> {
    let name = recorded.source.to_string();
    match (observed.source.value.as_ref()?.state, &observed.bus.value) {
        (SourceState::Pending | SourceState::Active, None) => {
            Some(RepairStep { write: Write::CreateEventBus { name: name.clone() }, inverse: Write::DeleteEventBus { name } })
        }
        (SourceState::Pending, Some(BusSeen { .. })) => {
            Some(RepairStep { write: Write::ActivateEventSource { name: name.clone() }, inverse: Write::DeactivateEventSource { name } })
        }
        _ => None,
    }
}

fn rule(recorded: &ChainSettings, observed: &Observed) -> Option<RepairStep> {
    let rule = &recorded.rule;
    let (bus, name) = (recorded.source.to_string(), rule.name.to_string());
    let write = |pattern: &str, enabled: bool, description: &str| {
        let description = (!description.is_empty()).then(|| description.to_owned());
        Write::PutRule(RuleWrite {
            bus: bus.clone(),
            name: name.clone(),
            pattern: pattern.to_owned(),
            enabled,
            description,
            role_arn: None,
        })
    };
    let wanted = write(&rule.pattern, rule.enabled, &rule.description);
    let Some(seen) = &observed.rule.value else {
        return Some(RepairStep { write: wanted, inverse: Write::DeleteRule { bus: bus.clone(), name: name.clone() } });
    };
    let live = seen.pattern.clone().unwrap_or_default();
    let is_same_pattern = waybill_setup::same_pattern(&rule.pattern, &live, &recorded.account);
    if is_same_pattern && seen.description == rule.description {
        let (enable, disable) =
            (Write::EnableRule { bus: bus.clone(), name: name.clone() }, Write::DisableRule { bus: bus.clone(), name: name.clone() });
        return match (rule.enabled, seen.enabled) {
            (true, false) => Some(RepairStep { write: enable, inverse: disable }),
            (false, true) => Some(RepairStep { write: disable, inverse: enable }),
            _ => None,
        };
    }
    Some(RepairStep { write: wanted, inverse: write(&live, seen.enabled, &seen.description) })
}

fn target(recorded: &ChainSettings, observed: &Observed) -> Vec<RepairStep> {
    let (bus, rule) = (recorded.source.to_string(), recorded.rule.name.to_string());
    let wanted = &recorded.target;
    let put = |target: &TargetSettings| Write::PutTargets { bus: bus.clone(), rule: rule.clone(), target: target_write(target) };
    let remove = |id: &str| Write::RemoveTargets { bus: bus.clone(), rule: rule.clone(), id: id.to_owned() };
    let live = |is_it: &dyn Fn(&TargetSettings) -> bool| observed.targets.value.iter().map(TargetSettings::of).find(|target| is_it(target));
    let same_id = live(&|target| target.id == wanted.id);
    let mut steps = Vec::new();
    if same_id.as_ref() != Some(wanted) {
        let inverse = same_id.as_ref().map_or_else(|| remove(&wanted.id), &put);
        steps.push(RepairStep { write: put(wanted), inverse });
    }
    // One queue through two targets would get every event twice.
    if let Some(moved) = live(&|target| target.arn == wanted.arn && target.id != wanted.id).filter(|_| same_id.is_none()) {
        steps.push(RepairStep { write: remove(&moved.id), inverse: put(&moved) });
    }
    steps
}

fn target_write(target: &TargetSettings) -> TargetWrite {
    let (mut input, mut input_path, mut input_template, mut input_paths) = (None, None, None, BTreeMap::new());
    match target.input.clone() {
        TargetInput::Event => {}
        TargetInput::Constant(text) => input = Some(text),
        TargetInput::Path(path) => input_path = Some(path),
        TargetInput::Transformer { paths, template } => (input_paths, input_template) = (paths, Some(template)),
    }
    let Retry { attempts, age_s } = target.retry.unwrap_or(Retry { attempts: None, age_s: None });
    TargetWrite {
        id: target.id.clone(),
        arn: target.arn.clone(),
        role_arn: target.role.clone(),
        input,
        input_path,
        input_template,
        input_paths,
        message_group: target.message_group.clone(),
        dead_letter: target.dead_letter.clone(),
        retries: attempts,
        event_age: age_s,
    }
}

/// A queue is made again where it is gone; then its attributes and statements are put back.
fn queue(recorded: &QueueSettings, seen: Option<&QueueSeen>) -> Vec<RepairStep> {
    let name = recorded.name.clone();
    let mut steps = Vec::new();
    if seen.is_none() {
        let (write, inverse) = (Write::CreateQueue { queue: name.clone() }, Write::DeleteQueue { queue: name.clone() });
        steps.push(RepairStep { write, inverse });
    }
    let live = seen.map(QueueSettings::of);
    let (after, before) = attributes(recorded, live.as_ref());
    // A queue that is made goes again as a whole.
    let before = if seen.is_none() { after.clone() } else { before };
    if !after.is_empty() {
        let write = Write::SetQueueAttributes { queue: name.clone(), attributes: after };
        steps.push(RepairStep { write, inverse: Write::SetQueueAttributes { queue: name.clone(), attributes: before } });
    }
    if let Some((after, before)) = policy(recorded, live.as_ref()) {
        let set = |text: String| Write::SetQueueAttributes { queue: name.clone(), attributes: [("Policy".to_owned(), text)].into() };
        steps.push(RepairStep { write: set(after), inverse: set(before) });
    }
    steps
}

/// The attributes that differ, as recorded and as they are; an empty text takes one away. What makes a queue FIFO cannot be changed.
fn attributes(recorded: &QueueSettings, live: Option<&QueueSettings>) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let nothing = BTreeMap::new();
    let live = live.map_or(&nothing, |live| &live.attributes);
    let is_whole = recorded.attributes.contains_key("VisibilityTimeout");
    let names = recorded.attributes.keys().chain(live.keys().filter(|_| is_whole));
    let differing: Vec<&String> = names.filter(|name| *name != "FifoQueue" && recorded.attributes.get(*name) != live.get(*name)).collect();
    let of = |settings: &BTreeMap<String, String>| {
        differing.iter().map(|name| ((*name).clone(), settings.get(*name).cloned().unwrap_or_default())).collect()
    };
    (of(&recorded.attributes), of(live))
}

/// The policy with every recorded statement, and the one that is there.
fn policy(recorded: &QueueSettings, live: Option<&QueueSettings>) -> Option<(String, String)> {
    let before = live.and_then(|live| live.policy.clone()).unwrap_or_default();
    let earlier = ResourcePolicy::read(recorded.policy.as_deref()).ok()?;
    let now = ResourcePolicy::read(Some(&before)).ok()?;
    if now.has_all_of(&earlier) {
        return None;
    }
    Some((now.putting_back(&earlier).text(), before))
}
