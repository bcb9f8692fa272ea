//! What AWS counts.

use crate::support::{ALL, Lab, code, message};

const TOO_MANY: &str = "The requested resource exceeds the maximum number allowed.";

#[tokio::test]
async fn a_bus_takes_three_hundred_rules_and_thirty_of_them_with_wildcards() {
    let lab = Lab::ephemeral().await;
    let put = |name: String, pattern: &str| lab.events.put_rule().name(name).event_pattern(pattern).send();
    let wildcard = r#"{"source":[{"wildcard":"a*b"}]}"#;
    for number in 0..30 {
        put(format!("wild-{number}"), wildcard).await.unwrap();
    }
    let refused = put("wild-30".into(), wildcard).await.unwrap_err();
    assert_eq!((code(&refused), message(&refused)), ("LimitExceededException", TOO_MANY));
    put("wild-0".into(), wildcard).await.unwrap();
    for number in 30..300 {
        put(format!("rule-{number}"), ALL).await.unwrap();
    }
    let refused = put("rule-300".into(), ALL).await.unwrap_err();
    assert_eq!((code(&refused), message(&refused)), ("LimitExceededException", TOO_MANY));
    put("rule-299".into(), wildcard).await.unwrap_err();
    put("rule-299".into(), r#"{"source":["x"]}"#).await.unwrap();
}

#[tokio::test]
async fn an_account_has_a_hundred_buses_in_a_region() {
    let lab = Lab::ephemeral().await;
    for number in 1..100 {
        lab.events.create_event_bus().name(format!("bus-{number}")).send().await.unwrap();
    }
    let refused = lab.events.create_event_bus().name("bus-100").send().await.unwrap_err();
    assert_eq!((code(&refused), message(&refused)), ("LimitExceededException", TOO_MANY), "the default bus counts");
}
