//! AWS's own word on what the rule takes: EventBridge's TestEventPattern beside Waybill's reading of the same pattern.

use std::time::Duration;

use aws_sdk_eventbridge::Client;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use waybill_aws::call_error;
use waybill_domain::{EventType, Expectation};

use crate::Plan;
use crate::expect::NO_ID_YET;

/// How long AWS may take to answer.
const LIMIT: Duration = Duration::from_secs(5);

/// How many events are looked at for their types: a run cycles through its types, so that all of them come early.
const LOOKED_AT: usize = 1000;

/// What AWS and Waybill say about one type of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternAnswer {
    /// The type.
    pub event_type: EventType,
    /// Whether the recorded pattern takes it, as Waybill reads it.
    pub waybill: bool,
    /// Whether it does, as AWS reads it.
    pub aws: bool,
}

/// Expectations beside AWS's answers, once for every distinct type of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossCheck {
    /// What was answered, in the order of publishing.
    pub answers: Vec<PatternAnswer>,
    /// Why AWS did not answer for the others; none when it answered for all.
    pub untold: Option<String>,
}

impl CrossCheck {
    /// A sentence for every type on which AWS and Waybill do not agree. Neither is chosen: the expectation stays Waybill's.
    pub fn disagreements(&self) -> Vec<String> {
        let word = |taken| if taken { "takes" } else { "excludes" };
        let told = |answer: &PatternAnswer| {
            format!(
                "AWS and Waybill disagree about {}: by TestEventPattern the recorded pattern {} it, by Waybill's reading it {} it; the \
                 expectation follows Waybill's reading",
                answer.event_type,
                word(answer.aws),
                word(answer.waybill)
            )
        };
        self.answers.iter().filter(|answer| answer.aws != answer.waybill).map(told).collect()
    }
}

/// Asks AWS about the first event of every type that is not withheld.
pub async fn cross_check(events: &Client, pattern: &str, planned: &Plan) -> CrossCheck {
    let mut asked: Vec<EventType> = Vec::new();
    let mut answers = JoinSet::new();
    for event in planned.iter().take(LOOKED_AT).filter(|event| event.expectation != Expectation::Withheld) {
        let event_type = event.outgoing.event_type;
        if asked.contains(&event_type) {
            continue;
        }
        asked.push(event_type);
        let call = events.test_event_pattern().event_pattern(pattern).event(event.outgoing.envelope(NO_ID_YET)).send();
        let waybill = event.expectation.must_arrive();
        answers.spawn(async move {
            let answer = tokio::time::timeout(LIMIT, call).await.map_err(|_| "no answer within 5 s".to_owned())?;
            let aws = answer.map_err(|error| call_error("events", "TestEventPattern", error).to_string())?.result();
            Ok::<_, String>(PatternAnswer { event_type, waybill, aws })
        });
    }
    let mut check = CrossCheck::default();
    for answer in answers.join_all().await {
        match answer {
            Ok(answer) => check.answers.push(answer),
            Err(why) => check.untold = Some(why),
        }
    }
    check.answers.sort_by_key(|answer| asked.iter().position(|event_type| *event_type == answer.event_type));
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_disagreement_is_told_and_it_names_both_sides() {
        let answer = |event_type, waybill, aws| PatternAnswer { event_type, waybill, aws };
        let check = CrossCheck {
            answers: vec![
                answer(EventType::Created, true, true),
                answer(EventType::Resolved, false, false),
                answer(EventType::Raised, true, false),
                answer(EventType::Rejected, false, true),
            ],
            untold: None,
        };
        let told = check.disagreements();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("incident-raised: by TestEventPattern the recorded pattern excludes it, by Waybill's reading it takes it")
        );
        assert!(
            told[1].contains("incident-rejected: by TestEventPattern the recorded pattern takes it, by Waybill's reading it excludes it")
        );
    }
}
