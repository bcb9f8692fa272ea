//! Outages in the middle of a run: the endpoint is away, the program or the sandbox stands still. The run ends, the gap is shown, and
//! nothing is called missing that arrived.
//!
//! `WAYBILL_TEST_OUTAGE` says for how many seconds (7 without).

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Answer, Cloud, Door, Running, Serving, Waybill, Witness, counts_add_up, is_run, signal, until};

/// Longer than any pause that is no gap.
const OUTAGE_S: u64 = 7;

/// Twelve seconds of publishing.
const LONG: [&str; 9] = ["verify", "--count", "600", "--rate", "50/s", "--timeout", "5s", "--format", "json"];

fn outage() -> Duration {
    let asked = std::env::var("WAYBILL_TEST_OUTAGE").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(asked.unwrap_or(OUTAGE_S))
}

/// Waits until the outage has lasted long enough.
fn outlast(running: &mut Running) {
    let (began, lasts) = (Instant::now(), outage());
    loop {
        let left = lasts.saturating_sub(began.elapsed()).min(Duration::from_secs(30));
        if left.is_zero() {
            break;
        }
        let part = Instant::now();
        until("the outage to have lasted", || (part.elapsed() >= left).then_some(()));
    }
    assert!(running.goes_on(), "it waits for the endpoint as long as there is something to publish");
}

/// A folder with a proven chain, a witness beside it, and a long run.
struct Stage {
    waybill: Waybill,
    serving: Serving,
    cloud: Cloud,
    witness: Witness,
}

impl Stage {
    fn new() -> Self {
        let waybill = Waybill::new();
        let serving = waybill.serve(&[]);
        assert_eq!(waybill.json(&["verify"])["proven"], true);
        let cloud = serving.cloud();
        let witness = Witness::beside(&cloud);
        Self { waybill, serving, cloud, witness }
    }

    fn start(&self) -> Running {
        let running = self.waybill.start(&LONG);
        until("some events to be passed on", || (self.witness.held(&self.cloud) >= 100).then_some(()));
        running
    }

    /// What must be true of a run with an outage in it.
    fn check(&mut self, what: &str, answer: &Answer) -> Value {
        assert_eq!(answer.code, Some(1), "{answer:#?}");
        let run = answer.json();
        is_run(&run);
        counts_add_up(&run);
        let counts = ["delivered", "late", "unknown", "not_sent", "missing"].map(|name| format!("{name} {}", run[name]));
        let gaps = run["evidence"]["gaps"].as_array().unwrap().clone();
        eprintln!("{what} for {:?}: {} of 600, gaps {}, {:?}", outage(), counts.join(", "), gaps.len(), answer.took);
        assert_eq!((run["missing"].as_u64(), run["proven"].as_bool()), (Some(0), Some(false)), "nobody watched all the time");
        assert!(run["poller"]["gaps"].as_u64() > Some(0) && !gaps.is_empty(), "the gap is shown: {}", run["evidence"]);
        let is_told = |event: &Value| event["verdict"] != "unknown" || event["reason"].as_str().is_some_and(|why| !why.is_empty());
        assert!(run["events"].as_array().unwrap().iter().all(is_told), "Unknown says why");
        self.witness.look(&self.cloud);
        self.witness.confirms(&run);
        assert_eq!(self.witness.saw_no_secret_repetition(&run), 0, "nothing is sent a second time");
        assert_eq!(self.waybill.json(&["verify"])["proven"], true, "the next proof is not spoiled");
        run
    }
}

#[test]
fn an_endpoint_that_is_away_for_a_while_leaves_a_gap_and_nothing_is_missing() {
    let mut stage = Stage::new();
    let mut door = Door::before_sandbox_of(&stage.waybill);
    let mut running = stage.start();
    door.close();
    outlast(&mut running);
    door.open();
    let run = stage.check("endpoint away", &running.end());
    assert_eq!(run["not_sent"], 0, "publishing goes on when it is back");
    assert!(run["delivered"].as_u64() > Some(300), "what was not touched by it is delivered: {}", run["delivered"]);
}

#[test]
fn a_program_that_stands_still_for_a_while_leaves_a_gap_and_nothing_is_missing() {
    let mut stage = Stage::new();
    let mut running = stage.start();
    running.signal("STOP");
    outlast(&mut running);
    running.signal("CONT");
    let run = stage.check("program stopped", &running.end());
    assert!(run["not_sent"] == 0 && run["accepted"].as_u64() > Some(500), "it goes on where it stood: {}", run["accepted"]);
}

#[test]
fn a_program_that_stands_still_while_it_waits_reads_once_more_and_calls_nothing_missing() {
    let mut stage = Stage::new();
    let queue = stage.cloud.queues().into_iter().find(|url| !url.ends_with("witness")).unwrap();
    stage.cloud.set_policy(&queue, "");
    let mut running = stage.waybill.start(&["verify", "--timeout", "3s", "--format", "json"]);
    until("everything to be passed on", || (stage.witness.held(&stage.cloud) >= 9).then_some(()));
    running.signal("STOP");
    for body in stage.witness.look(&stage.cloud) {
        stage.cloud.send(&queue, &body);
    }
    outlast(&mut running);
    running.signal("CONT");
    let answer = running.end();
    let run = answer.json();
    counts_add_up(&run);
    assert_eq!(run["missing"].as_u64(), Some(0), "they lay in the queue: {run}");
    assert_eq!(run["late"].as_u64(), Some(9), "the queue is read until it is found empty, and what was there is late: {run}");
    assert!(run["poller"]["gaps"].as_u64() > Some(0));
    stage.witness.confirms(&run);
}

#[test]
fn a_sandbox_that_stands_still_for_a_while_leaves_a_gap_and_nothing_is_missing() {
    let mut stage = Stage::new();
    let mut running = stage.start();
    signal(stage.serving.pid(), "STOP");
    outlast(&mut running);
    signal(stage.serving.pid(), "CONT");
    let run = stage.check("sandbox stopped", &running.end());
    assert!(run["delivered"].as_u64() > Some(300), "what was not touched by it is delivered: {}", run["delivered"]);
}
