//! A chain on a sandbox of its own, and runs over it.

use std::sync::{Arc, Mutex};

use aws_sdk_eventbridge::types::Target;
use aws_sdk_sqs::types::QueueAttributeName;
use tempfile::TempDir;
use tokio::sync::mpsc;
use uuid::Uuid;
use waybill_aws::{CallRecord, Clients, Connection, KeyPair, Recorder};
use waybill_delivery::{ActionRef, Controls, Pace, Parts, PlannedEvent, Progress, QueueRef, RunOutcome, RunRequest};
use waybill_domain::{
    ActionId, EventReport, EventType, Expectation, IncidentId, Mode, Outgoing, PartnerSourceName, QueueArn, RuleArn, RunId, RunSummary,
    Timestamp, Verdict,
};
use waybill_sandbox::{Sandbox, SandboxConfig};
use waybill_store::{RunHolds, Store};

use crate::ledger::StoreLedger;

const ACCOUNT: &str = "123456789012";
const REGION: &str = "eu-central-1";

/// Keeps the operations of the requests that write.
#[derive(Default)]
pub(super) struct Calls(pub(super) Mutex<Vec<CallRecord>>);

impl Recorder for Calls {
    fn record(&self, call: CallRecord) {
        self.0.lock().unwrap().push(call);
    }
}

pub(super) struct World {
    pub(super) clients: Clients,
    pub(super) queue: QueueRef,
    pub(super) calls: Arc<Calls>,
    pub(super) folder: TempDir,
    pub(super) store: Store,
    pub(super) source: PartnerSourceName,
    policy: String,
    next_incident: Mutex<i64>,
    _sandbox: Sandbox,
}

pub(super) fn now() -> Timestamp {
    crate::clock::now()
}

impl World {
    /// A chain whose rule has `pattern`.
    pub(super) async fn with_pattern(pattern: &str) -> Self {
        let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
        let keys = sandbox.keys();
        let connection = Connection::Sandbox {
            endpoint: sandbox.endpoint(),
            keys: KeyPair { access_key_id: keys.access_key_id.clone(), secret_access_key: keys.secret_access_key.clone() },
            partner: KeyPair {
                access_key_id: keys.partner_access_key_id.clone(),
                secret_access_key: keys.partner_secret_access_key.clone(),
            },
        };
        let clients = Clients::connect(&connection, &REGION.parse().unwrap()).await.unwrap();
        let source: PartnerSourceName = format!("aws.partner/ilert.com/test/{}", Uuid::new_v4()).parse().unwrap();
        let (queue, policy) = make_chain(&clients, &source, pattern).await;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let calls = Arc::default();
        Self { clients, queue, calls, folder, store, source, policy, next_incident: Mutex::new(1), _sandbox: sandbox }
    }

    pub(super) async fn new() -> Self {
        Self::with_pattern(&format!(r#"{{"account":["{ACCOUNT}"]}}"#)).await
    }

    pub(super) async fn set_policy(&self, wanted: bool) {
        let policy = if wanted { self.policy.as_str() } else { "" };
        let call = self.clients.sqs().set_queue_attributes().queue_url(&self.queue.url);
        call.attributes(QueueAttributeName::Policy, policy).send().await.unwrap();
    }

    /// The nine events of a new incident; what `expect` says is expected of each.
    pub(super) fn nine(&self, expect: impl Fn(EventType) -> Expectation) -> Vec<PlannedEvent> {
        let incident = {
            let mut next = self.next_incident.lock().unwrap();
            *next += 1;
            IncidentId(*next)
        };
        EventType::ALL
            .into_iter()
            .map(|event| PlannedEvent { outgoing: self.outgoing(incident, event), expectation: expect(event) })
            .collect()
    }

    fn outgoing(&self, incident: IncidentId, event: EventType) -> Outgoing {
        Outgoing {
            source: self.source.clone().into(),
            event_type: event,
            detail: format!(r#"{{"id":"{incident}","eventType":"{event}","priority":"HIGH"}}"#),
            incident,
            time: now().cut_to_second(),
            account: ACCOUNT.parse().unwrap(),
            region: REGION.parse().unwrap(),
        }
    }

    pub(super) fn request(&self, events: Vec<PlannedEvent>, timeout_ms: i64) -> RunRequest {
        RunRequest {
            run: RunId::new(Uuid::new_v4()),
            connection: "sandbox".into(),
            mode: Mode::Partner,
            action: ActionRef { id: ActionId::new(Uuid::nil()), name: "Ops".into() },
            queue: self.queue.clone(),
            events: events.into(),
            reading: waybill_domain::ReadingPlan::Consume,
            timeout_ms,
            schedule: None,
            pace: Pace::default(),
            transformer: None,
        }
    }

    pub(super) fn ledger(&self) -> Arc<StoreLedger> {
        Arc::new(StoreLedger::new(self.store.clone(), now))
    }

    pub(super) fn parts(&self) -> (Parts, mpsc::Receiver<Progress>) {
        let (progress, told) = waybill_delivery::progress();
        let recorder: Arc<dyn Recorder> = Arc::clone(&self.calls) as Arc<dyn Recorder>;
        (Parts { clients: self.clients.clone(), ledger: self.ledger(), recorder, progress }, told)
    }

    pub(super) async fn run(&self, request: RunRequest) -> RunOutcome {
        let (parts, _told) = self.parts();
        waybill_delivery::run(parts, request, Controls::default()).await.unwrap()
    }

    pub(super) async fn must_all(&self, timeout_ms: i64) -> RunOutcome {
        self.run(self.request(self.nine(|_| Expectation::MustArrive), timeout_ms)).await
    }

    pub(super) async fn report(&self, run: RunId) -> (RunSummary, Vec<EventReport>) {
        let holds = RunHolds::in_folder(self.folder.path());
        self.store.read(move |db| db.run_report(run, now(), &holds)).await.unwrap().unwrap()
    }

    pub(super) async fn verdicts(&self, run: RunId) -> Vec<Verdict> {
        self.report(run).await.1.into_iter().map(|event| event.judgement.verdict).collect()
    }

    pub(super) async fn send(&self, body: &str) {
        self.clients.sqs().send_message().queue_url(&self.queue.url).message_body(body).send().await.unwrap();
    }

    /// Every message that can be received now; they are hidden for a minute then.
    pub(super) async fn bodies(&self) -> Vec<String> {
        let mut bodies = Vec::new();
        loop {
            let call = self.clients.sqs().receive_message().queue_url(&self.queue.url).max_number_of_messages(10).visibility_timeout(60);
            let messages = call.send().await.unwrap().messages.unwrap_or_default();
            if messages.is_empty() {
                return bodies;
            }
            bodies.extend(messages.into_iter().filter_map(|message| message.body));
        }
    }
}

async fn make_chain(clients: &Clients, source: &PartnerSourceName, pattern: &str) -> (QueueRef, String) {
    let (partner, events, sqs) = (clients.partner().unwrap(), clients.events(), clients.sqs());
    partner.create_partner_event_source().name(source.as_str()).account(ACCOUNT).send().await.unwrap();
    events.create_event_bus().name(source.as_str()).event_source_name(source.as_str()).send().await.unwrap();
    events.put_rule().name("all").event_bus_name(source.as_str()).event_pattern(pattern).send().await.unwrap();
    let url = sqs.create_queue().queue_name("q").send().await.unwrap().queue_url.unwrap();
    let (region, account) = (REGION.parse().unwrap(), ACCOUNT.parse().unwrap());
    let queue = QueueArn::new(&region, &account, &"q".parse().unwrap());
    let rule = RuleArn::new(&region, &account, source.as_str(), &"all".parse().unwrap());
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"events.amazonaws.com"}},"Action":"sqs:SendMessage","Resource":"{queue}","Condition":{{"ArnEquals":{{"aws:SourceArn":"{rule}"}}}}}}]}}"#
    );
    sqs.set_queue_attributes().queue_url(&url).attributes(QueueAttributeName::Policy, &policy).send().await.unwrap();
    let target = Target::builder().id("waybill").arn(queue.as_str()).build().unwrap();
    events.put_targets().rule("all").event_bus_name(source.as_str()).targets(target).send().await.unwrap();
    (QueueRef { url, arn: queue }, policy)
}
