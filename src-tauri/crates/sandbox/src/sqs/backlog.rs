//! The messages of a queue, ordered by everything that time does to them.

use std::collections::{BTreeSet, HashMap};

use super::message::{Message, Receives};
use super::shelf::{Place, Shelf};

/// A message in its queue.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    /// As it was sent.
    pub(crate) message: Message,
    /// What receivers did to it.
    pub(crate) receives: Receives,
    /// Where it stands.
    pub(crate) place: Place,
    /// When it leaves [`Place::Delayed`] or [`Place::InFlight`], in milliseconds since 1970.
    due_ms: i64,
}

/// A table of this many places is not worth shrinking.
const SMALL: usize = 1024;

/// How many messages stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// `ApproximateNumberOfMessages`.
    pub(crate) ready: usize,
    /// `ApproximateNumberOfMessagesDelayed`.
    pub(crate) delayed: usize,
    /// `ApproximateNumberOfMessagesNotVisible`.
    pub(crate) in_flight: usize,
}

/// All messages of one queue; every operation costs the logarithm of their number, none the number.
#[derive(Debug)]
pub(crate) struct Backlog {
    /// Boxed, so that the table stays small when it grows and shrinks.
    messages: HashMap<u64, Box<Stored>>,
    shelf: Shelf,
    /// Delayed and in flight, by the time that ends it.
    hidden: BTreeSet<(i64, u64)>,
    /// All, by the time they were sent.
    by_age: BTreeSet<(i64, u64)>,
    counts: Counts,
}

impl Backlog {
    /// No messages.
    pub(crate) fn new(fifo: bool) -> Self {
        Self {
            messages: HashMap::new(),
            shelf: Shelf::new(fifo),
            hidden: BTreeSet::new(),
            by_age: BTreeSet::new(),
            counts: Counts::default(),
        }
    }

    /// Takes a message; where it stands follows from its times.
    pub(crate) fn insert(&mut self, message: Message, receives: Receives, now_ms: i64) {
        let (place, due_ms) = if receives.hidden_until_ms > now_ms {
            (Place::InFlight, receives.hidden_until_ms)
        } else if message.available_ms > now_ms {
            (Place::Delayed, message.available_ms)
        } else {
            (Place::Ready, 0)
        };
        let sequence = message.sequence;
        self.by_age.insert((message.sent_ms, sequence));
        if place != Place::Ready {
            self.hidden.insert((due_ms, sequence));
        }
        self.shelf.shift(sequence, message.group.as_deref(), (None, Some(place)));
        *self.count(place) += 1;
        self.messages.insert(sequence, Box::new(Stored { message, receives, place, due_ms }));
    }

    /// A message by its sequence number.
    pub(crate) fn get(&self, sequence: u64) -> Option<&Stored> {
        self.messages.get(&sequence).map(|stored| &**stored)
    }

    /// Up to `max` messages that can be received now.
    pub(crate) fn pick(&self, max: usize) -> Vec<u64> {
        self.shelf.pick(max)
    }

    /// Whether a message can be received now.
    pub(crate) fn has_ready(&self) -> bool {
        self.shelf.has_some()
    }

    /// When the next hidden message comes back, in milliseconds since 1970.
    pub(crate) fn next_due_ms(&self) -> Option<i64> {
        self.hidden.first().map(|&(due_ms, _)| due_ms)
    }

    /// How many messages stand where.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Every message, the one that was sent first first.
    pub(crate) fn oldest(&self) -> impl Iterator<Item = &Stored> {
        self.by_age.iter().filter_map(|(_, sequence)| self.get(*sequence))
    }

    /// Every message's number, in no order.
    pub(crate) fn sequences(&self) -> Vec<u64> {
        self.messages.keys().copied().collect()
    }

    /// Records a receive, or a change of it; the message is in flight until `receives.hidden_until_ms`.
    pub(crate) fn set_receives(&mut self, sequence: u64, receives: Receives, now_ms: i64) {
        let Some(stored) = self.messages.get_mut(&sequence) else { return };
        let until_ms = receives.hidden_until_ms;
        stored.receives = receives;
        let place = if until_ms > now_ms { Place::InFlight } else { Place::Ready };
        self.put_at(sequence, place, until_ms);
    }

    /// Takes a message out.
    pub(crate) fn remove(&mut self, sequence: u64) -> Option<Stored> {
        let stored = self.messages.remove(&sequence)?;
        self.by_age.remove(&(stored.message.sent_ms, sequence));
        self.hidden.remove(&(stored.due_ms, sequence));
        self.shelf.shift(sequence, stored.message.group.as_deref(), (Some(stored.place), None));
        *self.count(stored.place) -= 1;
        self.give_back();
        Some(*stored)
    }

    /// A table that was much fuller once gives its room back.
    fn give_back(&mut self) {
        let (room, used) = (self.messages.capacity(), self.messages.len());
        if room > SMALL && room > 8 * used {
            self.messages.shrink_to(2 * used);
        }
    }

    /// Lets time pass: hidden messages whose time has come are ready again.
    pub(crate) fn surface(&mut self, now_ms: i64) {
        while let Some(&(due_ms, sequence)) = self.hidden.first() {
            if due_ms > now_ms {
                return;
            }
            self.put_at(sequence, Place::Ready, 0);
        }
    }

    /// The oldest message, if it was sent before `limit_ms`.
    pub(crate) fn oldest_before(&self, limit_ms: i64) -> Option<u64> {
        self.by_age.first().filter(|&&(sent_ms, _)| sent_ms < limit_ms).map(|&(_, sequence)| sequence)
    }

    fn put_at(&mut self, sequence: u64, place: Place, due_ms: i64) {
        let stored = self.messages.get_mut(&sequence).expect("only messages of this queue are listed");
        let (old, old_due_ms) = (stored.place, stored.due_ms);
        stored.place = place;
        stored.due_ms = due_ms;
        self.shelf.shift(sequence, stored.message.group.as_deref(), (Some(old), Some(place)));
        self.hidden.remove(&(old_due_ms, sequence));
        if place != Place::Ready {
            self.hidden.insert((due_ms, sequence));
        }
        *self.count(old) -= 1;
        *self.count(place) += 1;
    }

    fn count(&mut self, place: Place) -> &mut usize {
        match place {
            Place::Ready => &mut self.counts.ready,
            Place::Delayed => &mut self.counts.delayed,
            Place::InFlight => &mut self.counts.in_flight,
        }
    }
}
