//! Every operator of the language on one field, positive and negative.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use waybill_pattern::Pattern;

/// Conditions on `detail.a`, the value there (`None`: absent), whether the event matches.
type Case = (Value, Option<Value>, bool);

fn check(cases: impl IntoIterator<Item = Case>) {
    for (conditions, found, wanted) in cases {
        let text = json!({"detail": {"a": conditions}}).to_string();
        let detail = found.map_or_else(|| json!({}), |found| json!({"a": found}));
        let event = json!({"source": "s", "detail": detail});
        let pattern = Pattern::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(pattern.matches(&event), wanted, "{text} on {event}");
        assert_eq!(pattern.matches_str(&event.to_string()), Ok(wanted), "{text} on {event} as text");
        assert_eq!(pattern.explain(&event).matched, wanted, "{text} on {event}, explained");
    }
}

fn some(value: Value) -> Option<Value> {
    Some(value)
}

#[test]
fn exact_values_match_their_own_kind_only() {
    check([
        (json!(["x"]), some(json!("x")), true),
        (json!(["x"]), some(json!("y")), false),
        (json!(["x"]), some(json!("X")), false),
        (json!(["x"]), some(json!("xx")), false),
        (json!(["x"]), None, false),
        (json!([""]), some(json!("")), true),
        (json!([""]), some(Value::Null), false),
        (json!(["*"]), some(json!("anything")), false),
        (json!(["x", "z"]), some(json!("z")), true),
        (json!([5]), some(json!(5)), true),
        (json!([5]), some(json!("5")), false),
        (json!(["5"]), some(json!(5)), false),
        (json!([true]), some(json!(true)), true),
        (json!([true]), some(json!(false)), false),
        (json!([false]), some(json!("false")), false),
        (json!([null]), some(Value::Null), true),
        (json!([null]), some(json!("")), false),
        (json!([null]), some(json!("null")), false),
        (json!([null]), some(json!([])), false),
        (json!([null]), None, false),
        (json!(["é"]), some(json!("é")), true),
        (json!(["\u{e9}"]), some(json!("e\u{301}")), false),
        (json!([{"exactly": "x"}]), some(json!("x")), true),
        (json!([{"exactly": "x"}]), some(json!("y")), false),
    ]);
}

#[test]
fn numbers_are_equal_by_value() {
    check([
        (json!([300]), some(json!(300.0)), true),
        (json!([300.0]), some(json!(300)), true),
        (json!([301.8]), some(json!(3.018e2)), true),
        (json!([0]), some(json!(-0.0)), true),
        (json!([-1]), some(json!(1)), false),
        (json!([123_456_789_012_i64]), some(json!(123_456_789_012_i64)), true),
        (json!([123_456_789_012_i64]), some(json!(123_456_789_013_i64)), false),
        (json!([1e300]), some(json!(1e300)), true),
    ]);
}

#[test]
fn prefix_and_suffix_look_at_the_ends_of_texts() {
    check([
        (json!([{"prefix": "al"}]), some(json!("alarm")), true),
        (json!([{"prefix": "al"}]), some(json!("Alarm")), false),
        (json!([{"prefix": "al"}]), some(json!("a")), false),
        (json!([{"prefix": ""}]), some(json!("")), true),
        (json!([{"prefix": ""}]), some(json!("x")), true),
        (json!([{"prefix": ""}]), some(json!(1)), false),
        (json!([{"prefix": "1"}]), some(json!(12)), false),
        (json!([{"prefix": ""}]), None, false),
        (json!([{"prefix": {"equals-ignore-case": "ALA"}}]), some(json!("alarm")), true),
        (json!([{"prefix": {"equals-ignore-case": "ALB"}}]), some(json!("alarm")), false),
        (json!([{"prefix": {"equals-ignore-case": "ÄR"}}]), some(json!("ärger")), true),
        (json!([{"suffix": ".png"}]), some(json!("x.png")), true),
        (json!([{"suffix": ".png"}]), some(json!("x.PNG")), false),
        (json!([{"suffix": ".png"}]), some(json!("png")), false),
        (json!([{"suffix": ""}]), some(json!("x")), true),
        (json!([{"suffix": {"equals-ignore-case": ".png"}}]), some(json!("x.PNG")), true),
        (json!([{"suffix": {"equals-ignore-case": ".png"}}]), some(json!("x.PNX")), false),
    ]);
}

#[test]
fn equals_ignore_case_compares_whole_texts() {
    check([
        (json!([{"equals-ignore-case": "Alice"}]), some(json!("aLICE")), true),
        (json!([{"equals-ignore-case": "Alice"}]), some(json!("alices")), false),
        (json!([{"equals-ignore-case": "Alice"}]), some(json!("alic")), false),
        (json!([{"equals-ignore-case": ""}]), some(json!("")), true),
        (json!([{"equals-ignore-case": ""}]), some(json!("x")), false),
        (json!([{"equals-ignore-case": "ΣΟΦΟΣ"}]), some(json!("σοφοσ")), true),
        (json!([{"equals-ignore-case": "ΣΟΦΟΣ"}]), some(json!("σοφος")), false),
        (json!([{"equals-ignore-case": "straße"}]), some(json!("STRASSE")), true),
        (json!([{"equals-ignore-case": "STRASSE"}]), some(json!("straße")), false),
        (json!([{"suffix": {"equals-ignore-case": "ße"}}]), some(json!("STRASSE")), true),
        (json!([{"equals-ignore-case": "1"}]), some(json!(1)), false),
    ]);
}

#[test]
fn wildcard_stars_stand_for_any_text() {
    let like = |text: &str| json!([{"wildcard": text}]);
    check([
        (like("dir/*.png"), some(json!("dir/x.png")), true),
        (like("dir/*.png"), some(json!("dir/.png")), true),
        (like("dir/*.png"), some(json!("dir/x.jpg")), false),
        (like("*a*b*"), some(json!("xxayyb")), true),
        (like("*a*b*"), some(json!("ba")), false),
        (like("a*a"), some(json!("a")), false),
        (like("a*a"), some(json!("aa")), true),
        (like("*"), some(json!("")), true),
        (like("*"), some(json!(1)), false),
        (like("x"), some(json!("x")), true),
        (like("x"), some(json!("xy")), false),
        (like(""), some(json!("")), true),
        (like(""), some(json!("x")), false),
        (like("a\\*b"), some(json!("a*b")), true),
        (like("a\\*b"), some(json!("axb")), false),
        (like("a\\\\*"), some(json!("a\\x")), true),
        (like("a\\\\*"), some(json!("ax")), false),
        (like("ä*ö"), some(json!("äxö")), true),
        (like("/Users/*/dir/dir/dir/dir/dir/doc.txt"), some(json!("/Users/u/dir/dir/dir/dir/dir/doc.txt")), true),
        (like("*ab*ab"), some(json!("ab")), false),
        (like("*ab*ab"), some(json!("abab")), true),
    ]);
}

#[test]
fn anything_but_needs_a_value_that_is_not_excluded() {
    let but = |excluded: Value| json!([{"anything-but": excluded}]);
    check([
        (but(json!("x")), some(json!("y")), true),
        (but(json!("x")), some(json!("x")), false),
        (but(json!("x")), some(Value::Null), true),
        (but(json!("x")), some(json!(true)), true),
        (but(json!("x")), some(json!(1)), true),
        (but(json!("x")), None, false),
        (but(json!("x")), some(json!([])), false),
        (but(json!("x")), some(json!(["x", "y"])), true),
        (but(json!("x")), some(json!(["x"])), false),
        (but(json!(["x", "y"])), some(json!("y")), false),
        (but(json!(["x", "y"])), some(json!("z")), true),
        (but(json!(404)), some(json!(404)), false),
        (but(json!(404)), some(json!(404.0)), false),
        (but(json!(404)), some(json!("404")), true),
        (but(json!(0)), some(json!(1)), true),
        (but(json!([1, 2])), some(json!(3)), true),
        (but(json!([1, 2])), some(json!(2)), false),
        (but(json!({"prefix": "in"})), some(json!("init")), false),
        (but(json!({"prefix": "in"})), some(json!("out")), true),
        (but(json!({"prefix": "in"})), some(json!(1)), true),
        (but(json!({"prefix": "in"})), some(Value::Null), true),
        (but(json!({"prefix": "in"})), None, false),
        (but(json!({"prefix": ["in", "ou"]})), some(json!("out")), false),
        (but(json!({"suffix": ".txt"})), some(json!("a.txt")), false),
        (but(json!({"suffix": ".txt"})), some(json!("a.md")), true),
        (but(json!({"suffix": [".txt", ".md"]})), some(json!("a.md")), false),
        (but(json!({"equals-ignore-case": "Abc"})), some(json!("aBC")), false),
        (but(json!({"equals-ignore-case": "Abc"})), some(json!("abd")), true),
        (but(json!({"equals-ignore-case": ["Abc", "q"]})), some(json!("Q")), false),
        (but(json!({"equals-ignore-case": ["Abc", "q"]})), some(Value::Null), true),
        (but(json!({"wildcard": "*/lib/*"})), some(json!("x/lib/y")), false),
        (but(json!({"wildcard": "*/lib/*"})), some(json!("x/bin/y")), true),
        (but(json!({"wildcard": ["*/lib/*", "*/bin/*"]})), some(json!("x/bin/y")), false),
        (but(json!({"wildcard": ""})), some(json!("x")), true),
        (but(json!({"wildcard": ""})), some(json!("")), false),
        (but(json!({"wildcard": "*"})), some(json!(1)), true),
    ]);
}

#[test]
fn numeric_ranges_compare_json_numbers() {
    let range = |terms: Value| json!([{"numeric": terms}]);
    check([
        (range(json!([">", 0, "<=", 5])), some(json!(5)), true),
        (range(json!([">", 0, "<=", 5])), some(json!(0)), false),
        (range(json!([">=", 0, "<", 5])), some(json!(0)), true),
        (range(json!([">=", 0, "<", 5])), some(json!(5)), false),
        (range(json!([">=", 0, "<", 5])), some(json!(4.999)), true),
        (range(json!(["=", 3.018e2])), some(json!(301.8)), true),
        (range(json!(["=", 5])), some(json!(5.0)), true),
        (range(json!(["=", 5])), some(json!("5")), false),
        (range(json!(["<", 10])), some(json!("9")), false),
        (range(json!(["<", 10])), some(Value::Null), false),
        (range(json!(["<", 10])), some(json!(-1e12)), true),
        (range(json!(["<=", 10])), some(json!(10)), true),
        (range(json!([">", 10])), some(json!(10)), false),
        (range(json!([">=", -1.5])), some(json!(-1.5)), true),
        (range(json!([">", 6_000_000_000_i64])), some(json!(6_000_000_001_i64)), true),
    ]);
}

#[test]
fn exists_asks_for_a_leaf_value() {
    let (present, absent) = (json!([{"exists": true}]), json!([{"exists": false}]));
    check([
        (present.clone(), some(json!("x")), true),
        (present.clone(), some(Value::Null), true),
        (present.clone(), some(json!([1])), true),
        (present.clone(), some(json!([])), false),
        (present.clone(), some(json!({"b": 1})), false),
        (present, None, false),
        (absent.clone(), None, true),
        (absent.clone(), some(json!(1)), false),
        (absent.clone(), some(Value::Null), false),
        (absent.clone(), some(json!({"b": 1})), true),
        (absent, some(json!([])), true),
    ]);
}

#[test]
fn cidr_covers_v4_and_v6_networks() {
    let net = |text: &str| json!([{"cidr": text}]);
    check([
        (net("10.0.0.0/24"), some(json!("10.0.0.255")), true),
        (net("10.0.0.0/24"), some(json!("10.0.0.0")), true),
        (net("10.0.0.0/24"), some(json!("10.0.1.0")), false),
        (net("10.0.0.77/24"), some(json!("10.0.0.1")), true),
        (net("10.0.0.0/31"), some(json!("10.0.0.1")), true),
        (net("10.0.0.0/31"), some(json!("10.0.0.2")), false),
        (net("0.0.0.0/0"), some(json!("255.255.255.255")), true),
        (net("0.0.0.0/0"), some(json!("::1")), false),
        (net("10.0.0.0/24"), some(json!("not an address")), false),
        (net("10.0.0.0/24"), some(json!(10)), false),
        (net("10.0.0.0/24"), some(json!("::ffff:a00:7")), true),
        (net("2001:db8::/32"), some(json!("2001:db8::1")), true),
        (net("2001:db8::/32"), some(json!("2001:db9::1")), false),
        (net("::/0"), some(json!("2001:db8::1")), true),
        (net("2001:db8:1234:1a00::/106"), some(json!("2001:0db8:1234:1a00:0000:0000:0000:0000")), true),
        (json!(["10.0.0.1"]), some(json!("10.0.0.1")), true),
        (json!(["10.0.0.1"]), some(json!("10.0.0.2")), false),
        (json!(["::1"]), some(json!("0:0:0:0:0:0:0:1")), true),
    ]);
}

#[test]
fn several_conditions_on_one_field_are_alternatives() {
    check([
        (json!([{"prefix": "x"}, {"exists": false}]), None, true),
        (json!([{"prefix": "x"}, {"exists": false}]), some(json!("y")), false),
        (json!([{"prefix": "x"}, "q"]), some(json!("q")), true),
        (json!([{"anything-but": ["roses"]}, {"exists": false}]), some(json!("roses")), false),
        (json!([1, "x", null, {"numeric": [">", 5]}]), some(json!(6)), true),
        (json!([1, "x", null, {"numeric": [">", 5]}]), some(json!(5)), false),
        (json!([{"numeric": [">", 1, "<", 3]}, {"anything-but": 2}]), some(json!(2)), true),
    ]);
}
