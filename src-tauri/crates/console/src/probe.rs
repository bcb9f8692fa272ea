//! Probe queues and twins: recorded and locked before they are made, removed when their run ends, swept by the next program after a crash.

use std::fmt;

use waybill_aws::Recorder;
use waybill_delivery::QueueRef;
use waybill_domain::{QueueArn, Region, RunId, WriteMode};
use waybill_setup::{ChainRecord, Probe, ProbeError, ProbeHands, Twin};
use waybill_store::{ProbeRow, RunHold};

use crate::setup::sentence_of;
use crate::{Console, Error, clock};

/// A probe or twin that is recorded for a run of this program.
pub(crate) struct Recorded {
    row: ProbeRow,
    hold: RunHold,
}

/// What is made for one run only.
enum Temporary {
    Probe(Probe),
    Twin(Twin),
}

impl Recorded {
    /// The queue that is read.
    pub fn queue_arn(&self) -> QueueArn {
        match Temporary::of(&self.row) {
            Temporary::Probe(probe) => probe.queue_arn(),
            Temporary::Twin(twin) => twin.queue_arn(),
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

    /// Makes what was recorded; a twin's rule gets this pattern.
    ///
    /// # Errors
    /// When AWS refuses; what was made is removed by [`Console::end_probe`].
    pub(crate) async fn make_probe(&self, recorded: &Recorded, pattern: &str) -> Result<QueueRef, Error> {
        let temporary = Temporary::of(&recorded.row);
        let url = self.with_hands(&recorded.row.region, async |hands| temporary.make(hands, pattern).await).await?;
        Ok(QueueRef { url, arn: recorded.queue_arn() })
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
        if row.twin { Self::Twin(Twin { probe, shared: row.shared_queue.clone() }) } else { Self::Probe(probe) }
    }

    async fn make(&self, hands: ProbeHands<'_>, pattern: &str) -> Result<String, ProbeError> {
        match self {
            Self::Probe(probe) => probe.make(hands).await,
            Self::Twin(twin) => twin.make(hands, pattern).await,
        }
    }

    async fn remove(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        match self {
            Self::Probe(probe) => probe.remove(hands).await,
            Self::Twin(twin) => twin.remove(hands).await,
        }
    }
}

impl fmt::Display for Temporary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Probe(probe) => probe.fmt(f),
            Self::Twin(twin) => twin.fmt(f),
        }
    }
}

fn refused(error: ProbeError) -> Error {
    match error {
        ProbeError::Call(call) => Error::Aws(call),
        other => Error::Refused(sentence_of(&other)),
    }
}
