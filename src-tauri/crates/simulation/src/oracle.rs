//! What the verdicts must be: the design read a second time, over what truly happened. Nothing here is shared with the tracker.

use waybill_domain::{Expectation, RunId, Sending, Verdict};

use crate::Fault;
use crate::facts::{Disturbance, EventFacts, Heard, Kept, Kind, RunFacts, Told};
use crate::queue::{Message, Origin, Shape};
use crate::told::MOST_ATTEMPTS;
use crate::world::World;

/// Which verdicts are right, and why; more than one only where it cannot be told from outside whether reading was disturbed enough.
pub(crate) struct Right {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) because: &'static str,
}

/// How long after its last receive another reader may still be waited for.
const SHORTLY: i64 = 6000;

/// The longest receive of a reader that looks every second.
const BRISK: i64 = 1100;

/// What may keep a reader from reading, or from saying so.
const TROUBLE: [Fault; 18] = [
    // What cannot be told is held.
    Fault::Change,
    Fault::Foreign,
    Fault::ForeignTakes,
    Fault::ForeignReturns,
    Fault::Killed,
    Fault::Stopped,
    Fault::Suspended,
    Fault::ClockSet,
    Fault::QueueGone,
    Fault::Credentials,
    Fault::ReceiveLost,
    Fault::ReceiveFails,
    Fault::DeleteLost,
    Fault::StoreBusy,
    Fault::NeighbourKilled,
    Fault::Left,
    Fault::Leaked,
    Fault::Peek,
];

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

/// How many copies that may be one event's or another's are dealt out in every way.
const MOST_NAMELESS: usize = 8;

/// An event in its run.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    pub(crate) world: &'a World,
    pub(crate) run: &'a RunFacts,
    pub(crate) entry: u32,
    /// The copies that are taken for its own; none means those that are.
    given: Option<Vec<&'a Kept>>,
}

impl<'a> Case<'a> {
    pub(crate) const fn new(world: &'a World, run: &'a RunFacts, entry: u32) -> Self {
        Self { world, run, entry, given: None }
    }

    fn facts(&self) -> &'a EventFacts {
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
        match self.dealt_out() {
            Some(ways) => {
                let mut verdicts: Vec<Verdict> = ways.iter().flat_map(|case| case.right_of(&way).verdicts).collect();
                verdicts.sort_unstable();
                verdicts.dedup();
                Right { verdicts, because: "a copy may be this event's or that of another with the same content" }
            }
            None => self.right_of(&way),
        }
    }

    /// The events of its run with the same content, itself among them.
    pub(crate) fn alike(&self) -> Vec<u32> {
        if !self.facts().is_twin {
            return vec![self.entry];
        }
        let outgoing = |entry| self.world.ledger.event(self.id(), entry).outgoing;
        (0u32..).zip(&self.run.events).map(|(entry, _)| entry).filter(|entry| outgoing(*entry) == outgoing(self.entry)).collect()
    }

    /// All copies of its content that were committed before the close.
    pub(crate) fn read_alike(&self) -> Vec<&'a Kept> {
        self.alike().into_iter().flat_map(|entry| &self.run.events[entry as usize].kept).filter(|kept| counts(kept)).collect()
    }

    /// Of copies that no recorded id tells apart, every choice may be this event's; none where there is nothing to choose.
    fn dealt_out(&self) -> Option<Vec<Self>> {
        if !self.facts().is_twin {
            return None;
        }
        let named: Vec<Option<String>> =
            self.alike().into_iter().map(|entry| self.world.ledger.event(self.id(), entry).sending.event_id().map(Into::into)).collect();
        let mine = self.world.ledger.event(self.id(), self.entry).sending.event_id();
        let is_nameless = |kept: &&&Kept| {
            let (id, shape) = self.origin(kept);
            shape == Shape::Bare || !named.contains(&Some(id))
        };
        let is_mine = |kept: &&&Kept| !is_nameless(kept) && mine == Some(self.origin(kept).0.as_str());
        let all = self.read_alike();
        let (own, nameless): (Vec<&Kept>, Vec<&Kept>) =
            (all.iter().filter(is_mine).copied().collect(), all.iter().filter(is_nameless).copied().take(MOST_NAMELESS).collect());
        let choice = |chosen: usize| {
            let some = nameless.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1).map(|(_, kept)| *kept);
            Self { given: Some(own.iter().copied().chain(some).collect()), ..self.clone() }
        };
        Some((0..1 << nameless.len()).map(choice).collect())
    }

    fn right_of(&self, way: &Way) -> Right {
        match *way {
            Way::NeverLeft if self.read().is_empty() => only(Verdict::NotSent, "it never left"),
            Way::NeverLeft => only(Verdict::Unknown, "it is said that it never left, yet a copy was read"),
            Way::Refused => only(Verdict::Rejected, "it was refused"),
            Way::Withheld => self.stays_away(self.facts().begun, self.facts().begun + self.run.timeout),
            Way::Accepted { left, answered, ref event_id } => match self.expectation() {
                Expectation::MustArrive => self.arrives(left, answered + self.run.timeout, event_id),
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
    fn read(&self) -> Vec<&'a Kept> {
        self.given.clone().unwrap_or_else(|| self.facts().kept.iter().filter(|kept| counts(kept)).collect())
    }

    /// Until when it has to be read, or to stay away; none where that was never to be told.
    pub(crate) fn deadline(&self) -> Option<i64> {
        match self.way().ok()? {
            Way::Withheld => Some(self.facts().begun + self.run.timeout),
            Way::Accepted { answered, .. } => Some(answered + self.run.timeout),
            Way::Open { left } => Some(left + self.run.timeout),
            Way::NeverLeft | Way::Refused => None,
        }
    }

    /// Whether it was put on the bus, as far as is known.
    pub(crate) fn was_published(&self) -> bool {
        matches!(self.way(), Ok(Way::Accepted { .. } | Way::Open { .. }))
    }

    /// Whether the bus said that it took it.
    pub(crate) fn was_accepted(&self) -> bool {
        matches!(self.way(), Ok(Way::Accepted { .. }))
    }

    /// Whether AWS asked to send it again, and its program, which went on, did not as often as it may.
    pub(crate) fn was_given_up_early(&self) -> bool {
        let refusals: Vec<&str> = self.facts().attempts.iter().filter_map(|attempt| attempt.refused.as_deref()).collect();
        let may_be = refusals.last().is_some_and(|code| matches!(*code, "ThrottlingException" | "InternalFailure"));
        may_be && refusals.len() < MOST_ATTEMPTS && self.run.left_alone.is_none() && !self.world.plan.has(Fault::Left)
    }

    /// Whether a copy that nobody read lay in the queue at the deadline, or with one of Waybill's receives.
    pub(crate) fn is_within_reach(&self, deadline: i64) -> bool {
        let read = self.read_alike();
        let unread = self.facts().copies.iter().filter(|place| !read.iter().any(|kept| kept.message == **place));
        let mut within_reach = unread.map(|place| &self.world.queue.messages[*place]).filter(|one| one.was_within_reach(deadline));
        within_reach.any(|message| self.can_be_told(message) && !message.was_taken_after(deadline))
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

    /// Whether these words, one for each copy that was read later, are what had to be appended to the closed run.
    pub(crate) fn is_amended_by(&self, words: &[Verdict]) -> bool {
        let right = self.amendments();
        // Who reads after the close may go by a clock that was set back: then it cannot tell whether it was in time.
        let by_another_clock = |right: Verdict, word: Verdict| {
            self.world.plan.has(Fault::ClockSet) && [right, word].iter().all(|one| matches!(one, Verdict::Late | Verdict::Unknown))
        };
        right.len() == words.len() && right.iter().zip(words).all(|(right, word)| right == word || by_another_clock(*right, *word))
    }

    /// What was to be appended to the closed run because of copies that were read later, one word for each.
    pub(crate) fn amendments(&self) -> Vec<Verdict> {
        let known: Vec<&Kept> = self.facts().kept.iter().filter(|kept| kept.is_known).collect();
        let later = known.iter().enumerate().filter(|(_, kept)| !kept.is_before_close);
        later.map(|(place, kept)| self.amendment(&known[..place], kept)).collect()
    }

    fn amendment(&self, before: &[&Kept], kept: &Kept) -> Verdict {
        let (id, deadline) = match self.way() {
            Ok(Way::Accepted { answered, event_id, .. }) => (Some(event_id), answered + self.run.timeout),
            Ok(Way::Open { left }) => (None, left + self.run.timeout),
            _ => return Verdict::Unexpected,
        };
        let is_own = |kept: &Kept| id.as_ref().is_none_or(|id| self.is_own(kept, id));
        match () {
            () if !self.expectation().must_arrive() => Verdict::Unexpected,
            () if before.iter().any(|before| is_own(before)) => Verdict::Duplicate,
            () if !is_own(kept) => Verdict::Unexpected,
            () if self.origin(kept).1 != Shape::Equal => Verdict::Changed,
            () if kept.read <= deadline => Verdict::Unknown,
            () => Verdict::Late,
        }
    }

    /// When the copy was read that a verdict names, and how long after the request left; none where no copy decides.
    pub(crate) fn times(&self, verdict: Verdict) -> Option<(i64, Option<i64>)> {
        let id = match self.way().ok()? {
            Way::Accepted { event_id, .. } => Some(event_id),
            Way::Open { .. } | Way::Withheld => None,
            Way::NeverLeft | Way::Refused => return None,
        };
        // Latency is counted from the commit that says that the request leaves, a moment before it does.
        let left = self.world.ledger.event(self.id(), self.entry).sending.left_at().map(|at| self.truly(at));
        let counts = |kept: &&Kept| match verdict {
            Verdict::Unexpected => true,
            Verdict::Delivered | Verdict::Duplicate | Verdict::Late => self.origin(kept).1 == Shape::Equal,
            _ => self.origin(kept).1 != Shape::Equal,
        };
        let own = |kept: &&Kept| verdict == Verdict::Unexpected || id.as_ref().is_none_or(|id| self.is_own(kept, id));
        let read = self.read().into_iter().filter(counts).filter(own).map(|kept| kept.read).min()?;
        Some((read, left.map(|left| (read - left).max(0))))
    }

    /// Distinct copies that were read before the close; none where it cannot be told which of two events they are of.
    pub(crate) fn copies(&self) -> Option<usize> {
        (!self.facts().is_twin).then(|| self.read().len())
    }

    /// Nothing was read: does that prove anything?
    fn silence(&self, from: i64, deadline: i64, silent: Verdict) -> Right {
        if self.run.is_taken_up {
            return only(Verdict::Unknown, "its program ended before it was settled");
        }
        if self.run.is_shared {
            return only(Verdict::Unknown, "others read this queue, too, and may have taken it");
        }
        if self.is_within_reach(deadline) {
            return only(Verdict::Unknown, "a copy was within reach at the deadline");
        }
        // What another consumer took before it could be read was not read back, and the reading was as healthy as it gets: in a queue that
        // Waybill made that is what Missing means. What carries neither the event's id nor its content says nothing of it.
        let closed = self.run.closed.unwrap_or(deadline);
        let ours = |one: &&Disturbance| one.program.is_none_or(|program| program == self.run.program);
        let all = || self.world.facts.disturbances.iter();
        if all().filter(ours).any(|one| one.kind == Kind::Gap && one.from < deadline - 120 && one.to > from + 120) {
            return only(Verdict::Unknown, "the queue was not read for a while");
        }
        if !self.was_found_empty(deadline, closed) {
            return only(Verdict::Unknown, "the queue was not read to its end after the deadline");
        }
        let concerns = |one: &&Disturbance| ours(one) && one.except != Some(self.run.program);
        let near = |one: &&Disturbance| concerns(one) && one.from < closed && one.to > from;
        if let Some(doubt) = all().filter(near).find(|one| one.kind == Kind::Doubt) {
            return Right { verdicts: vec![silent, Verdict::Unknown], because: doubt.why };
        }
        if self.run.left_alone.is_some_and(|at| at <= closed) {
            return Right { verdicts: vec![silent, Verdict::Unknown], because: "its program was asked to leave" };
        }
        if self.had_company(from, closed) && !self.is_company_sound(from, closed) {
            let because = "others read the queue, too, and what they had read may not have been on record in time";
            return Right { verdicts: vec![silent, Verdict::Unknown], because };
        }
        only(silent, "the queue was read all the time, and to its end after the deadline")
    }

    /// Whether by what was recorded a message is this event's.
    fn can_be_told(&self, message: &Message) -> bool {
        let Origin::Event { event_id, shape, .. } = &message.origin else { return false };
        let sending = self.world.ledger.event(self.id(), self.entry).sending;
        matches!(shape, Shape::Equal | Shape::Bare) || sending.event_id() == Some(event_id.as_str())
    }

    /// Whether its program looked after the deadline and found the queue empty.
    fn was_found_empty(&self, deadline: i64, closed: i64) -> bool {
        let ours = || self.world.facts.heard.iter().filter(|heard| heard.program == self.run.program);
        let sweeps = || ours().filter(|heard| heard.found_nothing && heard.started >= deadline && heard.finished <= closed);
        // A receive that is open beside it may hold what it did not find.
        let is_quiet = |at: i64| !ours().any(|heard| heard.started < at && heard.finished > at);
        sweeps().any(|sweep| ours().any(|heard| (sweep.finished..=closed).contains(&heard.finished) && is_quiet(heard.finished)))
    }

    /// Whether another program read while the event was waited for, or shortly before.
    fn had_company(&self, from: i64, closed: i64) -> bool {
        let is_theirs = |heard: &&Heard| heard.program != self.run.program && heard.started < closed && heard.finished > from - SHORTLY;
        self.world.facts.heard.iter().any(|heard| is_theirs(&heard))
    }

    /// Whether nothing kept the others from reading and saying so all the time: they looked every second, and were answered at once.
    fn is_company_sound(&self, from: i64, closed: i64) -> bool {
        let others = || self.world.facts.heard.iter().filter(|heard| heard.program != self.run.program);
        let mut near = others().filter(|heard| heard.started < closed && heard.finished > from - SHORTLY);
        let is_absent = |fault: &Fault| !self.world.plan.has(*fault);
        near.all(|heard| heard.finished - heard.started <= BRISK) && TROUBLE.iter().all(is_absent)
    }
}

/// Whether a copy was committed before the close and could be told to be its event's.
const fn counts(kept: &Kept) -> bool {
    kept.is_known && kept.is_before_close
}
