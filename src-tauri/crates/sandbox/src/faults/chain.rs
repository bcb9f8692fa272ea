//! The chain that is broken, and how it was before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::events::Shape;
use crate::state::{Journal, World};

/// The names of a chain's parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Where it lies.
    pub(crate) region: String,
    /// The partner event source, and its bus.
    pub(crate) source: String,
    /// The rule.
    pub(crate) rule: String,
    /// The target queue.
    pub(crate) queue: String,
    /// The target's dead-letter queue.
    #[serde(default)]
    pub(crate) dead_letter: Option<String>,
}

/// How a chain was before its first fault.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Before {
    place: Place,
    shape: Shape,
    /// The attributes of its queues by name; none for a queue that was not there.
    queues: BTreeMap<String, Option<BTreeMap<String, String>>>,
}

impl Place {
    pub(super) fn queue_arn(&self, account: &str) -> String {
        format!("arn:aws:sqs:{}:{account}:{}", self.region, self.queue)
    }

    pub(super) fn rule_arn(&self, account: &str) -> String {
        format!("arn:aws:events:{}:{account}:rule/{}/{}", self.region, self.source, self.rule)
    }

    /// How it is now.
    pub(super) fn look(&self, world: &mut World) -> Before {
        let account = world.settings.account_id.clone();
        let names = std::iter::once(&self.queue).chain(&self.dead_letter);
        let queues = names.map(|name| (name.clone(), world.sqs.shape((&self.region, &account, name)))).collect();
        Before { place: self.clone(), shape: world.events.shape(&self.region, &self.source), queues }
    }
}

impl Before {
    pub(super) fn put_back(self, world: &mut World, now_ms: i64, journal: &mut Journal) {
        let account = world.settings.account_id.clone();
        world.events.put_back((&self.place.region, &self.place.source), self.shape, journal);
        for (name, attributes) in self.queues {
            world.sqs.put_back((&self.place.region, &account, &name), attributes, (now_ms, journal));
        }
    }
}
