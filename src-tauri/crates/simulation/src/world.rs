//! The world: its time, its programs, and what happens to them. Nothing runs beside anything else; what comes first is told by time, and
//! by the order of being planned where times are the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use waybill_domain::{RunId, Timestamp, Verdict};
use waybill_proof::{Happened, Put, Receive, RunRequest};

use crate::Fault;
use crate::aws::Waiter;
use crate::dice::Dice;
use crate::facts::{EventFacts, Facts, RunFacts};
use crate::ledger::MemoryLedger;
use crate::plan::{EPOCH, Plan, request_of};
use crate::program::{Outside, Program, Stage};
use crate::queue::{Queue, Shape, Taken};

/// A world that has not ended by then never will.
const LONGEST: i64 = 600_000;

/// How long after everything else the last take-up comes: every deadline has passed then, and nothing is hidden any longer.
const AFTERMATH: i64 = 45_000;

/// Something that is going to happen.
#[derive(Debug)]
pub(crate) enum Event {
    Begins(Arc<RunRequest>),
    Restarts { request: Option<Arc<RunRequest>>, killed_at: Option<(u64, bool)> },
    GoesOn { program: usize, appointment: u64 },
    Reaches { program: usize, generation: u64, outside: Outside },
    PutArrives { program: usize, generation: u64, run: RunId, entries: Vec<u32> },
    ReceiveArrives(Waiter),
    ReceiveEnds(u64),
    Serve,
    Enqueued { run: RunId, entry: u32, event_id: String, shape: Shape },
    DeleteArrives { program: usize, generation: u64, taken: Vec<Taken> },
    HideArrives { program: usize, generation: u64, taken: Vec<(Taken, i64)> },
    ForeignSent,
    ForeignTakes,
    ForeignDone { taken: Vec<Taken>, deletes: bool },
    Revived(usize),
    Stops { program: Option<usize>, millis: i64 },
    ClockSet(i64),
    QueueGoes { millis: i64 },
    RuleChanges,
    Wishes { program: usize, leaves: bool },
    Leaks,
    Sampled,
    Finale,
}

/// A world under a plan.
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) dice: Dice,
    pub(crate) now: i64,
    pub(crate) agenda: BTreeMap<(i64, u64), Event>,
    planned: u64,
    pub(crate) ledger: MemoryLedger,
    pub(crate) queue: Queue,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) programs: Vec<Program>,
    pub(crate) requests: Vec<Arc<RunRequest>>,
    pub(crate) facts: Facts,
    /// How far wall time was set away from true time.
    pub(crate) offset: i64,
    pub(crate) gone_until: i64,
    asleep_until: i64,
    pub(crate) expired: (i64, i64),
    pub(crate) failing: (i64, i64),
    pub(crate) is_rule_changed: bool,
    /// Whether nothing goes wrong any longer.
    pub(crate) is_calm: bool,
    pub(crate) ids: u64,
    /// The number of the newest run that was not planned.
    numbers: u64,
    /// Runs and entries with the faults, that were seen waiting.
    pub(crate) waited: u64,
    pub(crate) story: Option<Vec<String>>,
    pub(crate) wrongs: Vec<String>,
}

impl World {
    pub(crate) fn new(seed: u64, tells: bool) -> Self {
        let mut dice = Dice::of_seed(seed);
        let plan = Plan::draw(seed, &mut dice.split());
        let mut world = Self {
            plan,
            dice,
            now: 0,
            agenda: BTreeMap::new(),
            planned: 0,
            ledger: MemoryLedger::default(),
            queue: Queue::default(),
            waiters: Vec::new(),
            programs: Vec::new(),
            requests: Vec::new(),
            facts: Facts::default(),
            offset: 0,
            gone_until: 0,
            asleep_until: 0,
            expired: (0, 0),
            failing: (0, 0),
            is_rule_changed: false,
            is_calm: false,
            ids: 0,
            numbers: 10,
            waited: 0,
            story: tells.then(Vec::new),
            wrongs: Vec::new(),
        };
        world.schedule();
        world
    }

    /// Goes on to the end.
    pub(crate) fn run(&mut self) {
        while let Some(((at, _), event)) = self.agenda.pop_first() {
            self.now = at;
            if at > LONGEST {
                self.wrong(|| "the world does not end".to_owned());
                return;
            }
            self.happens(event);
            if self.is_calm && self.programs.last().is_some_and(|last| !last.is_alive()) {
                return;
            }
            self.consider_the_end();
        }
    }

    pub(crate) fn has(&self, fault: Fault) -> bool {
        !self.is_calm && self.plan.has(fault)
    }

    pub(crate) fn plan(&mut self, after: i64, event: Event) {
        self.planned += 1;
        self.agenda.insert((self.now + after.max(0), self.planned), event);
    }

    pub(crate) fn tell(&mut self, line: impl FnOnce() -> String) {
        let now = self.now;
        if let Some(story) = &mut self.story {
            story.push(format!("{now:>7}  {}", line()));
        }
    }

    pub(crate) fn wrong(&mut self, line: impl FnOnce() -> String) {
        let line = line();
        self.tell(|| format!("WRONG {line}"));
        self.wrongs.push(line);
    }

    /// Plans what the plan asks for.
    fn schedule(&mut self) {
        let runs: Vec<_> = self.plan.runs.iter().map(|run| (run.start, Arc::clone(&run.request))).collect();
        runs.into_iter().for_each(|(start, request)| self.plan(start, Event::Begins(request)));
        let start = 1000;
        for _ in 0..self.dice.between(1, 3) {
            let at = start + self.dice.between(50, 5000);
            self.plan(at, Event::Sampled);
        }
        if self.has(Fault::Foreign) || self.has(Fault::ForeignTakes) || self.has(Fault::ForeignReturns) {
            for _ in 0..self.dice.between(3, 40) {
                let at = self.dice.one_of(&[0, 0, 3000]);
                let at = if at == 0 { 0 } else { self.dice.between(0, 6000) };
                self.plan(at, Event::ForeignSent);
            }
        }
        if self.has(Fault::ForeignTakes) || self.has(Fault::ForeignReturns) {
            for _ in 0..self.dice.between(2, 25) {
                let at = start + self.dice.between(0, 5000);
                self.plan(at, Event::ForeignTakes);
            }
        }
        if self.has(Fault::Suspended) {
            let (at, millis) = (start + self.soon_or_later(), self.dice.one_of(&[700, 2500, 7000, 20_000]));
            self.plan(at, Event::Stops { program: None, millis });
        }
        if self.has(Fault::Stopped) {
            let (at, millis) = (start + self.soon_or_later(), self.dice.one_of(&[300, 1500, 4000, 7000, 12_000]));
            self.plan(at, Event::Stops { program: Some(0), millis });
        }
        if self.has(Fault::ClockSet) {
            let mut at = 0;
            for _ in 0..self.dice.between(1, 2) {
                let by = self.dice.one_of(&[-7_200_000, -60_000, -3000, -1500, 1500, 3000, 60_000, 7_200_000]);
                at += self.dice.between(200, 4000);
                self.plan(at, Event::ClockSet(by));
            }
        }
        if self.has(Fault::QueueGone) {
            let (at, millis) = (start + self.dice.between(0, 9000), self.dice.between(300, 9000));
            self.plan(at, Event::QueueGoes { millis });
        }
        if self.has(Fault::Credentials) {
            let from = start + self.soon_or_later();
            self.expired = (from, from + self.dice.between(300, 9000));
        }
        if self.has(Fault::ReceiveFails) {
            let from = start + self.soon_or_later();
            self.failing = (from, from + self.dice.between(300, 9000));
        }
        if self.has(Fault::RuleChanged) {
            let at = start + self.dice.between(-100, 60);
            self.plan(at, Event::RuleChanges);
        }
        if self.has(Fault::Leaked) {
            for _ in 0..self.dice.between(2, 5) {
                let at = start + self.dice.between(5, 2500);
                self.plan(at, Event::Leaks);
            }
        }
    }

    /// A moment in a run: right after the first events left, or any time later.
    const fn soon_or_later(&mut self) -> i64 {
        if self.dice.percent(50) { self.dice.between(10, 60) } else { self.dice.between(0, 4000) }
    }

    fn happens(&mut self, event: Event) {
        // Nothing is started while the computer sleeps.
        if self.asleep_until > self.now && matches!(event, Event::Begins(_) | Event::Restarts { .. } | Event::Finale) {
            let after = self.asleep_until - self.now;
            self.plan(after, event);
            return;
        }
        match event {
            Event::Begins(request) => self.begins(request),
            Event::Restarts { request, killed_at } => {
                let program = self.starts(request);
                self.programs[program].killed_at = killed_at;
            }
            Event::GoesOn { program, appointment } => self.goes_on(program, appointment),
            Event::Reaches { program, generation, outside } => self.reaches(program, generation, outside),
            Event::PutArrives { program, generation, run, entries } => self.put_arrives((program, generation), run, entries),
            Event::ReceiveArrives(waiter) => self.receive_arrives(waiter),
            Event::ReceiveEnds(number) => self.receive_ends(number),
            Event::Serve => self.serve(),
            Event::Enqueued { run, entry, event_id, shape } => self.enqueued(run, entry, event_id, shape),
            Event::DeleteArrives { program, generation, taken } => self.delete_arrives((program, generation), &taken),
            Event::HideArrives { program, generation, taken } => self.hide_arrives((program, generation), &taken),
            Event::ForeignSent => self.foreign_sent(),
            Event::ForeignTakes => self.foreign_takes(),
            Event::ForeignDone { taken, deletes } => self.foreign_done(&taken, deletes),
            Event::Revived(message) => self.revived(message),
            Event::Stops { program, millis } => self.stops(program, millis),
            Event::ClockSet(by) => self.clock_set(by),
            Event::QueueGoes { millis } => self.queue_goes(millis),
            Event::RuleChanges => {
                self.is_rule_changed = true;
                self.tell(|| "the rule is changed".to_owned());
            }
            Event::Wishes { program, leaves } => self.wishes(program, leaves),
            Event::Leaks => self.leaks(),
            Event::Sampled => self.sampled(),
            Event::Finale => {
                self.is_calm = true;
                self.starts(None);
            }
        }
    }

    fn begins(&mut self, request: Arc<RunRequest>) {
        let program = self.starts(Some(request));
        let is_neighbour = self.facts.runs.len() > 1 || program > 0;
        let is_killed = if program == 0 { self.has(Fault::Killed) } else { is_neighbour && self.has(Fault::NeighbourKilled) };
        if is_killed {
            let effect = match self.dice.between(0, 9) {
                0..=2 => self.dice.between(1, 40),
                3..=6 => self.dice.between(20, 160),
                _ => self.dice.between(100, 500),
            };
            let before = self.dice.percent(50);
            self.programs[program].killed_at = Some((effect.unsigned_abs(), before));
        }
        if program == 0 && self.has(Fault::Left) {
            let (at, leaves) = (self.soon_or_later(), self.dice.percent(60));
            self.plan(at, Event::Wishes { program, leaves });
        }
    }

    /// Starts a program: for a run, or to take up what is interrupted.
    fn starts(&mut self, request: Option<Arc<RunRequest>>) -> usize {
        let place = self.programs.len();
        self.tell(|| format!("program {place} starts: {}", if request.is_some() { "a run" } else { "a take-up" }));
        let clock = self.clock();
        let program = Program::start(request.clone(), self.now, (clock, self.offset));
        self.programs.push(program);
        if let Some(request) = request {
            self.expect(&request, place);
            self.requests.push(request);
        }
        self.wake(place, 0);
        place
    }

    /// What the clock of a program that starts now shows beyond the world's time.
    fn clock(&mut self) -> i64 {
        let started = Timestamp::from_millis(EPOCH + self.offset);
        self.ledger.clock("boot", started).as_millis()
    }

    fn expect(&mut self, request: &RunRequest, program: usize) {
        let begun = self.now;
        let planned: Vec<_> = request.events.iter().collect();
        let is_twin = |at: usize| planned.iter().enumerate().any(|(other, event)| other != at && *event == planned[at]);
        let events = (0..planned.len()).map(|at| EventFacts { begun, is_twin: is_twin(at), ..EventFacts::default() }).collect();
        self.facts.places.insert(request.run, self.facts.runs.len());
        let timeout = request.timeout_ms;
        self.facts.runs.push(RunFacts { run: request.run, program, timeout, events, left_alone: None, closed: None, is_taken_up: false });
    }

    /// Lets a program go on after so long.
    pub(crate) fn wake(&mut self, program: usize, after: i64) {
        let due = (self.now + after).max(self.programs[program].stopped_until);
        let appointment = self.programs[program].appointment + 1;
        self.programs[program].appointment = appointment;
        self.plan(due - self.now, Event::GoesOn { program, appointment });
    }

    fn reaches(&mut self, program: usize, generation: u64, outside: Outside) {
        if self.programs[program].stopped_until > self.now {
            let after = self.programs[program].stopped_until - self.now;
            self.plan(after, Event::Reaches { program, generation, outside });
            return;
        }
        let now = self.now;
        let one = &mut self.programs[program];
        if !one.is_alive() || one.generation != generation {
            return;
        }
        let at = one.at(now);
        let outside = match outside {
            Outside::Answered(put) => Outside::Answered(Put { at, ..put }),
            Outside::Received(mut receive) => {
                receive.result.iter_mut().flatten().for_each(|one| one.received.at = at);
                Outside::Received(Receive { finished: at, ..receive })
            }
            other => other,
        };
        self.note(program, &outside);
        let one = &mut self.programs[program];
        one.inbox.push_back(outside);
        self.wake(program, 0);
    }

    fn goes_on(&mut self, program: usize, appointment: u64) {
        if self.programs[program].appointment != appointment {
            return;
        }
        if self.programs[program].stopped_until > self.now {
            self.wake(program, 0);
            return;
        }
        while self.programs[program].is_alive() {
            let now = self.now;
            if let Some(effect) = self.programs[program].next(now) {
                let cost = self.cost(&effect);
                if !self.survives(program, effect) {
                    return;
                }
                if cost > 0 {
                    self.wake(program, cost);
                    return;
                }
                continue;
            }
            let generation = self.programs[program].generation;
            let clock = if self.programs[program].has_ended() { self.clock() } else { 0 };
            if self.programs[program].go_on(now, (clock, self.offset)) {
                self.ends(program, generation);
                continue;
            }
            let prefers_tick = self.dice.percent(40);
            let told = self.programs[program].look(now, self.offset, prefers_tick);
            if told.is_empty() {
                let after = self.programs[program].next_tick - now;
                self.wake(program, after.max(1));
                return;
            }
            self.look_at(program, told);
        }
    }

    /// A machine has ended; a receive that it left open may take messages along.
    fn ends(&mut self, program: usize, generation: u64) {
        if self.facts.open_receives.remove(&(program, generation)).is_some_and(|open| open > 0) {
            self.facts.doubt_of_others(self.now - 6000, self.now + 25_000, program);
        }
    }

    fn look_at(&mut self, program: usize, told: Vec<Happened>) {
        let last = told.len() - 1;
        for (place, happened) in told.into_iter().enumerate() {
            let now = self.now;
            self.programs[program].happened(happened, now);
            if place == last {
                return;
            }
            while let Some(effect) = self.programs[program].next(now) {
                if !self.survives(program, effect) {
                    return;
                }
            }
        }
    }

    /// Performs an effect, unless the program is killed before it; tells whether the program lives on.
    fn survives(&mut self, program: usize, effect: waybill_proof::Effect) -> bool {
        self.programs[program].effects += 1;
        let killed = self.programs[program].killed_at.filter(|(at, _)| *at == self.programs[program].effects && !self.is_calm);
        if killed.is_some_and(|(_, before)| before) {
            self.tell(|| format!("program {program} is killed before {effect:?}").chars().take(160).collect());
            self.dies(program);
            return false;
        }
        self.perform(program, effect);
        if killed.is_some() {
            self.tell(|| format!("program {program} is killed"));
            self.dies(program);
            return false;
        }
        true
    }

    fn dies(&mut self, program: usize) {
        let one = &mut self.programs[program];
        one.stage = Stage::Dead;
        let held = std::mem::take(&mut one.held);
        for run in held {
            self.ledger.let_go(run);
            let place = self.facts.places[&run];
            self.facts.runs[place].left_alone.get_or_insert(self.now);
        }
        self.facts.doubt(self.now - 6000, self.now + 25_000, None);
        // A connection is sometimes closed at once, and sometimes the server goes on for a while.
        if self.dice.percent(50) {
            self.waiters.retain(|waiter| waiter.program != program);
        }
        let request = self.dice.percent(50).then(|| {
            self.numbers += 1;
            let (number, many) = (self.numbers, self.dice.between(1, 4));
            request_of(number, many, &mut self.dice)
        });
        let killed_at = self.dice.percent(20).then(|| (self.dice.between(1, 120).unsigned_abs(), true));
        let after = self.dice.one_of(&[50, 400, 1500, 4000, 12_000]);
        self.plan(after, Event::Restarts { request, killed_at });
    }

    /// Plans the last take-up once nothing else goes on.
    fn consider_the_end(&mut self) {
        let is_over = self.programs.iter().all(|program| !program.is_alive()) && !self.programs.is_empty();
        let is_coming = |event: &Event| matches!(event, Event::Begins(_) | Event::Restarts { .. } | Event::Finale);
        if is_over && !self.is_calm && !self.agenda.values().any(is_coming) {
            self.plan(AFTERMATH, Event::Finale);
        }
    }

    fn stops(&mut self, program: Option<usize>, millis: i64) {
        self.tell(|| format!("{} for {millis} ms", if program.is_some() { "program 0 stands still" } else { "the computer sleeps" }));
        let until = self.now + millis;
        if program.is_none() {
            self.asleep_until = until;
        }
        for place in 0..self.programs.len() {
            if program.is_none_or(|program| program == place) {
                self.programs[place].stopped_until = self.programs[place].stopped_until.max(until);
            }
        }
        if millis > 5100 {
            self.facts.gap(self.now, until, program);
        } else {
            self.facts.doubt(self.now - 6000, until + 6000, program);
        }
    }

    fn clock_set(&mut self, by: i64) {
        self.tell(|| format!("the wall clock is set by {by} ms"));
        self.offset += by;
        // Two small steps may undo each other before they are noticed.
        if by.abs() > 7000 {
            self.facts.gap(self.now, self.now + 1, None);
        } else {
            self.facts.doubt(self.now - 6000, self.now + 6000, None);
        }
    }

    fn wishes(&mut self, program: usize, leaves: bool) {
        self.tell(|| format!("program {program} is asked to {}", if leaves { "leave" } else { "stop publishing" }));
        let outside = if leaves { Outside::Leave } else { Outside::StopPublishing };
        if let Some(request) = self.programs[program].request.clone().filter(|_| leaves) {
            let place = self.facts.places[&request.run];
            self.facts.runs[place].left_alone.get_or_insert(self.now);
            self.facts.doubt(self.now - 6000, self.now + 30_000, None);
        }
        let generation = self.programs[program].generation;
        self.reaches(program, generation, outside);
    }

    fn sampled(&mut self) {
        let now = Timestamp::from_millis(EPOCH + self.now + self.offset);
        for request in self.requests.clone() {
            let closed = self.facts.runs[self.facts.places[&request.run]].closed;
            if closed.is_some() || !self.programs.iter().any(|program| program.held.contains(&request.run)) {
                continue;
            }
            for entry in 0..request.events.len() {
                let judged = self.ledger.judged(request.run, entry, now).verdict;
                self.waited += u64::from(judged == Verdict::Waiting);
            }
        }
    }
}
