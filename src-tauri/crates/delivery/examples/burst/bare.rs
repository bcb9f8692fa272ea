//! The bare loop: nothing but the SDK.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::PutPartnerEventsRequestEntry;
use aws_sdk_sqs::types::DeleteMessageBatchRequestEntry;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use waybill_aws::{Clients, Connection, KeyPair};
use waybill_domain::{AlertSource, AlertSourceId, EventType, Incident, IncidentId, RESOURCES, Timestamp};

/// Entries of one request.
const ENTRIES: u32 = 20;

/// As many requests at once as Waybill has in a burst.
const PUBLISHERS: usize = 8;
const RECEIVERS: usize = 4;

/// The chain that Waybill set up.
pub(crate) struct Chain {
    clients: Clients,
    source: String,
    queue_url: String,
}

/// What came of it.
pub(crate) struct Ran {
    pub(crate) per_second: f64,
    cpu_ms_per_event: f64,
}

impl Ran {
    pub(crate) fn shown(&self) -> Value {
        json!({"events_per_s": crate::round(self.per_second), "cpu_ms_per_event": crate::round(self.cpu_ms_per_event)})
    }
}

impl Chain {
    /// Finds it in the sandbox that said this about itself.
    pub(crate) async fn find(about: &Value) -> Self {
        let text = |name: &str| about[name].as_str().unwrap().to_owned();
        let keys = |id, secret| KeyPair { access_key_id: text(id), secret_access_key: text(secret) };
        let connection = Connection::Sandbox {
            endpoint: text("endpoint"),
            keys: keys("access_key_id", "secret_access_key"),
            partner: keys("partner_access_key_id", "partner_secret_access_key"),
        };
        let clients = Clients::connect(&connection, &text("region").parse().unwrap()).await.unwrap();
        let sources = clients.events().list_event_sources().send().await.unwrap();
        let source = sources.event_sources()[0].name().unwrap().to_owned();
        let queues = clients.sqs().list_queues().send().await.unwrap();
        Self { clients, source, queue_url: queues.queue_urls()[0].clone() }
    }
}

/// Publishes everything, and receives and deletes it meanwhile.
pub(crate) async fn run(chain: &Chain, events: u32) -> Ran {
    let (begun, cpu) = (Instant::now(), own_cpu());
    let (next, received) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let mut tasks = JoinSet::new();
    for _ in 0..PUBLISHERS {
        tasks.spawn(publish(chain.clients.clone(), chain.source.clone(), Arc::clone(&next), events));
    }
    for _ in 0..RECEIVERS {
        tasks.spawn(receive(chain.clients.clone(), chain.queue_url.clone(), Arc::clone(&received), events));
    }
    tasks.join_all().await;
    let used = own_cpu().saturating_sub(cpu);
    let events = f64::from(events);
    Ran { per_second: events / begun.elapsed().as_secs_f64(), cpu_ms_per_event: used.as_secs_f64() * 1e3 / events }
}

fn own_cpu() -> Duration {
    crate::process::cpu(std::process::id()).unwrap()
}

async fn publish(clients: Clients, source: String, next: Arc<AtomicU32>, events: u32) {
    let partner = clients.partner().unwrap();
    loop {
        let first = next.fetch_add(ENTRIES, Ordering::Relaxed);
        if first >= events {
            return;
        }
        let entries = (first..(first + ENTRIES).min(events)).map(|number| entry(&source, number)).collect();
        let answer = partner.put_partner_events().set_entries(Some(entries)).send().await.unwrap();
        assert_eq!(answer.failed_entry_count(), 0);
    }
}

/// The same as Waybill's own.
fn entry(source: &str, number: u32) -> PutPartnerEventsRequestEntry {
    let at = Timestamp::from_millis(1_628_237_776_000);
    let event = EventType::ALL[number as usize % EventType::ALL.len()];
    let mut incident = Incident::new(IncidentId(number.into()), "Waybill test incident", "Published by Waybill to prove delivery", at);
    incident.assume(event, None);
    let detail = incident.detail(event, &AlertSource { id: AlertSourceId(2_193_327), name: "Demo".to_owned() });
    PutPartnerEventsRequestEntry::builder()
        .time(DateTime::from_millis(at.as_millis()))
        .source(source)
        .set_resources(Some(RESOURCES.map(ToOwned::to_owned).to_vec()))
        .detail_type(event.as_str())
        .detail(serde_json::to_string(&detail).unwrap())
        .build()
}

async fn receive(clients: Clients, queue_url: String, received: Arc<AtomicU32>, events: u32) {
    let sqs = clients.sqs();
    while received.load(Ordering::Relaxed) < events {
        let call = sqs.receive_message().queue_url(&queue_url).max_number_of_messages(10).wait_time_seconds(1);
        let messages = call.send().await.unwrap().messages.unwrap_or_default();
        if messages.is_empty() {
            continue;
        }
        received.fetch_add(u32::try_from(messages.len()).unwrap(), Ordering::Relaxed);
        let entry = |(id, message): (usize, &aws_sdk_sqs::types::Message)| {
            let entry = DeleteMessageBatchRequestEntry::builder().id(id.to_string());
            entry.receipt_handle(message.receipt_handle().unwrap()).build().unwrap()
        };
        let entries = messages.iter().enumerate().map(entry).collect();
        let answer = sqs.delete_message_batch().queue_url(&queue_url).set_entries(Some(entries)).send().await.unwrap();
        assert_eq!(answer.failed(), []);
    }
}
