//! The events of a run before they are sent. A hundred thousand of them need no more memory than nine: they are made when they are asked
//! for.

use std::fmt;
use std::sync::Arc;

use crate::PlannedEvent;

/// Makes the events of a run one by one; the same place always gives the same event.
pub trait Planned: Send + Sync {
    /// How many there are.
    fn count(&self) -> u32;

    /// The event at a place, from 0.
    fn event(&self, entry: u32) -> PlannedEvent;
}

impl Planned for Vec<PlannedEvent> {
    fn count(&self) -> u32 {
        u32::try_from(self.len()).expect("a run has fewer than 2^32 events")
    }

    fn event(&self, entry: u32) -> PlannedEvent {
        self[entry as usize].clone()
    }
}

/// The events of a run in the order of publishing; cheap to clone.
#[derive(Clone)]
pub struct Plan(Arc<dyn Planned>);

impl Plan {
    /// A plan that makes its events when they are asked for.
    pub fn new(events: impl Planned + 'static) -> Self {
        Self(Arc::new(events))
    }

    /// How many events there are.
    pub fn len(&self) -> u32 {
        self.0.count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event at a place.
    pub fn get(&self, entry: u32) -> PlannedEvent {
        self.0.event(entry)
    }

    /// Every event, in the order of publishing.
    pub fn iter(&self) -> impl Iterator<Item = PlannedEvent> + '_ {
        (0..self.len()).map(|entry| self.get(entry))
    }
}

impl From<Vec<PlannedEvent>> for Plan {
    fn from(events: Vec<PlannedEvent>) -> Self {
        Self::new(events)
    }
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plan({} events)", self.len())
    }
}
