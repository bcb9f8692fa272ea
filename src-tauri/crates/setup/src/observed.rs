//! What was read from AWS about a chain.

use std::collections::BTreeMap;
use std::fmt;

use aws_sdk_eventbridge::operation::describe_event_bus::DescribeEventBusOutput;
use serde::{Deserialize, Serialize};
use waybill_domain::{QueueName, Timestamp};

use crate::call::Call;
use crate::settings::{Retry, TargetInput};
use crate::situation::Situation;

/// An answer of AWS, with the call that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// What was read.
    pub value: T,
    /// The call, for example `events:DescribeRule`.
    pub call: Call,
    /// AWS's request id.
    pub request_id: Option<String>,
}

impl<T> Read<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Read<U> {
        Read { value: change(self.value), call: self.call, request_id: self.request_id }
    }
}

/// A chain as it is: every part read from AWS, none assumed. What does not exist is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The partner event source.
    pub source: Read<Option<SourceSeen>>,
    /// The bus of the same name.
    pub bus: Read<Option<BusSeen>>,
    /// The rule by the wanted name on that bus.
    pub rule: Read<Option<RuleSeen>>,
    /// The rule's targets; empty without a rule.
    pub targets: Read<Vec<TargetSeen>>,
    /// The target queue.
    pub queue: Read<Option<QueueSeen>>,
    /// The dead-letter queue, where one is wanted.
    pub dead_letter: Option<Read<Option<QueueSeen>>>,
    /// The account's organization, read only where My organization is chosen.
    pub organization: Option<Read<MyOrganization>>,
}

impl Observed {
    /// Which of the five situations of a partner event source this is.
    pub fn situation(&self) -> Situation {
        Situation::of(self.source.value.as_ref().map(|source| source.state), self.bus.value.is_some())
    }
}

/// The organization of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MyOrganization {
    /// Its id, for example `o-a1b2c3d4e5`.
    Id(String),
    /// The account is in no organization.
    NotInOne,
    /// Organizations did not tell; why.
    Untold(String),
}

/// The state of a partner event source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    /// Events are accepted and lost.
    Pending,
    /// Events go to the bus.
    Active,
    /// The partner deleted it.
    Deleted,
}

/// A partner event source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSeen {
    /// Its state.
    pub state: SourceState,
    /// Its ARN.
    pub arn: String,
    /// The partner who made it.
    pub created_by: Option<String>,
    /// When AWS deletes it if it stays pending; AWS's own answer, never a constant.
    pub expires_at: Option<Timestamp>,
}

/// An event bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusSeen {
    /// Its ARN.
    pub arn: String,
    /// Its policy's JSON.
    pub policy: Option<String>,
    /// What it logs of its events; none where the endpoint does not tell.
    pub log: Option<LogConfig>,
}

/// How much of its events' way a bus logs, in AWS's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogConfig {
    /// `OFF`, `ERROR`, `INFO` or `TRACE`.
    pub level: String,
    /// `NONE` or `FULL`: whether the events' detail is logged, too.
    pub detail: String,
}

impl BusSeen {
    /// Of AWS's answer.
    pub fn of(bus: DescribeEventBusOutput) -> Self {
        let log = bus.log_config.map(LogConfig::of);
        Self { arn: bus.arn.unwrap_or_default(), policy: bus.policy, log }
    }
}

impl LogConfig {
    /// Of AWS's answer; what is left out is the least.
    pub(crate) fn of(config: aws_sdk_eventbridge::types::LogConfig) -> Self {
        let level = config.level.map_or_else(|| "OFF".to_owned(), |level| level.as_str().to_owned());
        let detail = config.include_detail.map_or_else(|| "NONE".to_owned(), |detail| detail.as_str().to_owned());
        Self { level, detail }
    }

    /// Whether anything is logged.
    pub fn is_on(&self) -> bool {
        self.level != "OFF"
    }

    /// Whether matched rules and deliveries are logged, not errors only.
    pub fn tells_steps(&self) -> bool {
        matches!(self.level.as_str(), "INFO" | "TRACE")
    }
}

impl fmt::Display for LogConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = if self.detail == "FULL" { ", with the events' detail" } else { "" };
        write!(f, "{}{detail}", self.level)
    }
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSeen {
    /// Its ARN.
    pub arn: String,
    /// Whether its state is another than `DISABLED`.
    pub enabled: bool,
    /// Its event pattern; none for a rule on a schedule.
    pub pattern: Option<String>,
    /// Its description, possibly empty.
    pub description: String,
    /// The AWS service that manages it, if one does.
    pub managed_by: Option<String>,
}

/// A target of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetSeen {
    /// Its id within the rule.
    pub id: String,
    /// Where it sends.
    pub arn: String,
    /// The ARN of its dead-letter queue.
    pub dead_letter: Option<String>,
    /// The message group that it sends with (FIFO queues).
    pub message_group: Option<String>,
    /// What changes the event on the way: `Input`, `InputPath` or `InputTransformer`.
    pub changes_event: Option<&'static str>,
    /// What it sends.
    pub input: TargetInput,
    /// How often and how long a delivery is tried, where the target says so.
    pub retry: Option<Retry>,
    /// The ARN of the role that it sends with.
    pub role: Option<String>,
}

/// An SQS queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSeen {
    /// Its name.
    pub name: QueueName,
    /// Its URL.
    pub url: String,
    /// All its attributes as SQS names them.
    pub attributes: BTreeMap<String, String>,
}

impl QueueSeen {
    /// Its ARN.
    pub fn arn(&self) -> &str {
        self.attribute("QueueArn").unwrap_or_default()
    }

    /// Its policy's JSON.
    pub fn policy(&self) -> Option<&str> {
        self.attribute("Policy")
    }

    /// The KMS key that encrypts it, if it is not SQS's own.
    pub fn key(&self) -> Option<&str> {
        self.attribute("KmsMasterKeyId")
    }

    /// Whether a FIFO queue makes its own deduplication ids; EventBridge never sends one.
    pub fn deduplicates_by_content(&self) -> bool {
        self.attribute("ContentBasedDeduplication") == Some("true")
    }

    /// One attribute; an empty one counts as absent.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }
}
