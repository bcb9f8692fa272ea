//! The target's dead-letter queue: what lies in it, and whether it can be used at all.

use waybill_domain::{QueueArn, RuleArn};
use waybill_setup::Grant;

use super::queue::judge_policy;
use super::{Judged, Look, get};
use crate::check::{CheckId, Evidence, Finding, Outcome};
use crate::repair::TargetWrite;
use crate::seen::{Letter, Unread};

impl Look<'_> {
    pub(super) fn dead_letters(self) -> Judged {
        match self.seen.letters() {
            Err(Unread::NotAsked) => Ok(self.no_letters()),
            other => {
                let read = get(other)?;
                let rule = self.case.chain.spec.rule_arn();
                let own: Vec<&Letter> = read.value.iter().filter(|letter| letter.rule_arn == rule.as_str()).collect();
                let open: Vec<&Letter> = own.iter().copied().filter(|letter| self.is_open(letter)).collect();
                // What nothing else explains comes first, then the newest.
                let Some(newest) = open.iter().max_by_key(|letter| (self.explained(letter).is_none(), letter.sent_at)) else {
                    return Ok(Finding::healthy(
                        "The dead-letter queue has nothing of this rule that is newer than its last change or proof.",
                    ));
                };
                let evidence = [
                    Evidence::told(read, "ERROR_CODE", &newest.code),
                    Evidence::told(read, "ERROR_MESSAGE", &newest.message),
                    Evidence::told(read, "Came into the dead-letter queue", newest.sent_at),
                    Evidence::told(
                        read,
                        "Seen",
                        format!("{} of this rule, {} of them newer than its last change or proof", own.len(), open.len()),
                    ),
                ];
                let sentence =
                    format!("EventBridge gave up on events of this rule and put them into the dead-letter queue: {}", decode(&newest.code));
                Ok(match self.explained(newest) {
                    Some(why) => Finding::suspect(format!("{sentence} `{why}` says why.")),
                    None => Finding::cause(sentence),
                }
                .with(evidence))
            }
        }
    }

    pub(super) fn dead_letter_queue(self) -> Judged {
        let spec = &self.case.chain.spec;
        let (targets, target) = self.target()?;
        let wanted = spec.target.dead_letter.as_ref().map(|choice| spec.arn_of(choice));
        let Some(arn) = &target.write.dead_letter else {
            return Ok(match wanted {
                None => Finding::healthy("The target has no dead-letter queue, and none is meant."),
                Some(wanted) => {
                    let mended = TargetWrite { dead_letter: Some(wanted.to_string()), ..target.write.clone() };
                    Finding::cause(
                        "The target has no dead-letter queue, though the chain was set up with one: what cannot be delivered is lost.",
                    )
                    .with([Evidence::told(targets, "DeadLetterConfig", "none"), Evidence::known("Recorded", &wanted)])
                    .repaired_by(self.replace(target, mended, "Give the target its dead-letter queue."))
                }
            });
        };
        let config = Evidence::told(targets, "DeadLetterConfig", arn);
        let home = format!(":sqs:{}:{}:", spec.region, spec.account);
        if arn.ends_with(".fifo") || !arn.contains(&home) {
            return Ok(Finding::cause("The dead-letter queue must be a standard queue of the same account and region.").with([config]));
        }
        let read = get(self.seen.dead_letter().unwrap_or(&Err(Unread::NotAsked)))?;
        let Some(queue) = &read.value else {
            return Ok(Finding::cause("The dead-letter queue does not exist: what cannot be delivered is lost.").with([config]));
        };
        let key = self.key((read, queue), || (self.seen.dead_letter_key(), self.seen.dead_letter_key_policy()))?;
        if key.outcome != Outcome::Healthy {
            let explanation = format!("Dead-letter queue {}: {}", queue.name, key.explanation);
            return Ok(Finding { explanation, ..key }.with([config]));
        }
        let grant = Grant { rule: RuleArn::from_aws(spec.rule_arn().as_str()), queue: QueueArn::from_aws(arn.as_str()) };
        let mut finding = judge_policy(&grant, (read, queue));
        finding.explanation = format!("Dead-letter queue {}: {}", queue.name, finding.explanation);
        let repair = finding.repair.clone().and_then(|repair| self.offer(repair));
        Ok(finding.with([config]).repaired_by(repair))
    }

    fn no_letters(self) -> Finding {
        match self.seen.dead_letter() {
            None => Finding::healthy("The target has no dead-letter queue."),
            Some(Ok(read)) => match &read.value {
                None => Finding::masked(CheckId::DeadLetterQueue),
                Some(queue) if queue.attribute("RedrivePolicy").is_some() => Finding::unknown(
                    "The dead-letter queue hands messages on to another one: Waybill does not look into it, because each look counts.",
                ),
                Some(queue) => Finding::healthy("The dead-letter queue is empty.").with([Evidence::told(
                    read,
                    "ApproximateNumberOfMessages",
                    queue.attribute("ApproximateNumberOfMessages").unwrap_or("0"),
                )]),
            },
            Some(Err(why)) => super::unread(why),
        }
    }

    /// The cause that was found and explains why this event was not delivered.
    fn explained(self, letter: &Letter) -> Option<CheckId> {
        self.first_cause(explaining(&letter.code))
    }

    /// Not explained by anything that has been changed or proven since.
    fn is_open(self, letter: &Letter) -> bool {
        let settled = self.case.chain.changed_at.max(self.case.proven_at);
        settled.is_none_or(|at| letter.sent_at > at)
    }
}

/// Causes that end in this `ERROR_CODE`.
fn explaining(code: &str) -> &'static [CheckId] {
    match code {
        "NO_PERMISSIONS" => &[CheckId::QueuePolicy, CheckId::QueueKey],
        "NO_RESOURCE" => &[CheckId::TargetWrong, CheckId::QueueMissing],
        "INVALID_PARAMETER" | "SDK_CLIENT_ERROR" => &[CheckId::QueueKey, CheckId::QueueFifo, CheckId::MessageSize],
        "INVALID_JSON" => &[CheckId::Transformer],
        _ => &[],
    }
}

/// What an `ERROR_CODE` says (EventBridge user guide, eb-rule-dlq).
fn decode(code: &str) -> &'static str {
    match code {
        "NO_PERMISSIONS" => "the queue's policy, or its key, did not let the rule in.",
        "NO_RESOURCE" => "the queue was not there.",
        "INVALID_PARAMETER" | "SDK_CLIENT_ERROR" => {
            "the queue refused the message: too large, its key unusable, or something of a FIFO queue missing."
        }
        "THROTTLING" => "the queue was throttled for too long.",
        "TIMEOUT" | "CONNECTION_FAILURE" => "the queue did not answer for too long.",
        "INVALID_JSON" => "the input transformer made no valid JSON of it.",
        "INTERNAL_ERROR" | "ERROR_FROM_TARGET" => "the queue failed for too long.",
        _ => "see ERROR_CODE and ERROR_MESSAGE.",
    }
}
