//! Event buses.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use waybill_pattern::RuleSet;

use super::bus_log::Level;
use super::check::{ARN, Checks, KMS_KEY};
use super::rule::{Rule, RuleRow};
use super::tags::Tags;
use super::target::DeadLetterConfig;
use super::{DEFAULT_BUS, arn};
use crate::policy::Policy;

/// Characters of a description at most.
const DESCRIPTION: usize = 512;

/// What the customer chose for a bus, as the API takes and tells it.
///
/// They are kept and told; events are not encrypted here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Choices {
    /// What the bus is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// The customer's key; AWS's own where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kms_key_identifier: Option<String>,
    /// Where events go that the key refuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dead_letter_config: Option<DeadLetterConfig>,
    /// What is logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) log_config: Option<LogConfig>,
}

/// `LogConfig`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct LogConfig {
    /// `NONE` or `FULL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) include_detail: Option<String>,
    /// `OFF`, `ERROR`, `INFO` or `TRACE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<String>,
}

impl Choices {
    /// The constraints of the service model.
    pub(crate) fn check(&self, checks: &mut Checks) {
        if let Some(description) = &self.description {
            checks.length("description", description, 0, DESCRIPTION);
        }
        checks.optional("kmsKeyIdentifier", self.kms_key_identifier.as_deref(), &KMS_KEY);
        let dead_letter_arn = self.dead_letter_config.as_ref().and_then(|config| config.arn.as_deref());
        checks.optional("deadLetterConfig.arn", dead_letter_arn, &ARN);
        if let Some(log) = &self.log_config {
            checks.one_of("logConfig.includeDetail", log.include_detail.as_deref(), &["NONE", "FULL"]).one_of(
                "logConfig.level",
                log.level.as_deref(),
                &["INFO", "ERROR", "TRACE", "OFF"],
            );
        }
    }
}

/// A bus as it is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BusRow {
    /// The customer's account.
    pub(crate) account: String,
    /// Where it lies.
    pub(crate) region: String,
    /// A partner bus has the name of its source.
    pub(crate) name: String,
    /// What the customer chose for it.
    #[serde(default)]
    pub(crate) choices: Choices,
    /// Its tags.
    #[serde(default)]
    pub(crate) tags: Tags,
    /// The statements of its policy.
    pub(crate) policy: Vec<Map<String, Value>>,
    /// None for the default bus, which was always there.
    pub(crate) created_ms: Option<i64>,
    /// The last change of the bus itself.
    pub(crate) modified_ms: Option<i64>,
}

/// A bus with its rules.
#[derive(Debug, Clone)]
pub(crate) struct Bus {
    /// What is saved.
    pub(crate) row: BusRow,
    rules: BTreeMap<Arc<str>, Rule>,
    /// The patterns of the rules that deliver.
    matching: RuleSet<Arc<str>>,
}

impl Bus {
    /// A bus without rules.
    pub(crate) fn new(row: BusRow) -> Self {
        Self { row, rules: BTreeMap::new(), matching: RuleSet::new() }
    }

    /// The bus that every account has in every region.
    pub(crate) fn default_of(account: &str, region: &str) -> Self {
        Self::new(BusRow {
            account: account.to_owned(),
            region: region.to_owned(),
            name: DEFAULT_BUS.to_owned(),
            choices: Choices::default(),
            tags: Tags::new(),
            policy: Vec::new(),
            created_ms: None,
            modified_ms: None,
        })
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        arn::bus(&self.row.region, &self.row.account, &self.row.name)
    }

    /// How much of its events' way it logs; none for nothing.
    pub(crate) fn log_level(&self) -> Option<Level> {
        self.row.choices.log_config.as_ref().and_then(|config| config.level.as_deref()).and_then(Level::named)
    }

    /// Whether its records include the events' detail.
    pub(crate) fn logs_detail(&self) -> bool {
        self.row.choices.log_config.as_ref().is_some_and(|config| config.include_detail.as_deref() == Some("FULL"))
    }

    /// Its rules, in order of their names.
    pub(crate) fn rules(&self) -> &BTreeMap<Arc<str>, Rule> {
        &self.rules
    }

    /// Adds a rule or puts it in the place of the one with its name.
    pub(crate) fn put_rule(&mut self, rule: Rule) {
        let name: Arc<str> = Arc::from(rule.row.name.as_str());
        if rule.delivers() {
            self.matching.insert(Arc::clone(&name), rule.pattern.clone());
        } else {
            self.matching.remove(&name);
        }
        self.rules.insert(name, rule);
    }

    /// Takes a rule away.
    pub(crate) fn remove_rule(&mut self, name: &str) {
        if let Some((name, _)) = self.rules.remove_entry(name) {
            self.matching.remove(&name);
        }
    }

    /// Gives a rule other tags and returns its row; none where there is no such rule.
    pub(crate) fn tag_rule(&mut self, name: &str, tags: Tags) -> Option<&RuleRow> {
        let rule = self.rules.get_mut(name)?;
        rule.row.tags = tags;
        Some(&rule.row)
    }

    /// The rules that this event reaches; an event that patterns cannot read reaches none.
    pub(crate) fn matched(&self, envelope: &str) -> Vec<&Rule> {
        match self.matching.matching_str(envelope) {
            Ok(names) => names.iter().filter_map(|name| self.rules.get(name)).collect(),
            Err(error) => {
                tracing::debug!(bus = self.row.name, %error, "an event cannot be matched");
                Vec::new()
            }
        }
    }

    /// The policy as JSON text; none without statements.
    pub(crate) fn policy(&self) -> Option<String> {
        (!self.row.policy.is_empty()).then(|| json!({"Version": "2012-10-17", "Statement": self.row.policy}).to_string())
    }

    /// The policy, ready to be judged by; none without statements.
    pub(crate) fn rules_of_access(&self) -> Option<Policy> {
        self.policy().and_then(|text| Policy::read(&text))
    }

    /// `DescribeEventBus`.
    pub(crate) fn describe(&self) -> Value {
        let mut shape = self.describe_briefly();
        let choices = json!(self.row.choices);
        shape
            .as_object_mut()
            .expect("it is an object")
            .extend(choices.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
        shape
    }

    /// The `EventBus` shape of lists.
    pub(crate) fn describe_briefly(&self) -> Value {
        let mut shape = json!({"Name": self.row.name, "Arn": self.arn()});
        let mut tell = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                shape[name] = value;
            }
        };
        tell("Description", self.row.choices.description.as_deref().map(Value::from));
        tell("Policy", self.policy().map(Value::from));
        tell("CreationTime", self.row.created_ms.map(super::seconds));
        tell("LastModifiedTime", self.row.modified_ms.map(super::seconds));
        shape
    }
}
