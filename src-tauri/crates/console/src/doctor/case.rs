//! What Waybill knows of a chain before it asks AWS.

use waybill_diagnosis::{Case, LastRun};
use waybill_domain::{EventReport, EventType, Expectation, RunState, RunSummary, Verdict};
use waybill_setup::{ChainRecord, ChainSpec};
use waybill_store::ActionRow;

use crate::{Console, Error};

impl Console {
    /// The chain as recorded; where it was never set up, as it would be suggested.
    pub(crate) async fn chain_or_suggested(&self, row: &ActionRow) -> Result<ChainRecord, Error> {
        if let Some(record) = self.chain_record(row.action.id).await? {
            return Ok(record);
        }
        let unknown =
            || Error::Refused("the partner event source of this alert action is not known, so there is no chain to look at".to_owned());
        let (source, settings) = (row.partner_source.clone().ok_or_else(unknown)?, &row.action.settings);
        Ok(ChainRecord::new(ChainSpec::suggested(source, settings.account.clone(), settings.region.clone()), self.now()))
    }

    /// The case of one alert action.
    pub(super) async fn case_of(&self, row: &ActionRow) -> Result<Case, Error> {
        let chain = self.chain_or_suggested(row).await?;
        let (id, now, holds) = (row.action.id, self.now(), self.holds());
        let queue_url = chain.queue_url.clone();
        let read = move |db: &waybill_store::Ref<'_>| {
            let last = db.last_run(id, now, &holds)?;
            let proven = db.run_summaries(Some(id), now, &holds)?.into_iter().filter(|run| run.proven).map(|run| run.started_at).max();
            let open = match queue_url.as_deref() {
                Some(url) => db.open_runs(Some(url))?.iter().any(|run| run.state(&holds) == RunState::Running),
                None => false,
            };
            Ok((last, proven, open))
        };
        let (last, proven_at, is_read) = self.store().read(read).await?;
        Ok(Case {
            action: row.action.clone(),
            action_changed_at: row.changed_at,
            chain,
            changes_at_once: self.is_sandbox(),
            is_read,
            last_run: last.map(|(run, events)| last_run(&run, &events)),
            proven_at,
            now,
        })
    }
}

fn last_run(run: &RunSummary, events: &[EventReport]) -> LastRun {
    let types = |wanted: &dyn Fn(&EventReport) -> bool| -> Vec<EventType> {
        EventType::ALL
            .into_iter()
            .filter(|event_type| events.iter().any(|event| event.event_type == *event_type && wanted(event)))
            .collect()
    };
    let rejected = events.iter().filter(|event| event.judgement.verdict == Verdict::Rejected);
    LastRun {
        id: run.run.to_string(),
        started_at: run.started_at,
        interrupted: run.state == RunState::Interrupted,
        proven: run.proven,
        gaps: run.gaps,
        rejected: rejected.map(|event| (event.event_type, event.judgement.reason.clone().unwrap_or_default())).collect(),
        withheld: types(&|event| event.expectation == Expectation::Withheld),
        expected: types(&|event| event.expectation.must_arrive()),
        missing: types(&|event| event.judgement.verdict == Verdict::Missing),
        missing_event: events
            .iter()
            .filter(|event| event.judgement.verdict == Verdict::Missing)
            .find_map(|event| Some((event.event_type, event.event_id.clone()?))),
    }
}
