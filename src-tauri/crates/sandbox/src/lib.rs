//! An embedded AWS: `EventBridge`, SQS, STS and Organizations over their real wire protocols.
//!
//! Everything lies in memory under one lock and is written through to `sandbox.db`; an answer leaves
//! only after what it changed is committed, so what was answered with success survives SIGKILL.
//!
//! ```no_run
//! # async fn example() -> Result<(), waybill_sandbox::StartError> {
//! use waybill_sandbox::{Sandbox, SandboxConfig};
//!
//! let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await?;
//! println!("aws --endpoint-url {} events list-event-buses", sandbox.endpoint());
//! sandbox.shutdown().await;
//! # Ok(())
//! # }
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod call;
mod clock;
mod config;
mod error;
mod events;
mod keys;
mod kms;
mod organizations;
mod policy;
mod sandbox;
mod server;
mod sqs;
mod state;
mod sts;

pub use clock::{Clock, SystemClock};
pub use config::{PARTNER_ACCOUNT_ID, PartnerBusPermissions, SandboxConfig, organization_id};
pub use keys::{Keys, KeysError};
pub use sandbox::{Sandbox, StartError};
pub use state::DatabaseError;
