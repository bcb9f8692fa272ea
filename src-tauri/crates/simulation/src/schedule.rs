//! When what a plan asks for goes wrong.

use std::sync::Arc;

use waybill_proof::RunRequest;

use crate::Fault;
use crate::scene::Scene;
use crate::world::{Event, World};

/// When the first run begins.
pub(crate) const START: i64 = 1000;

impl World {
    /// Plans what the plan asks for.
    pub(crate) fn schedule(&mut self) {
        let runs: Vec<_> = self.plan.runs.iter().map(|run| (run.start, Arc::clone(&run.request))).collect();
        runs.into_iter().for_each(|(start, request)| self.plan(start, Event::Begins(request)));
        for _ in 0..self.dice.between(1, 3) {
            let at = START + self.dice.between(50, 5000);
            self.plan(at, Event::Sampled);
        }
        self.schedule_foreign();
        self.losses_left = self.dice.one_of(&[0, 1, 2, 5, 5]);
        self.schedule_scene();
        self.schedule_standstills();
        self.schedule_outages();
        if self.has(Fault::RuleChanged) {
            let at = START + self.dice.between(-100, 60);
            self.plan(at, Event::RuleChanges);
        }
        if self.has(Fault::Leaked) {
            for _ in 0..self.dice.between(2, 5) {
                let at = START + self.dice.between(5, 2500);
                self.plan(at, Event::Leaks);
            }
        }
    }

    fn schedule_foreign(&mut self) {
        let takes = self.has(Fault::ForeignTakes) || self.has(Fault::ForeignReturns);
        if takes || self.has(Fault::Foreign) || self.has(Fault::Peek) {
            for _ in 0..self.dice.between(3, 40) {
                let at = self.dice.one_of(&[0, 0, 3000]);
                let at = if at == 0 { 0 } else { self.dice.between(0, 6000) };
                self.plan(at, Event::ForeignSent);
            }
        }
        if takes {
            for _ in 0..self.dice.between(2, 25) {
                let at = START + self.dice.between(0, 5000);
                self.plan(at, Event::ForeignTakes);
            }
        }
    }

    fn schedule_standstills(&mut self) {
        if self.has(Fault::Suspended) {
            let millis = self.dice.one_of(&[700, 2500, 7000, 20_000]);
            let (at, millis) = self.span(millis);
            self.plan(START + at, Event::Stops { run: None, millis });
        }
        if self.has(Fault::Stopped) && self.plan.scene.is_none() {
            let millis = self.dice.one_of(&[300, 1500, 4000, 7000, 12_000]);
            let (at, millis) = self.span(millis);
            self.plan(START + at, Event::Stops { run: Some(0), millis });
        }
        if self.has(Fault::ClockSet) {
            let mut at = 0;
            for _ in 0..self.dice.between(1, 2) {
                let by = self.dice.one_of(&[-7_200_000, -60_000, -3000, -1500, 1500, 3000, 60_000, 7_200_000]);
                at += self.dice.between(200, 4000);
                self.plan(at, Event::ClockSet(by));
            }
        }
    }

    fn schedule_outages(&mut self) {
        if self.has(Fault::QueueGone) {
            let (at, millis) = (START + self.dice.between(0, 9000), self.dice.between(300, 9000));
            self.plan(at, Event::QueueGoes { millis });
        }
        if self.has(Fault::Credentials) {
            let millis = self.dice.between(300, 9000);
            let (at, millis) = self.span(millis);
            self.expired = (START + at, START + at + millis);
        }
        if self.has(Fault::ReceiveFails) {
            let millis = self.dice.between(300, 9000);
            let (at, millis) = self.span(millis);
            self.failing = (START + at, START + at + millis);
        }
        if self.has(Fault::StoreBusy) && self.dice.percent(65) {
            let is_long = self.dice.percent(35);
            self.busy = if is_long { (self.long_commit(), self.dice.between(5200, 8000)) } else { self.span(0) };
        }
    }

    /// When a commit takes as long as a gap: that of the run with its events, or one soon after the first events left.
    const fn long_commit(&mut self) -> i64 {
        if self.dice.percent(30) { 0 } else { self.dice.between(15, 60) }
    }

    /// A moment in a run: right after the first events left, or any time later.
    pub(crate) const fn soon_or_later(&mut self) -> i64 {
        if self.dice.percent(50) { self.dice.between(10, 60) } else { self.dice.between(0, 4000) }
    }

    /// A span that begins at such a moment; often one that begins soon and ends only when the first deadlines have passed.
    fn span(&mut self, millis: i64) -> (i64, i64) {
        if millis > 0 && self.dice.percent(55) {
            return (self.soon_or_later(), millis);
        }
        let timeout = self.plan.runs[0].request.timeout_ms;
        (self.dice.between(15, 60), timeout + self.dice.between(20, 1400))
    }

    pub(crate) fn begins(&mut self, request: Arc<RunRequest>) {
        let program = self.starts(Some(request));
        let is_neighbour = self.makes(program, 1);
        let is_killed = self.has(if is_neighbour { Fault::NeighbourKilled } else { Fault::Killed });
        if is_killed {
            let effect = match self.dice.between(0, 9) {
                // A neighbour that is killed soon leaves its own events to be read late.
                0..=6 if is_neighbour => self.dice.between(8, 45),
                0..=2 => self.dice.between(1, 40),
                3..=6 => self.dice.between(20, 160),
                _ => self.dice.between(100, 500),
            };
            let before = self.dice.percent(50);
            self.programs[program].killed_at = Some((effect.unsigned_abs(), before));
        }
        if self.makes(program, self.leaver()) && self.has(Fault::Left) {
            let (at, leaves) = (self.wish_comes(), self.dice.percent(60) || self.is_scene(Scene::LetGo));
            self.plan(at, Event::Wishes { program, leaves });
        }
    }
}
