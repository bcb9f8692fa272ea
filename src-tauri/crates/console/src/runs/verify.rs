//! `waybill verify` and "Prove it": find or make the chain, publish, wait for the verdicts.

use waybill_delivery::{DEFAULT_TIMEOUT_MS, Pace};
use waybill_domain::{ActionForm, EventType, Mode, ReadingMode, Scenario, TriggerMode};
use waybill_setup::{ChainSpec, ChainState};
use waybill_store::ActionRow;

use crate::proof::{Asked, ProofPlan};
use crate::view::{RunSummary, StartRun};
use crate::{Console, Error, ErrorCode, request};

/// A proof as typed.
#[derive(Debug, Clone, Default)]
pub struct VerifyRequest {
    /// The alert action, by name or id; none means the only one, else the demo action.
    pub action: Option<String>,
    /// `all` or event types with commas between them; none means the action's own.
    pub events: Option<String>,
    /// Events in all.
    pub count: Option<String>,
    /// Events per second.
    pub rate: Option<String>,
    /// Requests at once; none means as many as the number of events is worth.
    pub publishers: Option<String>,
    /// The name of a scenario, instead of types, count and rate.
    pub scenario: Option<String>,
    /// How the queue is read: consume, peek or mirror.
    pub reading: Option<String>,
    /// How long an event may take.
    pub timeout: Option<String>,
    /// Who publishes.
    pub mode: Option<String>,
    /// Whether the event bus is to log the way of the events, for as long as the run goes on.
    pub bus_logging: bool,
}

/// A proof that has ended.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The run without its events.
    pub run: RunSummary,
    /// Why nothing of it reached AWS; none when something did.
    pub unreached: Option<ErrorCode>,
}

impl Console {
    /// Proves an alert action's chain and waits for the verdicts.
    ///
    /// # Errors
    /// When something typed is refused (then nothing changed), or AWS is not reached.
    pub async fn verify(&self, wanted: VerifyRequest) -> Result<Verified, Error> {
        let asked = Typed::read(self, &wanted).await?;
        let action = self.action_to_prove(wanted.action.as_deref()).await?;
        self.ready_chain(&action, asked.mode).await?;
        let run = self.begin_run(&action, asked).await?;
        let unreached = self.wait_for(&run.run_id).await?;
        Ok(Verified { run: self.run_summary(run.run_id.parse()?).await?, unreached })
    }

    /// Starts the proof of an action; without one, of the demo action, which is made with its chain where it does not exist.
    ///
    /// # Errors
    /// When there is no such action, or its chain cannot be finished.
    pub async fn prove(&self, action_id: Option<&str>) -> Result<RunSummary, Error> {
        let action = match action_id {
            Some(id) => self.action_row(id.parse()?).await?,
            None => self.action_to_prove(None).await?,
        };
        self.ready_chain(&action, None).await?;
        self.begin_run(&action, Typed::default()).await
    }

    /// Starts a run as composed in the window; it goes on in the background.
    ///
    /// # Errors
    /// When something is refused or the chain is not set up.
    pub async fn start_run(&self, start: &StartRun) -> Result<RunSummary, Error> {
        let action = self.action_row(start.action_id.parse()?).await?;
        let types = start.event_types.iter().map(|name| name.parse::<EventType>()).collect::<Result<Vec<_>, _>>()?;
        if start.scenario.is_some() && (!start.event_types.is_empty() || start.count.is_some() || start.rate.is_some()) {
            return Err(beside_scenario());
        }
        let scenario = match &start.scenario {
            Some(name) => Some(self.find_scenario(name).await?),
            None => None,
        };
        let typed = Typed {
            scenario,
            mode: None,
            bus_logging: start.bus_logging.unwrap_or_default(),
            reading: crate::reading::typed(start.reading.as_deref())?,
            types: (!types.is_empty()).then_some(types),
            count: start.count.map(|count| request::count(&count.to_string())).transpose()?,
            pace: Pace {
                rate: start.rate.map(|rate| request::rate(&rate.to_string())).transpose()?,
                publishers: start.publishers.map(|publishers| request::publishers(&publishers.to_string())).transpose()?,
            },
            timeout_ms: start.timeout_ms.map(|millis| request::timeout(&format!("{millis}ms"))).transpose()?,
        };
        self.begin_run(&action, typed).await
    }

    async fn begin_run(&self, action: &ActionRow, typed: Typed) -> Result<RunSummary, Error> {
        let (reading, mode, bus_logging) = (typed.reading, typed.mode, typed.bus_logging);
        if let Some(scenario) = &typed.scenario {
            let plan = crate::proof::scenario(self, action, scenario, typed.timeout_ms.unwrap_or(DEFAULT_TIMEOUT_MS)).await?;
            return self.start_planned(action, ProofPlan { reading, mode, bus_logging, ..plan }).await;
        }
        let types = typed.types.unwrap_or_else(|| action.action.settings.event_types.as_slice().to_vec());
        let asked = Asked {
            count: typed.count.unwrap_or(types.len() as u64),
            types,
            pace: typed.pace,
            timeout_ms: typed.timeout_ms.unwrap_or(DEFAULT_TIMEOUT_MS),
        };
        let plan = crate::proof::cycle(self, action, &asked).await?;
        self.start_planned(action, ProofPlan { reading, mode, bus_logging, ..plan }).await
    }

    /// The named action, or the only one, or the demo action on an empty data folder.
    async fn action_to_prove(&self, wanted: Option<&str>) -> Result<ActionRow, Error> {
        if wanted.is_none() && self.is_sandbox() && self.alert_actions().await?.is_empty() {
            match self.create_alert_action(&self.demo_form().await?).await {
                Ok(made) => return self.action_row(made.id.parse()?).await,
                // Another program that was started at the same time made it a moment earlier.
                Err(error) if self.alert_actions().await?.is_empty() => return Err(error),
                Err(_) => {}
            }
        }
        let found = self.find_alert_action(wanted).await?;
        self.action_row(found.id.parse()?).await
    }

    async fn demo_form(&self) -> Result<ActionForm, Error> {
        Ok(ActionForm {
            name: "Demo action".to_owned(),
            alert_source: "Demo".to_owned(),
            trigger_mode: TriggerMode::Automatic.as_str().to_owned(),
            event_types: EventType::ALL.iter().map(ToString::to_string).collect(),
            account: self.account().await?.to_string(),
            region: self.connection().region.to_string(),
        })
    }

    /// Finishes a chain that the events of this mode go through; a rehearsal outside the sandbox needs nothing of it.
    async fn ready_chain(&self, action: &ActionRow, mode: Option<Mode>) -> Result<(), Error> {
        let rehearses = self.mode_of(mode).await? == Mode::Rehearsal;
        if rehearses && !self.is_sandbox() { Ok(()) } else { self.finish_chain(action).await }
    }

    /// Sets a chain up that was never finished. A finished one is only observed, never repaired: that is the administrator's decision.
    async fn finish_chain(&self, action: &ActionRow) -> Result<(), Error> {
        let record = self.chain_record(action.action.id).await?;
        if record.as_ref().is_some_and(|record| record.state == ChainState::Complete) {
            return Ok(());
        }
        let source = action.partner_source.clone().ok_or_else(|| {
            Error::Refused("the partner event source of this alert action is not known, so its chain cannot be set up".to_owned())
        })?;
        let settings = &action.action.settings;
        let suggested = || ChainSpec::suggested(source, settings.account.clone(), settings.region.clone());
        let spec = record.map_or_else(suggested, |record| record.spec);
        let outcome = self.apply_spec(action, &spec).await?;
        match outcome.failure {
            Some(failure) => Err(Error::SetUp { sentence: failure.message, code: failure.code }),
            None => Ok(()),
        }
    }
}

/// What was typed, read.
#[derive(Default)]
struct Typed {
    scenario: Option<Scenario>,
    mode: Option<Mode>,
    bus_logging: bool,
    reading: Option<ReadingMode>,
    types: Option<Vec<EventType>>,
    count: Option<u64>,
    pace: Pace,
    timeout_ms: Option<i64>,
}

impl Typed {
    async fn read(console: &Console, wanted: &VerifyRequest) -> Result<Self, Error> {
        let mode = wanted.mode.as_deref().map(str::parse::<Mode>).transpose()?;
        check_bus_logging(console.mode_of(mode).await?, wanted.bus_logging)?;
        if wanted.scenario.is_some() && (wanted.events.is_some() || wanted.count.is_some() || wanted.rate.is_some()) {
            return Err(beside_scenario());
        }
        let scenario = match &wanted.scenario {
            Some(name) => Some(console.find_scenario(name).await?),
            None => None,
        };
        Ok(Self {
            scenario,
            mode,
            bus_logging: wanted.bus_logging,
            reading: crate::reading::typed(wanted.reading.as_deref())?,
            types: wanted.events.as_deref().map(request::event_types).transpose()?,
            count: wanted.count.as_deref().map(request::count).transpose()?,
            pace: Pace {
                rate: wanted.rate.as_deref().map(request::rate).transpose()?,
                publishers: wanted.publishers.as_deref().map(request::publishers).transpose()?,
            },
            timeout_ms: wanted.timeout.as_deref().map(request::timeout).transpose()?,
        })
    }
}

/// A twin's records would go nowhere: its log group is not there.
pub(super) fn check_bus_logging(mode: Mode, wanted: bool) -> Result<(), Error> {
    match mode {
        Mode::Rehearsal if wanted => {
            Err(Error::bad_input("Bus logging", "a rehearsal has a twin event bus, whose records would go nowhere"))
        }
        _ => Ok(()),
    }
}

fn beside_scenario() -> Error {
    Error::bad_input("Scenario", "a scenario says itself which events are published and when; leave out event types, count and rate")
}
