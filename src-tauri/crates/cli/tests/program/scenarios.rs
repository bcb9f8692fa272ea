//! `waybill scenarios` and `verify --scenario`.

use serde_json::{Value, json};

use crate::support::{Waybill, is_run, verdicts};

fn short() -> Value {
    json!({"schema": "waybill.scenario/1", "name": "Short", "description": "Taken and done", "steps": [
        {"event": "incident-created"},
        {"event": "incident-acknowledged", "after": "400ms"},
        {"event": "incident-comment-added", "after": "100ms"},
        {"event": "incident-resolved", "after": "500ms"}]})
}

#[test]
fn a_scenario_is_published_step_by_step_in_its_own_time() {
    let waybill = Waybill::new();
    let file = waybill.file("short.json", &short().to_string());
    let kept = waybill.json(&["scenarios", "import", &file]);
    assert_eq!((kept["name"].as_str(), kept["built_in"].as_bool(), kept["duration_ms"].as_i64()), (Some("Short"), Some(false), Some(1000)));
    let run = waybill.json(&["verify", "--scenario", "Short"]);
    is_run(&run);
    assert_eq!(run["proven"], true);
    let types: Vec<String> = verdicts(&run).into_iter().map(|(name, _)| name).collect();
    assert_eq!(types, ["incident-created", "incident-acknowledged", "incident-comment-added", "incident-resolved"]);
    let events = run["events"].as_array().unwrap();
    assert!(events.iter().all(|event| event["incident_id"] == events[0]["incident_id"]), "one incident goes through all of it");
    assert!(run["duration_ms"].as_i64().unwrap() >= 1000, "no step comes before its time: {}", run["duration_ms"]);
    let sent: Vec<&str> = events.iter().map(|event| event["published_at"].as_str().unwrap()).collect();
    assert!(sent.is_sorted() && sent[0] < sent[1] && sent[2] < sent[3], "{sent:?}");
}

#[test]
fn scenarios_are_kept_listed_exported_replaced_and_deleted() {
    let waybill = Waybill::new();
    let listed = |waybill: &Waybill| waybill.json(&["scenarios", "list"]).as_array().unwrap().len();
    let built_in = listed(&waybill);
    assert!(built_in >= 3);
    let file = waybill.file("short.json", &short().to_string());
    waybill.json(&["scenarios", "import", &file]);
    assert_eq!(listed(&waybill), built_in + 1);
    let again = waybill.run(&["scenarios", "import", &file]);
    assert!(again.code == Some(2) && again.err.contains("Name"), "{again:#?}");
    let exported = waybill.file("exported.json", "");
    assert_eq!(waybill.run(&["scenarios", "export", "Short", "--output", &exported]).code, Some(0));
    let replaced = waybill.run(&["scenarios", "import", &exported, "--replace"]);
    assert_eq!((replaced.code, listed(&waybill)), (Some(0), built_in + 1), "what was exported is imported: {replaced:#?}");
    assert_eq!(waybill.json(&["scenarios", "show", "Short"])["steps"].as_array().unwrap().len(), 4);
    assert_eq!(waybill.json(&["scenarios", "delete", "Short"])["name"], "Short");
    assert_eq!(listed(&waybill), built_in);
    for command in ["show", "delete", "export"] {
        let answer = waybill.run(&["scenarios", command, "Short"]);
        assert!(answer.code == Some(2) && answer.err.contains("there is no scenario named `Short`"), "{answer:#?}");
    }
    let answer = waybill.run(&["scenarios", "delete", "Escalation"]);
    assert!(answer.code == Some(2) && answer.err.contains("every Waybill has"), "{answer:#?}");
    let human = waybill.run(&["scenarios", "list"]).out;
    assert!(human.contains("Escalation") && human.contains("built in"), "{human}");
}

#[test]
fn a_scenario_that_is_refused_names_the_field_and_keeps_nothing() {
    let waybill = Waybill::new();
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 5] = [
        ("unknown field `colour`", |scenario| scenario["colour"] = "red".into()),
        ("Schema: ", |scenario| scenario["schema"] = "waybill.scenario/9".into()),
        ("step 2: after", |scenario| scenario["steps"][1]["after"] = "soon".into()),
        ("step 3: event", |scenario| scenario["steps"][2]["event"] = "incident-created".into()),
        ("Name: ", |scenario| scenario["name"] = "Escalation".into()),
    ];
    for (told, change) in changes {
        let mut scenario = short();
        change(&mut scenario);
        let answer = waybill.run(&["scenarios", "import", &waybill.file("wrong.json", &scenario.to_string())]);
        assert!(answer.code == Some(2) && answer.err.contains(told), "{told}: {answer:#?}");
    }
    assert!(waybill.json(&["scenarios", "list"]).as_array().unwrap().iter().all(|scenario| scenario["built_in"] == true));
}

#[test]
fn a_scenario_goes_with_no_types_counts_or_rates_and_has_to_exist() {
    let waybill = Waybill::new();
    for beside in [["--events", "all"], ["--count", "3"], ["--rate", "1/s"]] {
        let answer = waybill.run(&[&["verify", "--scenario", "Escalation"][..], &beside].concat());
        assert!(answer.code == Some(2) && answer.err.contains("Scenario: "), "{answer:#?}");
    }
    let answer = waybill.run(&["verify", "--scenario", "Nothing"]);
    assert!(answer.code == Some(2) && answer.err.contains("Escalation"), "it names those that are there: {answer:#?}");
    assert_eq!(waybill.json(&["runs", "list"])["runs"].as_array().unwrap().len(), 0);
}
