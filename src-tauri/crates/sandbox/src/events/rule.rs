//! Rules.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waybill_pattern::{Pattern, PatternError};

use super::arn;
use super::input::{Input, InputError};
use super::tags::Tags;
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
    /// Kept and told; queues need no role.
    #[serde(default)]
    pub(crate) role_arn: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub(crate) tags: Tags,
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

    /// Whether it counts against the quota of rules with wildcards.
    pub(crate) fn has_wildcard(&self) -> bool {
        serde_json::from_str(&self.row.pattern).is_ok_and(|pattern| names_wildcard(&pattern))
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
        for (name, text) in [("Description", &row.description), ("RoleArn", &row.role_arn)] {
            if let Some(text) = text {
                shape[name] = json!(text);
            }
        }
        shape
    }
}

/// Whether `wildcard` stands as an operator somewhere; as a field's name it stands outside of arrays.
fn names_wildcard(pattern: &Value) -> bool {
    let operates = |condition: &Value| match condition {
        Value::Object(members) => members.contains_key("wildcard") || members.values().any(|member| member.get("wildcard").is_some()),
        _ => false,
    };
    match pattern {
        Value::Object(fields) => fields.iter().any(|(name, value)| match value {
            Value::Array(branches) if name == "$or" => branches.iter().any(names_wildcard),
            Value::Array(conditions) => conditions.iter().any(operates),
            nested => names_wildcard(nested),
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_is_told_from_a_field_of_its_name() {
        for (pattern, wildcard) in [
            (r#"{"a":[{"wildcard":"x*"}]}"#, true),
            (r#"{"a":{"b":["x",{"anything-but":{"wildcard":"x*"}}]}}"#, true),
            (r#"{"$or":[{"a":["x"]},{"b":[{"wildcard":"x*"}]}]}"#, true),
            (r#"{"wildcard":["x*"]}"#, false),
            (r#"{"a":{"wildcard":[{"prefix":"x*"}]}}"#, false),
            (r#"{"a":["wildcard"]}"#, false),
        ] {
            assert_eq!(names_wildcard(&serde_json::from_str(pattern).unwrap()), wildcard, "{pattern}");
        }
    }
}
