//! Amazon `EventBridge` (JSON 1.1).

mod arn;
mod bus;
mod bus_log;
mod buses;
mod check;
mod delivery;
mod detail;
mod entry;
mod envelope;
mod input;
mod ops;
mod outage;
mod page;
mod parcel;
mod policy;
mod recent;
mod retries;
mod rule;
mod shape;
mod source;
mod tags;
mod target;

use serde_json::Value;

pub(crate) use bus_log::BusLogs;
pub(crate) use buses::Buses;
pub(crate) use delivery::retry_due;
pub(crate) use ops::Operation;
pub(crate) use outage::{Outage, Outages};
pub(crate) use recent::Recent;
pub(crate) use retries::Retries;
pub(crate) use shape::Shape;

use crate::error::ApiError;

const SOURCE_TABLE: &str = "event_source";
const BUS_TABLE: &str = "event_bus";
const RULE_TABLE: &str = "event_rule";
const RETRY_TABLE: &str = "event_retry";

/// The tables of this service.
pub(crate) const TABLES: &[&str] = &[SOURCE_TABLE, BUS_TABLE, RULE_TABLE, RETRY_TABLE];

/// The bus that is always there.
const DEFAULT_BUS: &str = "default";

fn not_found(message: String) -> ApiError {
    ApiError::sender("ResourceNotFoundException", message)
}

fn already_exists(message: String) -> ApiError {
    ApiError::sender("ResourceAlreadyExistsException", message)
}

/// The sixth target, the 301st rule, the 101st bus.
fn limit_exceeded() -> ApiError {
    ApiError::sender("LimitExceededException", "The requested resource exceeds the maximum number allowed.")
}

/// A time as JSON 1.1 writes it: seconds since 1970, with a fraction.
#[allow(clippy::cast_precision_loss, reason = "exact for the next 285,000 years")]
fn seconds(ms: i64) -> Value {
    Value::from(ms as f64 / 1000.0)
}
