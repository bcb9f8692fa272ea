//! `waybill actions export`, `import` and `duplicate`.

use serde_json::{Value, json};

use crate::support::Waybill;

fn with_payments() -> Waybill {
    let waybill = Waybill::new();
    let create = "actions create --name Payments --alert-source Shop --account 123456789012 --region eu-central-1 --trigger-mode automatic --events all";
    waybill.json(&create.split(' ').collect::<Vec<_>>());
    waybill
}

fn names(waybill: &Waybill) -> Vec<String> {
    let listed = waybill.json(&["actions", "list"]);
    listed.as_array().unwrap().iter().map(|action| action["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_exported_is_imported_into_another_folder_and_is_the_same_there() {
    let (here, there) = (with_payments(), Waybill::new());
    let file = there.file("actions.json", "");
    assert_eq!(here.run(&["actions", "export", "--output", &file]).code, Some(0));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("aws.partner") && !text.to_lowercase().contains("secret"), "nothing that belongs to one folder: {text}");
    let planned = there.json(&["actions", "import", &file, "--dry-run"]);
    assert_eq!(planned["lines"][0]["kind"], "create", "{planned}");
    assert!(names(&there).is_empty(), "a dry run writes nothing");
    there.json(&["actions", "import", &file]);
    assert_eq!(names(&there), ["Payments"]);
    let again = there.json(&["actions", "import", &file]);
    assert_eq!(again["lines"][0]["kind"], "same", "{again}");
}

#[test]
fn a_document_that_differs_says_where_before_it_changes_anything() {
    let waybill = with_payments();
    let exported = waybill.run(&["actions", "export", "Payments"]).out;
    let mut document: Value = serde_json::from_str(&exported).unwrap();
    document["alert_actions"][0]["trigger_mode"] = json!("manual");
    let file = waybill.file("changed.json", &document.to_string());
    let planned = waybill.json(&["actions", "import", &file, "--dry-run"]);
    let field = &planned["lines"][0]["fields"][0];
    assert_eq!((&field["field"], &field["before"], &field["after"]), (&json!("Trigger mode"), &json!("automatic"), &json!("manual")));
    assert_eq!(waybill.json(&["actions", "show", "Payments"])["trigger_mode"], "automatic", "a dry run writes nothing");
    waybill.json(&["actions", "import", &file]);
    assert_eq!(waybill.json(&["actions", "show", "Payments"])["trigger_mode"], "manual");
}

#[test]
fn a_refused_document_names_each_field_and_its_alert_action_and_changes_nothing() {
    let waybill = with_payments();
    let entry = |name: &str, source: &str, account: &str| json!({"name": name, "alert_source": source, "trigger_mode": "automatic", "event_types": ["incident-created"], "account": account, "region": "eu-central-1"});
    let entries = [
        entry("New", "Shop", "123456789012"),
        entry("Bad", "Shop", "12"),
        entry("Payments", "Elsewhere", "123456789012"),
        entry("New", "Shop", "123456789012"),
    ];
    let file = waybill.file("bad.json", &json!({"schema": "waybill.actions/1", "alert_actions": entries}).to_string());
    let answer = waybill.run(&["actions", "import", &file]);
    assert_eq!(answer.code, Some(2), "{answer:#?}");
    for part in ["AWS account ID: alert action 2, `Bad`", "Alert source: alert action 3, `Payments`", "Name: alert action 4, `New`"] {
        assert!(answer.err.contains(part), "{part}: {}", answer.err);
    }
    assert_eq!(names(&waybill), ["Payments"], "nothing of it was made");
}

#[test]
fn an_alert_action_is_copied_to_other_alert_sources_under_names_that_are_free() {
    let waybill = with_payments();
    waybill.json(&["actions", "duplicate", "Payments", "--to", "Billing", "--to", "Search"]);
    assert_eq!(names(&waybill), ["Payments", "Payments (Billing)", "Payments (Search)"]);
    waybill.json(&["actions", "duplicate", "Payments", "--to", "Billing"]);
    assert_eq!(waybill.json(&["actions", "show", "Payments (Billing) 2"])["alert_source"], "Billing");
}
