//! What must arrive and what must not, and what is not proven.

use serde_json::Value;

use crate::support::{ACCOUNT, Answer, Cloud, Serving, Waybill, Witness, counts_add_up, is_run, verdicts};

const TWO: &str = "incident-created,incident-resolved";

/// A folder with the action "Two" of two event types, and its sandbox.
fn two() -> (Waybill, Serving, Cloud) {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Two", TWO);
    let cloud = serving.cloud();
    (waybill, serving, cloud)
}

/// A folder whose demo chain was proven once, and its sandbox.
fn proven() -> (Waybill, Serving, Cloud) {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    let cloud = serving.cloud();
    (waybill, serving, cloud)
}

fn pattern(types: &[&str]) -> String {
    serde_json::json!({"account": [ACCOUNT], "detail-type": types}).to_string()
}

/// Checks that nothing of nine arrived and that this is said in time.
#[track_caller]
fn is_missing(answer: &Answer) -> Value {
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    let run = answer.json();
    is_run(&run);
    counts_add_up(&run);
    assert_eq!(
        (run["proven"].as_bool(), run["missing"].as_u64(), run["delivered"].as_u64()),
        (Some(false), Some(9), Some(0)),
        "{answer:#?}"
    );
    assert_eq!(run["poller"]["gaps"], 0, "the poller was healthy all the time");
    assert!(run["events"].as_array().unwrap().iter().all(|event| event["expected"] == true), "what was intended stays expected");
    assert!(run["duration_ms"].as_u64().unwrap() <= 4000, "time-out + 2 s: {}", run["duration_ms"]);
    eprintln!("nine missing after {} ms, process {:?}, time-out 2 s", run["duration_ms"], answer.took);
    run
}

#[track_caller]
fn says_drift(run: &Value, word: &str) {
    let drift = run["drift"].as_array().unwrap();
    assert!(drift.iter().any(|sentence| sentence.as_str().unwrap().contains(word)), "`{word}` is in none of {drift:?}");
}

#[test]
fn without_the_queue_policy_nine_are_missing_in_time() {
    let (waybill, _serving, cloud) = proven();
    cloud.set_policy(&cloud.queue(), "");
    let run = is_missing(&waybill.run(&["verify", "--timeout", "2s", "--format", "json"]));
    assert!(!run["drift"].as_array().unwrap().is_empty(), "the missing policy is drift");
    assert_eq!(cloud.policy(&cloud.queue()), Value::Null, "a finished chain is observed, never repaired");
    let shown = waybill.run(&["runs", "show", run["run_id"].as_str().unwrap()]);
    assert!(shown.out.contains("Not proven: 0 of 9 delivered") && shown.out.contains("Missing"), "{shown:#?}");
}

#[test]
fn a_rule_disabled_behind_waybills_back_leaves_nine_missing() {
    let (waybill, _serving, cloud) = proven();
    let bus = cloud.source();
    cloud.wait(cloud.events.disable_rule().event_bus_name(&bus).name(cloud.rule(&bus)).send()).unwrap();
    says_drift(&is_missing(&waybill.run(&["verify", "--timeout", "2s", "--format", "json"])), "disabled");
}

#[test]
fn a_source_deactivated_behind_waybills_back_leaves_nine_missing() {
    let (waybill, _serving, cloud) = proven();
    cloud.wait(cloud.events.deactivate_event_source().name(cloud.source()).send()).unwrap();
    let run = is_missing(&waybill.run(&["verify", "--timeout", "2s", "--format", "json"]));
    assert!(!run["drift"].as_array().unwrap().is_empty());
}

#[test]
fn a_target_removed_behind_waybills_back_leaves_nine_missing() {
    let (waybill, _serving, cloud) = proven();
    let bus = cloud.source();
    let rule = cloud.rule(&bus);
    let id = cloud.targets(&bus, &rule)[0].id.clone();
    cloud.wait(cloud.events.remove_targets().event_bus_name(&bus).rule(&rule).ids(id).send()).unwrap();
    let run = is_missing(&waybill.run(&["verify", "--timeout", "2s", "--format", "json"]));
    assert!(!run["drift"].as_array().unwrap().is_empty());
}

#[test]
fn a_rule_narrowed_behind_waybills_back_leaves_what_it_excludes_missing_not_held_back() {
    let (waybill, _serving, cloud) = two();
    assert_eq!(waybill.json(&["verify", "Two"])["proven"], true);
    let bus = cloud.source();
    let narrowed = cloud.events.put_rule().event_bus_name(&bus).name(cloud.rule(&bus)).event_pattern(pattern(&["incident-created"]));
    cloud.wait(narrowed.send()).unwrap();
    let answer = waybill.run(&["verify", "Two", "--timeout", "1s", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    let run = answer.json();
    let told = [("incident-created", "delivered"), ("incident-resolved", "missing")];
    assert_eq!(verdicts(&run), told.map(|(name, verdict)| (name.to_owned(), verdict.to_owned())));
    assert_eq!(run["events"][1]["expected"], true);
    says_drift(&run, "pattern");
}

#[test]
fn a_queue_deleted_behind_waybills_back_is_not_proven_and_nothing_is_called_missing() {
    let (waybill, _serving, cloud) = proven();
    cloud.wait(cloud.sqs.delete_queue().queue_url(cloud.queue()).send()).unwrap();
    let answer = waybill.run(&["verify", "--timeout", "1s", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    let run = answer.json();
    counts_add_up(&run);
    assert_eq!((run["unknown"].as_u64(), run["missing"].as_u64()), (Some(9), Some(0)), "what cannot be read cannot be called missing");
    assert!(run["poller"]["gaps"].as_u64().unwrap() > 0);
}

#[test]
fn two_chosen_event_types_are_two_deliveries() {
    let (waybill, _serving, _cloud) = two();
    let run = waybill.json(&["verify", "Two"]);
    assert_eq!((run["proven"].as_bool(), run["published"].as_u64(), run["total"].as_u64()), (Some(true), Some(2), Some(2)));
    let told = ["incident-created", "incident-resolved"].map(|name| (name.to_owned(), "delivered".to_owned()));
    assert_eq!(verdicts(&run), told);
}

#[test]
fn a_type_that_the_recorded_pattern_excludes_is_held_back_and_that_is_proven() {
    let (waybill, _serving, cloud) = two();
    let file = waybill.file("created-only.json", &pattern(&["incident-created"]));
    waybill.json(&["setup", "apply", "Two", "--pattern", &file]);
    let mut witness = Witness::beside(&cloud);
    let run = waybill.json(&["verify", "Two", "--timeout", "1s"]);
    counts_add_up(&run);
    assert_eq!((run["proven"].as_bool(), run["delivered"].as_u64(), run["held_back"].as_u64()), (Some(true), Some(1), Some(1)));
    assert_eq!((run["published"].as_u64(), run["accepted"].as_u64()), (Some(2), Some(2)), "both were put on the bus");
    assert_eq!((&run["events"][1]["expected"], &run["events"][1]["verdict"]), (&Value::Bool(false), &Value::from("held_back")));
    witness.look(&cloud);
    witness.confirms(&run);
    let human = waybill.run(&["verify", "Two", "--timeout", "1s"]);
    assert!(human.out.contains("Proven: 1 of 1 delivered, 1 held back as intended"), "{human:#?}");
}

#[test]
fn a_type_that_the_action_did_not_choose_is_withheld_and_never_put_on_the_bus() {
    let (waybill, _serving, cloud) = two();
    waybill.json(&["setup", "apply", "Two"]);
    let mut witness = Witness::beside(&cloud);
    let run = waybill.json(&["verify", "Two", "--events", "incident-created,incident-rejected", "--timeout", "1s"]);
    is_run(&run);
    counts_add_up(&run);
    assert_eq!((run["proven"].as_bool(), run["total"].as_u64()), (Some(true), Some(2)));
    let counts = ["published", "accepted", "delivered", "held_back", "not_sent"].map(|name| run[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1, 1, 0], "a withheld event is not counted as published, and is not Not sent");
    let withheld = run["events"].as_array().unwrap().iter().find(|event| event["event_type"] == "incident-rejected").unwrap();
    assert!(withheld["expected"] == false && withheld["verdict"] == "held_back" && withheld["event_id"].is_null(), "{withheld}");
    assert!(withheld["published_at"].is_null() && withheld["accepted_at"].is_null() && withheld["reason"].is_string(), "{withheld}");
    witness.look(&cloud);
    assert_eq!(witness.count(), 1, "only the chosen one reached the bus");
    assert!(run["duration_ms"].as_u64().unwrap() >= 1000, "its silence was waited for");
}

#[test]
fn what_arrives_though_it_must_not_is_unexpected() {
    let (waybill, _serving, cloud) = two();
    let file = waybill.file("created-only.json", &pattern(&["incident-created"]));
    waybill.json(&["setup", "apply", "Two", "--pattern", &file]);
    let bus = cloud.source();
    let widened = cloud
        .events
        .put_rule()
        .event_bus_name(&bus)
        .name(cloud.rule(&bus))
        .event_pattern(pattern(&["incident-created", "incident-resolved"]));
    cloud.wait(widened.send()).unwrap();
    let answer = waybill.run(&["verify", "Two", "--timeout", "1s", "--format", "json"]);
    let run = answer.json();
    assert_eq!((answer.code, run["unexpected"].as_u64(), run["delivered"].as_u64()), (Some(1), Some(1), Some(1)), "{answer:#?}");
    says_drift(&run, "pattern");
}

#[test]
fn what_a_transformer_changed_is_changed_and_the_transformer_is_named() {
    let (waybill, _serving, cloud) = two();
    waybill.json(&["setup", "apply", "Two"]);
    let bus = cloud.source();
    let rule = cloud.rule(&bus);
    let mut target = cloud.targets(&bus, &rule).remove(0);
    target.input_path = Some("$.detail".to_owned());
    cloud.wait(cloud.events.put_targets().event_bus_name(&bus).rule(&rule).targets(target).send()).unwrap();
    let answer = waybill.run(&["verify", "Two", "--timeout", "1s", "--format", "json"]);
    let run = answer.json();
    assert_eq!((answer.code, run["changed"].as_u64(), run["delivered"].as_u64()), (Some(1), Some(2), Some(0)), "{answer:#?}");
    assert!(run["events"][0]["reason"].as_str().unwrap().contains("target"), "{}", run["events"][0]);
}
