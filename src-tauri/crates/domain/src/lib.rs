//! The words of Waybill: ids and ARNs, alert sources and alert actions, the incident life cycle with its nine events, envelopes,
//! expectations and verdicts. Nothing here reads a clock, a file or a socket; time, ids and randomness come in by parameter.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod account;
mod action;
mod arn;
mod envelope;
mod event_type;
mod fingerprint;
mod ids;
mod incident;
mod invalid;
mod names;
mod proof;
mod reading;
mod region;
mod report;
mod scenario;
mod timestamp;
mod verdict;
mod writing;

pub use account::AccountId;
pub use action::{ActionForm, ActionSettings, AlertAction, AlertSource, TriggerMode};
pub use arn::{BusArn, QueueArn, RuleArn, source_arn};
pub use envelope::{Detail, DetailSource, Envelope, Outgoing, RESOURCES};
pub use event_type::{EventType, EventTypes};
pub use fingerprint::{Content, Difference, Fingerprint, Unreadable, canonical_json};
pub use ids::{ActionId, AlertSourceId, IncidentId, RunId};
pub use incident::{Assignee, Incident, IncidentStatus, Priority, StepRefused};
pub use invalid::Invalid;
pub use names::{ActionName, EventSource, PartnerSourceName, QueueName, RuleName, ScenarioName};
pub use proof::{Evidence, Gap, Hidden, Judgement, ReadBack, Sending, Watch};
pub use reading::{ReadingMode, ReadingPlan};
pub use region::Region;
pub use report::{EventReport, Latency, Mode, RunState, RunSummary, Tally, Tallying};
pub use scenario::{SCENARIO_SCHEMA, Scenario, ScenarioStep};
pub use timestamp::Timestamp;
pub use verdict::{Counts, Expectation, Verdict};
pub use writing::WriteMode;
