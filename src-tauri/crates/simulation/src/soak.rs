//! Many worlds, and what came of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use waybill_domain::Verdict;

use crate::{Fault, Outcome, impossible, simulate};

/// What came of many worlds.
#[derive(Debug, Default)]
pub struct Soak {
    /// How many worlds.
    pub seeds: u64,
    /// Those in which something was wrong, with the first thing that was.
    pub wrong: BTreeMap<u64, String>,
    /// Events with a verdict.
    pub events: u64,
    /// Events of which the truth cannot be told from outside, by the reason.
    pub undecided: BTreeMap<&'static str, u64>,
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
        outcome.undecided.into_iter().for_each(|(why, many)| *self.undecided.entry(why).or_default() += many);
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
        other.undecided.into_iter().for_each(|(why, many)| *self.undecided.entry(why).or_default() += many);
        self.wrong.extend(other.wrong);
        for (cell, many) in other.hits {
            *self.hits.entry(cell).or_default() += many;
        }
    }

    /// How many events had a verdict where nothing but this fault was at work.
    pub fn hits(&self, fault: Fault, verdict: Verdict) -> u64 {
        self.hits.get(&(fault, verdict)).copied().unwrap_or(0)
    }

    /// The cells that were hit although they cannot be, or fewer than `least` times although they can.
    pub fn odd_cells(&self, least: u64) -> Vec<String> {
        let cells = Fault::ALL.into_iter().flat_map(|fault| Verdict::ALL.into_iter().map(move |verdict| (fault, verdict)));
        cells
            .filter_map(|(fault, verdict)| match (impossible(fault, verdict), self.hits(fault, verdict)) {
                (Some(why), hits @ 1..) => Some(format!("{fault:?} × {verdict:?}: {hits} hits, but {why}")),
                (None, hits) if hits < least => Some(format!("{fault:?} × {verdict:?}: only {hits} hits")),
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
                    _ => write!(f, "{:>11}", self.hits(fault, verdict))?,
                }
            }
        }
        writeln!(f, "\n\n· cannot occur:")?;
        for verdict in Verdict::ALL {
            let whys: BTreeSet<&str> = Fault::ALL.into_iter().filter_map(|fault| impossible(fault, verdict)).collect();
            whys.into_iter().try_for_each(|why| writeln!(f, "  {:<12} {why}", verdict.as_str()))?;
        }
        write!(f, "{} seeds, {} events, {} seeds with something wrong", self.seeds, self.events, self.wrong.len())?;
        self.undecided.iter().try_for_each(|(why, many)| write!(f, "\n{many} events can be told from outside neither way: {why}"))
    }
}
