//! Sending the writes of a set-up.

use aws_sdk_eventbridge::operation::RequestId;
use aws_sdk_eventbridge::types::{Condition, DeadLetterConfig, RuleState, SqsParameters, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use waybill_aws::CallError;
use waybill_domain::QueueName;

use crate::setup::Setup;
use crate::write::{Grantee, TargetWrite, Write, queue_attributes};

/// What a write answered.
#[derive(Debug, Default)]
pub(crate) struct Performed {
    pub(crate) request_id: Option<String>,
    /// The URL of the queue that was made.
    pub(crate) queue_url: Option<String>,
}

impl Performed {
    pub(crate) fn by(answer: &impl RequestId) -> Self {
        Self { request_id: answer.request_id().map(str::to_owned), queue_url: None }
    }
}

/// A write that did not do what it was for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WriteError {
    #[error(transparent)]
    Call(#[from] CallError),
    /// PutTargets and RemoveTargets answer 200 with the entries that failed.
    #[error("{operation} took the request, but refused the target: {message} ({code})")]
    Entry { operation: &'static str, code: String, message: String },
    /// The queue whose policy was to be set is gone.
    #[error("the queue {0} is no longer there")]
    NoQueue(QueueName),
}

impl Setup {
    /// Sends one write.
    pub(crate) async fn perform(&self, write: &Write) -> Result<Performed, WriteError> {
        let (call, input) = (write.call(), write.input());
        let events = self.clients.events();
        match write {
            Write::CreateBus { name } => {
                let sending = events.create_event_bus().name(name).event_source_name(name).send();
                Ok(Performed::by(&call.write(self, input, sending).await?))
            }
            Write::ActivateSource { name } => {
                let sending = events.activate_event_source().name(name).send();
                Ok(Performed::by(&call.write(self, input, sending).await?))
            }
            Write::PutPermission { bus, grantee } => self.put_permission(write, bus, grantee).await,
            Write::PutRule { bus, name, description, pattern } => {
                let rule = events.put_rule().name(name.as_str()).event_bus_name(bus).event_pattern(pattern).description(description);
                Ok(Performed::by(&call.write(self, input, rule.state(RuleState::Enabled).send()).await?))
            }
            Write::EnableRule { bus, name } => {
                let sending = events.enable_rule().name(name.as_str()).event_bus_name(bus).send();
                Ok(Performed::by(&call.write(self, input, sending).await?))
            }
            Write::CreateQueue { name, dead_letter } => self.create_queue(write, name, *dead_letter).await,
            Write::SetPolicy { queue, url: None, .. } => Err(WriteError::NoQueue(queue.clone())),
            Write::SetPolicy { url: Some(url), policy, .. } => {
                let sending =
                    self.clients.sqs().set_queue_attributes().queue_url(url).attributes(QueueAttributeName::Policy, policy).send();
                Ok(Performed::by(&call.write(self, input, sending).await?))
            }
            Write::PutTarget { bus, rule, target } => {
                let sending = events.put_targets().rule(rule.as_str()).event_bus_name(bus).targets(target_of(target)).send();
                let answer = call.write(self, input, sending).await?;
                match answer.failed_entries().first() {
                    None => Ok(Performed::by(&answer)),
                    Some(failed) => Err(entry("PutTargets", failed.error_code(), failed.error_message())),
                }
            }
        }
    }

    async fn put_permission(&self, write: &Write, bus: &str, grantee: &Grantee) -> Result<Performed, WriteError> {
        let request =
            self.clients.events().put_permission().event_bus_name(bus).action("events:PutEvents").statement_id(grantee.statement());
        let request = match grantee {
            Grantee::Account(account) => request.principal(account.as_str()),
            Grantee::Organization(id) => {
                let condition = Condition::builder().r#type("StringEquals").key("aws:PrincipalOrgID").value(id).build();
                request.principal("*").condition(condition.expect("type, key and value are set"))
            }
        };
        Ok(Performed::by(&write.call().write(self, write.input(), request.send()).await?))
    }

    async fn create_queue(&self, write: &Write, name: &QueueName, dead_letter: bool) -> Result<Performed, WriteError> {
        let attributes = queue_attributes(name, dead_letter);
        let request = attributes.as_object().into_iter().flatten().fold(self.clients.sqs().create_queue(), |request, (key, value)| {
            request.attributes(QueueAttributeName::from(key.as_str()), value.as_str().unwrap_or_default())
        });
        let answer = write.call().write(self, write.input(), request.queue_name(name.as_str()).send()).await?;
        Ok(Performed { queue_url: answer.queue_url().map(str::to_owned), ..Performed::by(&answer) })
    }
}

pub(crate) fn entry(operation: &'static str, code: Option<&str>, message: Option<&str>) -> WriteError {
    WriteError::Entry { operation, code: code.unwrap_or("no code").to_owned(), message: message.unwrap_or("no message").to_owned() }
}

fn target_of(target: &TargetWrite) -> Target {
    let dead_letter = target.dead_letter.as_ref().map(|arn| DeadLetterConfig::builder().arn(arn).build());
    let group = target.message_group.as_ref().map(|group| SqsParameters::builder().message_group_id(group).build());
    let builder = Target::builder().id(&target.id).arn(&target.arn);
    builder.set_dead_letter_config(dead_letter).set_sqs_parameters(group).build().expect("id and ARN are set")
}
