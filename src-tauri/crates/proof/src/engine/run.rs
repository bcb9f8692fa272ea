//! A run from its first commit to its verdict.

use std::sync::Arc;

use waybill_domain::{RunSummary, Timestamp};

use super::agenda::{Agenda, Step};
use super::following::{End, Following, HEARTBEAT_TICKS};
use super::others::Others;
use super::publishing::Publishing;
use super::reading::{Reading, Wanted};
use super::{Effect, Happened, Machine, Put, Receive};
use crate::{Answer, Close, Observation, Outcome, PollerReport, Progress, Reader, RunRequest};

/// How long after the last deadline the queue may take to be found empty, from the last time that something was read (milliseconds).
const SWEEP_MS: i64 = 1700;

/// The same in all, however much is read.
pub(super) const LONGEST_SWEEP_MS: i64 = 8000;

/// How long after the first request left the queue is read, whether or not there is an answer (milliseconds).
const ANSWER_FIRST_MS: i64 = 200;

/// How many events may be on their way before reading has to catch up.
const BACKLOG: usize = 500;

/// How long open requests are waited for when the run is left (milliseconds).
const LAST_ANSWERS_MS: i64 = 500;

/// How long open receives are waited for when every event has its verdict (milliseconds).
const DRAIN_MS: i64 = 1200;

/// A reader that is this far behind does not only lag: it stands still, holds messages, or hides those of a lost answer (milliseconds).
const BEHIND_MS: i64 = 3000;

/// How long what is begun may take to end (milliseconds).
pub(super) const FINISH_MS: i64 = 1000;

/// A run: publishes, reads the queue, and judges, until every event has a verdict or the last deadline has passed.
#[derive(Debug)]
pub struct Run {
    agenda: Agenda<Decision>,
    phase: Phase,
    /// Whether something happened since the last turn.
    is_fresh: bool,
    queue_url: String,
    ticks: u32,
    publishing: Publishing,
    following: Following,
    reading: Reading,
    others: Others,
    first_left: Option<Timestamp>,
    /// The last deadline, and since when the queue can be found empty after it.
    last: Option<(Timestamp, Timestamp)>,
    report: PollerReport,
    over_at: Timestamp,
    summary: Option<RunSummary>,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    /// Publishing and reading.
    Going,
    /// Every event has its verdict; a receive that is broken off may take messages with it, so it is waited for.
    Draining(Timestamp),
    /// Asked to leave; an answer on the record is worth a moment.
    LastAnswers(Timestamp),
    /// What is held is let go.
    Finishing(Timestamp),
    /// The verdicts are committed.
    Closing,
    /// There is nothing left to do.
    Ended,
}

/// What is decided once everything before it is done.
#[derive(Debug)]
enum Decision {
    Begun,
    Send,
    Sent { batches: Vec<Vec<u32>>, at: Timestamp },
    Receive,
    Observe(Vec<Answer>),
    GiveUp(&'static str),
    Settle,
    Decide,
    CatchUp,
    Tick,
    Beat,
    Silence,
    Conclude { swept: Timestamp },
    Over,
    Close,
}

impl Run {
    /// A run that begins now. The seed spreads its retries.
    pub fn begin(request: Arc<RunRequest>, now: Timestamp, seed: u64) -> Self {
        let mut agenda = Agenda::new();
        let begin = Effect::Begin { request: Arc::clone(&request), at: now };
        agenda.first([Step::Do(begin), Step::Then(Decision::Begun)]);
        let reading = Reading::of(request.reading, request.timeout_ms);
        Self {
            agenda,
            phase: Phase::Going,
            is_fresh: true,
            queue_url: request.queue.url.clone(),
            ticks: 0,
            publishing: Publishing::new(Arc::clone(&request), now, seed),
            following: Following::begin(&request, now),
            reading,
            others: Others::default(),
            first_left: None,
            last: None,
            report: PollerReport::default(),
            over_at: now,
            summary: None,
        }
    }

    /// How it ended; none before.
    pub fn into_summary(self) -> Option<RunSummary> {
        self.summary
    }

    fn decide(&mut self, decision: Decision, now: Timestamp) {
        match decision {
            Decision::Begun => self.begun(now),
            Decision::Send => self.send(now),
            Decision::Sent { batches, at } => self.sent(batches, at),
            Decision::Receive => self.receive(now),
            Decision::Observe(answers) => {
                let told = answers.into_iter().flat_map(|answer| self.following.observe(Observation::Answered(answer), now)).collect();
                self.agenda.first_do(told);
            }
            Decision::GiveUp(why) => self.give_up(why, now),
            Decision::Settle => self.settle(now),
            Decision::Decide => {
                let keep = self.reading.decide();
                self.agenda.first_do(Vec::from_iter(keep));
            }
            Decision::CatchUp => self.agenda.first_do(vec![self.following.look()]),
            Decision::Tick => self.ticked(now),
            Decision::Beat => self.beat(now),
            Decision::Silence => self.silence(now),
            Decision::Conclude { swept } => self.conclude(swept, now),
            Decision::Over => self.over(now),
            Decision::Close => self.close(),
        }
    }

    /// What is decided after everything that happened.
    fn turn(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Going => self.agenda.first_then([Decision::Send, Decision::Settle, Decision::Receive]),
            Phase::Draining(until) if now >= until || self.reading.is_quiet() && !self.publishing.is_open() => self.finish(now),
            Phase::LastAnswers(until) if now >= until || !self.publishing.is_open() => self.finish(now),
            Phase::Finishing(until) if now >= until || self.reading.is_tidy() => self.begin_to_close(until, now),
            _ => {}
        }
    }

    /// All events are committed, and nothing has left: reading counts from here, and what is withheld is withheld from here on, however
    /// long the commit took. Before, there was nothing to overlook.
    fn begun(&mut self, now: Timestamp) {
        self.reading.health.look(now, false);
        let refused = self.publishing.refused(now);
        self.commit(refused);
        let withheld = self.following.tracker.withholds().then(|| Effect::Withhold { run: self.following.run(), at: now });
        self.observe(Observation::Withheld(now), now);
        self.agenda.first_do(withheld.into_iter().chain(self.following.started()).chain([self.look_for_readers()]).collect());
    }

    /// Commits that the due requests leave, then sends them; waits while reading is behind, so that no event is late for our own haste.
    fn send(&mut self, now: Timestamp) {
        if self.reading.is_behind() && self.following.tracker.unread() > BACKLOG {
            return;
        }
        let batches = self.publishing.due(now);
        if batches.is_empty() {
            return;
        }
        let leaving = Effect::Leaving { run: self.following.run(), entries: batches.concat(), at: now };
        self.agenda.first([Step::Do(leaving), Step::Then(Decision::Sent { batches, at: now })]);
    }

    fn sent(&mut self, batches: Vec<Vec<u32>>, at: Timestamp) {
        self.first_left.get_or_insert(at);
        self.observe(Observation::Leaving { entries: batches.concat(), at }, at);
        self.agenda.first_do(batches.into_iter().map(|entries| Effect::Put { entries }).collect());
    }

    /// Starts receives once something can be there: what was accepted, what is withheld, or a request that is slow to be answered.
    fn receive(&mut self, now: Timestamp) {
        if !matches!(self.phase, Phase::Going) {
            return;
        }
        let tracker = &self.following.tracker;
        let is_slow = tracker.is_leaving() && self.first_left.is_some_and(|left| now.millis_since(left) > ANSWER_FIRST_MS);
        if !tracker.is_watching() && !is_slow {
            let held = self.reading.end_pass(now);
            return self.agenda.first_do(held);
        }
        let wanted = Wanted {
            unread: tracker.unread(),
            may_end_otherwise: !self.publishing.is_done() || self.others.are_alive,
            next_deadline: tracker.next_deadline(now),
            last_deadline: tracker.last_deadline().filter(|_| self.publishing.is_done()),
        };
        match self.reading.receive(self.following.run(), wanted, now) {
            Some(effect) => self.agenda.first([Step::Do(effect), Step::Then(Decision::Receive)]),
            None => self.agenda.first_do(self.reading.give_back()),
        }
    }

    /// Ends what was going on when every event has a verdict, or the last deadline has passed so long ago that the queue will not be found
    /// empty in time. An earlier deadline becomes the last one when the later events were read; time is counted from then.
    fn settle(&mut self, now: Timestamp) {
        if !self.publishing.is_done() {
            return;
        }
        let last = self.following.tracker.last_deadline();
        if self.last.map(|(deadline, _)| deadline) != last {
            self.last = last.map(|deadline| (deadline, deadline.max(now)));
        }
        self.make_up_for_standstill(now);
        if self.following.tracker.is_settled() {
            self.phase = Phase::Draining(now.plus_millis(DRAIN_MS));
            self.turn(now);
        } else if self.last.is_some_and(|last| self.is_past(last, now)) {
            self.finish(now);
        }
    }

    /// Gives the queue its time to be found empty after a standstill: what arrived meanwhile lies there still, and is late, not unknown, if
    /// it is read now.
    fn make_up_for_standstill(&mut self, now: Timestamp) {
        if self.reading.health.stands_still(now) {
            self.last = self.last.map(|(deadline, since)| (deadline, since.max(now)));
        }
    }

    fn is_past(&self, (deadline, since): (Timestamp, Timestamp), now: Timestamp) -> bool {
        let read = self.reading.brought_at().map_or(since, |read| read.max(since));
        let is_late = now.millis_since(read) > SWEEP_MS && !self.reading.is_sweeping(deadline, now);
        is_late || now.millis_since(since) > LONGEST_SWEEP_MS
    }

    fn answered(&mut self, puts: Vec<Put>) {
        let mut answers = Vec::new();
        for put in puts {
            answers.extend(self.publishing.answered(put));
        }
        self.agenda.first_then([Decision::Decide, Decision::CatchUp]);
        if self.publishing.is_given_up() {
            self.agenda.first_then([Decision::GiveUp("publishing was given up: AWS was not reached before")]);
        }
        self.commit(answers);
    }

    /// Commits answers, then concludes from them.
    fn commit(&mut self, answers: Vec<Answer>) {
        if answers.is_empty() {
            return;
        }
        let commit = Effect::Answered { run: self.following.run(), answers: answers.clone() };
        self.agenda.first([Step::Do(commit), Step::Then(Decision::Observe(answers))]);
    }

    fn give_up(&mut self, why: &str, at: Timestamp) {
        self.publishing.stop();
        let not_sent = |entry| Answer { entry, outcome: Outcome::NotSent { why: why.to_owned() }, request_id: None, at };
        let answers = self.following.tracker.unsent().into_iter().map(not_sent).collect();
        self.commit(answers);
    }

    fn received(&mut self, receives: Vec<Receive>) {
        let keep = self.reading.take(receives);
        self.agenda.first_then([Decision::CatchUp, Decision::Silence]);
        self.agenda.first_do(Vec::from_iter(keep));
    }

    fn look(&mut self, slipped: bool, now: Timestamp) {
        self.make_up_for_standstill(now);
        self.reading.health.look(now, slipped);
        self.ticks = self.ticks.wrapping_add(1);
        if !matches!(self.phase, Phase::Going) {
            return;
        }
        self.agenda.first_then([Decision::Decide, Decision::CatchUp, Decision::Tick, Decision::Silence]);
    }

    fn ticked(&mut self, now: Timestamp) {
        self.agenda.first_do(Vec::from_iter(self.following.counts(self.ticks, now)));
        if self.ticks.is_multiple_of(HEARTBEAT_TICKS) {
            self.agenda.first_then([Decision::Beat]);
        }
    }

    fn beat(&mut self, now: Timestamp) {
        let listening = self.reading.beat(self.following.run(), now);
        let state = Effect::Tell(Progress::Poller(self.reading.health.state(now, true)));
        self.agenda.first_do(listening.into_iter().chain([self.look_for_readers(), state]).collect());
    }

    fn look_for_readers(&self) -> Effect {
        Effect::LookForReaders { queue_url: self.queue_url.clone(), except: self.following.run() }
    }

    /// Lets the tracker conclude from silence, as far as the queue was swept and all other readers have committed what they had.
    fn silence(&mut self, now: Timestamp) {
        let gaps = self.reading.health.gaps(now);
        if gaps != self.following.tracker.gaps() {
            self.observe(Observation::Gaps(gaps), now);
        }
        let swept = self.reading.health.swept().filter(|swept| self.following.tracker.waits_for_sweep(*swept));
        let Some(swept) = swept else { return };
        // What the other readers had is in the ledger by now: look before concluding.
        let conclude = [Decision::CatchUp, Decision::Conclude { swept }].map(Step::Then);
        self.agenda.first([Step::Do(self.look_for_readers())].into_iter().chain(conclude));
    }

    /// Silence counts once the others have committed whatever they took before the receive began that found nothing: what one of them took
    /// between the deadline and that receive was there in time.
    fn conclude(&mut self, swept: Timestamp, now: Timestamp) {
        if let Some(hidden) = self.others.hidden.clone() {
            self.observe(Observation::Hidden(hidden), now);
        }
        let is_committed = self.others.read_through.is_none_or(|through| through >= swept);
        // Whether somebody kept messages out of sight may have been learned only now.
        if is_committed && self.reading.health.swept() >= Some(swept) {
            self.observe(Observation::Swept(swept), now);
        }
    }

    /// Takes note of who else reads the queue. One that is far behind holds messages, or hides those of an answer that it lost: the queue
    /// only looks empty until they are back, also where it says by now that it is through.
    fn looked(&mut self, readers: &[Reader], now: Timestamp) {
        let others = Others::of(readers, self.following.started_at(), now);
        let is_behind = |through: Timestamp| now.millis_since(through) > BEHIND_MS;
        if [self.others.read_through, others.read_through].into_iter().flatten().any(is_behind) {
            self.reading.health.distrust(now);
        }
        self.others = others;
    }

    fn leave(&mut self, now: Timestamp) {
        if matches!(self.phase, Phase::Going) {
            self.phase = Phase::LastAnswers(now.plus_millis(LAST_ANSWERS_MS));
            self.agenda.first_then([Decision::GiveUp("the run was ended before its turn")]);
        }
    }

    fn finish(&mut self, now: Timestamp) {
        self.phase = Phase::Finishing(now.plus_millis(FINISH_MS));
        let held = self.reading.let_go(now);
        self.agenda.first_do(held);
        self.is_fresh = true;
    }

    fn begin_to_close(&mut self, until: Timestamp, now: Timestamp) {
        let held = self.reading.let_go(now);
        if held.is_empty() || now >= until {
            self.phase = Phase::Closing;
            self.agenda.first_then([Decision::CatchUp, Decision::Over]);
        }
        self.agenda.first_do(held);
    }

    fn over(&mut self, now: Timestamp) {
        self.report = self.reading.last_report(now);
        self.over_at = now;
        self.agenda.first_then([Decision::Close]);
        let told = self.following.over(self.report.gaps.clone(), now);
        self.agenda.first_do(told);
    }

    fn close(&mut self) {
        match self.following.end(self.over_at, &self.report) {
            End::Close(close) => self.agenda.first_do(vec![close]),
            End::Left(listening) => {
                self.end(false);
                self.agenda.first_do(vec![listening]);
            }
        }
    }

    fn closed(&mut self, close: Close) {
        match close {
            Close::Closed => self.end(true),
            Close::MoreArrivals => self.agenda.first_then([Decision::CatchUp, Decision::Close]),
        }
    }

    fn end(&mut self, is_closed: bool) {
        let (summary, [let_go, ended]) = self.following.ended(self.over_at, &self.report, is_closed);
        let poller = Progress::Poller(self.reading.health.state(self.over_at, false));
        self.summary = Some(summary);
        self.phase = Phase::Ended;
        self.agenda.first_do(vec![let_go, Effect::Tell(poller), ended]);
    }

    fn observe(&mut self, observation: Observation, now: Timestamp) {
        let told = self.following.observe(observation, now);
        self.agenda.first_do(told);
    }
}

impl Machine for Run {
    fn next(&mut self, now: Timestamp) -> Option<Effect> {
        loop {
            match self.agenda.next() {
                Some(Step::Do(effect)) => return Some(effect),
                Some(Step::Then(decision)) => self.decide(decision, now),
                None if std::mem::take(&mut self.is_fresh) => self.turn(now),
                None => return None,
            }
        }
    }

    fn happened(&mut self, what: Happened, now: Timestamp) {
        self.is_fresh = true;
        match what {
            Happened::Ticked { slipped } => self.look(slipped, now),
            Happened::Answered(puts) => self.answered(puts),
            Happened::Received(receives) => self.received(receives),
            Happened::Tidied => self.reading.tidied(),
            Happened::StopPublishing => self.agenda.first_then([Decision::GiveUp("publishing was stopped before its turn")]),
            Happened::Leave => self.leave(now),
            Happened::Kept(owners) => {
                let effects = self.reading.kept(&owners, now);
                self.agenda.first_do(effects);
            }
            Happened::Arrived { arrivals, .. } => {
                let told = self.following.arrived(arrivals, now);
                self.agenda.first_do(told);
            }
            Happened::Readers(readers) => self.looked(&readers, now),
            Happened::Closed(close) => self.closed(close),
            // Only a take-up asks for these.
            Happened::Interrupted(_) | Happened::Resumed(_) => {}
        }
    }

    fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Ended)
    }
}
