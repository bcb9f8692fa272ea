//! A proof over a twin bus, where the partner cannot be played.

use serde_json::Value;

use crate::support::{Cloud, REGION, Running, Serving, Waybill, is_run, until};

/// A program that reaches the sandbox `serving` as another endpoint, with the customer's own keys.
fn elsewhere(serving: &Serving, settle: &str) -> Waybill {
    let key = |name: &str| serving.line[name].as_str().unwrap().to_owned();
    let waybill = Waybill::new().with("AWS_ACCESS_KEY_ID", &key("access_key_id"));
    let waybill = waybill.with("AWS_SECRET_ACCESS_KEY", &key("secret_access_key"));
    let place = ["--kind", "endpoint", "--region", REGION, "--endpoint-url", serving.endpoint(), "--settle", settle];
    waybill.json(&[&["connections", "add", "other"], &place[..]].concat());
    let place = ["--account", crate::support::ACCOUNT, "--region", REGION, "--trigger-mode", "automatic", "--events", "all"];
    waybill.json(&[&["actions", "create", "--connection", "other", "--name", "Page", "--alert-source", "S"], &place[..]].concat());
    waybill
}

fn twins(cloud: &Cloud) -> Vec<String> {
    let listed = cloud.wait(cloud.events.list_event_buses().name_prefix("waybill-twin-").send()).unwrap();
    listed.event_buses().iter().map(|bus| bus.name().unwrap().to_owned()).collect()
}

#[test]
fn on_the_sandbox_a_rehearsal_uses_the_chains_own_queue_and_leaves_nothing_behind() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    let cloud = serving.cloud();
    let (queue, before) = (cloud.queue(), cloud.policy(&cloud.queue()));
    let run = waybill.json(&["verify", "Page", "--mode", "rehearsal"]);
    is_run(&run);
    assert_eq!((run["mode"].as_str(), run["proven"].as_bool()), (Some("rehearsal"), Some(true)), "{run}");
    assert_eq!(run["delivered"], 9);
    let rehearsal = &run["evidence"]["circumstances"]["rehearsal"];
    assert_eq!(rehearsal["provenance"], "Simulated (twin bus)", "{rehearsal}");
    assert!(rehearsal["source"].as_str().unwrap().starts_with("waybill.partner/"), "nobody but AWS has sources that begin with aws.");
    assert_eq!(twins(&cloud), [] as [String; 0], "the twin is gone");
    assert_eq!(cloud.policy(&queue), before, "the policy lost exactly what it was given");
    assert_eq!(waybill.json(&["verify", "Page"])["mode"], "partner", "the usual way is as before");
}

#[test]
fn elsewhere_a_rehearsal_is_the_default_and_needs_nothing_but_an_account() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = elsewhere(&serving, "0s");
    let answer = waybill.run(&["verify", "Page", "--connection", "other"]);
    assert_eq!(answer.code, Some(0), "{answer:#?}");
    assert!(answer.out.contains("rehearsal: Simulated (twin bus)"), "every verdict says so: {answer:#?}");
    let cloud = serving.cloud();
    assert_eq!((twins(&cloud).len(), cloud.queues().len()), (0, 0), "bus and queue of the rehearsal are gone");
    let refused = waybill.run(&["verify", "Page", "--connection", "other", "--mode", "partner"]);
    assert_eq!(refused.code, Some(2), "{refused:#?}");
    assert!(refused.err.contains("only the partner's own account"), "{refused:#?}");
}

#[test]
fn a_pattern_that_names_the_source_is_rewritten_and_the_rewrite_is_shown() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let source = serving.cloud().source();
    let pattern =
        waybill.file("pattern.json", &format!(r#"{{"source":["{source}"],"detail-type":[{{"anything-but":["incident-raised"]}}]}}"#));
    waybill.json(&["setup", "apply", "Page", "--pattern", &pattern]);
    let run = waybill.json(&["verify", "Page", "--mode", "rehearsal"]);
    assert_eq!(run["proven"], true, "{run}");
    assert_eq!((run["delivered"].as_u64(), run["held_back"].as_u64()), (Some(8), Some(1)), "the rest of the pattern is as it was");
    let changes = run["evidence"]["circumstances"]["rehearsal"]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    let id = run["run_id"].as_str().unwrap();
    for format in ["human", "html"] {
        let shown = waybill.run(&["runs", "show", id, "--format", format]);
        assert!(shown.out.contains("condition on the source"), "{format}: {shown:#?}");
    }
}

/// Starts a slow rehearsal, and waits until its twin is there.
fn begun(waybill: &Waybill, cloud: &Cloud, arguments: &[&str]) -> Running {
    let running = waybill.start(&[&["verify", "Page", "--mode", "rehearsal"], arguments].concat());
    until("the twin's target", || {
        let rules = twins(cloud).into_iter().flat_map(|bus| cloud.rules(&bus).into_iter().map(move |rule| (bus.clone(), rule)));
        rules.map(|(bus, rule)| cloud.targets(&bus, &rule).len()).find(|targets| *targets > 0)
    });
    running
}

#[test]
fn a_rehearsal_that_was_killed_is_swept_by_the_next_program() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    let cloud = serving.cloud();
    let (queue, before) = (cloud.queue(), cloud.policy(&cloud.queue()));
    let foreign = cloud.wait(cloud.events.create_event_bus().name("waybill-twin-of-somebody-else").send()).unwrap();
    begun(&waybill, &cloud, &["--count", "600", "--rate", "10/s"]).signal("KILL");
    assert_ne!(cloud.policy(&queue), before, "the twin was left behind");
    waybill.json(&["runs", "list"]);
    assert_eq!(twins(&cloud), ["waybill-twin-of-somebody-else"], "by recorded names only: {foreign:?}");
    assert_eq!(cloud.policy(&queue), before);
}

#[test]
fn own_changes_are_waited_for_with_a_countdown_and_an_interrupt_meanwhile_takes_everything_back() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = elsewhere(&serving, "60s");
    let cloud = serving.cloud();
    let running = begun(&waybill, &cloud, &["--connection", "other"]);
    until("the program to handle an interrupt", || running.handles_interrupts().then_some(()));
    running.signal("INT");
    let answer = running.end();
    assert_eq!(answer.code, Some(130), "{answer:#?}");
    assert!(answer.err.contains("waits 60 s until its own last changes are in force"), "{answer:#?}");
    assert_eq!((twins(&cloud).len(), cloud.queues().len()), (0, 0), "nothing is left");
    let runs = waybill.json(&["runs", "list"]);
    assert_eq!(runs["runs"].as_array().map(Vec::len), Some(0), "nothing was published: {runs}");
}

#[test]
fn a_short_countdown_ends_and_the_rehearsal_goes_on() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = elsewhere(&serving, "1s");
    let run: Value = waybill.json(&["verify", "Page", "--connection", "other"]);
    assert_eq!(run["proven"], true, "{run}");
}
