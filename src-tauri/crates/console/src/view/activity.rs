//! Activity: the AWS calls that wrote something.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::Timestamp;

/// One call that wrote, or tried to.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CallView {
    /// Its number; later ones are larger.
    pub id: i64,
    /// When it left.
    #[ts(as = "String")]
    pub at: Timestamp,
    /// The connection's name.
    pub connection: String,
    /// Whose credentials the connection uses.
    pub who: String,
    /// The region it went to.
    pub region: String,
    /// The service as IAM names it, for example `events`.
    pub service: String,
    /// The operation, for example `PutRule`.
    pub operation: String,
    /// What it was about, where its input says so.
    pub resource: Option<String>,
    /// Its input without secrets, indented JSON.
    pub input: String,
    /// AWS's id of the request.
    pub request_id: Option<String>,
    /// Why it failed; none when it succeeded.
    pub error: Option<String>,
}

/// Which calls to show; every field narrows.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ActivityFilter {
    /// Only those of this connection.
    pub connection: Option<String>,
    /// Only this operation.
    pub operation: Option<String>,
    /// Only those that failed, or only those that did not.
    pub failed: Option<bool>,
    /// Only then or later.
    #[ts(as = "Option<String>")]
    pub from: Option<Timestamp>,
    /// Only until then.
    #[ts(as = "Option<String>")]
    pub until: Option<Timestamp>,
    /// Text in the operation, the input, the request id, the failure or the connection's name.
    pub text: Option<String>,
}

/// A page of calls, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ActivityPage {
    /// The calls.
    pub calls: Vec<CallView>,
    /// Pass as `before` for the next page; none at the end.
    pub next: Option<i64>,
    /// Every operation that was ever called, by name.
    pub operations: Vec<String>,
}

/// How to write an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ExportFormat {
    /// An array of objects.
    Json,
    /// A table for spreadsheets (RFC 4180).
    Csv,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Exported {
    /// Where it lies.
    pub path: String,
    /// How many rows it has.
    pub rows: u64,
}
