//! What the event bus logs: switched on for a run, put back as it was, and told by the doctor.

use serde_json::{Value, json};
use waybill_console::VerifyRequest;
use waybill_console::view::DiagnosisView;
use waybill_load::{EVENTS, LOGS};

use super::world::{Wanted, World};

/// A proof whose bus logs.
async fn prove_logging(world: &World, action: &str) -> bool {
    let timeout = Some("2s".to_owned());
    let request = VerifyRequest { action: Some(action.to_owned()), timeout, bus_logging: true, ..VerifyRequest::default() };
    world.console.verify(request).await.unwrap().run.proven
}

async fn bus(world: &World) -> String {
    let buses = world.call(EVENTS, "ListEventBuses", &json!({ "NamePrefix": "aws.partner/" })).await;
    buses["EventBuses"][0]["Name"].as_str().unwrap().to_owned()
}

async fn described(world: &World) -> Value {
    let mut bus = world.call(EVENTS, "DescribeEventBus", &json!({ "Name": bus(world).await })).await;
    bus.as_object_mut().unwrap().remove("LastModifiedTime");
    bus
}

/// The records of the bus, as CloudWatch Logs tells them.
async fn records(world: &World) -> Vec<Value> {
    let group = format!("/aws/vendedlogs/events/event-bus/{}", bus(world).await);
    let told = world.call(LOGS, "FilterLogEvents", &json!({ "logGroupName": group })).await;
    let messages = told["events"].as_array().unwrap().iter().map(|event| event["message"].as_str().unwrap());
    messages.map(|message| serde_json::from_str(message).unwrap()).collect()
}

fn steps(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["message_type"].as_str().unwrap()).collect()
}

fn evidence(diagnosis: &DiagnosisView, check: &str, what: &str) -> Option<String> {
    let check = diagnosis.checks.iter().find(|one| one.id == check).unwrap();
    check.evidence.iter().find(|evidence| evidence.what == what).map(|evidence| evidence.value.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_logs_each_step_of_an_event_for_as_long_as_a_run_goes_on() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let before = described(&world).await;
    assert!(world.prove(&action).await);
    assert_eq!(records(&world).await, Vec::<Value>::new(), "a bus logs nothing unless it is told to");
    assert!(prove_logging(&world, &action).await);
    let logged = records(&world).await;
    let of_one = ["EVENT_INGEST_SUCCESS", "RULE_MATCH", "INVOCATION_SUCCESS"];
    assert_eq!(steps(&logged), of_one.repeat(9), "nine events, each with what the level INFO tells");
    assert!(logged.iter().all(|record| record["details"].get("event_detail").is_none()), "of the events themselves nothing is logged");
    assert_eq!(described(&world).await, before, "the bus logs as before");
    let diagnosis = world.diagnose(&action).await;
    assert_eq!(evidence(&diagnosis, "bus-missing", "LogConfig").as_deref(), Some("OFF, never set"));
    let calls = world.console.activity(&Default::default(), None, 500).await.unwrap().calls;
    assert_eq!(calls.iter().filter(|call| call.operation.contains("UpdateEventBus")).count(), 2, "both changes stand in the Activity");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bus_logged_of_a_missing_event_stands_beside_the_cause() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    assert!(world.prove(&action).await);
    let group = "Bus log of incident-created";
    for (fault, check, said) in [
        ("queue-policy", "queue-policy", "INVOCATION_DLQ NO_PERMISSIONS arn:aws:sqs:eu-central-1:123456789012:ops"),
        ("pattern-mismatch", "pattern-mismatch", "NO_STANDARD_RULES_MATCHED"),
    ] {
        world.console.inject_fault(fault, Some(&action)).await.unwrap();
        assert!(!prove_logging(&world, &action).await);
        let found = evidence(&world.diagnose(&action).await, check, group);
        assert!(found.as_ref().is_some_and(|value| value.contains(said)), "{fault}: {found:?}");
        world.console.reset_faults(Some(&action)).await.unwrap();
    }
    assert!(!{
        world.console.inject_fault("pattern-mismatch", Some(&action)).await.unwrap();
        world.prove(&action).await
    });
    let silent = evidence(&world.diagnose(&action).await, "pattern-mismatch", group);
    assert_eq!(silent, None, "where nothing is logged there is nothing to say: no data is not zero");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_that_logs_already_is_left_alone() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let name = bus(&world).await;
    for (level, detail, is_enough) in [("TRACE", "FULL", true), ("ERROR", "NONE", false)] {
        let set = json!({ "Name": name, "Description": "theirs", "LogConfig": { "Level": level, "IncludeDetail": detail } });
        world.call(EVENTS, "UpdateEventBus", &set).await;
        let before = described(&world).await;
        assert!(prove_logging(&world, &action).await);
        assert_eq!(described(&world).await, before, "{level}: description and logging are theirs");
        let traces = steps(&records(&world).await).contains(&"RULE_MATCH_START");
        assert!(traces, "{level}: what TRACE tells was logged by now");
        let calls = world.console.activity(&Default::default(), None, 500).await.unwrap().calls;
        let changes = calls.iter().filter(|call| call.operation.contains("UpdateEventBus")).count();
        assert_eq!(changes, if is_enough { 0 } else { 2 }, "{level}");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bus_logging_is_refused_for_a_rehearsal_before_anything_is_made() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let before = world.everything().await;
    let mode = Some("rehearsal".to_owned());
    let request = VerifyRequest { action: Some(action), mode, bus_logging: true, ..VerifyRequest::default() };
    let refused = world.console.verify(request).await.unwrap_err();
    assert!(refused.sentence().contains("twin event bus"), "{}", refused.sentence());
    assert_eq!(world.everything().await, before, "nothing was made");
    world.stop().await;
}
