//! Checks: what is asked, what was found, how it was seen.

use std::fmt;

use waybill_setup::Read;

use crate::repair::Repair;

macro_rules! checks {
    ($($name:ident $id:literal $question:literal,)*) => {
        /// What is checked, in causal order: from the identity that asks, along the chain, to the reader of the queue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CheckId {
            $(#[doc = $question] $name,)*
        }

        impl CheckId {
            /// Every check, in causal order.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$name),*];

            /// The id that scripts rely on.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// What is asked.
            pub const fn question(self) -> &'static str {
                match self {
                    $(Self::$name => $question,)*
                }
            }
        }
    };
}

checks! {
    Credentials "credentials" "Does AWS take the credentials?",
    AccountRegion "account-region" "Are these the account and region of the alert action?",
    SourceMissing "source-missing" "Is there a partner event source?",
    SourcePending "source-pending" "Is the partner event source associated with an event bus?",
    SourceInactive "source-inactive" "Is the partner event source active?",
    SourceDeleted "source-deleted" "Does the partner still have the event source?",
    SourceExpiring "source-expiring" "Does the partner event source stay?",
    BusMissing "bus-missing" "Is the event bus there?",
    RuleMissing "rule-missing" "Is the rule on the event bus?",
    RuleDisabled "rule-disabled" "Is the rule enabled?",
    PatternMismatch "pattern-mismatch" "Does the rule's event pattern match the events?",
    EventTypeNotChosen "event-type-not-chosen" "Does the alert action send the event types?",
    ManualMode "manual-mode" "Does the alert action publish by itself?",
    TargetMissing "target-missing" "Has the rule a target for the queue?",
    TargetWrong "target-wrong" "Does the rule's target name the right queue?",
    QueueMissing "queue-missing" "Is the queue there?",
    QueuePolicy "queue-policy" "Does the queue's policy let the rule send?",
    QueueKey "queue-key" "Can EventBridge use the queue's key?",
    QueueFifo "queue-fifo" "Does a FIFO queue get what it needs?",
    Transformer "transformer" "Do the events arrive as they were sent?",
    MessageSize "message-size" "Does the queue take events of this size?",
    DeadLetters "dead-letters" "Are there undelivered events in the dead-letter queue?",
    DeadLetterQueue "dead-letter-queue" "Can the dead-letter queue be used?",
    OtherConsumers "other-consumers" "Does anybody else read the queue?",
    Retention "retention" "Does the queue keep messages until they are read?",
    Propagation "propagation" "Have the last changes taken effect?",
    Throttling "throttling" "Does AWS take the requests at this rate?",
    EntryRejected "entry-rejected" "Did EventBridge accept the published events?",
    Poller "poller" "Was the queue read all the time?",
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// As it must be.
    Healthy,
    /// Events do not arrive because of it.
    Cause,
    /// It may be why, or will be; or it is meant to be so.
    Suspect,
    /// It cannot be told, and why.
    Unknown,
}

impl Outcome {
    /// The word for scripts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Cause => "cause",
            Self::Suspect => "suspect",
            Self::Unknown => "unknown",
        }
    }
}

/// One value that was seen, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is, for example `State`.
    pub what: String,
    /// The value.
    pub value: String,
    /// The call that told it, for example `events:DescribeRule`; none for what Waybill knows itself.
    pub call: Option<String>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

impl Evidence {
    /// What an answer of AWS told.
    pub(crate) fn told<T>(by: &Read<T>, what: &str, value: impl fmt::Display) -> Self {
        Self { what: what.to_owned(), value: value.to_string(), call: Some(by.call.to_string()), request_id: by.request_id.clone() }
    }

    /// What Waybill has recorded.
    pub(crate) fn known(what: &str, value: impl fmt::Display) -> Self {
        Self { what: what.to_owned(), value: value.to_string(), call: None, request_id: None }
    }
}

/// One check with what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// What it came to.
    pub outcome: Outcome,
    /// The values that it was judged by.
    pub evidence: Vec<Evidence>,
    /// One plain sentence.
    pub explanation: String,
    /// The change that would mend it.
    pub repair: Option<Repair>,
}

/// What a judge says; the check's id is added by whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) outcome: Outcome,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) explanation: String,
    pub(crate) repair: Option<Repair>,
}

impl Finding {
    fn new(outcome: Outcome, explanation: impl Into<String>) -> Self {
        Self { outcome, evidence: Vec::new(), explanation: explanation.into(), repair: None }
    }

    pub(crate) fn healthy(explanation: impl Into<String>) -> Self {
        Self::new(Outcome::Healthy, explanation)
    }

    pub(crate) fn cause(explanation: impl Into<String>) -> Self {
        Self::new(Outcome::Cause, explanation)
    }

    pub(crate) fn suspect(explanation: impl Into<String>) -> Self {
        Self::new(Outcome::Suspect, explanation)
    }

    pub(crate) fn unknown(explanation: impl Into<String>) -> Self {
        Self::new(Outcome::Unknown, explanation)
    }

    /// It cannot be told before another cause is removed.
    pub(crate) fn masked(by: CheckId) -> Self {
        Self::unknown(format!("This cannot be told as long as `{by}` stands in the way."))
    }

    pub(crate) fn with(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    pub(crate) fn repaired_by(mut self, repair: Option<Repair>) -> Self {
        self.repair = repair;
        self
    }

    pub(crate) fn of(self, id: CheckId) -> Check {
        let Self { outcome, evidence, explanation, repair } = self;
        Check { id, outcome, evidence, explanation, repair }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_are_those_that_scripts_rely_on() {
        let ids: Vec<&str> = CheckId::ALL.iter().map(|id| id.as_str()).collect();
        let contract = "credentials, account-region, source-missing, source-pending, source-inactive, source-deleted, source-expiring, \
            bus-missing, rule-missing, rule-disabled, pattern-mismatch, event-type-not-chosen, manual-mode, target-missing, target-wrong, \
            queue-missing, queue-policy, queue-key, queue-fifo, transformer, message-size, dead-letters, dead-letter-queue, \
            other-consumers, retention, propagation, throttling, entry-rejected, poller";
        assert_eq!(ids.join(", "), contract);
    }
}
