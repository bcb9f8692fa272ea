//! A run from its first commit to its verdict: a thin loop around the tracker.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior};
use waybill_domain::{Mode, RunSummary, Timestamp};

use crate::clock::Clock;
use crate::follow::{Following, Others};
use crate::ledger::{Answer, Outcome};
use crate::poll::{Poller, Receive, Wanted};
use crate::publish::{Publisher, Put};
use crate::take_up::take_up_due;
use crate::{Controls, LedgerError, Observation, Parts, Progress, RunError, RunOutcome, RunRequest, Tracker};

/// How often the store is asked for arrivals that other programs read.
const TICK: Duration = Duration::from_millis(50);

/// How often, in ticks, other programs are told how far the queue was read, and listeners how things stand.
const HEARTBEAT_TICKS: u32 = 5;

/// How many events are counted anew with every heartbeat; the more there are, the rarer they are counted.
const COUNTED: u32 = 5000;

/// How long after the last deadline the queue may take to be found empty (milliseconds).
const SWEEP_MS: i64 = 1700;

/// How long after the first request left the queue is read, whether or not there is an answer (milliseconds).
const ANSWER_FIRST_MS: i64 = 200;

/// How many events may be on their way before reading has to catch up.
const BACKLOG: usize = 500;

/// How long open requests are waited for when the run is left.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// How long what is begun may take to end.
const FINISH: Duration = Duration::from_millis(1000);

/// Makes a run: publishes, reads the queue, and judges, until every event has a verdict or the last deadline has passed. Then takes up
/// the interrupted runs of the queue whose last deadlines have passed, too.
///
/// # Errors
/// When the run cannot be recorded or the connection cannot publish. A run that had begun is then left to be taken up.
pub async fn run(parts: Parts, request: RunRequest, controls: Controls) -> Result<RunOutcome, RunError> {
    if request.mode != Mode::Partner {
        return Err(RunError::Mode(request.mode));
    }
    let partner = parts.clients.partner().ok_or(RunError::NoPartner)?.clone();
    let request = Arc::new(request);
    let clock = Clock::start();
    let started_at = clock.now();
    // While it lives, nobody takes the run up.
    let hold = parts.ledger.begin(Arc::clone(&request), started_at).await?;
    parts.tell(Progress::Started { run: request.run });
    let publisher = Publisher::new(Arc::clone(&request), partner, Arc::clone(&parts.recorder), clock);
    let tracker = Tracker::begin(&request.events, request.timeout_ms, started_at).with_transformer(request.transformer.clone());
    let poller = Poller::new(&parts, request.queue.clone(), request.run, clock);
    let mut drive = Drive {
        parts,
        clock,
        publisher,
        following: Following::new(request.run, tracker, 0),
        poller,
        started_at,
        first_left: None,
        others: false,
    };
    let mut outcome = drive.all(&controls).await?;
    outcome.summary = RunSummary {
        connection: request.connection.clone(),
        mode: request.mode,
        action: request.action.id,
        action_name: request.action.name.clone(),
        started_at,
        ..outcome.summary
    };
    let Drive { parts, .. } = drive;
    parts.tell(Progress::Ended(Box::new(outcome.summary.clone())));
    drop(hold);
    if !controls.leave.is_cancelled() {
        let taken = take_up_due(parts, request.queue.clone(), controls.leave).await;
        // The run itself is committed; what could not be taken up is left to the next one.
        taken.unwrap_or_else(|error| tracing::warn!(%error, "interrupted runs of this queue could not be taken up"));
    }
    Ok(outcome)
}

/// Something that happened to a run.
enum Event {
    Answered(Box<Put>),
    Received(Box<Receive>),
    Ticked,
    StopPublishing,
    Leave,
}

/// Why a run is not driven on.
enum End {
    /// Every event has a verdict.
    Settled,
    /// The last deadline has passed, and the queue was not found empty in time.
    PastAll,
    /// It was asked to leave.
    Left,
}

struct Drive {
    parts: Parts,
    clock: Clock,
    publisher: Publisher,
    following: Following,
    poller: Poller,
    started_at: Timestamp,
    first_left: Option<Timestamp>,
    others: bool,
}

impl Drive {
    async fn all(&mut self, controls: &Controls) -> Result<RunOutcome, RunError> {
        let refused = self.publisher.refused(self.clock.now());
        self.commit_answers(refused).await?;
        self.others = self.others().await?.are_alive;
        match self.until_settled(controls).await? {
            End::Settled => self.drain().await?,
            End::PastAll => {}
            End::Left => {
                self.give_up_unsent("the run was ended before its turn").await?;
                self.last_answers().await?;
            }
        }
        self.conclude().await
    }

    /// Goes on until nothing more is to be waited for.
    async fn until_settled(&mut self, controls: &Controls) -> Result<End, RunError> {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut tick = 0u32;
        let mut stopping = false;
        loop {
            self.send_due().await?;
            if self.publisher.is_done() && self.following.tracker.is_settled() {
                return Ok(End::Settled);
            }
            if self.is_past_all() {
                return Ok(End::PastAll);
            }
            self.receive_due().await?;
            match self.next(&mut ticks, controls, stopping).await {
                Event::Answered(put) => self.answered(*put).await?,
                Event::Received(receive) => self.received(*receive).await?,
                Event::Ticked => {
                    tick = tick.wrapping_add(1);
                    self.ticked(tick).await?;
                }
                Event::StopPublishing => {
                    stopping = true;
                    self.give_up_unsent("publishing was stopped before its turn").await?;
                }
                Event::Leave => return Ok(End::Left),
            }
        }
    }

    async fn next(&mut self, ticks: &mut Interval, controls: &Controls, stopping: bool) -> Event {
        tokio::select! {
            put = self.publisher.next() => Event::Answered(Box::new(put)),
            receive = self.poller.next() => Event::Received(Box::new(receive)),
            _ = ticks.tick() => Event::Ticked,
            () = controls.leave.cancelled() => Event::Leave,
            () = controls.stop_publishing.cancelled(), if !stopping => Event::StopPublishing,
        }
    }

    /// Commits that the due requests leave, then sends them; waits while reading is behind, so that no event is late for our own haste.
    async fn send_due(&mut self) -> Result<(), RunError> {
        if self.poller.is_behind() && self.following.tracker.unread() > BACKLOG {
            return Ok(());
        }
        let batches = self.publisher.due(self.clock.now());
        if batches.is_empty() {
            return Ok(());
        }
        let at = self.clock.now();
        let entries = batches.concat();
        self.parts.ledger.leaving(self.following.run, entries.clone(), at).await?;
        self.following.observe(&self.parts, Observation::Leaving { entries, at }, at);
        self.first_left.get_or_insert(at);
        batches.into_iter().for_each(|batch| self.publisher.send(batch, at));
        Ok(())
    }

    /// Starts receives once something can be there: what was accepted, what is withheld, or a request that is slow to be answered.
    async fn receive_due(&mut self) -> Result<(), RunError> {
        let tracker = &self.following.tracker;
        let now = self.clock.now();
        let is_slow = tracker.is_leaving() && self.first_left.is_some_and(|left| now.millis_since(left) > ANSWER_FIRST_MS);
        if !tracker.is_watching() && !is_slow {
            return Ok(());
        }
        let wanted = Wanted {
            unread: tracker.unread(),
            may_end_otherwise: tracker.is_publishing() || self.others,
            next_deadline: tracker.next_deadline(now),
            last_deadline: tracker.last_deadline().filter(|_| self.publisher.is_done()),
        };
        Ok(self.poller.start(wanted).await?)
    }

    async fn answered(&mut self, first: Put) -> Result<(), RunError> {
        let mut answers = Vec::new();
        let mut hopeless = false;
        for put in std::iter::once(first).chain(std::iter::from_fn(|| self.publisher.try_next())).collect::<Vec<_>>() {
            let more = self.publisher.answered(put);
            let is_final = more.answers.first().is_some_and(|answer| !self.publisher.is_retrying(answer.entry));
            hopeless |= more.failure.is_some() && is_final;
            if let Some(failure) = more.failure {
                self.poller.failure.get_or_insert(failure);
            }
            answers.extend(more.answers);
        }
        self.commit_answers(answers).await?;
        if hopeless {
            self.give_up_unsent("publishing was given up: AWS was not reached before").await?;
        }
        self.poller.decide().await?;
        self.catch_up().await
    }

    async fn commit_answers(&mut self, answers: Vec<Answer>) -> Result<(), RunError> {
        if answers.is_empty() {
            return Ok(());
        }
        self.parts.ledger.answered(self.following.run, answers.clone()).await?;
        let now = self.clock.now();
        answers.into_iter().for_each(|answer| self.following.observe(&self.parts, Observation::Answered(answer), now));
        Ok(())
    }

    async fn give_up_unsent(&mut self, why: &str) -> Result<(), RunError> {
        let at = self.clock.now();
        self.publisher.stop();
        let not_sent = |entry| Answer { entry, outcome: Outcome::NotSent { why: why.to_owned() }, request_id: None, at };
        let answers = self.following.tracker.unsent().into_iter().map(not_sent).collect();
        self.commit_answers(answers).await
    }

    async fn received(&mut self, receive: Receive) -> Result<(), RunError> {
        self.poller.take(receive).await?;
        self.catch_up().await?;
        self.consider_silence().await
    }

    async fn catch_up(&mut self) -> Result<(), RunError> {
        Ok(self.following.catch_up(&self.parts, self.clock.now()).await?)
    }

    async fn ticked(&mut self, tick: u32) -> Result<(), RunError> {
        self.poller.take_completed().await?;
        self.poller.look();
        if self.poller.has_undecided() {
            self.poller.decide().await?;
        }
        self.catch_up().await?;
        if tick.is_multiple_of(HEARTBEAT_TICKS) {
            self.beat().await?;
        }
        if tick.is_multiple_of(HEARTBEAT_TICKS * (1 + self.following.tracker.len() / COUNTED)) {
            let tally = self.following.tracker.tally(self.clock.now());
            self.parts.tell(Progress::Counts { run: self.following.run, tally });
        }
        self.consider_silence().await?;
        self.following.observe(&self.parts, Observation::Tick, self.clock.now());
        Ok(())
    }

    async fn beat(&mut self) -> Result<(), RunError> {
        self.poller.beat().await?;
        self.others = self.others().await?.are_alive;
        self.parts.tell(Progress::Poller(self.poller.health.state(self.clock.now(), true)));
        Ok(())
    }

    async fn others(&self) -> Result<Others, LedgerError> {
        let run = self.following.run;
        let readers = self.parts.ledger.readers(self.poller.queue_url(), run).await?;
        let now = self.clock.now();
        Ok(Others::of(&readers, self.started_at, now))
    }

    /// Lets the tracker conclude from silence, as far as the queue was swept and all other readers have committed what they had.
    async fn consider_silence(&mut self) -> Result<(), RunError> {
        let now = self.clock.now();
        let gaps = self.poller.health.gaps(now);
        if gaps.len() > self.following.tracker.gaps().len() || self.poller.health.is_failing() {
            self.following.observe(&self.parts, Observation::Gaps(gaps), now);
        }
        let Some(swept) = self.poller.health.swept().filter(|swept| self.following.tracker.waits_for_sweep(*swept)) else { return Ok(()) };
        let others = self.others().await?;
        // What the other readers had is in the ledger by now: look before concluding.
        self.catch_up().await?;
        if let Some(hidden) = others.hidden {
            self.following.observe(&self.parts, Observation::Hidden(hidden), now);
        }
        let swept = others.read_through.map_or(swept, |read_through| read_through.min(swept));
        self.following.observe(&self.parts, Observation::Swept(swept), self.clock.now());
        Ok(())
    }

    /// Whether the last deadline has passed so long ago that the queue will not be found empty in time.
    fn is_past_all(&self) -> bool {
        let last = self.following.tracker.last_deadline().filter(|_| self.publisher.is_done());
        last.is_some_and(|deadline| self.clock.now().millis_since(deadline) > SWEEP_MS)
    }

    /// Waits for the receives that are still open: a receive that is broken off may take messages with it.
    async fn drain(&mut self) -> Result<(), RunError> {
        let until = tokio::time::Instant::now() + FINISH + Duration::from_millis(200);
        while !self.poller.is_quiet() || self.publisher.is_open() {
            tokio::select! {
                receive = self.poller.next() => self.received(receive).await?,
                put = self.publisher.next() => self.answered(put).await?,
                () = tokio::time::sleep_until(until) => break,
            }
        }
        Ok(())
    }

    /// Waits a moment for the requests that are open: an answer on the record is worth it.
    async fn last_answers(&mut self) -> Result<(), RunError> {
        let until = tokio::time::Instant::now() + LAST_ANSWERS;
        while self.publisher.is_open() {
            tokio::select! {
                put = self.publisher.next() => self.answered(put).await?,
                () = tokio::time::sleep_until(until) => break,
            }
        }
        Ok(())
    }

    async fn conclude(&mut self) -> Result<RunOutcome, RunError> {
        self.poller.finish(FINISH).await;
        self.catch_up().await?;
        let now = self.clock.now();
        let mut report = self.poller.report();
        if self.poller.is_quiet() {
            report.reads_until = None;
        }
        self.following.observe(&self.parts, Observation::Gaps(report.gaps.clone()), now);
        self.following.observe(&self.parts, Observation::Over, now);
        let summary = match self.following.close(&self.parts, now, report.clone()).await? {
            Some(summary) => summary,
            None => {
                self.parts.ledger.listening(self.following.run, report.clone()).await?;
                self.following.summary(now, &report, None)
            }
        };
        self.parts.tell(Progress::Poller(self.poller.health.state(now, false)));
        Ok(RunOutcome { summary, failure: self.poller.failure.clone() })
    }
}
