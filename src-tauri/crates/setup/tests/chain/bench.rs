//! A sandbox of its own for each test, with a pending partner event source, the chain's record in memory and a list of all writes.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use aws_sdk_sqs::types::QueueAttributeName;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use waybill_aws::{CallRecord, Clients, Connection, KeyPair, Recorder};
use waybill_domain::{QueueName, Timestamp};
use waybill_sandbox::{Sandbox, SandboxConfig};
use waybill_setup::{
    Applied, ApplyError, ChainChange, ChainLog, ChainLogError, ChainRecord, ChainSpec, Observed, Part, Setup, Step, UndoReport, apply,
    observe, undo,
};

pub const SOURCE: &str = "aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352";

/// Before which change.
type When = fn(&ChainChange) -> bool;

/// What happens just before a change is kept.
type Meddling = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = Result<(), ChainLogError>> + Send>> + Send>;

#[derive(Default)]
pub struct MemoryLog {
    record: Mutex<Option<ChainRecord>>,
    meddling: Mutex<Option<(When, Meddling)>>,
}

#[async_trait]
impl ChainLog for MemoryLog {
    async fn read(&self) -> Result<Option<ChainRecord>, ChainLogError> {
        Ok(self.record.lock().unwrap().clone())
    }

    async fn write(&self, change: ChainChange) -> Result<ChainRecord, ChainLogError> {
        let due = self.meddling.lock().unwrap().take_if(|(when, _)| when(&change));
        if let Some((_, meddle)) = due {
            meddle().await?;
        }
        let mut record = self.record.lock().unwrap();
        if let (None, ChainChange::Begin(spec)) = (&*record, &change) {
            *record = Some(ChainRecord::new((**spec).clone(), now()));
        }
        let known = record.as_mut().ok_or_else(|| ChainLogError::new("no record"))?;
        known.take(change, now());
        Ok(known.clone())
    }
}

#[derive(Default)]
pub struct Calls(Mutex<Vec<CallRecord>>);

impl Recorder for Calls {
    fn record(&self, call: CallRecord) {
        self.0.lock().unwrap().push(call);
    }
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_628_237_776_000)
}

pub struct Bench {
    /// Ends the sandbox when dropped.
    pub sandbox: Option<Sandbox>,
    connection: Connection,
    pub clients: Clients,
    pub log: Arc<MemoryLog>,
    pub calls: Arc<Calls>,
    pub cancel: CancellationToken,
}

impl Bench {
    /// A sandbox of today's AWS with a pending source.
    pub async fn start() -> Self {
        Self::with(SandboxConfig::ephemeral()).await
    }

    pub async fn with(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let keys = sandbox.keys().clone();
        let connection = Connection::Sandbox {
            endpoint: sandbox.endpoint(),
            keys: KeyPair { access_key_id: keys.access_key_id, secret_access_key: keys.secret_access_key },
            partner: KeyPair { access_key_id: keys.partner_access_key_id, secret_access_key: keys.partner_secret_access_key },
        };
        let clients = Clients::connect(&connection, &"eu-central-1".parse().unwrap()).await.unwrap();
        let sandbox = Some(sandbox);
        let bench = Self { sandbox, connection, clients, log: Arc::default(), calls: Arc::default(), cancel: CancellationToken::new() };
        bench.create_source().await;
        bench
    }

    /// The same record and sandbox through another region.
    pub async fn connected_to(&self, region: &str) -> Self {
        let clients = Clients::connect(&self.connection, &region.parse().unwrap()).await.unwrap();
        let (connection, log, calls) = (self.connection.clone(), self.log.clone(), self.calls.clone());
        Self { sandbox: None, connection, clients, log, calls, cancel: CancellationToken::new() }
    }

    pub async fn create_source(&self) {
        let partner = self.clients.partner().unwrap();
        partner.create_partner_event_source().name(SOURCE).account("123456789012").send().await.unwrap();
    }

    pub fn spec(&self) -> ChainSpec {
        ChainSpec::suggested(SOURCE.parse().unwrap(), "123456789012".parse().unwrap(), "eu-central-1".parse().unwrap())
    }

    pub fn setup(&self) -> Setup {
        Setup { clients: self.clients.clone(), log: self.log.clone(), recorder: self.calls.clone(), now }
    }

    pub async fn apply(&self, spec: &ChainSpec) -> Result<Applied, ApplyError> {
        self.apply_told(spec).await.0
    }

    /// Applies, and answers every step that was told as well.
    pub async fn apply_told(&self, spec: &ChainSpec) -> (Result<Applied, ApplyError>, Vec<Step>) {
        let (progress, mut told) = mpsc::unbounded_channel();
        let outcome = apply(&self.setup(), spec, progress, &self.cancel).await;
        let mut steps = Vec::new();
        while let Some(step) = told.recv().await {
            steps.push(step);
        }
        (outcome, steps)
    }

    pub async fn undo(&self) -> UndoReport {
        undo(&self.setup(), &self.cancel).await.unwrap()
    }

    pub async fn observe(&self, spec: &ChainSpec) -> Observed {
        observe(&self.clients, spec).await.unwrap()
    }

    pub fn record(&self) -> ChainRecord {
        self.log.record.lock().unwrap().clone().unwrap()
    }

    /// The writes since the last look.
    pub fn writes(&self) -> Vec<&'static str> {
        self.calls.0.lock().unwrap().drain(..).map(|call| call.operation).collect()
    }

    /// Does something once, just before a change like this is kept.
    pub fn before<F>(&self, when: When, meddle: impl FnOnce() -> F + Send + 'static)
    where
        F: Future<Output = Result<(), ChainLogError>> + Send + 'static,
    {
        *self.log.meddling.lock().unwrap() = Some((when, Box::new(move || Box::pin(meddle()))));
    }

    /// Ends the set-up as a crash would, just before a change like this is kept.
    pub fn crash_before(&self, when: When) {
        self.before(when, || async { Err(ChainLogError::new("crashed")) });
    }

    pub async fn make_queue(&self, name: &str, policy: Option<&str>) -> QueueName {
        let url = self.clients.sqs().create_queue().queue_name(name).send().await.unwrap().queue_url.unwrap();
        if let Some(policy) = policy {
            let setting = self.clients.sqs().set_queue_attributes().queue_url(url).attributes(QueueAttributeName::Policy, policy);
            setting.send().await.unwrap();
        }
        name.parse().unwrap()
    }

    pub async fn policy(&self, name: &str) -> Option<String> {
        let url = self.clients.sqs().get_queue_url().queue_name(name).send().await.unwrap().queue_url.unwrap();
        let reading = self.clients.sqs().get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::All);
        reading.send().await.unwrap().attributes.unwrap_or_default().remove(&QueueAttributeName::Policy)
    }
}

/// The parts' names without their ARNs.
pub fn names(parts: &[Part]) -> Vec<String> {
    parts.iter().map(|part| part.to_string().replace(SOURCE, "<source>").replace("cc23670e-ad3e-4c38-8d45-d22c36ced352", "<id>")).collect()
}
