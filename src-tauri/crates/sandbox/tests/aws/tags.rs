//! Tags of buses and rules.

use aws_sdk_eventbridge::types::Tag;

use crate::support::{ALL, Lab, SOURCE, code, message};

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

async fn tags(lab: &Lab, arn: &str) -> Vec<String> {
    let listed = lab.events.list_tags_for_resource().resource_arn(arn).send().await.unwrap();
    listed.tags().iter().map(|tag| format!("{}={}", tag.key(), tag.value())).collect()
}

#[tokio::test]
async fn buses_and_rules_are_tagged_from_birth_and_afterwards() {
    let lab = Lab::ephemeral().await;
    let bus = lab.events.create_event_bus().name("own").tags(tag("team", "on-call")).send().await.unwrap().event_bus_arn.unwrap();
    let put = || lab.events.put_rule().name("all").event_bus_name("own").event_pattern(ALL);
    let rule = put().tags(tag("team", "on-call")).send().await.unwrap().rule_arn.unwrap();
    put().tags(tag("team", "other")).send().await.unwrap();
    for arn in [&bus, &rule] {
        assert_eq!(tags(&lab, arn).await, ["team=on-call"], "put again, a rule keeps its tags: {arn}");
        let add = lab.events.tag_resource().resource_arn(arn).tags(tag("cost", "7")).tags(tag("team", "night"));
        add.send().await.unwrap();
        assert_eq!(tags(&lab, arn).await, ["cost=7", "team=night"], "{arn}");
        lab.events.untag_resource().resource_arn(arn).tag_keys("team").tag_keys("never").send().await.unwrap();
        assert_eq!(tags(&lab, arn).await, ["cost=7"], "{arn}");
    }
}

#[tokio::test]
async fn a_rule_of_a_partner_bus_and_of_the_default_bus_is_found_by_its_arn() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    lab.associate().await;
    let partner = lab.rule("all", ALL).await;
    let default = lab.events.put_rule().name("all").event_pattern(ALL).send().await.unwrap().rule_arn.unwrap();
    lab.events.tag_resource().resource_arn(&partner).tags(tag("bus", SOURCE)).send().await.unwrap();
    lab.events.tag_resource().resource_arn(&default).tags(tag("bus", "default")).send().await.unwrap();
    assert_eq!(tags(&lab, &partner).await, [format!("bus={SOURCE}")]);
    assert_eq!(tags(&lab, &default).await, ["bus=default"]);
}

#[tokio::test]
async fn what_is_not_there_or_not_allowed_is_refused() {
    let lab = Lab::ephemeral().await;
    let put = |arn: &str, tag: Tag| lab.events.tag_resource().resource_arn(arn).tags(tag).send();
    let base = "arn:aws:events:eu-central-1:123456789012";
    for (arn, sentence) in [
        (format!("{base}:rule/none"), "Rule none does not exist on EventBus default."),
        (format!("{base}:event-bus/none"), "Event bus none does not exist."),
        ("arn:aws:events:us-east-1:123456789012:event-bus/default".to_owned(), "Event bus default does not exist."),
    ] {
        let refused = put(&arn, tag("a", "b")).await.unwrap_err();
        assert_eq!((code(&refused), message(&refused)), ("ResourceNotFoundException", sentence));
    }
    let bus = format!("{base}:event-bus/default");
    for wrong in [tag("", "v"), tag(&"k".repeat(129), "v"), tag("k", &"v".repeat(257)), tag("aws:mine", "v")] {
        assert_eq!(code(&put(&bus, wrong).await.unwrap_err()), "ValidationException");
    }
    let many = (0..51).map(|n| tag(&n.to_string(), "")).collect();
    let refused = lab.events.tag_resource().resource_arn(&bus).set_tags(Some(many)).send().await.unwrap_err();
    assert_eq!(code(&refused), "ValidationException", "a resource takes fifty");
}
