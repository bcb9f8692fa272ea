//! Sending the requests of repairs, each recorded however it ends.

use std::pin::Pin;
use std::sync::Arc;

use aws_sdk_eventbridge::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_eventbridge::operation::RequestId;
use aws_sdk_eventbridge::types::{DeadLetterConfig, InputTransformer, RetryPolicy, RuleState, SqsParameters, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use waybill_aws::{CallError, CallErrorKind, CallRecord, Clients, Recorder, call_error};
use waybill_domain::{QueueName, Timestamp};

use super::write::{RuleWrite, TargetWrite, Write};

/// What repairs are made with.
#[derive(Clone)]
pub struct Hands {
    /// The clients of the chain's region.
    pub clients: Clients,
    /// Takes note of every request that writes.
    pub recorder: Arc<dyn Recorder>,
    /// The clock.
    pub now: fn() -> Timestamp,
}

impl std::fmt::Debug for Hands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hands").field("region", self.clients.region()).finish_non_exhaustive()
    }
}

type Sending<'a, T> = Pin<Box<dyn Future<Output = Result<T, CallError>> + Send + 'a>>;

impl Hands {
    /// Sends one request.
    pub(super) async fn perform(&self, write: &Write) -> Result<Option<String>, CallError> {
        match write {
            Write::PutTargets { bus, rule, target } => {
                let sending = self.clients.events().put_targets().rule(rule).event_bus_name(bus).targets(target_of(target)).send();
                let answer = self.send(write, sending).await?;
                let failed = answer.failed_entries().first();
                failed.map_or_else(|| Ok(id(&answer)), |failed| Err(entry(write, failed.error_code(), failed.error_message())))
            }
            Write::RemoveTargets { bus, rule, id: target } => {
                let sending = self.clients.events().remove_targets().rule(rule).event_bus_name(bus).ids(target).send();
                let answer = self.send(write, sending).await?;
                let failed = answer.failed_entries().first();
                failed.map_or_else(|| Ok(id(&answer)), |failed| Err(entry(write, failed.error_code(), failed.error_message())))
            }
            Write::CreateQueue { .. } | Write::DeleteQueue { .. } | Write::SetQueueAttributes { .. } => self.on_queue(write).await,
            Write::PutKeyPolicy { key, policy } => {
                let sending = self.clients.kms().put_key_policy().key_id(key).policy_name("default").policy(policy).send();
                Ok(id(&self.send(write, sending).await?))
            }
            Write::EnableKey { key } => Ok(id(&self.send(write, self.clients.kms().enable_key().key_id(key).send()).await?)),
            Write::DisableKey { key } => Ok(id(&self.send(write, self.clients.kms().disable_key().key_id(key).send()).await?)),
            _ => self.on_bus(write).await,
        }
    }

    async fn on_bus(&self, write: &Write) -> Result<Option<String>, CallError> {
        let events = self.clients.events();
        match write {
            Write::CreateEventBus { name } => {
                Ok(id(&self.send(write, events.create_event_bus().name(name).event_source_name(name).send()).await?))
            }
            Write::DeleteEventBus { name } => Ok(id(&self.send(write, events.delete_event_bus().name(name).send()).await?)),
            Write::ActivateEventSource { name } => Ok(id(&self.send(write, events.activate_event_source().name(name).send()).await?)),
            Write::DeactivateEventSource { name } => Ok(id(&self.send(write, events.deactivate_event_source().name(name).send()).await?)),
            Write::DeleteRule { bus, name } => {
                Ok(id(&self.send(write, events.delete_rule().name(name).event_bus_name(bus).send()).await?))
            }
            Write::EnableRule { bus, name } => {
                Ok(id(&self.send(write, events.enable_rule().name(name).event_bus_name(bus).send()).await?))
            }
            Write::DisableRule { bus, name } => {
                Ok(id(&self.send(write, events.disable_rule().name(name).event_bus_name(bus).send()).await?))
            }
            Write::PutRule(rule) => self.put_rule(write, rule).await,
            _ => unreachable!("targets, queues and keys are written elsewhere"),
        }
    }

    async fn put_rule(&self, write: &Write, rule: &RuleWrite) -> Result<Option<String>, CallError> {
        let state = if rule.enabled { RuleState::Enabled } else { RuleState::Disabled };
        let request = self.clients.events().put_rule().name(&rule.name).event_bus_name(&rule.bus).event_pattern(&rule.pattern).state(state);
        let request = request.set_description(rule.description.clone()).set_role_arn(rule.role_arn.clone());
        Ok(id(&self.send(write, request.send()).await?))
    }

    async fn on_queue(&self, write: &Write) -> Result<Option<String>, CallError> {
        let sqs = self.clients.sqs();
        match write {
            Write::CreateQueue { queue } => {
                let attributes = if queue.is_fifo() { Write::fifo_attributes() } else { Default::default() };
                let request = attributes.into_iter().fold(sqs.create_queue().queue_name(queue.as_str()), |request, (name, value)| {
                    request.attributes(QueueAttributeName::from(name), value)
                });
                Ok(id(&self.send(write, request.send()).await?))
            }
            Write::DeleteQueue { queue } => {
                let url = self.url(queue).await?;
                Ok(id(&self.send(write, sqs.delete_queue().queue_url(url).send()).await?))
            }
            Write::SetQueueAttributes { queue, attributes } => {
                let request = sqs.set_queue_attributes().queue_url(self.url(queue).await?);
                let request = attributes
                    .iter()
                    .fold(request, |request, (name, value)| request.attributes(QueueAttributeName::from(name.as_str()), value));
                Ok(id(&self.send(write, request.send()).await?))
            }
            _ => unreachable!("only queues come here"),
        }
    }

    async fn url(&self, queue: &QueueName) -> Result<String, CallError> {
        let answer = self.clients.sqs().get_queue_url().queue_name(queue.as_str()).send().await;
        let answer = answer.map_err(|error| call_error("sqs", "GetQueueUrl", error))?;
        Ok(answer.queue_url.unwrap_or_default())
    }

    /// Boxed, because the SDK's futures are large.
    fn send<'a, T, E, F>(&'a self, write: &'a Write, sending: F) -> Sending<'a, T>
    where
        T: RequestId + Send + 'a,
        E: ProvideErrorMetadata + std::error::Error + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send + 'a,
    {
        Box::pin(async move {
            let (at, call, input) = ((self.now)(), write.call(), write.input());
            let answer = self.clients.gate().through(call, &input, sending).await;
            self.recorder.record(match &answer {
                Ok(done) => CallRecord::done(at, call, input, done.request_id()),
                Err(error) => CallRecord::failed(at, input, error),
            });
            answer
        })
    }
}

fn id(answer: &impl RequestId) -> Option<String> {
    answer.request_id().map(str::to_owned)
}

/// `PutTargets` and `RemoveTargets` answer 200 with the entries that failed.
fn entry(write: &Write, code: Option<&str>, message: Option<&str>) -> CallError {
    let (service, operation) = write.call();
    CallError {
        service,
        operation,
        kind: CallErrorKind::Refused,
        code: code.map(str::to_owned),
        message: message.unwrap_or("the target was refused").to_owned(),
        http_status: Some(200),
        request_id: None,
    }
}

fn target_of(target: &TargetWrite) -> Target {
    let transformer = target.input_template.as_ref().map(|template| {
        let paths = (!target.input_paths.is_empty()).then(|| target.input_paths.clone().into_iter().collect());
        InputTransformer::builder().set_input_paths_map(paths).input_template(template).build().expect("the template is set")
    });
    let has_policy = target.retries.is_some() || target.event_age.is_some();
    let retry = has_policy.then(|| {
        let policy = RetryPolicy::builder().set_maximum_retry_attempts(target.retries);
        policy.set_maximum_event_age_in_seconds(target.event_age).build()
    });
    Target::builder()
        .id(&target.id)
        .arn(&target.arn)
        .set_role_arn(target.role_arn.clone())
        .set_input(target.input.clone())
        .set_input_path(target.input_path.clone())
        .set_input_transformer(transformer)
        .set_sqs_parameters(target.message_group.as_ref().map(|group| SqsParameters::builder().message_group_id(group).build()))
        .set_dead_letter_config(target.dead_letter.as_ref().map(|arn| DeadLetterConfig::builder().arn(arn).build()))
        .set_retry_policy(retry)
        .build()
        .expect("id and ARN are set")
}
