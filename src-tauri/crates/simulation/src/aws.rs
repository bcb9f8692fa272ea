//! The bus, the queue and its other consumers, with what goes wrong on the way to them and back.

use std::sync::Arc;

use waybill_domain::{Expectation, Outgoing, ReadingPlan, RunId, Timestamp};
use waybill_proof::{Handled, Outcome, Put, Receive, ReceiveFailure, Received, Reply};

use crate::Fault;
use crate::facts::{Attempt, Heard, STILL_OPEN, Told};
use crate::perform::taken;
use crate::plan::MALFORMED;
use crate::program::Outside;
use crate::queue::{Hold, Origin, Shape, Taken};
use crate::world::{Event, World};

/// How long an answer to a request is waited for.
const PATIENCE: i64 = 2000;

const FAILED: &str = "a receive failed, and its program does not know whether messages went with it";

/// A receive that waits for a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiter {
    pub(crate) number: u64,
    pub(crate) program: usize,
    pub(crate) generation: u64,
    pub(crate) started: Timestamp,
    pub(crate) wait_ms: i64,
}

impl World {
    pub(crate) fn way(&mut self) -> i64 {
        self.dice.between(1, 12)
    }

    fn answers(&mut self, to: (usize, u64), after: i64, outside: Outside) {
        let (program, generation) = to;
        self.plan(after, Event::Reaches { program, generation, outside });
    }

    /// A request leaves a program.
    pub(crate) fn put_leaves(&mut self, to: (usize, u64), run: RunId, entries: Vec<u32>) {
        let (left, program) = (self.now, to.0);
        for entry in &entries {
            self.facts.event(run, *entry).attempts.push(Attempt { left, taken: None, refused: None, request: None, answer: None });
        }
        self.tell(|| format!("program {program} sends {entries:?}"));
        self.check_sent(run, &entries);
        if self.has(Fault::Unreachable) && self.dice.percent(40) {
            let after = self.way();
            return self.put_told(to, after, (entries, Reply::NotReached), |_| Outcome::NotSent { why: "not reached".to_owned() });
        }
        if self.is_expired() {
            let code = "ExpiredTokenException".to_owned();
            let after = self.way();
            return self
                .put_told(to, after, (entries, Reply::NotReached), |_| Outcome::Rejected { code: code.clone(), message: String::new() });
        }
        if self.has(Fault::RequestLost) && self.dice.percent(30) {
            return self.put_told(to, PATIENCE, (entries, Reply::Silent), |_| no_answer());
        }
        let after = self.way();
        self.plan(after, Event::PutArrives { program: to.0, generation: to.1, run, entries });
    }

    fn put_told(&mut self, to: (usize, u64), after: i64, (entries, reply): (Vec<u32>, Reply), outcome: impl Fn(usize) -> Outcome) {
        let outcomes = (0..entries.len()).map(outcome).collect();
        let request_id = (reply == Reply::Answered).then(|| self.draw_id().into());
        let put = Put { entries, outcomes, request_id, at: Timestamp::default(), reply };
        self.answers(to, after, Outside::Answered(put));
    }

    pub(crate) fn put_arrives(&mut self, to: (usize, u64), run: RunId, entries: Vec<u32>) {
        if self.has(Fault::Throttled) && self.dice.percent(35) {
            let (after, code) = (self.way(), "ThrottlingException".to_owned());
            return self
                .put_told(to, after, (entries, Reply::Throttled), |_| Outcome::Rejected { code: code.clone(), message: String::new() });
        }
        let outcomes: Vec<Outcome> = entries.iter().map(|entry| self.entry_arrives(run, *entry)).collect();
        if self.has(Fault::AnswerLost) && self.dice.percent(36) {
            self.tell(|| format!("the answer to {entries:?} is lost"));
            return self.put_told(to, PATIENCE, (entries, Reply::Silent), |_| no_answer());
        }
        let after = self.way_of_reply();
        self.put_told(to, after, (entries, Reply::Answered), |place| outcomes[place].clone());
    }

    fn entry_arrives(&mut self, run: RunId, entry: u32) -> Outcome {
        let rejected = |code: &str| Outcome::Rejected { code: code.to_owned(), message: String::new() };
        let detail_is_bad = self.ledger.event(run, entry).outgoing.detail == MALFORMED;
        if detail_is_bad {
            return rejected("MalformedDetail");
        }
        if self.has(Fault::Throttled) && self.dice.percent(20) {
            return rejected("ThrottlingException");
        }
        if self.has(Fault::Refused) && self.dice.percent(25) {
            return rejected("NotAuthorizedForSourceException");
        }
        let fails = self.has(Fault::Internal) && self.dice.percent(35);
        if fails && self.dice.percent(50) {
            return rejected("InternalFailure");
        }
        let event_id = self.draw_id();
        self.facts.event(run, entry).attempts.last_mut().expect("it left").taken = Some(event_id.clone());
        self.deliver(run, entry, &event_id);
        if fails { rejected("InternalFailure") } else { Outcome::Accepted { event_id } }
    }

    fn draw_id(&mut self) -> String {
        self.ids += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.ids)
    }

    /// The bus hands an event that it took to the queue, if the rule as it is lets it through.
    fn deliver(&mut self, run: RunId, entry: u32, event_id: &str) {
        let expectation = self.expectation(run, entry);
        let passes = if self.is_rule_changed { self.dice.percent(50) } else { expectation.must_arrive() };
        if !passes || self.has(Fault::Loss) && self.dice.percent(30) {
            return self.tell(|| format!("{run}/{entry} is not delivered"));
        }
        let timeout = self.facts.runs[self.facts.places[&run]].timeout;
        let (scene, is_first) = (self.plan.scene, self.plan.runs[0].request.run == run);
        let copies = 1 + i64::from(self.has(Fault::Copy) && self.dice.percent(35));
        for _ in 0..copies {
            let of_scene = scene.and_then(|scene| scene.delay(is_first, timeout, &mut self.dice));
            let delay = of_scene.unwrap_or_else(|| match () {
                // Some are read at the very deadline, or a millisecond beside it.
                () if self.has(Fault::Delay) && self.dice.percent(20) => timeout + self.dice.between(-15, 10),
                () if self.has(Fault::Delay) && self.dice.percent(50) => self.dice.between(500, 9000),
                () if self.has(Fault::Shuffle) => self.dice.between(1, 600),
                // Passes that find everything at once are none.
                () if self.plan.is_slow && self.has(Fault::Peek) => self.dice.between(1, timeout),
                () if self.plan.is_slow => self.dice.between(1, timeout / 2),
                () => self.dice.between(1, 40),
            });
            let changes = self.has(Fault::Change) && self.dice.percent(45);
            let shape = if changes { self.dice.one_of(&[Shape::Changed, Shape::Bare, Shape::Transformed]) } else { Shape::Equal };
            self.plan(delay, Event::Enqueued { run, entry, event_id: event_id.to_owned(), shape });
        }
    }

    pub(crate) fn expectation(&self, run: RunId, entry: u32) -> Expectation {
        let request = self.requests.iter().find(|request| request.run == run).expect("a run of this world");
        request.events.get(entry).expectation
    }

    /// Somebody else publishes the same event.
    pub(crate) fn leaks(&mut self) {
        let place = self.dice.between(0, self.facts.runs.len().max(1) as i64 - 1).unsigned_abs();
        let Some(run) = usize::try_from(place).ok().and_then(|place| self.facts.runs.get(place)) else { return };
        let (run, many) = (run.run, run.events.len() as i64);
        let entry = u32::try_from(self.dice.between(0, many - 1)).unwrap_or(0);
        let detail = self.requests.iter().find(|request| request.run == run).expect("it began").events.get(entry).outgoing.detail;
        if detail != MALFORMED && detail.len() < 1000 {
            let event_id = self.draw_id();
            self.plan(1, Event::Enqueued { run, entry, event_id, shape: Shape::Equal });
        }
    }

    pub(crate) fn enqueued(&mut self, run: RunId, entry: u32, event_id: String, shape: Shape) {
        if self.now < self.gone_until {
            return;
        }
        let request = self.requests.iter().find(|request| request.run == run).expect("a run of this world");
        let sent = request.events.get(entry).outgoing;
        let body = match shape {
            Shape::Equal => sent.envelope(&event_id),
            Shape::Changed => sent.envelope(&event_id).replace("HIGH", "LOW"),
            Shape::Bare => sent.detail.clone(),
            Shape::Transformed => format!("event {event_id} happened"),
        };
        let message = self.queue.put(body, Origin::Event { run, entry, event_id, shape }, self.now);
        self.facts.event(run, entry).copies.push(message);
        self.tell(|| format!("{run}/{entry} is in the queue as message {message} ({shape:?})"));
        // A consumer that waits, too, is sometimes faster.
        if (self.has(Fault::ForeignTakes) || self.has(Fault::ForeignReturns)) && self.dice.percent(25) {
            self.foreign_takes();
        }
        self.serve();
    }

    pub(crate) fn receive_arrives(&mut self, waiter: Waiter) {
        let to = (waiter.program, waiter.generation);
        let fails = self.has(Fault::ReceiveFails) && (self.failing.0..self.failing.1).contains(&self.now);
        let is_cut_off = self.cut_off.is_some_and(|(program, until)| program == waiter.program && self.now < until);
        if self.now < self.gone_until || self.is_expired() || fails || is_cut_off {
            let may_have_taken = fails && self.dice.percent(15);
            return self.receive_fails(to, waiter, may_have_taken);
        }
        self.waiters.push(waiter);
        self.serve();
        if self.waiters.iter().any(|one| one.number == waiter.number) {
            self.plan(waiter.wait_ms, Event::ReceiveEnds(waiter.number));
            self.plan_serve();
        }
    }

    fn plan_serve(&mut self) {
        if let Some(at) = self.queue.next_visible(self.now) {
            self.plan(at - self.now, Event::Serve);
        }
    }

    fn receive_fails(&mut self, to: (usize, u64), waiter: Waiter, may_have_taken: bool) {
        let after = if may_have_taken { self.wait_for_lost() } else { self.way() };
        if may_have_taken {
            self.facts.doubt(self.now - 6000, self.now + after + 16_000, None, FAILED);
        }
        let is_gone = self.now < self.gone_until;
        let failure = ReceiveFailure { why: "no answer".to_owned(), may_have_taken, is_gone };
        self.receive_told(to, after, waiter, Err(failure));
    }

    fn receive_told(&mut self, to: (usize, u64), after: i64, waiter: Waiter, result: Result<Vec<Handled>, ReceiveFailure>) {
        let receive = Receive { started: waiter.started, wait_ms: waiter.wait_ms, finished: Timestamp::default(), result };
        self.answers(to, after, Outside::Received(receive));
    }

    /// Answers the receives that can be answered.
    pub(crate) fn serve(&mut self) {
        while !self.waiters.is_empty() && self.queue.messages.iter().any(|message| message.is_visible(self.now)) {
            let any = self.dice.between(0, self.waiters.len() as i64 - 1);
            let waiter = self.waiters.swap_remove(usize::try_from(any).unwrap_or(0));
            self.answer_receive(waiter);
        }
        if !self.waiters.is_empty() {
            self.plan_serve();
        }
    }

    pub(crate) fn receive_ends(&mut self, number: u64) {
        if let Some(place) = self.waiters.iter().position(|waiter| waiter.number == number) {
            let waiter = self.waiters.remove(place);
            self.answer_receive(waiter);
        }
    }

    fn answer_receive(&mut self, waiter: Waiter) {
        let to = (waiter.program, waiter.generation);
        // Without waiting only some of the servers are asked.
        let misses = waiter.wait_ms == 0 && self.dice.percent(20);
        let taken = if misses { Vec::new() } else { self.queue.take(self.now, 10_000, false, &mut self.dice) };
        if self.is_answer_lost(waiter.program, &taken) {
            self.tell(|| format!("the answer of a receive is lost, with {taken:?}"));
            return self.receive_fails(to, waiter, true);
        }
        let handled = taken.iter().map(|taken| {
            let message = &self.queue.messages[taken.message];
            let received = Received {
                message_id: message.id.clone(),
                body: message.body.clone(),
                sent_at: None,
                at: Timestamp::default(),
                receive_count: message.receives,
            };
            Handled { received, handle: format!("{}:{}", taken.message, taken.handle) }
        });
        let handled = handled.collect();
        let after = self.way_of_answer(&taken);
        self.receive_told(to, after, waiter, Ok(handled));
    }

    pub(crate) fn delete_arrives(&mut self, to: (usize, u64), taken: &[Taken]) {
        if self.has(Fault::DeleteLost) && self.dice.percent(40) {
            self.tell(|| "a delete is lost".to_owned());
        } else {
            for one in taken {
                let is_deleted = self.queue.delete(*one, self.now);
                if is_deleted && self.has(Fault::Again) && self.dice.percent(40) {
                    let after = self.dice.between(1, 2500);
                    self.plan(after, Event::Revived(one.message));
                }
            }
        }
        let after = self.way();
        self.answers(to, after, Outside::Tidied);
    }

    pub(crate) fn hide_arrives(&mut self, to: (usize, u64), taken: &[(Taken, i64)]) {
        if self.has(Fault::DeleteLost) && self.dice.percent(self.lost_changes()) {
            self.tell(|| "a change of visibility is lost".to_owned());
        } else {
            self.tell(|| {
                format!("hidden for milliseconds: {:?}", taken.iter().map(|(one, millis)| (one.message, *millis)).collect::<Vec<_>>())
            });
            taken.iter().for_each(|(one, millis)| self.queue.hide(*one, self.now, *millis));
            self.serve();
        }
        let after = self.way();
        self.answers(to, after, Outside::Tidied);
    }

    pub(crate) fn revived(&mut self, message: usize) {
        self.tell(|| format!("message {message} shows up again"));
        self.queue.revive(message, self.now);
        self.serve();
    }

    pub(crate) fn foreign_sent(&mut self) {
        let body = match self.dice.between(0, 6) {
            0..=3 => self.dice.one_of(&["order 7", r#"{"order":7}"#, r#"{"id":"99","eventType":"incident-created"}"#, "{"]).to_owned(),
            // Whoever else is sent what this alert source says: about the same incident, and not what any of our events said.
            kind => self.look_alike(kind == 4),
        };
        let place = self.queue.put(body, Origin::Foreign, self.now);
        if let ReadingPlan::Peek { max_receive_count: Some(most), .. } = self.plan.reading {
            self.queue.messages[place].receives = u32::try_from(self.dice.between(0, i64::from(most))).unwrap_or(0);
        }
        self.serve();
    }

    /// A message that is like one of our events and is none: another envelope, its detail alone, or a text with an id in it.
    fn look_alike(&mut self, is_envelope: bool) -> String {
        let request = Arc::clone(&self.plan.runs[0].request);
        let entry = u32::try_from(self.dice.between(0, i64::from(request.events.len()) - 1)).unwrap_or(0);
        let sent = request.events.get(entry).outgoing;
        let detail = sent.detail.replace("HIGH", "CRITICAL");
        let is_usable = detail != MALFORMED && detail.len() < 1000;
        let event_id = format!("10000000-0000-4000-8000-{:012x}", self.dice.between(0, 1 << 40));
        match () {
            () if is_usable && is_envelope => Outgoing { detail, ..sent }.envelope(&event_id),
            () if is_usable && self.dice.percent(50) => detail,
            () => format!("event {event_id} happened"),
        }
    }

    /// A consumer that is not Waybill takes what it finds.
    pub(crate) fn foreign_takes(&mut self) {
        let taken = self.queue.take(self.now, 30_000, true, &mut self.dice);
        if taken.is_empty() {
            return;
        }
        let deletes = match (self.has(Fault::ForeignTakes), self.has(Fault::ForeignReturns)) {
            (true, true) => self.dice.percent(50),
            (takes, _) => takes,
        };
        self.tell(|| format!("a consumer takes {taken:?}"));
        let after = if deletes { self.dice.between(1, 200) } else { self.dice.between(20, 7000) };
        self.plan(after, Event::ForeignDone { taken, deletes });
    }

    pub(crate) fn foreign_done(&mut self, taken: &[Taken], deletes: bool) {
        for one in taken {
            if deletes {
                self.queue.delete(*one, self.now);
            } else {
                self.queue.hide(*one, self.now, 0);
            }
        }
        self.serve();
    }

    pub(crate) fn queue_goes(&mut self, millis: i64) {
        self.tell(|| format!("the queue is gone for {millis} ms"));
        self.gone_until = self.now + millis;
        let now = self.now;
        // Whoever meets a queue that is gone has a gap. Where nobody looked meanwhile, it is as if somebody had taken all that was in it.
        let lost = Hold { from: now, until: i64::MAX, is_foreign: true };
        for message in self.queue.messages.iter_mut().filter(|message| message.gone.is_none()) {
            message.gone = Some(now);
            message.holds.push(lost);
        }
        for waiter in std::mem::take(&mut self.waiters) {
            self.receive_fails((waiter.program, waiter.generation), waiter, false);
        }
    }

    fn is_expired(&self) -> bool {
        !self.is_calm && (self.expired.0..self.expired.1).contains(&self.now)
    }

    /// Takes note of what a program is told, as it is told.
    pub(crate) fn note(&mut self, program: usize, outside: &Outside) {
        let now = self.now;
        match outside {
            Outside::Answered(put) => {
                let run = self.programs[program].request.as_ref().expect("only a run publishes").run;
                self.tell(|| format!("program {program} is told {:?} of {:?}", put.outcomes, put.entries));
                for (entry, outcome) in put.entries.iter().zip(&put.outcomes) {
                    let told = match outcome {
                        Outcome::Accepted { .. } => Told::Accepted,
                        Outcome::Rejected { .. } => Told::Refused,
                        Outcome::NotSent { .. } => Told::NotSent,
                        Outcome::Unknown { .. } => Told::Nothing,
                    };
                    // What did not reach AWS was not refused by it.
                    let refused = match outcome {
                        Outcome::Rejected { code, .. } if put.reply != Reply::NotReached => Some(code.clone()),
                        _ => None,
                    };
                    let attempt = self.facts.event(run, *entry).attempts.last_mut().expect("it left");
                    (attempt.answer, attempt.refused, attempt.request) = (Some((now, told)), refused, put.request_id.clone());
                }
            }
            Outside::Received(receive) => self.note_receive(program, receive),
            _ => {}
        }
    }

    fn note_receive(&mut self, program: usize, receive: &Receive) {
        let (now, started) = (self.now, self.programs[program].truly(receive.started));
        if now - started > receive.wait_ms + 500 {
            self.facts.delay(started + receive.wait_ms, now, Some(program));
        }
        let generation = self.programs[program].generation;
        *self.facts.open_receives.entry((program, generation)).or_default() -= 1;
        let found_nothing = receive.wait_ms >= 1000 && receive.result.as_ref().is_ok_and(Vec::is_empty);
        let is_this = |heard: &&mut Heard| heard.program == program && heard.started == started && heard.finished == STILL_OPEN;
        if let Some(heard) = self.facts.heard.iter_mut().find(is_this) {
            (heard.finished, heard.found_nothing) = (now, found_nothing);
        }
        match &receive.result {
            Ok(messages) => {
                messages.iter().for_each(|one| self.queue.told(taken(&one.handle), (program, generation)));
                self.programs[program].receives += 1;
                self.tell(|| format!("program {program} reads {:?}", messages.iter().map(|one| &one.handle).collect::<Vec<_>>()));
                if let Some(since) = self.programs[program].failing.take() {
                    self.facts.further_delay(since, started, Some(program));
                }
            }
            Err(failure) => {
                self.tell(|| format!("program {program}: a receive failed ({failure:?})"));
                self.programs[program].failing.get_or_insert(started);
                if failure.is_gone {
                    self.facts.gap(started, now, Some(program));
                }
                if failure.may_have_taken {
                    self.facts.gap(started, now + 10_000, Some(program));
                    self.facts.doubt(started - 6000, now + 16_000, None, FAILED);
                }
            }
        }
    }
}

fn no_answer() -> Outcome {
    Outcome::Unknown { why: "no answer".to_owned() }
}
