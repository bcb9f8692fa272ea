//! Probe queues: recorded and locked before they are made, removed when their run ends, swept by the next program after a crash.

use uuid::Uuid;
use waybill_aws::Recorder;
use waybill_delivery::QueueRef;
use waybill_domain::{Region, RunId};
use waybill_setup::{ChainRecord, Probe, ProbeError, ProbeHands};
use waybill_store::{ProbeRow, RunHold};

use crate::setup::sentence_of;
use crate::{Console, Error, clock};

/// A probe that was made for a run of this program.
pub(crate) struct MadeProbe {
    row: ProbeRow,
    hold: RunHold,
    /// Its queue.
    pub queue: QueueRef,
}

impl Console {
    /// Makes a probe beside the target of a chain.
    pub(crate) async fn make_probe(&self, run: RunId, chain: &ChainRecord) -> Result<MadeProbe, Error> {
        let row = ProbeRow {
            id: RunId::new(clock::new_id()),
            run,
            connection: self.inner.connection.name.clone(),
            account: chain.spec.account.clone(),
            region: chain.spec.region.clone(),
            bus: chain.spec.bus().to_owned(),
            rule: chain.spec.rule.name.clone(),
            recorded_at: self.now(),
        };
        // The lock comes first: a probe that is recorded and not locked is swept.
        let hold = self.take_probe(row.id).await?.ok_or_else(|| Error::Broken("a new probe is in use already".to_owned()))?;
        let recorded = row.clone();
        self.store().write(move |db| db.insert_probe(&recorded)).await?;
        let probe = probe_of(&row);
        let made = self.with_hands(&row.region, async |hands| probe.make(hands).await).await;
        match made {
            Ok(url) => Ok(MadeProbe { queue: QueueRef { url, arn: probe.queue_arn() }, row, hold }),
            Err(error) => {
                self.remove_probe(&row, hold).await;
                Err(error)
            }
        }
    }

    /// Removes a probe whose run has ended, or was left.
    pub(crate) async fn end_probe(&self, probe: MadeProbe) {
        self.remove_probe(&probe.row, probe.hold).await;
    }

    /// Removes what crashed programs left of their probes on this connection, after what can still be read of their runs was read.
    pub(crate) async fn sweep_probes(&self) {
        let connection = self.inner.connection.name.clone();
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
            Box::pin(self.take_up(queue, &row.region)).await;
        }
        self.remove_probe(row, hold).await;
    }

    /// Removes a probe; its record goes once its run needs it no more.
    async fn remove_probe(&self, row: &ProbeRow, hold: RunHold) {
        let probe = probe_of(row);
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

fn probe_of(row: &ProbeRow) -> Probe {
    let id: Uuid = row.id.uuid();
    Probe { id, bus: row.bus.clone(), rule: row.rule.clone(), account: row.account.clone(), region: row.region.clone() }
}

fn refused(error: ProbeError) -> Error {
    match error {
        ProbeError::Call(call) => Error::Aws(call),
        other => Error::Refused(sentence_of(&other)),
    }
}
