//! Where a run commits what it is about to do and what it has seen.

use std::error::Error;
use std::sync::Arc;

use waybill_domain::{EventType, Evidence, Gap, IncidentId, ReadingPlan, RunId, RunSummary, Tally, Timestamp};

use crate::{Judgements, QueueRef, RunRequest};

/// The ledger could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the ledger cannot be read or written")]
pub struct LedgerError(#[source] Box<dyn Error + Send + Sync>);

impl LedgerError {
    /// Wraps the ledger's own error.
    pub fn new(source: impl Error + Send + Sync + 'static) -> Self {
        Self(Box::new(source))
    }
}

/// Holds a run: while it lives, everybody knows that this program works on the run. Let go of by the operating system when the
/// program ends, however it ends.
pub trait Hold: Send + Sync {}

/// What EventBridge said about one entry, or that it said nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It accepted the entry.
    Accepted {
        /// The id that it gave the event.
        event_id: String,
    },
    /// It refused the entry.
    Rejected {
        /// The error code.
        code: String,
        /// The error message.
        message: String,
    },
    /// The request never left.
    NotSent {
        /// Why.
        why: String,
    },
    /// The request left, and whether the entry was taken is not known.
    Unknown {
        /// Why.
        why: String,
    },
}

/// The outcome of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entry's place in the run.
    pub entry: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// AWS's id of the request.
    pub request_id: Option<Arc<str>>,
    /// When the answer was read.
    pub at: Timestamp,
}

/// A message as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// SQS's id of the message: the same when the same message is received again.
    pub message_id: String,
    /// The body, exactly as received.
    pub body: String,
    /// When the message was put into the queue (SQS `SentTimestamp`).
    pub sent_at: Option<Timestamp>,
    /// When the receive that brought it was answered.
    pub at: Timestamp,
    /// SQS's `ApproximateReceiveCount`.
    pub receive_count: u32,
}

/// Whose a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// An event of some run in this ledger; it is committed, so the message can be deleted.
    Own,
    /// Somebody else's: nothing of it was kept.
    Foreign,
    /// It may belong to an entry whose answer is not there yet; nothing was kept, ask again.
    Undecided,
}

/// A copy of one of the run's events, whoever read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its place in the order of commits; later ones are greater.
    pub id: i64,
    /// The event's place in the run.
    pub entry: u32,
    /// What was read.
    pub copy: waybill_domain::ReadBack,
}

/// The poller's part of a run, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollerReport {
    /// Receives completed.
    pub receives: u64,
    /// Distinct messages seen that are somebody else's.
    pub foreign: u64,
    /// Spans in which the queue was not read.
    pub gaps: Vec<Gap>,
    /// Every own message that this run's poller received up to here is committed.
    pub read_through: Option<Timestamp>,
    /// Until when a receive of this run's poller may be open, so that it may hold messages nobody else can see; none when no receive is.
    pub reads_until: Option<Timestamp>,
}

/// Another run whose poller reads, or until lately read, the same queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Whether its program works on it.
    pub alive: bool,
    /// Every own message that it received up to here is committed.
    pub read_through: Option<Timestamp>,
    /// Until when one of its receives may be open.
    pub reads_until: Timestamp,
}

/// A run's end.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// The verdict on every event.
    pub judgements: Judgements,
    /// The verdicts, counted.
    pub tally: Tally,
    /// The verdict on the run.
    pub proven: bool,
    /// The poller's part.
    pub poller: PollerReport,
    /// The last arrival that the verdicts take into account.
    pub seen: i64,
}

/// Whether a run could be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// It is closed.
    Closed,
    /// Another program has committed an arrival since: look at it first.
    MoreArrivals,
}

/// One event of a run as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRecord {
    /// Its type.
    pub event_type: EventType,
    /// Its incident.
    pub incident: IncidentId,
    /// AWS's id of the request that carried it.
    pub request_id: Option<Arc<str>>,
    /// What is known of it; copies included.
    pub evidence: Evidence,
}

/// A run as it was left by a program that is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRecord {
    /// The run as listed.
    pub summary: RunSummary,
    /// Its queue.
    pub queue: QueueRef,
    /// How the queue is read.
    pub reading: ReadingPlan,
    /// How long an event may take, in milliseconds.
    pub timeout_ms: i64,
    /// What on the target changes events.
    pub transformer: Option<String>,
    /// Its poller's part.
    pub poller: PollerReport,
    /// Its events in the order of publishing.
    pub entries: Vec<EntryRecord>,
    /// The last arrival among them.
    pub seen: i64,
}

/// An interrupted run that was taken over.
pub type Resumed = (Box<dyn Hold>, RunRecord);

/// Where a run commits what it is about to do and what it has seen. Every method is one committed transaction: when it returns `Ok`,
/// what it was told survives the end of the program. Several programs may use one ledger at once.
///
/// Methods block: a run has a thread of its own, on which everything is committed where it is decided.
pub trait Ledger: Send + Sync + 'static {
    /// Agrees on the wall time at which this computer started, in milliseconds since the epoch, so that all programs of one boot count
    /// time from the same moment, however the wall clock is set meanwhile. `started` is what the caller makes of the wall clock; it is
    /// taken unless a run is open that was begun with another one.
    fn clock(&self, boot: String, started: Timestamp) -> Result<Timestamp, LedgerError>;

    /// Commits a run with all its events, before anything leaves: withheld ones as withheld at `at`, the others as planned.
    fn begin(&self, request: Arc<RunRequest>, at: Timestamp) -> Result<Box<dyn Hold>, LedgerError>;

    /// Commits since when the withheld events of a run are withheld: called once all events are committed, which may have taken long.
    fn withheld(&self, run: RunId, at: Timestamp) -> Result<(), LedgerError>;

    /// Commits that the request with these entries leaves; called before it does.
    fn leaving(&self, run: RunId, entries: Vec<u32>, at: Timestamp) -> Result<(), LedgerError>;

    /// Commits the outcome of entries.
    fn answered(&self, run: RunId, answers: Vec<Answer>) -> Result<(), LedgerError>;

    /// Finds out whose messages these are (see [`crate::Claim`]) and commits the own ones, of whatever run; called before they are
    /// deleted. A message that is there already stays as it is and is own again. Answers in the order of the messages.
    fn arrived(&self, messages: Vec<Received>) -> Result<Vec<Ownership>, LedgerError>;

    /// The run's arrivals with a number greater than `after`, in the order of their numbers, whichever program committed them.
    fn arrivals_of(&self, run: RunId, after: i64) -> Result<Vec<Arrival>, LedgerError>;

    /// Commits how the run's poller is.
    fn listening(&self, run: RunId, report: PollerReport) -> Result<(), LedgerError>;

    /// Keeps the counts of an open run as they are told, for whoever lists it meanwhile. Nothing is concluded from them.
    fn counted(&self, _run: RunId, _tally: Tally) -> Result<(), LedgerError> {
        Ok(())
    }

    /// The other runs whose pollers may have, or lately had, a receive open on this queue.
    fn readers(&self, queue_url: String, except: RunId) -> Result<Vec<Reader>, LedgerError>;

    /// Closes a run with its verdicts, unless there are arrivals that they do not take into account.
    fn close(&self, run: RunId, closing: Closing) -> Result<Close, LedgerError>;

    /// The open runs of this queue whose program is gone.
    fn interrupted(&self, queue_url: String) -> Result<Vec<RunId>, LedgerError>;

    /// Takes an interrupted run over; none when somebody else has, or it is closed.
    fn resume(&self, run: RunId) -> Result<Option<Resumed>, LedgerError>;
}
