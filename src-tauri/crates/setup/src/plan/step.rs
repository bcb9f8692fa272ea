//! One AWS call of a set-up.

use std::fmt;

use serde_json::{Value, json};

use crate::call::Call;
use crate::observed::Read;
use crate::record::Part;
use crate::write::Write;

/// Which call of a set-up it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepId {
    /// Is the partner event source there?
    FindSource,
    /// Is its bus there?
    FindBus,
    /// Associate with event bus.
    Associate,
    /// Activate a source whose bus is there.
    Activate,
    /// Which organization is mine?
    FindOrganization,
    /// The permission step of iLert's page.
    Permission,
    /// Is there a rule of this name?
    FindRule,
    /// Do the samples match?
    TestPattern,
    /// The rule.
    Rule,
    /// Is the queue there?
    FindQueue,
    /// The queue.
    Queue,
    /// Is the dead-letter queue there?
    FindDeadLetterQueue,
    /// The dead-letter queue.
    DeadLetterQueue,
    /// The queue's policy.
    QueuePolicy,
    /// The dead-letter queue's policy.
    DeadLetterPolicy,
    /// Which targets has the rule?
    FindTargets,
    /// The target.
    Target,
    /// Something that Waybill made earlier and that is no longer wanted.
    Retire,
}

impl StepId {
    /// Every step in the order of a set-up; only [`StepId::Retire`] can come several times.
    pub const ALL: [Self; 18] = [
        Self::FindSource,
        Self::FindBus,
        Self::Associate,
        Self::Activate,
        Self::FindOrganization,
        Self::Permission,
        Self::FindRule,
        Self::TestPattern,
        Self::Rule,
        Self::FindQueue,
        Self::Queue,
        Self::FindDeadLetterQueue,
        Self::DeadLetterQueue,
        Self::QueuePolicy,
        Self::DeadLetterPolicy,
        Self::FindTargets,
        Self::Target,
        Self::Retire,
    ];

    /// A stable id, for example `queue-policy`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FindSource => "find-source",
            Self::FindBus => "find-bus",
            Self::Associate => "associate",
            Self::Activate => "activate",
            Self::FindOrganization => "find-organization",
            Self::Permission => "permission",
            Self::FindRule => "find-rule",
            Self::TestPattern => "test-pattern",
            Self::Rule => "rule",
            Self::FindQueue => "find-queue",
            Self::Queue => "queue",
            Self::FindDeadLetterQueue => "find-dead-letter-queue",
            Self::DeadLetterQueue => "dead-letter-queue",
            Self::QueuePolicy => "queue-policy",
            Self::DeadLetterPolicy => "dead-letter-policy",
            Self::FindTargets => "find-targets",
            Self::Target => "target",
            Self::Retire => "retire",
        }
    }

    /// What it is about, for a sentence about it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::FindSource => "Partner event source",
            Self::FindBus => "Event bus",
            Self::Associate => "Associate with event bus",
            Self::Activate => "Activate event source",
            Self::FindOrganization => "My organization",
            Self::Permission => "Permissions",
            Self::FindRule | Self::Rule => "Rule",
            Self::TestPattern => "Event pattern",
            Self::FindQueue | Self::Queue => "Queue",
            Self::FindDeadLetterQueue | Self::DeadLetterQueue => "Dead-letter queue",
            Self::QueuePolicy => "Queue policy",
            Self::DeadLetterPolicy => "Policy of the dead-letter queue",
            Self::FindTargets | Self::Target => "Target",
            Self::Retire => "Remove what is no longer wanted",
        }
    }

    /// The page of the guided flow that it belongs to.
    pub const fn page(self) -> Page {
        match self {
            Self::FindSource => Page::Source,
            Self::FindBus | Self::Associate | Self::Activate | Self::FindOrganization | Self::Permission => Page::Bus,
            Self::FindRule | Self::TestPattern | Self::Rule => Page::Rule,
            _ => Page::Target,
        }
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A page of the guided flow, in the words of iLert's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Partner event source.
    Source,
    /// Associate with event bus.
    Bus,
    /// Rule.
    Rule,
    /// Target.
    Target,
}

impl Page {
    /// A stable id: `source`, `bus`, `rule` or `target`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Bus => "bus",
            Self::Rule => "rule",
            Self::Target => "target",
        }
    }

    /// The title on iLert's page.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Source => "Partner event source",
            Self::Bus => "Associate with event bus",
            Self::Rule => "Create rule",
            Self::Target => "Select targets",
        }
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// Will be called.
    Planned,
    /// Is being called.
    Running,
    /// Was read, or is already as wanted.
    Found,
    /// Was made or changed.
    Done,
    /// AWS does not take it; the set-up goes on.
    Skipped,
    /// Cannot be done as things are; the finding says why and what to do.
    Blocked,
    /// Was tried and failed.
    Failed,
}

/// A document on AWS that a call puts another one in the place of: a queue's policy, or a rule's event pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The JSON as it is.
    pub before: String,
    /// The JSON as it will be.
    pub after: String,
}

/// One AWS call, planned or made.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which one.
    pub id: StepId,
    /// Service and operation, for example `events:PutRule`.
    pub call: Call,
    /// What it is for, in a few words.
    pub summary: String,
    /// The request as AWS's API reference spells it.
    pub input: Value,
    /// How it stands.
    pub status: StepStatus,
    /// What it found or did.
    pub finding: String,
    /// AWS's request id, once called.
    pub request_id: Option<String>,
    /// What it replaces, where something is there.
    pub replaces: Option<Replacement>,
    /// What it makes, or what stands already.
    pub(crate) part: Option<Part>,
    pub(crate) write: Option<Write>,
    pub(crate) writes: bool,
}

impl Step {
    /// A call that was already made: it read something.
    pub(super) fn read<T>(id: StepId, summary: impl Into<String>, answer: &Read<T>) -> Self {
        Self {
            id,
            call: answer.call,
            summary: summary.into(),
            input: json!({}),
            status: StepStatus::Found,
            finding: String::new(),
            request_id: answer.request_id.clone(),
            replaces: None,
            part: None,
            write: None,
            writes: false,
        }
    }

    /// A reading call that is only made during the set-up.
    pub(super) fn read_later(id: StepId, summary: impl Into<String>, call: Call) -> Self {
        let answer = Read { value: (), call, request_id: None };
        Self { status: StepStatus::Planned, ..Self::read(id, summary, &answer) }
    }

    /// A call that makes or changes something.
    pub(super) fn write(id: StepId, summary: impl Into<String>, write: Write) -> Self {
        Self {
            id,
            call: write.call(),
            summary: summary.into(),
            input: write.input(),
            status: StepStatus::Planned,
            finding: "Planned".to_owned(),
            request_id: None,
            replaces: None,
            part: None,
            write: Some(write),
            writes: true,
        }
    }

    /// A call that removes what an earlier set-up made.
    pub(super) fn retire(part: Part) -> Self {
        let answer = Read { value: (), call: part.removal(), request_id: None };
        let summary = format!("Remove {part}, which is no longer wanted");
        let step = Self::read(StepId::Retire, summary, &answer).of(part).finding("Planned");
        Self { status: StepStatus::Planned, writes: true, ..step }
    }

    pub(super) fn input(self, input: Value) -> Self {
        Self { input, ..self }
    }

    pub(super) fn of(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// It puts `after` in the place of what is there, if something is.
    pub(super) fn replacing(self, before: Option<&str>, after: &str) -> Self {
        let replaces = before.map(|before| Replacement { before: before.to_owned(), after: after.to_owned() });
        Self { replaces, ..self }
    }

    pub(super) fn finding(self, finding: impl Into<String>) -> Self {
        Self { finding: finding.into(), ..self }
    }

    /// Nothing to do: what it would make stands already.
    pub(super) fn found(self, finding: impl Into<String>) -> Self {
        Self { status: StepStatus::Found, write: None, replaces: None, finding: finding.into(), ..self }
    }

    /// It cannot be done, for this reason.
    pub(super) fn blocked(self, why: impl Into<String>) -> Self {
        Self { status: StepStatus::Blocked, write: None, replaces: None, finding: why.into(), ..self }
    }

    /// It is left out, for this reason, and the set-up goes on.
    pub(super) fn skipped(self, why: impl Into<String>) -> Self {
        Self { status: StepStatus::Skipped, write: None, replaces: None, part: None, finding: why.into(), ..self }
    }

    /// Whether the call changes something on AWS.
    pub const fn writes(&self) -> bool {
        self.writes
    }
}
