//! Interrupted runs: their program is gone; the next one that reads the queue gives them the verdicts that can still be true.

use waybill_domain::{Gap, ReadingPlan, RunId, RunSummary, Timestamp};

use super::agenda::{Agenda, Step};
use super::following::{End, Following, HEARTBEAT_TICKS};
use super::reading::{Reading, Wanted};
use super::run::FINISH_MS;
use super::{Effect, Happened, Machine};
use crate::health::VISIBILITY_MS;
use crate::pace::FULL;
use crate::{Answer, Close, Observation, Outcome, PollerReport, Progress, RunRecord, Tracker};

/// How long the queue may take to be found empty (milliseconds).
const READ_MS: i64 = 5000;

/// Which interrupted runs are taken up, and how far they are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichRuns {
    /// All of the queue, each until it can be closed: until its last deadline has passed, and what its program took along is back in the
    /// queue. Everything that becomes of their events is told, as of any run.
    All,
    /// All of the queue, as they are: one with an event before its deadline stays open.
    AsTheyAre,
    /// Those whose last deadline has passed; only their ends are told.
    Due,
}

/// Takes up the interrupted runs of a queue: reads the queue until it is found empty, then judges. Read back in time is Delivered, after
/// the deadline Late; what was not read and is past its deadline is Unknown, never Missing; what never left is Not sent. A run that is
/// left with an event before its deadline stays open, to be taken up again, and so does one whose queue did not answer.
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
    /// How many events were still to be read at the last look.
    unread: usize,
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
    /// The queue is read to its end. It has time for that from `since`: from where reading began, or was last of use.
    Reading { began: Timestamp, since: Timestamp },
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
    CatchUp,
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
            unread: 0,
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
            Decision::CatchUp => self.agenda.first_do(self.taken.iter().map(|run| run.following.look()).collect()),
            Decision::Beat => self.beat(now),
            Decision::Over(place) => self.over(place, now),
            Decision::Close(place) => self.close(place),
        }
    }

    fn turn(&mut self, now: Timestamp) {
        self.make_up_for_standstill(now);
        match self.phase {
            Phase::Reading { began, since } => {
                let end = self.end_of_reading(began);
                let is_read = self.reading.health.swept().is_some_and(|swept| swept >= end);
                if is_read || now.millis_since(end.max(since)) >= READ_MS || self.is_leaving {
                    self.finish(now);
                } else {
                    self.agenda.first_then([Decision::Receive]);
                }
            }
            Phase::Finishing(until) if now >= until || self.reading.is_tidy() => self.begin_to_close(until, now),
            _ => {}
        }
    }

    /// Gives the queue its time to be read after a standstill, as a run does.
    fn make_up_for_standstill(&mut self, now: Timestamp) {
        if let Phase::Reading { since, .. } = &mut self.phase
            && self.reading.health.stands_still(now)
        {
            *since = now.max(*since);
        }
    }

    fn interrupted(&mut self, runs: Vec<RunId>) {
        let resume = runs.into_iter().map(|run| Step::Do(Effect::Resume { run }));
        self.agenda.first(resume.chain([Step::Then(Decision::Read)]));
    }

    /// The moment after which the queue is to be found empty: there is nothing to be waited for once everything was read.
    fn end_of_reading(&self, began: Timestamp) -> Timestamp {
        let waits = self.which == WhichRuns::All;
        let of_run = |run: &Taken| {
            let hidden = run.poller.reads_until.filter(|_| run.following.tracker.unread() > 0);
            run.following.tracker.last_deadline().max(hidden.map(|until| until.plus_millis(VISIBILITY_MS + 1)))
        };
        self.taken.iter().filter(|_| waits).filter_map(of_run).fold(began, Timestamp::max)
    }

    /// What the end of its program means for a run.
    fn resumed(&mut self, record: Option<Box<RunRecord>>, now: Timestamp) {
        let Some(record) = record else { return };
        let mut poller = record.poller.clone();
        let from = poller.read_through.unwrap_or(record.summary.started_at);
        poller.gaps.push(Gap { from, to: now.max(from), why: "the program that made the run ended".to_owned() });
        let reading = record.reading;
        let following = Following::resume(*record, self.which != WhichRuns::Due, now);
        let (run, answers, started) = (following.run(), ends(&following.tracker, now), following.started());
        self.taken.push(Taken { following, poller, reading });
        if !answers.is_empty() {
            let observe = Decision::Observe(self.taken.len() - 1, answers.clone());
            self.agenda.first([Step::Do(Effect::Answered { run, answers }), Step::Then(observe)]);
        }
        self.agenda.first_do(Vec::from_iter(started));
    }

    fn read(&mut self, now: Timestamp) {
        let is_due = |run: &Taken| run.following.tracker.last_deadline().is_none_or(|deadline| deadline < now);
        let (taken, left): (Vec<Taken>, Vec<Taken>) =
            std::mem::take(&mut self.taken).into_iter().partition(|run| self.which != WhichRuns::Due || is_due(run));
        self.taken = taken;
        self.agenda.first_do(left.iter().map(|run| Effect::LetGo { run: run.following.run() }).collect());
        let Some(first) = self.taken.first() else {
            self.phase = Phase::Ended;
            return;
        };
        self.known = first.poller.gaps.len();
        self.reading = Reading::resumed(&self.before(&first.poller), first.reading);
        self.reading.health.look(now, false);
        if self.taken.iter().any(|run| run.following.tracker.is_watching()) {
            let began = now.plus_millis(-1);
            self.phase = Phase::Reading { began, since: began };
            self.speak_for_all(now);
        } else {
            self.finish(now);
        }
        self.is_fresh = true;
    }

    /// How the programs that are gone left the queue, told as the first of them would tell it of itself.
    fn before(&self, first: &PollerReport) -> PollerReport {
        let all = || self.taken.iter().map(|run| &run.poller);
        PollerReport {
            read_through: all().filter_map(|poller| poller.read_through).min(),
            reads_until: all().filter_map(|poller| poller.reads_until).max(),
            ..first.clone()
        }
    }

    /// The first run tells other programs of this reading, and of what all programs that are gone may hide; the others are silent, so that
    /// nobody waits for them.
    fn speak_for_all(&mut self, now: Timestamp) {
        let Some((first, others)) = self.taken.split_first() else { return };
        let speaks = self.reading.told(first.following.run(), now);
        let is_reader = |run: &&Taken| run.poller.reads_until.is_some();
        let silent =
            |run: &Taken| Effect::Listening { run: run.following.run(), report: PollerReport { reads_until: None, ..run.poller.clone() } };
        let counts = self.taken.iter().filter_map(|run| run.following.counts(self.ticks, now));
        let told = std::iter::once(speaks).chain(others.iter().filter(is_reader).map(silent)).chain(counts).collect();
        self.agenda.first_do(told);
    }

    fn receive(&mut self, now: Timestamp) {
        let (Phase::Reading { began, .. }, Some(run)) = (self.phase, self.first()) else { return };
        let unread = self.unread();
        let is_behind = self.which == WhichRuns::All && self.reading.is_behind() && unread > FULL;
        let wanted = Wanted {
            unread,
            may_end_otherwise: true,
            next_deadline: None,
            // What one receive after the other would take long to read is read by several at once first.
            last_deadline: (!is_behind).then(|| self.end_of_reading(began)),
        };
        match self.reading.receive(run, wanted, now) {
            Some(effect) => self.agenda.first([Step::Do(effect), Step::Then(Decision::Receive)]),
            None => self.agenda.first_do(self.reading.give_back()),
        }
    }

    /// Events that must arrive, can, and were not read yet.
    fn unread(&self) -> usize {
        self.taken.iter().map(|run| run.following.tracker.unread()).sum()
    }

    /// The run in whose name the queue is read.
    fn first(&self) -> Option<RunId> {
        self.taken.first().map(|run| run.following.run())
    }

    fn ticked(&mut self, slipped: bool, now: Timestamp) {
        self.make_up_for_standstill(now);
        self.reading.health.look(now, slipped);
        self.ticks = self.ticks.wrapping_add(1);
        let unread = self.unread();
        let Phase::Reading { since, .. } = &mut self.phase else { return };
        if std::mem::replace(&mut self.unread, unread) > unread && self.which == WhichRuns::All {
            *since = now.max(*since);
        }
        if self.ticks.is_multiple_of(HEARTBEAT_TICKS) {
            self.agenda.first_then([Decision::Beat]);
        }
        self.agenda.first_do(self.taken.iter().filter_map(|run| run.following.counts(self.ticks, now)).collect());
        self.agenda.first_then([Decision::Decide, Decision::CatchUp]);
    }

    fn beat(&mut self, now: Timestamp) {
        let listening = self.first().and_then(|run| self.reading.beat(run, now));
        let state = || Effect::Tell(Progress::Poller(self.reading.health.state(now, true)));
        let told = (self.which != WhichRuns::Due).then(state);
        self.agenda.first_do(listening.into_iter().chain(told).collect());
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
        self.agenda.first_then([Decision::Close(place)]);
        let run = &mut self.taken[place];
        // Of a queue that could not be asked nothing is known yet: whoever can ask it takes the run up again.
        if self.reading.was_answered() || !run.following.tracker.is_watching() {
            let told = run.following.over(run.poller.gaps.clone(), now);
            self.agenda.first_do(told);
        }
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
                self.agenda.first_then([Decision::CatchUp]);
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
