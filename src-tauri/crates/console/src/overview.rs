//! Every chain as it is, with its last proof.

use waybill_domain::{EventReport, EventType};
use waybill_setup::{ChainRecord, ChainSpec, ChainState, Observed, drift, observe};
use waybill_store::ActionRow;

use crate::setup::{links, setup_error};
use crate::view::{BoardCell, ChainView, LinkState, LinkView, NextStep, RunSummary};
use crate::{Console, Error, actions, aws_pages};

impl Console {
    /// Every chain, by the alert action's name; its links are read from AWS.
    ///
    /// # Errors
    /// When the store cannot be read. A chain that cannot be read from AWS says so itself.
    pub async fn overview(&self) -> Result<Vec<ChainView>, Error> {
        let rows = self.store().read(|db| db.alert_actions()).await?;
        let mut chains = tokio::task::JoinSet::new();
        for (place, row) in rows.into_iter().enumerate() {
            let console = self.clone();
            chains.spawn(async move { (place, console.chain_of(row).await) });
        }
        let mut read = chains.join_all().await;
        read.sort_by_key(|(place, _)| *place);
        read.into_iter().map(|(_, chain)| chain).collect()
    }

    /// One action's chain.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn chain(&self, action_id: &str) -> Result<ChainView, Error> {
        self.chain_of(self.action_row(action_id.parse()?).await?).await
    }

    async fn chain_of(&self, row: ActionRow) -> Result<ChainView, Error> {
        let record = self.chain_record(row.action.id).await?;
        let complete = record.as_ref().is_some_and(|record| record.state == ChainState::Complete);
        let record = record.or_else(|| suggested(&row, self));
        let (seen, unread, unread_code) = match &record {
            None => (None, Some("The partner event source is not known yet.".to_owned()), None),
            Some(record) => match self.observe_chain(&row, record).await {
                Ok(observed) => (Some(observed), None, None),
                Err(error) => (None, Some(error.sentence()), Some(error.code())),
            },
        };
        let now = self.now();
        let both = record.as_ref().zip(seen.as_ref());
        let mut links = both.map(|(record, seen)| links(&row, record, seen, now)).unwrap_or_default();
        if self.connection().kind == "aws" {
            links.iter_mut().for_each(|link| link.page = aws_pages::page_of(link));
        }
        let (last_run, board) = self.last_proof(&row).await?;
        let next = next_step(complete, &links, last_run.as_ref());
        Ok(ChainView {
            sentence: sentence(next, &links, last_run.as_ref(), unread.as_deref()),
            drift: both.filter(|_| complete).map(|(record, seen)| drift(record, seen)).unwrap_or_default(),
            expires_at: seen.as_ref().and_then(|seen| seen.source.value.as_ref()).and_then(|source| source.expires_at),
            read_at: seen.is_some().then_some(now),
            action: self.store().read(move |db| actions::view(db, row)).await?,
            links,
            board,
            last_run,
            next,
            unread,
            unread_code,
        })
    }

    /// Checks that an address leads to the AWS console, before the window hands it to the browser.
    ///
    /// # Errors
    /// When it leads elsewhere.
    pub fn aws_page(&self, address: &str) -> Result<(), Error> {
        if aws_pages::is_page(address) { Ok(()) } else { Err(Error::bad_input("Address", "it does not lead to the AWS console")) }
    }

    pub(crate) async fn observe_chain(&self, row: &ActionRow, record: &ChainRecord) -> Result<Observed, Error> {
        self.check_reach(&row.action.settings).await?;
        let clients = self.clients(&row.action.settings.region).await?;
        Box::pin(observe(&clients, &record.spec)).await.map_err(setup_error)
    }

    /// The last run of an action, and the newest verdict on each of its event types.
    async fn last_proof(&self, row: &ActionRow) -> Result<(Option<RunSummary>, Vec<BoardCell>), Error> {
        let (id, now, holds) = (row.action.id, self.now(), self.holds());
        let found = self.store().read(move |db| db.last_run(id, now, &holds)).await?;
        let (run, events) = found.map_or((None, Vec::new()), |(run, events)| (Some(crate::runs::summary(&run)), events));
        let board = EventType::ALL.into_iter().map(|event_type| {
            let last = events.iter().rev().find(|event: &&EventReport| event.event_type == event_type);
            BoardCell {
                event_type,
                chosen: row.action.settings.event_types.contains(event_type),
                verdict: last.map(|event| event.judgement.verdict),
                latency_ms: last.and_then(|event| event.judgement.latency_ms),
            }
        });
        Ok((run, board.collect()))
    }
}

/// What would be set up: its links show what is missing.
fn suggested(row: &ActionRow, console: &Console) -> Option<ChainRecord> {
    let (settings, source) = (&row.action.settings, row.partner_source.clone()?);
    Some(ChainRecord::new(ChainSpec::suggested(source, settings.account.clone(), settings.region.clone()), console.now()))
}

fn next_step(complete: bool, links: &[LinkView], last: Option<&RunSummary>) -> NextStep {
    if last.is_some_and(|run| run.state == "running") {
        NextStep::Running
    } else if !complete {
        NextStep::ContinueSetup
    } else if links.iter().any(|link| link.state != LinkState::Ok) {
        NextStep::Inspect
    } else {
        NextStep::Prove
    }
}

fn sentence(next: NextStep, links: &[LinkView], last: Option<&RunSummary>, unread: Option<&str>) -> String {
    if let Some(why) = unread {
        return format!("The chain could not be read: {why}");
    }
    let broken = links.iter().find(|link| matches!(link.state, LinkState::Broken | LinkState::Pending));
    match (next, broken, last) {
        (NextStep::Running, ..) => "A proof is going on.".to_owned(),
        (NextStep::ContinueSetup | NextStep::Inspect, Some(link), _) => link.sentence.clone(),
        (NextStep::ContinueSetup, None, _) => "The set-up is not finished.".to_owned(),
        (_, _, None) => "The whole chain was read as it must be. Nothing has been proven yet.".to_owned(),
        (_, _, Some(run)) => proof_sentence(run),
    }
}

fn proof_sentence(run: &RunSummary) -> String {
    let gaps = match run.poller.gaps {
        0 => "the poller had no gap".to_owned(),
        1 => "the poller had a gap".to_owned(),
        gaps => format!("the poller had {gaps} gaps"),
    };
    let verdict = if run.proven { "Proven" } else { "Not proven" };
    format!("{verdict}: {} published, {} read back identical, {gaps}.", run.published, run.counts.delivered)
}
