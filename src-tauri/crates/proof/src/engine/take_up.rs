//! Interrupted runs: their program is gone; the next one that reads the queue gives them the verdicts that can still be true.

use waybill_domain::{Gap, ReadingPlan, RunId, RunSummary, Sending, Timestamp};

use super::agenda::{Agenda, Step};
use super::following::{End, Following};
use super::reading::{Reading, Start, Wanted};
use super::run::FINISH_MS;
use super::{Effect, Happened, Machine};
use crate::{Answer, Close, Observation, Outcome, PollerReport, RunRecord, Tracker};

/// How long the queue is read at most (milliseconds).
const READ_MS: i64 = 5000;

/// How often, in ticks, other programs are told how far the queue was read.
const HEARTBEAT_TICKS: u32 = 5;

/// Which interrupted runs are taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichRuns {
    /// All of the queue; everything that becomes of their events is told.
    All,
    /// Those whose last deadline has passed; only their ends are told.
    Due,
}

/// Takes up the interrupted runs of a queue: reads the queue until it is found empty, then judges. Read back in time is Delivered, after
/// the deadline Late; what was not read and is past its deadline is Unknown, never Missing; what never left is Not sent. A run with an
/// event before its deadline stays open, to be taken up again.
#[derive(Debug)]
pub struct TakeUp {
    agenda: Agenda<Decision>,
    phase: Phase,
    which: WhichRuns,
    /// Whether something happened since the last turn.
    is_fresh: bool,
    ticks: u32,
    is_leaving: bool,
    taken: Vec<Taken>,
    reading: Reading,
    /// How many gaps the first run had when its reading was taken up.
    known: usize,
    over_at: Timestamp,
    summaries: Vec<RunSummary>,
}

/// A run that was taken up.
#[derive(Debug)]
struct Taken {
    following: Following,
    poller: PollerReport,
    reading: ReadingPlan,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    /// The runs are being taken.
    Taking,
    /// The queue is read to its end.
    Reading { since: Timestamp, until: Timestamp },
    /// What is held is let go.
    Finishing(Timestamp),
    /// The verdicts are committed.
    Closing,
    /// There is nothing left to do.
    Ended,
}

/// What is decided once everything before it is done. Places are those of the runs taken.
#[derive(Debug)]
enum Decision {
    Observe(usize, Vec<Answer>),
    Read,
    Receive,
    Decide,
    Beat,
    Over(usize),
    Close(usize),
}

impl TakeUp {
    /// Takes up the interrupted runs of a queue.
    pub fn of_queue(queue_url: String, which: WhichRuns, now: Timestamp) -> Self {
        let mut agenda = Agenda::new();
        agenda.first_do(vec![Effect::LookForInterrupted { queue_url }]);
        Self {
            agenda,
            phase: Phase::Taking,
            which,
            is_fresh: true,
            ticks: 0,
            is_leaving: false,
            taken: Vec::new(),
            reading: Reading::default(),
            known: 0,
            over_at: now,
            summaries: Vec::new(),
        }
    }

    /// The runs as they were left: closed, or still open because an event is before its deadline.
    pub fn into_summaries(self) -> Vec<RunSummary> {
        self.summaries
    }

    fn decide(&mut self, decision: Decision, now: Timestamp) {
        match decision {
            Decision::Observe(place, answers) => {
                let following = &mut self.taken[place].following;
                let told = answers.into_iter().flat_map(|answer| following.observe(Observation::Answered(answer), now)).collect();
                self.agenda.first_do(told);
            }
            Decision::Read => self.read(now),
            Decision::Receive => self.receive(now),
            Decision::Decide => {
                let keep = self.reading.decide();
                self.agenda.first_do(Vec::from_iter(keep));
            }
            Decision::Beat => {
                let beat = self.first().and_then(|run| self.reading.beat(run, now));
                self.agenda.first_do(Vec::from_iter(beat));
            }
            Decision::Over(place) => self.over(place, now),
            Decision::Close(place) => self.close(place),
        }
    }

    fn turn(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Reading { since, until } => {
                let is_read = self.reading.health.swept().is_some_and(|swept| swept >= since);
                if is_read || now >= until || self.is_leaving {
                    self.finish(now);
                } else {
                    self.agenda.first_then([Decision::Receive]);
                }
            }
            Phase::Finishing(until) if now >= until || self.reading.is_tidy() => self.begin_to_close(until, now),
            _ => {}
        }
    }

    fn interrupted(&mut self, runs: Vec<RunId>) {
        let resume = runs.into_iter().map(|run| Step::Do(Effect::Resume { run }));
        self.agenda.first(resume.chain([Step::Then(Decision::Read)]));
    }

    /// What the end of its program means for a run.
    fn resumed(&mut self, record: Option<Box<RunRecord>>, now: Timestamp) {
        let Some(record) = record else { return };
        let mut poller = record.poller.clone();
        let from = poller.read_through.unwrap_or(record.summary.started_at);
        poller.gaps.push(Gap { from, to: now.max(from), why: "the program that made the run ended".to_owned() });
        let reading = record.reading;
        let following = Following::resume(*record, self.which == WhichRuns::All, now);
        let (run, answers) = (following.run(), ends(&following.tracker, now));
        self.taken.push(Taken { following, poller, reading });
        if !answers.is_empty() {
            let observe = Decision::Observe(self.taken.len() - 1, answers.clone());
            self.agenda.first([Step::Do(Effect::Answered { run, answers }), Step::Then(observe)]);
        }
    }

    fn read(&mut self, now: Timestamp) {
        let is_due = |run: &Taken| run.following.tracker.last_deadline().is_none_or(|deadline| deadline < now);
        let (taken, left): (Vec<Taken>, Vec<Taken>) =
            std::mem::take(&mut self.taken).into_iter().partition(|run| self.which == WhichRuns::All || is_due(run));
        self.taken = taken;
        self.agenda.first_do(left.iter().map(|run| Effect::LetGo { run: run.following.run() }).collect());
        let Some(first) = self.taken.first() else {
            self.phase = Phase::Ended;
            return;
        };
        self.known = first.poller.gaps.len();
        self.reading = Reading::resumed(&first.poller, first.reading);
        self.reading.health.look(now, false);
        if self.taken.iter().any(|run| run.following.tracker.may_be_in_the_queue()) {
            self.phase = Phase::Reading { since: now.plus_millis(-1), until: now.plus_millis(READ_MS) };
        } else {
            self.finish(now);
        }
        self.is_fresh = true;
    }

    fn receive(&mut self, now: Timestamp) {
        let (Phase::Reading { since, .. }, Some(run)) = (self.phase, self.first()) else { return };
        let wanted = Wanted { unread: 0, may_end_otherwise: true, next_deadline: None, last_deadline: Some(since) };
        let effect = match self.reading.start(wanted, now) {
            None => {
                let held = self.reading.give_back();
                return self.agenda.first_do(held);
            }
            Some(Start::Reserve) => self.reading.told(run, now),
            Some(Start::Receive(effect)) => effect,
        };
        self.agenda.first([Step::Do(effect), Step::Then(Decision::Receive)]);
    }

    /// The run in whose name the queue is read.
    fn first(&self) -> Option<RunId> {
        self.taken.first().map(|run| run.following.run())
    }

    fn ticked(&mut self, slipped: bool, now: Timestamp) {
        self.reading.health.look(now, slipped);
        self.ticks = self.ticks.wrapping_add(1);
        if matches!(self.phase, Phase::Reading { .. }) {
            if self.ticks.is_multiple_of(HEARTBEAT_TICKS) {
                self.agenda.first_then([Decision::Beat]);
            }
            self.agenda.first_then([Decision::Decide]);
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
            self.over_at = now;
            self.share_report(now);
            self.turn_to(0);
        }
        self.agenda.first_do(held);
    }

    /// What the reading was is true of every run that was taken up.
    fn share_report(&mut self, now: Timestamp) {
        let before = self.taken.first().and_then(|run| run.poller.reads_until);
        let read = self.reading.last_report(now);
        for (place, run) in self.taken.iter_mut().enumerate() {
            if place == 0 {
                // The program that is gone may still hide messages, too.
                run.poller = PollerReport { reads_until: read.reads_until.max(before), ..read.clone() };
            } else {
                run.poller.gaps.extend_from_slice(&read.gaps[self.known..]);
                run.poller.read_through = read.read_through;
            }
        }
    }

    /// Looks at the run at a place for the last time, or ends after the last one.
    fn turn_to(&mut self, place: usize) {
        match self.taken.get(place) {
            Some(run) => self.agenda.first([Step::Do(run.following.look()), Step::Then(Decision::Over(place))]),
            None => self.phase = Phase::Ended,
        }
    }

    fn over(&mut self, place: usize, now: Timestamp) {
        // A deadline that passes while the ledger is asked is passed for the verdicts, too.
        self.over_at = now;
        let run = &mut self.taken[place];
        let told = run.following.over(run.poller.gaps.clone(), now);
        self.agenda.first_then([Decision::Close(place)]);
        self.agenda.first_do(told);
    }

    fn close(&mut self, place: usize) {
        let run = &self.taken[place];
        match run.following.end(self.over_at, &run.poller) {
            End::Close(close) => self.agenda.first_do(vec![close]),
            End::Left(listening) => {
                self.end(false);
                self.agenda.first_do(vec![listening]);
            }
        }
    }

    fn closed(&mut self, close: Close) {
        let place = self.summaries.len();
        match close {
            Close::Closed => self.end(true),
            Close::MoreArrivals => {
                self.agenda.first([Step::Do(self.taken[place].following.look()), Step::Then(Decision::Close(place))]);
            }
        }
    }

    /// Ends with the run at hand, and turns to the next one.
    fn end(&mut self, is_closed: bool) {
        let run = &self.taken[self.summaries.len()];
        let (summary, ended) = run.following.ended(self.over_at, &run.poller, is_closed);
        self.summaries.push(summary);
        self.turn_to(self.summaries.len());
        self.agenda.first_do(ended.to_vec());
    }
}

impl Machine for TakeUp {
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
            Happened::Ticked { slipped } => self.ticked(slipped, now),
            Happened::Received(receives) => {
                let keep = self.reading.take(receives);
                self.agenda.first_do(Vec::from_iter(keep));
            }
            Happened::Tidied => self.reading.tidied(),
            Happened::Leave => self.is_leaving = true,
            Happened::Kept(owners) => {
                let effects = self.reading.kept(&owners, now);
                self.agenda.first_do(effects);
            }
            Happened::Arrived { run, arrivals } => {
                let following = self.taken.iter_mut().map(|taken| &mut taken.following).find(|following| following.run() == run);
                let told = following.map(|following| following.arrived(arrivals, now)).unwrap_or_default();
                self.agenda.first_do(told);
            }
            Happened::Interrupted(runs) => self.interrupted(runs),
            Happened::Resumed(record) => self.resumed(record, now),
            Happened::Closed(close) => self.closed(close),
            // It publishes nothing and asks for no readers.
            Happened::Answered(_) | Happened::StopPublishing | Happened::Readers(_) => {}
        }
    }

    fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Ended)
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
