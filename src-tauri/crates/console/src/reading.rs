//! How the queue of a run is read: chosen from what was read of the chain, and told before the run begins.

use serde_json::Value;
use waybill_delivery::{Chosen, QueueFacts, RunSpan, choose_reading};
use waybill_domain::{ReadingMode, ReadingPlan};
use waybill_setup::{ChainRecord, ChainState, Observed, Part};

use crate::Error;
use crate::proof::ProofPlan;
use crate::view::ReadingView;

/// Whether Waybill made the queue of a chain.
pub(crate) fn is_own(chain: &ChainRecord) -> bool {
    let choice = &chain.spec.target.queue;
    chain.made(&Part::Queue { name: choice.name().clone(), arn: chain.spec.arn_of(choice), dead_letter: false })
}

/// Chooses how a planned run reads its queue.
pub(crate) fn choose(plan: &ProofPlan, rehearses: bool, seen: Option<&Observed>) -> Result<Chosen, Error> {
    let name = plan.chain.spec.target.queue.name();
    let queue = seen.and_then(|seen| seen.queue.value.as_ref());
    let facts = QueueFacts {
        name: name.as_str(),
        is_own: is_own(&plan.chain),
        is_fifo: name.is_fifo(),
        max_receive_count: queue.and_then(|queue| max_receive_count(queue.attribute("RedrivePolicy")?)),
        // The rule of a twin has no other target.
        targets: seen.filter(|_| !rehearses).map_or(0, |seen| seen.targets.value.len()),
    };
    let span = RunSpan { publishing_ms: plan.publishing_ms(), timeout_ms: plan.timeout_ms };
    // The events of a rehearsal are for nobody: they go into a queue that others read only where that is asked for.
    let kept_away = rehearses && (!facts.is_own || plan.chain.state != ChainState::Complete);
    let wanted = plan.reading.or(kept_away.then_some(ReadingMode::Mirror));
    choose_reading(wanted, &facts, span).map_err(|refused| Error::bad_input("Reading", refused.to_string()))
}

/// The `maxReceiveCount` of a RedrivePolicy, which SQS takes as a number and as text.
fn max_receive_count(policy: &str) -> Option<u32> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    let count = &policy["maxReceiveCount"];
    count.as_u64().or_else(|| count.as_str()?.parse().ok()).map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// What the choice means, in words.
pub(crate) fn view(chain: &ChainRecord, rehearses: bool, chosen: &Chosen) -> ReadingView {
    let (queue, rule) = (chain.spec.target.queue.name(), &chain.spec.rule.name);
    let sentence = match chosen.plan {
        ReadingPlan::Consume => format!("Queue {queue} was made by Waybill and is read until it is empty."),
        ReadingPlan::Peek { passes, .. } => format!(
            "Queue {queue} is peeked at in at most {passes} passes: the receive count of each message of others rises by at most {}, and none \
             is held for longer than 5 s at a time. An event that is not found may have been taken by others who read the queue.",
            chosen.plan.price().unwrap_or_default()
        ),
        ReadingPlan::Mirror if rehearses => format!(
            "Read from a probe queue, the target of the twin's rule, which is removed afterwards. That proves that rule {rule} takes the \
             events and EventBridge delivers them to an SQS queue. It does not prove that queue {queue} takes them: its policy, its key and \
             its consumers are its own."
        ),
        ReadingPlan::Mirror => format!(
            "Read from a probe queue, one more target of rule {rule}, which is removed afterwards. That proves that the rule took the events \
             and EventBridge delivered them to an SQS target of this rule. It does not prove that queue {queue} took them: its policy, its key \
             and its consumers are its own."
        ),
    };
    let instead = chosen.instead.as_ref().map(|refused| format!("Not peeked at: {refused}. ")).unwrap_or_default();
    ReadingView { mode: chosen.plan.mode().to_string(), price: chosen.plan.price(), sentence: format!("{instead}{sentence}") }
}

/// A reading mode as typed.
pub(crate) fn typed(text: Option<&str>) -> Result<Option<ReadingMode>, Error> {
    Ok(text.map(str::parse).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_receive_limit_is_read_as_number_and_as_text() {
        assert_eq!(max_receive_count(r#"{"deadLetterTargetArn":"a","maxReceiveCount":5}"#), Some(5));
        assert_eq!(max_receive_count(r#"{"maxReceiveCount":"1000"}"#), Some(1000));
        assert_eq!(max_receive_count("{}"), None);
    }
}
