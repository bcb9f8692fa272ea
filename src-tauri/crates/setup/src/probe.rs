//! A probe: a queue of Waybill's own as one more target of a rule, to read what the rule sends to somebody else's queue.

use std::fmt;

use aws_sdk_eventbridge::error::ProvideErrorMetadata;
use aws_sdk_eventbridge::operation::RequestId;
use aws_sdk_eventbridge::types::Target;
use aws_sdk_sqs::types::QueueAttributeName;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use serde_json::{Value, json};
use uuid::Uuid;
use waybill_aws::{CallError, CallErrorKind, CallRecord, Clients, Recorder, call_error};
use waybill_domain::{AccountId, QueueArn, QueueName, Region, RuleArn, RuleName, Timestamp};

use crate::observe::targets;
use crate::policy::{Grant, PolicyUnreadable, ResourcePolicy};

/// The tag that says whose a probe queue or a twin bus is; its value is the probe's id.
pub(crate) const TAG: &str = "waybill:probe";

/// How long a probe queue keeps what nobody reads (SQS API, `MessageRetentionPeriod`), in seconds: one hour.
const RETENTION_S: &str = "3600";

/// A probe as it is recorded, before anything of it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Its id, which the queue's tag and the names carry.
    pub id: Uuid,
    /// The bus of the rule.
    pub bus: String,
    /// The rule.
    pub rule: RuleName,
    /// The account of rule and queue.
    pub account: AccountId,
    /// The region of rule and queue.
    pub region: Region,
}

/// A probe could not be made or removed.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// AWS did not do what was asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// PutTargets and RemoveTargets answer 200 with the entries that failed.
    #[error("{operation} took the request, but refused the probe's target: {message}")]
    Target {
        /// The operation.
        operation: &'static str,
        /// AWS's words.
        message: String,
    },
    /// A queue by the probe's name that does not carry its tag.
    #[error("queue {0} does not carry the tag of its probe and is left alone")]
    NotOurs(QueueName),
    /// A bus by the twin's name that does not carry its tag.
    #[error("event bus {0} does not carry the tag of its twin and is left alone")]
    NotOurBus(String),
    /// The bus that is to log is gone.
    #[error("event bus {0} does not exist")]
    NoBus(String),
    /// The chain's queue is gone.
    #[error("queue {0} does not exist")]
    NoQueue(QueueName),
    /// The chain's queue has a policy that Waybill cannot read, and therefore does not touch.
    #[error(transparent)]
    Policy(#[from] PolicyUnreadable),
}

/// With what a probe is made and removed.
#[derive(Clone, Copy)]
pub struct ProbeHands<'a> {
    /// The clients of the probe's region.
    pub clients: &'a Clients,
    /// Who keeps the requests that write.
    pub recorder: &'a dyn Recorder,
    /// What the clock says.
    pub now: fn() -> Timestamp,
}

impl Probe {
    /// The queue's name.
    pub fn queue(&self) -> QueueName {
        format!("waybill-probe-{}", self.id).parse().expect("a UUID has only letters, digits and dashes")
    }

    /// The queue's ARN.
    pub fn queue_arn(&self) -> QueueArn {
        QueueArn::new(&self.region, &self.account, &self.queue())
    }

    /// The target's id in the rule: at most 64 characters (EventBridge API, `TargetId`).
    pub fn target(&self) -> String {
        format!("waybill-probe-{}", self.id)
    }

    /// Makes the queue with tag and policy, then the target; answers the queue's URL.
    ///
    /// # Errors
    /// When AWS refuses; what was made stays recorded and is removed by [`Probe::remove`].
    pub async fn make(&self, hands: ProbeHands<'_>) -> Result<String, ProbeError> {
        let rule = RuleArn::new(&self.region, &self.account, &self.bus, &self.rule);
        let policy = ResourcePolicy::default().allowing(&Grant { rule, queue: self.queue_arn() }).text();
        let create = hands.clients.sqs().create_queue().queue_name(self.queue().as_str()).tags(TAG, self.id.to_string());
        let create =
            create.attributes(QueueAttributeName::Policy, policy).attributes(QueueAttributeName::MessageRetentionPeriod, RETENTION_S);
        let input = json!({ "QueueName": self.queue(), "tags": { TAG: self.id } });
        let made = hands.write(("sqs", "CreateQueue"), input, create.send()).await?;
        let target = Target::builder().id(self.target()).arn(self.queue_arn().as_str()).build().expect("id and ARN are given");
        let put = hands.clients.events().put_targets().rule(self.rule.as_str()).event_bus_name(&self.bus).targets(target);
        let input = json!({ "Rule": self.rule, "EventBusName": self.bus, "Targets": [{ "Id": self.target(), "Arn": self.queue_arn() }] });
        let put = hands.write(("events", "PutTargets"), input, put.send()).await?;
        let message = put.failed_entries().iter().find_map(|entry| entry.error_message().map(ToOwned::to_owned));
        match message {
            Some(message) => Err(ProbeError::Target { operation: "PutTargets", message }),
            None => Ok(made.queue_url.unwrap_or_default()),
        }
    }

    /// Removes target and queue, as far as they are there and are the probe's: the target by its id and ARN, the queue by its name and tag.
    ///
    /// # Errors
    /// When AWS refuses, or a queue by this name is somebody else's; it can be tried again.
    pub async fn remove(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        self.remove_target(hands).await?;
        self.remove_queue(hands).await
    }

    async fn remove_target(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let there = targets(hands.clients, &self.bus, self.rule.as_str()).await?.value;
        if !there.iter().any(|target| target.id == self.target() && target.arn == self.queue_arn().as_str()) {
            return Ok(());
        }
        let remove = hands.clients.events().remove_targets().rule(self.rule.as_str()).event_bus_name(&self.bus).ids(self.target());
        let input = json!({ "Rule": self.rule, "EventBusName": self.bus, "Ids": [self.target()] });
        let removed = hands.write(("events", "RemoveTargets"), input, remove.send()).await?;
        match removed.failed_entries().iter().find_map(|entry| entry.error_message().map(ToOwned::to_owned)) {
            Some(message) => Err(ProbeError::Target { operation: "RemoveTargets", message }),
            None => Ok(()),
        }
    }

    pub(crate) async fn remove_queue(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let sqs = hands.clients.sqs();
        let found = sqs.get_queue_url().queue_name(self.queue().as_str()).send().await;
        let url = match found.map_err(|error| call_error("sqs", "GetQueueUrl", error)) {
            Ok(answer) => answer.queue_url.unwrap_or_default(),
            Err(error) if error.kind == CallErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let tags = sqs.list_queue_tags().queue_url(&url).send().await.map_err(|error| call_error("sqs", "ListQueueTags", error))?;
        if tags.tags().and_then(|tags| tags.get(TAG)) != Some(&self.id.to_string()) {
            return Err(ProbeError::NotOurs(self.queue()));
        }
        hands.write(("sqs", "DeleteQueue"), json!({ "QueueUrl": url }), sqs.delete_queue().queue_url(&url).send()).await?;
        Ok(())
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "probe queue {} at rule {}", self.queue(), self.rule)
    }
}

impl ProbeHands<'_> {
    /// Sends a request that writes, and keeps it on the record.
    pub(crate) async fn write<T, E>(
        self,
        (service, operation): (&'static str, &'static str),
        input: Value,
        sending: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<T, CallError>
    where
        T: RequestId,
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let at = (self.now)();
        let answer = Box::pin(self.clients.gate().through((service, operation), &input, sending)).await;
        self.recorder.record(match &answer {
            Ok(done) => CallRecord::done(at, (service, operation), input, done.request_id()),
            Err(error) => CallRecord::failed(at, input, error),
        });
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_to_the_limits_of_aws_and_tell_probes_apart() {
        let probe = |id: u128| Probe {
            id: Uuid::from_u128(id),
            bus: "aws.partner/ilert.com/test/1".into(),
            rule: "all".parse().unwrap(),
            account: "123456789012".parse().unwrap(),
            region: "eu-central-1".parse().unwrap(),
        };
        let one = probe(1);
        assert!(one.queue().as_str().len() <= 80 && one.target().len() <= 64);
        assert_ne!(one.queue(), probe(2).queue());
        assert_eq!(one.queue_arn().queue_name(), one.queue().as_str());
    }
}
