//! What the verdicts must be: the design read a second time, over what truly happened. Nothing here is shared with the tracker.

use waybill_domain::{Expectation, RunId, Sending, Verdict};

use crate::facts::{Disturbance, EventFacts, Heard, Kept, RunFacts, Told};
use crate::queue::{Message, Origin, Shape};
use crate::world::World;

/// Which verdicts are right, and why; more than one only where it cannot be told from outside whether reading was disturbed enough.
pub(crate) struct Right {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) because: &'static str,
}

/// The verdicts that follow from which copies were read.
const BY_COPIES: [Verdict; 6] =
    [Verdict::Delivered, Verdict::Late, Verdict::Duplicate, Verdict::Changed, Verdict::Missing, Verdict::Unknown];

fn only(verdict: Verdict, because: &'static str) -> Right {
    Right { verdicts: vec![verdict], because }
}

/// What is true of the way of an event to the bus.
enum Way {
    NeverLeft,
    Withheld,
    Refused,
    Accepted { left: i64, answered: i64, event_id: String },
    Open { left: i64 },
}

/// An event in its run.
pub(crate) struct Case<'a> {
    pub(crate) world: &'a World,
    pub(crate) run: &'a RunFacts,
    pub(crate) entry: u32,
}

impl Case<'_> {
    fn facts(&self) -> &EventFacts {
        &self.run.events[self.entry as usize]
    }

    fn id(&self) -> RunId {
        self.run.run
    }

    fn expectation(&self) -> Expectation {
        self.world.expectation(self.id(), self.entry)
    }

    /// What the verdict of the closed run must be.
    pub(crate) fn right(&self) -> Right {
        let way = match self.way() {
            Ok(way) => way,
            Err(why) => return Right { verdicts: Vec::new(), because: why },
        };
        let is_unclear = self.facts().is_twin && self.has_nameless_copies();
        let right = self.right_of(way);
        let is_never_sent = right.verdicts.contains(&Verdict::NotSent);
        if is_unclear && !is_never_sent && right.verdicts.iter().any(|verdict| BY_COPIES.contains(verdict)) {
            return Right { verdicts: BY_COPIES.to_vec(), because: "a copy may be this event's or that of another with the same content" };
        }
        right
    }

    /// Whether copies of its content were read that no recorded id tells apart.
    fn has_nameless_copies(&self) -> bool {
        let event = |entry| self.world.ledger.event(self.id(), entry);
        let mine = event(self.entry).outgoing;
        let many = u32::try_from(self.run.events.len()).unwrap_or(0);
        let alike = (0..many).filter(|entry| event(*entry).outgoing == mine);
        let mut copies = alike.flat_map(|entry| self.run.events[entry as usize].copies.iter().map(move |place| (entry, *place)));
        copies.any(|(entry, place)| match &self.world.queue.messages[place].origin {
            Origin::Event { event_id, shape, .. } => *shape == Shape::Bare || event(entry).sending.event_id() != Some(event_id.as_str()),
            Origin::Foreign => false,
        })
    }

    fn right_of(&self, way: Way) -> Right {
        match way {
            Way::NeverLeft if self.read().is_empty() => only(Verdict::NotSent, "it never left"),
            Way::NeverLeft => Right { verdicts: vec![Verdict::NotSent, Verdict::Unknown], because: "it never left, yet a copy was read" },
            Way::Refused => only(Verdict::Rejected, "it was refused"),
            Way::Withheld => self.stays_away(self.facts().begun, self.facts().begun + self.run.timeout),
            Way::Accepted { left, answered, event_id } => match self.expectation() {
                Expectation::MustArrive => self.arrives(left, answered + self.run.timeout, &event_id),
                _ => self.stays_away(left, answered + self.run.timeout),
            },
            Way::Open { left } => self.open(left + self.run.timeout),
        }
    }

    /// How the event truly fared, and whether the ledger says so.
    fn way(&self) -> Result<Way, &'static str> {
        let sending = self.world.ledger.event(self.id(), self.entry).sending.clone();
        let attempts = &self.facts().attempts;
        let Some(last) = attempts.last() else {
            return match sending {
                Sending::Withheld { .. } => Ok(Way::Withheld),
                Sending::NotSent { .. } => Ok(Way::NeverLeft),
                // Committed as leaving, and killed before it did.
                Sending::OutcomeUnknown { left, .. } => Ok(Way::Open { left: self.truly(left) }),
                _ => Err("the ledger says that it left, and it did not"),
            };
        };
        match (sending, last.answer) {
            (Sending::Accepted { event_id, .. }, Some((answered, Told::Accepted))) if last.taken.as_deref() == Some(event_id.as_str()) => {
                Ok(Way::Accepted { left: last.left, answered, event_id })
            }
            (Sending::Rejected { .. }, Some((_, Told::Refused))) => Ok(Way::Refused),
            (Sending::NotSent { .. }, Some((_, Told::NotSent))) => Ok(Way::NeverLeft),
            // The answer was nothing, or it was not recorded, or it left once more and nothing was recorded of that.
            (Sending::OutcomeUnknown { left, .. } | Sending::Leaving { at: left }, _) => Ok(Way::Open { left: self.truly(left) }),
            _ => Err("the ledger says something else of its request than what the program was told"),
        }
    }

    /// The world's time at a time of the run's program.
    fn truly(&self, at: waybill_domain::Timestamp) -> i64 {
        self.world.began_with(self.run.program, at)
    }

    /// The copies that were committed before the close and can be told to be this event's.
    fn read(&self) -> Vec<&Kept> {
        self.facts().kept.iter().filter(|kept| kept.is_known && kept.is_before_close).collect()
    }

    fn origin(&self, kept: &Kept) -> (String, Shape) {
        match &self.world.queue.messages[kept.message].origin {
            Origin::Event { event_id, shape, .. } => (event_id.clone(), *shape),
            Origin::Foreign => unreachable!("only copies of events are kept in the facts of an event"),
        }
    }

    fn arrives(&self, left: i64, deadline: i64, event_id: &str) -> Right {
        let read = self.read();
        let own: Vec<&&Kept> = read.iter().filter(|kept| self.is_own(kept, event_id)).collect();
        let in_time = own.iter().any(|kept| kept.read <= deadline && self.origin(kept).1 == Shape::Equal);
        if in_time && read.len() == 1 {
            return only(Verdict::Delivered, "one copy was read in time");
        }
        if in_time {
            return only(Verdict::Duplicate, "it was read in time, and more than one copy was read");
        }
        match own.iter().min_by_key(|kept| (kept.read, self.origin(kept).1 != Shape::Equal)) {
            Some(first) if self.origin(first).1 == Shape::Equal => only(Verdict::Late, "the first copy was read after the deadline"),
            Some(_) => only(Verdict::Changed, "the first copy has other content"),
            None => self.silence(left, deadline, Verdict::Missing),
        }
    }

    /// A bare detail has no id, so that it can only be taken for the event itself.
    fn is_own(&self, kept: &Kept, event_id: &str) -> bool {
        let (id, shape) = self.origin(kept);
        shape == Shape::Bare || id == event_id
    }

    fn stays_away(&self, from: i64, deadline: i64) -> Right {
        match self.read().is_empty() {
            true => self.silence(from, deadline, Verdict::HeldBack),
            false => only(Verdict::Unexpected, "it was read and must not be"),
        }
    }

    /// The outcome of the request is not known: only what was read says anything.
    fn open(&self, deadline: i64) -> Right {
        let read = self.read();
        if read.is_empty() {
            return only(Verdict::Unknown, "nobody knows whether it was taken");
        }
        if !self.expectation().must_arrive() {
            return only(Verdict::Unexpected, "it was read and must not be");
        }
        let mut ids: Vec<String> =
            read.iter().map(|kept| self.origin(kept)).filter(|(_, shape)| *shape != Shape::Bare).map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > 1 {
            return only(Verdict::Unknown, "two events claim to be it");
        }
        let in_time = read.iter().any(|kept| kept.read <= deadline && self.origin(kept).1 == Shape::Equal);
        match (in_time, read.len()) {
            (true, 1) => only(Verdict::Delivered, "a copy with its content was read in time"),
            (true, _) => only(Verdict::Duplicate, "copies with its content were read"),
            (false, _) if self.origin(read[0]).1 == Shape::Bare => only(Verdict::Changed, "only its detail was read"),
            _ => only(Verdict::Late, "a copy with its content was read after the deadline"),
        }
    }

    /// Nothing was read: does that prove anything?
    fn silence(&self, from: i64, deadline: i64, silent: Verdict) -> Right {
        if self.run.is_taken_up {
            return only(Verdict::Unknown, "its program ended before it was settled");
        }
        let read = self.read();
        let unread = self.facts().copies.iter().filter(|place| !read.iter().any(|kept| kept.message == **place));
        let within_reach = || unread.clone().map(|place| &self.world.queue.messages[*place]).filter(|one| one.was_within_reach(deadline));
        if within_reach().any(|message| self.can_be_told(message) && !message.was_taken_after(deadline)) {
            return only(Verdict::Unknown, "a copy was within reach at the deadline");
        }
        if within_reach().next().is_some() {
            return Right { verdicts: vec![silent, Verdict::Unknown], because: "somebody else took it, or it could be anybody's" };
        }
        let closed = self.run.closed.unwrap_or(deadline);
        let ours = |one: &&Disturbance| one.program.is_none_or(|program| program == self.run.program);
        let all = || self.world.facts.disturbances.iter();
        if all().filter(ours).any(|one| one.is_gap && one.from < deadline - 120 && one.to > from + 120) {
            return only(Verdict::Unknown, "the queue was not read for a while");
        }
        if all().any(|one| one.except != Some(self.run.program) && one.from < closed && one.to > from)
            || self.run.left_alone.is_some_and(|at| at <= closed)
        {
            return Right { verdicts: vec![silent, Verdict::Unknown], because: "reading was disturbed, perhaps too little to matter" };
        }
        if self.was_busy_to_the_end(deadline, closed) {
            return Right { verdicts: vec![silent, Verdict::Unknown], because: "something was read whenever the queue was looked at" };
        }
        only(silent, "the queue was read all the time")
    }

    /// Whether by what was recorded a message is this event's.
    fn can_be_told(&self, message: &Message) -> bool {
        let Origin::Event { event_id, shape, .. } = &message.origin else { return false };
        let sending = self.world.ledger.event(self.id(), self.entry).sending;
        matches!(shape, Shape::Equal | Shape::Bare) || sending.event_id() == Some(event_id.as_str())
    }

    /// Whether the queue was read after the deadline and never found empty.
    fn was_busy_to_the_end(&self, deadline: i64, closed: i64) -> bool {
        let ours = |heard: &&Heard| heard.program == self.run.program && heard.finished <= closed;
        let mut since = self.world.facts.heard.iter().filter(ours).filter(|heard| heard.started >= deadline).peekable();
        since.peek().is_some() && since.all(|heard| !heard.found_nothing)
    }
}
