//! Bad input: exit 2, a sentence that names the field, and nothing changed.

use std::net::TcpListener;

use crate::support::{Serving, Snapshot, Waybill};

/// Actions "One" and "Two"; "One" has a chain.
fn stage() -> (Waybill, Serving) {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("One", "all");
    waybill.action("Two", "incident-created");
    waybill.json(&["setup", "apply", "One"]);
    (waybill, serving)
}

/// Runs each line (its words between `|`), which has to be refused with the words, and checks that nothing changed.
#[track_caller]
fn are_refused(waybill: &Waybill, cases: &[(&str, &str)]) {
    let before = Snapshot::of(waybill.dir());
    for (line, says) in cases {
        let answer = waybill.run(&line.split('|').collect::<Vec<_>>());
        assert_eq!(answer.code, Some(2), "{line}: {answer:#?}");
        assert!(answer.err.contains(says), "{line}: `{says}` is not in {}", answer.err);
        assert_eq!(answer.out, "", "{line}: nothing is answered");
        assert_eq!(Snapshot::of(waybill.dir()).changed_since(&before), [""; 0], "{line}: nothing changed");
    }
}

#[test]
fn a_refused_alert_action_names_its_field_and_changes_nothing() {
    let (waybill, _serving) = stage();
    let good = [
        ("--name", "New"),
        ("--alert-source", "Unheard of"),
        ("--account", "123456789012"),
        ("--region", "eu-central-1"),
        ("--trigger-mode", "automatic"),
        ("--events", "all"),
    ];
    let spoiled = |argument: &str, value: &str| {
        let words = good.iter().map(|(name, good)| format!("{name}={}", if *name == argument { value } else { good }));
        format!("actions|create|{}", words.collect::<Vec<_>>().join("|"))
    };
    let long = "x".repeat(300);
    let cases = [
        ("--name", "", "Name: "),
        ("--name", "   ", "Name: "),
        ("--name", long.as_str(), "Name: "),
        ("--name", "One", "One"),
        ("--alert-source", "", "Alert source: "),
        ("--account", "12345", "AWS account ID: "),
        ("--account", "1234-5678-9012", "AWS account ID: "),
        ("--account", "12345678901２", "AWS account ID: "),
        ("--account", "999999999999", "AWS account ID: the sandbox has the account 123456789012 only"),
        ("--region", "eu-nowhere-7", "AWS region: "),
        ("--region", "", "AWS region: "),
        ("--trigger-mode", "sometimes", "Trigger mode: "),
        ("--events", "", "Event types: "),
        ("--events", "incident-created,incident-gone", "Event types: "),
    ];
    let lines: Vec<(String, &str)> = cases.iter().map(|(argument, value, says)| (spoiled(argument, value), *says)).collect();
    are_refused(&waybill, &lines.iter().map(|(line, says)| (line.as_str(), *says)).collect::<Vec<_>>());
    let several = spoiled("--region", "nowhere").replace("123456789012", "12");
    are_refused(&waybill, &[(&several, "AWS account ID: "), (&several, "AWS region: ")]);
}

#[test]
fn a_refused_proof_names_its_field_and_changes_nothing() {
    let (waybill, _serving) = stage();
    are_refused(
        &waybill,
        &[
            ("verify|Nobody", "Alert action: there is no alert action `Nobody`; there is: `One`, `Two`"),
            ("verify", "Alert action: there are several, name one of them: `One`, `Two`"),
            ("verify|One|--mode|sideways", "Mode: "),
            ("verify|One|--mode|alert", "Mode: "),
            ("verify|One|--events|incident-gone", "Event types: "),
            ("verify|One|--events|", "Event types: "),
            ("verify|One|--count|0", "Events: "),
            ("verify|One|--count|many", "Events: "),
            ("verify|One|--rate|0", "Rate: "),
            ("verify|One|--rate|fast", "Rate: "),
            ("verify|One|--timeout|soon", "Timeout: "),
            ("verify|One|--timeout|0s", "Timeout: "),
            ("verify|One|--count=-1", "Events: "),
            ("verify|One|--connection|elsewhere", "Connection: there is no connection named `elsewhere`"),
            ("runs|show|7", "run id: "),
            ("runs|show|00000000-0000-4000-8000-000000000000", "there is no run 00000000-0000-4000-8000-000000000000"),
        ],
    );
}

#[test]
fn a_refused_set_up_names_its_field_and_changes_nothing() {
    let (waybill, _serving) = stage();
    let invalid = waybill.file("invalid.json", r#"{"source":"not a list"}"#);
    let long = waybill.file("long.json", &format!(r#"{{"source":["{}"]}}"#, "x".repeat(4096)));
    let rule = "r".repeat(65);
    let lines = [
        (format!("--rule|{rule}"), "Rule name: "),
        ("--rule|with space".to_owned(), "Rule name: "),
        (format!("--pattern|{invalid}"), "Event pattern: "),
        (format!("--pattern|{long}"), "Event pattern: "),
        ("--pattern|/nowhere".to_owned(), "Event pattern: `/nowhere` cannot be read"),
        ("--queue|in valid".to_owned(), "Queue name: "),
    ];
    let lines: Vec<(String, &str)> = ["plan", "apply"]
        .iter()
        .flat_map(|verb| lines.iter().map(move |(rest, says)| (format!("setup|{verb}|Two|{rest}"), *says)))
        .collect();
    are_refused(&waybill, &lines.iter().map(|(line, says)| (line.as_str(), *says)).collect::<Vec<_>>());
    are_refused(
        &waybill,
        &[
            ("setup|plan", "Alert action: there are several"),
            ("setup|status|Nobody", "Alert action: "),
            ("setup|undo|Two", "nothing was set up for this alert action"),
            ("sources|create|--name|", "Alert source: "),
            ("sources|create|--name|Tests", "Tests"),
            ("sources|show|Nobody", "Alert source: "),
            ("sources|delete|Tests", "`Tests` still has 2 alert action(s)"),
            ("actions|delete|Nobody", "Alert action: "),
        ],
    );
}

#[test]
fn wrong_use_is_told_and_changes_nothing() {
    let (waybill, _serving) = stage();
    are_refused(
        &waybill,
        &[
            ("prove", "unrecognized subcommand 'prove'"),
            ("verify|One|--format|xml", "invalid value 'xml'"),
            ("runs|list|--format|junit", "Format: junit and html are for"),
            ("verify|One|--colour|red", "--colour"),
            ("actions|create|--name|X", "--alert-source"),
            ("sandbox", "Usage"),
        ],
    );
}

#[test]
fn an_address_that_cannot_be_served_is_named_and_leaves_the_folder_as_it_was() {
    let waybill = Waybill::new();
    waybill.json(&["verify"]);
    waybill.rest();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let in_use = format!("sandbox|serve|--listen|{}", taken.local_addr().unwrap());
    are_refused(
        &waybill,
        &[
            (&in_use, "Listen address: "),
            ("sandbox|serve|--listen|0.0.0.0:0", "Listen address: 0.0.0.0:0 is not on this machine's loopback"),
            ("sandbox|serve|--listen|192.0.2.1:80", "Listen address: "),
            ("sandbox|serve|--listen|somewhere", "Listen address: "),
            ("sandbox|serve|--partner-bus-permissions|1999", "Partner bus permissions: "),
            ("sandbox|serve|--account-id|12", "AWS account ID: "),
        ],
    );
    assert_eq!(waybill.json(&["verify"])["proven"], true, "the folder is usable afterwards");
}

#[test]
fn a_file_where_the_data_folder_should_be_stays_a_file() {
    let waybill = Waybill::new();
    std::fs::write(waybill.dir(), "mine").unwrap();
    for arguments in [&["verify"][..], &["actions", "list"], &["sandbox", "serve"]] {
        let answer = waybill.run(arguments);
        assert_eq!(answer.code, Some(2), "{answer:#?}");
        assert!(answer.err.contains("Data folder: ") && answer.err.contains("is a file"), "{answer:#?}");
    }
    assert_eq!(std::fs::read_to_string(waybill.dir()).unwrap(), "mine");
}

#[test]
fn a_store_of_a_newer_version_is_refused_and_left_byte_for_byte() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    let file = waybill.dir().join("waybill.db");
    let mut bytes = std::fs::read(&file).unwrap();
    // The schema's version in the header of every SQLite file (SQLite's file format, "user version").
    bytes[60..64].copy_from_slice(&9999u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    for arguments in [&["verify"][..], &["actions", "list"], &["runs", "list"], &["setup", "apply", "Page"]] {
        let answer = waybill.run(arguments);
        assert_eq!(answer.code, Some(2), "{answer:#?}");
        assert!(answer.err.contains("waybill.db") && answer.err.contains("newer"), "{answer:#?}");
        assert!(std::fs::read(&file).unwrap() == bytes, "the file is as it was");
    }
    let beside: Vec<_> = ["waybill.db-wal", "waybill.db-shm"].into_iter().filter(|name| waybill.dir().join(name).exists()).collect();
    assert_eq!(beside, [""; 0], "nothing is left beside it");
}
