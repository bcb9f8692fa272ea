//! Several programs on one data folder: a run never loses its sandbox because another program ends.

use serde_json::Value;

use crate::support::{Cloud, Running, Serving, Waybill, Witness, counts_add_up, signal, until};

/// What a running sandbox tells about itself.
fn note(waybill: &Waybill) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(waybill.dir().join("sandbox.json")).ok()?).ok()
}

fn pid_of_sandbox(waybill: &Waybill) -> u32 {
    u32::try_from(note(waybill).unwrap()["pid"].as_u64().unwrap()).unwrap()
}

/// Clients for the sandbox that runs now, with the folder's keys.
fn cloud_now(waybill: &Waybill, serving_line: &Value) -> Cloud {
    let mut line = serving_line.clone();
    line["endpoint"] = until("a sandbox", || note(waybill))["endpoint"].clone();
    Cloud::of(&line)
}

/// A folder with a proven chain and a witness beside it.
fn stage() -> (Waybill, Serving, Witness) {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    let witness = Witness::beside(&serving.cloud());
    (waybill, serving, witness)
}

const LONG: [&str; 9] = ["verify", "--count", "600", "--rate", "200/s", "--timeout", "20s", "--format", "json"];

#[test]
fn two_proofs_of_one_action_at_once_are_both_proven() {
    let waybill = Waybill::new();
    waybill.json(&["verify"]);
    for _ in 0..3 {
        let running = [(); 2].map(|()| waybill.start(&["verify", "--count", "90", "--format", "json"]));
        for answer in running.map(Running::end) {
            assert_eq!(answer.code, Some(0), "{answer:#?}");
            let run = answer.json();
            assert_eq!((run["proven"].as_bool(), run["delivered"].as_u64()), (Some(true), Some(90)), "whoever read its messages");
        }
    }
}

#[test]
fn programs_that_start_together_on_an_empty_folder_make_one_sandbox_and_one_demo_action() {
    let waybill = Waybill::new();
    let running = [(); 4].map(|()| waybill.start(&["verify", "--format", "json"]));
    for answer in running.map(Running::end) {
        assert_eq!(answer.code, Some(0), "{answer:#?}");
        assert_eq!(answer.json()["proven"], true);
    }
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    assert_eq!((waybill.json(&["actions", "list"]).as_array().unwrap().len(), cloud.sources().len(), cloud.queues().len()), (1, 1, 1));
}

#[test]
fn a_run_keeps_its_sandbox_when_the_one_that_served_it_is_told_to_end() {
    let (waybill, serving, mut witness) = stage();
    let line = serving.line.clone();
    let running = waybill.start(&LONG);
    let cloud = serving.cloud();
    until("some events to be passed on", || (witness.held(&cloud) >= 60).then_some(()));
    assert_eq!(serving.end("TERM").code, Some(0));
    let answer = running.end();
    assert_eq!(answer.code, Some(0), "{answer:#?}");
    let run = answer.json();
    counts_add_up(&run);
    assert_eq!((run["proven"].as_bool(), run["delivered"].as_u64()), (Some(true), Some(600)));
    let serving = waybill.serve(&[]);
    assert_eq!(serving.line["secret_access_key"], line["secret_access_key"]);
    witness.look(&serving.cloud());
    witness.confirms(&run);
}

#[test]
fn another_account_is_handed_over_too() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&["--account-id", "111122223333"]);
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    let attached = waybill.serve(&[]);
    assert_eq!(serving.end("TERM").code, Some(0));
    until("the successor", || std::net::TcpStream::connect(attached.address()).ok().map(drop));
    assert_eq!(until("the successor's note", || note(&waybill))["account_id"], "111122223333");
    let run = waybill.json(&["verify"]);
    assert_eq!((run["proven"].as_bool(), attached.cloud().queues().len()), (Some(true), 1), "the chain is still there");
}

#[test]
fn a_killed_sandbox_comes_back_and_no_verdict_is_wrong() {
    let (waybill, serving, mut witness) = stage();
    let line = serving.line.clone();
    assert_eq!(serving.end("TERM").code, Some(0));
    let running = waybill.start(&LONG);
    let cloud = until("the sandbox in the background", || note(&waybill).map(|_| cloud_now(&waybill, &line)));
    until("some events to be passed on", || (witness.held(&cloud) >= 100).then_some(()));
    signal(pid_of_sandbox(&waybill), "KILL");
    let answer = running.end();
    assert!(matches!(answer.code, Some(0 | 1)), "{answer:#?}");
    let run = answer.json();
    counts_add_up(&run);
    let counts = ["delivered", "unknown", "not_sent", "missing"].map(|name| run[name].as_u64().unwrap());
    eprintln!(
        "sandbox killed: [delivered, unknown, not sent, missing] = {counts:?}, gaps {}, proven {}",
        run["poller"]["gaps"], run["proven"]
    );
    assert_eq!(counts[3], 0, "what could not be watched is not called missing");
    assert_eq!(answer.code == Some(0), run["proven"] == true);
    let serving = waybill.serve(&[]);
    witness.look(&serving.cloud());
    witness.confirms(&run);
    assert!(counts[0] > 100, "what came after the kill is delivered too: {counts:?}");
}

#[test]
fn a_reader_that_is_killed_may_hide_anothers_messages_and_they_are_not_called_missing() {
    let (waybill, serving, mut witness) = stage();
    let cloud = serving.cloud();
    let both = [(); 2].map(|()| waybill.start(&["verify", "--count", "900", "--rate", "300/s", "--timeout", "3s", "--format", "json"]));
    until("some events to be passed on", || (witness.held(&cloud) >= 400).then_some(()));
    let [killed, other] = both;
    killed.signal("KILL");
    drop(killed.end());
    let answer = other.end();
    assert!(matches!(answer.code, Some(0 | 1)), "{answer:#?}");
    let run = answer.json();
    counts_add_up(&run);
    assert_eq!(run["missing"], 0, "what the dead one holds is hidden for its visibility time-out, not gone");
    assert!(run["delivered"].as_u64().unwrap() + run["late"].as_u64().unwrap() > 450, "the other one goes on");
    witness.look(&cloud);
    witness.confirms(&run);
}

#[test]
fn when_everything_is_killed_at_once_the_record_is_true() {
    let (waybill, serving, mut witness) = stage();
    let line = serving.line.clone();
    assert_eq!(serving.end("TERM").code, Some(0));
    waybill.rest();
    for moment in [60, 250] {
        let running = waybill.start(&["verify", "--count", "600", "--rate", "300/s", "--timeout", "3s"]);
        let cloud = until("the sandbox in the background", || note(&waybill).map(|_| cloud_now(&waybill, &line)));
        until("some events to be passed on", || (witness.held(&cloud) >= moment).then_some(()));
        let sandbox = pid_of_sandbox(&waybill);
        // The sandbox first: left alone it would end well.
        signal(sandbox, "KILL");
        running.signal("KILL");
        drop(running.end());
        let serving = waybill.serve(&[]);
        witness.look(&serving.cloud());
        let id = waybill.json(&["runs", "list"])["runs"][0]["run_id"].as_str().unwrap().to_owned();
        let settled = until("the run to be taken up", || {
            assert_eq!(waybill.json(&["verify"])["proven"], true, "the next proof is not spoiled");
            Some(waybill.json(&["runs", "show", &id])).filter(|run| run["state"] == "closed")
        });
        counts_add_up(&settled);
        assert_eq!((settled["total"].as_u64(), settled["missing"].as_u64()), (Some(600), Some(0)));
        witness.look(&serving.cloud());
        witness.confirms(&settled);
        assert_eq!(serving.end("TERM").code, Some(0));
        waybill.rest();
    }
}

#[test]
fn the_sandbox_in_the_background_lets_go_of_inherited_streams_and_ends_with_its_last_user() {
    let waybill = Waybill::new();
    waybill.json(&["verify"]);
    let running = waybill.start(&["verify", "--count", "2000", "--rate", "50/s"]);
    let pid = until("the sandbox in the background", || note(&waybill))["pid"].clone();
    let attached = waybill.serve(&[]);
    running.signal("KILL");
    let answer = running.end();
    assert_eq!(answer.code, None, "its output ended with it, although the sandbox it started goes on");
    assert_eq!(note(&waybill).unwrap()["pid"], pid);
    assert_eq!(attached.cloud().queues().len(), 1, "the sandbox goes on for the one that is attached");
    let address = attached.address().to_owned();
    assert_eq!(attached.end("TERM").code, Some(0));
    waybill.rest();
    assert!(note(&waybill).is_none() && std::net::TcpStream::connect(address).is_err(), "nothing is left running");
}
