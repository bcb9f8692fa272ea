//! Two faults at once: what the one hides is named once it is repaired, and nothing else is named.

use std::collections::BTreeSet;

use super::world::{Wanted, World, causes};

/// Whoever deletes the bus deletes rule and targets with it.
const BUS_GONE: [&str; 2] = ["source-pending", "bus-missing"];
const RULE_GONE: [&str; 2] = ["rule-missing", "rule-on-default-bus"];
const OF_SOURCE: [&str; 4] = ["source-pending", "bus-missing", "source-inactive", "source-expiring"];
const OF_RULE: [&str; 6] = ["rule-missing", "rule-on-default-bus", "rule-disabled", "pattern-mismatch", "pattern-case", "pattern-star"];
const OF_TARGET: [&str; 5] = ["target-missing", "target-wrong", "target-other-region", "transformer", "transformer-template"];
const OF_QUEUE: [&str; 8] = [
    "queue-policy",
    "queue-policy-other-rule",
    "queue-policy-deny",
    "queue-key",
    "message-size",
    "retention",
    "retention-delay",
    "other-consumers",
];

/// Numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Whether both can be in force at once, so that each shows by itself or once the other is repaired.
fn coexist(a: &str, b: &str) -> bool {
    let either = |one: &[&str], other: &[&str]| (one.contains(&a) && other.contains(&b)) || (one.contains(&b) && other.contains(&a));
    let depends_on_bus = [&OF_RULE[..], &OF_TARGET].concat();
    let same = |group: &[&str]| group.contains(&a) && group.contains(&b);
    !(a == b
        || same(&OF_SOURCE)
        || either(&BUS_GONE, &depends_on_bus)
        || either(&RULE_GONE, &depends_on_bus)
        || either(&["target-missing"], &OF_TARGET)
        || either(&["queue-missing"], &OF_QUEUE)
        || (a.starts_with("pattern-") && b.starts_with("pattern-"))
        || (a.starts_with("target-") && b.starts_with("target-"))
        || (a.starts_with("transformer") && b.starts_with("transformer"))
        || (a.starts_with("queue-policy") && b.starts_with("queue-policy"))
        || (a.starts_with("retention") && b.starts_with("retention")))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_faults_both_are_named_and_nothing_else() {
    let (pairs, seed) = (number("WAYBILL_DOCTOR_PAIRS", 12), number("WAYBILL_DOCTOR_SEED", 1));
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    assert!(world.prove(&action).await);
    let known = [&OF_SOURCE[..], &OF_RULE, &OF_TARGET, &OF_QUEUE, &["queue-missing", "dead-letter-queue"]].concat();
    let faults = world.console.faults(Some(&action)).await.unwrap();
    let check = |id: &str| faults.iter().find(|fault| fault.id == id).and_then(|fault| fault.check.clone()).unwrap();
    let (mut dice, mut done, mut wrong) = (Dice(seed), 0, Vec::new());
    while done < pairs {
        let (a, b) = (known[dice.roll(known.len())], known[dice.roll(known.len())]);
        if !coexist(a, b) {
            continue;
        }
        done += 1;
        // Who breaks the rest with it comes last: it could not be broken any more.
        let (first, last) = if BUS_GONE.contains(&a) || RULE_GONE.contains(&a) { (b, a) } else { (a, b) };
        world.console.inject_fault(first, Some(&action)).await.unwrap();
        world.console.inject_fault(last, Some(&action)).await.unwrap();
        let named = causes(&world.diagnose(&action).await);
        let mended = world.console.repair(Some(&action)).await.unwrap();
        let later: BTreeSet<String> = mended.repaired.iter().map(|check| check.id.clone()).chain(causes(&mended)).collect();
        let injected = BTreeSet::from([check(a), check(b)]);
        let all: BTreeSet<String> = named.union(&later).cloned().collect();
        // With the bus its rule is gone.
        let derived = |id: &String| id == "rule-missing" && (BUS_GONE.contains(&a) || BUS_GONE.contains(&b));
        let foreign: Vec<&String> = all.difference(&injected).filter(|id| !derived(id)).collect();
        if !injected.is_subset(&all) || !foreign.is_empty() || !named.is_subset(&injected) {
            wrong.push(format!("{first} + {last}: first {named:?}, then {later:?}"));
        }
        world.console.reset_faults(Some(&action)).await.unwrap();
    }
    world.stop().await;
    println!("{pairs} pairs, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_healthy_chain_raises_an_alarm() {
    use waybill_console::view::PatternForm;
    let chains = number("WAYBILL_DOCTOR_CHAINS", 8);
    let mut dice = Dice(number("WAYBILL_DOCTOR_SEED", 1));
    let mut world = World::start().await;
    let mut wrong = Vec::new();
    for n in 0..chains {
        // An account has at most a hundred event buses.
        if n % 50 == 49 {
            world.stop().await;
            world = World::start().await;
        }
        let all = waybill_domain::EventType::ALL;
        let from = dice.roll(all.len());
        let types: Vec<String> = all[from..].iter().map(ToString::to_string).collect();
        let pattern = match dice.roll(3) {
            0 => PatternForm::EventTypes { event_types: types.clone() },
            1 => PatternForm::Own { text: r#"{"detail":{"status":["PENDING","ACCEPTED","RESOLVED"]}}"#.into() },
            _ => PatternForm::AllEvents,
        };
        let wanted = Wanted {
            types,
            pattern,
            mode: ["automatic", "manual"][dice.roll(2)],
            fifo: dice.roll(3) == 0,
            dead_letter: dice.roll(2) == 0,
            ..Wanted::named(&format!("chain-{n}"))
        };
        let action = world.chain(&wanted).await;
        let before = world.diagnose(&action).await;
        let proven = dice.roll(2) == 0 || world.prove(&action).await;
        let after = world.diagnose(&action).await;
        if !proven || !before.healthy || !after.healthy {
            wrong.push(format!("{wanted:?}: {} {}", before.sentence, after.sentence));
        }
    }
    world.stop().await;
    println!("{chains} healthy chains, {} alarms", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
