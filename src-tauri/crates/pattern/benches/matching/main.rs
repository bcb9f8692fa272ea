//! How fast events are matched, beside other ways to do it.
//!
//! The figures are events per second of processor time on one thread, for events of about 630 bytes in the shape of an
//! iLert event (those full of arrays are larger). A parse that skips to one field near the end, deciding nothing, is what
//! the others are measured against. Run with `cargo bench -p waybill-pattern`.
#![allow(clippy::unwrap_used, missing_docs)]

mod cpu_time;
mod rules;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;
use sonic_rs::JsonValueTrait;
use waybill_pattern::{Pattern, RuleSet};

use cpu_time::CpuTime;
use rules::Scene;

/// The rules of a scene in this crate.
fn ours(scene: &Scene) -> RuleSet<usize> {
    let mut rules = RuleSet::new();
    for (key, rule) in scene.rules.iter().enumerate() {
        rules.insert(key, Pattern::parse(&rule.to_string()).unwrap());
    }
    rules
}

/// The rules of a scene in quamina, those that it knows the operators of.
fn theirs(scene: &Scene) -> (quamina::Quamina<usize>, usize) {
    let mut rules = quamina::Quamina::new();
    let added = scene.rules.iter().enumerate().filter(|(key, rule)| rules.add_pattern(*key, &rule.to_string()).is_ok()).count();
    (rules, added)
}

/// What sonic-rs needs to find one field near the end of the event, skipping all before it.
fn skipping_parse(event: &str) -> bool {
    sonic_rs::get(event, ["detail", "priority"]).unwrap().is_str()
}

fn scene(criterion: &mut Criterion<CpuTime>, scene: &Scene) {
    let mut group = criterion.benchmark_group(scene.name);
    group.throughput(Throughput::Elements(scene.events.len() as u64));
    let rules = ours(scene);
    group.bench_function("waybill", |bencher| {
        bencher.iter(|| scene.events.iter().map(|event| rules.matching_str(black_box(event)).unwrap().len()).sum::<usize>());
    });
    group.bench_function("waybill on a tree", |bencher| {
        bencher.iter(|| {
            let tree = |event: &String| serde_json::from_str::<Value>(black_box(event)).unwrap();
            scene.events.iter().map(|event| rules.matching(&tree(event)).len()).sum::<usize>()
        });
    });
    let patterns: Vec<_> = scene.rules.iter().map(|rule| Pattern::parse(&rule.to_string()).unwrap()).collect();
    group.bench_function("tree walk, rule by rule", |bencher| {
        bencher.iter(|| {
            let matching = |event: &String| {
                let tree: Value = serde_json::from_str(black_box(event)).unwrap();
                patterns.iter().filter(|pattern| pattern.matches(&tree)).count()
            };
            scene.events.iter().map(matching).sum::<usize>()
        });
    });
    let (quamina, added) = theirs(scene);
    group.bench_function(format!("quamina, {added} of {} rules", scene.rules.len()), |bencher| {
        bencher.iter(|| {
            let matching = |event: &String| quamina.matches_for_event(black_box(event.as_bytes())).unwrap().len();
            scene.events.iter().map(matching).sum::<usize>()
        });
    });
    group.bench_function("skipping parse", |bencher| {
        bencher.iter(|| scene.events.iter().filter(|event| skipping_parse(black_box(event))).count());
    });
    group.finish();
}

fn matching(criterion: &mut Criterion<CpuTime>) {
    for one in rules::scenes() {
        scene(criterion, &one);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .with_measurement(CpuTime)
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = matching
}
criterion_main!(benches);
