//! The crate beside a slow matcher that was written from the same documents by a second reading.
//!
//! `PAIRS` sets how many pairs of pattern and event are tried (default 20,000), `SEED` where chance begins. A long run:
//! `PAIRS=10000000 cargo test --release -p waybill-pattern --test differential -- --nocapture`
//! ends with how often each operator and awkward shape was tried and matched.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod support;

use support::dice::Dice;
use support::histogram::Histogram;
use support::{event_shapes, histogram, oracle, pattern_shapes};
use waybill_pattern::{Pattern, RuleSet};

const EVERY_PAIR: &str = "every pair";

/// Patterns for each event; they form one rule set.
const PATTERNS: usize = 8;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap())
}

/// What differs between the two readings for one event and its patterns.
fn differences(event: &str, texts: &[String], wanted: &[bool]) -> Vec<String> {
    let value = serde_json::from_str(event).unwrap();
    let (mut rules, mut matching, mut faults) = (RuleSet::new(), Vec::new(), Vec::new());
    for (key, (text, wanted)) in texts.iter().zip(wanted).enumerate() {
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            // Where AWS draws this line is not documented, so the second reading has no opinion.
            Err(error) if error.reason().starts_with("Rule is too complex") => continue,
            Err(error) => {
                faults.push(format!("{text}\n  refused: {error}"));
                continue;
            }
        };
        let told = [pattern.matches_str(event).unwrap(), pattern.matches(&value), pattern.explain(&value).matched];
        if told != [*wanted; 3] {
            faults.push(format!("{text}\n  {event}\n  wanted {wanted}, told {told:?}"));
        }
        rules.insert(key, pattern);
        matching.extend(wanted.then_some(key));
    }
    let told = [rules.matching(&value), rules.matching_str(event).unwrap()];
    if faults.is_empty() && told.iter().any(|told| *told != matching) {
        faults.push(format!("{event}\n  the set of {texts:#?}\n  wanted {matching:?}, told {told:?}"));
    }
    faults
}

#[test]
fn two_readings_of_the_documents_agree() {
    let (pairs, mut dice) = (number("PAIRS", 20_000), Dice::new(number("SEED", 1)));
    let (mut tried, mut histogram, mut faults) = (0, Histogram::default(), Vec::new());
    while tried < pairs && faults.len() < 20 {
        let event = event_shapes::event(&mut dice);
        let texts: Vec<String> = (0..PATTERNS).map(|_| pattern_shapes::pattern(&mut dice, &event)).collect();
        let wanted: Vec<bool> = texts.iter().map(|text| oracle::matches(text, &event)).collect();
        tried += u64::try_from(texts.len()).unwrap();
        faults.extend(differences(&event, &texts, &wanted));
        let shape = histogram::of_event(&event);
        for (text, wanted) in texts.iter().zip(&wanted) {
            let traits = histogram::of_pattern(text, &shape);
            histogram.note(traits.iter().chain(&shape.traits).chain(&[EVERY_PAIR.to_owned()]), *wanted);
        }
    }
    assert!(faults.is_empty(), "{} differences in {tried} pairs:\n{}", faults.len(), faults.join("\n\n"));
    println!("{tried} pairs, no difference\n{histogram}");
    assert!(histogram.lopsided().is_empty(), "chance is lopsided about {:?}:\n{histogram}", histogram.lopsided());
}
