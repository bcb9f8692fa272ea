//! Which reading mode is right for a queue, what it costs, and when it is refused. Pure.

use waybill_domain::{ReadingMode, ReadingPlan};

/// Passes beside those that a long run needs: soon after publishing, a little later, before the deadline, and after it.
const WANTED_PASSES: u32 = 5;

/// The fewest with which a proof makes sense: one before the deadline, one after it.
const FEWEST_PASSES: u32 = 2;

/// Receives that are left to the messages' own consumer: one that may fail, and one that does not.
const LEFT_TO_OTHERS: u32 = 2;

/// Most targets of a rule (EventBridge quotas, "Targets per rule").
const MOST_TARGETS: usize = 5;

/// What is known of the queue and the rule before a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueFacts<'a> {
    /// The queue's name.
    pub name: &'a str,
    /// Whether Waybill made it.
    pub is_own: bool,
    /// Whether it is a FIFO queue.
    pub is_fifo: bool,
    /// The `maxReceiveCount` of its RedrivePolicy, where it has one.
    pub max_receive_count: Option<u32>,
    /// How many targets the rule has.
    pub targets: usize,
}

/// How long a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunSpan {
    /// From the first event to the last, in milliseconds.
    pub publishing_ms: i64,
    /// How long an event may take, in milliseconds.
    pub timeout_ms: i64,
}

/// A queue cannot be read as wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadingRefused {
    /// Consume, on a queue that Waybill did not make.
    #[error("queue {0} was not made by Waybill, so its messages are not consumed; read it with peek or mirror")]
    NotOwn(String),
    /// Peek would block message groups.
    #[error(
        "{0} is a FIFO queue: a message that is looked at holds back all of its message group from the queue's own consumer; read with mirror"
    )]
    Fifo(String),
    /// Peek could push a message into the dead-letter queue.
    #[error(
        "queue {name} moves a message to its dead-letter queue after {max} receives; peek would take up to {price} of them and leave fewer \
         than {LEFT_TO_OTHERS} to the queue's own consumer; read with mirror"
    )]
    DeadLetters {
        /// The queue.
        name: String,
        /// Its `maxReceiveCount`.
        max: u32,
        /// Receives that peek needs.
        price: u32,
    },
    /// Mirror needs one more target.
    #[error("the rule has {0} targets and EventBridge allows {MOST_TARGETS}, so that no probe queue can be added for mirror")]
    Targets(usize),
}

/// How a queue is read, and what stood in the way of a better one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The plan.
    pub plan: ReadingPlan,
    /// Why the queue is not peeked at, where a probe stands in for it.
    pub instead: Option<ReadingRefused>,
}

/// Chooses how a queue is read: Waybill's own is consumed; somebody else's is peeked at where that is safe, else mirrored. A mode that is
/// forced is taken or refused.
///
/// # Errors
/// With the reason, where the forced mode, or every safe one, is not possible.
pub fn choose_reading(forced: Option<ReadingMode>, queue: &QueueFacts<'_>, span: RunSpan) -> Result<Chosen, ReadingRefused> {
    let plan = match forced {
        Some(ReadingMode::Consume) => consume(queue)?,
        Some(ReadingMode::Peek) => peek(queue, span)?,
        Some(ReadingMode::Mirror) => mirror(queue)?,
        None if queue.is_own => consume(queue)?,
        None => match peek(queue, span) {
            Ok(plan) => plan,
            Err(refused) => {
                let Ok(plan) = mirror(queue) else { return Err(refused) };
                return Ok(Chosen { plan, instead: Some(refused) });
            }
        },
    };
    Ok(Chosen { plan, instead: None })
}

fn consume(queue: &QueueFacts<'_>) -> Result<ReadingPlan, ReadingRefused> {
    if queue.is_own { Ok(ReadingPlan::Consume) } else { Err(ReadingRefused::NotOwn(queue.name.to_owned())) }
}

fn mirror(queue: &QueueFacts<'_>) -> Result<ReadingPlan, ReadingRefused> {
    if queue.targets < MOST_TARGETS { Ok(ReadingPlan::Mirror) } else { Err(ReadingRefused::Targets(queue.targets)) }
}

fn peek(queue: &QueueFacts<'_>, span: RunSpan) -> Result<ReadingPlan, ReadingRefused> {
    if queue.is_fifo {
        return Err(ReadingRefused::Fifo(queue.name.to_owned()));
    }
    let meanwhile = passes_while_publishing(span);
    let wanted = meanwhile.saturating_add(WANTED_PASSES);
    let Some(max) = queue.max_receive_count else {
        return Ok(ReadingPlan::Peek { passes: wanted, max_receive_count: None });
    };
    let fewest = meanwhile.saturating_add(FEWEST_PASSES);
    // One more is kept for a program that has to take the run up.
    let affordable = max.saturating_sub(LEFT_TO_OTHERS + 1);
    if affordable < fewest {
        return Err(ReadingRefused::DeadLetters { name: queue.name.to_owned(), max, price: fewest.saturating_add(1) });
    }
    Ok(ReadingPlan::Peek { passes: wanted.min(affordable), max_receive_count: Some(max) })
}

/// How often the queue has to be looked at while events are still being published, so that each is read before its deadline.
fn passes_while_publishing(span: RunSpan) -> u32 {
    let every = (span.timeout_ms / 2).max(1);
    u32::try_from(span.publishing_ms.max(0) / every).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: RunSpan = RunSpan { publishing_ms: 0, timeout_ms: 30_000 };

    fn foreign() -> QueueFacts<'static> {
        QueueFacts { name: "orders", is_own: false, is_fifo: false, max_receive_count: None, targets: 1 }
    }

    fn own() -> QueueFacts<'static> {
        QueueFacts { is_own: true, ..foreign() }
    }

    #[test]
    fn who_made_the_queue_decides_and_then_what_is_safe() {
        use ReadingMode::{Consume, Mirror, Peek};
        let limited = |max| QueueFacts { max_receive_count: Some(max), ..foreign() };
        let fifo = QueueFacts { is_fifo: true, ..foreign() };
        let cases = [
            (None, own(), Ok(Consume)),
            (None, QueueFacts { max_receive_count: Some(1), ..own() }, Ok(Consume)),
            (None, foreign(), Ok(Peek)),
            (None, limited(5), Ok(Peek)),
            (None, limited(4), Ok(Mirror)),
            (None, limited(2), Ok(Mirror)),
            (None, fifo, Ok(Mirror)),
            (None, QueueFacts { targets: 5, ..limited(2) }, Err("after 2 receives")),
            (None, QueueFacts { targets: 5, ..fifo }, Err("FIFO")),
            (Some(Consume), foreign(), Err("not made by Waybill")),
            (Some(Peek), limited(2), Err("after 2 receives; peek would take up to 3")),
            (Some(Peek), fifo, Err("FIFO")),
            (Some(Peek), own(), Ok(Peek)),
            (Some(Mirror), own(), Ok(Mirror)),
            (Some(Mirror), QueueFacts { targets: 5, ..foreign() }, Err("5 targets")),
        ];
        for (forced, queue, expected) in cases {
            match (choose_reading(forced, &queue, SHORT), expected) {
                (Ok(chosen), Ok(mode)) => assert_eq!(chosen.plan.mode(), mode, "{forced:?} {queue:?}"),
                (Err(refused), Err(told)) => assert!(refused.to_string().contains(told), "{refused}"),
                (found, _) => panic!("{forced:?} {queue:?}: {found:?}"),
            }
        }
    }

    #[test]
    fn the_price_leaves_the_queues_own_consumer_two_receives() {
        for max in 5..20 {
            let queue = QueueFacts { max_receive_count: Some(max), ..foreign() };
            let plan = choose_reading(Some(ReadingMode::Peek), &queue, SHORT).unwrap().plan;
            assert!(plan.price().unwrap() + 2 <= max, "of {max} receives peek takes {:?}", plan.price());
        }
    }

    #[test]
    fn a_longer_run_costs_more_and_is_refused_earlier() {
        let minute = RunSpan { publishing_ms: 60_000, timeout_ms: 30_000 };
        let plan = |max| {
            choose_reading(Some(ReadingMode::Peek), &QueueFacts { max_receive_count: max, ..foreign() }, minute).map(|chosen| chosen.plan)
        };
        assert_eq!(plan(None).unwrap().price(), Some(10), "four while publishing, five around the deadline, one for taking up");
        assert!(plan(Some(8)).is_err());
        assert_eq!(plan(Some(9)).unwrap().price(), Some(7));
    }
}
