//! The progress of runs, told to the window and the command line.

use std::collections::HashMap;

use tokio::sync::{mpsc, oneshot};
use waybill_delivery::{PollerState, Progress, QueueRef};
use waybill_domain::{EventReport, RunId, RunSummary, Tally, Timestamp};

use super::estimate::Estimate;
use super::show::{self, RowRun};
use crate::Console;
use crate::view::{DeliveryRow, LiveEvent, PollerView, RunProgress, Topic};

/// Most changes that are told at once.
const BATCH: usize = 500;

/// What follows a run that is made here, or those of a queue that are taken up here.
pub(super) struct Follower {
    console: Console,
    queue: QueueRef,
    /// Told once a run and its events are committed.
    begun: Option<oneshot::Sender<()>>,
    runs: HashMap<RunId, Followed>,
    /// Whether the queue is read, as was told last.
    is_reading: bool,
}

/// A run that goes on.
struct Followed {
    of: RowRun,
    /// The run as last told.
    summary: RunSummary,
    /// Number of the run's first publication.
    first: i64,
    /// How fast it goes.
    estimate: Estimate,
}

impl Follower {
    /// What follows whatever goes on at a queue.
    pub fn of_queue(console: Console, queue: QueueRef) -> Self {
        Self { console, queue, begun: None, runs: HashMap::new(), is_reading: false }
    }

    /// The same, which says so once the first run has begun.
    pub fn telling(self, begun: oneshot::Sender<()>) -> Self {
        Self { begun: Some(begun), ..self }
    }

    /// Tells everything until nothing more is to be told.
    pub async fn follow(mut self, mut told: mpsc::Receiver<Progress>) {
        let mut batch = Vec::with_capacity(BATCH);
        while told.recv_many(&mut batch, BATCH).await > 0 {
            let mut rows = Vec::new();
            for progress in batch.drain(..) {
                self.one(progress, &mut rows).await;
            }
            if !rows.is_empty() {
                self.console.tell(LiveEvent::Deliveries { rows });
            }
        }
        self.quiet();
    }

    async fn one(&mut self, progress: Progress, rows: &mut Vec<DeliveryRow>) {
        match progress {
            Progress::Started { run } => self.started(run).await,
            Progress::Publication { run, event } => rows.extend(self.runs.get(&run).map(|followed| followed.row(*event))),
            Progress::Counts { run, tally } => self.counts(run, tally),
            Progress::Poller(state) => self.poller(state),
            Progress::Ended(summary) => {
                self.runs.remove(&summary.run);
                self.console.tell(LiveEvent::Run { run: show::summary(&summary) });
                self.console.changed(&[Topic::Runs, Topic::Chains]);
            }
        }
    }

    async fn started(&mut self, run: RunId) {
        let (now, holds) = (self.console.now(), self.console.holds());
        let read = self.console.store().read(move |db| Ok((db.run_summary(run, now, &holds)?, db.first_publication(run)?))).await;
        match read {
            Ok((Some(summary), first)) => {
                self.console.tell(LiveEvent::Run { run: show::summary(&summary) });
                self.runs.insert(run, Followed::new(summary, first.unwrap_or_default()));
            }
            Ok((None, _)) => tracing::warn!(%run, "a run that has just begun is not there"),
            Err(error) => tracing::warn!(%error, "a run that has just begun cannot be read"),
        }
        if let Some(begun) = self.begun.take() {
            // Whoever started it may have gone meanwhile.
            let _ = begun.send(());
        }
    }

    fn counts(&mut self, run: RunId, tally: Tally) {
        let Some(followed) = self.runs.get_mut(&run) else { return };
        let progress = followed.counted(self.console.now(), tally);
        self.console.tell(LiveEvent::Run { run: show::summary(&followed.summary) });
        self.console.tell(LiveEvent::Progress { progress });
    }

    fn poller(&mut self, state: PollerState) {
        // Of several runs that are taken up together, each has gaps of its own beside.
        if self.runs.len() == 1 {
            self.runs.values_mut().for_each(|one| (one.summary.gaps, one.summary.receives) = (state.gaps, state.receives));
        }
        self.is_reading = state.alive;
        self.console.set_poller(PollerView {
            polling: state.alive,
            queue: Some(self.queue.arn.queue_name().to_owned()),
            receives: state.receives,
            last_receive_at: state.last_receive_at,
            gaps: state.gaps,
            trouble: state.trouble,
        });
    }

    /// The queue is no longer read here.
    fn quiet(&self) {
        let last = self.console.poller();
        if self.is_reading || last.trouble.is_some() {
            self.console.set_poller(PollerView { polling: false, trouble: None, ..last });
        }
    }
}

impl Followed {
    fn new(summary: RunSummary, first: i64) -> Self {
        let of = RowRun { run: summary.run, action: summary.action, action_name: summary.action_name.clone() };
        Self { of, summary, first, estimate: Estimate::default() }
    }

    fn row(&self, event: EventReport) -> DeliveryRow {
        show::delivery_row(self.first + i64::from(event.entry), &self.of, event)
    }

    fn counted(&mut self, now: Timestamp, tally: Tally) -> RunProgress {
        self.summary.tally = tally;
        let (total, settled) = (self.summary.total, self.summary.total.saturating_sub(tally.counts.waiting));
        self.estimate.take(now, settled);
        RunProgress {
            run_id: self.of.run.to_string(),
            action: self.of.action_name.clone(),
            total,
            published: tally.published,
            settled,
            per_second: self.estimate.per_second(),
            left_ms: self.estimate.left_ms(total),
        }
    }
}
