//! The judgements: pure functions of what was read and of what is intended.

mod access;
mod bus_log;
mod dead_letter;
mod figures;
mod key;
mod partner;
mod pattern;
mod queue;
mod reader;
mod rule;
mod sight;
mod source;
mod target;

use std::cell::Cell;
use std::collections::BTreeMap;

use waybill_aws::CallErrorKind;
use waybill_setup::{QueueSeen, Read};

use crate::case::Case;
use crate::check::{Check, CheckId, Evidence, Finding, Outcome};
use crate::repair::{Repair, TargetWrite};
use crate::seen::{Reading, Seen, Unread};
pub(crate) use key::is_managed_key;
use sight::Sight;

/// What a judge looks at.
#[derive(Clone, Copy)]
struct Look<'a> {
    case: &'a Case,
    seen: Sight<'a>,
    /// What other checks came to.
    found: &'a BTreeMap<CheckId, Check>,
}

/// A finding; as an error, one that ended the judgement early.
type Judged = Result<Finding, Finding>;

/// The checks that are judged already; grows while answers come.
#[derive(Debug, Default)]
pub(crate) struct Judgement(BTreeMap<CheckId, Check>);

impl Judgement {
    /// Judges what can be judged by now, in causal order; answers what is new. What is judged once stays: a check is judged only when
    /// everything that it asked for was there.
    pub(crate) fn go_on(&mut self, case: &Case, seen: &Seen) -> Vec<CheckId> {
        let mut new = Vec::new();
        for id in CheckId::ALL {
            if self.0.contains_key(&id) {
                continue;
            }
            let too_early = Cell::new(false);
            let look = Look { case, seen: Sight::new(seen, &too_early), found: &self.0 };
            let finding = match look.elsewhere(id) {
                Some(mask) => Finding::masked(mask),
                None => look.judge(id).unwrap_or_else(|early| early),
            };
            if !too_early.get() {
                self.0.insert(id, finding.of(id));
                new.push(id);
            }
        }
        new
    }

    /// What a check came to, where it is judged.
    pub(crate) fn of(&self, id: CheckId) -> Option<&Check> {
        self.0.get(&id)
    }

    /// Every check that is judged, in causal order.
    pub(crate) fn into_checks(self) -> Vec<Check> {
        self.0.into_values().collect()
    }
}

impl<'a> Look<'a> {
    fn judge(self, id: CheckId) -> Judged {
        match id {
            CheckId::Credentials => self.credentials(),
            CheckId::AccountRegion => self.account_region(),
            CheckId::SourceMissing => self.source_missing(),
            CheckId::SourcePending => self.source_pending(),
            CheckId::SourceInactive => self.source_inactive(),
            CheckId::SourceDeleted => self.source_deleted(),
            CheckId::SourceExpiring => self.source_expiring(),
            CheckId::BusMissing => self.bus_missing(),
            CheckId::RuleMissing => self.rule_missing(),
            CheckId::RuleDisabled => self.rule_disabled(),
            CheckId::PatternMismatch => self.pattern_mismatch(),
            CheckId::EventTypeNotChosen => Ok(self.event_type_not_chosen()),
            CheckId::ManualMode => Ok(self.manual_mode()),
            CheckId::TargetMissing => self.target_missing(),
            CheckId::TargetWrong => self.target_wrong(),
            CheckId::QueueMissing => self.queue_missing(),
            CheckId::QueuePolicy => self.queue_policy(),
            CheckId::QueueKey => self.queue_key(),
            CheckId::QueueFifo => self.queue_fifo(),
            CheckId::Transformer => self.transformer(),
            CheckId::MessageSize => self.message_size(),
            CheckId::DeadLetters => self.dead_letters(),
            CheckId::DeadLetterQueue => self.dead_letter_queue(),
            CheckId::OtherConsumers => self.other_consumers(),
            CheckId::Retention => self.retention(),
            CheckId::Propagation => self.propagation(),
            CheckId::Throttling => Ok(self.throttling()),
            CheckId::EntryRejected => Ok(self.entry_rejected()),
            CheckId::Poller => self.poller(),
        }
    }

    /// With other credentials, or in another account, nothing that AWS answers is about this chain.
    fn elsewhere(self, id: CheckId) -> Option<CheckId> {
        let is_of_aws = !matches!(id, CheckId::AccountRegion | CheckId::EventTypeNotChosen | CheckId::ManualMode);
        [CheckId::Credentials, CheckId::AccountRegion].into_iter().find(|mask| is_of_aws && *mask < id && self.is_cause(*mask))
    }

    fn is_cause(self, id: CheckId) -> bool {
        let found = self.found.get(&id);
        if found.is_none() {
            self.seen.not_yet();
        }
        found.is_some_and(|check| check.outcome == Outcome::Cause)
    }

    fn first_cause(self, ids: &[CheckId]) -> Option<CheckId> {
        ids.iter().copied().find(|id| self.is_cause(*id))
    }

    /// Only a chain that was finished once is repaired; before, the set-up makes it.
    fn offer(self, repair: Repair) -> Option<Repair> {
        self.case.is_finished().then_some(repair)
    }

    /// Says what to do where the set-up was never finished.
    fn sentence(self, text: impl Into<String>) -> String {
        let text = text.into();
        if self.case.is_finished() { text } else { format!("{text} The set-up of this chain was never finished: finish it.") }
    }

    /// The queue; where it is gone, nothing about it can be told.
    fn queue(self) -> Result<(&'a Read<Option<QueueSeen>>, &'a QueueSeen), Finding> {
        let read = get(self.seen.queue())?;
        read.value.as_ref().map(|queue| (read, queue)).ok_or_else(|| Finding::masked(CheckId::QueueMissing))
    }

    fn queue_arn(self) -> String {
        let spec = &self.case.chain.spec;
        spec.arn_of(&spec.target.queue).to_string()
    }

    /// The target as it is intended.
    fn wanted_target(self) -> TargetWrite {
        let spec = &self.case.chain.spec;
        TargetWrite {
            id: self.case.target_id().unwrap_or("waybill").to_owned(),
            arn: self.queue_arn(),
            message_group: spec.target.queue.name().is_fifo().then(|| "waybill".to_owned()),
            dead_letter: spec.target.dead_letter.as_ref().map(|choice| spec.arn_of(choice).to_string()),
            ..TargetWrite::default()
        }
    }

    /// Bus and rule, by name.
    fn place(self) -> (&'a str, &'a str) {
        let spec = &self.case.chain.spec;
        (spec.bus(), spec.rule.name.as_str())
    }
}

/// What was read, or why it cannot be told.
fn get<T>(reading: &Reading<T>) -> Result<&Read<T>, Finding> {
    reading.as_ref().map_err(unread)
}

/// Unknown, with the permission that is missing where that is why.
fn unread(why: &Unread) -> Finding {
    let finding = match (why, why.missing_permission()) {
        (_, Some(missing)) => Finding::unknown(format!("This cannot be read: {missing} is missing.")),
        (Unread::NotAsked, _) => Finding::unknown("This was not asked: the answer would have been of no use, or the look too costly."),
        (Unread::NotOffered(service), _) => {
            Finding::unknown(format!("This endpoint does not offer {service}, so that this cannot be read."))
        }
        (Unread::Pending, _) => Finding::unknown("The answer has not come yet."),
        (Unread::Call(error), _) => match error.kind {
            CallErrorKind::Throttled => Finding::masked(CheckId::Throttling),
            CallErrorKind::NoCredentials => Finding::masked(CheckId::Credentials),
            _ => Finding::unknown(format!("AWS did not tell: {error}.")),
        },
    };
    let request = match why {
        Unread::Call(error) => error.request_id.as_ref().map(|id| Evidence {
            what: "Refused".to_owned(),
            value: error.code.clone().unwrap_or_else(|| error.message.clone()),
            call: Some(format!("{}:{}", error.service, error.operation)),
            request_id: Some(id.clone()),
        }),
        Unread::NotAsked | Unread::NotOffered(_) | Unread::Pending => None,
    };
    finding.with(request)
}
