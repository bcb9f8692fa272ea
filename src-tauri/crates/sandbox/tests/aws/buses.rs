//! Event buses and their policies.

use aws_sdk_eventbridge::types::{Condition, DeadLetterConfig, IncludeDetail, Level, LogConfig};
use waybill_sandbox::{PartnerBusPermissions, SandboxConfig};

use crate::support::{ALL, Lab, SOURCE, code, customer, message};

fn my_organization() -> Condition {
    Condition::builder().r#type("StringEquals").key("aws:PrincipalOrgID").value("o-1234567890").build().unwrap()
}

#[tokio::test]
async fn a_bus_that_may_not_be_made_is_refused() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    let none = "aws.partner/ilert.com/none/none";
    for (name, source, refusal) in [
        ("other", Some(SOURCE), "ValidationException"),
        (none, Some(none), "ResourceNotFoundException"),
        (SOURCE, None, "ValidationException"),
        ("with/slash", None, "ValidationException"),
        ("with space", None, "ValidationException"),
        ("default", None, "ResourceAlreadyExistsException"),
    ] {
        let made = lab.events.create_event_bus().name(name).set_event_source_name(source.map(Into::into));
        assert_eq!(code(&made.send().await.unwrap_err()), refusal, "{name} from {source:?}");
    }
}

#[tokio::test]
async fn a_bus_can_be_described_by_name_and_arn_and_deleted_when_empty() {
    let lab = Lab::ephemeral().await;
    let arn = lab.events.create_event_bus().name("own").description("mine").send().await.unwrap().event_bus_arn.unwrap();
    let bus = lab.events.describe_event_bus().name(&arn).send().await.unwrap();
    assert_eq!((bus.name(), bus.description(), bus.policy()), (Some("own"), Some("mine"), None));
    assert!(bus.creation_time().is_some());
    lab.events.put_rule().name("r").event_bus_name("own").event_pattern(ALL).send().await.unwrap();
    let refused = lab.events.delete_event_bus().name("own").send().await.unwrap_err();
    assert_eq!(code(&refused), "ValidationException", "its rules must go first");
    lab.events.delete_rule().name("r").event_bus_name("own").send().await.unwrap();
    lab.events.delete_event_bus().name("own").send().await.unwrap();
    let missing = lab.events.delete_event_bus().name("own").send().await.unwrap_err();
    assert_eq!(code(&missing), "ResourceNotFoundException");
    let default = lab.events.delete_event_bus().name("default").send().await.unwrap_err();
    assert_eq!(message(&default), "Cannot delete event bus default.");
}

#[tokio::test]
async fn buses_are_told_in_pages() {
    let lab = Lab::ephemeral().await;
    for name in ["a-1", "a-2", "a-3", "b-1"] {
        lab.events.create_event_bus().name(name).send().await.unwrap();
    }
    let first = lab.events.list_event_buses().name_prefix("a-").limit(2).send().await.unwrap();
    let token = first.next_token().expect("a third one remains");
    let second = lab.events.list_event_buses().name_prefix("a-").limit(2).next_token(token).send().await.unwrap();
    assert_eq!(second.next_token(), None);
    let names: Vec<_> = first.event_buses().iter().chain(second.event_buses()).map(|bus| bus.name().unwrap()).collect();
    assert_eq!(names, ["a-1", "a-2", "a-3"]);
}

#[tokio::test]
async fn a_region_has_buses_of_its_own() {
    let lab = Lab::ephemeral().await;
    lab.events.create_event_bus().name("own").send().await.unwrap();
    let elsewhere = aws_sdk_eventbridge::Client::new(&customer(&lab.sandbox, "us-east-1").await);
    let buses = elsewhere.list_event_buses().send().await.unwrap();
    let arns: Vec<_> = buses.event_buses().iter().map(|bus| bus.arn().unwrap()).collect();
    assert_eq!(arns, ["arn:aws:events:us-east-1:123456789012:event-bus/default"]);
}

#[tokio::test]
async fn a_permission_for_the_organization_appears_in_the_policy_and_goes() {
    let lab = Lab::ephemeral().await;
    lab.events.create_event_bus().name("own").send().await.unwrap();
    let put = lab.events.put_permission().event_bus_name("own").action("events:PutEvents").principal("*");
    put.statement_id("org").condition(my_organization()).send().await.unwrap();
    let bus = lab.events.describe_event_bus().name("own").send().await.unwrap();
    let policy: serde_json::Value = serde_json::from_str(bus.policy().unwrap()).unwrap();
    assert_eq!(policy["Statement"][0]["Condition"]["StringEquals"]["aws:PrincipalOrgID"], "o-1234567890");
    lab.events.remove_permission().event_bus_name("own").statement_id("org").send().await.unwrap();
    let bus = lab.events.describe_event_bus().name("own").send().await.unwrap();
    assert_eq!(bus.policy(), None);
    let missing = lab.events.remove_permission().event_bus_name("own").statement_id("org").send().await.unwrap_err();
    assert_eq!(message(&missing), "Statement with the provided id does not exist.");
}

#[tokio::test]
async fn a_partner_bus_takes_a_policy_only_in_2021() {
    for (permissions, taken) in [(PartnerBusPermissions::Today, false), (PartnerBusPermissions::Year2021, true)] {
        let config = SandboxConfig { partner_bus_permissions: permissions, ..SandboxConfig::ephemeral() };
        let lab = Lab::start(config).await;
        lab.offer().await;
        lab.associate().await;
        let put = lab.events.put_permission().event_bus_name(SOURCE).action("events:PutEvents").principal("*");
        let answer = put.statement_id("org").condition(my_organization()).send().await;
        match answer {
            Ok(_) => assert!(taken, "{permissions:?}"),
            Err(refused) => {
                assert!(!taken, "{permissions:?}");
                assert_eq!(code(&refused), "ValidationException");
                assert!(message(&refused).contains("'eventBusName'"), "{}", message(&refused));
            }
        }
        let bus = lab.events.describe_event_bus().name(SOURCE).send().await.unwrap();
        assert_eq!(bus.policy().is_some(), taken);
    }
}

#[tokio::test]
async fn what_was_chosen_for_a_bus_is_told_and_replaced() {
    let lab = Lab::ephemeral().await;
    let log = LogConfig::builder().level(Level::Error).include_detail(IncludeDetail::Full).build();
    let dead = DeadLetterConfig::builder().arn("arn:aws:sqs:eu-central-1:123456789012:dead").build();
    let create = lab.events.create_event_bus().name("own").description("ours").kms_key_identifier("alias/mine");
    let made = create.dead_letter_config(dead.clone()).log_config(log.clone()).send().await.unwrap();
    assert_eq!((made.description(), made.kms_key_identifier()), (Some("ours"), Some("alias/mine")));
    let bus = lab.events.describe_event_bus().name("own").send().await.unwrap();
    assert_eq!((bus.description(), bus.kms_key_identifier()), (Some("ours"), Some("alias/mine")));
    assert_eq!((bus.dead_letter_config(), bus.log_config()), (Some(&dead), Some(&log)));
    let changed = lab.events.update_event_bus().name("own").description("theirs").log_config(log.clone()).send().await.unwrap();
    assert_eq!((changed.name(), changed.description(), changed.arn()), (Some("own"), Some("theirs"), bus.arn()));
    let bus = lab.events.describe_event_bus().name("own").send().await.unwrap();
    assert_eq!((bus.description(), bus.kms_key_identifier()), (Some("theirs"), None), "what is left out is reset");
    assert_eq!((bus.dead_letter_config(), bus.log_config()), (None, Some(&log)));
    let missing = lab.events.update_event_bus().name("none").send().await.unwrap_err();
    assert_eq!(message(&missing), "Event bus none does not exist.");
}
