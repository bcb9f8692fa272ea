//! The queue: whether it is there, lets the rule in, and takes and keeps what comes.

use std::collections::BTreeMap;

use waybill_domain::QueueName;
use waybill_setup::{Grant, PolicyAnswer, QueueSeen, Read, ResourcePolicy};

use super::{Judged, Look, get};
use crate::check::{Evidence, Finding};
use crate::repair::{Repair, TargetWrite, Write};
use crate::samples::samples;

/// Room for an incident with a description of some length, in bytes; our choice.
const ROOM_BYTES: i64 = 4096;

/// SQS's own defaults and limits (SQS API reference, `SetQueueAttributes`).
const LARGEST_BYTES: &str = "1048576";
const DEFAULT_RETENTION: &str = "345600";

/// Messages that are kept for less may be gone before a reader comes back, in seconds; our choice.
const SHORT_RETENTION_S: i64 = 300;

/// Waybill waits so long for an event unless told otherwise, in seconds.
const LONG_DELAY_S: i64 = 30;

impl Look<'_> {
    pub(super) fn queue_missing(self) -> Judged {
        let read = get(self.seen.queue())?;
        if let Some(queue) = &read.value {
            return Ok(Finding::healthy("The queue is there.").with([Evidence::told(read, "ARN", queue.arn())]));
        }
        let name = self.case.chain.spec.target.queue.name();
        let how = if self.case.may_make_queue() { "" } else { " It was not made by Waybill: its owner has to make it again." };
        let repair = self.offer(self.make_queue(name)).filter(|_| self.case.may_make_queue());
        Ok(Finding::cause(self.sentence(format!("The queue {name} does not exist: EventBridge drops what the rule sends to it.{how}")))
            .with([Evidence::told(read, "Queue", format!("{} does not exist", self.queue_arn()))])
            .repaired_by(repair))
    }

    pub(super) fn queue_policy(self) -> Judged {
        let (read, queue) = self.queue()?;
        let spec = &self.case.chain.spec;
        let grant = Grant { rule: spec.rule_arn(), queue: spec.arn_of(&spec.target.queue) };
        let finding = judge_policy(&grant, (read, queue));
        let mended = finding.repair.clone().and_then(|repair| self.offer(repair));
        Ok(finding.repaired_by(mended).with(self.counted(&["Invocations", "FailedInvocations"])).with(self.logged_deliveries()))
    }

    pub(super) fn queue_fifo(self) -> Judged {
        let (read, queue) = self.queue()?;
        if !queue.name.is_fifo() {
            return Ok(Finding::healthy("The queue is a standard queue."));
        }
        let deduplicates = queue.deduplicates_by_content();
        let evidence = [Evidence::told(read, "ContentBasedDeduplication", deduplicates)];
        if !deduplicates {
            let name = &queue.name;
            let repair = Repair::one(
                "Let the queue make its own deduplication ids.",
                set(name, &[("ContentBasedDeduplication", "true")]),
                set(name, &[("ContentBasedDeduplication", "false")]),
            );
            return Ok(Finding::cause(
                "The FIFO queue has no content-based deduplication, and EventBridge sends no deduplication id: it refuses every event.",
            )
            .with(evidence)
            .repaired_by(self.offer(repair)));
        }
        match self.target() {
            Ok((_, target)) if target.write.message_group.is_none() => {
                let mended = TargetWrite { message_group: Some("waybill".to_owned()), ..target.write.clone() };
                Ok(Finding::cause("The target names no message group, which a FIFO queue requires: it refuses every event.")
                    .with(evidence)
                    .repaired_by(self.replace(target, mended, "Send with a message group.")))
            }
            _ => Ok(Finding::healthy("The FIFO queue gets a message group and makes its own deduplication ids.").with(evidence)),
        }
    }

    pub(super) fn message_size(self) -> Judged {
        let (read, queue) = self.queue()?;
        let limit = number(queue, "MaximumMessageSize").unwrap_or(i64::MAX);
        let largest = samples(&self.case.action, &self.case.chain.spec).iter().map(|sample| sample.text.len()).max().unwrap_or(0) as i64;
        let evidence = [
            Evidence::told(read, "MaximumMessageSize", format!("{limit} bytes")),
            Evidence::known("Largest of the nine samples", format!("{largest} bytes")),
        ];
        if limit >= largest.max(ROOM_BYTES) {
            return Ok(Finding::healthy("The queue takes events of the usual size.").with(evidence));
        }
        let repair = Repair::one(
            "Let the queue take messages of any size that SQS takes.",
            set(&queue.name, &[("MaximumMessageSize", LARGEST_BYTES)]),
            set(&queue.name, &[("MaximumMessageSize", &limit.to_string())]),
        );
        let what = if limit < largest { "the events of this alert action" } else { "incidents with more than a short description" };
        Ok(Finding::cause(format!("The queue takes messages of at most {limit} bytes: {what} do not fit in, and EventBridge drops them."))
            .with(evidence)
            .repaired_by(self.offer(repair)))
    }

    pub(super) fn retention(self) -> Judged {
        let (read, queue) = self.queue()?;
        let (kept, delay) = (number(queue, "MessageRetentionPeriod").unwrap_or(i64::MAX), number(queue, "DelaySeconds").unwrap_or(0));
        let evidence = [
            Evidence::told(read, "MessageRetentionPeriod", format!("{kept} s")),
            Evidence::told(read, "DelaySeconds", format!("{delay} s")),
            Evidence::told(read, "VisibilityTimeout", queue.attribute("VisibilityTimeout").unwrap_or("not told")),
        ];
        let (short, late) = (kept < SHORT_RETENTION_S, delay >= LONG_DELAY_S);
        let mut attributes = Vec::new();
        let (kept_text, delay_text) = (kept.to_string(), delay.to_string());
        if short {
            attributes.push(("MessageRetentionPeriod", (DEFAULT_RETENTION, kept_text.as_str())));
        }
        if late {
            attributes.push(("DelaySeconds", ("0", delay_text.as_str())));
        }
        let why = match (short, late) {
            (true, _) => format!("The queue keeps messages for {kept} s only: what is not read by then is lost."),
            (_, true) => format!("The queue holds every message back for {delay} s: events come late."),
            _ => return Ok(Finding::healthy("The queue keeps messages long enough.").with(evidence)),
        };
        let after: Vec<_> = attributes.iter().map(|(name, (after, _))| (*name, *after)).collect();
        let before: Vec<_> = attributes.iter().map(|(name, (_, before))| (*name, *before)).collect();
        let repair = Repair::one("Set the queue's times to SQS's own defaults.", set(&queue.name, &after), set(&queue.name, &before));
        Ok(Finding::cause(why).with(evidence).repaired_by(self.offer(repair)))
    }

    /// The queue with the attributes and the policy that the set-up gives it.
    fn make_queue(self, name: &QueueName) -> Repair {
        let spec = &self.case.chain.spec;
        let grant = Grant { rule: spec.rule_arn(), queue: spec.arn_of(&spec.target.queue) };
        let policy = ResourcePolicy::default().allowing(&grant).text();
        Repair::one(
            "Make the queue again and let the rule send to it.",
            Write::CreateQueue { queue: name.clone() },
            Write::DeleteQueue { queue: name.clone() },
        )
        .and(set(name, &[("Policy", &policy)]), set(name, &[("Policy", "")]))
    }
}

/// Whether the policy lets the rule in; the repair adds Waybill's own statement and keeps every other.
pub(super) fn judge_policy(grant: &Grant, (read, queue): (&Read<Option<QueueSeen>>, &QueueSeen)) -> Finding {
    let text = queue.policy().unwrap_or_default();
    let evidence =
        [Evidence::told(read, "Policy", if text.is_empty() { "none" } else { text }), Evidence::known("Rule that sends", &grant.rule)];
    let policy = match ResourcePolicy::read(queue.policy()) {
        Ok(policy) => policy,
        Err(unreadable) => return Finding::unknown(format!("{unreadable}; Waybill does not touch it.")).with(evidence),
    };
    let why = match policy.answer(grant) {
        PolicyAnswer::Allows => return Finding::healthy("The queue's policy lets the rule send.").with(evidence),
        PolicyAnswer::Denied(sid) => return denied(sid, "the queue's policy").with(evidence),
        PolicyAnswer::CannotTell(sid) => return not_judged(sid, "the queue's policy").with(evidence),
        PolicyAnswer::NoPolicy => "The queue has no policy, so that EventBridge may not send to it.".to_owned(),
        PolicyAnswer::NoStatement => "No statement of the queue's policy lets EventBridge send to it.".to_owned(),
        PolicyAnswer::OtherRule(others) => format!("The queue's policy lets only other rules send: {}.", others.join(", ")),
    };
    let repair = Repair::one(
        "Add a statement that lets this rule send; every other statement stays as it is.",
        set(&queue.name, &[("Policy", &policy.allowing(grant).text())]),
        set(&queue.name, &[("Policy", text)]),
    );
    Finding::cause(why).with(evidence).repaired_by(Some(repair))
}

/// A statement denies it: somebody meant that.
pub(super) fn denied(sid: Option<String>, of: &str) -> Finding {
    let statement = statement(sid);
    Finding::cause(format!("{statement} of {of} denies it to EventBridge, which no further statement can undo: change that statement."))
}

/// A statement decides it by something that Waybill cannot know.
pub(super) fn not_judged(sid: Option<String>, of: &str) -> Finding {
    let statement = statement(sid);
    Finding::unknown(format!("{statement} of {of} decides it by a condition that Waybill cannot judge: only a proof can tell."))
}

fn statement(sid: Option<String>) -> String {
    sid.map_or_else(|| "A statement".to_owned(), |sid| format!("Statement {sid}"))
}

pub(super) fn set(queue: &QueueName, attributes: &[(&str, &str)]) -> Write {
    let attributes: BTreeMap<String, String> = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Write::SetQueueAttributes { queue: queue.clone(), attributes }
}

pub(super) fn number(queue: &QueueSeen, attribute: &str) -> Option<i64> {
    queue.attribute(attribute)?.parse().ok()
}
