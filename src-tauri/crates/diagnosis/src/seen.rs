//! What was read from AWS, each thing once; what could not be read says why.

use std::collections::BTreeMap;

use waybill_aws::{BusLog, CallError, CallErrorKind, Figures, Identity};
use waybill_domain::{Region, Timestamp};
use waybill_setup::{BusSeen, Call, QueueSeen, Read, SourceSeen};

use crate::repair::{RuleWrite, TargetWrite};

/// One thing that was read, or why it was not.
pub type Reading<T> = Result<Read<T>, Unread>;

/// Why something was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// AWS did not tell.
    Call(CallError),
    /// The endpoint does not offer this service.
    NotOffered(&'static str),
    /// Nobody asked: it would have been of no use, or cost too much.
    NotAsked,
    /// The answer has not come yet.
    Pending,
}

impl Unread {
    /// The permission that is missing.
    pub fn missing_permission(&self) -> Option<MissingPermission<'_>> {
        match self {
            Self::Call(error) if error.kind == CallErrorKind::AccessDenied => {
                // AWS says so in one sentence: `… is not authorized to perform: ACTION on resource: ARN …`.
                let resource = error.message.split("on resource: ").nth(1).and_then(|rest| rest.split_whitespace().next());
                Some(MissingPermission { action: format!("{}:{}", error.service, error.operation), resource })
            }
            _ => None,
        }
    }

    pub(crate) fn is(&self, kind: CallErrorKind) -> bool {
        matches!(self, Self::Call(error) if error.kind == kind)
    }
}

/// What an identity policy would have to allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPermission<'a> {
    /// The IAM action, for example `events:DescribeRule`.
    pub action: String,
    /// The ARN of what it is about, where AWS names it.
    pub resource: Option<&'a str>,
}

impl std::fmt::Display for MissingPermission<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the IAM action `{}`", self.action)?;
        self.resource.map_or(Ok(()), |resource| write!(f, " on `{resource}`"))
    }
}

/// Everything that the checks are judged by.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The region that was asked.
    pub region: Region,
    /// Who asks.
    pub identity: Reading<Identity>,
    /// The partner event source.
    pub source: Reading<Option<SourceSeen>>,
    /// The bus of the same name.
    pub bus: Reading<Option<BusSeen>>,
    /// The rule by the recorded name on that bus.
    pub rule: Reading<Option<RuleNow>>,
    /// Its targets.
    pub targets: Reading<Vec<TargetNow>>,
    /// Where the rule is not there: rules of its name on the default bus.
    pub strays: Reading<Vec<String>>,
    /// The target queue.
    pub queue: Reading<Option<QueueSeen>>,
    /// The key of the target queue; not asked where it has none, or one whose policy nobody can change.
    pub key: Reading<Option<KeyNow>>,
    /// That key's policy.
    pub key_policy: Reading<Option<String>>,
    /// The target's dead-letter queue, where it has one or should have one.
    pub dead_letter: Option<Reading<Option<QueueSeen>>>,
    /// The key of the dead-letter queue.
    pub dead_letter_key: Reading<Option<KeyNow>>,
    /// That key's policy.
    pub dead_letter_key_policy: Reading<Option<String>>,
    /// Events in the dead-letter queue; not asked where it has none.
    pub letters: Reading<Vec<Letter>>,
    /// Whether the queue can be received from; asked of Waybill's own queues only.
    pub receive: Reading<()>,
    /// What CloudWatch counts of the rule.
    pub figures: Reading<Figures>,
    /// What the bus logged about an event that is missing; not asked where none is.
    pub bus_log: Reading<BusLog>,
    /// Every request that it took, in the order in which they left.
    pub requests: Vec<Asked>,
}

/// One request of a diagnosis, and how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The call.
    pub call: Call,
    /// When it left.
    pub began_at: Timestamp,
    /// When its answer had come; none as long as it has not.
    pub ended_at: Option<Timestamp>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
    /// Why AWS did not tell, in its own code or in words; none where it did.
    pub refused: Option<String>,
}

/// A rule as it is: everything that writing it back takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleNow {
    /// Its ARN.
    pub arn: String,
    /// Whether its state is another than `DISABLED`.
    pub enabled: bool,
    /// Its event pattern; none for a rule on a schedule.
    pub pattern: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// Its role.
    pub role_arn: Option<String>,
    /// The AWS service that manages it.
    pub managed_by: Option<String>,
}

impl RuleNow {
    /// The request that would write it as it is, with another pattern.
    pub(crate) fn with_pattern(&self, (bus, name): (&str, &str), pattern: &str) -> RuleWrite {
        RuleWrite {
            bus: bus.to_owned(),
            name: name.to_owned(),
            pattern: pattern.to_owned(),
            enabled: self.enabled,
            description: self.description.clone(),
            role_arn: self.role_arn.clone(),
        }
    }
}

/// A KMS key as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyNow {
    /// Its ARN.
    pub arn: String,
    /// `KeyState`, for example `Enabled`.
    pub state: String,
    /// Whether AWS manages it, so that nobody can change its policy.
    pub by_aws: bool,
}

/// A target of the rule as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetNow {
    /// Everything that writing it back takes.
    pub write: TargetWrite,
    /// Whether it has settings of other services, which Waybill cannot write back.
    pub foreign: bool,
}

impl TargetNow {
    /// What changes the event on the way: `Input`, `InputPath` or `InputTransformer`.
    pub(crate) fn changes_event(&self) -> Option<&'static str> {
        let TargetWrite { input, input_path, input_template, .. } = &self.write;
        match (input, input_path, input_template) {
            (Some(_), ..) => Some("Input"),
            (_, Some(_), _) => Some("InputPath"),
            (.., Some(_)) => Some("InputTransformer"),
            _ => None,
        }
    }
}

/// An event in the target's dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The rule that could not deliver it.
    pub rule_arn: String,
    /// `ERROR_CODE` (EventBridge user guide, eb-rule-dlq).
    pub code: String,
    /// `ERROR_MESSAGE`.
    pub message: String,
    /// When it came into the dead-letter queue.
    pub sent_at: Timestamp,
}

/// Attributes of a queue by name.
pub(crate) type Attributes = BTreeMap<String, String>;

impl Seen {
    /// Before the first answer.
    pub(crate) fn nothing_yet(region: Region) -> Self {
        const fn pending<T>() -> Reading<T> {
            Err(Unread::Pending)
        }
        Self {
            region,
            identity: pending(),
            source: pending(),
            bus: pending(),
            rule: pending(),
            targets: pending(),
            strays: pending(),
            queue: pending(),
            key: pending(),
            key_policy: pending(),
            dead_letter: Some(pending()),
            dead_letter_key: pending(),
            dead_letter_key_policy: pending(),
            letters: pending(),
            receive: pending(),
            figures: pending(),
            bus_log: pending(),
            requests: Vec::new(),
        }
    }
}
