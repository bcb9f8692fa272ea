//! What can go wrong, and which verdicts it can bring about.

use waybill_domain::Verdict;

/// Something that goes wrong in a world, or that is merely unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is told by its sentence")]
pub enum Fault {
    None,
    Loss,
    Delay,
    Copy,
    Again,
    Shuffle,
    Change,
    Throttled,
    Refused,
    Internal,
    AnswerLost,
    RequestLost,
    Unreachable,
    Killed,
    Stopped,
    Suspended,
    ClockSet,
    Foreign,
    ForeignTakes,
    ForeignReturns,
    RuleChanged,
    QueueGone,
    Credentials,
    ReceiveLost,
    ReceiveFails,
    DeleteLost,
    StoreBusy,
    Neighbour,
    NeighbourKilled,
    Left,
    Leaked,
    Twins,
    Peek,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 33] = [
        Self::None,
        Self::Loss,
        Self::Delay,
        Self::Copy,
        Self::Again,
        Self::Shuffle,
        Self::Change,
        Self::Throttled,
        Self::Refused,
        Self::Internal,
        Self::AnswerLost,
        Self::RequestLost,
        Self::Unreachable,
        Self::Killed,
        Self::Stopped,
        Self::Suspended,
        Self::ClockSet,
        Self::Foreign,
        Self::ForeignTakes,
        Self::ForeignReturns,
        Self::RuleChanged,
        Self::QueueGone,
        Self::Credentials,
        Self::ReceiveLost,
        Self::ReceiveFails,
        Self::DeleteLost,
        Self::StoreBusy,
        Self::Neighbour,
        Self::NeighbourKilled,
        Self::Left,
        Self::Leaked,
        Self::Twins,
        Self::Peek,
    ];

    /// What it is, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Loss => "copies are lost on the way",
            Self::Delay => "copies are delayed, past the deadline too",
            Self::Copy => "delivered twice, with another message id",
            Self::Again => "received again after it was deleted",
            Self::Shuffle => "reordered",
            Self::Change => "changed on the way",
            Self::Throttled => "publishing is throttled",
            Self::Refused => "single entries are refused",
            Self::Internal => "entries fail inside, taken or not",
            Self::AnswerLost => "the answer is lost after acceptance",
            Self::RequestLost => "the request is lost, the answer too",
            Self::Unreachable => "publishing does not reach AWS",
            Self::Killed => "the program is killed",
            Self::Stopped => "the program stands still",
            Self::Suspended => "the computer sleeps",
            Self::ClockSet => "the wall clock is set",
            Self::Foreign => "foreign messages",
            Self::ForeignTakes => "a consumer takes and deletes",
            Self::ForeignReturns => "a consumer takes and returns",
            Self::RuleChanged => "the rule is changed",
            Self::QueueGone => "the queue is gone",
            Self::Credentials => "the credentials expire",
            Self::ReceiveLost => "the answer of a receive is lost",
            Self::ReceiveFails => "receives fail for a while",
            Self::DeleteLost => "deletes are lost",
            Self::StoreBusy => "the store is slow",
            Self::Neighbour => "another program reads, too",
            Self::NeighbourKilled => "another program is killed",
            Self::Left => "asked to leave or to stop",
            Self::Leaked => "somebody else publishes the same event",
            Self::Twins => "two events with the same content",
            Self::Peek => "the queue is somebody else's: peeked at",
        }
    }

    /// This fault as a bit.
    pub const fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// Why a verdict cannot occur in a world where nothing but this is wrong; none when it can.
pub const fn impossible(fault: Fault, verdict: Verdict) -> Option<&'static str> {
    use Fault as F;
    match verdict {
        // Every world has events that are too large, malformed, excluded or withheld, and every event waits for a while.
        Verdict::HeldBack if matches!(fault, F::Peek) => Some("in a queue that others read, too, silence proves nothing"),
        Verdict::NotSent | Verdict::Rejected | Verdict::Waiting | Verdict::HeldBack | Verdict::Delivered => None,
        Verdict::Late => match fault {
            F::Delay | F::Stopped | F::Suspended | F::ForeignReturns | F::ReceiveLost | F::Killed | F::NeighbourKilled | F::Left => None,
            F::Credentials | F::ReceiveFails | F::StoreBusy | F::Peek => None,
            _ => Some("nothing here keeps a copy back until after its deadline"),
        },
        Verdict::Duplicate => match fault {
            F::Copy | F::Internal | F::Leaked => None,
            _ => Some("nothing here makes a second copy"),
        },
        Verdict::Changed => match fault {
            F::Change => None,
            _ => Some("nothing here changes content"),
        },
        Verdict::Missing => match fault {
            F::Loss | F::Delay | F::ForeignTakes | F::ForeignReturns | F::RuleChanged => None,
            _ => Some("nothing here takes a copy away unseen"),
        },
        Verdict::Unexpected => match fault {
            F::RuleChanged | F::Leaked => None,
            _ => Some("nothing here lets through what was to stay away"),
        },
        Verdict::Unknown => match fault {
            F::Killed | F::Stopped | F::Suspended | F::ClockSet | F::ReceiveLost | F::ReceiveFails | F::QueueGone => None,
            F::Credentials | F::AnswerLost | F::RequestLost | F::NeighbourKilled | F::Neighbour | F::StoreBusy | F::Left | F::Peek => None,
            _ => Some("nothing here interrupts the reading or leaves an outcome open"),
        },
    }
}
