//! What other readers of the queue mean for silence.

use waybill_domain::{Hidden, Timestamp};

use crate::Reader;
use crate::health::VISIBILITY_MS;

/// What other readers of the queue mean for silence.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Up to here all living ones have committed what they received; none when there are none.
    pub(super) read_through: Option<Timestamp>,
    /// Until here one that is gone may hide messages.
    pub(super) hidden: Option<Hidden>,
    /// Whether there are living ones.
    pub(super) are_alive: bool,
}

impl Others {
    pub(super) fn of(readers: &[Reader], since: Timestamp, now: Timestamp) -> Self {
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
