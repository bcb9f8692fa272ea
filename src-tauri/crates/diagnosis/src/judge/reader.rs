//! Publishing and reading: what the newest run tells, and who else is at the queue.

use super::access::is_throttling;
use super::queue::number;
use super::{Judged, Look, unread};
use crate::check::{CheckId, Evidence, Finding};
use crate::seen::Unread;

/// How long a change may take to be in force everywhere (SQS API reference, `SetQueueAttributes`), in milliseconds.
const PROPAGATION_MS: i64 = 60_000;

impl Look<'_> {
    pub(super) fn other_consumers(self) -> Judged {
        let (read, queue) = self.queue()?;
        let in_flight = number(queue, "ApproximateNumberOfMessagesNotVisible").unwrap_or(0);
        let evidence = [
            Evidence::told(read, "ApproximateNumberOfMessagesNotVisible", in_flight),
            Evidence::told(read, "ApproximateNumberOfMessages", number(queue, "ApproximateNumberOfMessages").unwrap_or(0)),
        ];
        let interrupted = self.case.last_run.as_ref().is_some_and(|run| run.interrupted);
        Ok(if in_flight == 0 {
            Finding::healthy("No message is in anybody's hands.")
        } else if self.case.is_read {
            Finding::unknown("A program of Waybill reads the queue just now, so that others cannot be told from it.")
        } else if interrupted {
            Finding::suspect("Messages are in flight: a run that was interrupted may have left them, or somebody else reads the queue.")
        } else if self.case.queue_is_own() {
            Finding::cause(format!(
                "{in_flight} message(s) are in flight although no program of Waybill reads the queue: another consumer takes them away."
            ))
        } else {
            Finding::suspect(format!(
                "{in_flight} message(s) are in flight: others read this queue, and what they take Waybill does not see."
            ))
        }
        .with(evidence))
    }

    pub(super) fn propagation(self) -> Judged {
        let changed_at = self.case.chain.changed_at;
        let own = changed_at.filter(|at| !self.case.changes_at_once && self.case.now.millis_since(*at) < PROPAGATION_MS);
        if let Some(at) = own {
            return Ok(Finding::suspect(
                "Waybill changed rule, target or policy less than 60 s ago: wait before judging, AWS may not act on it everywhere yet.",
            )
            .with([Evidence::known("Changed", at)]));
        }
        let (read, queue) = self.queue()?;
        let modified = number(queue, "LastModifiedTimestamp").map(|seconds| seconds * 1000);
        let recent = modified.filter(|at| self.case.now.as_millis() - at < PROPAGATION_MS);
        // The attribute has whole seconds, and Waybill's own note is taken when the answer has come.
        let foreign = recent.filter(|at| changed_at.is_none_or(|own| *at > own.as_millis() + 1000));
        let anything_else = CheckId::ALL.into_iter().take_while(|id| *id < CheckId::Propagation).any(|id| self.is_cause(id));
        Ok(match foreign {
            Some(at) if !anything_else => Finding::suspect(
                "Somebody else changed the queue less than 60 s ago: wait before judging, SQS may not act on it everywhere yet.",
            )
            .with([Evidence::told(read, "LastModifiedTimestamp", waybill_domain::Timestamp::from_millis(at))]),
            _ => Finding::healthy("No change is so new that AWS may not act on it yet."),
        })
    }

    pub(super) fn entry_rejected(self) -> Finding {
        let Some(run) = self.case.run_since_change() else {
            return Finding::healthy("Nothing was published since the chain was last changed.");
        };
        let rejected: Vec<_> = run.rejected.iter().filter(|(_, reason)| !is_throttling(reason)).collect();
        if rejected.is_empty() {
            return Finding::healthy("EventBridge refused no entry of the newest run.").with([Evidence::known("Newest run", &run.id)]);
        }
        if let Some(mask) = self.first_cause(&[CheckId::SourceMissing, CheckId::SourceDeleted]) {
            return Finding::masked(mask);
        }
        let evidence = rejected.iter().map(|(event, reason)| Evidence::known(&event.to_string(), reason));
        Finding::cause(format!("EventBridge refused {} of the events of the newest run: {}", rejected.len(), rejected[0].1))
            .with([Evidence::known("Newest run", format!("{} of {}", run.id, run.started_at))])
            .with(evidence)
    }

    pub(super) fn poller(self) -> Judged {
        self.queue()?;
        let evidence = match self.seen.receive() {
            Err(Unread::NotAsked) => None,
            Err(why) if why.missing_permission().is_some() => return Err(unread(why)),
            Err(why) => {
                let refused = unread(why);
                if refused.explanation.contains('`')
                    && matches!(why, Unread::Call(error) if error.kind == waybill_aws::CallErrorKind::Throttled)
                {
                    return Err(refused);
                }
                return Ok(Finding::cause(format!("The queue cannot be read: {}", refused.explanation)).with(refused.evidence));
            }
            Ok(read) => Some(Evidence::told(read, "Receive", "answered")),
        };
        let run = self.case.run_since_change();
        let evidence = evidence.into_iter().chain(run.map(|run| Evidence::known("Gaps of the newest run", run.gaps)));
        Ok(match run {
            Some(run) if run.interrupted => Finding::suspect("The newest run was interrupted: nobody read the queue from then on."),
            Some(run) if run.gaps > 0 => {
                Finding::cause("The queue was not read all the time during the newest run: what came then may have been missed.")
            }
            _ => Finding::healthy("The queue can be read."),
        }
        .with(evidence))
    }
}
