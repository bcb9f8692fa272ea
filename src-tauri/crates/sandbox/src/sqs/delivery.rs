//! What the rules of EventBridge put into queues.

use std::sync::{Arc, LazyLock};

use thiserror::Error;

use super::Queues;
use super::address::Address;
use super::message::{Draft, Value};
use super::moment::{Moment, random_id};
use crate::kms::{self, KeyRing};
use crate::policy::{Context, Principal, Request};
use crate::state::Journal;

/// The service that rules send as.
const EVENTS: &str = "events.amazonaws.com";

/// The same, once for all messages.
static SENDER: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(EVENTS));

/// A message of a rule to a queue: a target's, or its dead-letter queue's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RuleDelivery<'a> {
    /// The target queue, or the dead-letter queue.
    pub(crate) queue_arn: &'a str,
    /// `aws:SourceArn`; the queue's policy must let this rule in.
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
    /// The event's X-Ray header, which becomes the message's `AWSTraceHeader`.
    pub(crate) trace_header: Option<&'a str>,
    /// The keys that queues may be encrypted with.
    pub(crate) keys: &'a KeyRing,
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
}

impl RuleDelivery<'_> {
    /// EventBridge itself must be allowed to use the queue's key.
    fn check_key(&self, key: &str, queue: &Address) -> Result<(), DeliveryFailure> {
        let by = kms::Use {
            region: &queue.region,
            account: &queue.account,
            service: EVENTS,
            source_arn: self.rule_arn,
            source_account: self.account,
            now_ms: self.now_ms,
        };
        self.keys.check(key, &by).map_err(|refusal| match refusal {
            kms::Refusal::NotAllowed(action) => DeliveryFailure::NoKeyPermissions { key: key.to_owned(), action },
            kms::Refusal::Unusable { arn, state: kms::KeyState::Disabled } => {
                DeliveryFailure::Refused { code: "KMS.DisabledException", message: format!("{arn} is disabled.") }
            }
            kms::Refusal::Unusable { arn, .. } => {
                DeliveryFailure::Refused { code: "KMS.InvalidStateException", message: format!("{arn} is pending deletion.") }
            }
            kms::Refusal::NoKey => DeliveryFailure::Refused { code: "KMS.NotFoundException", message: format!("Invalid keyId '{key}'") },
        })
    }
}

/// Why a queue did not take a rule's message.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum DeliveryFailure {
    /// There is no such queue in this region.
    #[error("The specified queue does not exist.")]
    NoResource,
    /// The queue's policy does not let the rule in.
    #[error("{EVENTS} is not authorized to perform: sqs:SendMessage because no resource-based policy allows the sqs:SendMessage action")]
    NoPermissions,
    /// The policy of the queue's key does not let EventBridge use it.
    #[error("{EVENTS} is not authorized to perform: {action} on {key} because no resource-based policy allows the {action} action")]
    NoKeyPermissions {
        /// The queue's `KmsMasterKeyId`.
        key: String,
        /// What it may not do.
        action: &'static str,
    },
    /// It takes nothing for a while; the only one of these that is tried again.
    #[error("{message}")]
    ForAWhile {
        /// EventBridge's own error code.
        code: &'static str,
        /// What the service said.
        message: &'static str,
    },
    /// The queue refuses this message.
    #[error("{message}")]
    Refused {
        /// SQS's own error code.
        code: &'static str,
        /// SQS's own sentence.
        message: String,
    },
}

impl DeliveryFailure {
    /// The value of `ERROR_CODE` in the target's dead-letter queue (EventBridge user guide, dead-letter queues).
    pub(crate) fn error_code(&self) -> &'static str {
        match self {
            Self::NoResource => "NO_RESOURCE",
            Self::NoPermissions | Self::NoKeyPermissions { .. } => "NO_PERMISSIONS",
            Self::ForAWhile { code, .. } => code,
            Self::Refused { .. } => "INVALID_PARAMETER",
        }
    }

    /// Whether another attempt may succeed.
    pub(crate) fn passes(&self) -> bool {
        matches!(self, Self::ForAWhile { .. })
    }
}

impl Queues {
    /// Puts a rule's message into its queue, if the queue lets the rule in.
    ///
    /// A duplicate on a FIFO queue succeeds and adds nothing. EventBridge itself never asks for a delay, in seconds; the fault lab does.
    ///
    /// # Errors
    /// Why it did not get in.
    pub(crate) fn accept_from_rule(
        &mut self,
        journal: &mut Journal,
        delivery: RuleDelivery<'_>,
        delay_s: Option<i64>,
    ) -> Result<(), DeliveryFailure> {
        let mut moment = Moment { now_ms: delivery.now_ms, ids: &mut random_id, journal };
        self.accept(delivery, delay_s, &mut moment)
    }

    fn accept(&mut self, delivery: RuleDelivery<'_>, delay_s: Option<i64>, moment: &mut Moment<'_>) -> Result<(), DeliveryFailure> {
        let address = Address::from_arn(delivery.queue_arn).ok_or(DeliveryFailure::NoResource)?;
        if address.region != delivery.region {
            return Err(DeliveryFailure::NoResource);
        }
        let queue = self.get_mut(&address).map_err(|_| DeliveryFailure::NoResource)?;
        let keys = [
            ("aws:sourcearn", delivery.rule_arn),
            ("aws:sourceaccount", delivery.account),
            ("aws:securetransport", "true"),
            ("aws:principalisawsservice", "true"),
            ("aws:principalservicename", EVENTS),
        ];
        let context = Context { keys: &keys, now_ms: delivery.now_ms };
        let request = Request { principal: Principal::Service(EVENTS), action: "sqs:SendMessage", resource: delivery.queue_arn, context };
        if !queue.settings().policy().is_some_and(|policy| policy.allows(&request)) {
            return Err(DeliveryFailure::NoPermissions);
        }
        if let Some(key) = &queue.settings().kms_key {
            delivery.check_key(key, &address)?;
        }
        let sent = queue.send(Draft { delay_s, ..draft(&delivery) }, moment);
        sent.map(drop).map_err(|error| DeliveryFailure::Refused { code: error.code().query, message: error.to_string() })
    }
}

fn draft(delivery: &RuleDelivery<'_>) -> Draft {
    let string = |(name, text): &(&str, String)| ((*name).to_owned(), Value::string(text));
    Draft {
        body: delivery.body.to_owned(),
        attributes: delivery.message_attributes.iter().map(string).collect(),
        group: delivery.message_group_id.map(str::to_owned),
        trace_header: delivery.trace_header.map(str::to_owned),
        sender: Arc::clone(&SENDER),
        ..Draft::default()
    }
}
