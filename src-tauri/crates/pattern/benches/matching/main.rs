//! How fast events are matched, beside other ways to do it.
//!
//! The figures are events per second of processor time on one thread, for events of about 630 bytes in the shape of an
//! iLert event (those full of arrays are larger). A parse that skips to one field near the end, deciding nothing and not
//! looking at the rest, is what the others are measured against. `cargo bench -p waybill-pattern` runs them all and ends
//! with a table; `-- 'waybill$|skipping'` behind it runs only what the ratio needs.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod cpu_time;
mod rules;
mod table;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, SystemTime};

use criterion::{Criterion, Throughput};
use serde_json::Value;
use sonic_rs::JsonValueTrait;
use waybill_pattern::{Pattern, RuleSet};

use cpu_time::CpuTime;
use rules::Scene;

/// The rules of a scene in this crate.
fn ours(scene: &Scene) -> RuleSet<usize> {
    let rules = scene.rule_set();
    for event in &scene.events {
        assert!(rules.matching_str(&event[..event.len() - 1]).is_err(), "what is measured refuses malformed events");
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
    group.bench_function(table::YARDSTICK, |bencher| {
        bencher.iter(|| scene.events.iter().filter(|event| skipping_parse(black_box(event))).count());
    });
    let tree = |event: &String| serde_json::from_str::<Value>(black_box(event)).unwrap();
    group.bench_function("waybill on a tree", |bencher| {
        bencher.iter(|| scene.events.iter().map(|event| rules.matching(&tree(event)).len()).sum::<usize>());
    });
    let patterns: Vec<_> = scene.rules.iter().map(|rule| Pattern::parse(&rule.to_string()).unwrap()).collect();
    group.bench_function("tree walk", |bencher| {
        let matching = |tree: Value| patterns.iter().filter(|pattern| pattern.matches(&tree)).count();
        bencher.iter(|| scene.events.iter().map(|event| matching(tree(event))).sum::<usize>());
    });
    let (quamina, added) = theirs(scene);
    if added < scene.rules.len() {
        println!("quamina takes {added} of {} rules", scene.rules.len());
    }
    group.bench_function("quamina", |bencher| {
        let matching = |event: &String| quamina.matches_for_event(black_box(event.as_bytes())).unwrap().len();
        bencher.iter(|| scene.events.iter().map(matching).sum::<usize>());
    });
    group.finish();
}

fn main() {
    let results = Path::new(env!("CARGO_TARGET_TMPDIR")).join("matching");
    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .output_directory(&results)
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let (scenes, began) = (rules::scenes(), SystemTime::now());
    scenes.iter().for_each(|one| scene(&mut criterion, one));
    criterion.final_summary();
    table::print(&results, &scenes, began);
}
