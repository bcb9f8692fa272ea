//! A run's progress, told to the window and the command line.

use tokio::sync::{mpsc, oneshot};
use waybill_delivery::{PollerState, Progress, QueueRef};
use waybill_domain::{EventReport, RunSummary, Tally};

use super::estimate::Estimate;
use super::show::{self, RowRun};
use crate::Console;
use crate::view::{DeliveryRow, LiveEvent, PollerView, RunProgress, Topic};

/// Most changes that are told at once.
const BATCH: usize = 500;

/// What follows one run.
pub(super) struct Follower {
    pub console: Console,
    pub of: RowRun,
    pub queue: QueueRef,
    /// Told once the run and its events are committed.
    pub begun: Option<oneshot::Sender<()>>,
    /// The run as last told.
    pub summary: Option<RunSummary>,
    /// Number of the run's first publication.
    pub first: i64,
    /// How fast it goes.
    pub estimate: Estimate,
}

impl Follower {
    /// Tells everything until the run has ended.
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
            Progress::Started { run } if run == self.of.run => self.started().await,
            Progress::Publication { run, event } if run == self.of.run => rows.push(self.row(*event)),
            Progress::Counts { run, tally } if run == self.of.run => self.counts(tally),
            // What is told of other runs is that they were taken up; their events are read where they are shown.
            Progress::Started { .. } | Progress::Publication { .. } | Progress::Counts { .. } => {}
            Progress::Poller(state) => self.poller(state),
            Progress::Ended(summary) => {
                self.console.tell(LiveEvent::Run { run: show::summary(&summary) });
                self.console.changed(&[Topic::Runs, Topic::Chains]);
            }
        }
    }

    async fn started(&mut self) {
        let (run, now, holds) = (self.of.run, self.console.now(), self.console.holds());
        let read = self.console.store().read(move |db| Ok((db.run_summary(run, now, &holds)?, db.first_publication(run)?))).await;
        match read {
            Ok((summary, first)) => (self.summary, self.first) = (summary, first.unwrap_or_default()),
            Err(error) => tracing::warn!(%error, "a run that has just begun cannot be read"),
        }
        if let Some(begun) = self.begun.take() {
            // Whoever started it may have gone meanwhile.
            let _ = begun.send(());
        }
        if let Some(summary) = &self.summary {
            self.console.tell(LiveEvent::Run { run: show::summary(summary) });
        }
    }

    fn row(&self, event: EventReport) -> DeliveryRow {
        show::delivery_row(self.first + i64::from(event.entry), &self.of, event)
    }

    fn counts(&mut self, tally: Tally) {
        if let Some(summary) = &mut self.summary {
            summary.tally = tally;
            let (total, settled) = (summary.total, summary.total.saturating_sub(tally.counts.waiting));
            self.estimate.take(self.console.now(), settled);
            self.console.tell(LiveEvent::Run { run: show::summary(summary) });
            self.console.tell(LiveEvent::Progress {
                progress: RunProgress {
                    run_id: self.of.run.to_string(),
                    action: self.of.action_name.clone(),
                    total,
                    published: tally.published,
                    settled,
                    per_second: self.estimate.per_second(),
                    left_ms: self.estimate.left_ms(total),
                },
            });
        }
    }

    fn poller(&mut self, state: PollerState) {
        if let Some(summary) = &mut self.summary {
            (summary.gaps, summary.receives) = (state.gaps, state.receives);
        }
        self.console.set_poller(PollerView {
            polling: state.alive,
            queue: Some(self.queue.arn.queue_name().to_owned()),
            receives: state.receives,
            last_receive_at: state.last_receive_at,
            gaps: state.gaps,
            trouble: state.trouble,
        });
    }

    /// The queue is no longer read by this run.
    fn quiet(&self) {
        let last = self.console.poller();
        self.console.set_poller(PollerView { polling: false, trouble: None, ..last });
    }
}
