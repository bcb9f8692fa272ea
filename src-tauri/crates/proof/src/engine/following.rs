//! Following a run: its tracker, fed with what is committed, and the end that its verdicts make.

use waybill_domain::{ActionId, Gap, Mode, RunId, RunState, RunSummary, Timestamp};

use super::Effect;
use crate::{Arrival, Closing, Observation, PollerReport, Progress, RunRecord, RunRequest, Tracker};

/// How often, in ticks, other programs are told how far the queue was read, and listeners how things stand.
pub(super) const HEARTBEAT_TICKS: u32 = 5;

/// How many events are counted anew with every heartbeat; the more there are, the rarer they are counted.
const COUNTED: u32 = 5000;

/// A run with the place up to which its arrivals were looked at.
#[derive(Debug)]
pub(super) struct Following {
    pub(super) tracker: Tracker,
    seen: i64,
    /// Whether what becomes of each event is told.
    tells: bool,
    who: Who,
}

/// How a run comes to its end.
pub(super) enum End {
    /// Its verdicts are to be committed.
    Close(Effect),
    /// It stays open; how its poller was is to be committed.
    Left(Effect),
}

/// Who ran what, and since when.
#[derive(Debug)]
struct Who {
    run: RunId,
    connection: String,
    mode: Mode,
    action: ActionId,
    action_name: String,
    started_at: Timestamp,
}

impl Following {
    /// A run that begins.
    pub(super) fn begin(request: &RunRequest, at: Timestamp) -> Self {
        let tracker = Tracker::begin(&request.events, request.timeout_ms, at)
            .with_transformer(request.transformer.clone())
            .reading_by(request.reading);
        let who = Who {
            run: request.run,
            connection: request.connection.clone(),
            mode: request.mode,
            action: request.action.id,
            action_name: request.action.name.clone(),
            started_at: at,
        };
        Self { tracker, seen: 0, tells: true, who }
    }

    /// A run as it was left.
    pub(super) fn resume(record: RunRecord, tells: bool, now: Timestamp) -> Self {
        let RunRecord { summary, reading, timeout_ms, transformer, entries, seen, .. } = record;
        let tracker = Tracker::resume(entries, timeout_ms, now).with_transformer(transformer).reading_by(reading);
        let who = Who {
            run: summary.run,
            connection: summary.connection,
            mode: summary.mode,
            action: summary.action,
            action_name: summary.action_name,
            started_at: summary.started_at,
        };
        Self { tracker, seen, tells, who }
    }

    pub(super) const fn run(&self) -> RunId {
        self.who.run
    }

    pub(super) const fn started_at(&self) -> Timestamp {
        self.who.started_at
    }

    /// Takes an observation in; answers what is to be told of it.
    pub(super) fn observe(&mut self, observation: Observation, now: Timestamp) -> Vec<Effect> {
        let changed = self.tracker.step(observation, now);
        let told = changed.into_iter().filter(|_| self.tells);
        told.map(|entry| Progress::Publication { run: self.who.run, event: Box::new(self.tracker.report(entry)) })
            .map(Effect::Tell)
            .collect()
    }

    /// The run as it is known to whoever listens from now on.
    pub(super) fn started(&self) -> Option<Effect> {
        self.tells.then(|| Effect::Tell(Progress::Started { run: self.who.run }))
    }

    /// The counts as they stand, in the ticks in which they are told.
    pub(super) fn counts(&self, ticks: u32, now: Timestamp) -> Option<Effect> {
        let is_told = self.tells && ticks.is_multiple_of(HEARTBEAT_TICKS * (1 + self.tracker.len() / COUNTED));
        is_told.then(|| Effect::Tell(Progress::Counts { run: self.who.run, tally: self.tracker.tally(now) }))
    }

    /// Looks for what was read of this run since the last look, by whatever program.
    pub(super) const fn look(&self) -> Effect {
        Effect::LookForArrivals { run: self.who.run, after: self.seen }
    }

    /// Takes in what was read of it.
    pub(super) fn arrived(&mut self, arrivals: Vec<Arrival>, now: Timestamp) -> Vec<Effect> {
        let mut told = Vec::new();
        for arrival in arrivals {
            self.seen = self.seen.max(arrival.id);
            told.extend(self.observe(Observation::Arrived { entry: arrival.entry, copy: arrival.copy }, now));
        }
        told
    }

    /// Nobody watches any longer: takes in how the queue was read, and answers what is to be told.
    pub(super) fn over(&mut self, gaps: Vec<Gap>, now: Timestamp) -> Vec<Effect> {
        let mut told = self.observe(Observation::Gaps(gaps), now);
        told.extend(self.observe(Observation::Over, now));
        told
    }

    /// The run's end: its verdicts are to be committed, or it is left open because an event has none yet.
    pub(super) fn end(&self, at: Timestamp, poller: &PollerReport) -> End {
        match self.close(at, poller.clone()) {
            Some(close) => End::Close(close),
            None => End::Left(Effect::Listening { run: self.who.run, report: poller.clone() }),
        }
    }

    /// The run as it ended, and what is to be done then.
    pub(super) fn ended(&self, at: Timestamp, poller: &PollerReport, is_closed: bool) -> (RunSummary, [Effect; 2]) {
        let summary = self.summary(at, poller, is_closed);
        let tell = Effect::Tell(Progress::Ended(Box::new(summary.clone())));
        (summary, [Effect::LetGo { run: self.who.run }, tell])
    }

    /// The run's end with its verdicts; none when an event has no verdict yet.
    fn close(&self, at: Timestamp, poller: PollerReport) -> Option<Effect> {
        let closing = || Closing {
            at,
            judgements: self.tracker.judgements(at),
            tally: self.tracker.tally(at),
            proven: self.tracker.is_proven(at),
            poller,
            seen: self.seen,
        };
        self.tracker.is_settled().then(|| Effect::Close { run: self.who.run, closing: Box::new(closing()) })
    }

    /// The run as it stands: closed at `at`, or left open.
    fn summary(&self, at: Timestamp, poller: &PollerReport, is_closed: bool) -> RunSummary {
        RunSummary {
            run: self.who.run,
            connection: self.who.connection.clone(),
            mode: self.who.mode,
            action: self.who.action,
            action_name: self.who.action_name.clone(),
            state: if is_closed { RunState::Closed } else { RunState::Interrupted },
            started_at: self.who.started_at,
            closed_at: is_closed.then_some(at),
            total: u64::from(self.tracker.len()),
            tally: self.tracker.tally(at),
            gaps: poller.gaps.len() as u64,
            receives: poller.receives,
            amended: false,
            proven: is_closed && self.tracker.is_proven(at),
        }
    }
}
