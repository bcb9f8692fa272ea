//! What is shown of runs, computed from what is kept: a closed run's verdicts as they stood, an open run's from its rows by the same
//! rule that the tracker follows.

use waybill_domain::{
    ActionId, EventReport, Evidence, Judgement, ReadBack, RunId, RunState, RunSummary, Tally, Tallying, Timestamp, Watch,
};

use crate::table::arrival::CopyRow;
use crate::table::publication::{ClosedVerdict, PublicationRow};
use crate::table::run::RunRow;
use crate::{Ref, RunHolds, StoreError};

/// How many of a run's last events are enough to see the newest of every type.
const LAST_EVENTS: u32 = 100;

/// So many events of an open run are counted whenever it is listed.
const COUNTED_ANEW: u64 = 1000;

/// How many events are read at once.
const PAGE: u32 = 1000;

impl Ref<'_> {
    /// All runs, newest first; of one alert action, if named. Open ones with the counts that are true now; a long one that is
    /// worked on with those that its program last kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run_summaries(&self, action: Option<ActionId>, now: Timestamp, holds: &RunHolds) -> Result<Vec<RunSummary>, StoreError> {
        self.runs(action)?.iter().map(|run| self.summary(run, now, holds)).collect()
    }

    /// One run with its events in the order of publishing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run_report(&self, run: RunId, now: Timestamp, holds: &RunHolds) -> Result<Option<(RunSummary, Vec<EventReport>)>, StoreError> {
        let Some(run) = self.run(run)? else { return Ok(None) };
        let events = self.events(&run, 0, now, holds)?;
        Ok(Some((self.summary(&run, now, holds)?, events)))
    }

    /// The newest run of an alert action with the last of its events.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_run(
        &self,
        action: ActionId,
        now: Timestamp,
        holds: &RunHolds,
    ) -> Result<Option<(RunSummary, Vec<EventReport>)>, StoreError> {
        let Some(run) = self.newest_run(action)? else { return Ok(None) };
        let from = u32::try_from(run.new.total).unwrap_or(u32::MAX).saturating_sub(LAST_EVENTS);
        let events = self.events(&run, from, now, holds)?;
        Ok(Some((self.summary(&run, now, holds)?, events)))
    }

    /// A run without its events.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run_summary(&self, run: RunId, now: Timestamp, holds: &RunHolds) -> Result<Option<RunSummary>, StoreError> {
        self.run(run)?.map(|run| self.summary(&run, now, holds)).transpose()
    }

    pub(crate) fn summary(&self, run: &RunRow, now: Timestamp, holds: &RunHolds) -> Result<RunSummary, StoreError> {
        let tally = match run.tally {
            Some(tally) if run.closed_at.is_some() => tally,
            Some(tally) if run.new.total > COUNTED_ANEW && run.state(holds) == RunState::Running => tally,
            _ => self.tally_of_open(run, now, holds)?,
        };
        Ok(RunSummary {
            run: run.new.run,
            connection: run.new.connection.clone(),
            mode: run.new.mode,
            action: run.new.action,
            action_name: run.new.action_name.clone(),
            state: run.state(holds),
            started_at: run.new.started_at,
            closed_at: run.closed_at,
            total: run.new.total,
            tally,
            gaps: run.poller.gaps.len() as u64,
            receives: run.poller.receives,
            amended: run.amended,
            proven: run.proven,
        })
    }

    fn tally_of_open(&self, run: &RunRow, now: Timestamp, holds: &RunHolds) -> Result<Tally, StoreError> {
        let mut tally = Tallying::default();
        let watch = run.watch(now, holds);
        self.each_publication(run, 0, |publication, copies| {
            let evidence = publication.evidence(copies);
            tally.add(&evidence, &evidence.judge(run.new.timeout_ms, &watch));
            Ok::<_, StoreError>(())
        })?;
        Ok(tally.finish())
    }

    fn events(&self, run: &RunRow, from: u32, now: Timestamp, holds: &RunHolds) -> Result<Vec<EventReport>, StoreError> {
        let mut events = Vec::new();
        self.each_event(run, from, (now, holds), |event| {
            events.push(event);
            Ok::<_, StoreError>(())
        })?;
        Ok(events)
    }

    /// Shows a run's events from place `from` on, one after the other in the order of publishing, so that a long run takes no more
    /// memory than a short one.
    ///
    /// # Errors
    /// When the store cannot be read, or `show` fails.
    pub fn each_event<E: From<StoreError>>(
        &self,
        run: &RunRow,
        from: u32,
        (now, holds): (Timestamp, &RunHolds),
        mut show: impl FnMut(EventReport) -> Result<(), E>,
    ) -> Result<(), E> {
        let watch = run.watch(now, holds);
        self.each_publication(run, from, |publication, copies| show(publication.report(run, copies, &watch)))
    }

    fn each_publication<E: From<StoreError>>(
        &self,
        run: &RunRow,
        from: u32,
        mut look: impl FnMut(&PublicationRow, &[CopyRow]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut next = from;
        loop {
            let page = self.publications_between(run.number, next, next.saturating_add(PAGE))?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(()) };
            next = last.entry.saturating_add(1);
            let copies = self.copies_between(run.number, first.id, last.id)?;
            let mut rest = copies.as_slice();
            for publication in &page {
                let own = rest.iter().take_while(|copy| copy.publication == publication.id).count();
                let (copies, others) = rest.split_at(own);
                rest = others;
                look(publication, copies)?;
            }
        }
    }
}

impl RunRow {
    /// Whether somebody works on it.
    pub fn state(&self, holds: &RunHolds) -> RunState {
        match self.closed_at {
            Some(_) => RunState::Closed,
            None if holds.is_or_was_held(self.new.run) => RunState::Running,
            None => RunState::Interrupted,
        }
    }

    /// What its records say about the reading of its queue.
    pub(crate) fn watch(&self, now: Timestamp, holds: &RunHolds) -> Watch<'_> {
        Watch::from_records(now, &self.poller.gaps, self.state(holds) == RunState::Interrupted)
    }
}

impl PublicationRow {
    /// All that is known of the event, given the copies that were read of it.
    pub fn evidence(&self, copies: &[CopyRow]) -> Evidence {
        let copies: Vec<ReadBack> = copies.iter().map(|row| row.copy.clone()).collect();
        Evidence { expectation: self.expectation, sending: self.sending.clone(), copies }
    }

    pub(crate) fn report(&self, run: &RunRow, copies: &[CopyRow], watch: &Watch<'_>) -> EventReport {
        let judgement = match &self.closed {
            Some(closed) => closed.amended_by(copies),
            None => self.evidence(copies).judge(run.new.timeout_ms, watch),
        };
        EventReport {
            entry: self.entry,
            event_type: self.event_type,
            incident: self.incident,
            expectation: self.expectation,
            event_id: self.sending.event_id().map(ToOwned::to_owned),
            request_id: self.request_id.clone(),
            published_at: self.sending.left_at(),
            accepted_at: self.sending.accepted_at(),
            deadline: self.sending.deadline(run.new.timeout_ms),
            judgement,
        }
    }
}

impl ClosedVerdict {
    /// The verdict as it stood at the close; what came later is told beside it.
    fn amended_by(&self, copies: &[CopyRow]) -> Judgement {
        let later = copies.iter().filter_map(|row| row.amends.map(|verdict| format!("amended: {} at {}", verdict.word(), row.copy.at)));
        let told: Vec<String> = self.reason.iter().cloned().chain(later).collect();
        Judgement {
            verdict: self.verdict,
            reason: (!told.is_empty()).then(|| told.join("; ")),
            received_at: self.received_at,
            latency_ms: self.latency_ms,
            copies: copies.len() as u64,
        }
    }
}
