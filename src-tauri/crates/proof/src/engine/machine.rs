//! What goes into a machine and what comes out of it.

use std::sync::Arc;

use waybill_domain::{RunId, Timestamp};

use crate::{Answer, Arrival, Close, Closing, Outcome, Ownership, PollerReport, Progress, Reader, Received, RunRecord, RunRequest};

/// Decides what is done next. Whoever drives it asks [`Machine::next`] until there is nothing left, performs each effect to its end before
/// asking for the next, tells what an effect answers at once, and else what happens outside.
pub trait Machine {
    /// The next effect; none when something has to happen first, or it has ended.
    fn next(&mut self, now: Timestamp) -> Option<Effect>;

    /// Takes in what happened.
    fn happened(&mut self, what: Happened, now: Timestamp);

    /// Whether it has ended: nothing more is to be done or waited for.
    fn has_ended(&self) -> bool;
}

/// Something to be done. Those that touch the ledger are one committed transaction each, or they failed and the machine is given up.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Commit a run with all its events, and hold it.
    Begin {
        /// The run.
        request: Arc<RunRequest>,
        /// When: withheld events are withheld from here on, until [`Effect::Withhold`] says otherwise.
        at: Timestamp,
    },
    /// Commit since when the withheld events of a run are withheld.
    Withhold {
        /// The run.
        run: RunId,
        /// Since when.
        at: Timestamp,
    },
    /// Commit that a request with these entries leaves.
    Leaving {
        /// The run.
        run: RunId,
        /// The entries.
        entries: Vec<u32>,
        /// When.
        at: Timestamp,
    },
    /// Commit the outcome of entries.
    Answered {
        /// The run.
        run: RunId,
        /// The outcomes.
        answers: Vec<Answer>,
    },
    /// Commit how a run's poller is.
    Listening {
        /// The run.
        run: RunId,
        /// Its poller's part.
        report: PollerReport,
    },
    /// Find out whose messages these are and commit the own ones; answered by [`Happened::Kept`].
    Keep(Vec<Received>),
    /// Read what arrived of a run; answered by [`Happened::Arrived`].
    LookForArrivals {
        /// The run.
        run: RunId,
        /// Only arrivals with a greater number.
        after: i64,
    },
    /// Read who else reads the queue; answered by [`Happened::Readers`].
    LookForReaders {
        /// The queue.
        queue_url: String,
        /// Whoever asks.
        except: RunId,
    },
    /// Read which runs of the queue are interrupted; answered by [`Happened::Interrupted`].
    LookForInterrupted {
        /// The queue.
        queue_url: String,
    },
    /// Hold an interrupted run and read it; answered by [`Happened::Resumed`].
    Resume {
        /// The run.
        run: RunId,
    },
    /// Hold a run no longer.
    LetGo {
        /// The run.
        run: RunId,
    },
    /// Commit a run's end; answered by [`Happened::Closed`].
    Close {
        /// The run.
        run: RunId,
        /// Its end.
        closing: Box<Closing>,
    },
    /// Send a request with these entries; [`Happened::Answered`] will say what became of it.
    Put {
        /// The entries.
        entries: Vec<u32>,
    },
    /// Start a receive; [`Happened::Received`] will say what it brought.
    Receive {
        /// When it starts.
        started: Timestamp,
        /// How long SQS waits for a message, in seconds.
        wait_s: i32,
    },
    /// Delete messages, at most ten; [`Happened::Tidied`] will say that it is over.
    Delete {
        /// Their receipt handles.
        handles: Vec<String>,
    },
    /// Change the visibility of messages, at most ten; [`Happened::Tidied`] will say that it is over.
    PutAside {
        /// Their receipt handles, each with the seconds for which it stays hidden; 0 lets it go at once.
        messages: Vec<(String, i32)>,
    },
    /// Tell whoever listens.
    Tell(Progress),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// A moment has passed, some fifty milliseconds; everything that happened before has been told.
    Ticked {
        /// Whether the clock was set, or the computer slept, since the last tick.
        slipped: bool,
    },
    /// Requests were answered, or will not be.
    Answered(Vec<Put>),
    /// Receives were completed.
    Received(Vec<Receive>),
    /// A deletion or a change of visibility is over, however it went.
    Tidied,
    /// Nothing more is to be published.
    StopPublishing,
    /// It is to end at once.
    Leave,
    /// Whose the messages are, in their order; own ones are committed.
    Kept(Vec<Ownership>),
    /// What arrived of a run.
    Arrived {
        /// The run.
        run: RunId,
        /// The arrivals, in the order of their numbers.
        arrivals: Vec<Arrival>,
    },
    /// Who else reads the queue.
    Readers(Vec<Reader>),
    /// The interrupted runs of the queue.
    Interrupted(Vec<RunId>),
    /// A run as it was left; none when somebody else holds it, or it is closed.
    Resumed(Option<Box<RunRecord>>),
    /// Whether a run could be closed.
    Closed(Close),
}

/// A request that was answered, or will not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Its entries.
    pub entries: Vec<u32>,
    /// What became of each, in their order.
    pub outcomes: Vec<Outcome>,
    /// AWS's id of the request.
    pub request_id: Option<Arc<str>>,
    /// When the answer was read.
    pub at: Timestamp,
    /// How AWS took it.
    pub reply: Reply,
}

/// How a request to publish came back, as far as sending on depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// AWS answered.
    Answered,
    /// AWS said that it is too much.
    Throttled,
    /// It did not reach AWS, or has no credentials that AWS takes: nothing was done.
    NotReached,
    /// It left, and there was no answer.
    Silent,
}

/// A receive that was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    /// When it started, as its effect said.
    pub started: Timestamp,
    /// How long SQS waited at most, in milliseconds.
    pub wait_ms: i64,
    /// When its answer was read.
    pub finished: Timestamp,
    /// What it brought.
    pub result: Result<Vec<Handled>, ReceiveFailure>,
}

/// A receive that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiveFailure {
    /// Why, as a sentence.
    pub why: String,
    /// Whether SQS may have handed out messages in an answer that never came: they stay hidden for the visibility timeout.
    pub may_have_taken: bool,
    /// Whether there is no such queue: what was in it is lost with it.
    pub is_gone: bool,
}

/// A message with the handle to delete it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handled {
    /// The message.
    pub received: Received,
    /// SQS's receipt handle.
    pub handle: String,
}
