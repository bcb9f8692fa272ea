//! What Waybill remembers of a chain: what it made, what it found, and what it was about to make.

use std::fmt;

use serde::{Deserialize, Serialize};
use waybill_domain::{QueueArn, QueueName, RuleArn, RuleName, Timestamp};

use crate::call::Call;
use crate::spec::ChainSpec;

/// How far a chain is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainState {
    /// Nothing is made yet.
    Planned,
    /// Some of it is made.
    Partial,
    /// The set-up was finished once.
    Complete,
}

impl ChainState {
    /// The word in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Partial => "partial",
            Self::Complete => "complete",
        }
    }
}

/// One thing on AWS that belongs to a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Part {
    /// The bus: the association of the source.
    Bus {
        /// The bus's and source's name.
        name: String,
    },
    /// The activation of a source whose bus was there.
    Activation {
        /// The source's name.
        source: String,
    },
    /// A statement of the bus's policy.
    BusPermission {
        /// The bus.
        bus: String,
        /// The statement's id.
        statement: String,
    },
    /// The rule.
    Rule {
        /// The bus.
        bus: String,
        /// The rule's name.
        name: RuleName,
        /// Its ARN.
        arn: RuleArn,
    },
    /// The enabling of a rule that was there, disabled.
    RuleEnabled {
        /// The bus.
        bus: String,
        /// The rule's name.
        name: RuleName,
    },
    /// The target queue or the dead-letter queue.
    Queue {
        /// The queue's name.
        name: QueueName,
        /// Its ARN.
        arn: QueueArn,
        /// Whether it is the dead-letter queue.
        dead_letter: bool,
    },
    /// A statement of a queue's policy.
    QueueStatement {
        /// The queue.
        queue: QueueName,
        /// The statement's id.
        sid: String,
    },
    /// The rule's target.
    Target {
        /// The bus.
        bus: String,
        /// The rule.
        rule: RuleName,
        /// The target's id.
        id: String,
    },
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bus { name } => write!(f, "event bus {name}"),
            Self::Activation { source } => write!(f, "activation of partner event source {source}"),
            Self::BusPermission { bus, statement } => write!(f, "permission {statement} of event bus {bus}"),
            Self::Rule { name, .. } => write!(f, "rule {name}"),
            Self::RuleEnabled { name, .. } => write!(f, "enabling of rule {name}"),
            Self::Queue { name, dead_letter: false, .. } => write!(f, "queue {name}"),
            Self::Queue { name, dead_letter: true, .. } => write!(f, "dead-letter queue {name}"),
            Self::QueueStatement { queue, sid } => write!(f, "statement {sid} in the policy of queue {queue}"),
            Self::Target { rule, id, .. } => write!(f, "target {id} of rule {rule}"),
        }
    }
}

impl Part {
    /// The call that removes it.
    pub(crate) const fn removal(&self) -> Call {
        match self {
            Self::Bus { .. } => Call::events("DeleteEventBus"),
            Self::Activation { .. } => Call::events("DeactivateEventSource"),
            Self::BusPermission { .. } => Call::events("RemovePermission"),
            Self::Rule { .. } => Call::events("DeleteRule"),
            Self::RuleEnabled { .. } => Call::events("DisableRule"),
            Self::Queue { .. } => Call::sqs("DeleteQueue"),
            Self::QueueStatement { .. } => Call::sqs("SetQueueAttributes"),
            Self::Target { .. } => Call::events("RemoveTargets"),
        }
    }

    /// Whether a change of it takes a while until EventBridge and SQS act on it everywhere: rule, target and policy.
    const fn propagates(&self) -> bool {
        matches!(self, Self::Rule { .. } | Self::RuleEnabled { .. } | Self::QueueStatement { .. } | Self::Target { .. })
    }
}

/// A part of a chain, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// What it is.
    pub part: Part,
    /// Made by Waybill; otherwise found and adopted.
    pub made_by_waybill: bool,
    /// Known to be there; false from just before it is made until AWS has answered.
    pub confirmed: bool,
}

/// Everything that Waybill remembers of one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainRecord {
    /// The chain as last wanted.
    pub spec: ChainSpec,
    /// The rule's intended event pattern: expectations come from it.
    pub pattern: String,
    /// How far it is set up.
    pub state: ChainState,
    /// Its parts, in the order in which they were made or found.
    pub resources: Vec<Resource>,
    /// The URL of the target queue, once known.
    pub queue_url: Option<String>,
    /// When Waybill last changed rule, target or policy.
    pub changed_at: Option<Timestamp>,
    /// When the record was last written.
    pub updated_at: Timestamp,
}

/// One step in the life of a record. Each is kept before the next call to AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainChange {
    /// A set-up begins with this specification.
    Begin(Box<ChainSpec>),
    /// The part is about to be made.
    Intend(Part),
    /// The part was made, or found after it was intended.
    Confirm(Part),
    /// The part was found and is not Waybill's.
    Adopt(Part),
    /// The part is not there, or no longer.
    Forget(Part),
    /// The intended pattern of the rule.
    Pattern(String),
    /// Rule, target or policy was changed otherwise than by a set-up.
    Changed,
    /// The whole chain stands; the target queue has this URL.
    Complete {
        /// The URL.
        queue_url: String,
    },
    /// An undo has removed what it could.
    Undone,
}

impl ChainRecord {
    /// A record of which nothing is made yet.
    pub fn new(spec: ChainSpec, now: Timestamp) -> Self {
        let pattern = spec.pattern();
        Self { spec, pattern, state: ChainState::Planned, resources: Vec::new(), queue_url: None, changed_at: None, updated_at: now }
    }

    /// The part's entry, if it has one.
    pub fn resource(&self, part: &Part) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.part == *part)
    }

    /// Whether Waybill made the part.
    pub fn made(&self, part: &Part) -> bool {
        self.resource(part).is_some_and(|resource| resource.made_by_waybill)
    }

    /// What Waybill made and has confirmed, in order.
    pub fn made_parts(&self) -> Vec<Part> {
        self.resources
            .iter()
            .filter(|resource| resource.made_by_waybill && resource.confirmed)
            .map(|resource| resource.part.clone())
            .collect()
    }

    /// Takes a change.
    pub fn take(&mut self, change: ChainChange, now: Timestamp) {
        self.updated_at = now;
        match change {
            ChainChange::Begin(spec) => self.begin(*spec),
            ChainChange::Intend(part) => self.put(part, true, false),
            ChainChange::Confirm(part) => {
                if part.propagates() {
                    self.changed_at = Some(now);
                }
                self.put(part, true, true);
            }
            // Two programs may set up one chain at once: what one of them made, the other finds.
            ChainChange::Adopt(part) if self.resource(&part).is_some_and(|known| known.made_by_waybill && known.confirmed) => {}
            ChainChange::Adopt(part) => self.put(part, false, true),
            ChainChange::Forget(part) => self.forget(&part),
            ChainChange::Pattern(pattern) => self.pattern = pattern,
            ChainChange::Changed => self.changed_at = Some(now),
            ChainChange::Complete { queue_url } => {
                self.queue_url = Some(queue_url);
                self.state = ChainState::Complete;
            }
            ChainChange::Undone => self.undone(),
        }
    }

    fn begin(&mut self, spec: ChainSpec) {
        if spec != self.spec {
            self.state = if self.resources.is_empty() { ChainState::Planned } else { ChainState::Partial };
            self.spec = spec;
        }
    }

    fn put(&mut self, part: Part, made_by_waybill: bool, confirmed: bool) {
        if self.state == ChainState::Planned {
            self.state = ChainState::Partial;
        }
        match self.resources.iter_mut().find(|resource| resource.part == part) {
            // What Waybill made stays confirmed while it is only updated.
            Some(known) => {
                known.confirmed = confirmed || (known.confirmed && known.made_by_waybill == made_by_waybill);
                known.made_by_waybill = made_by_waybill;
            }
            None => self.resources.push(Resource { part, made_by_waybill, confirmed }),
        }
    }

    fn forget(&mut self, part: &Part) {
        self.resources.retain(|resource| resource.part != *part);
        if self.state == ChainState::Complete {
            self.state = ChainState::Partial;
        }
    }

    fn undone(&mut self) {
        self.resources.retain(|resource| resource.made_by_waybill);
        self.state = if self.resources.is_empty() { ChainState::Planned } else { ChainState::Partial };
        self.queue_url = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::spec;

    fn queue() -> Part {
        Part::Queue { name: "q".parse().unwrap(), arn: QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q"), dead_letter: false }
    }

    fn bus() -> Part {
        Part::Bus { name: spec().bus().to_owned() }
    }

    fn record(changes: Vec<ChainChange>) -> ChainRecord {
        let mut record = ChainRecord::new(spec(), Timestamp::from_millis(0));
        for (at, change) in changes.into_iter().enumerate() {
            record.take(change, Timestamp::from_millis(at as i64 + 1));
        }
        record
    }

    #[test]
    fn made_and_adopted_are_kept_apart() {
        let record = record(vec![ChainChange::Adopt(bus()), ChainChange::Intend(queue()), ChainChange::Confirm(queue())]);
        assert_eq!(record.made_parts(), [queue()]);
        assert!(!record.made(&bus()), "what was found is not Waybill's");
        assert_eq!(record.state, ChainState::Partial);
    }

    #[test]
    fn what_was_made_is_not_disowned_by_finding_it() {
        assert_eq!(record(vec![ChainChange::Confirm(queue()), ChainChange::Adopt(queue())]).made_parts(), [queue()]);
        let by_another = record(vec![ChainChange::Intend(queue()), ChainChange::Adopt(queue()), ChainChange::Confirm(queue())]);
        assert_eq!(by_another.made_parts(), [queue()], "the program that made it confirms it last");
    }

    #[test]
    fn an_intended_part_is_not_counted_as_made_until_confirmed() {
        let intended = record(vec![ChainChange::Intend(queue())]);
        assert!(intended.made_parts().is_empty());
        assert!(intended.made(&queue()), "an undo still looks for it");
    }

    #[test]
    fn updating_a_confirmed_part_keeps_it_confirmed() {
        let updated = record(vec![ChainChange::Confirm(queue()), ChainChange::Intend(queue())]);
        assert_eq!(updated.made_parts(), [queue()]);
    }

    #[test]
    fn making_again_what_was_adopted_and_is_gone_waits_for_its_confirmation() {
        let again = record(vec![ChainChange::Adopt(queue()), ChainChange::Intend(queue())]);
        assert_eq!(again.resources, [Resource { part: queue(), made_by_waybill: true, confirmed: false }]);
    }

    #[test]
    fn a_finished_chain_stays_finished_until_something_else_is_wanted() {
        let finished = vec![ChainChange::Confirm(queue()), ChainChange::Complete { queue_url: "http://q".into() }];
        let same = [finished.clone(), vec![ChainChange::Begin(Box::new(spec()))]].concat();
        assert_eq!(record(same).state, ChainState::Complete);
        let mut wanted = spec();
        wanted.rule.description.clear();
        let other = [finished, vec![ChainChange::Begin(Box::new(wanted))]].concat();
        assert_eq!(record(other).state, ChainState::Partial);
    }

    #[test]
    fn only_changes_of_rule_target_and_policy_start_the_wait() {
        assert_eq!(record(vec![ChainChange::Confirm(queue())]).changed_at, None);
        let statement = Part::QueueStatement { queue: "q".parse().unwrap(), sid: "waybill-x".into() };
        assert_eq!(record(vec![ChainChange::Confirm(statement)]).changed_at, Some(Timestamp::from_millis(1)));
    }

    #[test]
    fn an_undo_forgets_what_was_adopted() {
        let all = vec![ChainChange::Adopt(bus()), ChainChange::Confirm(queue()), ChainChange::Forget(queue()), ChainChange::Undone];
        let record = record(all);
        assert_eq!((record.state, record.resources.len()), (ChainState::Planned, 0));
    }
}
