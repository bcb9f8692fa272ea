//! `waybill setup`: plan, apply, status, undo.

use serde_json::{Value, json};

use crate::support::{Cloud, Snapshot, Waybill};

fn calls<'a>(outcome: &'a Value, status: &str) -> Vec<&'a str> {
    let steps = outcome["steps"].as_array().unwrap();
    steps.iter().filter(|step| step["status"] == status).map(|step| step["call"].as_str().unwrap()).collect()
}

fn statements(cloud: &Cloud, url: &str) -> Vec<Value> {
    cloud.policy(url)["Statement"].as_array().cloned().unwrap_or_default()
}

#[test]
fn a_plan_tells_every_call_and_writes_nothing() {
    let waybill = Waybill::new();
    let _serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let before = Snapshot::of(waybill.dir());
    let plan = waybill.json(&["setup", "plan", "Page"]);
    let planned = calls(&plan, "planned");
    for call in ["events:CreateEventBus", "events:PutRule", "sqs:CreateQueue", "sqs:SetQueueAttributes", "events:PutTargets"] {
        assert!(planned.contains(&call), "{call} is not in {planned:?}");
    }
    assert!(plan["steps"].as_array().unwrap().iter().all(|step| step["input"].is_string() && step["summary"].is_string()));
    let human = waybill.run(&["setup", "plan"]);
    assert!(human.code == Some(0) && human.out.contains("events:PutRule"), "{human:#?}");
    assert_eq!(Snapshot::of(waybill.dir()).changed_since(&before), [""; 0], "a plan reads only");
    assert_eq!(waybill.run(&["setup", "status", "Page"]).code, Some(1), "nothing stands yet");
}

#[test]
fn what_was_applied_stands_and_applying_again_changes_nothing() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let applied = waybill.json(&["setup", "apply", "Page", "--rule", "my-rule"]);
    assert_eq!((&applied["complete"], &applied["failure"]), (&Value::Bool(true), &Value::Null));
    assert!(calls(&applied, "done").contains(&"events:PutTargets"), "{applied}");
    let notes = applied["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note.as_str().unwrap().contains("AWS no longer takes permissions")), "{notes:?}");
    let cloud = serving.cloud();
    assert_eq!(cloud.rule(&cloud.source()), "my-rule");
    let status = waybill.json(&["setup", "status", "Page"]);
    let links = status["links"].as_array().unwrap();
    assert_eq!((links.len(), links.iter().all(|link| link["state"] == "ok")), (6, true), "{status}");
    let again = waybill.json(&["setup", "apply", "Page"]);
    assert_eq!(calls(&again, "done"), [""; 0], "everything is as wanted: {again}");
    assert_eq!(cloud.rule(&cloud.source()), "my-rule", "what is not named stays as it was set up");
}

#[test]
fn undo_takes_back_what_waybill_made() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let cloud = serving.cloud();
    waybill.json(&["setup", "apply", "Page"]);
    let undone = waybill.json(&["setup", "undo", "Page"]);
    assert_eq!(undone["failed"], json!([]));
    assert_eq!((cloud.partner_buses().len(), cloud.queues().len()), (0, 0), "{undone}");
    assert_eq!(cloud.sources()[0].1, "PENDING", "the source is the partner's");
    assert_eq!(waybill.run(&["setup", "status", "Page"]).code, Some(1));
    assert_eq!(waybill.json(&["verify", "Page"])["proven"], true, "a chain that was taken back is set up again by verify");
}

#[test]
fn an_existing_queue_keeps_its_foreign_statement_and_its_foreign_messages() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let cloud = serving.cloud();
    let url = cloud.new_queue("orders");
    let foreign = json!({"Sid": "Shop", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "sqs:SendMessage", "Resource": cloud.arn(&url)});
    cloud.set_policy(&url, &json!({"Version": "2012-10-17", "Statement": [foreign]}).to_string());
    cloud.wait(cloud.sqs.send_message().queue_url(&url).message_body("an order").send()).unwrap();
    let applied = waybill.json(&["setup", "apply", "Page", "--queue", "orders"]);
    assert_eq!(applied["complete"], true);
    assert_eq!(cloud.queue(), url, "no other queue is made");
    let merged = statements(&cloud, &url);
    assert!(merged.len() == 2 && merged.contains(&foreign), "merged, not overwritten: {merged:?}");
    assert_eq!(waybill.json(&["verify", "Page"])["proven"], true);
    let undone = waybill.json(&["setup", "undo", "Page"]);
    assert_eq!(undone["failed"], json!([]));
    assert_eq!(statements(&cloud, &url), [foreign], "only the own statement goes: {undone}");
    assert_eq!(cloud.held(&url), 1, "somebody else's message stays");
}

#[test]
fn a_set_up_that_is_stopped_says_where_and_can_be_gone_on_with() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let plan = waybill.run(&["setup", "plan", "Page", "--queue", "not-there"]);
    assert!(plan.code == Some(1) && plan.out.contains("There is no queue not-there"), "{plan:#?}");
    let stopped = waybill.run(&["setup", "apply", "Page", "--queue", "not-there"]);
    assert_eq!(stopped.code, Some(1), "{stopped:#?}");
    assert!(stopped.out.contains("the set-up stopped at `Queue`") && stopped.out.contains("not-there"), "{stopped:#?}");
    serving.cloud().new_queue("not-there");
    assert_eq!(waybill.json(&["setup", "apply", "Page", "--queue", "not-there"])["complete"], true);
    assert_eq!(waybill.json(&["verify", "Page"])["proven"], true);
}

#[test]
fn a_bus_permission_is_taken_where_the_sandbox_does_as_aws_did_in_2021() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&["--partner-bus-permissions", "2021"]);
    waybill.action("Page", "all");
    let applied = waybill.json(&["setup", "apply", "Page"]);
    assert!(calls(&applied, "done").contains(&"events:PutPermission"), "{applied}");
    let cloud = serving.cloud();
    let described = cloud.wait(cloud.events.describe_event_bus().name(cloud.source()).send()).unwrap();
    assert!(described.policy().unwrap().contains("o-"), "my organization may use the bus: {described:?}");
    assert_eq!(waybill.json(&["verify", "Page"])["proven"], true);
}
