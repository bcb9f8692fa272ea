//! Tags of buses and rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bus::Bus;
use super::buses::Region;
use super::check::{ARN, Checks, TAG_KEY};
use super::rule::RuleRow;
use super::{BUS_TABLE, RULE_TABLE, buses, not_found};
use crate::error::ApiError;
use crate::state::Journal;

/// Tags of a resource at most (EventBridge user guide, tagging restrictions).
const TAGS: usize = 50;
/// Characters of a tag's value at most (service model).
const VALUE: usize = 256;

/// Tags by key.
pub(crate) type Tags = BTreeMap<String, String>;

/// One tag on the wire.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Tag {
    key: String,
    value: String,
}

/// The tags of a request, checked.
///
/// # Errors
/// `ValidationException` for a wrong key or value, a reserved key, or too many.
pub(crate) fn read(tags: Vec<Tag>) -> Result<Tags, ApiError> {
    let mut checks = Checks::default();
    for (index, tag) in tags.iter().enumerate() {
        let at = format!("tags.{}.member", index + 1);
        checks.required(&format!("{at}.key"), Some(&tag.key), &TAG_KEY).length(&format!("{at}.value"), &tag.value, 0, VALUE);
    }
    checks.finish()?;
    if tags.iter().any(|tag| tag.key.starts_with("aws:")) {
        return Err(ApiError::validation("Tag keys starting with 'aws:' are reserved for system use."));
    }
    within_limit(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
}

/// Those of `before` with `added` put over them.
pub(crate) fn merged(before: &Tags, added: Tags) -> Result<Tags, ApiError> {
    let mut tags = before.clone();
    tags.extend(added);
    within_limit(tags)
}

fn within_limit(tags: Tags) -> Result<Tags, ApiError> {
    if tags.len() > TAGS {
        return Err(ApiError::validation(format!("A resource takes at most {TAGS} tags.")));
    }
    Ok(tags)
}

/// As the API tells them.
pub(crate) fn shown(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect()
}

/// A bus, or a rule on one.
#[derive(Debug)]
pub(crate) enum Tagged {
    /// The bus of this name.
    Bus(String),
    /// (bus, rule).
    Rule(String, String),
}

impl Tagged {
    /// What an ARN names.
    ///
    /// # Errors
    /// `ResourceNotFoundException` where this region has no such thing; `ValidationException` for another
    /// kind of ARN.
    pub(crate) fn find(region: &mut Region, arn: Option<&str>) -> Result<Self, ApiError> {
        Checks::default().required("resourceARN", arn, &ARN).finish()?;
        let arn = arn.unwrap_or_default();
        if let Some((_, name)) = arn.split_once(":event-bus/") {
            return region.bus(arn).map(|bus| Self::Bus(bus.row.name.clone())).map_err(|_| no_bus(name));
        }
        let Some((_, path)) = arn.split_once(":rule/") else {
            return Err(ApiError::validation(format!("Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.")));
        };
        let (bus, rule) = path.rsplit_once('/').unwrap_or((super::DEFAULT_BUS, path));
        let found = region.buses.get(bus).and_then(|bus| bus.rules().get(rule)).is_some_and(|rule| rule.arn == arn);
        if found { Ok(Self::Rule(bus.to_owned(), rule.to_owned())) } else { Err(no_rule(bus, rule)) }
    }

    /// The tags that it has.
    pub(crate) fn tags<'a>(&self, region: &'a Region) -> &'a Tags {
        match self {
            Self::Bus(name) => &region.buses[name].row.tags,
            Self::Rule(bus, rule) => &region.buses[bus].rules()[rule.as_str()].row.tags,
        }
    }

    /// Gives it other tags, and writes them down.
    pub(crate) fn set(&self, region: &mut Region, tags: Tags, journal: &mut Journal) {
        let (Self::Bus(name) | Self::Rule(name, _)) = self;
        let Some(bus) = region.buses.get_mut(name) else { return };
        match self {
            Self::Bus(_) => {
                bus.row.tags = tags;
                keep_bus(bus, journal);
            }
            Self::Rule(_, rule) => {
                if let Some(row) = bus.tag_rule(rule, tags) {
                    keep_rule(row, journal);
                }
            }
        }
    }
}

fn keep_bus(bus: &Bus, journal: &mut Journal) {
    let row = &bus.row;
    journal.put(BUS_TABLE, buses::row_key(&row.account, &row.region, &row.name), row);
}

fn keep_rule(row: &RuleRow, journal: &mut Journal) {
    journal.put(RULE_TABLE, buses::row_key(&row.account, &row.region, &format!("{}/{}", row.bus, row.name)), row);
}

fn no_bus(name: &str) -> ApiError {
    not_found(format!("Event bus {name} does not exist."))
}

fn no_rule(bus: &str, rule: &str) -> ApiError {
    not_found(format!("Rule {rule} does not exist on EventBus {bus}."))
}
