//! A diagnosis, its repairs, the fault lab, and which rules an event would match.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::Timestamp;

use super::{FieldOutcomeView, RunSummary};

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CheckOutcome {
    /// As it must be.
    Healthy,
    /// Events do not arrive because of it.
    Cause,
    /// Worth a look; no fault by itself.
    Suspect,
    /// It cannot be told, and why.
    Unknown,
}

/// One value that was seen, and where.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CheckEvidence {
    /// What it is, for example `State`.
    pub what: String,
    /// The value.
    pub value: String,
    /// The call that told it; none for what Waybill knows itself.
    pub call: Option<String>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

/// One line of a change.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DifferenceLine {
    /// `-` goes, `+` comes, a blank stays.
    pub sign: String,
    /// The line.
    pub text: String,
}

/// One request of a repair.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RepairStepView {
    /// For example `sqs:SetQueueAttributes`.
    pub call: String,
    /// The request's JSON.
    pub input: String,
    /// What is there before, as JSON; empty for nothing.
    pub before: String,
    /// What is there afterwards.
    pub after: String,
    /// From the one to the other, line by line.
    pub difference: Vec<DifferenceLine>,
    /// The call that takes it back.
    pub undo_call: String,
    /// That request's JSON.
    pub undo_input: String,
}

/// A change that would mend it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RepairView {
    /// Stands for exactly these requests: a confirmation is of them and of no others.
    pub plan: String,
    /// What it does.
    pub sentence: String,
    /// The requests, in order.
    pub steps: Vec<RepairStepView>,
}

/// One check.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CheckView {
    /// Stable id, for example `queue-policy`.
    pub id: String,
    /// Its place in causal order, from 0.
    pub place: u32,
    /// What is asked.
    pub question: String,
    /// What it came to.
    pub outcome: CheckOutcome,
    /// The values that it was judged by.
    pub evidence: Vec<CheckEvidence>,
    /// One plain sentence.
    pub explanation: String,
    /// The change that would mend it, where there is one.
    pub repair: Option<RepairView>,
}

/// A cause that was repaired.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RepairedView {
    /// The check's id.
    pub id: String,
    /// What was wrong.
    pub explanation: String,
    /// What was done.
    pub sentence: String,
    /// The requests that were sent.
    pub steps: Vec<RepairStepView>,
}

/// Why events of an alert action do not arrive.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DiagnosisView {
    /// `waybill.diagnosis/1`.
    pub schema: String,
    /// The alert action's name.
    pub action: String,
    /// Whether no cause was found.
    pub healthy: bool,
    /// What it comes to.
    pub sentence: String,
    /// Every check, in causal order.
    pub checks: Vec<CheckView>,
    /// How many requests the diagnosis took.
    pub calls: u32,
    /// How long it took.
    #[ts(type = "number")]
    pub duration_ms: i64,
    /// Every request, in the order in which they left.
    pub requests: Vec<RequestView>,
    /// What was repaired just now.
    pub repaired: Vec<RepairedView>,
    /// Why a repair failed, if one did.
    pub repair_failed: Option<String>,
    /// The proof after the repair.
    pub proof: Option<RunSummary>,
    /// The newest repair that can be taken back.
    pub undoable: Option<UndoableView>,
    /// Whether AWS took the credentials, for the exit code of the command line.
    #[serde(skip)]
    pub has_credentials: bool,
}

/// One request of a diagnosis.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RequestView {
    /// For example `events:DescribeRule`.
    pub call: String,
    /// From the beginning of the diagnosis until it left.
    #[ts(type = "number")]
    pub began_ms: i64,
    /// From then until its answer had come.
    #[ts(type = "number")]
    pub took_ms: i64,
    /// AWS's id of the request.
    pub request_id: Option<String>,
    /// Why AWS did not tell, where it did not.
    pub refused: Option<String>,
}

/// A repair that can be taken back.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct UndoableView {
    /// When it was made.
    #[ts(as = "String")]
    pub began_at: Timestamp,
    /// Its requests, in order; an undo takes the last one back first.
    pub steps: Vec<RepairStepView>,
}

/// What is asked by one check.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CheckHead {
    /// Stable id.
    pub id: String,
    /// What is asked.
    pub question: String,
}

/// How far a diagnosis or a repair has come.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum DiagnosisProgress {
    /// The chain is read, from the beginning: nothing is judged yet.
    Began {
        /// Every check, in causal order.
        checks: Vec<CheckHead>,
    },
    /// A check is judged. They come as the answers come, not in causal order.
    Check {
        /// The check.
        check: Box<CheckView>,
        /// Since the beginning.
        #[ts(type = "number")]
        elapsed_ms: i64,
    },
    /// A cause was repaired.
    Repaired {
        /// What was done.
        repaired: RepairedView,
    },
    /// The repaired chain is being proven.
    Proving,
}

/// A repair that was taken back.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RepairUndone {
    /// When the repair was made.
    #[ts(as = "String")]
    pub began_at: Timestamp,
    /// The requests that took it back, in order.
    pub steps: Vec<String>,
}

/// One rule of a bus, tried on an event.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RuleMatchView {
    /// The rule's name.
    pub rule: String,
    /// Whether it is enabled; a disabled rule takes nothing.
    pub enabled: bool,
    /// Its event pattern; none for a rule on a schedule.
    pub pattern: Option<String>,
    /// Whether it matches, by Waybill's own evaluation; none where the pattern cannot be read.
    pub matched: Option<bool>,
    /// Field by field.
    pub fields: Vec<FieldOutcomeView>,
    /// What AWS says, where it was asked.
    pub by_aws: Option<bool>,
    /// Why AWS did not say it, where it was asked.
    pub aws_refused: Option<String>,
    /// Whether Waybill and AWS do not agree.
    pub disagrees: bool,
}

/// The rules of a bus, tried on an event.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RulesMatchView {
    /// The bus.
    pub bus: String,
    /// Its rules.
    pub rules: Vec<RuleMatchView>,
}

/// A way to break a chain on purpose; on the sandbox only.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FaultView {
    /// Its id.
    pub id: String,
    /// What it does, in one sentence.
    pub sentence: String,
    /// The check that names it; none for what happens on the way.
    pub check: Option<String>,
    /// Whether it shows only once something was published.
    pub needs_proof: bool,
    /// Whether it is in force for this alert action now.
    pub active: bool,
}
