//! What truly happens in a world, in its own time. Programs do not see it.

use std::collections::HashMap;

use waybill_domain::RunId;

/// What became of one event.
#[derive(Debug, Default)]
pub(crate) struct EventFacts {
    /// When its run decided to withhold it, or began.
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
    /// Whether it certainly is a gap, or may be one.
    pub(crate) is_gap: bool,
}

/// A receive that a program heard of.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) program: usize,
    pub(crate) started: i64,
    pub(crate) finished: i64,
    /// Whether it waited and brought nothing.
    pub(crate) found_nothing: bool,
}

/// What became of one run.
#[derive(Debug)]
pub(crate) struct RunFacts {
    pub(crate) run: RunId,
    pub(crate) program: usize,
    pub(crate) timeout: i64,
    pub(crate) events: Vec<EventFacts>,
    /// When its program was killed, or asked to leave.
    pub(crate) left_alone: Option<i64>,
    pub(crate) closed: Option<i64>,
    /// Whether another program closed it.
    pub(crate) is_taken_up: bool,
}

/// All that truly happens.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) runs: Vec<RunFacts>,
    pub(crate) places: HashMap<RunId, usize>,
    pub(crate) disturbances: Vec<Disturbance>,
    pub(crate) heard: Vec<Heard>,
    /// Receives that are open, of every machine.
    pub(crate) open_receives: HashMap<(usize, u64), i64>,
}

impl Facts {
    pub(crate) fn event(&mut self, run: RunId, entry: u32) -> &mut EventFacts {
        &mut self.runs[self.places[&run]].events[entry as usize]
    }

    /// Takes note of a certain gap, and of the doubt around it.
    pub(crate) fn gap(&mut self, from: i64, to: i64, program: Option<usize>) {
        self.disturbances.push(Disturbance { from, to, program, except: None, is_gap: true });
        self.doubt(from - 6000, to + 6000, program);
    }

    pub(crate) fn doubt(&mut self, from: i64, to: i64, program: Option<usize>) {
        self.disturbances.push(Disturbance { from, to, program, except: None, is_gap: false });
    }

    /// Takes note of a doubt for all programs but one.
    pub(crate) fn doubt_of_others(&mut self, from: i64, to: i64, program: usize) {
        self.disturbances.push(Disturbance { from, to, program: None, except: Some(program), is_gap: false });
    }
}
