//! The life of a program: it starts, goes on step by step, stands still, is killed between any two effects, and ends.

use std::collections::HashMap;
use std::sync::Arc;

use waybill_domain::{ReadingMode, Timestamp};
use waybill_proof::{Happened, Put, Receive, RunRequest};

use crate::facts::{EventFacts, RunFacts};
use crate::plan::EPOCH;
use crate::program::{Outside, Program, Stage};
use crate::world::{Event, World};

impl World {
    /// Starts a program: for a run, or to take up what is interrupted.
    pub(crate) fn starts(&mut self, request: Option<Arc<RunRequest>>) -> usize {
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
        self.facts.runs.push(RunFacts {
            run: request.run,
            program,
            started: begun,
            begun,
            timeout,
            events,
            left_alone: None,
            closed: None,
            is_taken_up: false,
            is_shared: request.reading.mode() == ReadingMode::Peek,
            told: HashMap::new(),
            ended: None,
        });
    }

    /// Lets a program go on after so long.
    pub(crate) fn wake(&mut self, program: usize, after: i64) {
        let one = &self.programs[program];
        let due = (self.now + after).max(one.stopped_until).max(one.busy_until);
        let appointment = self.programs[program].appointment + 1;
        self.programs[program].appointment = appointment;
        self.plan(due - self.now, Event::GoesOn { program, appointment });
    }

    pub(crate) fn reaches(&mut self, program: usize, generation: u64, outside: Outside) {
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

    pub(crate) fn goes_on(&mut self, program: usize, appointment: u64) {
        if self.programs[program].appointment != appointment {
            return;
        }
        if self.programs[program].stopped_until > self.now {
            self.wake(program, 0);
            return;
        }
        while self.programs[program].is_alive() {
            let now = self.now;
            if let Some(effect) = self.programs[program].begun.take() {
                if !self.survives(program, effect) {
                    return;
                }
                continue;
            }
            if let Some(effect) = self.programs[program].next(now) {
                let cost = self.cost(program, &effect);
                self.programs[program].begun = Some(effect);
                if cost > 0 {
                    self.programs[program].busy_until = now + cost;
                    self.wake(program, 0);
                    return;
                }
                continue;
            }
            let generation = self.programs[program].generation;
            let clock = if self.programs[program].has_ended() { self.clock() } else { 0 };
            if self.programs[program].has_ended() {
                self.check_released(program);
            }
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
            let why = "another program ended with a receive open: nobody knows what it took";
            self.facts.doubt_of_others(self.now - 6000, self.now + 25_000, program, why);
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
        let why = "another program was killed: nobody knows what it held";
        self.facts.doubt(self.now - 6000, self.now + 25_000, None, why);
        // A connection is sometimes closed at once, and sometimes the server goes on for a while.
        if self.dice.percent(50) {
            self.waiters.retain(|waiter| waiter.program != program);
        }
        let request = self.dice.percent(50).then(|| {
            self.numbers += 1;
            let (number, many) = (self.numbers, self.dice.between(1, 4));
            self.plan.request_of(number, many, &mut self.dice)
        });
        let killed_at = self.dice.percent(20).then(|| (self.dice.between(1, 120).unsigned_abs(), true));
        let after = self.dice.one_of(&[50, 400, 1500, 4000, 12_000]);
        self.plan(after, Event::Restarts { request, killed_at });
    }

    /// The program of a planned run stands still, or the computer sleeps with all of them.
    pub(crate) fn stops(&mut self, run: Option<usize>, millis: i64) {
        let program = run.and_then(|place| (0..self.programs.len()).find(|program| self.makes(*program, place)));
        if run.is_some() && program.is_none() {
            return;
        }
        let who = program.map_or_else(|| "the computer sleeps".to_owned(), |program| format!("program {program} stands still"));
        self.tell(|| format!("{who} for {millis} ms"));
        let until = self.now + millis;
        if program.is_none() {
            self.asleep_until = until;
        }
        for place in 0..self.programs.len() {
            if program.is_none_or(|program| program == place) {
                self.programs[place].stopped_until = self.programs[place].stopped_until.max(until);
            }
        }
        self.facts.further_delay(self.now, until, program);
    }

    pub(crate) fn wishes(&mut self, program: usize, leaves: bool) {
        self.tell(|| format!("program {program} is asked to {}", if leaves { "leave" } else { "stop publishing" }));
        let outside = if leaves { Outside::Leave } else { Outside::StopPublishing };
        if let Some(request) = self.programs[program].request.clone().filter(|_| leaves) {
            let place = self.facts.places[&request.run];
            self.facts.runs[place].left_alone.get_or_insert(self.now);
            let why = "a program was asked to leave, and lets go what it held";
            self.facts.doubt(self.now - 6000, self.now + 30_000, None, why);
        }
        let generation = self.programs[program].generation;
        self.reaches(program, generation, outside);
    }
}
