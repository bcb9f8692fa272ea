//! `waybill sources` and `waybill actions`: made, listed, shown, deleted.

use aws_sdk_eventbridge::error::ProvideErrorMetadata;
use serde_json::{Value, json};

use crate::support::{ACCOUNT, NINE, REGION, Waybill};

#[test]
fn alert_sources_are_made_listed_shown_and_deleted() {
    let waybill = Waybill::new();
    let made = waybill.json(&["sources", "create", "--name", "  Web shop "]);
    assert_eq!((made["name"].as_str(), made["actions"].as_u64(), made["open_incidents"].as_u64()), (Some("Web shop"), Some(0), Some(0)));
    let number = made["id"].as_i64().unwrap().to_string();
    assert_eq!(waybill.json(&["sources", "list"]), json!([made]));
    for name in ["Web shop", number.as_str()] {
        let shown = waybill.json(&["sources", "show", name]);
        assert_eq!((&shown["source"], &shown["actions"], &shown["incidents"]), (&made, &json!([]), &json!([])));
    }
    let human = [waybill.run(&["sources", "list"]).out, waybill.run(&["sources", "show", &number]).out];
    assert!(human.iter().all(|text| text.contains("Web shop") && text.contains(&number)), "{human:?}");
    let again = waybill.run(&["sources", "create", "--name", "Web shop"]);
    assert_eq!(again.code, Some(2), "the name is unique: {again:#?}");
    let deleted = waybill.run(&["sources", "delete", "Web shop"]);
    assert!(deleted.code == Some(0) && deleted.out.contains("is deleted"), "{deleted:#?}");
    assert_eq!(waybill.json(&["sources", "list"]), json!([]));
    assert!(waybill.run(&["sources", "list"]).out.contains("No alert sources yet"));
}

#[test]
fn an_alert_source_that_is_used_is_not_deleted() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    let answer = waybill.run(&["sources", "delete", "Tests"]);
    assert!(answer.code == Some(2) && answer.err.contains("1 alert action"), "{answer:#?}");
    assert_eq!(waybill.json(&["sources", "show", "Tests"])["actions"][0]["name"], "Page");
}

#[test]
fn a_new_action_offers_its_partner_event_source_at_once() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let made = waybill.action("Page", "incident-resolved,incident-created");
    assert_eq!(made["event_types"], json!(["incident-created", "incident-resolved"]), "in the order of iLert's page");
    let named = ["type", "trigger_mode", "account", "region", "alert_source", "chain"].map(|name| made[name].as_str().unwrap());
    assert_eq!(named, ["Amazon EventBridge", "automatic", ACCOUNT, REGION, "Tests", "none"]);
    let source = made["partner_source"].as_str().unwrap();
    assert!(source.starts_with("aws.partner/ilert.com/tests/"), "{source}");
    assert_eq!(serving.cloud().sources(), [(source.to_owned(), "PENDING".to_owned())]);
    assert_eq!(waybill.json(&["actions", "list"]), json!([made]));
    for name in ["Page", made["id"].as_str().unwrap()] {
        assert_eq!(waybill.json(&["actions", "show", name]), made);
    }
    let human = waybill.run(&["actions", "show", "Page"]).out;
    assert!([source, "Amazon EventBridge", ACCOUNT, REGION].iter().all(|text| human.contains(text)), "{human}");
    assert!(waybill.run(&["actions", "list"]).out.contains("Page"));
    assert_eq!(waybill.json(&["sources", "list"])[0]["actions"], 1, "the alert source was made with it");
}

#[test]
fn several_actions_of_one_source_have_a_partner_event_source_each() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let (one, other) = (waybill.action("One", "all"), waybill.action("Other", "incident-created"));
    assert_eq!(one["event_types"].as_array().unwrap().len(), NINE.len());
    assert_eq!(one["alert_source_id"], other["alert_source_id"]);
    assert_ne!(one["partner_source"], other["partner_source"]);
    assert_eq!(serving.cloud().sources().len(), 2);
    for name in ["One", "Other"] {
        assert_eq!(waybill.json(&["verify", name])["proven"], true, "{name} has a chain of its own");
    }
    assert_eq!(serving.cloud().queues().len(), 2);
}

#[test]
fn deleting_an_action_removes_its_partner_event_source_and_keeps_its_runs() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    let run = waybill.json(&["verify"]);
    let source = cloud.source();
    let report = waybill.json(&["actions", "delete", "Demo action"]);
    let says = |list: &Value, word: &str| list.as_array().unwrap().iter().any(|line| line.as_str().unwrap().contains(word));
    assert!(says(&report["removed"], &source) && says(&report["kept"], "made by Waybill"), "{report}");
    let gone = cloud.wait(cloud.partner.describe_partner_event_source().name(&source).send()).unwrap_err();
    assert_eq!(gone.code(), Some("ResourceNotFoundException"), "the partner has it no more");
    assert_eq!(cloud.sources(), [(source, "DELETED".to_owned())], "the associated source stays as DELETED, as on AWS");
    assert_eq!(waybill.json(&["actions", "list"]), json!([]));
    assert_eq!(waybill.json(&["runs", "list"])["runs"][0]["run_id"], run["run_id"]);
    assert_eq!(waybill.json(&["runs", "show", run["run_id"].as_str().unwrap()])["delivered"], 9);
    assert_eq!(waybill.run(&["actions", "show", "Demo action"]).code, Some(2));
}
