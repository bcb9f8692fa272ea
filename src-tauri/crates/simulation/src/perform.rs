//! What a program does: its effects, performed on the world, with what must always hold when it does.

use waybill_domain::{RunId, Sending, Timestamp};
use waybill_proof::{Close, Effect, Happened, Ownership, Progress, Received};

use crate::Fault;
use crate::aws::Waiter;
use crate::facts::{Facts, Heard, Kept, STILL_OPEN};
use crate::queue::{Origin, Shape, Taken};
use crate::schedule::START;
use crate::world::{Event, World};

impl World {
    /// How long an effect keeps its program, in milliseconds.
    pub(crate) fn cost(&mut self, program: usize, effect: &Effect) -> i64 {
        let is_commit = matches!(
            effect,
            Effect::Begin { .. }
                | Effect::Withhold { .. }
                | Effect::Leaving { .. }
                | Effect::Answered { .. }
                | Effect::Listening { .. }
                | Effect::Keep(_)
                | Effect::LookForArrivals { .. }
                | Effect::LookForReaders { .. }
                | Effect::Close { .. }
        );
        if is_commit && self.busy.1 > 0 && self.now >= START + self.busy.0 {
            let busy = std::mem::take(&mut self.busy).1;
            self.kept_busy(program, busy);
            return busy;
        }
        if is_commit && self.has(Fault::StoreBusy) && self.dice.percent(8) {
            let busy = self.dice.between(50, 2500);
            self.kept_busy(program, busy);
            return busy;
        }
        if is_commit && self.dice.percent(20) { self.dice.between(1, 3) } else { 0 }
    }

    /// A commit keeps a program; together with others since it last looked around, perhaps for long enough to be a gap.
    fn kept_busy(&mut self, program: usize, millis: i64) {
        let (now, looked) = (self.now, self.programs[program].looked);
        self.facts.delay(now, now + millis, Some(program));
        if now + millis - looked > 4800 {
            self.facts.doubt(looked, now + millis + 6000, Some(program), "commits kept the program, together for nearly as long as a gap");
        }
    }

    pub(crate) fn perform(&mut self, program: usize, effect: Effect) {
        let answer = match effect {
            Effect::Tell(progress) => {
                self.told(program, progress);
                None
            }
            Effect::Begin { request, at } => {
                self.programs[program].held.push(request.run);
                let place = self.facts.places[&request.run];
                self.facts.runs[place].begun = self.now;
                self.ledger.begin(request, at);
                None
            }
            Effect::Withhold { run, at } => {
                self.ledger.withheld(run, at);
                self.withheld(program, run, at);
                None
            }
            Effect::Leaving { run, entries, at } => {
                self.leaving(run, &entries);
                self.ledger.leaving(run, &entries, at);
                None
            }
            Effect::Answered { run, answers } => {
                self.ledger.answered(run, answers);
                None
            }
            Effect::Listening { run, report } => {
                self.ledger.listening(run, report);
                None
            }
            Effect::Keep(messages) => Some(Happened::Kept(self.keep(program, &messages))),
            Effect::LookForArrivals { run, after } => Some(Happened::Arrived { run, arrivals: self.ledger.arrivals_of(run, after) }),
            Effect::LookForReaders { queue_url, except } => Some(Happened::Readers(self.ledger.readers(&queue_url, except))),
            Effect::LookForInterrupted { queue_url } => Some(Happened::Interrupted(self.ledger.interrupted(&queue_url))),
            Effect::Resume { run } => {
                let record = self.ledger.resume(run);
                self.programs[program].held.extend(record.is_some().then_some(run));
                self.facts.resumed += u32::from(record.is_some());
                Some(Happened::Resumed(record.map(Box::new)))
            }
            Effect::LetGo { run } => {
                self.programs[program].held.retain(|held| *held != run);
                self.ledger.let_go(run);
                None
            }
            Effect::Close { run, closing } => Some(Happened::Closed(self.close(program, run, *closing))),
            Effect::Put { entries } => {
                self.put(program, entries);
                None
            }
            Effect::Receive { started, wait_s } => {
                self.receive(program, started, wait_s);
                None
            }
            Effect::Delete { handles } => {
                self.delete(program, &handles);
                None
            }
            Effect::PutAside { messages } => {
                let taken = messages.iter().map(|(handle, seconds)| (taken(handle), i64::from(*seconds) * 1000)).collect();
                let generation = self.programs[program].generation;
                let after = self.dice.between(1, 12);
                self.plan(after, Event::HideArrives { program, generation, taken });
                None
            }
        };
        if let Some(answer) = answer {
            let now = self.now;
            self.programs[program].happened(answer, now);
        }
    }

    /// Takes note of what the program of a run tells of it.
    fn told(&mut self, program: usize, progress: Progress) {
        let own = |run: RunId, facts: &Facts| facts.places.get(&run).copied().filter(|place| facts.runs[*place].program == program);
        match progress {
            Progress::Publication { run, event } => {
                if let Some(place) = own(run, &self.facts) {
                    self.tell(|| format!("program {program} says that {run}/{} is {:?}", event.entry, event.judgement.verdict));
                    self.check_told(place, &event);
                    self.facts.runs[place].told.insert(event.entry, event.judgement.verdict);
                }
            }
            Progress::Ended(summary) => {
                if let Some(place) = own(summary.run, &self.facts) {
                    self.facts.runs[place].ended = Some(summary);
                }
            }
            Progress::Counts { run, tally } => {
                if let Some(place) = own(run, &self.facts) {
                    self.check_counts(place, &tally);
                }
            }
            Progress::Started { .. } | Progress::Poller(_) => {}
        }
    }

    /// Events are withheld from when nothing of their run could have been overlooked: after it was committed.
    fn withheld(&mut self, program: usize, run: RunId, at: Timestamp) {
        let (at, now) = (self.programs[program].truly(at), self.now);
        let facts = &mut self.facts.runs[self.facts.places[&run]];
        let begun = facts.begun;
        facts.events.iter_mut().for_each(|event| event.begun = at);
        if !(begun..=now).contains(&at) {
            self.wrong(|| format!("{run} is committed at {begun}, and withholds from {at}"));
        }
    }

    /// Nothing is sent again whose outcome is open, or that was taken.
    fn leaving(&mut self, run: RunId, entries: &[u32]) {
        for entry in entries {
            let sending = self.ledger.event(run, *entry).sending.clone();
            if !matches!(sending, Sending::Planned | Sending::Rejected { .. } | Sending::NotSent { .. }) {
                self.wrong(|| format!("{run}/{entry} is sent again although it is {sending:?}"));
            }
            self.check_sent_again(run, *entry);
        }
    }

    fn put(&mut self, program: usize, entries: Vec<u32>) {
        let run = self.programs[program].request.as_ref().expect("only a run publishes").run;
        for entry in &entries {
            let sending = self.ledger.event(run, *entry).sending.clone();
            if !matches!(sending, Sending::Leaving { .. }) {
                self.wrong(|| format!("{run}/{entry} leaves although the ledger says {sending:?}"));
            }
        }
        let generation = self.programs[program].generation;
        self.put_leaves((program, generation), run, entries);
    }

    fn receive(&mut self, program: usize, started: Timestamp, wait_s: i32) {
        let one = &self.programs[program];
        let wait_ms = i64::from(wait_s) * 1000;
        let reserved = one.held.iter().filter_map(|run| self.ledger.poller(*run).reads_until).max();
        if reserved.is_none_or(|until| until < started.plus_millis(wait_ms)) {
            self.wrong(|| format!("program {program} receives without having said so: {reserved:?}"));
        }
        let generation = self.programs[program].generation;
        self.tell(|| format!("program {program} starts a receive of {wait_s} s"));
        let heard = Heard { program, started: self.now, finished: STILL_OPEN, found_nothing: false };
        self.facts.heard.push(heard);
        *self.facts.open_receives.entry((program, generation)).or_default() += 1;
        self.ids += 1;
        let waiter = Waiter { number: self.ids, program, generation, started, wait_ms };
        let after = self.dice.between(1, 12);
        self.plan(after, Event::ReceiveArrives(waiter));
    }

    fn delete(&mut self, program: usize, handles: &[String]) {
        let all: Vec<Taken> = handles.iter().map(|handle| taken(handle)).collect();
        for one in &all {
            let message = &self.queue.messages[one.message];
            let is_foreign = matches!(message.origin, Origin::Foreign);
            if is_foreign || !self.ledger.has_message(&message.id) {
                let what = if is_foreign { "somebody else's" } else { "not committed" };
                self.wrong(|| format!("program {program} deletes message {} which is {what}", one.message));
            }
        }
        let generation = self.programs[program].generation;
        let after = self.dice.between(1, 12);
        self.plan(after, Event::DeleteArrives { program, generation, taken: all });
    }

    fn keep(&mut self, program: usize, messages: &[Received]) -> Vec<Ownership> {
        let owners = self.ledger.arrived(messages);
        for (message, owner) in messages.iter().zip(&owners) {
            let place = self.queue.place(&message.message_id);
            if *owner == Ownership::Foreign {
                self.programs[program].foreign.insert(place);
            }
            let Origin::Event { run, entry, event_id, shape } = self.queue.messages[place].origin.clone() else { continue };
            if !self.ledger.has_run(run) {
                continue;
            }
            let sending = self.ledger.event(run, entry).sending;
            let is_named = sending.event_id() == Some(event_id.as_str());
            let is_alike = matches!(shape, Shape::Equal | Shape::Bare);
            // Of two events with the same content only the ledger can say which one it took a message for.
            let is_known = if self.facts.event(run, entry).is_twin { *owner == Ownership::Own } else { is_named || is_alike };
            let is_before_close = self.ledger.closing(run).is_none();
            let kept = Kept { message: place, read: self.programs[program].truly(message.at), is_before_close, is_known };
            let all = &mut self.facts.event(run, entry).kept;
            // The first time that it could be told whose it is counts; the same message received again is nothing new.
            if !all.iter().any(|before| before.message == place && before.is_known) {
                all.push(kept);
            }
        }
        self.tell(|| {
            let ids = messages.iter().map(|message| message.message_id[24..].trim_start_matches('0').to_owned());
            format!("program {program} keeps {:?}", ids.zip(&owners).collect::<Vec<_>>())
        });
        owners
    }

    fn close(&mut self, program: usize, run: RunId, closing: waybill_proof::Closing) -> Close {
        if self.ledger.closing(run).is_some() {
            self.wrong(|| format!("{run} is closed a second time"));
        }
        let is_own = self.programs[program].goes_on_with(run);
        if is_own {
            self.check_poller(program, run, &closing);
        }
        let close = self.ledger.close(run, closing);
        if close == Close::Closed {
            self.tell(|| format!("program {program} closes {run}"));
            let place = self.facts.places[&run];
            let facts = &mut self.facts.runs[place];
            facts.closed = Some(self.now);
            if !is_own {
                facts.left_alone.get_or_insert(self.now);
            }
            facts.is_taken_up = !is_own;
        }
        close
    }
}

/// The message of a receipt handle.
pub(crate) fn taken(handle: &str) -> Taken {
    let (message, handle) = handle.split_once(':').expect("a handle of this world");
    Taken { message: message.parse().expect("a number"), handle: handle.parse().expect("a number") }
}
