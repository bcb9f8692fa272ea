//! A standard queue: at least once, in any order, with visibility timeouts and receive counts.

use waybill_domain::RunId;

use crate::dice::Dice;

/// A message.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) origin: Origin,
    pub(crate) enqueued: i64,
    visible: i64,
    pub(crate) receives: u32,
    /// How often Waybill received it.
    pub(crate) looks: u32,
    /// Counts up with every receive: only the newest handle is good.
    handle: u32,
    /// The program and its machine that were told of the newest handle.
    pub(crate) told: Option<(usize, u64)>,
    pub(crate) holds: Vec<Hold>,
    pub(crate) gone: Option<i64>,
}

/// What a message is.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// Somebody else's.
    Foreign,
    /// A copy of an event.
    Event {
        run: RunId,
        entry: u32,
        /// The id in its envelope, also where a transformer hid the envelope.
        event_id: String,
        shape: Shape,
    },
}

/// In which shape a copy arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Equal,
    /// Another detail under the same id.
    Changed,
    /// Only the detail, as an input path leaves it.
    Bare,
    /// A text with the id in it.
    Transformed,
}

/// A span in which a message was hidden.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) is_foreign: bool,
}

/// The queue.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    pub(crate) messages: Vec<Message>,
}

/// A message with the handle under which it was handed out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) message: usize,
    pub(crate) handle: u32,
}

impl Queue {
    pub(crate) fn put(&mut self, body: String, origin: Origin, now: i64) -> usize {
        let place = self.messages.len();
        let id = format!("00000000-0000-4000-9000-{place:012x}");
        self.messages.push(Message {
            id,
            body,
            origin,
            enqueued: now,
            visible: now,
            receives: 0,
            looks: 0,
            handle: 0,
            told: None,
            holds: Vec::new(),
            gone: None,
        });
        place
    }

    /// Hands out at most ten of the messages that are visible, in any order, and hides them.
    pub(crate) fn take(&mut self, now: i64, hidden_ms: i64, is_foreign: bool, dice: &mut Dice) -> Vec<Taken> {
        let mut visible: Vec<usize> = (0..self.messages.len()).filter(|place| self.messages[*place].is_visible(now)).collect();
        dice.shuffle(&mut visible);
        visible.truncate(10);
        let hand_out = |place: usize| {
            let message = &mut self.messages[place];
            message.handle += 1;
            message.told = None;
            message.receives += 1;
            message.looks += u32::from(!is_foreign);
            message.visible = now + hidden_ms;
            message.holds.push(Hold { from: now, until: now + hidden_ms, is_foreign });
            Taken { message: place, handle: message.handle }
        };
        visible.into_iter().map(hand_out).collect()
    }

    /// Hides a message for so long from now on, or lets it go.
    pub(crate) fn hide(&mut self, taken: Taken, now: i64, hidden_ms: i64) {
        let message = &mut self.messages[taken.message];
        if message.handle == taken.handle && message.gone.is_none() && message.visible > now {
            message.visible = now + hidden_ms;
            message.holds.last_mut().expect("it was handed out").until = now + hidden_ms;
        }
    }

    /// Deletes a message by its newest handle.
    pub(crate) fn delete(&mut self, taken: Taken, now: i64) -> bool {
        let message = &mut self.messages[taken.message];
        let is_good = message.handle == taken.handle && message.gone.is_none();
        if is_good {
            message.gone = Some(now);
        }
        is_good
    }

    /// A message that was deleted shows up again, as a standard queue may let it.
    pub(crate) fn revive(&mut self, message: usize, now: i64) {
        let message = &mut self.messages[message];
        (message.gone, message.visible) = (None, now);
    }

    /// When the next hidden message becomes visible.
    pub(crate) fn next_visible(&self, now: i64) -> Option<i64> {
        self.messages.iter().filter(|message| message.gone.is_none() && message.visible > now).map(|message| message.visible).min()
    }

    /// Takes note that a machine was told of a handle.
    pub(crate) fn told(&mut self, taken: Taken, machine: (usize, u64)) {
        let message = &mut self.messages[taken.message];
        if message.handle == taken.handle {
            message.told = Some(machine);
        }
    }

    pub(crate) fn place(&self, id: &str) -> usize {
        usize::from_str_radix(&id[24..], 16).expect("one of this queue's ids")
    }
}

impl Message {
    /// Its newest handle in words.
    pub(crate) fn newest_handle(&self, place: usize) -> String {
        format!("{place}:{}", self.handle)
    }

    pub(crate) fn is_visible(&self, now: i64) -> bool {
        self.gone.is_none() && self.visible <= now
    }

    /// Whether another consumer took it after a moment.
    pub(crate) fn was_taken_after(&self, at: i64) -> bool {
        self.holds.iter().any(|hold| hold.is_foreign && hold.from >= at)
    }

    /// Whether it lay in the queue at a moment, or with one of Waybill's receives.
    pub(crate) fn was_within_reach(&self, at: i64) -> bool {
        let was_there = self.enqueued <= at && self.gone.is_none_or(|gone| gone > at);
        was_there && !self.holds.iter().any(|hold| hold.is_foreign && hold.from <= at && at < hold.until)
    }
}
