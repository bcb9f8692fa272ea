//! What a set-up will do: every AWS call in the order of iLert's page, with what was found. Pure.

mod bus;
mod retire;
mod rule;
mod source;
mod step;
mod target;

pub use step::{Page, Replacement, Step, StepId, StepStatus};
pub(crate) use target::TARGET_ID;

use crate::observed::Observed;
use crate::record::ChainRecord;
use crate::spec::ChainSpec;

/// The calls of a set-up in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Reads show what they found; writes are planned, or found to be unnecessary.
    pub steps: Vec<Step>,
}

impl Plan {
    /// One step, where the plan has it.
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// How many writes are still to be made.
    pub fn planned_writes(&self) -> usize {
        self.steps.iter().filter(|step| step.writes() && step.status == StepStatus::Planned).count()
    }

    /// The first step that cannot be done as wanted.
    pub fn blocked(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.status == StepStatus::Blocked)
    }
}

/// What there is to compare.
#[derive(Clone, Copy)]
struct Look<'a> {
    spec: &'a ChainSpec,
    observed: &'a Observed,
    record: Option<&'a ChainRecord>,
}

impl Look<'_> {
    /// Whether Waybill made the part; without a record, nothing is known to be Waybill's.
    fn made(&self, part: &crate::record::Part) -> bool {
        self.record.is_some_and(|record| record.made(part))
    }
}

/// Compares what is wanted with what was read; `record` tells Waybill's own parts from foreign ones, which are left as they are.
pub fn plan(spec: &ChainSpec, observed: &Observed, record: Option<&ChainRecord>) -> Plan {
    let look = Look { spec, observed, record };
    let wanted = [source::steps(look), bus::steps(look), rule::steps(look), target::steps(look)].concat();
    let retired = retire::steps(look, &wanted);
    Plan { steps: [wanted, retired].concat() }
}

#[cfg(test)]
mod tests;
