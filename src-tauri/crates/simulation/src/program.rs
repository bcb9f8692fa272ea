//! A program in a world: a machine, what it was told and has not looked at, and when it goes on.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use waybill_domain::{RunId, Timestamp};
use waybill_proof::{Effect, Happened, Machine, Put, Receive, Run, RunRequest, TakeUp, WhichRuns};

use crate::plan::{EPOCH, queue};

/// How often a program is told that time has passed.
pub(crate) const TICK: i64 = 50;

/// What it works on.
#[derive(Debug)]
pub(crate) enum Stage {
    Run(Box<Run>),
    TakeUp(Box<TakeUp>),
    Done,
    Dead,
}

/// Something that it will look at.
#[derive(Debug)]
pub(crate) enum Outside {
    Answered(Put),
    Received(Receive),
    Tidied,
    Leave,
    StopPublishing,
}

/// A program.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) stage: Stage,
    pub(crate) request: Option<Arc<RunRequest>>,
    /// What its clock shows beyond the world's time.
    pub(crate) clock: i64,
    /// The same when it started.
    pub(crate) first_clock: i64,
    /// How far wall time was away from its clock when it last looked.
    pub(crate) drift: i64,
    pub(crate) inbox: VecDeque<Outside>,
    pub(crate) next_tick: i64,
    /// When it last was told that time has passed.
    pub(crate) looked: i64,
    /// It stands still until then.
    pub(crate) stopped_until: i64,
    /// A commit keeps it until then; what is answered meanwhile waits for it.
    pub(crate) busy_until: i64,
    /// An effect that takes a while and is done when it is over.
    pub(crate) begun: Option<Effect>,
    /// Only the newest appointment counts.
    pub(crate) appointment: u64,
    /// The effect before or after which it is killed.
    pub(crate) killed_at: Option<(u64, bool)>,
    pub(crate) effects: u64,
    /// Counts up with every machine: answers to an earlier one's requests are not heard.
    pub(crate) generation: u64,
    /// The runs that it works on.
    pub(crate) held: Vec<RunId>,
    /// Receives of its machine that were answered.
    pub(crate) receives: u64,
    /// Messages that the ledger said are somebody else's.
    pub(crate) foreign: HashSet<usize>,
    /// Since when its receives fail.
    pub(crate) failing: Option<i64>,
}

impl Program {
    /// A program by an agreed clock, while wall time is set away from true time by `offset`.
    pub(crate) fn start(request: Option<Arc<RunRequest>>, now: i64, (clock, offset): (i64, i64)) -> Self {
        let at = Timestamp::from_millis(now + clock);
        let stage = match &request {
            Some(request) => Stage::Run(Box::new(Run::begin(Arc::clone(request), at, 7))),
            None => Stage::TakeUp(Box::new(TakeUp::of_queue(queue().url, WhichRuns::All, at))),
        };
        Self {
            stage,
            request,
            clock,
            first_clock: clock,
            drift: EPOCH + offset - clock,
            inbox: VecDeque::new(),
            next_tick: now,
            looked: now,
            stopped_until: now,
            busy_until: now,
            begun: None,
            appointment: 0,
            killed_at: None,
            effects: 0,
            generation: 0,
            held: Vec::new(),
            receives: 0,
            foreign: HashSet::new(),
            failing: None,
        }
    }

    pub(crate) const fn at(&self, now: i64) -> Timestamp {
        Timestamp::from_millis(now + self.clock)
    }

    /// The world's time at a time of its clock.
    pub(crate) const fn truly(&self, at: Timestamp) -> i64 {
        at.as_millis() - self.clock
    }

    pub(crate) const fn is_alive(&self) -> bool {
        matches!(self.stage, Stage::Run(_) | Stage::TakeUp(_))
    }

    pub(crate) fn next(&mut self, now: i64) -> Option<Effect> {
        let at = self.at(now);
        match &mut self.stage {
            Stage::Run(run) => run.next(at),
            Stage::TakeUp(take_up) => take_up.next(at),
            Stage::Done | Stage::Dead => None,
        }
    }

    pub(crate) fn happened(&mut self, what: Happened, now: i64) {
        let at = self.at(now);
        match &mut self.stage {
            Stage::Run(run) => run.happened(what, at),
            Stage::TakeUp(take_up) => take_up.happened(what, at),
            Stage::Done | Stage::Dead => {}
        }
    }

    /// Whether its machine has ended.
    pub(crate) fn has_ended(&self) -> bool {
        match &self.stage {
            Stage::Run(run) => run.has_ended(),
            Stage::TakeUp(take_up) => take_up.has_ended(),
            Stage::Done | Stage::Dead => false,
        }
    }

    /// Whether it is still the run itself that goes on, and not a later take-up by the same program.
    pub(crate) fn goes_on_with(&self, run: RunId) -> bool {
        matches!(self.stage, Stage::Run(_)) && self.request.as_ref().is_some_and(|request| request.run == run)
    }

    /// Goes on to what comes after a machine that has ended; tells whether there is more to do.
    pub(crate) fn go_on(&mut self, now: i64, (clock, offset): (i64, i64)) -> bool {
        self.stage = match &self.stage {
            Stage::Run(run) if run.has_ended() => {
                (self.clock, self.drift) = (clock, EPOCH + offset - clock);
                self.generation += 1;
                let at = self.at(now);
                Stage::TakeUp(Box::new(TakeUp::of_queue(queue().url, WhichRuns::Due, at)))
            }
            Stage::TakeUp(take_up) if take_up.has_ended() => Stage::Done,
            _ => return false,
        };
        self.inbox.clear();
        self.is_alive()
    }

    /// What it looks at next, as a program does that waits for several things at once: any of them, but a tick only after everything
    /// that happened before it.
    pub(crate) fn look(&mut self, now: i64, offset: i64, prefers_tick: bool) -> Vec<Happened> {
        let is_due = now >= self.next_tick;
        if is_due && (self.inbox.is_empty() || prefers_tick) {
            let drift = EPOCH + offset - self.clock;
            let slipped = (drift - self.drift).abs() > 2000;
            if slipped {
                self.drift = drift;
            }
            self.next_tick = now + TICK;
            self.looked = now;
            let mut told = Vec::from_iter(self.answered());
            told.extend(self.received());
            told.push(Happened::Ticked { slipped });
            return told;
        }
        match self.inbox.front() {
            None => Vec::new(),
            Some(Outside::Answered(_)) => Vec::from_iter(self.answered()),
            Some(Outside::Received(_)) => Vec::from_iter(self.received()),
            Some(_) => match self.inbox.pop_front() {
                Some(Outside::Leave) => vec![Happened::Leave],
                Some(Outside::StopPublishing) => vec![Happened::StopPublishing],
                _ => vec![Happened::Tidied],
            },
        }
    }

    fn answered(&mut self) -> Option<Happened> {
        let (mut puts, mut rest) = (Vec::new(), VecDeque::new());
        for outside in self.inbox.drain(..) {
            match outside {
                Outside::Answered(put) => puts.push(put),
                other => rest.push_back(other),
            }
        }
        self.inbox = rest;
        (!puts.is_empty()).then_some(Happened::Answered(puts))
    }

    fn received(&mut self) -> Option<Happened> {
        let (mut receives, mut rest) = (Vec::new(), VecDeque::new());
        for outside in self.inbox.drain(..) {
            match outside {
                Outside::Received(receive) => receives.push(receive),
                other => rest.push_back(other),
            }
        }
        self.inbox = rest;
        (!receives.is_empty()).then_some(Happened::Received(receives))
    }
}
