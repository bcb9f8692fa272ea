//! `waybill bench`.

use serde_json::Value;

use crate::support::Waybill;

#[test]
fn it_measures_the_sandbox_that_printed_the_line_and_leaves_nothing_behind() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&["--ephemeral"]);
    let line = waybill.file("line.json", &serving.line.to_string());
    let answer = waybill.run(&["bench", "--line", &line, "--events", "300", "--format", "json"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (&report["schema"], &report["received"], &report["again"], &report["server"]),
        (&"waybill.bench/1".into(), &300.into(), &0.into(), &Value::Null),
        "{report}"
    );
    assert!(report["latency_ms"]["p99"].as_f64() >= report["latency_ms"]["p50"].as_f64(), "{report}");
    assert_eq!(serving.cloud().queues(), [""; 0], "its own queue is gone");
}

#[test]
fn what_it_cannot_measure_is_told_with_its_exit_code() {
    let waybill = Waybill::new();
    let dead = r#"{"endpoint":"http://127.0.0.1:1","access_key_id":"a","secret_access_key":"b","partner_access_key_id":"c","partner_secret_access_key":"d"}"#;
    let line = &*waybill.file("line.json", dead);
    for (arguments, code, word) in [
        (&["bench", "--endpoint", "http://127.0.0.1:1"][..], 2, "Access key"),
        (&["bench", "--line", "no-such-file"], 2, "no-such-file"),
        (&["bench", "--line", line, "--endpoint", "https://sqs.eu-central-1.amazonaws.com"], 2, "Endpoint"),
        (&["bench", "--line", line, "--events", "0"], 2, "at least one event"),
        (&["bench", "--line", line], 3, "127.0.0.1:1 cannot be reached"),
    ] {
        let answer = waybill.run(arguments);
        assert_eq!(answer.code, Some(code), "{arguments:?}: {answer:?}");
        assert!(answer.err.contains(word), "{arguments:?}: {answer:?}");
    }
}
