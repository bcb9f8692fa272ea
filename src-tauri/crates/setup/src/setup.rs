//! What a set-up works with.

use std::fmt;
use std::sync::Arc;

use waybill_aws::{CallError, Clients, Recorder};
use waybill_domain::{AccountId, Region, Timestamp};

use crate::log::ChainLog;
use crate::spec::ChainSpec;

/// What [`apply`](crate::apply) and [`undo`](crate::undo) work with.
#[derive(Clone)]
pub struct Setup {
    /// The clients of the chain's region.
    pub clients: Clients,
    /// Where the chain's record is kept.
    pub log: Arc<dyn ChainLog>,
    /// Takes note of every request that writes.
    pub recorder: Arc<dyn Recorder>,
    /// The clock.
    pub now: fn() -> Timestamp,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup").field("region", self.clients.region()).finish_non_exhaustive()
    }
}

/// The clients do not lead to where the chain is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Elsewhere {
    /// Another account.
    #[error("the chain is for AWS account {wanted}, but this connection leads to account {found}")]
    Account {
        /// The chain's account.
        wanted: AccountId,
        /// The connection's account.
        found: AccountId,
    },
    /// Another region.
    #[error("the chain is in region {wanted}, but this connection leads to region {found}")]
    Region {
        /// The chain's region.
        wanted: Region,
        /// The connection's region.
        found: Region,
    },
}

impl Setup {
    /// Makes sure that the clients lead to the chain's account and region: nothing is written elsewhere.
    pub(crate) async fn elsewhere(&self, spec: &ChainSpec) -> Result<Option<Elsewhere>, CallError> {
        if let Some(region) = other_region(&self.clients, spec) {
            return Ok(Some(region));
        }
        let found = self.clients.who_am_i().await?.account;
        Ok((found != spec.account).then(|| Elsewhere::Account { wanted: spec.account.clone(), found }))
    }
}

/// The clients' region where it is not the chain's.
pub(crate) fn other_region(clients: &Clients, spec: &ChainSpec) -> Option<Elsewhere> {
    let found = clients.region();
    (found != &spec.region).then(|| Elsewhere::Region { wanted: spec.region.clone(), found: found.clone() })
}
