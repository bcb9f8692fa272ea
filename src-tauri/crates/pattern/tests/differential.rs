//! The crate beside a slow matcher that was written from the same documents by a second reading.
//!
//! `PAIRS` sets how many pairs of pattern and event are tried (default 50,000), `SEED` where chance begins.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use support::dice::Dice;
use support::{event_shapes, oracle, pattern_shapes};
use waybill_pattern::{Pattern, RuleSet};

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
    let (pairs, mut dice) = (number("PAIRS", 50_000), Dice::new(number("SEED", 1)));
    let (mut tried, mut matched, mut faults) = (0, 0, Vec::new());
    while tried < pairs && faults.len() < 20 {
        let event = event_shapes::event(&mut dice);
        let texts: Vec<String> = (0..PATTERNS).map(|_| pattern_shapes::pattern(&mut dice, &event)).collect();
        let wanted: Vec<bool> = texts.iter().map(|text| oracle::matches(text, &event)).collect();
        tried += u64::try_from(texts.len()).unwrap();
        matched += wanted.iter().filter(|wanted| **wanted).count();
        faults.extend(differences(&event, &texts, &wanted));
    }
    assert!(faults.is_empty(), "{} differences in {tried} pairs:\n{}", faults.len(), faults.join("\n\n"));
    let matched = matched * 100 / usize::try_from(tried).unwrap();
    assert!((20..80).contains(&matched), "{matched} % of the pairs match: chance is lopsided");
}
