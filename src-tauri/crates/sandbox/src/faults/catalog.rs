//! Every way to break a chain.

/// One way to break a chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    /// Its id.
    pub(super) id: &'static str,
    /// What it does.
    pub(super) sentence: &'static str,
    /// The doctor's check that names it; none for what happens on the way.
    pub(super) check: Option<&'static str>,
    /// Whether it shows only once something was published.
    pub(super) needs_proof: bool,
}

const fn fault(id: &'static str, check: &'static str, sentence: &'static str) -> Fault {
    Fault { id, sentence, check: Some(check), needs_proof: false }
}

const fn published(id: &'static str, check: &'static str, sentence: &'static str) -> Fault {
    Fault { id, sentence, check: Some(check), needs_proof: true }
}

const fn on_the_way(id: &'static str, sentence: &'static str) -> Fault {
    Fault { id, sentence, check: None, needs_proof: true }
}

/// Nothing is lost by it, so no check names it as a cause.
const fn harmless(id: &'static str, sentence: &'static str) -> Fault {
    Fault { id, sentence, check: None, needs_proof: false }
}

/// In causal order.
pub(super) const FAULTS: &[Fault] = &[
    fault("credentials", "credentials", "The customer's access key is no longer valid."),
    fault("account-region", "account-region", "The customer's access key belongs to another account."),
    fault("source-missing", "source-missing", "Event bus and partner event source are deleted."),
    fault("source-pending", "source-pending", "The event bus is deleted, so that the source is pending."),
    fault("source-inactive", "source-inactive", "The customer deactivates the partner event source."),
    fault("source-recreated", "source-inactive", "The partner deletes the event source and makes it again; its event bus stays."),
    fault("source-deleted", "source-deleted", "The partner deletes the event source; its event bus stays."),
    fault("source-expiring", "source-expiring", "The source is deactivated and expires within an hour."),
    fault("bus-missing", "bus-missing", "The event bus is gone although the source is still active."),
    fault("rule-missing", "rule-missing", "The rule is deleted."),
    fault("rule-on-default-bus", "rule-missing", "The rule is deleted and made again on the default event bus."),
    fault("rule-disabled", "rule-disabled", "The rule is disabled."),
    fault("pattern-mismatch", "pattern-mismatch", "The rule's pattern waits for alert-* events."),
    fault("pattern-case", "pattern-mismatch", "The rule's pattern has a value in the wrong case."),
    fault("pattern-star", "pattern-mismatch", "The rule's pattern is {\"source\":[\"*\"]}."),
    fault("target-missing", "target-missing", "The rule's target is removed."),
    fault("targets-full", "target-missing", "The rule's target is replaced by five others."),
    fault("target-wrong", "target-wrong", "The rule's target names another queue."),
    fault("target-other-region", "target-wrong", "The rule's target names a queue of another region."),
    fault("queue-missing", "queue-missing", "The queue is deleted."),
    fault("queue-policy", "queue-policy", "The statement that lets the rule send is removed from the queue's policy."),
    fault("queue-policy-other-rule", "queue-policy", "The queue's policy lets only another rule send."),
    fault("queue-policy-deny", "queue-policy", "A statement of the queue's policy denies sending to everybody."),
    fault("queue-key", "queue-key", "The queue is encrypted with AWS's own key for queues."),
    fault("queue-key-policy", "queue-key", "The queue is encrypted with a key whose policy does not let EventBridge use it."),
    fault("queue-key-disabled", "queue-key", "The queue is encrypted with a key that is disabled."),
    fault("queue-fifo", "queue-fifo", "The FIFO queue no longer deduplicates by content."),
    fault("transformer", "transformer", "The target hands on a part of the event only."),
    fault("transformer-template", "transformer", "The target hands on a text made from the event."),
    fault("message-size", "message-size", "The queue takes messages of at most 1024 bytes."),
    fault("dead-letters", "dead-letters", "An event of the rule lies in the target's dead-letter queue."),
    fault("dead-letter-queue", "dead-letter-queue", "The dead-letter queue has no policy any more."),
    fault("other-consumers", "other-consumers", "Another consumer takes every message out of the queue."),
    fault("retention", "retention", "The queue keeps messages for a minute only."),
    fault("retention-delay", "retention", "The queue holds every message back for fifteen minutes."),
    harmless("propagation", "Somebody changed the queue just now: nothing is lost, but the doctor says to wait before judging."),
    fault("throttling", "throttling", "EventBridge throttles every request of the account."),
    published("entry-rejected", "entry-rejected", "EventBridge refuses every entry that the partner publishes."),
    fault("poller", "poller", "SQS answers every receive on the queue with an internal error."),
    on_the_way("late", "Every message becomes visible five seconds late."),
    on_the_way("duplicated", "Every message comes twice."),
    on_the_way("lost", "Every message is lost on the way."),
    on_the_way("changed", "Every message is changed on the way."),
];

/// The fault of this id.
pub(super) fn named(id: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<&str> = FAULTS.iter().map(|fault| fault.id).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    }
}
