//! A chain as drawn on the overview.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{EventType, Timestamp, Verdict};

use super::{AlertActionView, RunSummary};
use crate::ErrorCode;

/// How a link is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LinkState {
    /// Read from AWS and as it must be.
    Ok,
    /// There, but something is still to be done.
    Pending,
    /// Wrong: events do not get past it.
    Broken,
    /// Not made yet.
    None,
}

/// One link of a chain, true as last read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LinkView {
    /// `alert_source`, `alert_action`, `partner_source`, `bus`, `rule` or `queue`.
    pub kind: String,
    /// The AWS or iLert word for it, for example `Partner event source`.
    pub label: String,
    /// Its name, or what is missing.
    pub name: String,
    /// Its ARN where it has one.
    pub arn: Option<String>,
    /// How it is drawn.
    pub state: LinkState,
    /// One or two words, for example `Active` or `Policy missing`.
    pub word: String,
    /// A sentence about it.
    pub sentence: String,
    /// Where the AWS console shows it; none on the sandbox and for what is not there.
    pub page: Option<String>,
}

/// One event type of the scoreboard.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct BoardCell {
    /// The event type.
    pub event_type: EventType,
    /// Whether the action chose it; otherwise it is drawn as "not expected".
    pub chosen: bool,
    /// The newest verdict of the last run, if it published the type.
    pub verdict: Option<Verdict>,
    /// From sending to reading, in milliseconds.
    pub latency_ms: Option<i64>,
}

/// What the proof panel of a chain offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NextStep {
    /// The chain stands: prove it.
    Prove,
    /// A run is going on.
    Running,
    /// The chain is not finished: go on with the set-up.
    ContinueSetup,
    /// The chain is broken or the last proof failed: look at the links.
    Inspect,
}

/// An alert action's chain with its last proof.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ChainView {
    /// The alert action.
    pub action: AlertActionView,
    /// The six links, alert source first.
    pub links: Vec<LinkView>,
    /// Nine cells in the order of iLert's page.
    pub board: Vec<BoardCell>,
    /// The last run, if there was one.
    pub last_run: Option<RunSummary>,
    /// What to offer.
    pub next: NextStep,
    /// One sentence that names the evidence.
    pub sentence: String,
    /// Where the live chain differs from what was recorded, a sentence each.
    pub drift: Vec<String>,
    /// When a pending partner event source expires.
    #[ts(as = "Option<String>")]
    pub expires_at: Option<Timestamp>,
    /// When the links were read.
    #[ts(as = "Option<String>")]
    pub read_at: Option<Timestamp>,
    /// Why the links could not be read, if so.
    pub unread: Option<String>,
    /// What kept them from being read, for the exit code of the command line.
    #[serde(skip)]
    pub unread_code: Option<ErrorCode>,
}
