//! Events of another account: the bus's policy decides.

use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use serde_json::json;

use crate::support::{Lab, code, target};

const OWN: &str = "arn:aws:events:eu-central-1:123456789012:event-bus/own";
const FOREIGN_ACCOUNT: &str = "098765432109";

fn entry(bus: &str, source: &str) -> PutEventsRequestEntry {
    PutEventsRequestEntry::builder().event_bus_name(bus).source(source).detail_type("t").detail("{}").build()
}

/// The bus "own" with a rule for everything, and its queue.
async fn with_bus() -> (Lab, (String, String)) {
    let lab = Lab::ephemeral().await;
    lab.events.create_event_bus().name("own").send().await.unwrap();
    let put = lab.events.put_rule().name("all").event_bus_name("own").event_pattern(r#"{"source":[{"prefix":""}]}"#);
    let rule = put.send().await.unwrap().rule_arn.unwrap();
    let queue = lab.queue("inbox").await;
    lab.allow(&queue, &rule).await;
    lab.events.put_targets().rule("all").event_bus_name("own").targets(target(&queue.1)).send().await.unwrap();
    (lab, queue)
}

async fn set_policy(lab: &Lab, statement: serde_json::Value) {
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    lab.events.put_permission().event_bus_name("own").policy(policy).send().await.unwrap();
}

#[tokio::test]
async fn another_account_puts_events_only_where_the_policy_lets_it() {
    let (lab, queue) = with_bus().await;
    let allow =
        json!({"Sid": "a", "Effect": "Allow", "Principal": {"AWS": FOREIGN_ACCOUNT}, "Action": "events:PutEvents", "Resource": OWN});
    let with = |condition: serde_json::Value| {
        let mut statement = allow.clone();
        statement["Condition"] = condition;
        statement
    };
    let denied = lab.partner.put_events().entries(entry(OWN, "shop")).send().await.unwrap_err();
    assert_eq!(code(&denied), "AccessDeniedException", "no policy yet");
    for (statement, let_in) in [
        (allow.clone(), true),
        (with(json!({"StringEquals": {"events:source": "shop"}})), true),
        (with(json!({"StringEquals": {"events:source": "other"}})), false),
        (with(json!({"StringEquals": {"events:detail-type": "t"}})), true),
        (with(json!({"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}})), false),
    ] {
        set_policy(&lab, statement.clone()).await;
        let put = lab.partner.put_events().entries(entry(OWN, "shop")).send().await;
        match put {
            Ok(_) => assert!(let_in, "{statement}"),
            Err(refused) => assert!(!let_in && code(&refused) == "AccessDeniedException", "{statement}: {refused:?}"),
        }
        let bodies = lab.drain(&queue).await;
        assert_eq!(bodies.len(), usize::from(let_in), "{statement}");
        assert!(bodies.iter().all(|body| body.contains(&format!(r#""account":"{FOREIGN_ACCOUNT}""#))), "the sender's account: {bodies:?}");
    }
}

#[tokio::test]
async fn one_entry_that_is_denied_stops_the_whole_call() {
    let (lab, queue) = with_bus().await;
    let statement = json!({"Sid": "a", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": OWN,
        "Condition": {"StringEquals": {"events:source": "shop"}}});
    set_policy(&lab, statement).await;
    let put = lab.partner.put_events().entries(entry(OWN, "shop")).entries(entry(OWN, "other"));
    assert_eq!(code(&put.send().await.unwrap_err()), "AccessDeniedException");
    assert!(lab.drain(&queue).await.is_empty(), "nothing of it was published");
}

#[tokio::test]
async fn the_owner_needs_no_policy_but_may_be_denied_by_one() {
    let (lab, queue) = with_bus().await;
    lab.events.put_events().entries(entry(OWN, "shop")).entries(entry("own", "shop")).send().await.unwrap();
    assert_eq!(lab.drain(&queue).await.len(), 2, "by ARN and by name");
    let deny = json!({"Sid": "d", "Effect": "Deny", "Principal": "*", "Action": "events:PutEvents", "Resource": OWN,
        "Condition": {"StringNotEquals": {"events:source": "shop"}}});
    set_policy(&lab, deny).await;
    lab.events.put_events().entries(entry("own", "shop")).send().await.unwrap();
    let refused = lab.events.put_events().entries(entry("own", "other")).send().await.unwrap_err();
    assert_eq!(code(&refused), "AccessDeniedException");
    assert_eq!(lab.drain(&queue).await.len(), 1);
}

#[tokio::test]
async fn the_partner_has_no_buses_of_its_own() {
    let (lab, _) = with_bus().await;
    for bus in ["default", "own", "arn:aws:events:eu-central-1:123456789012:event-bus/none"] {
        let refused = lab.partner.put_events().entries(entry(bus, "shop")).send().await.unwrap_err();
        assert_eq!(code(&refused), "AccessDeniedException", "{bus}");
    }
}
