//! Interrupted runs: their program is gone, and this one gives them the verdicts that can still be true.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;
use tokio::task::JoinHandle;
use waybill_aws::{Allowance, Clients};
use waybill_delivery::{Parts, QueueRef, WhichRuns};
use waybill_domain::Region;

use super::follow::Follower;
use crate::setup::sentence_of;
use crate::{Console, Error};

/// What taking up interrupted runs sends.
const TAKE_UP: &[&str] = &["ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"];

/// What this process goes on taking up, until the console is closed.
#[derive(Default)]
pub(crate) struct TakingUp {
    /// Whether it does so by itself, whenever a connection that it uses lets it.
    is_constant: AtomicBool,
    /// Held by whoever asks for leave to read, so that nobody is asked twice.
    asking: tokio::sync::Mutex<()>,
    /// The queues that are being read.
    queues: Mutex<HashSet<QueueRef>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl TakingUp {
    fn keep(&self, task: JoinHandle<()>) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|task| !task.is_finished());
        tasks.push(task);
    }

    fn reading(&self) -> MutexGuard<'_, HashSet<QueueRef>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the end of what goes on; it was told to end.
    pub async fn ended(&self) {
        loop {
            let task = self.tasks.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(task) = task else { return };
            if let Err(error) = task.await {
                tracing::warn!(%error, "taking up interrupted runs did not end well");
            }
        }
    }
}

impl Console {
    /// From now on, takes up the interrupted runs of every connection that is used and lets it: for programs that stay, such as the window
    /// (a run does it for its own queue).
    pub fn keep_taking_up(&self) {
        self.inner.taking_up.is_constant.store(true, Ordering::Relaxed);
        self.take_up_again();
    }

    /// The same, where it is done and the connection or its mode is another one now. What is refused is told by whoever asks for it:
    /// [`Console::take_up_runs`].
    pub(crate) fn take_up_again(&self) {
        if !self.inner.taking_up.is_constant.load(Ordering::Relaxed) {
            return;
        }
        let console = self.clone();
        self.inner.taking_up.keep(tokio::spawn(async move {
            if let Err(error) = console.take_up_runs().await {
                tracing::info!(error = error.sentence(), "interrupted runs stay as they are");
            }
        }));
    }

    /// Takes up the interrupted runs of this connection, and goes on in the background until each has its verdicts. Where the connection
    /// asks before every write, it asks.
    ///
    /// # Errors
    /// When the connection does not let their queues be read; then they stay as they are.
    pub async fn take_up_runs(&self) -> Result<(), Error> {
        let _asking = self.inner.taking_up.asking.lock().await;
        for queue in self.interrupted_queues().await? {
            let region = queue.arn.region()?;
            let Some((clients, allowance)) = self.may_take_up(&queue, &region).await? else { return Ok(()) };
            self.inner.taking_up.reading().insert(queue.clone());
            let console = self.clone();
            self.inner.taking_up.keep(tokio::spawn(async move {
                if let Err(error) = console.read_to_the_end(WhichRuns::All, (queue.clone(), region), clients).await {
                    tracing::warn!(error = error.sentence(), "interrupted runs could not be taken up");
                }
                drop(allowance);
                console.inner.taking_up.reading().remove(&queue);
            }));
        }
        Ok(())
    }

    /// Takes up the interrupted runs of a queue as they are.
    ///
    /// # Errors
    /// When the connection does not let the queue be read, or the runs cannot be read or recorded.
    pub(crate) async fn take_up(&self, queue: QueueRef, region: &Region) -> Result<(), Error> {
        let Some((clients, _allowance)) = self.may_take_up(&queue, region).await? else { return Ok(()) };
        self.read_to_the_end(WhichRuns::AsTheyAre, (queue, region.clone()), clients).await
    }

    /// The queues of this connection with runs that nobody works on, as far as they are not being read for them here.
    async fn interrupted_queues(&self) -> Result<HashSet<QueueRef>, Error> {
        let runs = self.store().read(|db| db.open_runs(None)).await?;
        let (holds, connection) = (self.holds(), self.connection());
        let own = runs.into_iter().filter(|run| run.new.connection == connection.name && !holds.is_held(run.new.run));
        let queues = own.map(|run| QueueRef { url: run.new.queue_url, arn: run.new.queue_arn });
        let reading = self.inner.taking_up.reading();
        Ok(queues.filter(|queue| !reading.contains(queue)).collect())
    }

    /// What a queue is read with, once that is let; none when the program ends meanwhile.
    async fn may_take_up(&self, queue: &QueueRef, region: &Region) -> Result<Option<(Clients, Allowance)>, Error> {
        let clients = self.clients(region).await?;
        let input =
            json!({ "Queue": queue.arn, "Why": "runs that were interrupted are read to their end", "Deletes": "their own messages" });
        tokio::select! {
            allowance = clients.gate().allow(TAKE_UP, input) => Ok(Some((clients.clone(), allowance?))),
            () = self.inner.leave.cancelled() => Ok(None),
        }
    }

    /// Reads a queue for its interrupted runs, and tells of them as of any run.
    async fn read_to_the_end(&self, which: WhichRuns, (queue, region): (QueueRef, Region), clients: Clients) -> Result<(), Error> {
        let (progress, heard) = waybill_delivery::progress();
        let followed = tokio::spawn(Follower::of_queue(self.clone(), queue.clone()).follow(heard));
        let parts = Parts { clients, ledger: Arc::new(self.ledger()), recorder: self.recorder(&region), progress };
        let outcome = waybill_delivery::take_up(which, parts, queue, self.inner.leave.clone()).await;
        if let Err(error) = followed.await {
            tracing::warn!(%error, "the progress of interrupted runs was not all told");
        }
        outcome.map(drop).map_err(|error| Error::Broken(sentence_of(&error)))
    }
}
