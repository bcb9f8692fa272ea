//! Reading everything once: what does not depend on another answer is asked at the same time.

mod bus;
mod figures;
mod key;
mod queue;

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use aws_sdk_eventbridge::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_eventbridge::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use serde_json::json;
use tokio::sync::mpsc::{self, UnboundedSender};
use waybill_aws::{CallError, CallErrorKind, Clients};
use waybill_domain::{QueueName, Timestamp};
use waybill_setup::{Call, ChainSpec, Read};

use crate::case::Case;
use crate::seen::{Asked, Reading, Seen, TargetNow, Unread};

/// Puts an answer where it belongs.
type Put = Box<dyn FnOnce(&mut Seen) + Send>;

/// Asks AWS, and keeps how each request went.
struct Reader<'a> {
    clients: &'a Clients,
    now: fn() -> Timestamp,
    requests: Mutex<Vec<Asked>>,
    told: UnboundedSender<Put>,
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
        let call = Call { service, operation };
        Box::pin(async move {
            let at = self.begin(call);
            // A receive counts as a write, and is asked about where the connection does so.
            let input = json!({ "why": "the doctor looks whether the queue can be read; what it takes is visible again at once" });
            match self.clients.gate().through((service, operation), &input, sending).await {
                Ok(answer) => {
                    let request_id = answer.request_id().map(str::to_owned);
                    self.end(at, request_id.clone(), None);
                    Ok(Read { value: Some(answer), call, request_id })
                }
                Err(error) => {
                    self.end(at, error.request_id.clone(), Some(&error));
                    match error.kind {
                        CallErrorKind::NotFound => Ok(Read { value: None, call, request_id: error.request_id }),
                        _ => Err(Unread::Call(error)),
                    }
                }
            }
        })
    }

    async fn identity(&self) -> Reading<waybill_aws::Identity> {
        let call = Call { service: "sts", operation: "GetCallerIdentity" };
        let at = self.begin(call);
        let identity = Box::pin(self.clients.who_am_i()).await;
        self.end(at, None, identity.as_ref().err());
        identity.map(|value| Read { value, call, request_id: None }).map_err(Unread::Call)
    }

    fn begin(&self, call: Call) -> usize {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(Asked { call, began_at: (self.now)(), ended_at: None, request_id: None, refused: None });
        requests.len() - 1
    }

    fn end(&self, at: usize, request_id: Option<String>, error: Option<&CallError>) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let request = &mut requests[at];
        request.ended_at = Some((self.now)());
        request.request_id = request_id.or_else(|| error.and_then(|error| error.request_id.clone()));
        request.refused = error.map(|error| error.code.clone().unwrap_or_else(|| error.message.clone()));
    }

    /// Tells one answer. Nobody listening any more is no fault: then the whole is being dropped.
    fn tell(&self, put: impl FnOnce(&mut Seen) + Send + 'static) {
        drop(self.told.send(Box::new(put)));
    }
}

fn map<T, U>(read: Read<T>, change: impl FnOnce(T) -> U) -> Read<U> {
    Read { value: change(read.value), call: read.call, request_id: read.request_id }
}

/// Reads the whole chain, and lets `seen_more` look after each answer. Writes nothing; from a queue it receives only where that pushes no
/// message into a dead-letter queue. May be dropped at any time.
pub(crate) async fn read(clients: &Clients, case: &Case, now: fn() -> Timestamp, mut seen_more: impl FnMut(&Seen)) -> Seen {
    let (told, mut answers) = mpsc::unbounded_channel();
    let reader = Reader { clients, now, requests: Mutex::default(), told };
    let mut seen = Seen::nothing_yet(clients.region().clone());
    seen_more(&seen);
    let asking = async move {
        reader.everything(case).await;
        reader.requests.into_inner().unwrap_or_else(PoisonError::into_inner)
    };
    let looking = async {
        while let Some(put) = answers.recv().await {
            put(&mut seen);
            seen_more(&seen);
        }
        seen
    };
    let (requests, seen) = tokio::join!(asking, looking);
    Seen { requests, ..seen }
}

impl Reader<'_> {
    async fn everything(&self, case: &Case) {
        let spec = &case.chain.spec;
        tokio::join!(
            async {
                let identity = self.identity().await;
                self.tell(|seen| seen.identity = identity);
            },
            async {
                let source = self.source(spec).await;
                self.tell(|seen| seen.source = source);
            },
            async {
                let bus = self.bus(spec).await;
                self.tell(|seen| seen.bus = bus);
            },
            async {
                let figures = self.figures(case).await;
                self.tell(|seen| seen.figures = figures);
            },
            async {
                let bus_log = self.bus_log(case).await;
                self.tell(|seen| seen.bus_log = bus_log);
            },
            self.rule_and_strays(spec),
            self.targets_and_letters(case),
            self.queue_and_receive(case),
        );
    }

    /// The rule; where it is not there, its namesakes on the default bus.
    async fn rule_and_strays(&self, spec: &ChainSpec) {
        let rule = self.rule(spec).await;
        let is_gone = matches!(&rule, Ok(Read { value: None, .. }));
        self.tell(|seen| seen.rule = rule);
        let strays = if is_gone { self.strays(spec.rule.name.as_str()).await } else { Err(Unread::NotAsked) };
        self.tell(|seen| seen.strays = strays);
    }

    async fn targets_and_letters(&self, case: &Case) {
        let targets = self.targets(&case.chain.spec).await;
        let name = dead_letter_name(case, &targets);
        self.tell(|seen| seen.targets = targets);
        let Some(name) = name else {
            return self.tell(|seen| {
                (seen.dead_letter, seen.letters) = (None, Err(Unread::NotAsked));
                (seen.dead_letter_key, seen.dead_letter_key_policy) = (Err(Unread::NotAsked), Err(Unread::NotAsked));
            });
        };
        let dead_letter = self.queue(&name, None).await;
        let queue = dead_letter.as_ref().ok().and_then(|read| read.value.clone());
        self.tell(|seen| seen.dead_letter = Some(dead_letter));
        let letters = async {
            let letters = match &queue {
                Some(queue) => self.letters(queue).await,
                None => Err(Unread::NotAsked),
            };
            self.tell(|seen| seen.letters = letters);
        };
        let key = async {
            let key = self.key_of(queue.as_ref()).await;
            self.tell(|seen| (seen.dead_letter_key, seen.dead_letter_key_policy) = key);
        };
        tokio::join!(letters, key);
    }

    async fn queue_and_receive(&self, case: &Case) {
        let name = case.chain.spec.target.queue.name();
        let queue = self.queue(name, case.chain.queue_url.as_deref()).await;
        let there = queue.as_ref().ok().and_then(|read| read.value.clone());
        self.tell(|seen| seen.queue = queue);
        let receive = async {
            let receive = match there.as_ref().filter(|queue| may_receive(queue, case)) {
                Some(queue) => self.receive(queue).await,
                None => Err(Unread::NotAsked),
            };
            self.tell(|seen| seen.receive = receive);
        };
        let key = async {
            let key = self.key_of(there.as_ref()).await;
            self.tell(|seen| (seen.key, seen.key_policy) = key);
        };
        tokio::join!(receive, key);
    }
}

/// A receive raises the receive count: it is done on a queue of Waybill's own only, and where nothing can follow from it.
fn may_receive(queue: &waybill_setup::QueueSeen, case: &Case) -> bool {
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
