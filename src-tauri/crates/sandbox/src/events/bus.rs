//! Event buses.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use waybill_pattern::RuleSet;

use super::rule::Rule;
use super::{DEFAULT_BUS, arn};

/// A bus as it is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BusRow {
    /// The customer's account.
    pub(crate) account: String,
    /// Where it lies.
    pub(crate) region: String,
    /// A partner bus has the name of its source.
    pub(crate) name: String,
    /// What the customer says about it.
    pub(crate) description: Option<String>,
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
            description: None,
            policy: Vec::new(),
            created_ms: None,
            modified_ms: None,
        })
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        arn::bus(&self.row.region, &self.row.account, &self.row.name)
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

    /// The rules that this event reaches.
    pub(crate) fn matched(&self, event: &Value) -> impl Iterator<Item = &Rule> {
        self.matching.matching(event).into_iter().filter_map(|name| self.rules.get(&name))
    }

    /// The policy as JSON text; none without statements.
    pub(crate) fn policy(&self) -> Option<String> {
        (!self.row.policy.is_empty()).then(|| json!({"Version": "2012-10-17", "Statement": self.row.policy}).to_string())
    }

    /// The `EventBus` shape.
    pub(crate) fn describe(&self) -> Value {
        let mut shape = json!({"Name": self.row.name, "Arn": self.arn()});
        let mut tell = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                shape[name] = value;
            }
        };
        tell("Description", self.row.description.as_deref().map(Value::from));
        tell("Policy", self.policy().map(Value::from));
        tell("CreationTime", self.row.created_ms.map(super::seconds));
        tell("LastModifiedTime", self.row.modified_ms.map(super::seconds));
        shape
    }
}
