//! SIGKILL in the middle of a long run: everything that was published is listed, with a verdict that is true, nothing is put on the bus
//! twice in secret, and somebody else's messages stay where they are.

use std::time::Duration;

use serde_json::Value;

use crate::support::{Cloud, Foreign, Waybill, Witness, counts_add_up, is_run, until};

/// How many events have been passed on when the program is killed; 0: as soon as the run is listed. Further rounds draw theirs.
const MOMENTS: [u32; 3] = [900, 0, 2400];

/// Rounds in continuous integration; `WAYBILL_KILL_ROUNDS` asks for more.
const ROUNDS: usize = 3;

/// Somebody else's messages in the queue; `WAYBILL_KILL_FOREIGN` asks for more.
const FOREIGN: usize = 100;

fn asked(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The moments of the first rounds as above, then some that look random and are the same every time.
fn moment(round: usize) -> u32 {
    let drawn = (round as u64 + 1).wrapping_mul(6_364_136_223_846_793_005) >> 33;
    MOMENTS.get(round).copied().unwrap_or((drawn % 2990) as u32)
}

#[test]
fn after_a_kill_every_published_event_is_listed_with_a_true_verdict() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    let cloud = serving.cloud();
    assert_eq!(waybill.json(&["verify"])["proven"], true);
    let queue = cloud.queue();
    let mut witness = Witness::beside(&cloud);
    let foreign = Foreign::in_queue(&cloud, &queue, asked("WAYBILL_KILL_FOREIGN", FOREIGN));
    let mut repeated = 0;
    for round in 0..asked("WAYBILL_KILL_ROUNDS", ROUNDS) {
        let id = killed_run(&waybill, &cloud, &witness, moment(round));
        let run = waybill.json(&["runs", "show", &id]);
        witness.look(&cloud);
        tell("killed", round, &run);
        is_true(&run, &witness);
        assert_eq!((run["state"].as_str(), run["proven"].as_bool()), (Some("interrupted"), Some(false)));
        let settled = until("the run to be taken up", || {
            let next = waybill.json(&["verify", "--timeout", "10s"]);
            assert_eq!(next["proven"], true, "what a dead program left does not spoil the next proof");
            Some(waybill.json(&["runs", "show", &id])).filter(|run| run["state"] == "closed")
        });
        witness.look(&cloud);
        tell("taken up", round, &settled);
        is_true(&settled, &witness);
        repeated += witness.saw_no_secret_repetition(&settled);
        assert_eq!((settled["waiting"].as_u64(), settled["proven"].as_bool()), (Some(0), Some(false)), "its poller had a gap");
        assert!(settled["delivered"].as_u64() >= run["delivered"].as_u64(), "what was read stays read");
        assert!(cloud.held(&queue) >= foreign.count(), "somebody else's messages stay in the queue");
    }
    let count = foreign.count();
    let rest = foreign.are_all_there(&cloud);
    eprintln!(
        "{repeated} events were sent twice and shown so; all {count} foreign messages are there, {} own ones beside them",
        rest.len()
    );
}

/// Starts a long run, kills its program once `passed_on` events went over the bus, and answers the run's id.
fn killed_run(waybill: &Waybill, cloud: &Cloud, witness: &Witness, passed_on: u32) -> String {
    let newest = || waybill.json(&["runs", "list"])["runs"][0]["run_id"].as_str().unwrap().to_owned();
    let before = newest();
    let mut running = waybill.start(&["verify", "--count", "3000", "--timeout", "3s"]);
    if passed_on == 0 {
        until("the run to be listed", || (newest() != before).then_some(()));
    } else {
        until("the moment", || (witness.held(cloud) >= passed_on).then_some(()));
    }
    assert!(running.goes_on(), "killed in the middle");
    running.signal("KILL");
    assert_eq!(running.end().code, None);
    let id = newest();
    assert_ne!(id, before, "a run is listed from before its first request");
    id
}

#[track_caller]
fn is_true(run: &Value, witness: &Witness) {
    is_run(run);
    assert_eq!(run["total"], 3000);
    counts_add_up(run);
    assert_eq!(run["missing"], 0, "nobody watched all the time");
    witness.confirms(run);
}

fn tell(when: &str, round: usize, run: &Value) {
    let counts = ["delivered", "late", "unknown", "not_sent", "waiting"].map(|name| format!("{name} {}", run[name]));
    eprintln!("round {round}, {when}: published {}, {}", run["published"], counts.join(", "));
}

#[test]
fn a_program_killed_while_it_sets_the_first_chain_up_leaves_one_that_the_next_finishes() {
    for moment in 0..8u32 {
        let waybill = Waybill::new();
        let mut running = waybill.start(&["verify"]);
        let began = std::time::Instant::now();
        until("the moment", || (began.elapsed() >= Duration::from_millis(25) * (moment + 1) || !running.goes_on()).then_some(()));
        if running.goes_on() {
            running.signal("KILL");
        }
        drop(running.end());
        let run = waybill.json(&["verify"]);
        assert_eq!((run["proven"].as_bool(), run["delivered"].as_u64()), (Some(true), Some(9)), "killed at moment {moment}");
        let serving = waybill.serve(&[]);
        let cloud = serving.cloud();
        let bus = cloud.source();
        let parts =
            (cloud.partner_buses().len(), cloud.rules(&bus).len(), cloud.targets(&bus, &cloud.rule(&bus)).len(), cloud.queues().len());
        assert_eq!(parts, (1, 1, 1, 1), "killed at moment {moment}");
        assert_eq!(waybill.json(&["setup", "undo"])["failed"], serde_json::json!([]));
        assert_eq!((cloud.partner_buses().len(), cloud.queues().len()), (0, 0), "what was made before the kill is Waybill's own too");
    }
}
