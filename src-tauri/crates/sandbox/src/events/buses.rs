//! Everything of the service: per region, buses and partner event sources.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bus::{Bus, BusRow};
use super::rule::{Rule, RuleRow};
use super::source::{Source, SourceState};
use super::{BUS_TABLE, DEFAULT_BUS, RULE_TABLE, SOURCE_TABLE};
use crate::error::ApiError;
use crate::state::{DatabaseError, Journal, Saved};

/// What the customer has in one region.
#[derive(Debug)]
pub(crate) struct Region {
    /// By name; the default bus is always there.
    pub(crate) buses: BTreeMap<String, Bus>,
    /// By name.
    pub(crate) sources: BTreeMap<String, Source>,
}

/// All event buses, rules and partner event sources of the customer, in all regions.
#[derive(Debug)]
pub(crate) struct Buses {
    account: String,
    regions: BTreeMap<String, Region>,
    /// No PENDING source expires before.
    next_expiry_ms: i64,
}

/// How much there is, for inspection.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Partner event sources, DELETED ones included.
    pub(crate) sources: usize,
    /// Event buses, the default ones of the regions used included.
    pub(crate) buses: usize,
    /// Rules.
    pub(crate) rules: usize,
    /// Targets.
    pub(crate) targets: usize,
}

impl Buses {
    /// The buses of this account from the last run.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(account: &str, saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        let mut buses = Self { account: account.to_owned(), regions: BTreeMap::new(), next_expiry_ms: i64::MAX };
        for (_, row) in saved.rows::<Source>(SOURCE_TABLE)? {
            if row.account == account {
                buses.region(&row.region.clone()).sources.insert(row.name.clone(), row);
            }
        }
        for (_, row) in saved.rows::<BusRow>(BUS_TABLE)? {
            if row.account == account {
                buses.region(&row.region.clone()).buses.insert(row.name.clone(), Bus::new(row));
            }
        }
        for (key, row) in saved.rows::<RuleRow>(RULE_TABLE)? {
            if row.account == account {
                buses.restore_rule(key, row)?;
            }
        }
        buses.plan_expiry();
        Ok(buses)
    }

    fn restore_rule(&mut self, key: String, row: RuleRow) -> Result<(), DatabaseError> {
        let broken = |reason: String| DatabaseError::Broken { table: RULE_TABLE, key, reason };
        let Some(bus) = self.region(&row.region).buses.get_mut(&row.bus) else {
            return Err(broken(format!("its event bus {} is not there", row.bus)));
        };
        bus.put_rule(Rule::ready(row).map_err(|error| broken(error.to_string()))?);
        Ok(())
    }

    /// The region; seen for the first time, it has its default bus.
    pub(crate) fn region(&mut self, name: &str) -> &mut Region {
        if !self.regions.contains_key(name) {
            let default = Bus::default_of(&self.account, name);
            let buses = BTreeMap::from([(DEFAULT_BUS.to_owned(), default)]);
            self.regions.insert(name.to_owned(), Region { buses, sources: BTreeMap::new() });
        }
        self.regions.get_mut(name).expect("it was inserted above")
    }

    /// Changes a source, or removes it by returning false, and writes it down.
    pub(crate) fn change_source(&mut self, (region, name): (&str, &str), journal: &mut Journal, change: impl FnOnce(&mut Source) -> bool) {
        let sources = &mut self.region(region).sources;
        if let Some(source) = sources.get_mut(name) {
            let key = row_key(&source.account, region, name);
            if change(source) {
                journal.put(SOURCE_TABLE, key, source);
            } else {
                sources.remove(name);
                journal.delete(SOURCE_TABLE, key);
            }
        }
        self.plan_expiry();
    }

    /// Adds a source, or revives a DELETED one of its name.
    pub(crate) fn add_source(&mut self, source: Source, journal: &mut Journal) {
        let key = row_key(&source.account, &source.region, &source.name);
        journal.put(SOURCE_TABLE, key, &source);
        self.region(&source.region.clone()).sources.insert(source.name.clone(), source);
        self.plan_expiry();
    }

    /// Deletes the sources that were PENDING for too long; those with a bus become DELETED.
    pub(crate) fn expire(&mut self, now_ms: i64, journal: &mut Journal) {
        if now_ms < self.next_expiry_ms {
            return;
        }
        let due = |source: &&Source| source.expires_ms.is_some_and(|at| at <= now_ms);
        let expired: Vec<(String, String)> = self
            .regions
            .values()
            .flat_map(|region| region.sources.values().filter(due))
            .map(|source| (source.region.clone(), source.name.clone()))
            .collect();
        for (region, name) in expired {
            self.delete_source((&region, &name), journal);
        }
    }

    /// The source goes; while its bus remains, it is told as DELETED.
    pub(crate) fn delete_source(&mut self, (region, name): (&str, &str), journal: &mut Journal) {
        let bus_remains = self.region(region).buses.contains_key(name);
        self.change_source((region, name), journal, |source| {
            source.state = SourceState::Deleted;
            source.expires_ms = None;
            bus_remains
        });
    }

    /// Sources, buses, rules and targets of every region, for inspection.
    pub(crate) fn inspect(&self) -> Value {
        let rule = |rule: &Rule| {
            let mut shape = rule.describe();
            shape["Targets"] = json!(rule.row.targets);
            shape
        };
        let bus = |bus: &Bus| {
            let mut shape = bus.describe();
            shape["Rules"] = bus.rules().values().map(rule).collect();
            shape
        };
        let region = |(name, region): (&String, &Region)| {
            let sources: Value = region.sources.values().map(Source::describe).collect();
            let buses: Value = region.buses.values().map(bus).collect();
            json!({"region": name, "sources": sources, "buses": buses})
        };
        json!({"regions": self.regions.iter().map(region).collect::<Value>()})
    }

    /// How much there is.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for region in self.regions.values() {
            counts.sources += region.sources.len();
            counts.buses += region.buses.len();
            for bus in region.buses.values() {
                counts.rules += bus.rules().len();
                counts.targets += bus.rules().values().map(|rule| rule.row.targets.len()).sum::<usize>();
            }
        }
        counts
    }

    fn plan_expiry(&mut self) {
        let sources = self.regions.values().flat_map(|region| region.sources.values());
        self.next_expiry_ms = sources.filter_map(|source| source.expires_ms).min().unwrap_or(i64::MAX);
    }
}

impl Region {
    /// The bus of this name or ARN.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn bus(&mut self, name_or_arn: &str) -> Result<&mut Bus, ApiError> {
        let name = super::check::without_arn(name_or_arn);
        let bus = self.buses.get_mut(name).filter(|bus| name == name_or_arn || bus.arn() == name_or_arn);
        bus.ok_or_else(|| super::not_found(format!("Event bus {name} does not exist.")))
    }

    /// The source of this name, as far as it was not deleted.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn live_source(&self, name: &str) -> Result<&Source, ApiError> {
        self.sources
            .get(name)
            .filter(|source| source.state != SourceState::Deleted)
            .ok_or_else(|| super::not_found(format!("Event source {name} does not exist.")))
    }
}

/// Unique: neither accounts nor regions have a slash.
pub(crate) fn row_key(account: &str, region: &str, name: &str) -> String {
    format!("{account}/{region}/{name}")
}
