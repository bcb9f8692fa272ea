//! The evidence of a run: what was read when it began, and whether everything kept of it is as it was when it was closed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{EventType, Timestamp};

/// Whether everything that is kept of a run is as it was when the run was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum EvidenceState {
    /// The run is open: it is sealed when it is closed.
    Open,
    /// As it was sealed.
    Intact,
    /// Something was changed, removed or added behind Waybill's back.
    Altered,
    /// The run was closed by a version that did not seal.
    Unsealed,
}

/// A document on AWS as it was, for example a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChainDocument {
    /// What it is, for example `Event pattern`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A part of the chain as it was read from AWS when the run began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChainPart {
    /// What it is, for example `Rule`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its ARN, where it has one.
    pub arn: Option<String>,
    /// How it stood, for example `ENABLED`.
    pub state: String,
    /// Its pattern, policy and the like.
    pub documents: Vec<ChainDocument>,
}

/// What AWS and Waybill say about one event type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PatternAnswerView {
    /// The type.
    pub event_type: EventType,
    /// Whether the recorded pattern takes it, as Waybill reads it.
    pub waybill: bool,
    /// Whether it does by EventBridge's TestEventPattern.
    pub aws: bool,
}

/// Expectations beside AWS's own answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CrossCheckView {
    /// What was answered, once for every distinct type.
    pub answers: Vec<PatternAnswerView>,
    /// A sentence for every type on which AWS and Waybill do not agree.
    pub disagreements: Vec<String>,
    /// Why AWS did not answer for the others; none when it answered for all.
    pub untold: Option<String>,
}

/// How a queue is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReadingView {
    /// `consume`, `peek` or `mirror`.
    pub mode: String,
    /// By how much the receive count of a message of others rises at most; none where none of others is received.
    pub price: Option<u32>,
    /// What it means: whose queue it is, what it costs others, what it proves and what not.
    pub sentence: String,
}

/// What was read when a run began.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RunCircumstances {
    /// The endpoint that stands in for AWS's own; none on AWS itself.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// The account that receives the events.
    pub account: String,
    /// The chain, from the partner event source to the queue.
    pub parts: Vec<ChainPart>,
    /// Why the chain could not be read, if so.
    pub unread: Option<String>,
    /// The recorded pattern of the rule, from which the expectations come.
    pub recorded_pattern: String,
    /// Expectations beside AWS's own answers.
    pub cross_check: CrossCheckView,
    /// How the queue was read.
    #[serde(default)]
    pub reading: ReadingView,
    /// What stood in for the partner's bus, in a rehearsal.
    #[serde(default)]
    pub rehearsal: Option<RehearsalView>,
}

/// What stood in for the partner's bus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalView {
    /// Where the events came from: `Simulated (twin bus)`.
    pub provenance: String,
    /// The twin's bus.
    pub bus: String,
    /// The queue that its rule sent to.
    pub queue: String,
    /// The source of the events.
    pub source: String,
    /// The event pattern of the twin's rule.
    pub pattern: String,
    /// What of it differs from the recorded pattern, as sentences.
    pub changes: Vec<String>,
}

/// A span in which the queue was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GapView {
    /// From here.
    #[ts(as = "String")]
    pub from: Timestamp,
    /// To here.
    #[ts(as = "String")]
    pub to: Timestamp,
    /// Why.
    pub why: String,
}

/// The evidence of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EvidenceView {
    /// Whether it is as it was sealed.
    pub state: EvidenceState,
    /// The seal: the last link of a chain of SHA-256 over everything that is kept of the run.
    pub sha256: Option<String>,
    /// The version of Waybill that made the run; none where it was not kept.
    pub waybill_version: Option<String>,
    /// What the computer's clock said at the close. The run's own times are its start carried on by the monotonic clock, so that
    /// setting the clock moves none of them.
    #[ts(as = "Option<String>")]
    pub clock_at_close: Option<Timestamp>,
    /// How far the computer's clock ran away from the monotonic one meanwhile, in milliseconds.
    pub clock_drift_ms: Option<i64>,
    /// Spans in which the queue was not read.
    pub gaps: Vec<GapView>,
    /// Distinct messages of others that were seen in the queue.
    pub foreign_messages: u64,
    /// What was read when the run began; none where it was not kept.
    pub circumstances: Option<RunCircumstances>,
}
