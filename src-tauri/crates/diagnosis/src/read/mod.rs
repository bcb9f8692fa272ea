//! Reading everything once: what does not depend on another answer is asked at the same time.

mod bus;
mod queue;

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_eventbridge::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_eventbridge::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use waybill_aws::{CallErrorKind, Clients, call_error};
use waybill_domain::QueueName;
use waybill_setup::{Call, QueueSeen, Read};

use crate::case::Case;
use crate::seen::{Reading, Seen, TargetNow, Unread};

/// Asks AWS, and counts.
struct Reader<'a> {
    clients: &'a Clients,
    calls: AtomicU32,
}

type Asking<'a, T> = Pin<Box<dyn Future<Output = Reading<T>> + Send + 'a>>;

impl<'a> Reader<'a> {
    /// Sends one request; what does not exist is `None`. Boxed, because the SDK's futures are large and many are under way at once.
    fn ask<T, E, F>(&'a self, service: &'static str, operation: &'static str, sending: F) -> Asking<'a, Option<T>>
    where
        T: RequestId + Send + 'a,
        E: ProvideErrorMetadata + std::error::Error + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send + 'a,
    {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let call = Call { service, operation };
        Box::pin(async move {
            match sending.await {
                Ok(answer) => {
                    let request_id = answer.request_id().map(str::to_owned);
                    Ok(Read { value: Some(answer), call, request_id })
                }
                Err(error) => match call_error(service, operation, error) {
                    absent if absent.kind == CallErrorKind::NotFound => Ok(Read { value: None, call, request_id: absent.request_id }),
                    error => Err(Unread::Call(error)),
                },
            }
        })
    }

    async fn identity(&self) -> Reading<waybill_aws::Identity> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let call = Call { service: "sts", operation: "GetCallerIdentity" };
        let identity = Box::pin(self.clients.who_am_i()).await;
        identity.map(|value| Read { value, call, request_id: None }).map_err(Unread::Call)
    }
}

fn map<T, U>(read: Read<T>, change: impl FnOnce(T) -> U) -> Read<U> {
    Read { value: change(read.value), call: read.call, request_id: read.request_id }
}

/// Reads the whole chain. Writes nothing; from a queue it receives only where that pushes no message into a dead-letter queue.
pub(crate) async fn read(clients: &Clients, case: &Case) -> Seen {
    let reader = Reader { clients, calls: AtomicU32::new(0) };
    let spec = &case.chain.spec;
    let (identity, source, bus, (rule, strays), (targets, dead_letter, letters), (queue, receive)) = tokio::join!(
        reader.identity(),
        reader.source(spec),
        reader.bus(spec),
        reader.rule(spec),
        reader.targets_and_letters(case),
        reader.queue_and_receive(case),
    );
    let region = clients.region().clone();
    let calls = reader.calls.load(Ordering::Relaxed);
    Seen { region, identity, source, bus, rule, targets, strays, queue, dead_letter, letters, receive, calls }
}

impl Reader<'_> {
    async fn targets_and_letters(
        &self,
        case: &Case,
    ) -> (Reading<Vec<TargetNow>>, Option<Reading<Option<QueueSeen>>>, Reading<Vec<crate::seen::Letter>>) {
        let spec = &case.chain.spec;
        let targets = self.targets(spec).await;
        let Some(name) = dead_letter_name(case, &targets) else { return (targets, None, Err(Unread::NotAsked)) };
        let dead_letter = self.queue(&name, None).await;
        let letters = match &dead_letter {
            Ok(Read { value: Some(queue), .. }) => self.letters(queue).await,
            _ => Err(Unread::NotAsked),
        };
        (targets, Some(dead_letter), letters)
    }

    async fn queue_and_receive(&self, case: &Case) -> (Reading<Option<QueueSeen>>, Reading<()>) {
        let name = case.chain.spec.target.queue.name();
        let queue = self.queue(name, case.chain.queue_url.as_deref()).await;
        let receive = match &queue {
            Ok(Read { value: Some(seen), .. }) if may_receive(seen, case) => self.receive(seen).await,
            _ => Err(Unread::NotAsked),
        };
        (queue, receive)
    }
}

/// A receive raises the receive count: it is done on a queue of Waybill's own only, and where nothing can follow from it.
fn may_receive(queue: &QueueSeen, case: &Case) -> bool {
    case.queue_is_own() && !case.is_read && queue.attribute("RedrivePolicy").is_none()
}

/// The dead-letter queue that the target has, else the one that it should have.
fn dead_letter_name(case: &Case, targets: &Reading<Vec<TargetNow>>) -> Option<QueueName> {
    let spec = &case.chain.spec;
    let queue = spec.arn_of(&spec.target.queue);
    let sending = targets.as_ref().ok().and_then(|read| read.value.iter().find(|target| target.write.arn == queue.as_str()));
    let has = sending.and_then(|target| target.write.dead_letter.as_deref()).and_then(|arn| arn.rsplit(':').next());
    has.and_then(|name| name.parse().ok()).or_else(|| spec.target.dead_letter.as_ref().map(|choice| choice.name().clone()))
}
