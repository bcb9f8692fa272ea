//! `waybill doctor` and the fault lab, as scripts use them.

use serde_json::Value;

use crate::support::Waybill;

fn outcomes<'a>(diagnosis: &'a Value, outcome: &str) -> Vec<&'a str> {
    let checks = diagnosis["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["outcome"] == outcome).map(|check| check["id"].as_str().unwrap()).collect()
}

fn doctor(waybill: &Waybill, arguments: &[&str]) -> (Option<i32>, Value) {
    let answer = waybill.run(&[&["doctor", "--format", "json"], arguments].concat());
    (answer.code, serde_json::from_str(&answer.out).unwrap())
}

#[test]
fn a_broken_chain_is_found_repaired_and_broken_again() {
    let waybill = Waybill::new();
    let _serving = waybill.serve(&[]);
    waybill.json(&["verify"]);
    let (code, sound) = doctor(&waybill, &[]);
    assert_eq!((code, &sound["healthy"], &sound["schema"]), (Some(0), &Value::Bool(true), &"waybill.diagnosis/1".into()));
    assert_eq!(sound["checks"].as_array().unwrap().len(), 29);
    waybill.json(&["sandbox", "faults", "inject", "queue-policy"]);
    let (code, broken) = doctor(&waybill, &[]);
    assert_eq!((code, outcomes(&broken, "cause")), (Some(1), vec!["queue-policy"]));
    let check = broken["checks"].as_array().unwrap().iter().find(|check| check["id"] == "queue-policy").unwrap();
    assert!(check["repair"]["steps"][0]["difference"].as_array().is_some_and(|lines| !lines.is_empty()), "the change is shown before");
    assert!(check["evidence"][0]["request_id"].is_string());
    let (code, mended) = doctor(&waybill, &["--fix"]);
    assert_eq!((code, &mended["proof"]["proven"]), (Some(0), &Value::Bool(true)), "repaired and proven");
    assert_eq!(waybill.run(&["doctor", "--undo"]).code, Some(0));
    let (code, again) = doctor(&waybill, &[]);
    assert_eq!((code, outcomes(&again, "cause")), (Some(1), vec!["queue-policy"]), "as broken as before");
    waybill.json(&["sandbox", "faults", "reset"]);
    assert_eq!(doctor(&waybill, &[]).0, Some(0));
}

#[test]
fn without_usable_credentials_the_exit_code_is_three() {
    let waybill = Waybill::new();
    let _serving = waybill.serve(&[]);
    waybill.json(&["verify"]);
    waybill.json(&["sandbox", "faults", "inject", "credentials"]);
    let (code, diagnosis) = doctor(&waybill, &[]);
    assert_eq!((code, outcomes(&diagnosis, "cause")), (Some(3), vec!["credentials"]));
    let refused = waybill.run(&["sandbox", "faults", "inject", "no-such-fault"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert_eq!(waybill.run(&["doctor", "nobody"]).code, Some(2));
}
