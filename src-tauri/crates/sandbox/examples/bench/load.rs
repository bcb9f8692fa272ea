//! Publishing and receiving.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::lab::Lab;

/// Events of one request.
const BATCH: u32 = 10;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) events: u32,
    /// Events per second; 0 is as fast as it goes.
    rate: u32,
    publishers: u32,
    receivers: u32,
    /// Publish only.
    pub(crate) keep: bool,
}

/// What came of it.
pub(crate) struct Ran {
    /// When the last request to publish was answered.
    pub(crate) published: Duration,
    /// When the last event was deleted.
    pub(crate) done: Duration,
    /// From the request to publish until it was received, of each event.
    pub(crate) latencies: Vec<Duration>,
}

impl Plan {
    /// The options, and the program with its arguments.
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> (Self, Vec<String>) {
        let mut plan = Self { events: 10_000, rate: 0, publishers: 8, receivers: 8, keep: false };
        while let Some(argument) = arguments.next() {
            let slot = match argument.as_str() {
                "--events" => &mut plan.events,
                "--rate" => &mut plan.rate,
                "--publishers" => &mut plan.publishers,
                "--receivers" => &mut plan.receivers,
                "--keep" => {
                    plan.keep = true;
                    continue;
                }
                _ => return (plan, std::iter::once(argument).chain(arguments).collect()),
            };
            *slot = arguments.next().and_then(|number| number.parse().ok()).expect("a number follows the option");
        }
        panic!("the program to measure is missing");
    }

    pub(crate) fn per_second(&self, time: Duration) -> f64 {
        f64::from(self.events) / time.as_secs_f64()
    }

    /// Whole requests when going fast, single events when paced.
    fn batch(&self) -> u32 {
        if self.rate > 0 { 1 } else { BATCH }
    }
}

impl Ran {
    /// p50, p99 and the longest, in milliseconds.
    pub(crate) fn percentiles(&self) -> Value {
        let mut sorted = self.latencies.clone();
        sorted.sort();
        let at = |share: usize| sorted.get((sorted.len() * share / 100).min(sorted.len().saturating_sub(1)));
        let ms = |share| at(share).map(|latency| (latency.as_secs_f64() * 1e5).round() / 100.0);
        json!({"p50": ms(50), "p99": ms(99), "max": ms(100)})
    }
}

/// Publishes everything, and receives and deletes it meanwhile.
pub(crate) async fn run(lab: Lab, plan: Plan) -> Ran {
    let receivers = if plan.keep { 0 } else { plan.receivers };
    let run = Arc::new(Run { lab, plan, begun: Instant::now(), next: AtomicU32::new(0), received: AtomicU32::new(0) });
    let (mut publishing, mut receiving) = (JoinSet::new(), JoinSet::new());
    for _ in 0..run.plan.publishers {
        publishing.spawn(publish(Arc::clone(&run)));
    }
    for _ in 0..receivers {
        receiving.spawn(receive(Arc::clone(&run)));
    }
    publishing.join_all().await;
    let published = run.begun.elapsed();
    let latencies = receiving.join_all().await.concat();
    Ran { published, done: run.begun.elapsed(), latencies }
}

/// What all publishers and receivers share.
struct Run {
    lab: Lab,
    plan: Plan,
    begun: Instant,
    next: AtomicU32,
    received: AtomicU32,
}

async fn publish(run: Arc<Run>) {
    let Run { lab, plan, begun, next, .. } = &*run;
    let mut wire = lab.connect().await;
    loop {
        let first = next.fetch_add(plan.batch(), Ordering::Relaxed);
        if first >= plan.events {
            return;
        }
        pace(plan.rate, first, *begun).await;
        let numbers = first..(first + plan.batch()).min(plan.events);
        let entries: Vec<Value> = numbers.map(|number| entry(lab, number, *begun)).collect();
        let answer = wire.json(lab.partner("PutPartnerEvents", &json!({"Entries": entries}))).await;
        assert_eq!(answer["FailedEntryCount"], 0, "{answer}");
    }
}

#[allow(clippy::disallowed_methods, reason = "a paced load waits for its time")]
async fn pace(rate: u32, number: u32, begun: Instant) {
    if rate > 0 {
        let due = begun + Duration::from_secs_f64(f64::from(number) / f64::from(rate));
        tokio::time::sleep_until(due.into()).await;
    }
}

/// About as large as iLert's own, 630 bytes in its envelope.
fn entry(lab: &Lab, number: u32, begun: Instant) -> Value {
    let detail = json!({
        "id": number, "sent_us": begun.elapsed().as_micros() as u64, "summary": "Disk is full on db-1", "details": "x".repeat(120),
        "reportTime": "2020-10-26T08:16:16.000Z", "status": "PENDING", "eventType": "incident-created", "priority": "HIGH",
        "alertSource": {"id": 12345, "name": "Test"}, "assignedTo": null,
    });
    json!({"Source": lab.source, "DetailType": "incident-created", "Resources": ["ilert"], "Detail": detail.to_string()})
}

async fn receive(run: Arc<Run>) -> Vec<Duration> {
    let Run { lab, plan, begun, received, .. } = &*run;
    let (mut wire, mut latencies) = (lab.connect().await, Vec::new());
    while received.load(Ordering::Relaxed) < plan.events {
        let ask = json!({"QueueUrl": lab.queue_url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 1});
        let answer = wire.json(lab.sqs("ReceiveMessage", &ask)).await;
        let Some(messages) = answer["Messages"].as_array() else { continue };
        let now = begun.elapsed();
        for message in messages {
            let event: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
            latencies.push(now - Duration::from_micros(event["detail"]["sent_us"].as_u64().unwrap()));
        }
        received.fetch_add(u32::try_from(messages.len()).unwrap(), Ordering::Relaxed);
        let handle = |(index, message): (usize, &Value)| json!({"Id": index.to_string(), "ReceiptHandle": message["ReceiptHandle"]});
        let entries: Vec<Value> = messages.iter().enumerate().map(handle).collect();
        let answer = wire.json(lab.sqs("DeleteMessageBatch", &json!({"QueueUrl": lab.queue_url, "Entries": entries}))).await;
        assert!(answer["Failed"].as_array().is_none_or(Vec::is_empty), "{answer}");
    }
    latencies
}
