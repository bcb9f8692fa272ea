//! The ways to AWS: connections, the SDK's clients for one region, typed errors that keep code, status and request id, and the
//! record of every request that writes.
//!
//! Nothing here decides anything about alert actions. The sandbox is reached exactly like AWS itself: over HTTP, by the same clients.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bus_log;
mod classify;
mod clients;
mod connection;
mod credentials;
mod error;
mod figures;
mod gate;
mod once;
mod operation;
mod pace;
mod plain;
mod profiles;
mod record;
mod resolved;
mod transport;

pub use bus_log::{BusLog, BusLogWanted, LoggedStep, bus_log_group};
pub use classify::call_error;
pub use clients::{Clients, Identity};
pub use connection::{ConnectError, Connection, EndpointUrls, KeyPair};
pub use error::{CallError, CallErrorKind};
pub use figures::{Figures, FiguresWanted};
pub use gate::{Allowance, Asker, Gate, Question, Reply};
pub use profiles::{ProfilesUnreadable, profiles};
pub use record::{CallRecord, Recorder};
pub use resolved::{Origin, ResolvedEndpoint};
pub use transport::long_poll;
