//! Rules.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waybill_pattern::{Pattern, PatternError};

use super::arn;
use super::input::{Input, InputError};
use super::target::Target;

/// Targets per rule (EventBridge quota, not adjustable).
pub(crate) const TARGETS_PER_RULE: usize = 5;

/// `RuleState`; both enabled states deliver the same here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RuleState {
    /// Delivers.
    #[default]
    Enabled,
    /// Does not.
    Disabled,
    /// Delivers.
    EnabledWithAllCloudtrailManagementEvents,
}

impl RuleState {
    /// The API's words.
    pub(crate) const WORDS: [&str; 3] = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];

    /// The state of this word.
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "ENABLED" => Some(Self::Enabled),
            "DISABLED" => Some(Self::Disabled),
            "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" => Some(Self::EnabledWithAllCloudtrailManagementEvents),
            _ => None,
        }
    }
}

/// A rule as it is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RuleRow {
    /// The customer's account.
    pub(crate) account: String,
    /// Where it lies.
    pub(crate) region: String,
    /// Its event bus.
    pub(crate) bus: String,
    /// Unique on its bus.
    pub(crate) name: String,
    /// The event pattern as written.
    pub(crate) pattern: String,
    /// Enabled or disabled.
    pub(crate) state: RuleState,
    /// What the customer says about it.
    pub(crate) description: Option<String>,
    /// Its targets, in order of their ids.
    pub(crate) targets: Vec<Target>,
}

/// A rule, ready to match and deliver.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// What is saved.
    pub(crate) row: RuleRow,
    /// Its ARN.
    pub(crate) arn: String,
    /// The compiled pattern.
    pub(crate) pattern: Pattern,
    /// What each target receives, in the order of the row's targets.
    pub(crate) inputs: Vec<Input>,
}

/// Why a rule cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RuleError {
    /// Its pattern.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// A target's input.
    #[error(transparent)]
    Input(#[from] InputError),
}

impl Rule {
    /// Compiles pattern and inputs.
    pub(crate) fn ready(row: RuleRow) -> Result<Self, RuleError> {
        let pattern = Pattern::parse(&row.pattern)?;
        let inputs = row.targets.iter().map(Input::of).collect::<Result<_, _>>()?;
        let arn = arn::rule(&row.region, &row.account, &row.bus, &row.name);
        Ok(Self { row, arn, pattern, inputs })
    }

    /// Whether events reach its targets.
    pub(crate) fn delivers(&self) -> bool {
        self.row.state != RuleState::Disabled
    }

    /// Adds a target, or replaces the one with its id.
    pub(crate) fn put_target(&mut self, target: Target, input: Input) {
        match self.find_target(&target.id) {
            Ok(at) => {
                self.row.targets[at] = target;
                self.inputs[at] = input;
            }
            Err(at) => {
                self.row.targets.insert(at, target);
                self.inputs.insert(at, input);
            }
        }
    }

    /// Whether there was such a target.
    pub(crate) fn remove_target(&mut self, id: &str) -> bool {
        let Ok(at) = self.find_target(id) else { return false };
        self.row.targets.remove(at);
        self.inputs.remove(at);
        true
    }

    /// Where the target is, or would be.
    pub(crate) fn find_target(&self, id: &str) -> Result<usize, usize> {
        self.row.targets.binary_search_by(|target| target.id.as_str().cmp(id))
    }

    /// The `Rule` shape.
    pub(crate) fn describe(&self) -> Value {
        let row = &self.row;
        let mut shape = json!({
            "Name": row.name,
            "Arn": self.arn,
            "EventPattern": row.pattern,
            "State": row.state,
            "EventBusName": row.bus,
        });
        if let Some(description) = &row.description {
            shape["Description"] = json!(description);
        }
        shape
    }
}
