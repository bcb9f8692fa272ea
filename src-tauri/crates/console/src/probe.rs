//! What is changed for one run only, probe queues, twins and the logging of a bus: recorded and locked before it is made, taken back when the
//! run ends, swept by the next program after a crash.

use std::fmt;

use waybill_aws::{BusLogWanted, CallError, CallErrorKind, Recorder, bus_log_group};
use waybill_delivery::QueueRef;
use waybill_domain::{QueueArn, Region, RunId, WriteMode};
use waybill_setup::{BusLogging, ChainRecord, LogConfig, Probe, ProbeError, ProbeHands, Twin};
use waybill_store::{ProbeRow, RunHold};

use crate::setup::sentence_of;
use crate::{Console, Error, clock};

/// A probe, twin or logging that is recorded for a run of this program.
pub(crate) struct Recorded {
    row: ProbeRow,
    hold: RunHold,
}

/// What is made for one run only.
enum Temporary {
    Probe(Probe),
    Twin(Twin),
    Logging(BusLogging),
}

impl Recorded {
    /// The queue that is read; none where only the logging of a bus is switched on.
    pub fn queue_arn(&self) -> Option<QueueArn> {
        match Temporary::of(&self.row) {
            Temporary::Probe(probe) => Some(probe.queue_arn()),
            Temporary::Twin(twin) => Some(twin.queue_arn()),
            Temporary::Logging(_) => None,
        }
    }

    /// The twin's bus; none where there is only a probe.
    pub fn twin_bus(&self) -> Option<&str> {
        self.row.twin.then_some(self.row.bus.as_str())
    }
}

impl Console {
    /// Records a probe beside the target of a chain, before anything of it is made.
    pub(crate) async fn record_probe(&self, run: RunId, chain: &ChainRecord) -> Result<Recorded, Error> {
        self.record(self.row(run, chain)).await
    }

    /// Records a twin of a chain's rule, which sends to the chain's queue or one of its own.
    pub(crate) async fn record_twin(&self, run: RunId, chain: &ChainRecord, shared: bool) -> Result<Recorded, Error> {
        let row = self.row(run, chain);
        let shared_queue = shared.then(|| chain.spec.target.queue.name().clone());
        self.record(ProbeRow { bus: Twin::bus_name(row.id.uuid()), twin: true, shared_queue, ..row }).await
    }

    /// Records that the logging of a chain's bus is switched on; none where it logs already what a run needs.
    ///
    /// # Errors
    /// When the bus cannot be read, or has no log group that could be read afterwards.
    pub(crate) async fn record_logging(&self, run: RunId, chain: &ChainRecord) -> Result<Option<Recorded>, Error> {
        let bus = chain.spec.bus().to_owned();
        self.check_log_group(chain).await?;
        let needed = self.with_hands(&chain.spec.region, async |hands| BusLogging::needed(hands, &bus).await).await?;
        let Some(logging) = needed else { return Ok(None) };
        let before = serde_json::to_string(&logging.before).map_err(|error| Error::Broken(error.to_string()))?;
        self.record(ProbeRow { log_before: Some(before), ..self.row(run, chain) }).await.map(Some)
    }

    /// Logging that nobody can read afterwards is not switched on.
    async fn check_log_group(&self, chain: &ChainRecord) -> Result<(), Error> {
        let (bus, now) = (chain.spec.bus(), self.now());
        let clients = self.clients(&chain.spec.region).await?;
        let wanted = BusLogWanted { bus, event_id: "waybill", since: now, now };
        let missing = |error: CallError| match error.kind {
            CallErrorKind::NotFound => Error::Refused(format!(
                "bus logging was not switched on: there is no log group {}; choose it as a log destination of the event bus in the \
                 EventBridge console, so that what is logged can be read",
                bus_log_group(bus)
            )),
            CallErrorKind::AccessDenied | CallErrorKind::Unreachable | CallErrorKind::NoCredentials | CallErrorKind::Throttled => {
                error.into()
            }
            _ => Error::Refused(format!("bus logging was not switched on, because what is logged could not be read: {error}")),
        };
        Box::pin(clients.bus_log(wanted)).await.map(drop).map_err(missing)
    }

    fn row(&self, run: RunId, chain: &ChainRecord) -> ProbeRow {
        ProbeRow {
            id: RunId::new(clock::new_id()),
            run,
            connection: self.connection().name.clone(),
            account: chain.spec.account.clone(),
            region: chain.spec.region.clone(),
            bus: chain.spec.bus().to_owned(),
            rule: chain.spec.rule.name.clone(),
            twin: false,
            shared_queue: None,
            log_before: None,
            recorded_at: self.now(),
        }
    }

    async fn record(&self, row: ProbeRow) -> Result<Recorded, Error> {
        // The lock comes first: a probe that is recorded and not locked is swept.
        let hold = self.take_probe(row.id).await?.ok_or_else(|| Error::Broken("a new probe is in use already".to_owned()))?;
        let recorded = row.clone();
        self.store().write(move |db| db.insert_probe(&recorded)).await?;
        Ok(Recorded { row, hold })
    }

    /// Makes what was recorded; a twin's rule gets this pattern. Answers the queue that is read instead of the chain's, if one is.
    ///
    /// # Errors
    /// When AWS refuses; what was made is removed by [`Console::end_probe`].
    pub(crate) async fn make_probe(&self, recorded: &Recorded, pattern: &str) -> Result<Option<QueueRef>, Error> {
        let temporary = Temporary::of(&recorded.row);
        let url = self.with_hands(&recorded.row.region, async |hands| temporary.make(hands, pattern).await).await?;
        Ok(url.zip(recorded.queue_arn()).map(|(url, arn)| QueueRef { url, arn }))
    }

    /// Removes a probe whose run has ended, or was left.
    pub(crate) async fn end_probe(&self, probe: Recorded) {
        self.remove_probe(&probe.row, probe.hold).await;
    }

    /// Removes what crashed programs left of their probes on this connection, after what can still be read of their runs was read.
    pub(crate) async fn sweep_probes(&self) {
        if self.connection().gate.mode() == WriteMode::ReadOnly {
            return tracing::debug!("the connection is read-only: what crashed programs left stays until it may write");
        }
        let connection = self.connection().name.clone();
        let recorded = match self.store().read(move |db| db.probes(&connection)).await {
            Ok(recorded) => recorded,
            Err(error) => return tracing::warn!(%error, "recorded probes cannot be listed"),
        };
        for row in recorded {
            match self.take_probe(row.id).await {
                Ok(Some(hold)) => self.sweep_probe(&row, hold).await,
                Ok(None) => {}
                Err(error) => tracing::warn!(error = error.sentence(), "the lock of a probe cannot be taken"),
            }
        }
    }

    async fn sweep_probe(&self, row: &ProbeRow, hold: RunHold) {
        let run = row.run;
        let left = self.store().read(move |db| Ok(db.run(run)?.filter(|run| run.closed_at.is_none()))).await;
        if let Ok(Some(left)) = left {
            let queue = QueueRef { url: left.new.queue_url, arn: left.new.queue_arn };
            if let Err(error) = Box::pin(self.take_up(queue, &row.region)).await {
                tracing::warn!(error = error.sentence(), "the run of a probe cannot be taken up");
            }
        }
        self.remove_probe(row, hold).await;
    }

    /// Removes a probe; its record goes once its run needs it no more.
    async fn remove_probe(&self, row: &ProbeRow, hold: RunHold) {
        let probe = Temporary::of(row);
        if let Err(error) = self.with_hands(&row.region, async |hands| probe.remove(hands).await).await {
            return tracing::warn!(error = error.sentence(), %probe, "a probe could not be removed; the next start tries again");
        }
        let (id, run) = (row.id, row.run);
        let forgotten = self
            .store()
            .write(move |db| {
                let is_open = db.read().run(run)?.is_some_and(|run| run.closed_at.is_none());
                if !is_open {
                    db.delete_probe(id)?;
                }
                Ok(!is_open)
            })
            .await;
        match forgotten {
            Ok(true) => self.holds().forget(id),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "a probe that is gone could not be forgotten"),
        }
        drop(hold);
    }

    async fn take_probe(&self, id: RunId) -> Result<Option<RunHold>, Error> {
        let holds = self.holds();
        let taken = tokio::task::spawn_blocking(move || holds.take(id)).await;
        let taken = taken.map_err(|error| Error::Broken(format!("a lock could not be taken: {error}")))?;
        taken.map_err(|error| Error::Broken(format!("a lock could not be taken: {error}")))
    }

    async fn with_hands<T>(&self, region: &Region, work: impl AsyncFnOnce(ProbeHands<'_>) -> Result<T, ProbeError>) -> Result<T, Error> {
        let (clients, recorder) = (self.clients(region).await?, self.recorder(region));
        let recorder: &dyn Recorder = recorder.as_ref();
        Box::pin(work(ProbeHands { clients: &clients, recorder, now: clock::now })).await.map_err(refused)
    }
}

impl Temporary {
    fn of(row: &ProbeRow) -> Self {
        let (id, bus, rule) = (row.id.uuid(), row.bus.clone(), row.rule.clone());
        let probe = Probe { id, bus, rule, account: row.account.clone(), region: row.region.clone() };
        match &row.log_before {
            Some(before) => {
                // What cannot be read is taken for what was never set: then it is switched off.
                let before: Option<LogConfig> = serde_json::from_str(before).unwrap_or_default();
                Self::Logging(BusLogging { bus: row.bus.clone(), before })
            }
            None if row.twin => Self::Twin(Twin { probe, shared: row.shared_queue.clone() }),
            None => Self::Probe(probe),
        }
    }

    async fn make(&self, hands: ProbeHands<'_>, pattern: &str) -> Result<Option<String>, ProbeError> {
        match self {
            Self::Probe(probe) => probe.make(hands).await.map(Some),
            Self::Twin(twin) => twin.make(hands, pattern).await.map(Some),
            Self::Logging(logging) => logging.switch_on(hands).await.map(|()| None),
        }
    }

    async fn remove(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        match self {
            Self::Probe(probe) => probe.remove(hands).await,
            Self::Twin(twin) => twin.remove(hands).await,
            Self::Logging(logging) => logging.put_back(hands).await,
        }
    }
}

impl fmt::Display for Temporary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Probe(probe) => probe.fmt(f),
            Self::Twin(twin) => twin.fmt(f),
            Self::Logging(logging) => logging.fmt(f),
        }
    }
}

fn refused(error: ProbeError) -> Error {
    match error {
        ProbeError::Call(call) => Error::Aws(call),
        other => Error::Refused(sentence_of(&other)),
    }
}
