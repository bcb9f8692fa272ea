//! How fast an `EventBridge` and SQS endpoint on this machine is: a source, bus, rule and queue are made,
//! events published, received and deleted, and everything removed again.
//!
//! Measured without an SDK, so that on a fast server the client is not what is measured: [`Ask`] signs
//! (SigV4) and [`Wire`] is one HTTP/1.1 connection that is kept. Both serve wherever a request is needed
//! that no SDK makes.
//!
//! ```no_run
//! # async fn example(access: waybill_load::Access) -> Result<(), waybill_load::LoadError> {
//! use waybill_load::{Plan, measure};
//!
//! let report = measure("http://127.0.0.1:4566", &access, Plan { events: 100_000, ..Plan::default() }).await?;
//! println!("{} events/s", report.events_per_s);
//! # Ok(())
//! # }
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod ask;
mod chain;
mod plan;
mod process;
mod report;
mod run;
mod tally;
mod wire;

pub use ask::{Ask, CLOUDWATCH, EVENTS, KMS, Key, LOGS, ORGANIZATIONS, REGION, SQS, Service, Signed};
pub use chain::Access;
pub use plan::{Plan, Via};
pub use process::{Process, ProcessError};
pub use report::{Latency, Report, ServerUse};
pub use run::{LoadError, measure};
pub use wire::{Wire, WireError};
