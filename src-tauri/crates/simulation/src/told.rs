//! What programs say while a run goes on, and what they leave behind when they end, holds as much as the last word.

use std::sync::Arc;

use waybill_domain::{EventReport, Outgoing, RunId, Tally, Verdict};
use waybill_proof::Closing;

use crate::Fault;
use crate::facts::RunFacts;
use crate::oracle::Case;
use crate::program::Outside;
use crate::queue::Taken;
use crate::world::{Event, World};

/// Codes after which nothing is sent again, whatever else happens.
const FINAL: [&str; 2] = ["MalformedDetail", "NotAuthorizedForSourceException"];

/// Most entries of one request.
const MOST_ENTRIES: usize = 20;

/// How often AWS may answer that an entry was not taken before it is given up.
pub(crate) const MOST_ATTEMPTS: usize = 6;

/// The shortest wait before an entry is sent again.
const SHORTEST_WAIT: i64 = 50;

/// How long the commits of a close may take.
const LONGEST_CLOSE: i64 = 9000;

impl World {
    /// What a program tells of an event of its own run is true when it is told.
    pub(crate) fn check_told(&mut self, place: usize, event: &EventReport) {
        let run = &self.facts.runs[place];
        let wrongs: Vec<String> =
            self.wrongs_of(run, event).into_iter().map(|wrong| format!("{}/{} {wrong}", run.run, event.entry)).collect();
        wrongs.into_iter().for_each(|wrong| self.wrong(|| wrong));
    }

    fn wrongs_of(&self, run: &RunFacts, event: &EventReport) -> Vec<String> {
        let case = Case::new(self, run, event.entry);
        let mut wrongs = Vec::new();
        let (verdict, deadline) = (event.judgement.verdict, case.deadline());
        let is_silence = matches!(verdict, Verdict::Missing | Verdict::HeldBack);
        if (is_silence || verdict == Verdict::Unknown && event.judgement.copies == 0)
            && deadline.is_none_or(|deadline| self.now <= deadline)
        {
            wrongs.push(format!("is told to be {verdict:?} before its deadline {deadline:?}"));
        }
        if is_silence && deadline.is_some_and(|deadline| case.is_within_reach(deadline)) {
            wrongs.push(format!("is told to be {verdict:?}, and a copy is within reach"));
        }
        let said = event.deadline.map(|at| self.began_with(run.program, at));
        if said.is_some() && said != deadline {
            wrongs.push(format!("is told to have the deadline {said:?}, and has {deadline:?}"));
        }
        let attempts = &run.events[event.entry as usize].attempts;
        let answered = attempts.iter().rev().find(|attempt| attempt.answer.is_some());
        if event.event_id.is_some() && event.event_id != answered.and_then(|attempt| attempt.taken.clone()) {
            wrongs.push(format!("is told to have the id {:?}", event.event_id));
        }
        if event.request_id.is_some() && event.request_id.as_deref() != answered.and_then(|attempt| attempt.request.as_deref()) {
            wrongs.push(format!("is told to have come with the request {:?}", event.request_id));
        }
        wrongs
    }

    /// Counts that are told are of all events.
    pub(crate) fn check_counts(&mut self, place: usize, tally: &Tally) {
        let counts = &tally.counts;
        let sum = counts.not_sent + counts.rejected + counts.waiting + counts.delivered + counts.held_back + counts.late;
        let sum = sum + counts.changed + counts.missing + counts.unknown + counts.unexpected;
        let run = &self.facts.runs[place];
        let (run, many) = (run.run, run.events.len() as u64);
        if sum != many {
            self.wrong(|| format!("{run} counts {sum} of {many} events"));
        }
    }

    /// No request is larger than AWS takes, and nothing leaves before its time.
    pub(crate) fn check_sent(&mut self, run: RunId, entries: &[u32]) {
        let Some(request) = self.requests.iter().find(|request| request.run == run).map(Arc::clone) else { return };
        let size: usize = entries.iter().map(|entry| request.events.get(*entry).outgoing.size()).sum();
        if entries.len() > MOST_ENTRIES || size >= Outgoing::SIZE_LIMIT {
            self.wrong(|| format!("{run} sends {} entries of {size} bytes at once", entries.len()));
        }
        let facts = &self.facts.runs[self.facts.places[&run]];
        let begun = facts.started;
        let sent = facts.events.iter().filter(|event| !event.attempts.is_empty()).count();
        let due = |entry: u32| request.schedule.as_ref().map_or(0, |schedule| schedule[entry as usize]);
        let early = entries.iter().find(|entry| self.now < begun + due(**entry)).copied();
        let step = request.pace.rate.map_or(0.0, |rate| 1000.0 / rate);
        let is_fast = (self.now - begun) as f64 + 1.0 < step * sent.saturating_sub(1) as f64;
        if early.is_some() || is_fast {
            self.wrong(|| format!("{run}/{entries:?} leave before their time"));
        }
    }

    /// Nothing is sent again that was refused for good, without a pause, or without end.
    pub(crate) fn check_sent_again(&mut self, run: RunId, entry: u32) {
        let attempts = &self.facts.event(run, entry).attempts;
        let refusals: Vec<(i64, &str)> =
            attempts.iter().filter_map(|attempt| Some((attempt.answer?.0, attempt.refused.as_deref()?))).collect();
        let wrong = match refusals.last() {
            Some((_, code)) if FINAL.contains(code) => format!("after {code}, which is final"),
            Some((at, _)) if self.now - at < SHORTEST_WAIT => "without a pause".to_owned(),
            _ if refusals.len() >= MOST_ATTEMPTS => format!("after {} refusals", refusals.len()),
            _ => return,
        };
        self.wrong(|| format!("{run}/{entry} is sent again {wrong}"));
    }

    /// The poller's part of a run's end is what its program did.
    pub(crate) fn check_poller(&mut self, program: usize, run: RunId, closing: &Closing) {
        let one = &self.programs[program];
        let unseen = one.inbox.iter().filter(|outside| matches!(outside, Outside::Received(_))).count() as u64;
        let (receives, foreign) = (closing.poller.receives, closing.poller.foreign);
        let (most, strangers, at) = (one.receives, one.foreign.len() as u64, one.truly(closing.at));
        // One may have been answered while the last look was being committed.
        if !(most.saturating_sub(unseen + 1)..=most).contains(&receives) || foreign != strangers {
            self.wrong(|| format!("{run} counts {receives} receives of {most}, and {foreign} foreign messages of {strangers}"));
        }
        if !(self.now - LONGEST_CLOSE..=self.now).contains(&at) {
            self.wrong(|| format!("{run} says that it was closed at {at}"));
        }
    }

    /// What a machine was handed and did not keep lies in the queue again when it has ended.
    pub(crate) fn check_released(&mut self, program: usize) {
        // What nobody else can see for a while is no harm where nothing tells that it was let go, and what it never looked at it may not have.
        if self.has(Fault::DeleteLost) {
            return;
        }
        let holder = Some((program, self.programs[program].generation));
        let on_its_way = |place: usize, taken: &[Taken]| taken.iter().any(|one| one.message == place);
        let is_let_go = |place: usize| {
            self.agenda.values().any(|event| match event {
                Event::HideArrives { taken, .. } => taken.iter().any(|(one, millis)| one.message == place && *millis == 0),
                Event::DeleteArrives { taken, .. } => on_its_way(place, taken),
                _ => false,
            })
        };
        let unseen = |handle: &str| {
            let of = |outside: &Outside| match outside {
                Outside::Received(receive) => receive.result.iter().flatten().any(|one| one.handle == handle),
                _ => false,
            };
            self.programs[program].inbox.iter().any(of)
        };
        let held = self.queue.messages.iter().enumerate().filter(|(place, message)| {
            message.gone.is_none()
                && message.told == holder
                && !message.is_visible(self.now)
                && !self.ledger.has_message(&message.id)
                && !unseen(&message.newest_handle(*place))
                && !is_let_go(*place)
        });
        let held: Vec<usize> = held.map(|(place, _)| place).collect();
        if !held.is_empty() {
            self.wrong(|| format!("program {program} ended and keeps the messages {held:?} out of sight"));
        }
    }
}
