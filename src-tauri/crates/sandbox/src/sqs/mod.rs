//! Amazon SQS (JSON 1.0).

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{DatabaseError, Journal, Saved, World};

/// The tables of this service.
pub(crate) const TABLES: &[&str] = &[];

/// All queues of all regions.
#[derive(Debug, Default)]
pub(crate) struct Queues {}

impl Queues {
    /// The queues of the last run.
    pub(crate) fn restore(_saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        Ok(Self {})
    }

    /// Takes a message from a rule (or for its dead-letter queue), if the queue's policy lets it in.
    pub(crate) fn accept_from_rule(
        &mut self,
        _journal: &mut Journal,
        _delivery: RuleDelivery<'_>,
    ) -> Result<(), DeliveryFailure> {
        Err(DeliveryFailure::NoResource)
    }

    /// (queues, messages), for inspection.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (0, 0)
    }
}

/// A message on its way from a rule to a queue.
#[derive(Debug)]
pub(crate) struct RuleDelivery<'a> {
    /// The target queue, or the dead-letter queue.
    pub(crate) queue_arn: &'a str,
    /// `aws:SourceArn`.
    pub(crate) rule_arn: &'a str,
    /// The account of the rule: `aws:SourceAccount`.
    pub(crate) account: &'a str,
    /// The region of the rule; a queue elsewhere is no resource.
    pub(crate) region: &'a str,
    /// The message's body.
    pub(crate) body: &'a str,
    /// String attributes, name and value; for dead letters.
    pub(crate) message_attributes: &'a [(&'static str, String)],
    /// `SqsParameters.MessageGroupId` of the target.
    pub(crate) message_group_id: Option<&'a str>,
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
}

/// Why a queue did not take a rule's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeliveryFailure {
    /// There is no such queue in this region.
    NoResource,
    /// The queue's policy does not allow it.
    NoPermissions,
    /// The queue refuses this message: SQS's own error code and message.
    Refused { code: &'static str, message: String },
}

/// The operations that the sandbox serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {}

impl Operation {
    /// The operation of an `X-Amz-Target`, without `AmazonSQS.`.
    pub(crate) fn named(_name: &str) -> Option<Self> {
        None
    }

    /// Runs it.
    pub(crate) fn run(
        self,
        _world: &mut World,
        _call: &Call<'_>,
        _journal: &mut Journal,
    ) -> Result<Outcome, ApiError> {
        match self {}
    }
}
