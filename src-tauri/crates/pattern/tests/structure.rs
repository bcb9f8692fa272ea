//! How fields, arrays, `$or`, dotted names and depth combine.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use waybill_pattern::Pattern;

fn check(cases: impl IntoIterator<Item = (Value, Value, bool)>) {
    for (pattern, event, wanted) in cases {
        check_text(&pattern.to_string(), &event, wanted);
    }
}

fn check_text(pattern: &str, event: &Value, wanted: bool) {
    let parsed = Pattern::parse(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    assert_eq!(parsed.matches(event), wanted, "{pattern} on {event}");
    let explanation = parsed.explain(event);
    assert_eq!(explanation.matched, wanted, "{pattern} on {event}, explained");
    assert_eq!(explanation.fields.iter().all(|field| field.matched), wanted, "the fields tell the same: {explanation:?}");
}

#[test]
fn fields_are_all_needed() {
    check([
        (json!({"a": ["x"], "b": ["y"]}), json!({"a": "x", "b": "y", "c": 1}), true),
        (json!({"a": ["x"], "b": ["y"]}), json!({"a": "x", "b": "q"}), false),
        (json!({"a": ["x"], "b": ["y"]}), json!({"a": "x"}), false),
        (json!({"a": {"b": ["x"]}}), json!({"a": {"b": "x"}}), true),
        (json!({"a": {"b": ["x"]}}), json!({"A": {"b": "x"}}), false),
        (json!({"a": {"b": ["x"]}}), json!({"a": "{\"b\": \"x\"}"}), false),
        (json!({"a": ["x"]}), json!([{"a": "x"}]), false),
        (json!({"a": ["x"]}), json!("x"), false),
        (json!({"a": [{"exists": false}]}), json!("x"), false),
        (json!({"": {"a": ["x"]}}), json!({"": {"a": "x"}}), true),
        (json!({"": {"a": ["x"]}}), json!({"a": "x"}), false),
    ]);
}

#[test]
fn event_arrays_match_by_any_member() {
    check([
        (json!({"resources": ["arn:b"]}), json!({"resources": ["arn:a", "arn:b"]}), true),
        (json!({"resources": ["arn:c"]}), json!({"resources": ["arn:a", "arn:b"]}), false),
        (json!({"resources": ["arn:c", "arn:a"]}), json!({"resources": ["arn:a", "arn:b"]}), true),
        (json!({"a": ["x"]}), json!({"a": [["q"], ["x"]]}), true),
        (json!({"a": {"b": ["x"]}}), json!({"a": [{"b": "q"}, {"b": "x"}]}), true),
        (json!({"a": {"b": ["x"]}}), json!({"a": ["x", {"b": ["q", "x"]}]}), true),
    ]);
}

#[test]
fn fields_in_an_array_must_come_from_one_element() {
    let pattern = json!({"e": {"first": ["A"], "last": ["X"]}});
    check([
        (pattern.clone(), json!({"e": [{"first": "A", "last": "X"}, {"first": "B", "last": "Y"}]}), true),
        (pattern.clone(), json!({"e": [{"first": "A", "last": "Y"}, {"first": "B", "last": "X"}]}), false),
        (pattern.clone(), json!({"e": [{"first": "A"}, {"last": "X"}]}), false),
        (pattern.clone(), json!({"e": {"first": ["B", "A"], "last": ["X"]}}), true),
        (pattern.clone(), json!({"e": [[{"first": "A"}], [{"last": "X"}]]}), false),
        (pattern.clone(), json!({"e": [[{"first": "B"}], [{"first": "A", "last": "X"}]]}), true),
        (pattern, json!({"e": [[{"first": "A"}, {"last": "X"}]]}), false),
    ]);
}

#[test]
fn nested_arrays_keep_their_elements_apart() {
    let pattern = json!({"teams": {"name": ["red"], "people": {"name": ["Ann"], "role": ["lead"]}}});
    let red = |people: Value| json!({"teams": [{"name": "blue", "people": []}, {"name": "red", "people": people}]});
    check([
        (pattern.clone(), red(json!([{"name": "Ann", "role": "lead"}])), true),
        (pattern.clone(), red(json!([{"name": "Ann", "role": "dev"}, {"name": "Bob", "role": "lead"}])), false),
        (
            pattern.clone(),
            json!({"teams": [{"name": "red", "people": []}, {"name": "blue", "people": [{"name": "Ann", "role": "lead"}]}]}),
            false,
        ),
        (
            pattern,
            json!({"teams": [{"name": "red", "people": [{"name": "Bob", "role": "lead"}]},
                             {"name": "red", "people": [{"name": "Bob"}, {"name": "Ann", "role": "lead"}]}]}),
            true,
        ),
        (json!({"a": {"x": [1]}, "b": {"x": [1]}}), json!({"a": [{"x": 0}, {"x": 1}], "b": [{"x": 1}, {"x": 0}]}), true),
    ]);
}

#[test]
fn absence_is_about_the_elements_that_earlier_paths_settled_on() {
    let later = json!({"a": {"x": [1], "y": [{"exists": false}]}});
    let earlier = json!({"a": {"x": [{"exists": false}], "y": [1]}});
    check([
        (later.clone(), json!({"a": [{"x": 1}, {"x": 2, "y": 3}]}), true),
        (later.clone(), json!({"a": [{"x": 2}, {"x": 1, "y": 3}]}), false),
        (later, json!({"a": [{"x": 1, "y": 3}, {"x": 1}]}), true),
        (earlier.clone(), json!({"a": [{"y": 1}, {"x": 2}]}), false),
        (earlier, json!({"a": [{"y": 1}, {"z": 2}]}), true),
    ]);
}

/// Puts a value below names, each level an object.
fn put(event: &mut Value, names: &[String], value: Value) {
    match names {
        [] => *event = value,
        [first, rest @ ..] => put(event.as_object_mut().unwrap().entry(first).or_insert_with(|| json!({})), rest, value),
    }
}

/// One array of two elements for each of the 64 ways to spell `a.b.c.d.e.f.g` dotted and nested, and fields that each lie
/// in three of these elements: choosing elements so that every field has a value is the satisfiability problem.
#[test]
fn an_event_that_spells_an_array_in_many_ways_is_answered_in_time() {
    let field = |n: usize| format!("f{n}");
    let mut elements = vec![[serde_json::Map::new(), serde_json::Map::new()]; 64];
    let mut state = 1_usize;
    for n in 0..450 {
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            elements[(state >> 33) % 64][(state >> 60) % 2].insert(field(n), json!(1));
        }
    }
    let mut event = json!({});
    for (spelling, elements) in elements.into_iter().enumerate() {
        let mut names = vec!["a".to_owned()];
        for (at, name) in ["b", "c", "d", "e", "f", "g"].into_iter().enumerate() {
            match spelling >> at & 1 {
                0 => names.push(name.to_owned()),
                _ => names.last_mut().unwrap().push_str(&format!(".{name}")),
            }
        }
        put(&mut event, &names, json!(elements));
    }
    let wanted = Value::from_iter((0..450).map(|n| (field(n), json!([1]))));
    check([(json!({"a.b.c.d.e.f.g": wanted}), event, false)]);
}

#[test]
fn arrays_that_have_nothing_in_common_do_not_multiply() {
    let arrays = |last: i32| {
        Value::from_iter((0..40).map(|n| (format!("a{n:02}"), json!(vec![json!({"x": 1, "y": if n == 39 { last } else { 1 }}); 40]))))
    };
    let pattern = Value::from_iter((0..40).map(|n| (format!("a{n:02}"), json!({"x": [1], "y": [1]}))));
    check([(pattern.clone(), arrays(1), true), (pattern, arrays(2), false)]);
}

#[test]
fn dotted_names_are_nested_names() {
    let nested = json!({"detail": {"state": {"status": ["running"]}}});
    let dotted = json!({"detail": {"state.status": ["running"]}});
    let top = json!({"detail.state.status": ["running"]});
    for pattern in [nested, dotted, top] {
        check([
            (pattern.clone(), json!({"detail": {"state": {"status": "running"}}}), true),
            (pattern.clone(), json!({"detail": {"state.status": "running"}}), true),
            (pattern.clone(), json!({"detail.state": {"status": "running"}}), true),
            (pattern.clone(), json!({"detail": {"state.status": {"status": "running"}}}), false),
            (pattern.clone(), json!({"detail": {"state": "running", "status": "running"}}), false),
        ]);
    }
    check([(json!({"detail": {"state.status": {"status": ["running"]}}}), json!({"detail": {"state": {"status": "running"}}}), false)]);
}

#[test]
fn arrays_reached_by_dotted_and_nested_names_stay_consistent() {
    let pattern = json!({"a": {"b": {"x": [1], "y": [2]}}});
    check([
        (pattern.clone(), json!({"a": {"b": [{"x": 1}]}, "a.b": [{"y": 2}]}), true),
        (pattern.clone(), json!({"a": {"b": [{"x": 1}, {"y": 2}]}, "a.b": [{"x": 1}, {"y": 3}]}), true),
        (pattern, json!({"a": {"b": [{"x": 1}, {"y": 2}]}, "a.b": [{"x": 3}, {"y": 3}]}), false),
    ]);
}

#[test]
fn or_offers_alternatives_beside_the_other_fields() {
    let either = json!({"detail": {"$or": [{"a": ["x"]}, {"b": [{"numeric": [">", 5]}]}]}});
    let and_or = json!({"detail": {"c": ["z"], "$or": [{"a": ["x"]}, {"b": ["y"]}]}});
    let nested = json!({"s": ["1"], "$or": [{"a": ["x"]}, {"t": ["2"], "$or": [{"b": ["y"]}, {"c": ["z"]}]}]});
    let two = json!({"$or": [{"a": ["x"]}, {"b": ["y"]}], "d": {"$or": [{"e": ["p"]}, {"f": ["q"]}]}});
    check([
        (either.clone(), json!({"detail": {"b": 6}}), true),
        (either.clone(), json!({"detail": {"a": "x", "b": 1}}), true),
        (either, json!({"detail": {"b": 5}}), false),
        (json!({"$or": [{"source": ["no"]}, {"detail-type": ["yes"]}]}), json!({"detail-type": "yes"}), true),
        (and_or.clone(), json!({"detail": {"a": "x"}}), false),
        (and_or, json!({"detail": {"a": "q", "b": "y", "c": "z"}}), true),
        (nested.clone(), json!({"s": "1", "a": "x"}), true),
        (nested.clone(), json!({"s": "1", "t": "2", "c": "z"}), true),
        (nested.clone(), json!({"s": "1", "c": "z"}), false),
        (nested, json!({"a": "x"}), false),
        (two.clone(), json!({"b": "y", "d": {"f": "q"}}), true),
        (two, json!({"b": "y", "d": {"g": "q"}}), false),
        (json!({"$or": [{"a": {"b": ["x"]}}, {"a": {"c": ["y"]}}]}), json!({"a": {"c": "y"}}), true),
        (json!({"$or": [{"a": ["x"], "b": ["y"]}, {"c": ["z"]}]}), json!({"a": "x"}), false),
    ]);
}

#[test]
fn or_is_an_ordinary_name_with_reserved_members() {
    check([
        (json!({"$or": [{"cidr": "10.0.0.0/24"}]}), json!({"$or": "10.0.0.9"}), true),
        (json!({"$or": {"a": ["x"]}}), json!({"$or": {"a": "x"}}), true),
        (json!({"$or": {"a": ["x"]}}), json!({"a": "x"}), false),
        (json!({"d": {"$or": [{"numeric": [">", 0, "<=", 5]}, {"numeric": [">", 10]}]}}), json!({"d": {"$or": 11}}), true),
        (json!({"d": {"$or": [{"numeric": [">", 0, "<=", 5]}, {"prefix": "x"}]}}), json!({"d": {"$or": 6}}), false),
        (json!({"$or": ["x", {"prefix": "y"}]}), json!({"$or": "yes"}), true),
        (json!({"$or": ["x", 1, null]}), json!({"$or": null}), true),
    ]);
}

#[test]
fn of_equal_names_the_last_wins() {
    check_text(r#"{"a": ["x"], "a": ["y"]}"#, &json!({"a": "y"}), true);
    check_text(r#"{"a": ["x"], "a": ["y"]}"#, &json!({"a": "x"}), false);
    check_text(r#"{"d": {"a": ["x"]}, "d": {"a": ["y"]}}"#, &json!({"d": {"a": "x"}}), false);
    check_text(r#"{"d": {"a": ["x"]}, "d.a": ["y"]}"#, &json!({"d": {"a": "y"}}), true);
    let pattern = Pattern::parse(r#"{"a": ["y"]}"#).unwrap();
    assert_eq!(pattern.matches_str(r#"{"a": "x", "a": "y"}"#), Ok(true), "events follow the same rule");
}

#[test]
fn escapes_and_white_space_are_read_as_json() {
    check_text("\r\n { \"\\u0061\" :\t[ \"\\u00e9\\n\\\"\\/\\ud83d\\ude00\" ] } \n", &json!({"a": "é\n\"/😀"}), true);
}

#[test]
fn a_thousand_levels_are_read_and_matched() {
    let deep = |levels: usize, leaf: &str| format!("{}{leaf}{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let pattern = Pattern::parse(&deep(999, "[1]")).unwrap();
    assert_eq!(pattern.matches_str(&deep(999, "1")), Ok(true));
    assert_eq!(pattern.matches_str(&deep(998, "1")), Ok(false));
    assert!(Pattern::parse(&deep(1000, "[1]")).is_err(), "the array is level 1001");
    let arrays = format!("{{\"a\":{}1{}}}", "[".repeat(999), "]".repeat(999));
    assert_eq!(Pattern::parse("{\"a\":[1]}").unwrap().matches_str(&arrays), Ok(true));
    assert!(Pattern::parse("{\"a\":[1]}").unwrap().matches_str(&"[".repeat(5000)).is_err());
}

#[test]
fn elements_are_told_apart_at_any_depth() {
    let depth = 450;
    let path = vec!["a"; depth].join(".");
    let pattern = Pattern::parse(&format!(r#"{{"{path}.x": [1], "{path}.y": [2]}}"#)).unwrap();
    let event = |innermost: &str| format!("{}{innermost}{}", "{\"a\":[".repeat(depth), "]}".repeat(depth));
    assert_eq!(pattern.matches_str(&event(r#"{"x":1,"y":2}"#)), Ok(true));
    assert_eq!(pattern.matches_str(&event(r#"{"x":1},{"y":2}"#)), Ok(false));
}

#[test]
fn all_events_has_two_spellings() {
    let event = json!({"account": "123456789012", "source": "aws.partner/ilert.com/test/1"});
    check([
        (json!({"account": ["123456789012"]}), event.clone(), true),
        (json!({"account": ["210987654321"]}), event.clone(), false),
        (json!({"source": [{"prefix": ""}]}), event.clone(), true),
        (json!({"source": ["*"]}), event, false),
    ]);
}
