//! Which messages can be received now, and in what order.

use std::collections::{BTreeSet, HashMap};

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It can be received, as far as the message itself is concerned.
    Ready,
    /// Its delay is not over.
    Delayed,
    /// A receiver has it.
    InFlight,
}

/// The order of receiving: by arrival, on a FIFO queue within open groups only.
#[derive(Debug)]
pub(crate) enum Shelf {
    /// Any ready message, oldest first.
    Standard(BTreeSet<u64>),
    /// Groups one by one.
    Fifo(Groups),
}

impl Shelf {
    /// An empty shelf.
    pub(crate) fn new(fifo: bool) -> Self {
        if fifo { Self::Fifo(Groups::default()) } else { Self::Standard(BTreeSet::new()) }
    }

    /// Moves a message between places; `None` is outside the queue.
    pub(crate) fn shift(&mut self, sequence: u64, group: Option<&str>, (from, to): (Option<Place>, Option<Place>)) {
        match self {
            Self::Standard(ready) => {
                if from == Some(Place::Ready) {
                    ready.remove(&sequence);
                }
                if to == Some(Place::Ready) {
                    ready.insert(sequence);
                }
            }
            Self::Fifo(groups) => groups.shift(sequence, group.unwrap_or_default(), (from, to)),
        }
    }

    /// Up to `max` messages that can be received together now.
    pub(crate) fn pick(&self, max: usize) -> Vec<u64> {
        match self {
            Self::Standard(ready) => ready.iter().take(max).copied().collect(),
            Self::Fifo(groups) => groups.pick(max),
        }
    }

    /// Whether [`Shelf::pick`] would find one.
    pub(crate) fn has_some(&self) -> bool {
        match self {
            Self::Standard(ready) => !ready.is_empty(),
            Self::Fifo(groups) => !groups.open.is_empty(),
        }
    }
}

/// The message groups of a FIFO queue.
///
/// A group is open while none of its messages is in flight and its oldest one is ready; only open
/// groups are received from.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    by_name: HashMap<String, Group>,
    /// Open groups by their oldest message.
    open: BTreeSet<(u64, String)>,
}

#[derive(Debug, Default)]
struct Group {
    ready: BTreeSet<u64>,
    delayed: BTreeSet<u64>,
    in_flight: usize,
    /// Under which number it is listed as open.
    listed: Option<u64>,
}

impl Group {
    /// Its oldest message, if the group is open.
    fn head(&self) -> Option<u64> {
        let oldest = *self.ready.first()?;
        let overtakes = self.delayed.first().is_some_and(|&delayed| delayed < oldest);
        (self.in_flight == 0 && !overtakes).then_some(oldest)
    }

    /// Its messages in order, up to the first delayed one.
    fn deliverable(&self) -> impl Iterator<Item = u64> {
        let barrier = self.delayed.first().copied().unwrap_or(u64::MAX);
        self.ready.iter().copied().take_while(move |&sequence| sequence < barrier)
    }

    fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.delayed.is_empty() && self.in_flight == 0
    }
}

impl Groups {
    fn shift(&mut self, sequence: u64, name: &str, (from, to): (Option<Place>, Option<Place>)) {
        if !self.by_name.contains_key(name) {
            self.by_name.insert(name.to_owned(), Group::default());
        }
        let group = self.by_name.get_mut(name).expect("it was just inserted");
        match from {
            Some(Place::Ready) => drop(group.ready.remove(&sequence)),
            Some(Place::Delayed) => drop(group.delayed.remove(&sequence)),
            Some(Place::InFlight) => group.in_flight -= 1,
            None => {}
        }
        match to {
            Some(Place::Ready) => drop(group.ready.insert(sequence)),
            Some(Place::Delayed) => drop(group.delayed.insert(sequence)),
            Some(Place::InFlight) => group.in_flight += 1,
            None => {}
        }
        self.relist(name);
    }

    fn relist(&mut self, name: &str) {
        let group = self.by_name.get_mut(name).expect("only known groups are listed anew");
        let head = group.head();
        if group.listed != head {
            if let Some(old) = group.listed {
                self.open.remove(&(old, name.to_owned()));
            }
            if let Some(new) = head {
                self.open.insert((new, name.to_owned()));
            }
            group.listed = head;
        }
        if group.is_empty() {
            self.by_name.remove(name);
        }
    }

    fn pick(&self, max: usize) -> Vec<u64> {
        let groups = self.open.iter().filter_map(|(_, name)| self.by_name.get(name));
        groups.flat_map(Group::deliverable).take(max).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Place::{Delayed, InFlight, Ready};
    use super::*;

    fn fifo(messages: &[(u64, &str, Place)]) -> Shelf {
        let mut shelf = Shelf::new(true);
        for &(sequence, group, place) in messages {
            shelf.shift(sequence, Some(group), (None, Some(place)));
        }
        shelf
    }

    #[test]
    fn a_standard_queue_gives_its_oldest_ready_messages() {
        let mut shelf = Shelf::new(false);
        for sequence in [3, 1, 2] {
            shelf.shift(sequence, None, (None, Some(Ready)));
        }
        assert_eq!(shelf.pick(2), [1, 2]);
        shelf.shift(1, None, (Some(Ready), Some(InFlight)));
        assert_eq!(shelf.pick(10), [2, 3], "a message in flight is not given out");
        shelf.shift(1, None, (Some(InFlight), Some(Ready)));
        assert_eq!(shelf.pick(10), [1, 2, 3], "it comes back to its place");
    }

    #[test]
    fn groups_are_received_in_order_and_only_while_open() {
        for (messages, max, picked, why) in [
            (&[(1, "a", Ready), (2, "b", Ready), (3, "a", Ready)][..], 10, &[1, 3, 2][..], "as many of one group as possible"),
            (&[(1, "a", Ready), (2, "b", Ready), (3, "a", Ready)], 2, &[1, 3], "up to the maximum"),
            (&[(1, "a", InFlight), (2, "a", Ready), (3, "b", Ready)], 10, &[3], "a message in flight closes its group"),
            (&[(1, "a", Delayed), (2, "a", Ready)], 10, &[], "nothing overtakes a delayed message"),
            (&[(1, "a", Ready), (2, "a", Delayed), (3, "a", Ready)], 10, &[1], "not even behind a ready one"),
            (&[], 10, &[], "nothing is there"),
        ] {
            let shelf = fifo(messages);
            assert_eq!(shelf.pick(max), picked, "{why}");
            assert_eq!(shelf.has_some(), !picked.is_empty(), "{why}");
        }
    }

    #[test]
    fn a_group_opens_again_when_its_last_message_in_flight_is_gone() {
        let mut shelf = fifo(&[(1, "a", InFlight), (2, "a", InFlight), (3, "a", Ready)]);
        shelf.shift(1, Some("a"), (Some(InFlight), None));
        assert!(!shelf.has_some(), "one is still in flight");
        shelf.shift(2, Some("a"), (Some(InFlight), Some(Ready)));
        assert_eq!(shelf.pick(10), [2, 3], "the one that came back goes first");
        for sequence in [2, 3] {
            shelf.shift(sequence, Some("a"), (Some(Ready), None));
        }
        let Shelf::Fifo(groups) = shelf else { unreachable!("it was made as FIFO") };
        assert!(groups.by_name.is_empty() && groups.open.is_empty(), "an empty group leaves nothing behind");
    }
}
