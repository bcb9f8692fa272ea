//! What truly happens in a world, in its own time. Programs do not see it.

use std::collections::HashMap;
use std::sync::Arc;

use waybill_domain::{RunId, RunSummary, Verdict};

/// What became of one event.
#[derive(Debug, Default)]
pub(crate) struct EventFacts {
    /// Since when its run withholds it; before that, when its program started.
    pub(crate) begun: i64,
    pub(crate) attempts: Vec<Attempt>,
    /// The messages with copies of it, whoever published them.
    pub(crate) copies: Vec<usize>,
    /// Copies as they were given to the ledger.
    pub(crate) kept: Vec<Kept>,
    /// Whether another event has the same content.
    pub(crate) is_twin: bool,
}

/// A request that carried the event.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) left: i64,
    /// The id under which the bus took it, if it did.
    pub(crate) taken: Option<String>,
    /// The code with which it was refused, as its program was told.
    pub(crate) refused: Option<String>,
    /// AWS's id of the request, as its program was told.
    pub(crate) request: Option<Arc<str>>,
    /// When its program read an answer, and which.
    pub(crate) answer: Option<(i64, Told)>,
}

/// What a program was told of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Accepted,
    Refused,
    NotSent,
    Nothing,
}

/// A copy that was read and given to the ledger.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) message: usize,
    /// When its receive was answered.
    pub(crate) read: i64,
    /// Whether that was before its run was closed.
    pub(crate) is_before_close: bool,
    /// Whether, by what was recorded then, it could be told whose it is.
    pub(crate) is_known: bool,
}

/// A span in which reading was disturbed.
#[derive(Debug)]
pub(crate) struct Disturbance {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// Whose reading; none means everybody's.
    pub(crate) program: Option<usize>,
    /// Whose reading it does not concern.
    pub(crate) except: Option<usize>,
    pub(crate) kind: Kind,
    /// Why a verdict may be Unknown because of it, and need not.
    pub(crate) why: &'static str,
}

/// What a disturbance means for silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It certainly is a gap.
    Gap,
    /// It keeps the reading for a while, but nothing is overlooked: silence proves what it proves once the queue is read again.
    Delay,
    /// Messages may be hidden, or it may be a gap.
    Doubt,
}

/// When a receive is heard of that is open still.
pub(crate) const STILL_OPEN: i64 = i64::MAX;

/// A receive of a program.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) program: usize,
    pub(crate) started: i64,
    /// When its program heard of it.
    pub(crate) finished: i64,
    /// Whether it waited and brought nothing.
    pub(crate) found_nothing: bool,
}

/// What became of one run.
#[derive(Debug)]
pub(crate) struct RunFacts {
    pub(crate) run: RunId,
    pub(crate) program: usize,
    /// When its program started.
    pub(crate) started: i64,
    /// When it was committed with all its events.
    pub(crate) begun: i64,
    pub(crate) timeout: i64,
    pub(crate) events: Vec<EventFacts>,
    /// When its program was killed, or asked to leave.
    pub(crate) left_alone: Option<i64>,
    pub(crate) closed: Option<i64>,
    /// Whether another program closed it.
    pub(crate) is_taken_up: bool,
    /// Whether its queue is somebody else's.
    pub(crate) is_shared: bool,
    /// What its own program last told of each event.
    pub(crate) told: HashMap<u32, Verdict>,
    /// How its own program said that it ended.
    pub(crate) ended: Option<Box<RunSummary>>,
}

/// Delays that are no further apart follow each other (milliseconds).
const TOUCHING: i64 = 120;

/// All that truly happens.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) runs: Vec<RunFacts>,
    pub(crate) places: HashMap<RunId, usize>,
    pub(crate) disturbances: Vec<Disturbance>,
    pub(crate) heard: Vec<Heard>,
    /// How many runs were taken up.
    pub(crate) resumed: u32,
    /// Receives that are open, of every machine.
    pub(crate) open_receives: HashMap<(usize, u64), i64>,
}

impl Facts {
    pub(crate) fn event(&mut self, run: RunId, entry: u32) -> &mut EventFacts {
        &mut self.runs[self.places[&run]].events[entry as usize]
    }

    /// Takes note of a certain gap, and of the doubt around it.
    pub(crate) fn gap(&mut self, from: i64, to: i64, program: Option<usize>) {
        let why = "a gap was near: from where to where exactly, the program itself cannot tell";
        self.disturbances.push(Disturbance { from, to, program, except: None, kind: Kind::Gap, why });
        self.doubt(from - 200, to + 6000, program, why);
    }

    pub(crate) fn doubt(&mut self, from: i64, to: i64, program: Option<usize>, why: &'static str) {
        self.disturbances.push(Disturbance { from, to, program, except: None, kind: Kind::Doubt, why });
    }

    /// Takes note of a doubt for all programs but one.
    pub(crate) fn doubt_of_others(&mut self, from: i64, to: i64, program: usize, why: &'static str) {
        self.disturbances.push(Disturbance { from, to, program: None, except: Some(program), kind: Kind::Doubt, why });
    }

    /// Takes note that a program, or all, cannot read for a while; for long enough it is a gap.
    pub(crate) fn delay(&mut self, from: i64, to: i64, program: Option<usize>) {
        match to - from {
            5101.. => self.gap(from, to, program),
            // A little more on top of it makes a gap of it.
            4600.. => self.doubt(from - 200, to + 6000, program, "reading stood still for nearly as long as a gap"),
            _ => self.disturbances.push(Disturbance { from, to, program, except: None, kind: Kind::Delay, why: "" }),
        }
    }

    /// The same of a delay that may follow another one, or overlap it: whether they are a gap together depends on what the program could
    /// read in between.
    pub(crate) fn further_delay(&mut self, from: i64, to: i64, program: Option<usize>) {
        let is_of_both = |one: &Disturbance| one.program.is_none() || program.is_none() || one.program == program;
        let touches = |one: &Disturbance| from <= one.to + TOUCHING && one.from <= to + TOUCHING;
        let delays = self.disturbances.iter().filter(|one| one.kind == Kind::Delay && is_of_both(one) && touches(one));
        let whole =
            delays.fold((from, to, program), |(from, to, program), one| (from.min(one.from), to.max(one.to), program.or(one.program)));
        if whole != (from, to, program) && whole.1 - whole.0 >= 4600 {
            let why = "delays that followed each other were together nearly as long as a gap";
            self.doubt(whole.0 - 200, whole.1 + 6000, whole.2, why);
        }
        self.delay(from, to, program);
    }
}
