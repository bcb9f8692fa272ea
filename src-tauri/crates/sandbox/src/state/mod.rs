//! Everything the sandbox knows, and how it survives.

mod database;
mod journal;
mod saved;
mod writer;

pub(crate) use database::Database;
pub use database::DatabaseError;
pub(crate) use journal::{Change, Journal};
pub(crate) use saved::Saved;
pub(crate) use writer::Writer;

use crate::config::PartnerBusPermissions;
use crate::events::{BusLogs, Buses, Outages, Recent, Retries};
use crate::faults::Lab;
use crate::iam::Users;
use crate::kms::KeyRing;
use crate::sqs::Queues;

/// What does not change while the sandbox runs.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The one customer account.
    pub(crate) account_id: String,
    /// Whether a partner bus takes a policy.
    pub(crate) partner_bus_permissions: PartnerBusPermissions,
    /// How long a partner event source may stay PENDING, in milliseconds.
    pub(crate) pending_expiry_ms: i64,
}

/// The whole state; lies under one lock.
#[derive(Debug)]
pub(crate) struct World {
    /// Fixed at start.
    pub(crate) settings: Settings,
    /// `EventBridge`.
    pub(crate) events: Buses,
    /// Deliveries that are tried again.
    pub(crate) retries: Retries,
    /// Queues that take no deliveries for a while; not saved.
    pub(crate) outages: Outages,
    /// What became of the latest events; not saved.
    pub(crate) recent: Recent,
    /// What event buses logged; not saved.
    pub(crate) bus_logs: BusLogs,
    /// What is broken on purpose.
    pub(crate) lab: Lab,
    /// Further access keys.
    pub(crate) users: Users,
    /// KMS.
    pub(crate) kms: KeyRing,
    /// SQS.
    pub(crate) sqs: Queues,
}
