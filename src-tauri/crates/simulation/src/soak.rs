//! Many worlds, and what came of them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use waybill_domain::Verdict;

use crate::{Fault, Outcome, impossible, rare, simulate};

/// What came of many worlds.
#[derive(Debug, Default)]
pub struct Soak {
    /// How many worlds.
    pub seeds: u64,
    /// Those in which something was wrong, with the first thing that was.
    pub wrong: BTreeMap<u64, String>,
    /// Events with a verdict.
    pub events: u64,
    /// Events of which it could not be told from outside whether reading was disturbed.
    pub undecided: u64,
    hits: BTreeMap<(Fault, Verdict), u64>,
}

/// Goes through the worlds of some seeds, one after the other.
pub fn soak(seeds: Range<u64>) -> Soak {
    let mut soak = Soak::default();
    seeds.for_each(|seed| soak.add(seed, simulate(seed)));
    soak
}

impl Soak {
    fn add(&mut self, seed: u64, outcome: Outcome) {
        self.seeds += 1;
        self.events += outcome.verdicts.len() as u64;
        self.undecided += outcome.undecided;
        if let Some(first) = outcome.wrongs.into_iter().next() {
            self.wrong.insert(seed, first);
        }
        if outcome.is_pure {
            for verdict in outcome.verdicts {
                *self.hits.entry((outcome.fault, verdict)).or_default() += 1;
            }
            *self.hits.entry((outcome.fault, Verdict::Waiting)).or_default() += outcome.waited;
        }
    }

    /// Adds what came of other worlds.
    pub fn merge(&mut self, other: Self) {
        self.seeds += other.seeds;
        self.events += other.events;
        self.undecided += other.undecided;
        self.wrong.extend(other.wrong);
        for (cell, many) in other.hits {
            *self.hits.entry(cell).or_default() += many;
        }
    }

    /// How many events had a verdict where nothing but this fault was at work.
    pub fn hits(&self, fault: Fault, verdict: Verdict) -> u64 {
        self.hits.get(&(fault, verdict)).copied().unwrap_or(0)
    }

    /// The cells that were hit although they cannot be, or fewer than `least` times although they can and are not rare.
    pub fn odd_cells(&self, least: u64) -> Vec<String> {
        let cells = Fault::ALL.into_iter().flat_map(|fault| Verdict::ALL.into_iter().map(move |verdict| (fault, verdict)));
        cells
            .filter_map(|(fault, verdict)| match (impossible(fault, verdict), self.hits(fault, verdict)) {
                (Some(why), hits @ 1..) => Some(format!("{fault:?} × {verdict:?}: {hits} hits, but {why}")),
                (None, hits) if hits < least && rare(fault, verdict).is_none() => {
                    Some(format!("{fault:?} × {verdict:?}: only {hits} hits"))
                }
                _ => None,
            })
            .collect()
    }
}

impl fmt::Display for Soak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<42}", "nothing wrong but:")?;
        Verdict::ALL.into_iter().try_for_each(|verdict| write!(f, "{:>11}", verdict.as_str()))?;
        for fault in Fault::ALL {
            write!(f, "\n{:<42}", fault.words())?;
            for verdict in Verdict::ALL {
                match impossible(fault, verdict) {
                    Some(_) if self.hits(fault, verdict) == 0 => write!(f, "{:>11}", "·")?,
                    _ if rare(fault, verdict).is_some() => write!(f, "{:>11}", format!("~{}", self.hits(fault, verdict)))?,
                    _ => write!(f, "{:>11}", self.hits(fault, verdict))?,
                }
            }
        }
        writeln!(f, "\n\n· cannot occur:")?;
        for verdict in Verdict::ALL {
            let why = Fault::ALL.into_iter().find_map(|fault| impossible(fault, verdict));
            why.map_or(Ok(()), |why| writeln!(f, "  {:<12} {why}", verdict.as_str()))?;
        }
        writeln!(f, "~ rare:")?;
        for (fault, verdict) in Fault::ALL.into_iter().flat_map(|fault| Verdict::ALL.map(|verdict| (fault, verdict))) {
            let why = rare(fault, verdict);
            why.map_or(Ok(()), |why| writeln!(f, "  {:<12} {}: {why}", verdict.as_str(), fault.words()))?;
        }
        write!(f, "{} seeds, {} events, {} seeds with something wrong", self.seeds, self.events, self.wrong.len())?;
        write!(f, "; {} events could be told from outside neither way", self.undecided)
    }
}
