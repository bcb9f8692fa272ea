//! `waybill pattern test`: 0 matches, 1 does not, 2 invalid.

use crate::support::Waybill;

const EVENT: &str = r#"{"source":"aws.partner/ilert.com/x/1","account":"123456789012","detail":{"priority":"HIGH"}}"#;

#[test]
fn the_exit_code_tells_match_mismatch_and_mistake_apart() {
    let waybill = Waybill::new();
    let event = waybill.file("event.json", EVENT);
    let cases = [
        (r#"{"source":[{"prefix":"aws.partner/"}]}"#, 0, "The event matches."),
        (r#"{"detail":{"priority":["HIGH","LOW"]}}"#, 0, "detail.priority"),
        (r#"{"detail":{"priority":["LOW"]}}"#, 1, "The event does not match."),
        (r#"{"detail":{"colour":["red"]}}"#, 1, "absent"),
    ];
    for (pattern, code, says) in cases {
        let file = waybill.file("pattern.json", pattern);
        let answer = waybill.run(&["pattern", "test", "--pattern", &file, "--event", &event]);
        assert_eq!(answer.code, Some(code), "{pattern}: {answer:#?}");
        assert!(answer.out.contains(says), "{pattern}: {answer:#?}");
        let json = waybill.run(&["pattern", "test", "--pattern", &file, "--event", &event, "--format", "json"]);
        assert_eq!((json.code, json.json()["matched"].as_bool()), (Some(code), Some(code == 0)), "{pattern}");
    }
    for pattern in ["", "{", "[]", r#"{"source":"x"}"#, r#"{"source":[]}"#, r#"{"source":[{"prefixes":"x"}]}"#] {
        let file = waybill.file("pattern.json", pattern);
        let answer = waybill.run(&["pattern", "test", "--pattern", &file, "--event", &event]);
        assert_eq!(answer.code, Some(2), "{pattern}: {answer:#?}");
        assert!(answer.err.contains("Event pattern: ") && answer.out.is_empty(), "{pattern}: {answer:#?}");
    }
}

#[test]
fn an_event_that_is_none_and_a_file_that_is_not_there_are_named() {
    let waybill = Waybill::new();
    let (pattern, event) = (waybill.file("pattern.json", r#"{"source":["x"]}"#), waybill.file("event.json", "no event"));
    let answer = waybill.run(&["pattern", "test", "--pattern", &pattern, "--event", &event]);
    assert_eq!(answer.code, Some(2), "{answer:#?}");
    assert!(answer.err.contains("Event: "), "{answer:#?}");
    for (pattern, event, field) in [("/nowhere", event.as_str(), "Event pattern"), (&pattern, "/nowhere", "Event")] {
        let answer = waybill.run(&["pattern", "test", "--pattern", pattern, "--event", event]);
        assert_eq!(answer.code, Some(2), "{answer:#?}");
        assert!(answer.err.contains(&format!("{field}: `/nowhere` cannot be read")), "{answer:#?}");
    }
}

#[test]
fn trying_a_pattern_needs_no_data_folder() {
    let waybill = Waybill::new();
    let (pattern, event) = (waybill.file("pattern.json", r#"{"source":[{"exists":true}]}"#), waybill.file("event.json", EVENT));
    assert_eq!(waybill.run(&["pattern", "test", "--pattern", &pattern, "--event", &event]).code, Some(0));
    assert!(!waybill.dir().exists());
}
