//! Two faults at once: what the one hides is named once it is repaired, and nothing else is named.

use std::collections::BTreeSet;

use waybill_console::view::CheckOutcome;

use super::dice::{Dice, number};
use super::world::{Wanted, World, causes, with};

/// Whoever deletes the bus deletes rule and targets with it.
const BUS_GONE: [&str; 3] = ["source-missing", "source-pending", "bus-missing"];
const RULE_GONE: [&str; 2] = ["rule-missing", "rule-on-default-bus"];
const OF_SOURCE: [&str; 7] =
    ["source-missing", "source-pending", "bus-missing", "source-inactive", "source-recreated", "source-deleted", "source-expiring"];
const OF_RULE: [&str; 6] = ["rule-missing", "rule-on-default-bus", "rule-disabled", "pattern-mismatch", "pattern-case", "pattern-star"];
const OF_TARGET: [&str; 6] =
    ["target-missing", "targets-full", "target-wrong", "target-other-region", "transformer", "transformer-template"];
const NO_TARGET: [&str; 2] = ["target-missing", "targets-full"];
const OF_QUEUE: [&str; 10] = [
    "queue-policy",
    "queue-policy-other-rule",
    "queue-policy-deny",
    "queue-key",
    "queue-key-policy",
    "queue-key-disabled",
    "message-size",
    "retention",
    "retention-delay",
    "other-consumers",
];
const OF_DEAD_LETTERS: [&str; 2] = ["dead-letters", "dead-letter-queue"];
/// Whoever saves the alert action has the partner make the source again.
const OF_ACTION: [&str; 2] = ["event-type-not-chosen", "manual-mode"];
const ELSEWHERE: [&str; 5] = ["queue-missing", "event-type-not-chosen", "manual-mode", "throttling", "credentials"];

/// Whether both can be in force at once, so that each shows by itself or once the other is repaired.
fn coexist(a: &str, b: &str) -> bool {
    let either = |one: &[&str], other: &[&str]| (one.contains(&a) && other.contains(&b)) || (one.contains(&b) && other.contains(&a));
    let depends_on_bus = [&OF_RULE[..], &OF_TARGET].concat();
    let same = |group: &[&str]| group.contains(&a) && group.contains(&b);
    !(a == b
        || same(&OF_SOURCE)
        || either(&BUS_GONE, &depends_on_bus)
        || either(&RULE_GONE, &depends_on_bus)
        || either(&NO_TARGET, &OF_TARGET)
        || either(&["queue-missing"], &OF_QUEUE)
        || (a.starts_with("pattern-") && b.starts_with("pattern-"))
        || (a.starts_with("target-") && b.starts_with("target-"))
        || (a.starts_with("transformer") && b.starts_with("transformer"))
        || (a.starts_with("queue-key") && b.starts_with("queue-key"))
        || same(&OF_DEAD_LETTERS)
        || (a.starts_with("queue-policy") && b.starts_with("queue-policy"))
        || (a.starts_with("retention") && b.starts_with("retention")))
}

/// So many pairs at random; with 0, every pair that can coexist, in both orders.
fn chosen(known: &[&'static str], pairs: u64, seed: u64) -> Vec<(&'static str, &'static str)> {
    if pairs == 0 {
        let all = known.iter().flat_map(|a| known.iter().map(move |b| (*a, *b)));
        return all.filter(|(a, b)| coexist(a, b)).collect();
    }
    let mut dice = Dice(seed);
    let drawn = std::iter::repeat_with(|| (known[dice.roll(known.len())], known[dice.roll(known.len())]));
    drawn.filter(|(a, b)| coexist(a, b)).take(usize::try_from(pairs).unwrap_or(usize::MAX)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_faults_both_are_named_and_nothing_else() {
    let (pairs, seed) = (number("WAYBILL_DOCTOR_PAIRS", 12), number("WAYBILL_DOCTOR_SEED", 1));
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    assert!(world.prove(&action).await);
    let known = [&OF_SOURCE[..], &OF_RULE, &OF_TARGET, &OF_QUEUE, &OF_DEAD_LETTERS, &ELSEWHERE].concat();
    let faults = world.console.faults(Some(&action)).await.unwrap();
    let check = |id: &str| faults.iter().find(|fault| fault.id == id).and_then(|fault| fault.check.clone()).unwrap();
    let (mut done, mut wrong) = (0, Vec::new());
    for (a, b) in chosen(&known, pairs, seed) {
        done += 1;
        // Who breaks the rest with it comes last: it could not be broken any more. An alert action is saved before its source is gone.
        let is_last = BUS_GONE.contains(&a) || RULE_GONE.contains(&a) || OF_ACTION.contains(&b);
        let (first, last) = if is_last { (b, a) } else { (a, b) };
        world.console.inject_fault(first, Some(&action)).await.unwrap();
        world.console.inject_fault(last, Some(&action)).await.unwrap();
        let found = world.diagnose(&action).await;
        let named = causes(&found);
        let mended = world.console.repair(Some(&action)).await.unwrap();
        let later: BTreeSet<String> = mended.repaired.iter().map(|check| check.id.clone()).chain(causes(&mended)).collect();
        let injected = BTreeSet::from([check(a), check(b)]);
        let all: BTreeSet<String> = named.union(&later).cloned().collect();
        // With the bus its rule is gone.
        let derived = |id: &String| id == "rule-missing" && (BUS_GONE.contains(&a) || BUS_GONE.contains(&b));
        let foreign: Vec<&String> = all.difference(&injected).filter(|id| !derived(id)).collect();
        // What has no repair goes on hiding the other one, which must then be unknown, never healthy.
        let hidden = with(&mended, CheckOutcome::Unknown);
        let missed: Vec<&String> = injected.difference(&all).filter(|id| !hidden.contains(*id)).collect();
        let silent: Vec<&String> = injected.difference(&named).filter(|id| !with(&found, CheckOutcome::Unknown).contains(*id)).collect();
        let is_right = missed.is_empty() && foreign.is_empty() && silent.is_empty() && named.is_subset(&injected);
        println!("{} {first} + {last}: {named:?}, then {later:?}", if is_right { "right" } else { "WRONG" });
        if !is_right {
            wrong.push(format!(
                "{first} + {last}: first {named:?}, then {later:?}; missed {missed:?}, not there {foreign:?}, silent {silent:?}"
            ));
        }
        world.console.reset_faults(Some(&action)).await.unwrap();
    }
    world.stop().await;
    println!("seed {seed}: {done} pairs, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
