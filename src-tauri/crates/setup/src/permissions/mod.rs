//! Least privilege: the identity policy that each task on a chain needs, for the chain's own ARNs, and nothing more.

mod document;
mod names;
mod prove;
mod write;

use std::fmt;
use std::str::FromStr;

use waybill_domain::{Invalid, Mode};

use crate::spec::{ChainSpec, QueueChoice};
use document::{Condition, allow};
pub use document::{IdentityPolicy, IdentityStatement};
use names::Names;

/// What somebody does with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Looks at it, and asks the doctor.
    Observe,
    /// Sets it up, and takes that back.
    SetUp,
    /// Proves it.
    Prove,
    /// Has the doctor repair it, prove it again, and take that back.
    Repair,
}

impl Task {
    /// Every task.
    pub const ALL: [Self; 4] = [Self::Observe, Self::SetUp, Self::Prove, Self::Repair];

    /// The word for scripts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::SetUp => "setup",
            Self::Prove => "prove",
            Self::Repair => "repair",
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Task {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|task| task.as_str() == text.trim());
        found.ok_or_else(|| Invalid::new("Task", format!("`{text}` is none of observe, setup, prove and repair")))
    }
}

/// The identity policy that a task on this chain needs; a proof's depends on how its events come about.
pub fn needed_permissions(task: Task, spec: &ChainSpec, mode: Mode) -> IdentityPolicy {
    let names = Names::of(spec);
    IdentityPolicy(match task {
        Task::Observe => observe(&names).into_iter().chain(doctor(&names, spec)).collect(),
        Task::SetUp => observe(&names).into_iter().chain(write::set_up(&names, spec)).collect(),
        Task::Prove => observe(&names).into_iter().chain(prove::prove(&names, spec, mode)).collect(),
        Task::Repair => observe(&names).into_iter().chain(doctor(&names, spec)).chain(write::repair(&names, spec)).collect(),
    })
}

/// Reads the chain as it is.
fn observe(names: &Names<'_>) -> Vec<IdentityStatement> {
    vec![
        allow("ReadEventSource", &["events:DescribeEventSource"], [names.source()]),
        allow("ReadEventBus", &["events:DescribeEventBus"], [names.bus()]),
        allow("ReadRule", &["events:DescribeRule", "events:ListTargetsByRule"], [names.rule()]),
        allow("ReadQueues", &["sqs:GetQueueAttributes", "sqs:GetQueueUrl"], names.queues()),
    ]
}

/// What the doctor reads beside that.
fn doctor(names: &Names<'_>, spec: &ChainSpec) -> Vec<IdentityStatement> {
    let mut looked_into = spec.target.dead_letter.iter().collect::<Vec<_>>();
    if matches!(spec.target.queue, QueueChoice::New(_)) {
        looked_into.push(&spec.target.queue);
    }
    let looked_into: Vec<String> = looked_into.into_iter().map(|choice| spec.arn_of(choice).to_string()).collect();
    let mut statements = vec![
        allow("ReadRulesOfThisName", &["events:ListRules"], [names.rules_of_default_bus()]),
        allow("ReadKeys", &["kms:DescribeKey", "kms:GetKeyPolicy"], [names.keys()]),
        // AWS knows no resource of this action.
        allow("ReadFigures", &["cloudwatch:GetMetricData"], ["*".to_owned()]),
        allow("ReadBusLog", &["logs:FilterLogEvents"], [names.log_group()]),
    ];
    if !looked_into.is_empty() {
        statements.push(allow("LookIntoQueues", &["sqs:ReceiveMessage"], looked_into));
    }
    statements
}

/// Puts targets that send to these queues, and no others.
fn put_targets(sid: &'static str, rule: String, queues: Vec<String>) -> IdentityStatement {
    let condition = Condition { operator: "ForAllValues:ArnLike", key: "events:TargetArn", values: queues };
    IdentityStatement { condition: Some(condition), ..allow(sid, &["events:PutTargets"], [rule]) }
}
