//! An embedded AWS: `EventBridge` with partner event sources, SQS, KMS, CloudWatch, STS and Organizations over
//! their real wire protocols, for the unmodified SDKs, the AWS CLI and everything else that takes an endpoint.
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
//!
//! **Who calls.** Two identities with fixed keys ([`Keys`]): the customer, who owns buses, rules, queues and
//! keys, and the partner (iLert), who owns partner event sources. The caller's account follows from the
//! access key, the region from the signature's scope; every region is served. A request must be signed
//! (SigV4), within 15 minutes, and come from this machine and from no web page.
//!
//! **What is faithful.** The five situations of a partner event source, events that are dropped without a
//! word, `EventBridge`'s pattern language and messages (crate `waybill-pattern`), input transformers, queue,
//! bus and key policies, dead letters with AWS's codes, FIFO order and deduplication, visibility and receive
//! counts, quotas, paging, and AWS's error for everything that is not there. `docs/coverage.md` lists the
//! operations. Of the reasons why a queue here refuses a rule's message AWS retries none, and so does the
//! sandbox; outages, for which it retries with back-off on its [`Clock`], are ordered (below).
//!
//! **Looking in.** `/_waybill/`, signed for the service `waybill`, tells buses, rules, targets, queues,
//! messages in flight and what became of each of the latest 200 events, and why; through it a queue's
//! outage is ordered. `docs/sandbox-inspection.md` describes it. `/_waybill/faults` breaks a chain on purpose and puts
//! it back, `/_waybill/users` makes further access keys with an identity policy.
//!
//! **How fast.** Crate `waybill-load` measures a sandbox, and `waybill bench` calls it.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod call;
mod clock;
mod cloudwatch;
mod config;
#[cfg(test)]
mod coverage;
mod error;
mod events;
mod faults;
mod iam;
mod keys;
mod kms;
mod logs;
mod organizations;
mod policy;
mod sandbox;
mod server;
mod sqs;
mod state;
mod sts;

pub use clock::{Clock, ForwardClock, Reached, SystemClock};
pub use config::{PARTNER_ACCOUNT_ID, PartnerBusPermissions, SandboxConfig, organization_id};
pub use keys::{Keys, KeysError};
pub use sandbox::{Sandbox, StartError};
pub use state::DatabaseError;
