//! Reports of runs, and whether they and the records behind them are as they were.

use serde_json::Value;

use crate::support::{Answer, Waybill, is_run};

const TWO: [&str; 4] = ["verify", "--events", "incident-created,incident-resolved", "--format"];

/// Proves two events and writes their report to a file.
fn written(waybill: &Waybill, format: &str, name: &str) -> String {
    let file = waybill.file(name, "");
    let answer = waybill.run(&[&TWO[..], &[format, "--output", &file]].concat());
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""), "the answer goes to the file: {answer:#?}");
    file
}

fn read(file: &str) -> String {
    std::fs::read_to_string(file).unwrap()
}

#[track_caller]
fn checked(waybill: &Waybill, content: &str) -> Answer {
    waybill.run(&["runs", "verify", &waybill.file("checked", content)])
}

#[test]
fn a_json_report_is_intact_however_it_is_indented_and_altered_as_soon_as_it_says_something_else() {
    let waybill = Waybill::new();
    let text = read(&written(&waybill, "json", "run.json"));
    let run: Value = serde_json::from_str(&text).unwrap();
    is_run(&run);
    let intact = checked(&waybill, &text);
    assert!(intact.code == Some(0) && intact.out.contains(run["sha256"].as_str().unwrap()), "{intact:#?}");
    for same in [run.to_string(), serde_json::to_string_pretty(&run).unwrap()] {
        assert_eq!(checked(&waybill, &same).code, Some(0), "blanks and the order of keys do not count");
    }
    let changes: [fn(&mut Value); 9] = [
        |run| run["events"][1]["verdict"] = "missing".into(),
        |run| run["events"][0]["latency_ms"] = 1.into(),
        |run| run["events"][0]["received_at"] = Value::Null,
        |run| run["events"].as_array_mut().unwrap().swap(0, 1),
        |run| drop(run["events"].as_array_mut().unwrap().pop()),
        |run| run["proven"] = false.into(),
        |run| run["evidence"]["sha256"] = "0".repeat(64).into(),
        |run| drop(run.as_object_mut().unwrap().remove("drift")),
        |run| drop(run.as_object_mut().unwrap().remove("sha256")),
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let mut other = run.clone();
        change(&mut other);
        let answer = checked(&waybill, &other.to_string());
        assert!(answer.code == Some(1) && answer.out.starts_with("Altered"), "change {place}: {answer:#?}");
    }
    let twice = text.replacen("\"proven\": true,", "\"proven\": true, \"proven\": true,", 1);
    assert_eq!(checked(&waybill, &twice).code, Some(1), "a key that stands twice may hide another");
    assert_eq!(checked(&waybill, &text[..text.len() / 2]).code, Some(1), "half a report");
}

#[test]
fn what_is_no_report_is_told_apart() {
    let waybill = Waybill::new();
    for other in ["", "hello", "{}", "[1]", "{\"schema\":\"waybill.runs/1\"}", "<!doctype html>\n<html></html>\n"] {
        assert_eq!(checked(&waybill, other).code, Some(2), "{other:?}");
    }
    let missing = waybill.run(&["runs", "verify", "/nowhere/at/all.json"]);
    assert!(missing.code == Some(2) && missing.err.contains("Report"), "{missing:#?}");
    assert!(!waybill.dir().exists(), "checking a report needs no data folder");
}

#[test]
fn an_html_report_needs_no_other_file_and_every_byte_of_it_counts() {
    let waybill = Waybill::new();
    let text = read(&written(&waybill, "html", "run.html"));
    let lower = text.to_lowercase();
    for word in ["<script", "http-equiv", "src=", "href=", "@import", "url("] {
        assert!(!lower.contains(word), "`{word}` would read another file or run something");
    }
    for part in ["incident-created", "Proven", "SHA-256 of the evidence", "arn:aws:sqs:", "Event pattern", "&quot;detail-type&quot;"] {
        assert!(text.contains(part), "{part}");
    }
    let keys: Value = serde_json::from_str(&read(waybill.dir().join("sandbox-keys.json").to_str().unwrap())).unwrap();
    for (name, secret) in keys.as_object().unwrap().iter().filter(|(_, value)| value.is_string()) {
        assert!(!text.contains(secret.as_str().unwrap()), "{name} is nobody's business");
    }
    assert_eq!(checked(&waybill, &text).code, Some(0));
    for place in
        (200..text.len()).step_by(text.len() / 12).filter(|place| text.is_char_boundary(*place) && text.is_char_boundary(place + 1))
    {
        let other = if &text[place..=place] == "x" { "y" } else { "x" };
        let changed = format!("{}{other}{}", &text[..place], &text[place + 1..]);
        assert_eq!(checked(&waybill, &changed).code, Some(1), "byte {place}");
    }
    assert_eq!(checked(&waybill, text.trim_end()).code, Some(1), "its end is missing");
}

#[test]
fn junit_has_a_test_case_for_every_event_and_says_why_one_failed() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let good = read(&written(&waybill, "junit", "good.xml"));
    assert!(good.starts_with("<?xml version=\"1.0\"") && good.contains(r#"tests="2" failures="0""#), "{good}");
    assert_eq!((good.matches("<testcase ").count(), good.matches("<failure").count()), (2, 0), "{good}");
    let cloud = serving.cloud();
    cloud.set_policy(&cloud.queue(), "");
    let answer = waybill.run(&[&TWO[..], &["junit", "--timeout", "1s"]].concat());
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    assert!(answer.out.contains(r#"tests="2" failures="2""#), "{}", answer.out);
    assert_eq!(answer.out.matches("type=\"missing\">Missing: not read back within 1 s").count(), 2, "{}", answer.out);
    for tag in ["testsuites", "testsuite", "properties", "failure"] {
        let (opened, closed) = (answer.out.matches(&format!("<{tag}")).count(), answer.out.matches(&format!("</{tag}>")).count());
        assert!(opened >= closed && closed > 0, "{tag} is closed: {}", answer.out);
    }
}

#[test]
fn records_that_were_altered_behind_waybills_back_are_told() {
    let waybill = Waybill::new();
    let run = waybill.json(&["verify"]);
    let id = run["run_id"].as_str().unwrap();
    waybill.rest();
    assert_eq!(waybill.json(&["runs", "show", id])["evidence"], run["evidence"], "as it was reported");
    waybill.rest();
    let file = waybill.dir().join("waybill.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let word = b"test incident";
    let place = bytes.windows(word.len()).rposition(|window| window == word).unwrap();
    bytes[place] = b'T';
    std::fs::write(&file, bytes).unwrap();
    let shown = waybill.run(&["runs", "show", id, "--format", "json"]);
    let told = shown.json();
    assert_eq!((shown.code, told["evidence"]["state"].as_str()), (Some(1), Some("altered")), "{shown:#?}");
    assert_eq!(told["proven"], false, "what was altered proves nothing");
    let human = waybill.run(&["runs", "show", id]);
    assert!(human.out.contains("Altered: the records of this run") && human.out.contains("Not proven"), "{human:#?}");
    let junit = waybill.run(&["runs", "show", id, "--format", "junit"]);
    assert!(junit.out.contains("type=\"altered\""), "{junit:#?}");
}

#[test]
fn a_report_says_how_the_chain_was_when_the_run_began() {
    let waybill = Waybill::new();
    let run = waybill.json(&["verify"]);
    let circumstances = &run["evidence"]["circumstances"];
    let parts = circumstances["parts"].as_array().unwrap();
    let kinds: Vec<_> = parts.iter().map(|part| (part["kind"].as_str().unwrap(), part["state"].as_str().unwrap())).collect();
    let whole =
        [("Partner event source", "ACTIVE"), ("Event bus", "there"), ("Rule", "ENABLED"), ("Target", "there"), ("SQS queue", "there")];
    assert_eq!(kinds, whole);
    assert!(parts.iter().all(|part| part["arn"].as_str().is_some_and(|arn| arn.starts_with("arn:aws:"))), "{parts:?}");
    let policy = parts[4]["documents"].to_string();
    assert!(policy.contains("aws:SourceArn") && policy.contains("VisibilityTimeout"), "{policy}");
    let check = &circumstances["cross_check"];
    assert_eq!(check["answers"].as_array().unwrap().len(), 9, "AWS was asked once for every type: {check}");
    assert!(check["answers"].as_array().unwrap().iter().all(|answer| answer["aws"] == true && answer["waybill"] == true), "{check}");
    assert!(check["untold"].is_null() && check["disagreements"].as_array().unwrap().is_empty(), "{check}");
    assert_eq!(run["evidence"]["waybill_version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn an_output_that_cannot_be_written_is_refused_before_anything_is_published() {
    let waybill = Waybill::new();
    let answer = waybill.run(&["verify", "--format", "html", "--output", "/nowhere/at/all.html"]);
    assert!(answer.code == Some(2) && answer.err.contains("Output"), "{answer:#?}");
    assert_eq!(waybill.json(&["runs", "list"])["runs"].as_array().unwrap().len(), 0);
    let answer = waybill.run(&["runs", "list", "--format", "html"]);
    assert!(answer.code == Some(2) && answer.err.contains("Format"), "{answer:#?}");
}
