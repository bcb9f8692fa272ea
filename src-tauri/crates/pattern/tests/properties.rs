//! What holds for every pattern and every event.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use waybill_pattern::{Pattern, RuleSet};

/// Names and texts are few, so that patterns and events meet.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[ab]", "[ab]\\.[ab]"]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[xyX]{0,2}".prop_map(Value::from),
        (-2..3_i64).prop_map(Value::from),
        (-2..3_i32).prop_map(|n| json!(f64::from(n) / 2.0)),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!("10.0.0.1")),
    ]
}

fn event() -> impl Strategy<Value = Value> {
    event_with(name().boxed())
}

fn event_with(name: BoxedStrategy<String>) -> impl Strategy<Value = Value> {
    let inner_name = name.clone();
    let value = scalar().prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(inner_name.clone(), inner, 0..3).prop_map(|fields| fields.into_iter().collect()),
        ]
    });
    prop::collection::btree_map(name, value, 0..4).prop_map(|fields| fields.into_iter().collect())
}

fn condition() -> impl Strategy<Value = Value> {
    let text = "[xyX]{1,2}";
    prop_oneof![
        4 => scalar(),
        1 => text.prop_map(|t| json!({"prefix": t})),
        1 => text.prop_map(|t| json!({"suffix": {"equals-ignore-case": t}})),
        1 => text.prop_map(|t| json!({"equals-ignore-case": t})),
        1 => text.prop_map(|t| json!({"wildcard": format!("*{t}*")})),
        1 => prop::collection::vec(text, 1..3).prop_map(|t| json!({"anything-but": t})),
        1 => text.prop_map(|t| json!({"anything-but": {"prefix": t}})),
        1 => (-2..2).prop_map(|n| json!({"numeric": [">=", n, "<", n + 2]})),
        1 => any::<bool>().prop_map(|b| json!({"exists": b})),
        1 => Just(json!({"cidr": "10.0.0.0/24"})),
    ]
}

fn pattern() -> impl Strategy<Value = Value> {
    let leaf = prop::collection::vec(condition(), 1..3).prop_map(Value::from).boxed();
    let fields = |inner: BoxedStrategy<Value>| {
        prop::collection::btree_map(name(), inner, 1..3).prop_map(|fields| fields.into_iter().collect::<Value>()).boxed()
    };
    let inner = leaf.clone().prop_recursive(3, 12, 3, move |inner| {
        let object = fields(inner.boxed());
        let either = prop::collection::vec(object.clone(), 2..4).prop_map(|members| json!({"$or": members}));
        prop_oneof![object, either]
    });
    let top = prop::collection::btree_map(name(), inner, 1..3).prop_map(|fields| fields.into_iter().collect::<Value>());
    (top, prop::option::of(prop::collection::vec(fields(leaf), 2..3))).prop_map(|(mut top, members)| {
        if let Some(members) = members {
            top["$or"] = members.into();
        }
        top
    })
}

/// The same value with the fields of every object in reverse, as text.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<_> = fields.iter().rev().map(|(k, v)| format!("{}:{}", json!(k), reversed(v))).collect();
            format!("{{{}}}", fields.join(" , "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(reversed).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}

/// The same event with every object that is the value of a name folded into dotted names.
fn dotted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut folded = Map::new();
            for (name, value) in fields {
                match dotted(value) {
                    Value::Object(inner) => folded.extend(inner.into_iter().map(|(k, v)| (format!("{name}.{k}"), v))),
                    other => drop(folded.insert(name.clone(), other)),
                }
            }
            Value::Object(folded)
        }
        Value::Array(items) => items.iter().map(dotted).collect(),
        scalar => scalar.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_to_match_gives_one_answer(pattern in pattern(), event in event()) {
        let compiled = Pattern::parse(&pattern.to_string()).unwrap();
        let matched = compiled.matches(&event);
        let explanation = compiled.explain(&event);
        prop_assert_eq!(explanation.matched, matched);
        prop_assert_eq!(explanation.fields.iter().all(|field| field.matched), matched);
        prop_assert_eq!(compiled.matches_str(&event.to_string()), Ok(matched));
        prop_assert_eq!(compiled.matches_str(&reversed(&event)), Ok(matched), "key order does not matter");
        let mut rules = RuleSet::new();
        rules.insert(1, compiled);
        rules.insert(2, Pattern::parse(r#"{"a.b.a": [{"exists": true}]}"#).unwrap());
        prop_assert_eq!(rules.matching(&event).contains(&1), matched);
    }

    #[test]
    fn dotted_events_match_like_nested_ones(pattern in pattern(), event in event_with("[ab]".boxed())) {
        let compiled = Pattern::parse(&pattern.to_string()).unwrap();
        prop_assert_eq!(compiled.matches(&dotted(&event)), compiled.matches(&event));
    }

    #[test]
    fn a_value_is_matched_by_itself_and_not_excluded_from_others(value in scalar(), event in event()) {
        let exact = Pattern::parse(&json!({"a": [value]}).to_string()).unwrap();
        prop_assert_eq!(exact.matches(&json!({"a": value})), true);
        let either = Pattern::parse(&json!({"a": [{"exists": true}, {"exists": false}]}).to_string()).unwrap();
        prop_assert!(either.matches(&event));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "[\\[\\]{}\",:a-c0-9.$or*\\\\ \\-]{0,40}") {
        let _ = Pattern::parse(&text);
        let _ = Pattern::parse(r#"{"a": [1]}"#).unwrap().matches_str(&text);
    }

    #[test]
    fn no_bytes_make_anything_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), text in any::<String>()) {
        let rules = |text: &str| {
            let mut rules = RuleSet::new();
            rules.insert(1, Pattern::parse(r#"{"a": {"b": [{"wildcard": "*x*"}, {"exists": false}]}}"#).unwrap());
            rules.matching_str(text).is_ok()
        };
        for text in [String::from_utf8_lossy(&bytes).as_ref(), &text, &format!("{{\"a\":{text}"), &format!("{{\"a\":{{\"b\":\"{text}\"}}}}")] {
            let _ = Pattern::parse(text);
            prop_assert_eq!(rules(text), serde_json::from_str::<Map<String, Value>>(text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn what_is_cut_off_is_refused(pattern in pattern(), event in event(), at in any::<prop::sample::Index>()) {
        let (pattern, event) = (pattern.to_string(), event.to_string());
        let parsed = Pattern::parse(&pattern).unwrap();
        let part = |text: &str| text[..at.index(text.len())].to_owned();
        prop_assert!(Pattern::parse(&part(&pattern)).is_err());
        prop_assert!(parsed.matches_str(&part(&event)).is_err(), "of {}", event);
    }

    #[test]
    fn no_damage_to_a_pattern_makes_the_parser_panic(pattern in pattern(), at in any::<prop::sample::Index>(), c in any::<char>()) {
        let mut chars: Vec<char> = pattern.to_string().chars().collect();
        let at = at.index(chars.len());
        chars[at] = c;
        let damaged: String = chars.into_iter().collect();
        if let Err(error) = Pattern::parse(&damaged) {
            prop_assert!(error.to_string().starts_with("Event pattern is not valid. Reason: "));
        }
    }
}
