//! Which AWS is talked to.

use serde::Serialize;
use ts_rs::TS;

/// What the environment strip shows.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EnvironmentView {
    /// The connection's name.
    pub connection: String,
    /// `sandbox`, `aws` or `endpoint`.
    pub kind: String,
    /// The badge, for example `SANDBOX`.
    pub badge: String,
    /// The caller's account.
    pub account: String,
    /// The region of new chains.
    pub region: String,
    /// The endpoint that is really called, where it is not AWS's own.
    pub endpoint: Option<String>,
    /// Whether Waybill may write.
    pub writable: bool,
    /// The data folder.
    pub data_dir: String,
    /// Waybill's version.
    pub version: String,
}

/// A connection in the list.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ConnectionView {
    /// Its name.
    pub name: String,
    /// `sandbox`, `aws` or `endpoint`.
    pub kind: String,
    /// Its region.
    pub region: String,
    /// The endpoint, where it is not AWS's own.
    pub endpoint: Option<String>,
    /// Whether this is the one in use.
    pub current: bool,
    /// Whether it can be deleted; the sandbox cannot.
    pub removable: bool,
}

/// The embedded sandbox.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SandboxStatus {
    /// Where it listens.
    pub endpoint: String,
    /// Process that holds it.
    pub pid: u32,
    /// The customer's account.
    pub account: String,
    /// The partner's account.
    pub partner_account: String,
    /// The default region.
    pub region: String,
    /// The organization's id.
    pub organization_id: String,
    /// `today` (refused) or `2021` (accepted): permissions on partner buses.
    pub partner_bus_permissions: String,
    /// Where its state is kept; none when ephemeral.
    pub file: Option<String>,
    /// Whether it answers now.
    pub alive: bool,
}
