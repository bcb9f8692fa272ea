//! The fault lab: a chain is broken on purpose, as the world would break it, and put back as it was.
//!
//! Most faults are what a customer or the partner could do by the API; some are what requests meet, some what messages meet on their
//! way. Nothing of this is there on AWS: it is reached through `/_waybill/faults` only.

mod catalog;
mod chain;
mod gate;
mod inject;
mod order;
mod transit;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use catalog::FAULTS;
use chain::Before;
pub(crate) use chain::Place;
pub(crate) use gate::Passing;
pub(crate) use order::Order;
pub(crate) use transit::OnTheWay;

use crate::state::{DatabaseError, Journal, Saved};

const FAULT_TABLE: &str = "fault";
const BEFORE_TABLE: &str = "fault_before";

/// The tables of the fault lab.
pub(crate) const TABLES: &[&str] = &[FAULT_TABLE, BEFORE_TABLE];

/// What is broken now, and how it was before.
#[derive(Debug, Default)]
pub(crate) struct Lab {
    /// By fault and partner event source.
    faults: BTreeMap<String, Broken>,
    /// By partner event source.
    before: BTreeMap<String, Before>,
}

/// One fault in force.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Broken {
    fault: String,
    place: Place,
    /// The message that the other consumer holds, by its receipt handle; or the key that was made, by its ARN.
    #[serde(default)]
    held: Option<String>,
}

impl Broken {
    fn key(&self) -> String {
        format!("{} {}", self.fault, self.place.source)
    }
}

impl Lab {
    /// What the last run left broken.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        Ok(Self { faults: saved.rows(FAULT_TABLE)?.into_iter().collect(), before: saved.rows(BEFORE_TABLE)?.into_iter().collect() })
    }

    fn keep(&mut self, broken: Broken, journal: &mut Journal) {
        journal.put(FAULT_TABLE, broken.key(), &broken);
        self.faults.insert(broken.key(), broken);
    }

    fn is_active(&self, fault: &str, place: impl Fn(&Place) -> bool) -> bool {
        self.faults.values().any(|broken| broken.fault == fault && place(&broken.place))
    }

    /// Every fault, and those that are in force.
    fn list(&self) -> Value {
        let faults = FAULTS.iter().map(|fault| {
            let places: Vec<&str> =
                self.faults.values().filter(|broken| broken.fault == fault.id).map(|broken| broken.place.source.as_str()).collect();
            json!({
                "id": fault.id,
                "sentence": fault.sentence,
                "check": fault.check,
                "needs_proof": fault.needs_proof,
                "sources": places,
            })
        });
        json!({ "faults": faults.collect::<Value>() })
    }
}
