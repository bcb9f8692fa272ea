//! Logging of an event bus, switched on for a run and put back as it was.

use std::fmt;

use aws_sdk_eventbridge::operation::describe_event_bus::DescribeEventBusOutput;
use aws_sdk_eventbridge::types::{self, DeadLetterConfig, IncludeDetail, Level};
use serde_json::{Value, json};
use waybill_aws::{CallError, CallErrorKind, call_error};

use crate::observed::LogConfig;
use crate::probe::{ProbeError, ProbeHands};

/// What a run needs: which rules matched, and what became of each delivery; of the events themselves nothing is logged.
const WANTED: (&str, &str) = ("INFO", "NONE");

/// A bus whose logging is switched on, as it is recorded before that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusLogging {
    /// The bus.
    pub bus: String,
    /// How it logged before; none where it was never told to.
    pub before: Option<LogConfig>,
}

impl BusLogging {
    /// What has to be switched on, so that the bus tells which rules matched; none where it does so already.
    ///
    /// # Errors
    /// When the bus cannot be read, or is not there.
    pub async fn needed(hands: ProbeHands<'_>, bus: &str) -> Result<Option<Self>, ProbeError> {
        let found = described(hands, bus).await?.ok_or_else(|| ProbeError::NoBus(bus.to_owned()))?;
        let before = found.log_config.map(LogConfig::of);
        let is_enough = before.as_ref().is_some_and(LogConfig::tells_steps);
        Ok((!is_enough).then(|| Self { bus: bus.to_owned(), before }))
    }

    /// Switches it on.
    ///
    /// # Errors
    /// When AWS refuses.
    pub async fn switch_on(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let found = described(hands, &self.bus).await?.ok_or_else(|| ProbeError::NoBus(self.bus.clone()))?;
        let wanted = LogConfig { level: WANTED.0.to_owned(), detail: WANTED.1.to_owned() };
        update(hands, &found, &self.bus, Some(&wanted)).await?;
        Ok(())
    }

    /// Puts it back as it was, unless somebody has changed it since, or the bus is gone.
    ///
    /// # Errors
    /// When AWS refuses; it can be tried again.
    pub async fn put_back(&self, hands: ProbeHands<'_>) -> Result<(), ProbeError> {
        let Some(found) = described(hands, &self.bus).await? else { return Ok(()) };
        let now = found.log_config.clone().map(LogConfig::of);
        let is_ours = now.as_ref().is_some_and(|now| (now.level.as_str(), now.detail.as_str()) == WANTED);
        if !is_ours {
            return Ok(());
        }
        let after = update(hands, &found, &self.bus, self.before.as_ref()).await?;
        // Whether AWS resets what is left out is not documented: where it does not, it is told.
        if self.before.is_none() && after.is_some_and(|after| after.is_on()) {
            let off = LogConfig { level: "OFF".to_owned(), detail: WANTED.1.to_owned() };
            update(hands, &found, &self.bus, Some(&off)).await?;
        }
        Ok(())
    }
}

impl fmt::Display for BusLogging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "logging of event bus {}", self.bus)
    }
}

async fn described(hands: ProbeHands<'_>, bus: &str) -> Result<Option<DescribeEventBusOutput>, CallError> {
    let found = Box::pin(hands.clients.events().describe_event_bus().name(bus).send()).await;
    match found.map_err(|error| call_error("events", "DescribeEventBus", error)) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind == CallErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a bus as it is, with another logging; answers how it logs from now on.
async fn update(
    hands: ProbeHands<'_>,
    found: &DescribeEventBusOutput,
    bus: &str,
    log: Option<&LogConfig>,
) -> Result<Option<LogConfig>, CallError> {
    let dead_letter = found.dead_letter_config.as_ref().and_then(|config| config.arn.clone());
    let config = log.map(|log| {
        let (level, detail) = (Level::from(log.level.as_str()), IncludeDetail::from(log.detail.as_str()));
        types::LogConfig::builder().level(level).include_detail(detail).build()
    });
    let update = hands.clients.events().update_event_bus().name(bus);
    let update = update.set_description(found.description.clone()).set_kms_key_identifier(found.kms_key_identifier.clone());
    let update = update.set_dead_letter_config(dead_letter.clone().map(|arn| DeadLetterConfig::builder().arn(arn).build()));
    let mut input = json!({ "Name": bus });
    let mut tell = |name: &str, value: Option<Value>| value.map(|value| input[name] = value);
    tell("Description", found.description.clone().map(Value::from));
    tell("KmsKeyIdentifier", found.kms_key_identifier.clone().map(Value::from));
    tell("DeadLetterConfig", dead_letter.map(|arn| json!({ "Arn": arn })));
    tell("LogConfig", log.map(|log| json!({ "Level": log.level, "IncludeDetail": log.detail })));
    let answer = hands.write(("events", "UpdateEventBus"), input, update.set_log_config(config).send()).await?;
    Ok(answer.log_config.map(LogConfig::of))
}
