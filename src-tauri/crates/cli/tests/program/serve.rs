//! `waybill sandbox serve`.

use std::time::Instant;

use aws_sdk_eventbridge::error::ProvideErrorMetadata;

use crate::support::{Waybill, until};

const NAMES: [&str; 9] = [
    "access_key_id",
    "account_id",
    "endpoint",
    "organization_id",
    "partner_access_key_id",
    "partner_account_id",
    "partner_secret_access_key",
    "region",
    "secret_access_key",
];

#[test]
fn the_first_line_tells_how_to_reach_it_and_the_sdk_does() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let mut names: Vec<&str> = serving.line.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, NAMES);
    assert!(serving.line.as_object().unwrap().values().all(|value| value.as_str().is_some_and(|text| !text.is_empty())));
    assert!(serving.address().starts_with("127.0.0.1:"), "{}", serving.endpoint());
    assert_eq!((serving.line["region"].as_str(), serving.line["account_id"].as_str()), (Some("eu-central-1"), Some("123456789012")));
    assert_ne!(serving.line["partner_account_id"], serving.line["account_id"]);
    let asked = Instant::now();
    std::net::TcpStream::connect(serving.address()).unwrap();
    assert_eq!(serving.cloud().queues(), [""; 0]);
    eprintln!("serve: first line after {:?}, first SDK answer {:?} later", serving.ready_after, asked.elapsed());
}

#[test]
fn it_ends_well_on_sigint_and_sigterm_and_says_nothing_more() {
    for name in ["INT", "TERM"] {
        let waybill = Waybill::new();
        let serving = waybill.serve(&[]);
        let address = serving.address().to_owned();
        let answer = serving.end(name);
        assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (Some(0), "", ""), "SIG{name}");
        assert!(std::net::TcpStream::connect(&address).is_err(), "nobody listens any more");
        assert!(!waybill.dir().join("sandbox.json").exists(), "nobody is told of it any more");
    }
}

#[test]
fn a_long_poll_does_not_hold_its_end_back() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    let url = cloud.new_queue("empty");
    let polling = std::thread::spawn(move || {
        let receive = cloud.sqs.receive_message().queue_url(url).wait_time_seconds(20);
        drop(cloud.wait(receive.send()));
    });
    let began = Instant::now();
    let answer = serving.end("TERM");
    assert_eq!(answer.code, Some(0), "{answer:#?}");
    assert!(began.elapsed().as_secs() < 15, "it does not wait for the 20 s: {:?}", began.elapsed());
    drop(polling.join());
}

#[test]
fn what_was_answered_survives_a_kill_and_the_keys_stay() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    let url = cloud.new_queue("kept");
    cloud.wait(cloud.sqs.send_message().queue_url(&url).message_body("kept").send()).unwrap();
    let keys = serving.line["secret_access_key"].clone();
    assert_eq!(serving.end("KILL").code, None);
    let serving = waybill.serve(&[]);
    assert_eq!(serving.line["secret_access_key"], keys);
    assert_eq!(serving.cloud().drain(&serving.cloud().queue()), ["kept"]);
}

#[test]
fn an_ephemeral_sandbox_keeps_nothing() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&["--ephemeral"]);
    serving.cloud().new_queue("gone");
    assert_eq!(waybill.json(&["verify"])["proven"], true, "it is the folder's sandbox as long as it lives");
    assert_eq!(serving.end("TERM").code, Some(0));
    assert!(!waybill.dir().join("sandbox.db").exists());
    assert_eq!(waybill.serve(&[]).cloud().queues(), [""; 0]);
}

#[test]
fn a_second_one_attaches_and_stays_until_it_is_stopped() {
    let waybill = Waybill::new();
    let holder = waybill.serve(&[]);
    let attached = waybill.serve(&[]);
    assert_eq!(attached.line, holder.line, "the same sandbox");
    let same = waybill.serve(&["--listen", holder.address(), "--partner-bus-permissions", "today", "--account-id", "123456789012"]);
    assert_eq!(same.line, holder.line, "flags that are fulfilled are no reason to refuse");
    let any = waybill.serve(&["--listen", "127.0.0.1:0"]);
    assert_eq!(any.line, holder.line, "any port is this one too");
    assert_eq!(attached.end("INT").code, Some(0));
    holder.cloud().new_queue("still-there");
    assert_eq!(holder.end("TERM").code, Some(0));
    until("the sandbox to be handed over to the background", || {
        let answer = std::net::TcpStream::connect(any.address()).ok();
        answer.map(drop)
    });
    assert_eq!(any.cloud().queues().len(), 1, "whoever is attached keeps the sandbox, on its address and with its state");
}

#[test]
fn a_flag_that_the_running_sandbox_does_not_fulfil_is_refused() {
    let waybill = Waybill::new();
    let holder = waybill.serve(&[]);
    let cases = [
        (&["--listen", "127.0.0.1:1"][..], "Listen address: "),
        (&["--ephemeral"], "Ephemeral: "),
        (&["--partner-bus-permissions", "2021"], "Partner bus permissions: "),
        (&["--account-id", "111122223333"], "111122223333"),
    ];
    for (flags, says) in cases {
        let answer = waybill.run(&[&["sandbox", "serve"], flags].concat());
        assert_eq!(answer.code, Some(2), "{answer:#?}");
        assert!(answer.err.contains(says) && answer.err.contains("runs already"), "{answer:#?}");
        assert_eq!(answer.out, "");
    }
    assert_eq!(holder.cloud().queues(), [""; 0], "it goes on");
}

#[test]
fn right_after_a_command_it_is_the_sandbox_itself_with_its_own_flags() {
    let waybill = Waybill::new();
    for _ in 0..5 {
        waybill.json(&["sources", "list"]);
        let serving = waybill.serve(&["--partner-bus-permissions", "2021"]);
        let told: serde_json::Value = serde_json::from_slice(&std::fs::read(waybill.dir().join("sandbox.json")).unwrap()).unwrap();
        assert_eq!(told["pid"], serving.pid(), "the one in the background that was just ending is not taken for a running one");
        assert_eq!(serving.end("TERM").code, Some(0));
    }
}

#[test]
fn a_stale_note_of_a_process_that_is_gone_is_replaced() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let note = waybill.dir().join("sandbox.json");
    let stale = std::fs::read(&note).unwrap();
    assert_eq!(serving.end("KILL").code, None);
    assert_eq!(std::fs::read(&note).unwrap(), stale, "a killed one cannot tidy up");
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    std::fs::write(&note, "not even JSON").unwrap();
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    std::fs::write(&note, &stale).unwrap();
    let serving = waybill.serve(&[]);
    assert_ne!(std::fs::read(&note).unwrap(), stale);
    assert_eq!(serving.cloud().partner_buses().len(), 1);
}

#[test]
fn fixed_keys_come_from_the_environment_and_no_others_are_taken() {
    let fixed = [
        ("ACCESS_KEY_ID", "AKIAFIXEDCUSTOMER000"),
        ("SECRET_ACCESS_KEY", "customersecretcustomersecretcustomersecr"),
        ("PARTNER_ACCESS_KEY_ID", "AKIAFIXEDPARTNER0000"),
        ("PARTNER_SECRET_ACCESS_KEY", "partnersecretpartnersecretpartnersecretp"),
    ];
    let waybill = fixed.iter().fold(Waybill::new(), |waybill, (name, value)| waybill.with(&format!("WAYBILL_SANDBOX_{name}"), value));
    let serving = waybill.serve(&[]);
    for (name, value) in fixed {
        assert_eq!(serving.line[name.to_ascii_lowercase()], value);
    }
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    let mut wrong = serving.line.clone();
    wrong["secret_access_key"] = "x".repeat(40).into();
    let cloud = crate::support::Cloud::of(&wrong);
    let error = cloud.wait(cloud.sqs.list_queues().send()).unwrap_err();
    assert!(error.code().is_some_and(|code| code.contains("Signature")), "{error:?}");
}

#[test]
fn another_account_is_the_customers_where_it_is_asked_for() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&["--account-id", "111122223333"]);
    assert_eq!(serving.line["account_id"], "111122223333");
    let create = |account: &str| {
        let fixed = ["--name", "Other", "--alert-source", "S", "--region", "eu-central-1", "--trigger-mode", "manual", "--events", "all"];
        waybill.run(&[&["actions", "create", "--account", account], &fixed[..]].concat())
    };
    let refused = create("123456789012");
    assert!(refused.code == Some(2) && refused.err.contains("111122223333"), "{refused:#?}");
    assert_eq!(create("111122223333").code, Some(0));
    assert_eq!(waybill.json(&["verify"])["proven"], true);
}
