//! What the explanation says, and what the set of rules answers.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use waybill_pattern::{EventError, Pattern, RuleSet};

/// One line for each field: verdict, path, what was wanted, what was found.
fn explain(pattern: &Value, event: &Value) -> String {
    let explanation = Pattern::parse(&pattern.to_string()).unwrap().explain(event);
    let verdict = |matched| if matched { "yes" } else { "no" };
    let mut lines = vec![verdict(explanation.matched).to_owned()];
    for field in &explanation.fields {
        let (wanted, found) = (field.wanted.join(", or "), field.found.join(", "));
        let found = if found.is_empty() { "nothing" } else { &found };
        lines.push(format!("{} {}: wants {wanted}; has {found}", verdict(field.matched), field.path));
    }
    lines.join("\n")
}

#[test]
fn every_field_says_what_it_wants_and_what_it_found() {
    let pattern = json!({
        "detail-type": ["incident-created", {"prefix": "alert-"}],
        "detail": {"priority": ["HIGH"], "assignedTo": [{"exists": false}], "alertSource": {"id": [{"numeric": [">", 0, "<=", 9]}]}}
    });
    let event = json!({
        "detail-type": "incident-resolved",
        "detail": {"priority": "HIGH", "alertSource": {"id": 12}, "assignedTo": {"id": 1}}
    });
    insta::assert_snapshot!(explain(&pattern, &event), @r#"
    no
    no detail-type: wants "incident-created", or starts with "alert-"; has "incident-resolved"
    no detail.alertSource.id: wants a number > 0 and <= 9; has 12
    yes detail.assignedTo: wants absent; has nothing
    yes detail.priority: wants "HIGH"; has "HIGH"
    "#);
}

#[test]
fn every_condition_has_words() {
    let pattern = json!({"a": [
        "x", 1, 2.50, true, null, "10.0.0.1", {"prefix": "p"}, {"prefix": {"equals-ignore-case": "p"}}, {"suffix": "s"},
        {"suffix": {"equals-ignore-case": "s"}}, {"equals-ignore-case": "e"}, {"wildcard": "w*"}, {"cidr": "10.0.0.0/8"},
        {"numeric": [">=", 1]}, {"numeric": ["=", 7]}, {"exists": true}, {"exists": false}, {"exactly": "y"},
        {"anything-but": ["a", "b"]}, {"anything-but": 1}, {"anything-but": {"prefix": "p"}}, {"anything-but": {"suffix": "s"}},
        {"anything-but": {"equals-ignore-case": "e"}}, {"anything-but": {"wildcard": ["w*", "*w"]}}
    ]});
    let explanation = Pattern::parse(&pattern.to_string()).unwrap().explain(&json!({}));
    insta::assert_snapshot!(explanation.fields[0].wanted.join("\n"), @r#"
    "x"
    1
    2.5
    true
    null
    "10.0.0.1"
    starts with "p"
    starts with "p" in any case
    ends with "s"
    ends with "s" in any case
    "e" in any case
    like "w*"
    an IP address in 10.0.0.0/8
    a number >= 1
    7
    present
    absent
    "y"
    anything but "a" or "b"
    anything but 1
    anything but what starts with "p"
    anything but what ends with "s"
    anything but "e" in any case
    anything but what is like "w*" or "*w"
    "#);
}

#[test]
fn the_closest_alternative_is_explained() {
    let pattern = json!({"s": ["1"], "$or": [{"a": ["x"]}, {"b": ["y"], "c": ["z"]}, {"d": ["w"]}]});
    insta::assert_snapshot!(explain(&pattern, &json!({"s": "1", "c": "z"})), @r#"
    no
    no b: wants "y"; has nothing
    yes c: wants "z"; has "z"
    yes s: wants "1"; has "1"
    "#);
    insta::assert_snapshot!(explain(&pattern, &json!({"s": "1", "d": "w"})), @r#"
    yes
    yes d: wants "w"; has "w"
    yes s: wants "1"; has "1"
    "#);
    insta::assert_snapshot!(explain(&pattern, &json!({})), @r#"
    no
    no a: wants "x"; has nothing
    no s: wants "1"; has nothing
    "#);
}

#[test]
fn fields_from_different_elements_are_named() {
    let pattern = json!({"e": {"first": ["A"], "last": ["X"]}, "s": ["1"]});
    let event = json!({"s": "1", "e": [{"first": "A", "last": "Y"}, {"first": "B", "last": "X"}]});
    insta::assert_snapshot!(explain(&pattern, &event), @r#"
    no
    yes e.first: wants "A"; has "A", "B"
    no e.last: wants "X", in the same array element as the other fields of that array; has "Y", "X"
    yes s: wants "1"; has "1"
    "#);
}

#[test]
fn an_explanation_is_serializable() {
    let explanation = Pattern::parse(r#"{"a": ["x"]}"#).unwrap().explain(&json!({"a": ["x", 1]}));
    let wanted = json!({"matched": true, "fields": [{"path": "a", "matched": true, "wanted": ["\"x\""], "found": ["\"x\"", "1"]}]});
    assert_eq!(serde_json::to_value(explanation).unwrap(), wanted);
}

#[test]
fn a_set_of_rules_answers_with_the_keys_that_match() {
    let pattern = |text: &str| Pattern::parse(text).unwrap();
    let mut rules = RuleSet::new();
    assert!(rules.is_empty());
    rules.insert("all", pattern(r#"{"account": ["1"]}"#));
    rules.insert("high", pattern(r#"{"detail": {"priority": ["HIGH"]}}"#));
    rules.insert("nobody", pattern(r#"{"detail.assignedTo.id": [{"exists": false}]}"#));
    let low = json!({"account": "1", "detail": {"priority": "LOW", "assignedTo": {"id": 7}}});
    let high = json!({"account": "1", "detail": {"priority": "HIGH", "assignedTo": null}});
    assert_eq!(rules.matching(&low), ["all"]);
    assert_eq!(rules.matching(&high), ["all", "high", "nobody"]);
    assert_eq!(rules.matching(&json!("1")), [""; 0]);

    let before = rules.insert("all", pattern(r#"{"account": ["2"]}"#)).unwrap();
    assert_eq!(before.source(), r#"{"account": ["1"]}"#);
    assert_eq!(rules.matching(&high), ["high", "nobody"], "the pattern under a key is replaced");
    assert!(rules.remove(&"high").is_some());
    assert!(rules.remove(&"high").is_none());
    assert_eq!((rules.matching(&high), rules.len()), (vec!["nobody"], 2));
}

#[test]
fn texts_that_are_no_events_are_errors() {
    let pattern = Pattern::parse(r#"{"a": [1]}"#).unwrap();
    assert_eq!(pattern.matches_str("[1]"), Err(EventError::NotAnObject));
    assert_eq!(pattern.matches_str(r#"{"a": 1}"#), Ok(true));
    for text in ["", "{", r#"{"a": 1} x"#, r#"{"b": [1, 2}"#, "{'a': 1}"] {
        assert!(matches!(pattern.matches_str(text), Err(EventError::Malformed { line: 1, .. })), "{text}");
    }
    let message = pattern.matches_str("{\n\"a\": x}").unwrap_err().to_string();
    assert!(message.starts_with("the event is not valid JSON (line 2, column 7): Unrecognized token 'x'"), "{message}");
}

#[test]
fn events_as_text_and_as_trees_are_answered_alike() {
    let mut rules = RuleSet::new();
    for (key, text) in [
        (1, r#"{"a": {"b": ["x"]}}"#),
        (2, r#"{"a": {"b": [{"exists": false}]}, "c": [1]}"#),
        (3, r#"{"a": {"b": [{"anything-but": "x"}]}}"#),
        (4, r#"{"c": [1, {"numeric": [">", 5]}]}"#),
        (5, r#"{"$or": [{"a.b": ["y"]}, {"c": [null]}]}"#),
    ] {
        rules.insert(key, Pattern::parse(text).unwrap());
    }
    for (event, wanted) in [
        (r#"{"a": {"b": "x"}}"#, vec![1]),
        (r#"{"a": {"b": "y"}, "a": {"b": "x"}}"#, vec![1]),
        (r#"{"a": {"b": "y", "b": "x"}}"#, vec![1]),
        (r#"{"a.b": "y", "a.b": "x"}"#, vec![1]),
        (r#"{"\u0061": {"\u0062": "\u0078"}, "c": 6.0}"#, vec![1, 4]),
        (r#"{"a": {"b": "y"}, "a.b": "x"}"#, vec![1, 3, 5]),
        (r#" { "skipped" : [ {"a": [[], {}, "\"}]"]} , -1.5E+7 ] , "c" : 1 } "#, vec![2, 4]),
        (r#"{"c": null, "a": [[], {"b": ["y", {"b": "x"}]}]}"#, vec![3, 5]),
        ("{}", vec![]),
    ] {
        assert_eq!(rules.matching_str(event), Ok(wanted.clone()), "{event}");
        assert_eq!(rules.matching(&serde_json::from_str(event).unwrap()), wanted, "{event}");
    }
    assert_eq!(rules.matching_str(r#"{"c": 1e999}"#), Ok(vec![]), "a number beyond every double is JSON all the same");
    assert_eq!(rules.matching_str("[1]"), Err(EventError::NotAnObject));
    for text in [r#"{"c": 1, }"#, r#"{"skipped": {"c": 01}}"#, r#"{"c": "\x"}"#, r#"{"c": 1}}"#, r#"{"skipped": "no end}"#] {
        assert!(matches!(rules.matching_str(text), Err(EventError::Malformed { line: 1, .. })), "{text}");
    }
}
