//! A chain's source, bus and rules taken out of the world and put back: for the fault lab.

use serde::{Deserialize, Serialize};

use super::bus::{Bus, BusRow};
use super::buses::{Buses, row_key};
use super::rule::{Rule, RuleRow};
use super::source::Source;
use super::{BUS_TABLE, RULE_TABLE, SOURCE_TABLE};
use crate::state::Journal;

/// A partner event source with its bus and rules.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Shape {
    source: Option<Source>,
    bus: Option<BusRow>,
    rules: Vec<RuleRow>,
    /// Rules of the default bus, where a fault may have put one.
    strays: Vec<RuleRow>,
}

impl Buses {
    /// How source, bus and rules are now.
    pub(crate) fn shape(&mut self, region: &str, name: &str) -> Shape {
        let region = self.region(region);
        let rules = |bus: &Bus| bus.rules().values().map(|rule| rule.row.clone()).collect();
        let bus = region.buses.get(name);
        Shape {
            source: region.sources.get(name).cloned(),
            bus: bus.map(|bus| bus.row.clone()),
            rules: bus.map(rules).unwrap_or_default(),
            strays: region.buses.get(super::DEFAULT_BUS).map(rules).unwrap_or_default(),
        }
    }

    /// Makes source, bus and rules what they were.
    pub(crate) fn put_back(&mut self, (region, name): (&str, &str), shape: Shape, journal: &mut Journal) {
        self.clear_rules(region, super::DEFAULT_BUS, journal);
        self.put_rules(region, super::DEFAULT_BUS, shape.strays, journal);
        self.clear_rules(region, name, journal);
        if let Some(bus) = self.region(region).buses.remove(name) {
            journal.delete(BUS_TABLE, row_key(&bus.row.account, region, name));
        }
        if let Some(row) = shape.bus {
            journal.put(BUS_TABLE, row_key(&row.account, region, name), &row);
            self.region(region).buses.insert(name.to_owned(), Bus::new(row));
        }
        self.put_rules(region, name, shape.rules, journal);
        match shape.source {
            Some(source) => self.add_source(source, journal),
            None => {
                if let Some(source) = self.region(region).sources.remove(name) {
                    journal.delete(SOURCE_TABLE, row_key(&source.account, region, name));
                }
            }
        }
    }

    fn clear_rules(&mut self, region: &str, bus: &str, journal: &mut Journal) {
        let Some(bus) = self.region(region).buses.get_mut(bus) else { return };
        let names: Vec<String> = bus.rules().keys().map(ToString::to_string).collect();
        for name in names {
            journal.delete(RULE_TABLE, row_key(&bus.row.account, region, &format!("{}/{name}", bus.row.name)));
            bus.remove_rule(&name);
        }
    }

    fn put_rules(&mut self, region: &str, bus: &str, rows: Vec<RuleRow>, journal: &mut Journal) {
        let Some(bus) = self.region(region).buses.get_mut(bus) else { return };
        for row in rows {
            journal.put(RULE_TABLE, row_key(&row.account, region, &format!("{}/{}", row.bus, row.name)), &row);
            bus.put_rule(Rule::ready(row).expect("it was ready before"));
        }
    }
}
