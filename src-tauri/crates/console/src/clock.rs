//! The one place that reads the clock and draws random ids.

use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;
use waybill_domain::Timestamp;

/// Now, in UTC.
pub(crate) fn now() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// A new random id.
pub(crate) fn new_id() -> Uuid {
    Uuid::new_v4()
}
