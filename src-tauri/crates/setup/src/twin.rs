//! A twin: a custom bus with the chain's rule on it, fed in the partner's place, into the chain's queue or one of its own.

use std::fmt;

use aws_sdk_eventbridge::types::{RuleState, SqsParameters, Tag, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::json;
use waybill_aws::{CallError, CallErrorKind, call_error};
use waybill_domain::{BusArn, QueueArn, QueueName, RuleArn};

use crate::observe::queue;
use crate::policy::{Grant, ResourcePolicy, Right};
use crate::probe::{Probe, ProbeError, ProbeHands, TAG};

/// The message group in which a FIFO queue gets the rehearsal's events.
const GROUP: &str = "waybill";

/// A twin as it is recorded, before anything of it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Its rule, and the target that sends to the queue; its bus is the twin's.
    pub probe: Probe,
    /// The chain's queue, where the twin sends to it; without, it has a queue of its own.
    pub shared: Option<QueueName>,
}

impl Twin {
    /// The bus's name, by the twin's id.
    pub fn bus_name(id: uuid::Uuid) -> String {
        format!("waybill-twin-{id}")
    }

    /// The queue that the twin's events arrive in.
    pub fn queue_arn(&self) -> QueueArn {
        match &self.shared {
            Some(name) => QueueArn::new(&self.probe.region, &self.probe.account, name),
            None => self.probe.queue_arn(),
        }
    }

    fn grant(&self) -> Grant {
        let Probe { bus, rule, account, region, .. } = &self.probe;
        Grant { rule: RuleArn::new(region, account, bus, rule), queue: self.queue_arn() }
    }

    /// Makes bus, rule, right to send and target; answers the queue's URL.
    ///
    /// # Errors
    /// When AWS refuses; what was made stays recorded and is removed by [`Twin::remove`].
    pub async fn make(&self, hands: ProbeHands<'_>, pattern: &str) -> Result<String, ProbeError> {
        let Probe { id, bus, rule, .. } = &self.probe;
        let events = hands.clients.events();
        let tag = Tag::builder().key(TAG).value(id.to_string()).build().expect("key and value are set");
        let input = json!({ "Name": bus, "Tags": [{ "Key": TAG, "Value": id }] });
        hands.write(("events", "CreateEventBus"), input, events.create_event_bus().name(bus).tags(tag).send()).await?;
        let put = events.put_rule().name(rule.as_str()).event_bus_name(bus).event_pattern(pattern).state(RuleState::Enabled);
        let input = json!({ "Name": rule, "EventBusName": bus, "EventPattern": pattern, "State": "ENABLED" });
        hands.write(("events", "PutRule"), input, put.send()).await?;
        match &self.shared {
            None => self.probe.make(hands).await,
            Some(name) => {
                let url = self.admit(name, hands).await?;
                self.put_target(name, hands).await?;
                Ok(url)
            }
        }
    }

    /// Adds the twin's own statement to the queue's policy; everybody else's stays to the letter.
    async fn admit(&self, name: &QueueName, hands: ProbeHands<'_>) -> Result<String, ProbeError> {
        let seen = queue(hands.clients, name).await?.value.ok_or_else(|| ProbeError::NoQueue(name.clone()))?;
        let policy = ResourcePolicy::read(seen.policy())?.allowing(&self.grant()).text();
        self.set_policy(&seen.url, policy, hands).await?;
        Ok(seen.url)
    }

    async fn set_policy(&self, url: &str, policy: String, hands: ProbeHands<'_>) -> Result<(), CallError> {
        let input = json!({ "QueueUrl": url, "Attributes": { "Policy": policy } });
        let set = hands.clients.sqs().set_queue_attributes().queue_url(url).attributes(QueueAttributeName::Policy, policy);
        hands.write(("sqs", "SetQueueAttributes"), input, set.send()).await.map(drop)
    }

    async fn put_target(&self, name: &QueueName, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let Probe { bus, rule, .. } = &self.probe;
        let group = name.is_fifo().then(|| SqsParameters::builder().message_group_id(GROUP).build());
        let target = Target::builder().id(self.probe.target()).arn(self.queue_arn().as_str()).set_sqs_parameters(group);
        let target = target.build().expect("id and ARN are set");
        let input = json!({ "Rule": rule, "EventBusName": bus, "Targets": [{ "Id": self.probe.target(), "Arn": self.queue_arn() }] });
        let put = hands.clients.events().put_targets().rule(rule.as_str()).event_bus_name(bus).targets(target);
        let put = hands.write(("events", "PutTargets"), input, put.send()).await?;
        match put.failed_entries().iter().find_map(|entry| entry.error_message().map(ToOwned::to_owned)) {
            Some(message) => Err(ProbeError::Target { operation: "PutTargets", message }),
            None => Ok(()),
        }
    }

    /// Removes everything of the twin, as far as it is there and is the twin's: the bus by its name and tag, with rule and target on it;
    /// the statement by its id; a queue of its own by its name and tag.
    ///
    /// # Errors
    /// When AWS refuses, or a bus by this name is somebody else's; it can be tried again.
    pub async fn remove(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        if self.is_there(hands).await? {
            self.remove_bus(hands).await?;
        }
        match &self.shared {
            None => self.probe.remove_queue(hands).await,
            Some(name) => self.dismiss(name, hands).await,
        }
    }

    /// Whether the bus is there, and carries the twin's tag where the endpoint keeps tags.
    async fn is_there(&self, hands: ProbeHands<'_>) -> Result<bool, ProbeError> {
        let Probe { id, bus, account, region, .. } = &self.probe;
        let events = hands.clients.events();
        let found = Box::pin(events.describe_event_bus().name(bus).send()).await;
        match found.map_err(|error| call_error("events", "DescribeEventBus", error)) {
            Ok(_) => {}
            Err(error) if error.kind == CallErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let arn = BusArn::new(region, account, bus);
        let tags = Box::pin(events.list_tags_for_resource().resource_arn(arn.as_str()).send()).await;
        let tags = match tags.map_err(|error| call_error("events", "ListTagsForResource", error)) {
            Ok(tags) => tags,
            Err(error) if matches!(error.kind, CallErrorKind::AccessDenied | CallErrorKind::Withheld) => return Err(error.into()),
            // The endpoint keeps no tags of buses. The name has an id in it that nobody else could have drawn.
            Err(error) if error.http_status.is_some() => {
                tracing::info!(%error, bus, "a twin's tag cannot be read");
                return Ok(true);
            }
            Err(error) => return Err(error.into()),
        };
        let is_own = tags.tags().iter().any(|tag| tag.key() == TAG && tag.value() == id.to_string());
        if is_own { Ok(true) } else { Err(ProbeError::NotOurBus(bus.clone())) }
    }

    async fn remove_bus(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let Probe { bus, rule, .. } = &self.probe;
        let (events, target) = (hands.clients.events(), self.probe.target());
        let input = json!({ "Rule": rule, "EventBusName": bus, "Ids": [target] });
        let remove = events.remove_targets().rule(rule.as_str()).event_bus_name(bus).ids(target);
        absent(hands.write(("events", "RemoveTargets"), input, remove.send()).await)?;
        let input = json!({ "Name": rule, "EventBusName": bus });
        let delete = events.delete_rule().name(rule.as_str()).event_bus_name(bus);
        absent(hands.write(("events", "DeleteRule"), input, delete.send()).await)?;
        absent(hands.write(("events", "DeleteEventBus"), json!({ "Name": bus }), events.delete_event_bus().name(bus).send()).await)?;
        Ok(())
    }

    /// Takes exactly the twin's own statement from the queue's policy.
    async fn dismiss(&self, name: &QueueName, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let Some(seen) = queue(hands.clients, name).await?.value else { return Ok(()) };
        let policy = ResourcePolicy::read(seen.policy())?;
        let sid = self.grant().sid();
        if policy.has(&sid) {
            self.set_policy(&seen.url, policy.without(&sid).text(), hands).await?;
        }
        Ok(())
    }
}

/// What is not there is gone.
fn absent<T>(removed: Result<T, CallError>) -> Result<(), CallError> {
    match removed {
        Err(error) if error.kind != CallErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl fmt::Display for Twin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "twin bus {} with rule {}", self.probe.bus, self.probe.rule)
    }
}
