//! Interrupted runs: their program is gone; the next one that reads the queue gives them the verdicts that can still be true.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use waybill_domain::{Gap, RunState, RunSummary, Sending, Timestamp};

use crate::clock::Clock;
use crate::follow::Following;
use crate::ledger::{Answer, Hold, Outcome, PollerReport};
use crate::poll::{Poller, Wanted};
use crate::{Observation, Parts, Progress, QueueRef, RunError, RunOutcome, RunRecord, Tracker};

/// How long the queue is read at most.
const READ: Duration = Duration::from_millis(5000);

/// How often other programs are told how far the queue was read.
const BEAT: Duration = Duration::from_millis(250);

/// How long what is begun may take to end.
const FINISH: Duration = Duration::from_millis(1000);

/// Takes up the interrupted runs of a queue: reads the queue until it is found empty, then judges. Read back in time is Delivered, after
/// the deadline Late; what was not read and is past its deadline is Unknown, never Missing; what never left is Not sent. A run with an
/// event before its deadline stays open, to be taken up again.
///
/// # Errors
/// When the runs cannot be read or recorded; they can be taken up again.
pub async fn take_up(parts: Parts, queue: QueueRef, leave: CancellationToken) -> Result<Vec<RunOutcome>, RunError> {
    taken_up(parts, queue, leave, |_, _| true).await
}

/// Takes up only the runs that can be closed now; tells their ends and nothing of their events.
pub(crate) async fn take_up_due(parts: Parts, queue: QueueRef, leave: CancellationToken) -> Result<(), RunError> {
    let (nobody, _unheard) = tokio::sync::mpsc::unbounded_channel();
    let quiet = Parts { progress: nobody, ..parts.clone() };
    let due = |tracker: &Tracker, now| tracker.last_deadline().is_none_or(|deadline| deadline < now);
    for outcome in taken_up(quiet, queue, leave, due).await? {
        parts.tell(Progress::Ended(Box::new(outcome.summary)));
    }
    Ok(())
}

async fn taken_up(
    parts: Parts,
    queue: QueueRef,
    leave: CancellationToken,
    wanted: fn(&Tracker, Timestamp) -> bool,
) -> Result<Vec<RunOutcome>, RunError> {
    let clock = Clock::start();
    let mut taken = Vec::new();
    for run in parts.ledger.interrupted(queue.url.clone()).await? {
        if let Some((hold, record)) = parts.ledger.resume(run).await? {
            let run = Taken::new(&parts, hold, record, clock.now()).await?;
            taken.extend(wanted(&run.following.tracker, clock.now()).then_some(run));
        }
    }
    let Some(first) = taken.first() else { return Ok(Vec::new()) };
    let mut poller = Poller::new(&parts, queue, first.following.run, clock);
    poller.resume(&first.poller);
    if taken.iter().any(|run| run.following.tracker.may_be_in_the_queue()) {
        read_to_the_end(&mut poller, clock, &leave).await?;
    }
    poller.finish(FINISH).await;
    let (read, known) = (poller.report(), first.poller.gaps.len());
    let mut outcomes = Vec::new();
    for (place, run) in taken.iter_mut().enumerate() {
        if place == 0 {
            let reads_until = if poller.is_quiet() { run.poller.reads_until } else { read.reads_until };
            run.poller = PollerReport { reads_until, ..read.clone() };
        } else {
            run.poller.gaps.extend_from_slice(&read.gaps[known..]);
            run.poller.read_through = read.read_through;
        }
        outcomes.push(run.conclude(&parts, clock.now()).await?);
    }
    Ok(outcomes)
}

async fn read_to_the_end(poller: &mut Poller, clock: Clock, leave: &CancellationToken) -> Result<(), RunError> {
    let since = clock.now().plus_millis(-1);
    let end = tokio::time::Instant::now() + READ;
    let wanted = Wanted { unread: 0, may_end_otherwise: true, next_deadline: None, last_deadline: Some(since) };
    let mut beats = tokio::time::interval(BEAT);
    while poller.health.swept().is_none_or(|swept| swept < since) {
        poller.start(wanted).await?;
        tokio::select! {
            receive = poller.next() => poller.take(receive).await?,
            _ = beats.tick() => {
                poller.look();
                poller.decide().await?;
                poller.beat().await?;
            }
            () = tokio::time::sleep_until(end) => break,
            () = leave.cancelled() => break,
        }
    }
    Ok(())
}

/// A run that was taken up.
struct Taken {
    following: Following,
    summary: RunSummary,
    poller: PollerReport,
    _hold: Box<dyn Hold>,
}

impl Taken {
    async fn new(parts: &Parts, hold: Box<dyn Hold>, record: RunRecord, now: Timestamp) -> Result<Self, RunError> {
        let RunRecord { summary, timeout_ms, transformer, mut poller, entries, seen, .. } = record;
        let from = poller.read_through.unwrap_or(summary.started_at);
        poller.gaps.push(Gap { from, to: now.max(from), why: "the program that made the run ended".to_owned() });
        let tracker = Tracker::resume(entries, timeout_ms, now).with_transformer(transformer);
        let mut following = Following::new(summary.run, tracker, seen);
        let answers = ends(&following.tracker, now);
        if !answers.is_empty() {
            parts.ledger.answered(following.run, answers.clone()).await?;
        }
        answers.into_iter().for_each(|answer| following.observe(parts, Observation::Answered(answer), now));
        Ok(Self { following, summary, poller, _hold: hold })
    }

    async fn conclude(&mut self, parts: &Parts, now: Timestamp) -> Result<RunOutcome, RunError> {
        let report = self.poller.clone();
        self.following.catch_up(parts, now).await?;
        self.following.observe(parts, Observation::Gaps(report.gaps.clone()), now);
        self.following.observe(parts, Observation::Over, now);
        let closed = self.following.close(parts, now, report.clone()).await?;
        if closed.is_none() {
            parts.ledger.listening(self.following.run, report.clone()).await?;
        }
        let made = closed.unwrap_or_else(|| self.following.summary(now, &report, None));
        let summary = RunSummary {
            state: if made.closed_at.is_some() { RunState::Closed } else { RunState::Interrupted },
            closed_at: made.closed_at,
            tally: made.tally,
            gaps: made.gaps,
            receives: made.receives,
            proven: made.proven,
            ..self.summary.clone()
        };
        parts.tell(Progress::Ended(Box::new(summary.clone())));
        Ok(RunOutcome { summary, failure: None })
    }
}

/// What the end of the program means for the events that it had not finished sending.
fn ends(tracker: &Tracker, at: Timestamp) -> Vec<Answer> {
    let planned =
        tracker.unsent().into_iter().map(|entry| (entry, Outcome::NotSent { why: "the program ended before its turn".to_owned() }));
    let lost = || Outcome::Unknown { why: "the program ended before the answer to its request was recorded".to_owned() };
    let leaving = tracker.unanswered().into_iter().map(|entry| (entry, lost()));
    planned.chain(leaving).map(|(entry, outcome)| Answer { entry, outcome, request_id: None, at }).collect()
}

impl Tracker {
    /// Whether an event that must arrive was put on the bus, perhaps, and no copy of it was read.
    fn may_be_in_the_queue(&self) -> bool {
        self.evidence().any(|evidence| {
            let is_out = matches!(evidence.sending, Sending::Accepted { .. } | Sending::OutcomeUnknown { .. });
            is_out && evidence.copies.is_empty() && evidence.expectation.must_arrive()
        })
    }
}
