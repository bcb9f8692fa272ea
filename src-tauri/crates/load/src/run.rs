//! Publishing, and receiving and deleting meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use tokio::task::{JoinError, JoinSet};

use crate::chain::{Access, Chain};
use crate::plan::Plan;
use crate::process::{Process, ProcessError};
use crate::report::{Latency, Report, ServerUse, thousandths};
use crate::tally::Tally;
use crate::wire::{Wire, WireError};

/// Why a measurement came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Only this machine is loaded.
    #[error("{0} is not of the form http://127.0.0.1:PORT: only endpoints on this machine are measured")]
    Endpoint(String),
    /// Nothing to do, or nobody to do it.
    #[error("at least one event and one publisher are needed, and a rate above 0")]
    Plan,
    /// A request failed.
    #[error("a request failed")]
    Wire(#[from] WireError),
    /// An entry was not published.
    #[error("an entry was refused: {0}")]
    Entry(String),
    /// The server's process cannot be measured.
    #[error(transparent)]
    Process(#[from] ProcessError),
    /// A part of the measurement broke.
    #[error("a part of the measurement broke")]
    Part(#[from] JoinError),
}

/// Measures the endpoint `http://host:port` of this machine, and leaves nothing behind unless the plan has no receivers.
///
/// # Errors
/// When the endpoint is not on this machine, or does not take part.
pub async fn measure(endpoint: &str, access: &Access, plan: Plan) -> Result<Report, LoadError> {
    let address = loopback(endpoint).ok_or_else(|| LoadError::Endpoint(endpoint.to_owned()))?;
    if plan.events == 0 || plan.publishers == 0 || plan.rate.is_some_and(|rate| rate <= 0.0 || !rate.is_finite()) {
        return Err(LoadError::Plan);
    }
    let chain = Arc::new(Chain::set_up(address, access, plan.via).await?);
    let measured = measured(endpoint, &chain, plan).await;
    if plan.receivers > 0 {
        chain.remove().await?;
    }
    measured
}

async fn measured(endpoint: &str, chain: &Arc<Chain>, plan: Plan) -> Result<Report, LoadError> {
    let server = plan.pid.map(|pid| Used::begin(Process(pid))).transpose()?;
    let own = Used::begin(Process(std::process::id())).ok();
    let run = Arc::new(Run::new(Arc::clone(chain), plan));
    let published = drive(&run).await?;
    let arrived = run.tally.close();
    let ended = arrived.deleted.max(published);
    Ok(Report {
        schema: "waybill.bench/1",
        endpoint: endpoint.to_owned(),
        via: plan.via,
        events: plan.events,
        received: arrived.latencies.len(),
        again: arrived.again,
        publish_s: thousandths(published.as_secs_f64()),
        seconds: thousandths(ended.as_secs_f64()),
        events_per_s: (f64::from(plan.events) / ended.as_secs_f64()).round(),
        latency_ms: Latency::of(arrived.latencies),
        server: server.map(|used| used.end(plan.events)).transpose()?,
        client_cpu_ms_per_event: own.and_then(|used| used.end(plan.events).ok()).map(|used| used.cpu_ms_per_event),
    })
}

/// `host:port` of an endpoint on this machine.
fn loopback(endpoint: &str) -> Option<&str> {
    let address = endpoint.strip_prefix("http://")?.trim_end_matches('/');
    let (host, port) = address.rsplit_once(':')?;
    (["127.0.0.1", "localhost", "[::1]"].contains(&host) && port.parse::<u16>().is_ok()).then_some(address)
}

/// A process, measured from here.
struct Used {
    process: Process,
    cpu: Duration,
    memory_mib: f64,
}

impl Used {
    fn begin(process: Process) -> Result<Self, ProcessError> {
        Ok(Self { process, cpu: process.cpu()?, memory_mib: process.memory_mib()? })
    }

    fn end(&self, events: u32) -> Result<ServerUse, ProcessError> {
        let cpu = self.process.cpu()?.saturating_sub(self.cpu);
        Ok(ServerUse {
            pid: self.process.0,
            cpu_ms_per_event: thousandths(cpu.as_secs_f64() * 1e3 / f64::from(events)),
            memory_before_mib: thousandths(self.memory_mib),
            memory_mib: thousandths(self.process.memory_mib()?),
            peak_mib: thousandths(self.process.peak_mib()?),
        })
    }
}

/// What all publishers and receivers share.
struct Run {
    chain: Arc<Chain>,
    plan: Plan,
    begun: Instant,
    next: AtomicU32,
    publishing: AtomicBool,
    tally: Tally,
}

impl Run {
    #[allow(clippy::disallowed_methods, reason = "what is measured is the real time")]
    fn new(chain: Arc<Chain>, plan: Plan) -> Self {
        let (begun, tally) = (Instant::now(), Tally::of(plan.events));
        Self { chain, plan, begun, next: AtomicU32::new(0), publishing: AtomicBool::new(true), tally }
    }

    /// Nothing more will come.
    fn is_over(&self) -> bool {
        let now = self.begun.elapsed();
        if self.publishing.load(Ordering::Relaxed) {
            self.tally.wait_from(now);
        }
        self.tally.is_over(now, self.plan.patience)
    }
}

/// Runs everything, and returns when the last request to publish was answered.
async fn drive(run: &Arc<Run>) -> Result<Duration, LoadError> {
    let (mut publishers, mut receivers) = (JoinSet::new(), JoinSet::new());
    for _ in 0..run.plan.publishers {
        publishers.spawn(publish(Arc::clone(run)));
    }
    for _ in 0..run.plan.receivers {
        receivers.spawn(receive(Arc::clone(run)));
    }
    while let Some(part) = publishers.join_next().await {
        part??;
    }
    let published = run.begun.elapsed();
    run.publishing.store(false, Ordering::Relaxed);
    while let Some(part) = receivers.join_next().await {
        part??;
    }
    Ok(published)
}

async fn publish(run: Arc<Run>) -> Result<(), LoadError> {
    let Run { chain, plan, begun, next, .. } = &*run;
    let mut wire = chain.connect().await?;
    loop {
        let first = next.fetch_add(plan.batch(), Ordering::Relaxed);
        if first >= plan.events {
            return Ok(());
        }
        pace(*begun + plan.due(first), plan.rate.is_some()).await;
        let numbers = first..first.saturating_add(plan.batch()).min(plan.events);
        let sent = begun.elapsed();
        let answer: Published = wire.json(chain.publish(numbers.map(|number| detail(number, sent)))).await?;
        if answer.failed_entry_count > 0 {
            return Err(LoadError::Entry(Value::from(answer.entries).to_string()));
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "a paced load waits for its time")]
async fn pace(due: Instant, paced: bool) {
    if paced {
        tokio::time::sleep_until(due.into()).await;
    }
}

/// With its envelope about as large as iLert's own, 630 bytes.
fn detail(number: u32, sent: Duration) -> Value {
    json!({
        "id": number, "sent_us": micros(sent), "summary": "Disk is full on db-1", "details": "x".repeat(120),
        "reportTime": "2020-10-26T08:16:16.000Z", "status": "PENDING", "eventType": "incident-created", "priority": "HIGH",
        "alertSource": {"id": 12345, "name": "Test"}, "assignedTo": null,
    })
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

async fn receive(run: Arc<Run>) -> Result<(), LoadError> {
    let Run { chain, begun, .. } = &*run;
    let mut wire = chain.connect().await?;
    let ask = json!({"QueueUrl": chain.queue_url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 1});
    while !run.is_over() {
        let answer: Received = wire.json(chain.sqs("ReceiveMessage", &ask)).await?;
        let now = begun.elapsed();
        for message in &answer.messages {
            let event = message.event()?;
            run.tally.take(event.detail.id, (Duration::from_micros(event.detail.sent_us), now));
        }
        if !answer.messages.is_empty() {
            delete(chain, &mut wire, &answer.messages).await?;
            run.tally.delete(begun.elapsed());
        }
    }
    Ok(())
}

async fn delete(chain: &Chain, wire: &mut Wire, messages: &[Message]) -> Result<(), WireError> {
    let entry = |(index, message): (usize, &Message)| json!({"Id": index.to_string(), "ReceiptHandle": message.receipt_handle});
    let entries: Vec<Value> = messages.iter().enumerate().map(entry).collect();
    let body = json!({"QueueUrl": chain.queue_url, "Entries": entries});
    wire.json::<IgnoredAny>(chain.sqs("DeleteMessageBatch", &body)).await.map(drop)
}

/// Of `PutEvents` and `PutPartnerEvents`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Published {
    failed_entry_count: u32,
    #[serde(default)]
    entries: Vec<Value>,
}

/// Of `ReceiveMessage`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Received {
    #[serde(default)]
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Message {
    receipt_handle: String,
    body: String,
}

#[derive(Deserialize)]
struct Event {
    detail: Detail,
}

#[derive(Deserialize)]
struct Detail {
    id: u64,
    sent_us: u64,
}

impl Message {
    fn event(&self) -> Result<Event, WireError> {
        serde_json::from_str(&self.body).map_err(|source| WireError::Unreadable { body: self.body.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loaded() {
        for (endpoint, address) in [
            ("http://127.0.0.1:4566", Some("127.0.0.1:4566")),
            ("http://localhost:80/", Some("localhost:80")),
            ("http://[::1]:9", Some("[::1]:9")),
            ("https://127.0.0.1:4566", None),
            ("http://127.0.0.1", None),
            ("http://sqs.eu-central-1.amazonaws.com:80", None),
            ("http://192.168.1.1:80", None),
            ("", None),
        ] {
            assert_eq!(loopback(endpoint), address, "{endpoint:?}");
        }
    }
}
