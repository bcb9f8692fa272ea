//! Ctrl-C: exit 130, and the run is on the record.

use std::time::Duration;

use serde_json::Value;

use crate::support::{Waybill, Witness, counts_add_up, is_run, until};

/// The newest run's id, once it is listed.
fn listed(waybill: &Waybill) -> String {
    until("the run to be listed", || waybill.json(&["runs", "list"])["runs"][0]["run_id"].as_str().map(str::to_owned))
}

#[test]
fn an_interrupt_in_the_middle_of_publishing_ends_with_130_and_the_run_is_listed() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.json(&["setup", "apply", waybill.action("Page", "all")["id"].as_str().unwrap()]);
    let cloud = serving.cloud();
    let mut witness = Witness::beside(&cloud);
    let running = waybill.start(&["verify", "--count", "3000", "--rate", "100/s", "--timeout", "3s", "--format", "json"]);
    until("some events to be passed on", || (witness.held(&cloud) >= 20).then_some(()));
    running.signal("INT");
    let answer = running.end();
    assert_eq!((answer.code, answer.out.as_str()), (Some(130), ""), "{answer:#?}");
    let id = listed(&waybill);
    let run = waybill.json(&["runs", "show", &id]);
    is_run(&run);
    counts_add_up(&run);
    assert!(run["total"] == 3000 && run["proven"] == false && run["not_sent"].as_u64().unwrap() > 2000, "{}", run["not_sent"]);
    witness.look(&cloud);
    witness.confirms(&run);
    let settled = until("the run to be taken up", || {
        assert_eq!(waybill.json(&["verify"])["proven"], true);
        Some(waybill.json(&["runs", "show", &id])).filter(|run| run["state"] == "closed")
    });
    witness.confirms(&settled);
    assert_eq!((settled["missing"].as_u64(), settled["waiting"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn an_interrupt_while_waiting_for_silence_does_not_wait_for_it() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.json(&["verify"]);
    let cloud = serving.cloud();
    cloud.set_policy(&cloud.queue(), "");
    let first = listed(&waybill);
    let running = waybill.start(&["verify", "--timeout", "10m"]);
    let second = until("the second run to be listed with everything accepted", || {
        let runs = waybill.json(&["runs", "list"]);
        let newest = &runs["runs"][0];
        (newest["run_id"] != first.as_str() && newest["accepted"] == 9).then(|| newest["run_id"].as_str().unwrap().to_owned())
    });
    running.signal("INT");
    let answer = running.end();
    assert!(answer.code == Some(130) && answer.took < Duration::from_secs(60), "{answer:#?}");
    let run = waybill.json(&["runs", "show", &second]);
    assert_eq!((&run["state"], &run["waiting"], &run["closed_at"]), (&Value::from("interrupted"), &Value::from(9), &Value::Null));
    counts_add_up(&run);
}

#[test]
fn an_interrupt_at_any_moment_ends_with_130_or_with_the_answer() {
    let waybill = Waybill::new();
    let _serving = waybill.serve(&[]);
    for step in 0..12u32 {
        let mut running = waybill.start(&["verify"]);
        let began = std::time::Instant::now();
        until("the moment", || {
            let is_time = began.elapsed() >= Duration::from_millis(20) * step && (step % 2 == 0 || running.handles_interrupts());
            (is_time || !running.goes_on()).then_some(())
        });
        let is_handled = running.handles_interrupts();
        if running.goes_on() {
            running.signal("INT");
        }
        let answer = running.end();
        // Before its own code begins the system ends the program.
        assert!(matches!(answer.code, Some(0 | 130) | None), "step {step}: {answer:#?}");
        assert!(answer.code.is_some() || !is_handled, "step {step}: {answer:#?}");
    }
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    let actions = waybill.json(&["actions", "list"]);
    assert_eq!(actions.as_array().unwrap().len(), 1, "the demo action was made once");
}
