//! A queue's settings taken out of the world and put back: for the fault lab.

use std::collections::BTreeMap;

use super::Queues;
use crate::sqs::address::Address;
use crate::sqs::attributes::{AttributeMap, Settings};
use crate::sqs::moment::{Moment, random_id};
use crate::sqs::queue::Queue;
use crate::state::Journal;

/// Region, account and name.
type Name<'a> = (&'a str, &'a str, &'a str);

impl Queues {
    /// The settings of a queue; none where it is not there.
    pub(crate) fn shape(&self, (region, account, name): Name<'_>) -> Option<AttributeMap> {
        self.by_address.get(&Address::new(region, account, name)).map(|queue| queue.settings().shown())
    }

    /// Makes a queue's settings what they were, or takes the queue away; its name is free at once.
    pub(crate) fn put_back(
        &mut self,
        (region, account, name): Name<'_>,
        shape: Option<AttributeMap>,
        (now_ms, journal): (i64, &mut Journal),
    ) {
        let address = Address::new(region, account, name);
        let Some(attributes) = shape else {
            if let Some(mut queue) = self.by_address.remove(&address) {
                queue.vanish(journal);
            }
            return;
        };
        let settings = Settings::new(address.is_fifo()).with(&attributes, &address).expect("they were in force before");
        let mut moment = Moment { now_ms, ids: &mut random_id, journal };
        match self.by_address.get_mut(&address) {
            Some(queue) => queue.set(settings, &mut moment),
            None => {
                let queue = Queue::create(address.clone(), settings, BTreeMap::new(), &mut moment);
                self.by_address.insert(address, queue);
            }
        }
    }
}
