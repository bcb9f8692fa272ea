//! What became of the latest events, for whoever looks into the sandbox, and what CloudWatch counts of it.

use std::collections::VecDeque;

use serde::Serialize;

use super::entry::{Accepted, Rejected};
use super::source::SourceState;
use crate::call::Call;
use crate::cloudwatch::{Counters, Metric};
use crate::sqs::DeliveryFailure;

/// So many are remembered.
const KEPT: usize = 200;

/// The latest events of all regions, and how often each rule matched and sent.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    latest: VecDeque<Seen>,
    counters: Counters,
}

/// One event and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Seen {
    /// When it came in, in milliseconds since 1970.
    at_ms: i64,
    region: String,
    /// The account that published it.
    publisher: String,
    /// None where it was refused.
    #[serde(flatten)]
    event: Option<Told>,
    #[serde(flatten)]
    fate: Fate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Told {
    event_id: String,
    source: String,
    detail_type: String,
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub(crate) enum Fate {
    /// The publisher was told so.
    Rejected {
        /// AWS's code.
        code: &'static str,
        /// AWS's sentence.
        message: String,
    },
    /// The bus is not there: lost without a word.
    NoBus {
        /// As the publisher named it.
        bus: String,
    },
    /// The partner event source is not associated, or deactivated: lost without a word.
    SourceInactive {
        /// PENDING, as a rule.
        state: &'static str,
    },
    /// The bus has no enabled rule whose pattern it matches.
    NoRuleMatched {
        /// The bus's name.
        bus: String,
    },
    /// At least one rule matched.
    Matched {
        /// The bus's name.
        bus: String,
        /// Each of them.
        rules: Vec<MatchedRule>,
    },
}

/// A rule that an event matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MatchedRule {
    /// Its name.
    pub(crate) rule: String,
    /// What each of its targets got; empty where it has none.
    pub(crate) targets: Vec<Handed>,
}

/// What a target got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Handed {
    /// The target's id.
    pub(crate) target: String,
    /// Its queue.
    pub(crate) queue: String,
    /// How it went.
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
}

/// How a delivery went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The queue took it.
    Delivered {
        /// Attempts after the first one.
        #[serde(skip_serializing_if = "is_zero")]
        retries: u32,
    },
    /// The queue did not for now; it is tried again.
    Retrying {
        /// As in `ERROR_CODE`.
        code: &'static str,
        /// Why the queue did not.
        reason: String,
        /// Attempts after the first one.
        retries: u32,
        /// When it is tried again, in milliseconds since 1970.
        next_attempt_ms: i64,
    },
    /// The queue did not, the dead-letter queue did.
    Buried {
        /// As in `ERROR_CODE`.
        code: &'static str,
        /// Why the queue did not.
        reason: String,
    },
    /// Neither did, or there is no dead-letter queue: lost.
    Dropped {
        /// As in `ERROR_CODE`.
        code: &'static str,
        /// Why the queue did not.
        reason: String,
        /// Why the dead-letter queue did not; none where there is none.
        dead_letter_reason: Option<String>,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Outcome {
    /// How often it was tried; what is given up says no more of it than that it was.
    pub(crate) const fn attempts(&self) -> u32 {
        match self {
            Self::Delivered { retries } | Self::Retrying { retries, .. } => *retries + 1,
            Self::Buried { .. } | Self::Dropped { .. } => 1,
        }
    }

    /// What CloudWatch counts of it: an attempt that is followed by another one counts only once that is settled (EventBridge user guide,
    /// eb-monitoring).
    fn metrics(&self) -> &'static [Metric] {
        use Metric::{FailedInvocations, Invocations, InvocationsFailedToBeSentToDlq, InvocationsSentToDlq};
        match self {
            Self::Delivered { .. } => &[Invocations],
            Self::Retrying { .. } => &[],
            Self::Buried { .. } => &[Invocations, FailedInvocations, InvocationsSentToDlq],
            Self::Dropped { dead_letter_reason: Some(_), .. } => &[Invocations, FailedInvocations, InvocationsFailedToBeSentToDlq],
            Self::Dropped { dead_letter_reason: None, .. } => &[Invocations, FailedInvocations],
        }
    }

    /// Of a delivery that failed; `buried` says what the dead-letter queue did, where there is one.
    pub(crate) fn of(failure: &DeliveryFailure, buried: Option<Result<(), DeliveryFailure>>) -> Self {
        let (code, reason) = (failure.error_code(), failure.to_string());
        match buried {
            Some(Ok(())) => Self::Buried { code, reason },
            Some(Err(again)) => Self::Dropped { code, reason, dead_letter_reason: Some(again.to_string()) },
            None => Self::Dropped { code, reason, dead_letter_reason: None },
        }
    }
}

impl Fate {
    /// Of an event whose source is in this state.
    pub(crate) fn of_source(state: Option<SourceState>) -> Self {
        Self::SourceInactive { state: state.map_or("NONE", SourceState::as_str) }
    }
}

impl Recent {
    /// Remembers one, and forgets the oldest.
    pub(crate) fn note(&mut self, call: &Call<'_>, event: &Accepted, fate: Fate) {
        let told = Told { event_id: event.id.clone(), source: event.source.clone(), detail_type: event.detail_type.clone() };
        self.push(call, Some(told), fate);
    }

    /// Remembers an entry that was refused.
    pub(crate) fn note_rejected(&mut self, call: &Call<'_>, rejected: &Rejected) {
        self.push(call, None, Fate::Rejected { code: rejected.error_code, message: rejected.error_message.clone() });
    }

    fn push(&mut self, call: &Call<'_>, event: Option<Told>, fate: Fate) {
        if self.latest.len() == KEPT {
            self.latest.pop_front();
        }
        if let Fate::Matched { bus, rules } = &fate {
            for matched in rules {
                let of = (call.region, bus.as_str(), matched.rule.as_str());
                self.counters.count(of, &[Metric::MatchedEvents, Metric::TriggeredRules], call.now_ms);
                matched.targets.iter().for_each(|handed| self.counters.count(of, handed.outcome.metrics(), call.now_ms));
            }
        }
        let (region, publisher) = (call.region.to_owned(), call.caller.account.clone());
        self.latest.push_back(Seen { at_ms: call.now_ms, region, publisher, event, fate });
    }

    /// What became of a delivery that was tried again, where the event is still remembered.
    pub(crate) fn amend(&mut self, event_id: &str, (rule, target): (&str, &str), outcome: Outcome) {
        let of_event = |seen: &&mut Seen| seen.event.as_ref().is_some_and(|event| event.event_id == event_id);
        let Some(Fate::Matched { rules, .. }) = self.latest.iter_mut().rev().find(of_event).map(|seen| &mut seen.fate) else { return };
        let targets = rules.iter_mut().filter(|matched| matched.rule == rule).flat_map(|matched| &mut matched.targets);
        if let Some(handed) = targets.into_iter().find(|handed| handed.target == target) {
            handed.outcome = outcome;
        }
    }

    /// Counts a delivery that was tried again.
    pub(crate) fn count_again(&mut self, of: (&str, &str, &str), outcome: &Outcome, now_ms: i64) {
        self.counters.count(of, outcome.metrics(), now_ms);
    }

    /// What CloudWatch tells.
    pub(crate) const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// The latest one first.
    pub(crate) fn latest_first(&self) -> Vec<Seen> {
        self.latest.iter().rev().cloned().collect()
    }
}
