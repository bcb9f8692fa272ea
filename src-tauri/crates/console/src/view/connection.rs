//! Which AWS is talked to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{Timestamp, WriteMode};

use crate::ErrorCode;

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
    /// The caller's account; empty where it could not be read.
    pub account: String,
    /// Whom AWS takes the caller for, where that is known.
    pub arn: Option<String>,
    /// The region of new chains.
    pub region: String,
    /// The endpoint that is really called, where it is not AWS's own.
    pub endpoint: Option<String>,
    /// What becomes of requests that write.
    pub mode: WriteMode,
    /// Until when the credentials hold, where they say so.
    #[ts(as = "Option<String>")]
    pub credentials_until: Option<Timestamp>,
    /// Why the account could not be read.
    pub trouble: Option<String>,
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
    /// The profile of the AWS configuration files; none for the default one.
    pub profile: Option<String>,
    /// The role that is assumed.
    pub role_arn: Option<String>,
    /// The endpoint, where it is not AWS's own.
    pub endpoint: Option<String>,
    /// What becomes of requests that write.
    pub mode: WriteMode,
    /// Whether this is the one in use.
    pub current: bool,
    /// Whether it can be deleted; the sandbox cannot.
    pub removable: bool,
}

/// A connection as typed. Empty fields are not given.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConnectionForm {
    /// Its name.
    pub name: String,
    /// `aws` or `endpoint`.
    pub kind: String,
    /// Its region.
    pub region: String,
    /// The profile of the AWS configuration files.
    pub profile: String,
    /// A role to assume.
    pub role_arn: String,
    /// The endpoint's address.
    pub endpoint_url: String,
    /// EventBridge's own address.
    pub eventbridge_url: String,
    /// SQS's own address.
    pub sqs_url: String,
    /// STS's own address.
    pub sts_url: String,
    /// Organizations' own address.
    pub organizations_url: String,
    /// `free`, `ask` or `read-only`; empty means free.
    pub mode: String,
    /// How long Waybill waits after its own changes before it publishes, at most `60s`; empty means that.
    pub settle: String,
}

/// What the form of a new connection starts with and chooses from.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ConnectionDefaults {
    /// The form.
    pub form: ConnectionForm,
    /// The regions that are known.
    pub regions: Vec<String>,
    /// The names of the profiles in the AWS configuration files.
    pub profiles: Vec<String>,
    /// Why the files could not be read.
    pub trouble: Option<String>,
}

/// A connection that was tried.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ConnectionReport {
    /// The connection.
    #[serde(flatten)]
    pub connection: ConnectionView,
    /// The caller's account.
    pub account: Option<String>,
    /// The caller's user or role.
    pub arn: Option<String>,
    /// Until when the credentials hold, where they say so.
    #[ts(as = "Option<String>")]
    pub credentials_until: Option<Timestamp>,
    /// Where the requests of each service really go.
    pub endpoints: Vec<EndpointView>,
    /// Whether the caller may make the partner's calls here.
    pub plays_partner: bool,
    /// Why AWS did not say who the caller is.
    pub trouble: Option<String>,
    /// The code of that.
    pub trouble_code: Option<ErrorCode>,
}

/// A partner event source in the inbox of an account.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EventSourceView {
    /// Its name.
    pub name: String,
    /// `PENDING`, `ACTIVE` or `DELETED`.
    pub state: String,
    /// Whether its event bus is there.
    pub has_bus: bool,
    /// The partner who made it.
    pub created_by: Option<String>,
    /// When AWS deletes it if it stays pending.
    #[ts(as = "Option<String>")]
    pub expires_at: Option<Timestamp>,
    /// The alert action that publishes through it.
    pub action: Option<String>,
    /// What it means for events, and what to do.
    pub sentence: String,
}

/// Where the requests of one service really go.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EndpointView {
    /// The service.
    pub service: String,
    /// Scheme, host and port; none where there is no endpoint for the region.
    pub url: Option<String>,
    /// Why it is another than the connection says.
    pub warning: Option<String>,
}

/// What a connection that asks before every write is asking about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QuestionView {
    /// Its number, to answer it by.
    #[ts(type = "number")]
    pub id: u64,
    /// The connection's name.
    pub connection: String,
    /// The calls that are to be sent, such as `events:PutRule`.
    pub calls: Vec<String>,
    /// What is sent, as JSON.
    pub input: String,
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
