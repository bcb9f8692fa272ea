//! Following a run: its tracker, fed from the ledger, and what other readers of its queue mean for silence.

use waybill_domain::{Hidden, Mode, RunId, RunState, RunSummary, Timestamp};

use crate::health::VISIBILITY_MS;
use crate::ledger::{Close, Closing, PollerReport, Reader};
use crate::{LedgerError, Observation, Parts, Progress, Tracker};

impl Parts {
    pub(crate) fn tell(&self, progress: Progress) {
        // Nobody listening is no fault.
        drop(self.progress.send(progress));
    }
}

/// A run with the place up to which its arrivals were looked at.
pub(crate) struct Following {
    pub(crate) run: RunId,
    pub(crate) tracker: Tracker,
    pub(crate) seen: i64,
}

impl Following {
    pub(crate) const fn new(run: RunId, tracker: Tracker, seen: i64) -> Self {
        Self { run, tracker, seen }
    }

    /// Takes an observation in and tells what changed.
    pub(crate) fn observe(&mut self, parts: &Parts, observation: Observation, now: Timestamp) {
        for entry in self.tracker.step(observation, now) {
            parts.tell(Progress::Publication { run: self.run, event: Box::new(self.tracker.report(entry)) });
        }
    }

    /// Takes in what was read of this run since the last look, by whatever program.
    pub(crate) async fn catch_up(&mut self, parts: &Parts, now: Timestamp) -> Result<(), LedgerError> {
        for arrival in parts.ledger.arrivals_of(self.run, self.seen).await? {
            self.seen = self.seen.max(arrival.id);
            self.observe(parts, Observation::Arrived { entry: arrival.entry, copy: arrival.copy }, now);
        }
        Ok(())
    }

    /// Closes the run with its verdicts; looks again where something arrived meanwhile. None when an event has no verdict yet.
    pub(crate) async fn close(&mut self, parts: &Parts, now: Timestamp, poller: PollerReport) -> Result<Option<RunSummary>, LedgerError> {
        loop {
            self.catch_up(parts, now).await?;
            if !self.tracker.is_settled() {
                return Ok(None);
            }
            let closing = Closing {
                at: now,
                judgements: self.tracker.judgements(now),
                tally: self.tracker.tally(now),
                proven: self.tracker.is_proven(now),
                poller: poller.clone(),
                seen: self.seen,
            };
            let summary = self.summary(now, &poller, Some((now, closing.proven)));
            if parts.ledger.close(self.run, closing).await? == Close::Closed {
                return Ok(Some(summary));
            }
        }
    }

    /// The run as it stands; who ran what and since when is filled in by the caller.
    pub(crate) fn summary(&self, now: Timestamp, poller: &PollerReport, closed: Option<(Timestamp, bool)>) -> RunSummary {
        RunSummary {
            run: self.run,
            connection: String::new(),
            mode: Mode::Partner,
            action: waybill_domain::ActionId::new(uuid::Uuid::nil()),
            action_name: String::new(),
            state: if closed.is_some() { RunState::Closed } else { RunState::Interrupted },
            started_at: now,
            closed_at: closed.map(|(at, _)| at),
            total: u64::from(self.tracker.len()),
            tally: self.tracker.tally(now),
            gaps: poller.gaps.len() as u64,
            receives: poller.receives,
            amended: false,
            proven: closed.is_some_and(|(_, proven)| proven),
        }
    }
}

/// What other readers of the queue mean for silence.
pub(crate) struct Others {
    /// Up to here all living ones have committed what they received; none when there are none.
    pub(crate) read_through: Option<Timestamp>,
    /// Until here one that is gone may hide messages.
    pub(crate) hidden: Option<Hidden>,
    /// Whether there are living ones.
    pub(crate) are_alive: bool,
}

impl Others {
    pub(crate) fn of(readers: &[Reader], since: Timestamp, now: Timestamp) -> Self {
        let alive = || readers.iter().filter(|reader| reader.alive);
        let gone = readers.iter().filter(|reader| !reader.alive && reader.reads_until > since);
        let until = gone.map(|reader| reader.reads_until.plus_millis(VISIBILITY_MS)).max();
        let why = || "another program stopped reading this queue and may have held messages".to_owned();
        Self {
            read_through: alive().map(|reader| reader.read_through.unwrap_or(since)).min(),
            hidden: until.map(|until| Hidden { until, why: why() }),
            are_alive: alive().any(|reader| reader.reads_until.plus_millis(VISIBILITY_MS) > now),
        }
    }
}
