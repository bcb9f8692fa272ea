//! Input that was made to be slow or large: each of these ends soon, and in little memory.
//!
//! Nothing here measures time; where a bound is missing, a test takes minutes or gigabytes instead of a moment.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use waybill_pattern::{EventError, Pattern, RuleSet};

fn rules(patterns: impl IntoIterator<Item = Value>) -> RuleSet<usize> {
    let mut rules = RuleSet::new();
    for (key, pattern) in patterns.into_iter().enumerate() {
        rules.insert(key, Pattern::parse(&pattern.to_string()).unwrap());
    }
    rules
}

#[test]
fn a_thousand_combinations_are_matched_against_many_elements() {
    let either = |field: &str| (0..10).map(|n| json!({field: [format!("{field}{n}")]})).collect::<Vec<_>>();
    let pattern = json!({"items": {"x": {"$or": either("a")}, "y": {"$or": either("b")}, "z": {"$or": either("c")}}});
    let rules = rules([pattern]);
    let item = |n: usize, last: &str| json!({"x": {"a": format!("a{}", n % 10)}, "y": {"b": format!("b{}", n % 7)}, "z": {"c": last}});
    let mut items: Vec<Value> = (0..2_000).map(|n| item(n, "none")).collect();
    assert!(rules.matching_str(&json!({"items": items}).to_string()).unwrap().is_empty());
    items.push(item(3, "c4"));
    assert_eq!(rules.matching_str(&json!({"items": items}).to_string()).unwrap(), [0]);
}

#[test]
fn alternatives_in_nested_arrays_do_not_multiply() {
    let names: Vec<String> = (0..30).map(|n| format!("n{n}")).collect();
    let pattern: Value = json!({"a": names.iter().map(|name| (name.clone(), json!({"b": ["yes"]}))).collect::<serde_json::Map<_, _>>()});
    let item = |skip: usize| {
        let fields = names.iter().enumerate().filter(|(n, _)| n % 5 != skip);
        Value::Object(fields.map(|(_, name)| (name.clone(), json!([{"b": "no"}, {"b": "yes"}]))).collect())
    };
    let event = |skips: std::ops::Range<usize>| json!({"a": skips.cycle().take(60).map(item).collect::<Vec<_>>()}).to_string();
    let rules = rules([pattern]);
    assert!(rules.matching_str(&event(0..5)).unwrap().is_empty(), "no element has every name");
    assert_eq!(rules.matching_str(&event(0..6)).unwrap(), [0], "one has");
}

#[test]
fn wildcards_do_not_multiply_with_long_texts() {
    let long = "a".repeat(60_000);
    let shared = rules((0..200).map(|n| json!({"a": [{"wildcard": format!("*a*{n}")}]})));
    assert!(shared.matching_str(&json!({"a": long}).to_string()).unwrap().is_empty());
    assert_eq!(shared.matching_str(&json!({"a": long + "37"}).to_string()).unwrap(), [7, 37]);
}

#[test]
fn pieces_that_overlap_everywhere_are_handed_over_once() {
    let overlapping = rules((1..9).map(|n| json!({"a": [{"wildcard": format!("*{}*", "a".repeat(n))}], "b": [n]})));
    let event = json!({"a": "a".repeat(20_000), "b": 7}).to_string();
    assert_eq!(overlapping.matching_str(&event).unwrap(), [6]);
}

#[test]
fn endings_in_any_case_look_only_at_the_end() {
    let rules = rules([json!({"a": [{"suffix": {"equals-ignore-case": "É".repeat(900) + "x"}}]})]);
    let event = |end: &str| json!({"a": "é".repeat(100_000) + end}).to_string();
    assert!(rules.matching_str(&event("y")).unwrap().is_empty());
    assert_eq!(rules.matching_str(&event("X")).unwrap(), [0]);
}

#[test]
fn wildcards_that_make_many_situations_are_measured_within_bounds() {
    let letters = |from: usize| (0..400).map(|n| char::from(b'a' + u8::try_from((n * n + from) % 26).unwrap())).collect::<String>();
    let conditions: Vec<Value> = (0..5).map(|n| json!({"wildcard": format!("*{}*", letters(n))})).collect();
    let _either = Pattern::parse(&json!({"a": conditions}).to_string());
    let stars = (0..250_u8).map(|n| format!("*{}", char::from(b'a' + n % 5))).collect::<String>();
    let refused = Pattern::parse(&json!({"a": [{"wildcard": stars}]}).to_string()).unwrap_err();
    assert!(refused.reason().starts_with("Rule is too complex"), "{refused}");
}

#[test]
fn values_in_too_many_nested_elements_are_refused() {
    let pattern = Pattern::parse(r#"{"a": {"b": [1], "c": [1]}}"#).unwrap();
    let nested = |depth: usize, items: usize| {
        let innermost = Value::from(vec![json!({"b": 1, "c": 1}); items]);
        json!({"a": (1..depth).fold(innermost, |inner, _| Value::Array(vec![inner]))})
    };
    let few = nested(900, 100);
    assert_eq!((pattern.matches_str(&few.to_string()), pattern.matches(&few)), (Ok(true), true));
    let many = nested(900, 20_000);
    assert_eq!((pattern.matches_str(&many.to_string()), pattern.matches(&many)), (Err(EventError::TooScattered), false));
}
