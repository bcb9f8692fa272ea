//! `waybill export`.

use crate::support::Waybill;

#[test]
fn a_chain_is_exported_before_and_after_it_is_set_up() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    let planned = waybill.json(&["export", "Page", "--as", "cli"]);
    assert!(planned["notes"][0].as_str().unwrap().contains("Not there, and as Waybill sets it up: event bus"), "{planned:#}");
    let plain = waybill.run(&["export", "Page", "--as", "terraform"]);
    assert!(plain.out.contains("resource \"aws_sqs_queue\" \"queue\""), "{plain:#?}");
    waybill.json(&["setup", "apply", "Page"]);
    let made = waybill.json(&["export", "Page", "--as", "cli"]);
    assert_eq!(made["notes"], serde_json::json!([]), "everything is AWS's own word now");
    let operations = |exported: &serde_json::Value| {
        let requests = exported["requests"].as_array().unwrap().clone();
        requests.into_iter().map(|request| request["operation"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(operations(&made), operations(&planned), "the same chain");
    let secrets = std::fs::read_to_string(waybill.dir().join("sandbox-keys.json")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&secrets).unwrap();
    for secret in keys.as_object().unwrap().values().filter_map(|value| value.as_str()).filter(|value| value.len() > 16) {
        assert!(!made.to_string().contains(secret), "no key stands in code");
    }
}

#[test]
fn a_kind_that_is_none_is_refused_with_those_that_there_are() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    let answer = waybill.run(&["export", "Page", "--as", "pulumi"]);
    assert_eq!(answer.code, Some(2), "{answer:#?}");
    assert!(answer.err.contains("none of terraform, cloudformation and cli"), "{}", answer.err);
}

#[test]
fn code_goes_to_a_file() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    let file = waybill.file("chain.yaml", "");
    assert_eq!(waybill.run(&["export", "Page", "--as", "cloudformation", "--output", &file]).code, Some(0));
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("Type: AWS::Events::EventBus") && text.starts_with("# The AWS side"), "{text}");
}
