//! The clients against the real sandbox.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::region;
use waybill_aws::{CallErrorKind, Clients, Connection, KeyPair, call_error};
use waybill_sandbox::{PARTNER_ACCOUNT_ID, Sandbox, SandboxConfig};

async fn start() -> (Sandbox, Connection) {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let keys = sandbox.keys().clone();
    let connection = Connection::Sandbox {
        endpoint: sandbox.endpoint(),
        keys: KeyPair { access_key_id: keys.access_key_id, secret_access_key: keys.secret_access_key },
        partner: KeyPair { access_key_id: keys.partner_access_key_id, secret_access_key: keys.partner_secret_access_key },
    };
    (sandbox, connection)
}

async fn connect(connection: &Connection) -> Clients {
    Clients::connect(connection, &region()).await.unwrap()
}

#[tokio::test]
async fn the_customer_and_the_partner_are_who_their_keys_say() {
    let (sandbox, connection) = start().await;
    let clients = connect(&connection).await;
    let me = clients.who_am_i().await.unwrap();
    assert_eq!(me.account.as_str(), sandbox.config().account_id);
    assert!(me.arn.starts_with("arn:aws:"), "{}", me.arn);
    let Connection::Sandbox { endpoint, partner, .. } = &connection else { unreachable!("the sandbox's connection") };
    let swapped = Connection::Sandbox { endpoint: endpoint.clone(), keys: partner.clone(), partner: partner.clone() };
    assert_eq!(connect(&swapped).await.who_am_i().await.unwrap().account.as_str(), PARTNER_ACCOUNT_ID);
    sandbox.shutdown().await;
}

#[tokio::test]
async fn every_service_takes_the_signatures() {
    let (sandbox, connection) = start().await;
    let clients = connect(&connection).await;
    clients.events().list_event_sources().send().await.unwrap();
    clients.sqs().list_queues().send().await.unwrap();
    clients.organizations().describe_organization().send().await.unwrap();
    let partner = clients.partner().unwrap();
    partner.list_partner_event_sources().name_prefix("aws.partner/ilert.com/").send().await.unwrap();
    sandbox.shutdown().await;
}

#[tokio::test]
async fn keys_that_the_sandbox_does_not_know_are_no_credentials() {
    let (sandbox, _) = start().await;
    let error = common::clients(&sandbox.endpoint()).await.who_am_i().await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::NoCredentials, "{error}");
    assert_eq!(error.http_status, Some(403));
    assert!(error.code.is_some() && error.request_id.is_some(), "{error:?}");
    sandbox.shutdown().await;
}

#[tokio::test]
async fn errors_of_every_protocol_keep_code_status_and_request_id() {
    let (sandbox, connection) = start().await;
    let clients = connect(&connection).await;
    let events = clients.events().describe_event_bus().name("nowhere").send().await.unwrap_err();
    let queue = clients.sqs().get_queue_url().queue_name("nowhere").send().await.unwrap_err();
    let errors = [
        (call_error("events", "DescribeEventBus", events), "ResourceNotFoundException"),
        (call_error("sqs", "GetQueueUrl", queue), "AWS.SimpleQueueService.NonExistentQueue"),
    ];
    for (error, code) in errors {
        assert_eq!((error.kind, error.code.as_deref()), (CallErrorKind::NotFound, Some(code)), "{error:?}");
        assert_eq!(error.http_status, Some(400));
        assert!(error.request_id.is_some(), "{error:?}");
    }
    sandbox.shutdown().await;
}

#[tokio::test]
async fn one_connection_serves_every_region() {
    let (sandbox, connection) = start().await;
    let clients = connect(&connection).await;
    clients.sqs().create_queue().queue_name("here").send().await.unwrap();
    let elsewhere = Clients::connect(&connection, &"us-east-1".parse().unwrap()).await.unwrap();
    assert_eq!(elsewhere.region().as_str(), "us-east-1");
    let error = elsewhere.sqs().get_queue_url().queue_name("here").send().await.unwrap_err();
    assert_eq!(call_error("sqs", "GetQueueUrl", error).kind, CallErrorKind::NotFound, "a queue belongs to its region");
    sandbox.shutdown().await;
}
