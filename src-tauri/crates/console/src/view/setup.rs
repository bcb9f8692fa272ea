//! The guided set-up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{ActionForm, EventType, Timestamp};

use super::LinkView;
use crate::ErrorCode;

/// The permission step as chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "choice", rename_all = "snake_case")]
#[ts(export)]
pub enum PermissionForm {
    /// No other account may use the bus.
    None,
    /// One other AWS account.
    Account {
        /// Twelve digits.
        account: String,
    },
    /// Organization → My organization, as on iLert's page.
    #[default]
    MyOrganization,
    /// Organization → Other organization.
    Organization {
        /// For example `o-a1b2c3d4e5`.
        organization: String,
    },
}

/// The event pattern as chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "choice", rename_all = "snake_case")]
#[ts(export)]
pub enum PatternForm {
    /// Every event of the source, as on iLert's page.
    #[default]
    AllEvents,
    /// Only these event types.
    EventTypes {
        /// By name.
        event_types: Vec<String>,
    },
    /// The administrator's own pattern.
    Own {
        /// The pattern's JSON.
        text: String,
    },
}

/// A queue as chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "choice", rename_all = "snake_case")]
#[ts(export)]
pub enum QueueForm {
    /// One that exists.
    Existing {
        /// Its name.
        name: String,
    },
    /// A new one.
    New {
        /// Its name.
        name: String,
    },
}

/// Everything that the wizard asks after the alert action is saved, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SetupForm {
    /// The permission step.
    pub permission: PermissionForm,
    /// The rule's name.
    pub rule_name: String,
    /// The rule's description, possibly empty.
    pub rule_description: String,
    /// The pattern.
    pub pattern: PatternForm,
    /// The target.
    pub queue: QueueForm,
    /// The target's dead-letter queue, if wanted.
    pub dead_letter: Option<QueueForm>,
}

/// The wizard as left; it can be resumed at any step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SetupDraft {
    /// The alert action, once saved.
    pub action_id: Option<String>,
    /// The alert action's form.
    pub action: ActionForm,
    /// The rest.
    pub form: SetupForm,
    /// Step to resume at, counted from 0.
    pub step: u32,
    /// When it was saved; none for one that was not.
    #[ts(as = "Option<String>")]
    pub saved_at: Option<Timestamp>,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum StepStatus {
    /// Will be called.
    Planned,
    /// Is being called.
    Running,
    /// Was read, or was already as wanted.
    Found,
    /// Was made or changed.
    Done,
    /// AWS does not take it; the flow goes on.
    Skipped,
    /// Failed.
    Failed,
}

/// One AWS call of a set-up.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StepView {
    /// Stable id, for example `rule`.
    pub id: String,
    /// Which wizard step it belongs to: `source`, `bus`, `rule` or `target`.
    pub group: String,
    /// For example `events:PutRule`.
    pub call: String,
    /// What it does, in a few words.
    pub summary: String,
    /// Whether it writes.
    pub writes: bool,
    /// How it stands.
    pub status: StepStatus,
    /// What it found or did, for example `no such rule`.
    pub finding: String,
    /// The request's JSON.
    pub input: String,
    /// AWS's request id, once called.
    pub request_id: Option<String>,
    /// What it replaces on AWS, where something is there.
    pub replaces: Option<Replacement>,
}

/// A policy or a pattern on AWS, as it is and as it will be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Replacement {
    /// The JSON as it is.
    pub before: String,
    /// The JSON as it will be.
    pub after: String,
}

/// What a set-up will do.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PlanView {
    /// The calls in order.
    pub steps: Vec<StepView>,
    /// What must be known before, a sentence each (for example that AWS no longer takes partner bus permissions).
    pub notes: Vec<String>,
    /// The links as they are now.
    pub links: Vec<LinkView>,
    /// Fields that were refused, each with its sentence; the plan is empty then.
    pub problems: Vec<FieldProblem>,
}

/// A refused field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldProblem {
    /// The field as labelled.
    pub field: String,
    /// The sentence.
    pub reason: String,
}

/// Where a set-up stopped.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SetupFailure {
    /// The failed step's id.
    pub step: String,
    /// What failed, why, what to do next.
    pub message: String,
    /// What was already made, a sentence each.
    pub made: Vec<String>,
    /// Of which kind it is, for the exit code of the command line.
    #[serde(skip)]
    pub code: ErrorCode,
}

/// The end of a set-up.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SetupOutcome {
    /// Whether the whole chain stands.
    pub complete: bool,
    /// The calls with what became of them.
    pub steps: Vec<StepView>,
    /// Where it stopped, if it did.
    pub failure: Option<SetupFailure>,
    /// The links afterwards.
    pub links: Vec<LinkView>,
    /// Sentences about what was left out or is to be known.
    pub notes: Vec<String>,
}

/// What an undo removed.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct UndoView {
    /// What was removed, a sentence each.
    pub removed: Vec<String>,
    /// What was left, and why.
    pub kept: Vec<String>,
    /// What could not be removed, and why.
    pub failed: Vec<String>,
}

/// A condition of a pattern against one sample.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct FieldOutcomeView {
    /// The field, for example `detail.priority`.
    pub path: String,
    /// Whether it matched.
    pub matched: bool,
    /// What the pattern wants.
    pub wanted: Vec<String>,
    /// What the event has; empty when the field is absent.
    pub found: Vec<String>,
}

/// A pattern tried on one of the nine samples.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PatternSample {
    /// The sample's type.
    pub event_type: EventType,
    /// Whether the pattern matches it.
    pub matches: bool,
    /// Field by field.
    pub fields: Vec<FieldOutcomeView>,
    /// The sample's envelope, indented JSON.
    pub envelope: String,
}

/// A pattern checked and tried on the action's nine samples.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PatternCheck {
    /// The pattern's JSON as it will be written.
    pub text: String,
    /// Why it was refused, if so, in AWS's words.
    pub problem: Option<String>,
    /// Line of the mistake, counted from 1.
    pub line: Option<u32>,
    /// Column of the mistake, counted from 1.
    pub column: Option<u32>,
    /// The nine samples.
    pub samples: Vec<PatternSample>,
}

/// My organization, as Organizations tells it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct OrganizationView {
    /// Its id; none when the account is in no organization.
    pub id: Option<String>,
    /// A sentence about it.
    pub sentence: String,
    /// What AWS does today with permissions on a partner bus.
    pub partner_bus: String,
}
