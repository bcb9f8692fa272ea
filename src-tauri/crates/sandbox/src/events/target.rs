//! Targets of a rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A target as the API takes, keeps and tells it.
///
/// Members that AWS knows but the sandbox cannot honour are refused when the request is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Target {
    /// Unique within its rule.
    #[serde(default)]
    pub(crate) id: String,
    /// The queue.
    #[serde(default)]
    pub(crate) arn: String,
    /// Refused for a queue, as on AWS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role_arn: Option<String>,
    /// A constant body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<String>,
    /// A part of the event as the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) input_path: Option<String>,
    /// A template as the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) input_transformer: Option<InputTransformer>,
    /// Needed by FIFO queues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sqs_parameters: Option<SqsParameters>,
    /// Where undeliverable events go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dead_letter_config: Option<DeadLetterConfig>,
    /// How often a delivery is tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_policy: Option<RetryPolicy>,
}

/// `InputTransformer`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct InputTransformer {
    /// Placeholder → JSON path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) input_paths_map: BTreeMap<String, String>,
    /// The text with `<placeholders>`.
    #[serde(default)]
    pub(crate) input_template: String,
}

/// `SqsParameters`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct SqsParameters {
    /// The message group of every message of this target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message_group_id: Option<String>,
}

/// `DeadLetterConfig`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct DeadLetterConfig {
    /// A standard queue of the same region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) arn: Option<String>,
}

/// `RetryPolicy`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct RetryPolicy {
    /// 0 to 185.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) maximum_retry_attempts: Option<i64>,
    /// 60 to 86,400 seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) maximum_event_age_in_seconds: Option<i64>,
}

impl Target {
    /// Whether its queue is FIFO, by its name.
    pub(crate) fn is_fifo(&self) -> bool {
        self.arn.ends_with(".fifo")
    }

    /// The message group for its queue.
    pub(crate) fn message_group_id(&self) -> Option<&str> {
        self.sqs_parameters.as_ref()?.message_group_id.as_deref()
    }

    /// The queue for undeliverable events.
    pub(crate) fn dead_letter_arn(&self) -> Option<&str> {
        self.dead_letter_config.as_ref()?.arn.as_deref()
    }

    /// Whether a first failure is also the last by the target's own policy.
    pub(crate) fn never_retries(&self) -> bool {
        self.retry_policy.as_ref().is_some_and(|policy| policy.maximum_retry_attempts == Some(0))
    }
}
