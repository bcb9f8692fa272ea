//! All queues, and what happens between them.

mod shape;

use std::collections::BTreeMap;
use std::ops::Bound;

use super::address::{self, Address};
use super::attributes::{AttributeMap, Settings};
use super::deleted::Deleted;
use super::error::SqsError;
use super::moment::Moment;
use super::queue::Queue;
use super::receiving::Ask;
use super::rows;
use crate::state::{DatabaseError, Saved};

/// All queues of all regions and accounts.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    by_address: BTreeMap<Address, Queue>,
    deleted: Deleted,
}

impl Queues {
    /// The queues of the last run.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        rows::restore(saved)
    }

    pub(super) fn of(queues: impl Iterator<Item = Queue>, deleted: Deleted) -> Self {
        Self { by_address: queues.map(|queue| (queue.address.clone(), queue)).collect(), deleted }
    }

    /// How long the name of a deleted queue stays taken, in milliseconds.
    pub(crate) fn keep_names_for(&mut self, taken_ms: i64) {
        self.deleted.taken_ms = taken_ms;
    }

    /// Queues and messages, for inspection.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.by_address.len(), self.by_address.values().map(Queue::len).sum())
    }

    /// Every queue with the number of its messages, for inspection.
    pub(crate) fn inspect(&self) -> Vec<AttributeMap> {
        self.by_address.values().map(Queue::shown).collect()
    }

    /// Every queue.
    pub(super) fn all(&self) -> impl Iterator<Item = &Queue> {
        self.by_address.values()
    }

    /// A queue to look at.
    ///
    /// # Errors
    /// When it does not exist.
    pub(crate) fn get(&self, address: &Address) -> Result<&Queue, SqsError> {
        self.by_address.get(address).ok_or(SqsError::NoSuchQueue)
    }

    /// A queue to change.
    ///
    /// # Errors
    /// When it does not exist.
    pub(crate) fn get_mut(&mut self, address: &Address) -> Result<&mut Queue, SqsError> {
        self.by_address.get_mut(address).ok_or(SqsError::NoSuchQueue)
    }

    /// Creates a queue; one that is there with the same values is left as it is.
    ///
    /// # Errors
    /// A wrong name or attribute, a queue of this name with other values, or one that was deleted a moment ago.
    pub(crate) fn create(
        &mut self,
        address: Address,
        (attributes, tags): (&AttributeMap, BTreeMap<String, String>),
        moment: &mut Moment<'_>,
    ) -> Result<(), SqsError> {
        let fifo = attributes.get("FifoQueue").is_some_and(|value| value == "true");
        address::check_name(&address.name, fifo)?;
        if let Some(existing) = self.by_address.get(&address) {
            return same_values(existing, attributes);
        }
        if self.deleted.holds(&address, moment.now_ms, moment.journal) {
            return Err(SqsError::DeletedRecently);
        }
        let settings = Settings::new(fifo).with(attributes, &address)?;
        self.check_redrive(&settings, &address)?;
        let queue = Queue::create(address.clone(), settings, tags, moment);
        self.by_address.insert(address, queue);
        Ok(())
    }

    /// Deletes a queue with its messages; its name stays taken for a minute.
    ///
    /// # Errors
    /// When it does not exist.
    pub(crate) fn delete(&mut self, address: &Address, moment: &mut Moment<'_>) -> Result<(), SqsError> {
        let mut queue = self.by_address.remove(address).ok_or(SqsError::NoSuchQueue)?;
        queue.vanish(moment.journal);
        self.deleted.note(queue.address, moment.now_ms, moment.journal);
        Ok(())
    }

    /// Sets attributes; nothing is changed where one is refused.
    ///
    /// # Errors
    /// When the queue does not exist, or does not take one of them.
    pub(crate) fn set_attributes(&mut self, address: &Address, changes: &AttributeMap, moment: &mut Moment<'_>) -> Result<(), SqsError> {
        let settings = self.get(address)?.settings().with(changes, address)?;
        if changes.contains_key("RedrivePolicy") {
            self.check_redrive(&settings, address)?;
        }
        self.get_mut(address)?.set(settings, moment);
        Ok(())
    }

    fn check_redrive(&self, settings: &Settings, source: &Address) -> Result<(), SqsError> {
        let Some(redrive) = &settings.redrive else { return Ok(()) };
        let target = self.by_address.get(&redrive.target).ok_or_else(|| redrive.target_missing())?;
        let permitted = target.settings().redrive_allow.as_ref().is_none_or(|allow| allow.permits(source));
        if permitted { Ok(()) } else { Err(redrive.not_permitted()) }
    }

    /// Up to `max` queues of an account in a region whose name begins with `prefix`, after `after`, by name.
    pub(crate) fn page(&self, first: &Address, after: Option<&str>, max: usize) -> Vec<&Address> {
        let Address { region, account, name: prefix } = first;
        let start = match after {
            Some(name) => Bound::Excluded(Address::new(region, account, name)),
            None => Bound::Included(first.clone()),
        };
        let same = |address: &&Address| address.region == *region && address.account == *account && address.name.starts_with(prefix);
        self.by_address.range((start, Bound::Unbounded)).map(|(address, _)| address).take_while(same).take(max).collect()
    }

    /// The queues whose redrive policy names this one, by name.
    pub(crate) fn dead_letter_sources(&self, target: &Address) -> Vec<&Address> {
        let names_target = |queue: &&Queue| queue.settings().redrive.as_ref().is_some_and(|redrive| redrive.target == *target);
        self.by_address.values().filter(names_target).map(|queue| &queue.address).collect()
    }

    /// Takes what can be received now; messages received too often go to the dead-letter queue instead,
    /// where it exists.
    ///
    /// # Errors
    /// When the queue does not exist, or too many messages are in flight.
    pub(crate) fn receive(&mut self, address: &Address, ask: Ask<'_>, moment: &mut Moment<'_>) -> Result<Vec<u64>, SqsError> {
        let redrive = self.get(address)?.settings().redrive.as_ref();
        let dead_letters = redrive
            .filter(|redrive| self.by_address.contains_key(&redrive.target))
            .map(|redrive| (redrive.target.clone(), redrive.max_receives));
        let max_receives = dead_letters.as_ref().map(|&(_, max_receives)| max_receives);
        let taken = self.get_mut(address)?.receive(ask, max_receives, moment)?;
        if let Some((target, _)) = dead_letters {
            let target = self.get_mut(&target)?;
            for dead in taken.dead {
                target.take_dead_letter(dead, &address.to_string(), moment);
            }
        }
        Ok(taken.received)
    }
}

/// Whether `CreateQueue` of an existing queue asks for what is there.
fn same_values(existing: &Queue, attributes: &AttributeMap) -> Result<(), SqsError> {
    let asked = existing.settings().with(attributes, &existing.address)?.shown();
    let shown = existing.settings().shown();
    match attributes.keys().find(|&name| !same_value(asked.get(name), shown.get(name))) {
        Some(name) => Err(SqsError::NameTaken(name.clone())),
        None => Ok(()),
    }
}

/// Whether two values say the same; policies may be spelled differently.
fn same_value(asked: Option<&String>, shown: Option<&String>) -> bool {
    let json = |text: Option<&String>| text.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    asked == shown || matches!((json(asked), json(shown)), (Some(asked), Some(shown)) if asked == shown)
}
