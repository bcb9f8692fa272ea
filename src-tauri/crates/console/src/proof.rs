//! What a run publishes, and what is expected of each event: from the action's event types and the rule's recorded pattern.

use std::sync::Arc;

use waybill_delivery::{DEFAULT_TIMEOUT_MS, Pace, Plan, PlannedEvent};
use waybill_domain::{
    AlertSource, Detail, EventType, Expectation, Incident, IncidentId, Mode, Outgoing, PartnerSourceName, ReadingMode, Scenario, Timestamp,
};
use waybill_pattern::Pattern;
use waybill_setup::{ChainRecord, ChainSpec, ChainState};
use waybill_store::ActionRow;

use crate::cycle::Cycle;
use crate::{Console, Error};

/// A run about to be started.
pub(crate) struct ProofPlan {
    pub events: Plan,
    pub timeout_ms: i64,
    pub pace: Pace,
    pub schedule: Option<Arc<[i64]>>,
    /// How the queue is to be read; none means as is right for it.
    pub reading: Option<ReadingMode>,
    /// How its events come about; none means as is usual on the connection.
    pub mode: Option<Mode>,
    /// Whether the event bus logs the way of the events.
    pub bus_logging: bool,
    pub chain: ChainRecord,
    pub queue_url: String,
}

impl ProofPlan {
    /// From the first event to the last, as far as rate and schedule say it, in milliseconds.
    pub fn publishing_ms(&self) -> i64 {
        let scheduled = self.schedule.as_ref().and_then(|schedule| schedule.last().copied());
        let rated = self.pace.rate.map(|rate| (f64::from(self.events.len().saturating_sub(1)) * 1000.0 / rate) as i64);
        scheduled.max(rated).unwrap_or_default()
    }
}

/// What a run is asked to publish.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub types: Vec<EventType>,
    pub count: u64,
    pub pace: Pace,
    pub timeout_ms: i64,
}

/// Plans `asked.count` events, cycling through the types; each cycle is an incident of its own.
pub(crate) async fn cycle(console: &Console, action: &ActionRow, asked: &Asked) -> Result<ProofPlan, Error> {
    let intent = Intent::of(console, action).await?;
    let cycles = asked.count.div_ceil(asked.types.len() as u64);
    let cycles = u32::try_from(cycles).map_err(|_| Error::bad_input("Events", "that many events cannot be numbered"))?;
    let first = console.store().write(move |db| db.take_incident_ids(cycles)).await?;
    let start = console.now();
    let common = intent.outgoing(asked.types[0], first, String::new(), start);
    let planned = Cycle::new(asked, &action.action.alert_source, (first, start, common), |outgoing| intent.expectation(outgoing))?;
    intent.into_plan(Plan::new(planned), asked.timeout_ms, asked.pace)
}

/// Plans the steps of a scenario about one new incident.
pub(crate) async fn scenario(console: &Console, action: &ActionRow, scenario: &Scenario, timeout_ms: i64) -> Result<ProofPlan, Error> {
    let intent = Intent::of(console, action).await?;
    let incident = console.store().write(|db| db.take_incident_ids(1)).await?;
    let details = scenario.details(incident, &action.action.alert_source, console.now());
    let events = details.iter().map(|(at, detail)| intent.plan(detail.event_type, detail, *at)).collect::<Result<Vec<_>, _>>()?;
    let plan = intent.into_plan(events.into(), timeout_ms, Pace::default())?;
    Ok(ProofPlan { schedule: Some(scenario.offsets().into()), ..plan })
}

/// Plans one event about an incident as it stands.
pub(crate) async fn single(console: &Console, action: &ActionRow, detail: &Detail) -> Result<ProofPlan, Error> {
    let intent = Intent::of(console, action).await?;
    let planned = intent.plan(detail.event_type, detail, console.now())?;
    intent.into_plan(vec![planned].into(), DEFAULT_TIMEOUT_MS, Pace::default())
}

/// Plans one event whose `detail` was written by hand.
pub(crate) async fn written(
    console: &Console,
    action: &ActionRow,
    event: EventType,
    detail: String,
    incident: IncidentId,
) -> Result<ProofPlan, Error> {
    let intent = Intent::of(console, action).await?;
    let planned = intent.plan_text(event, incident, detail, console.now())?;
    intent.into_plan(vec![planned].into(), DEFAULT_TIMEOUT_MS, Pace::default())
}

/// The payload of one event of an incident that was just raised, as in the samples of iLert's page.
pub(crate) fn sample(id: IncidentId, event: EventType, source: &AlertSource, at: Timestamp) -> Detail {
    let mut incident = Incident::new(id, "Waybill test incident", "Published by Waybill to prove delivery", at);
    incident.assume(event, None);
    incident.detail(event, source)
}

/// What an action and its chain intend.
pub(crate) struct Intent<'a> {
    action: &'a ActionRow,
    chain: ChainRecord,
    pattern: Pattern,
}

impl<'a> Intent<'a> {
    pub async fn of(console: &Console, action: &'a ActionRow) -> Result<Self, Error> {
        let settings = &action.action.settings;
        let chain = console.chain_record(action.action.id).await?;
        let complete = chain.as_ref().is_some_and(|chain| chain.state == ChainState::Complete);
        let chain = match chain {
            Some(chain) if complete => chain,
            // A rehearsal needs nothing of the chain: what is recorded, or suggested, is rehearsed with a queue of its own.
            chain if !console.is_sandbox() => chain.unwrap_or_else(|| {
                let unknown = || PartnerSourceName::for_action(&action.action.alert_source.name, action.action.id.uuid());
                let source = action.partner_source.clone().unwrap_or_else(unknown);
                let spec = ChainSpec::suggested(source, settings.account.clone(), settings.region.clone());
                ChainRecord::new(spec, console.now())
            }),
            _ => {
                return Err(Error::Refused(format!(
                    "the chain of `{}` is not set up, so its events would be accepted and lost; finish the set-up first",
                    settings.name
                )));
            }
        };
        let pattern =
            Pattern::parse(&chain.pattern).map_err(|error| Error::Broken(format!("the recorded event pattern cannot be read: {error}")))?;
        Ok(Self { action, chain, pattern })
    }

    fn plan(&self, event: EventType, detail: &Detail, at: Timestamp) -> Result<PlannedEvent, Error> {
        let text = serde_json::to_string(detail).map_err(|error| Error::Broken(format!("a payload cannot be written as JSON: {error}")))?;
        self.plan_text(event, detail.id, text, at)
    }

    fn plan_text(&self, event: EventType, incident: IncidentId, detail: String, at: Timestamp) -> Result<PlannedEvent, Error> {
        let outgoing = self.outgoing(event, incident, detail, at);
        let expectation = self.expectation(&outgoing)?;
        Ok(PlannedEvent { outgoing, expectation })
    }

    pub fn outgoing(&self, event_type: EventType, incident: IncidentId, detail: String, at: Timestamp) -> Outgoing {
        let spec = &self.chain.spec;
        Outgoing {
            source: spec.source.clone().into(),
            event_type,
            detail,
            incident,
            time: at.cut_to_second(),
            account: spec.account.clone(),
            region: spec.region.clone(),
        }
    }

    pub fn expectation(&self, outgoing: &Outgoing) -> Result<Expectation, Error> {
        waybill_delivery::expectation(&self.action.action.settings.event_types, &self.pattern, outgoing)
            .map_err(|error| Error::bad_input("Detail", format!("the event cannot be tried on the rule's pattern: {error}")))
    }

    /// Why an event is or is not expected, for the composer.
    pub fn sentence(&self, expectation: Expectation) -> String {
        let rule = &self.chain.spec.rule.name;
        match expectation {
            Expectation::MustArrive => format!("Rule {rule} will match"),
            Expectation::MustNotArrive => format!("Rule {rule} excludes it: it must not arrive"),
            Expectation::Withheld => "Not among the action's event types: it is withheld".to_owned(),
        }
    }

    fn into_plan(self, events: Plan, timeout_ms: i64, pace: Pace) -> Result<ProofPlan, Error> {
        let queue_url = self.chain.queue_url.clone().unwrap_or_default();
        Ok(ProofPlan {
            events,
            timeout_ms,
            pace,
            schedule: None,
            reading: None,
            mode: None,
            bus_logging: false,
            chain: self.chain,
            queue_url,
        })
    }
}
