//! Everything of a chain that AWS lets be set: what an export makes again, and what drift is judged by.

mod read;
mod wanted;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waybill_domain::{AccountId, PartnerSourceName, QueueArn, QueueName, Region, RuleArn, RuleName};

pub use read::{SettingsRead, read_settings};

/// Tags by name.
pub type Tags = BTreeMap<String, String>;

/// The settings of a chain, from the association of its source to the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainSettings {
    /// The partner event source; its bus has the same name.
    pub source: PartnerSourceName,
    /// The account that receives the events.
    pub account: AccountId,
    /// The region of everything.
    pub region: Region,
    /// The bus's tags.
    pub bus_tags: Tags,
    /// The rule on the bus.
    pub rule: RuleSettings,
    /// The rule's target.
    pub target: TargetSettings,
    /// The target queue.
    pub queue: QueueSettings,
    /// The target's dead-letter queue, where it has one in this account and region.
    pub dead_letter: Option<QueueSettings>,
}

/// The settings of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSettings {
    /// Its name.
    pub name: RuleName,
    /// Its description, possibly empty.
    pub description: String,
    /// Its event pattern.
    pub pattern: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// Its tags.
    pub tags: Tags,
}

/// The settings of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetSettings {
    /// Its id within the rule.
    pub id: String,
    /// The queue's ARN.
    pub arn: String,
    /// What it sends.
    pub input: TargetInput,
    /// The ARN of its dead-letter queue.
    pub dead_letter: Option<String>,
    /// How often and how long a delivery is tried, where it says so.
    pub retry: Option<Retry>,
    /// The message group that it sends with (FIFO queues).
    pub message_group: Option<String>,
    /// The ARN of the role that it sends with.
    pub role: Option<String>,
}

/// What a target sends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sends", content = "as", rename_all = "snake_case")]
pub enum TargetInput {
    /// The event as it came.
    #[default]
    Event,
    /// Always the same JSON text (`Input`).
    Constant(
        /// The text.
        String,
    ),
    /// A part of the event (`InputPath`).
    Path(
        /// The JSON path.
        String,
    ),
    /// A filled template (`InputTransformer`).
    Transformer {
        /// JSON paths by placeholder.
        paths: BTreeMap<String, String>,
        /// The template.
        template: String,
    },
}

/// How often and how long a target tries to deliver an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// `MaximumRetryAttempts`.
    pub attempts: Option<i32>,
    /// `MaximumEventAgeInSeconds`.
    pub age_s: Option<i32>,
}

/// The settings of a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueSettings {
    /// Its name.
    pub name: QueueName,
    /// Its attributes that can be set, as SQS names them, without its policy.
    pub attributes: BTreeMap<String, String>,
    /// Its policy's JSON, where it has one.
    pub policy: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

impl TargetInput {
    /// What changes the event on the way, as the API names it.
    pub const fn changes_event(&self) -> Option<&'static str> {
        match self {
            Self::Event => None,
            Self::Constant(_) => Some("Input"),
            Self::Path(_) => Some("InputPath"),
            Self::Transformer { .. } => Some("InputTransformer"),
        }
    }
}

impl ChainSettings {
    /// The ARN of a queue of this account and region.
    pub fn queue_arn(&self, name: &QueueName) -> QueueArn {
        QueueArn::new(&self.region, &self.account, name)
    }

    /// The rule's ARN.
    pub fn rule_arn(&self) -> RuleArn {
        RuleArn::new(&self.region, &self.account, self.source.as_str(), &self.rule.name)
    }

    /// Both queues; the dead-letter queue comes first, because the other may refer to it.
    pub fn queues(&self) -> impl Iterator<Item = &QueueSettings> {
        self.dead_letter.iter().chain([&self.queue])
    }
}
