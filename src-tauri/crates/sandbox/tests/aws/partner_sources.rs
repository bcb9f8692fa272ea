//! The five situations of a partner event source, and who may do what with it.

use std::sync::Arc;
use std::time::Duration;

use waybill_sandbox::{ForwardClock, SandboxConfig};

use crate::support::{ACCOUNT, Lab, REGION, SOURCE, code, entry, message};

#[tokio::test]
async fn a_new_source_is_pending_and_loses_its_events() {
    let lab = Lab::ephemeral().await;
    assert_eq!(lab.source_state().await, None, "never made");
    lab.offer().await;
    let source = lab.events.describe_event_source().name(SOURCE).send().await.unwrap();
    assert_eq!(source.state().unwrap().as_str(), "PENDING");
    assert_eq!(source.arn(), Some(format!("arn:aws:events:{REGION}::event-source/{SOURCE}").as_str()));
    assert_eq!(source.created_by(), Some("aws.partner/ilert.com"));
    let days = (source.expiration_time().unwrap().secs() - source.creation_time().unwrap().secs()) / 86_400;
    assert_eq!(days, 14, "the sandbox's default");
    lab.publish("incident-created").await;
}

#[tokio::test]
async fn association_makes_it_active_and_events_arrive() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    assert_eq!(lab.source_state().await.as_deref(), Some("ACTIVE"));
    let source = lab.events.describe_event_source().name(SOURCE).send().await.unwrap();
    assert_eq!(source.expiration_time(), None, "an active source does not expire");
    lab.publish("incident-created").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1);
}

#[tokio::test]
async fn deactivation_keeps_the_bus_and_activation_brings_events_back() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    lab.events.deactivate_event_source().name(SOURCE).send().await.unwrap();
    assert_eq!(lab.source_state().await.as_deref(), Some("PENDING"));
    lab.publish("incident-created").await;
    assert_eq!(lab.drain(&inbox).await.len(), 0, "accepted and dropped");
    let refused = lab.events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap_err();
    assert_eq!(code(&refused), "ResourceAlreadyExistsException", "associating again is not the way");
    lab.events.activate_event_source().name(SOURCE).send().await.unwrap();
    lab.publish("incident-created").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1, "rules and targets were kept");
}

#[tokio::test]
async fn activation_needs_a_bus() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    let refused = lab.events.activate_event_source().name(SOURCE).send().await.unwrap_err();
    assert_eq!(code(&refused), "ResourceNotFoundException");
    assert_eq!(message(&refused), format!("Event source {SOURCE} or event bus {SOURCE} does not exist."));
}

#[tokio::test]
async fn deleting_the_bus_makes_the_source_pending_again() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    lab.associate().await;
    lab.events.delete_event_bus().name(SOURCE).send().await.unwrap();
    assert_eq!(lab.source_state().await.as_deref(), Some("PENDING"));
    lab.associate().await;
    assert_eq!(lab.source_state().await.as_deref(), Some("ACTIVE"));
}

#[tokio::test]
async fn a_source_deleted_by_the_partner_rejects_events_until_it_is_made_and_activated_again() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    lab.partner.delete_partner_event_source().name(SOURCE).account(ACCOUNT).send().await.unwrap();
    assert_eq!(lab.source_state().await.as_deref(), Some("DELETED"));
    let answer = lab.partner.put_partner_events().entries(entry("incident-created")).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 1, "rejected, not dropped");
    let refused = lab.events.activate_event_source().name(SOURCE).send().await.unwrap_err();
    assert_eq!(code(&refused), "InvalidStateException");
    let gone = lab.partner.describe_partner_event_source().name(SOURCE).send().await.unwrap_err();
    assert_eq!(code(&gone), "ResourceNotFoundException", "to the partner it is gone");

    lab.offer().await;
    assert_eq!(lab.source_state().await.as_deref(), Some("PENDING"), "made again");
    lab.events.activate_event_source().name(SOURCE).send().await.unwrap();
    lab.publish("incident-created").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1, "the rules were kept all the time");
}

#[tokio::test]
async fn a_deleted_source_without_a_bus_is_gone() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    lab.partner.delete_partner_event_source().name(SOURCE).account(ACCOUNT).send().await.unwrap();
    assert_eq!(lab.source_state().await, None);
    lab.offer().await;
    lab.associate().await;
    lab.partner.delete_partner_event_source().name(SOURCE).account(ACCOUNT).send().await.unwrap();
    lab.events.delete_event_bus().name(SOURCE).send().await.unwrap();
    assert_eq!(lab.source_state().await, None, "its bus was all that remained");
}

#[tokio::test]
async fn a_pending_source_expires() {
    let clock = Arc::new(ForwardClock::default());
    let config = SandboxConfig { pending_expiry_ms: 60_000, ..SandboxConfig::ephemeral() };
    let lab = Lab::with_clock(config, clock.clone()).await;
    lab.offer().await;
    clock.pass(Duration::from_secs(50));
    assert_eq!(lab.source_state().await.as_deref(), Some("PENDING"), "not yet");
    lab.associate().await;
    clock.pass(Duration::from_secs(60));
    assert_eq!(lab.source_state().await.as_deref(), Some("ACTIVE"), "active sources stay");
    lab.events.deactivate_event_source().name(SOURCE).send().await.unwrap();
    clock.pass(Duration::from_secs(61));
    assert_eq!(lab.source_state().await.as_deref(), Some("DELETED"), "the bus remains");
    lab.events.delete_event_bus().name(SOURCE).send().await.unwrap();
    lab.offer().await;
    clock.pass(Duration::from_secs(61));
    assert_eq!(lab.source_state().await, None, "without a bus nothing remains");
}

#[tokio::test]
async fn each_side_has_its_own_operations() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    let customer = lab.events.create_partner_event_source().name(SOURCE).account(ACCOUNT).send().await.unwrap_err();
    assert_eq!(code(&customer), "AccessDeniedException");
    let customer = lab.events.put_partner_events().entries(entry("x")).send().await.unwrap_err();
    assert_eq!(code(&customer), "AccessDeniedException");
    let partner = lab.partner.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap_err();
    assert_eq!(code(&partner), "AccessDeniedException");
    let partner = lab.partner.list_event_sources().send().await.unwrap_err();
    assert_eq!(code(&partner), "AccessDeniedException");
}

#[tokio::test]
async fn only_the_one_customer_account_can_be_offered_a_source() {
    let lab = Lab::ephemeral().await;
    let put = lab.partner.create_partner_event_source().name(SOURCE).account("999999999999");
    let refused = put.send().await.unwrap_err();
    assert_eq!(code(&refused), "ValidationException");
    assert!(message(&refused).contains(ACCOUNT), "it says which account there is: {}", message(&refused));
}

#[tokio::test]
async fn the_partner_sees_its_sources_and_whom_they_were_offered_to() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    let listed = lab.partner.list_partner_event_sources().name_prefix("aws.partner/ilert.com/").send().await.unwrap();
    assert_eq!(listed.partner_event_sources().iter().map(|s| s.name().unwrap()).collect::<Vec<_>>(), [SOURCE]);
    let accounts = lab.partner.list_partner_event_source_accounts().event_source_name(SOURCE).send().await.unwrap();
    let accounts = accounts.partner_event_source_accounts();
    assert_eq!(accounts.len(), 1);
    assert_eq!((accounts[0].account(), accounts[0].state().unwrap().as_str()), (Some(ACCOUNT), "PENDING"));
}
