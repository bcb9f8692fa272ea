//! The pure state machine of a run: what is observed goes in, verdicts come out.

mod tracked;

use std::collections::BTreeSet;
use std::sync::Arc;

use waybill_domain::{
    EventReport, Evidence, Expectation, Gap, Hidden, Judgement, ReadBack, ReadingMode, ReadingPlan, Sending, Tally, Tallying, Timestamp,
    Verdict, Watch,
};

use self::tracked::{Id, NO_REQUEST, Tracked};
use crate::{Answer, EntryRecord, Judgements, Outcome, Plan};

/// Something that was observed. What it names was committed to the ledger before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// The request with these entries leaves.
    Leaving {
        /// The entries.
        entries: Vec<u32>,
        /// When.
        at: Timestamp,
    },
    /// An entry was answered, or it is known that it will not be.
    Answered(Answer),
    /// A copy was read, by whatever program.
    Arrived {
        /// The entry that it belongs to.
        entry: u32,
        /// The copy.
        copy: ReadBack,
    },
    /// The events that are withheld are withheld since this time, and no longer since the run began.
    Withheld(Timestamp),
    /// Every span so far in which the queue was not read. What it means is said once nothing more may be read.
    Gaps(Vec<Gap>),
    /// A reader that is gone may hide messages. What it means is said once nothing more may be read.
    Hidden(Hidden),
    /// The queue was found empty by a receive that began at this time; everything that was read is committed and was observed.
    Swept(Timestamp),
    /// Nobody will watch any longer.
    Over,
}

/// The events of a run with all that is known of them.
#[derive(Debug)]
pub struct Tracker {
    timeout_ms: i64,
    transformer: Option<String>,
    is_shared: bool,
    entries: Vec<Tracked>,
    /// The ids of the requests; those of one request follow each other.
    requests: Vec<Id>,
    gaps: Vec<Gap>,
    hidden: Option<Hidden>,
    swept: Option<Timestamp>,
    over: bool,
    last_step: Timestamp,
    /// Deadlines of the events that wait to be read or to stay away.
    due: BTreeSet<(Timestamp, u32)>,
    /// Those among them that must arrive.
    unread: usize,
    waiting: usize,
    unsent: usize,
    leaving: usize,
}

impl Tracker {
    /// The tracker of a run that begins at `at`: withheld events are withheld from then on.
    pub fn begin(events: &Plan, timeout_ms: i64, at: Timestamp) -> Self {
        let entries = events.iter().map(|event| {
            let sending = match event.expectation {
                Expectation::Withheld => Sending::Withheld { at },
                _ => Sending::Planned,
            };
            EntryRecord {
                event_type: event.outgoing.event_type,
                incident: event.outgoing.incident,
                request_id: None,
                evidence: Evidence { sending, ..Evidence::planned(event.expectation) },
            }
        });
        Self::resume(entries, timeout_ms, at)
    }

    /// The tracker of a run as it was left.
    pub fn resume(entries: impl IntoIterator<Item = EntryRecord>, timeout_ms: i64, now: Timestamp) -> Self {
        let mut requests = Vec::new();
        let entries: Vec<Tracked> = entries
            .into_iter()
            .map(|record| {
                let request = numbered(&mut requests, record.request_id.as_deref());
                let mut tracked = Tracked::new((record.event_type, record.incident), record.evidence);
                tracked.request = request;
                tracked
            })
            .collect();
        let waiting = entries.len();
        let mut tracker = Self {
            timeout_ms,
            transformer: None,
            is_shared: false,
            entries,
            requests,
            gaps: Vec::new(),
            hidden: None,
            swept: None,
            over: false,
            last_step: now,
            due: BTreeSet::new(),
            unread: 0,
            waiting,
            unsent: 0,
            leaving: 0,
        };
        for entry in 0..tracker.entries.len() {
            let number = u32::try_from(entry).expect("a run has fewer than 2^32 events");
            tracker.count_sending(number, 1);
            tracker.watch_for(number);
            tracker.judge(number, now);
        }
        tracker
    }

    /// Names what on the target changes events; it is told with every Changed.
    #[must_use]
    pub fn with_transformer(mut self, transformer: Option<String>) -> Self {
        self.transformer = transformer;
        self
    }

    /// Says how the queue is read: where others read it, too, silence proves nothing.
    #[must_use]
    pub fn reading_by(mut self, plan: ReadingPlan) -> Self {
        self.is_shared = plan.mode() == ReadingMode::Peek;
        self
    }

    /// Takes an observation in and tells the entries that are different now.
    pub fn step(&mut self, observation: Observation, now: Timestamp) -> Vec<u32> {
        let changed = match observation {
            Observation::Leaving { entries, at } => {
                entries.iter().for_each(|entry| self.sent(*entry, Sending::Leaving { at }, None, now));
                entries
            }
            Observation::Answered(answer) => self.answered(answer, now),
            Observation::Arrived { entry, copy } => {
                self.tracked(entry).add_copy(copy);
                self.judge(entry, now);
                vec![entry]
            }
            Observation::Withheld(at) => {
                self.withheld(at, now);
                Vec::new()
            }
            Observation::Gaps(gaps) => {
                self.gaps = gaps;
                Vec::new()
            }
            Observation::Hidden(hidden) => {
                self.hidden = self.hidden.take().into_iter().chain([hidden]).max_by_key(|hidden| hidden.until);
                Vec::new()
            }
            Observation::Swept(at) => {
                self.swept = self.swept.max(Some(at));
                self.judge_due(now, at)
            }
            Observation::Over => {
                self.over = true;
                (0..self.len()).filter(|entry| self.judge(*entry, now)).collect()
            }
        };
        self.last_step = self.last_step.max(now);
        changed
    }

    /// How many events the run has.
    pub fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).expect("a run has fewer than 2^32 events")
    }

    /// Whether the run has no events.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether every event has a verdict, so that nothing is to be waited for.
    pub const fn is_settled(&self) -> bool {
        self.waiting == 0
    }

    /// Whether requests are open, or still to be made.
    pub const fn is_publishing(&self) -> bool {
        self.unsent > 0 || self.leaving > 0
    }

    /// Whether requests are open.
    pub const fn is_leaving(&self) -> bool {
        self.leaving > 0
    }

    /// Events that must arrive, can, and were not read yet.
    pub const fn unread(&self) -> usize {
        self.unread
    }

    /// Whether something waits to be read, or to stay away.
    pub fn is_watching(&self) -> bool {
        !self.due.is_empty()
    }

    /// The next deadline after `now` of an event that waits.
    pub fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        self.due.range((now.plus_millis(1), 0)..).next().map(|(deadline, _)| *deadline)
    }

    /// The last deadline of an event that waits; none while something is still to be published.
    pub fn last_deadline(&self) -> Option<Timestamp> {
        if self.is_publishing() { None } else { self.due.last().map(|(deadline, _)| *deadline) }
    }

    /// Spans in which the queue was not read, as observed so far.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Whether an event waits for nothing but to hear that the queue was found empty at `at`.
    pub fn waits_for_sweep(&self, at: Timestamp) -> bool {
        self.due.first().is_some_and(|(deadline, _)| *deadline <= at)
    }

    /// The events that never left, in order.
    pub fn unsent(&self) -> Vec<u32> {
        (0..self.len()).filter(|entry| self.entries[*entry as usize].is_planned()).collect()
    }

    /// Whether any event is withheld.
    pub fn withholds(&self) -> bool {
        self.entries.iter().any(|tracked| tracked.expectation == Expectation::Withheld)
    }

    /// The events whose request was left without an answer.
    pub fn unanswered(&self) -> Vec<u32> {
        (0..self.len()).filter(|entry| self.entries[*entry as usize].is_leaving()).collect()
    }

    /// One event as it stands.
    pub fn report(&self, entry: u32) -> EventReport {
        let tracked = &self.entries[entry as usize];
        let sending = tracked.sending();
        EventReport {
            entry,
            event_type: tracked.event_type,
            incident: tracked.incident,
            expectation: tracked.expectation,
            event_id: sending.event_id().map(ToOwned::to_owned),
            request_id: self.requests.get(tracked.request as usize).map(Id::text),
            published_at: sending.left_at(),
            accepted_at: sending.accepted_at(),
            deadline: sending.deadline(self.timeout_ms),
            judgement: self.judgement(entry, self.last_step),
        }
    }

    /// The verdict on every event as things stand.
    pub fn judgements(&self, now: Timestamp) -> Judgements {
        (0..self.len()).map(|entry| self.judgement(entry, now)).collect()
    }

    /// The verdicts, counted.
    pub fn tally(&self, now: Timestamp) -> Tally {
        let mut tally = Tallying::default();
        for (entry, tracked) in self.entries.iter().enumerate() {
            tally.add(&tracked.evidence(), &self.judgement(u32::try_from(entry).unwrap_or(u32::MAX), now));
        }
        tally.finish()
    }

    /// Whether every event has the verdict that was expected of it and the queue was read all the time.
    pub fn is_proven(&self, now: Timestamp) -> bool {
        !self.entries.is_empty() && self.gaps.is_empty() && self.tally(now).fulfilled == u64::from(self.len())
    }

    fn answered(&mut self, answer: Answer, now: Timestamp) -> Vec<u32> {
        let left = self.tracked(answer.entry).left_at().unwrap_or(answer.at);
        let sending = match answer.outcome {
            Outcome::Accepted { event_id } => Sending::Accepted { left, at: answer.at, event_id },
            Outcome::Rejected { code, message } => Sending::Rejected { left, code, message },
            Outcome::NotSent { why } => Sending::NotSent { why },
            Outcome::Unknown { why } => Sending::OutcomeUnknown { left, why },
        };
        self.sent(answer.entry, sending, answer.request_id, now);
        vec![answer.entry]
    }

    fn sent(&mut self, entry: u32, sending: Sending, request_id: Option<Arc<str>>, now: Timestamp) {
        self.count_sending(entry, -1);
        let request = numbered(&mut self.requests, request_id.as_deref());
        let tracked = self.tracked(entry);
        tracked.set_sending(sending);
        tracked.request = request;
        self.count_sending(entry, 1);
        self.watch_for(entry);
        self.judge(entry, now);
    }

    fn withheld(&mut self, at: Timestamp, now: Timestamp) {
        let is_withheld = |entry: &u32| self.entries[*entry as usize].expectation == Expectation::Withheld;
        let withheld: Vec<u32> = (0..self.len()).filter(is_withheld).collect();
        for entry in withheld {
            if let Some(deadline) = self.entries[entry as usize].deadline(self.timeout_ms) {
                self.due.remove(&(deadline, entry));
            }
            self.sent(entry, Sending::Withheld { at }, None, now);
        }
    }

    fn count_sending(&mut self, entry: u32, by: isize) {
        let tracked = self.tracked(entry);
        let (is_planned, is_leaving) = (tracked.is_planned(), tracked.is_leaving());
        if is_planned {
            self.unsent = self.unsent.saturating_add_signed(by);
        }
        if is_leaving {
            self.leaving = self.leaving.saturating_add_signed(by);
        }
    }

    /// Enters the event's deadline, where it has one and still waits for it.
    fn watch_for(&mut self, entry: u32) {
        let timeout_ms = self.timeout_ms;
        let tracked = self.tracked(entry);
        let must_arrive = tracked.expectation.must_arrive();
        let deadline = tracked.deadline(timeout_ms).filter(|_| tracked.verdict == Verdict::Waiting);
        if deadline.is_some_and(|deadline| self.due.insert((deadline, entry))) && must_arrive {
            self.unread += 1;
        }
    }

    /// Judges an event again; tells whether its verdict is another one now.
    fn judge(&mut self, entry: u32, now: Timestamp) -> bool {
        let verdict = self.judgement(entry, now).verdict;
        let timeout_ms = self.timeout_ms;
        let tracked = self.tracked(entry);
        let before = std::mem::replace(&mut tracked.verdict, verdict);
        let must_arrive = tracked.expectation.must_arrive();
        let deadline = tracked.deadline(timeout_ms);
        match (before == Verdict::Waiting, verdict == Verdict::Waiting) {
            (true, false) => self.waiting -= 1,
            (false, true) => self.waiting += 1,
            _ => {}
        }
        if verdict != Verdict::Waiting && deadline.is_some_and(|deadline| self.due.remove(&(deadline, entry))) && must_arrive {
            self.unread -= 1;
        }
        before != verdict
    }

    /// Judges the events whose deadlines lie up to `until`.
    fn judge_due(&mut self, now: Timestamp, until: Timestamp) -> Vec<u32> {
        let due: Vec<u32> = self.due.range(..=(until, u32::MAX)).map(|(_, entry)| *entry).collect();
        due.into_iter().filter(|entry| self.judge(*entry, now)).collect()
    }

    fn judgement(&self, entry: u32, now: Timestamp) -> Judgement {
        let watch =
            Watch { now, swept: self.swept, gaps: &self.gaps, hidden: self.hidden.as_ref(), is_shared: self.is_shared, over: self.over };
        let mut judgement = self.entries[entry as usize].evidence().judge(self.timeout_ms, &watch);
        if let (Verdict::Changed, Some(transformer), Some(reason)) = (judgement.verdict, &self.transformer, &mut judgement.reason) {
            *reason = format!("{reason}; {transformer}");
        }
        judgement
    }

    fn tracked(&mut self, entry: u32) -> &mut Tracked {
        &mut self.entries[entry as usize]
    }
}

/// The place of a request's id; a new one is added unless it is the last one.
fn numbered(requests: &mut Vec<Id>, id: Option<&str>) -> u32 {
    let Some(id) = id else { return NO_REQUEST };
    if requests.last().is_none_or(|last| !last.is(id)) {
        requests.push(Id::new(id));
    }
    u32::try_from(requests.len() - 1).unwrap_or(NO_REQUEST)
}
