//! PutEvents and PutPartnerEvents, entry by entry.

use aws_sdk_eventbridge::types::{PutEventsRequestEntry, PutPartnerEventsRequestEntry};

use crate::support::{ALL, Lab, SOURCE, code, entry, message};

fn own(detail: &str) -> PutEventsRequestEntry {
    PutEventsRequestEntry::builder().source("ilert.probe").detail_type("t").detail(detail).build()
}

#[tokio::test]
async fn a_wrong_entry_fails_alone() {
    let lab = Lab::ephemeral().await;
    let entries = vec![
        own("{}"),
        own("[]"),
        PutEventsRequestEntry::builder().source("s").detail("{}").build(),
        PutEventsRequestEntry::builder().source("aws.events").detail_type("t").detail("{}").build(),
        own("{}"),
    ];
    let answer = lab.events.put_events().set_entries(Some(entries)).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 3);
    let codes: Vec<_> = answer.entries().iter().map(|one| one.error_code().unwrap_or("-")).collect();
    assert_eq!(codes, ["-", "MalformedDetail", "InvalidArgument", "NotAuthorizedForSourceException", "-"]);
    assert_ne!(answer.entries()[0].event_id(), answer.entries()[4].event_id());
}

#[tokio::test]
async fn a_wrong_bus_is_accepted_and_its_event_lost() {
    let lab = Lab::ephemeral().await;
    let lost = PutEventsRequestEntry::builder().source("s").detail_type("t").detail("{}").event_bus_name("none");
    let answer = lab.events.put_events().entries(lost.build()).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 0, "as on AWS");
}

#[tokio::test]
async fn the_customer_cannot_publish_on_a_partner_bus() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    lab.associate().await;
    let put = PutEventsRequestEntry::builder().source("s").detail_type("t").detail("{}").event_bus_name(SOURCE);
    let refused = lab.events.put_events().entries(put.build()).send().await.unwrap_err();
    assert_eq!(code(&refused), "ValidationException");
    assert!(message(&refused).contains("'entries.1.member.eventBusName'"), "{}", message(&refused));
}

#[tokio::test]
async fn own_events_reach_own_buses() {
    let lab = Lab::ephemeral().await;
    lab.events.create_event_bus().name("own").send().await.unwrap();
    let rule = lab.events.put_rule().name("r").event_bus_name("own").event_pattern(ALL).send().await.unwrap();
    let queue = lab.queue("inbox").await;
    lab.allow(&queue, rule.rule_arn().unwrap()).await;
    let put = lab.events.put_targets().rule("r").event_bus_name("own").targets(crate::support::target(&queue.1));
    put.send().await.unwrap();
    for bus in ["own", "arn:aws:events:eu-central-1:123456789012:event-bus/own"] {
        let entry = PutEventsRequestEntry::builder().source("s").detail_type("t").detail("{}").event_bus_name(bus);
        lab.events.put_events().entries(entry.build()).send().await.unwrap();
        assert_eq!(lab.drain(&queue).await.len(), 1, "{bus}");
    }
}

#[tokio::test]
async fn too_many_entries_fail_together() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    let partner = |count| lab.partner.put_partner_events().set_entries(Some(vec![entry("t"); count]));
    assert_eq!(partner(20).send().await.unwrap().entries().len(), 20);
    assert_eq!(code(&partner(21).send().await.unwrap_err()), "ValidationException");
    let customer = |count| lab.events.put_events().set_entries(Some(vec![own("{}"); count]));
    assert_eq!(customer(10).send().await.unwrap().entries().len(), 10);
    let refused = customer(11).send().await.unwrap_err();
    assert!(message(&refused).ends_with("at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10"));
}

#[tokio::test]
async fn one_mebibyte_together_is_too_much() {
    let lab = Lab::ephemeral().await;
    let of = |bytes: usize| own(&format!(r#"{{"x":"{}"}}"#, "y".repeat(bytes)));
    let fits = lab.events.put_events().entries(of(1_000_000)).send().await.unwrap();
    assert_eq!(fits.failed_entry_count(), 0);
    let refused = lab.events.put_events().entries(of(600_000)).entries(of(600_000)).send().await.unwrap_err();
    assert_eq!(message(&refused), "Total size of the entries in the request is over the limit.");
}

#[tokio::test]
async fn a_source_that_is_none_fails_the_call_and_an_unknown_one_its_entry() {
    let lab = Lab::ephemeral().await;
    let put = |source: &str| {
        let entry = PutPartnerEventsRequestEntry::builder().source(source).detail_type("t").detail("{}");
        lab.partner.put_partner_events().entries(entry.build())
    };
    assert_eq!(code(&put("ilert").send().await.unwrap_err()), "ValidationException");
    let answer = put("aws.partner/ilert.com/none/none").send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 1);
    assert_eq!(answer.entries()[0].error_code(), Some("InvalidArgument"));
}
