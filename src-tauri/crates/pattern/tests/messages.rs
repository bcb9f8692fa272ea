//! The words and positions of refused patterns.
#![allow(clippy::unwrap_used, missing_docs)]

use waybill_pattern::{MAX_PATTERN_CHARS, Pattern, check_length};

const PREFIX: &str = "Event pattern is not valid. Reason: ";

fn place(pattern: &str, column: u32) -> String {
    format!("\n at [Source: (String)\"{pattern}\"; line: 1, column: {column}]")
}

/// What AWS itself answered: the pattern, the reason, the column and how often the position is said.
#[test]
fn recorded_answers_of_aws_are_repeated_to_the_letter() {
    for (pattern, reason, column, times) in [
        (r#"{"int": 42}"#, r#""int" must be an object or an array"#, 11, 1),
        (r#"{"string": "my-value"}"#, r#""string" must be an object or an array"#, 13, 1),
        (r#"{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}"#, "Unrecognized match type NUMERIC", 36, 1),
        (r#"{"my_key": [{"EXISTS": true}]}"#, "Unrecognized match type EXISTS", 28, 1),
        (r#"{"resources": []}"#, "Empty arrays are not allowed", 17, 1),
        (r#"{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}"#, "Bad numeric range operator: >", 49, 1),
        (r#"{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}"#, "Value of < must be numeric", 50, 1),
        (
            r#"{"EventBusArn": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]}"#,
            "Consecutive wildcard characters at pos 26",
            72,
            1,
        ),
        (
            r#"{"detail-type": [{"equals-ignore-case": ["ec2 instance state-change notification"]}]}"#,
            "equals-ignore-case match pattern must be a string",
            42,
            1,
        ),
        (r#"{"detail-type": [{"equals-ignore-case": {"prefix": "ec2"}}]}"#, "equals-ignore-case match pattern must be a string", 42, 1),
        (
            r#"{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}"#,
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
            66,
            1,
        ),
        (
            r#"{"detail": {"state": [{"anything-but": {"equals-ignore-case": [123, 456]}}]}}"#,
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
            67,
            2,
        ),
        (
            "this is valid json but not a dict",
            "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            5,
            1,
        ),
        ("{'bad': 'quotation'}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2, 1),
        (
            r#"{"not": closed mark""#,
            "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            15,
            1,
        ),
        (r#"["not", "a", "dict", "but valid json"]"#, "Filter is not an object", 2, 1),
        (r#"{"EventBusArn": [{"wildcard": 123}]}"#, "wildcard match pattern must be a string", 34, 1),
        (
            r#"{"EventBusArn": [{"wildcard": ["arn:aws:events:us-east-1:**:event-bus/*"]}]}"#,
            "wildcard match pattern must be a string",
            32,
            1,
        ),
        (r#"{"detail": {"state": [{"anything-but": {"wildcard": [123, "*/dir/*"]}}]}}"#, "wildcard match pattern must be a string", 57, 2),
        (r#"{"detail": {"FilePath": [{"anything-but": {"wildcard": 123}}]}}"#, "wildcard match pattern must be a string", 59, 1),
        (
            r#"{"detail": {"FileName": [{"anything-but": {"suffix": [123, ".txt"]}}]}}"#,
            "prefix/suffix match pattern must be a string",
            58,
            2,
        ),
        (r#"{"detail": {"FileName": [{"anything-but": {"suffix": 123}}]}}"#, "prefix/suffix match pattern must be a string", 57, 1),
        (r#"{"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}}"#, "prefix/suffix match pattern must be a string", 55, 2),
        (r#"{"detail": {"state": [{"anything-but": {"prefix": 123}}]}}"#, "prefix/suffix match pattern must be a string", 54, 1),
        (r#"{"time": [{"prefix": ["2022-07-13"]}]}"#, "prefix match pattern must be a string", 23, 1),
        (r#"{"time": [{"prefix": 123}]}"#, "prefix match pattern must be a string", 25, 1),
        (r#"{"FileName": [{"suffix": 123}]}"#, "suffix match pattern must be a string", 29, 1),
        (r#"{"FileName": [{"suffix": [".png"]}]}"#, "suffix match pattern must be a string", 27, 1),
        (
            r#"{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}"#,
            "Value of anything-but must be an array or single string/number value.",
            55,
            1,
        ),
        (r#"{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}"#, "prefix match pattern must be a string", 43, 1),
    ] {
        let error = Pattern::parse(pattern).unwrap_err();
        assert_eq!(error.to_string(), format!("{PREFIX}{reason}{}", place(pattern, column).repeat(times)));
        assert_eq!((error.reason(), error.line(), error.column()), (reason, Some(1), Some(column)), "{pattern}");
    }
}

/// AWS gives these without a position.
#[test]
fn addresses_and_complexity_are_refused_without_a_position() {
    let complex =
        "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character";
    for (condition, reason) in [
        (r#"{"cidr": "10.0.0.0"}"#, "Malformed CIDR, one '/' required"),
        (r#"{"cidr": "10.0.0.0/"}"#, "Malformed CIDR, one '/' required"),
        (r#"{"cidr": "10.0.0.0/8/8"}"#, "Malformed CIDR, one '/' required"),
        (r#"{"cidr": "bad-/64filter"}"#, "Malformed CIDR, mask bits must be an integer"),
        (r#"{"cidr": "10.0.0.0/-1"}"#, "Malformed CIDR, mask bits must not be negative"),
        (r#"{"cidr": "xx.11.xx/8"}"#, "Nonstandard IP address: xx.11.xx"),
        (r#"{"cidr": "xxxx:db8:1234:1a00::/64"}"#, "Nonstandard IP address: xxxx:db8:1234:1a00::"),
        (r#"{"cidr": "10.0.0.256/8"}"#, "Invalid IP address: 10.0.0.256"),
        (r#"{"cidr": "10.0.0.0/32"}"#, "IPv4 mask bits must be < 32"),
        (r#"{"cidr": "10.0.0.0/99"}"#, "IPv4 mask bits must be < 32"),
        (r#"{"cidr": "::1/128"}"#, "IPv6 mask bits must be < 128"),
        (r#"{"wildcard": "*:*:*:*:*:event-bus/*"}"#, complex),
        (r#"{"anything-but": {"wildcard": "*:*:*:*:*:event-bus/*"}}"#, complex),
    ] {
        let error = Pattern::parse(&format!(r#"{{"a": [{condition}]}}"#)).unwrap_err();
        assert_eq!(error.to_string(), format!("{PREFIX}{reason}"), "{condition}");
        assert_eq!((error.line(), error.column()), (None, None), "{condition}");
    }
}

/// From event-ruler's source; AWS's own answer is not recorded.
#[test]
fn everything_else_is_refused_in_the_words_of_event_ruler() {
    let cases = [
        ("", "Filter is not an object"),
        ("{}", "Empty objects are not allowed"),
        (r#"{"a": {}}"#, "Empty objects are not allowed"),
        (r#"{"a": null}"#, r#""a" must be an object or an array"#),
        (r#"{"a": [["x"]]}"#, "Match value must be String, number, true, false, or null"),
        (r#"{"a": [{}]}"#, "Match expression name not found"),
        (r#"{"a": [{"starts": "x"}]}"#, "Unrecognized match type starts"),
        (r#"{"a": [{"prefix": "x", "suffix": "y"}]}"#, "Only one key allowed in match expression"),
        (r#"{"a": [{"prefix": {"suffix": "x"}}]}"#, "Unsupported prefix pattern: suffix"),
        (r#"{"a": [{"suffix": {}}]}"#, "Suffix expression name not found"),
        (r#"{"a": [{"exactly": 1}]}"#, "exact match pattern must be a string"),
        (r#"{"a": [{"exists": "yes"}]}"#, "exists match pattern must be either true or false."),
        (r#"{"a": [{"numeric": 10}]}"#, "Value of numeric must be an array."),
        (r#"{"a": [{"numeric": []}]}"#, "Invalid member in numeric match: ]"),
        (r#"{"a": [{"numeric": [5]}]}"#, "Invalid member in numeric match: 5"),
        (r#"{"a": [{"numeric": ["~", 1]}]}"#, "Unrecognized numeric range operator: ~"),
        (r#"{"a": [{"numeric": [">"]}]}"#, "Value of > must be numeric"),
        (r#"{"a": [{"numeric": ["=", "1"]}]}"#, "Value of equals must be numeric"),
        (r#"{"a": [{"numeric": ["<", 5, ">", 1]}]}"#, "Too many elements in numeric expression"),
        (r#"{"a": [{"numeric": [">", 1, 5]}]}"#, "Bad value in numeric range: 5"),
        (r#"{"a": [{"numeric": [">", 1, "<", 5, "<"]}]}"#, "Too many terms in numeric range expression"),
        (r#"{"a": [{"numeric": [">", 5, "<", 1]}]}"#, "Bottom must be less than top"),
        (r#"{"a": [{"numeric": [">", 9007199254740993]}]}"#, "Cannot compare number : 9007199254740993"),
        (r#"{"a": [{"anything-but": null}]}"#, "Value of anything-but must be an array or single string/number value."),
        (r#"{"a": [{"anything-but": true}]}"#, "Value of anything-but must be an array or single string/number value."),
        (r#"{"a": [{"anything-but": [null]}]}"#, "Inside anything but list, start|null|boolean is not supported."),
        (r#"{"a": [{"anything-but": [{"wildcard": "*"}]}]}"#, "Inside anything but list, start|null|boolean is not supported."),
        (
            r#"{"a": [{"anything-but": ["x", 1]}]}"#,
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        (r#"{"a": [{"anything-but": {"prefix": ""}}]}"#, "Null prefix/suffix not allowed"),
        (r#"{"a": [{"anything-but": {"suffix": ["x", ""]}}]}"#, "Null prefix/suffix not allowed"),
        (r#"{"a": [{"anything-but": {"exists": true}}]}"#, "Unsupported anything-but pattern: exists"),
        (r#"{"a": [{"anything-but": {"prefix": "x", "suffix": "y"}}]}"#, "Too many elements in numeric expression"),
        (r#"{"a": [{"wildcard": "a\\b"}]}"#, "Invalid escape character at pos 2"),
        (r#"{"a": [{"wildcard": "é\\"}]}"#, "Invalid escape character at pos 3"),
        (r#"{"$or": [{"a": ["x"]}]}"#, "There must have at least 2 Objects in $or relationship."),
        (r#"{"$or": [{"a": ["x"]}, ["y"]]}"#, "Only JSON object is allowed in array of $or relationship."),
        (r#"{"$or": [{"a": ["x"]}, {}]}"#, "Empty objects are not allowed"),
        (r#"{"$or": [{"a": ["x"]}, {"prefix": ["y"]}]}"#, "prefix is Ruler reserved fieldName which cannot be used inside $or."),
    ];
    for (pattern, reason) in cases {
        let error = Pattern::parse(pattern).unwrap_err();
        assert_eq!(error.reason(), reason, "{pattern}");
        assert!(error.column().is_some(), "{pattern} is refused at a position");
    }
}

#[test]
fn broken_json_is_refused_as_jackson_does() {
    let source = |pattern: &str, column| format!("[Source: (String)\"{pattern}\"; line: 1, column: {column}]");
    let mut cases = vec![
        (r#"{"a" ["x"]}"#, "Unexpected character ('[' (code 91)): was expecting a colon to separate field name and value".to_owned(), 6),
        (r#"{"a": ["x"] "b": []}"#, "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries".to_owned(), 13),
        (r#"{"a": ["x" "y"]}"#, "Unexpected character ('\"' (code 34)): was expecting comma to separate Array entries".to_owned(), 12),
        (r#"{"a": ["x",]}"#, "Unexpected character (']' (code 93)): expected a value".to_owned(), 12),
        (r#"{"a": ["x"],}"#, "Unexpected character ('}' (code 125)): was expecting double-quote to start field name".to_owned(), 13),
        (r#"{"a": ["x\q"]}"#, "Unrecognized character escape 'q' (code 113)".to_owned(), 11),
        (r#"{"a": [01]}"#, "Invalid numeric value: Leading zeroes not allowed".to_owned(), 9),
        (r#"{"a": ["x"#, "Unexpected end-of-input: was expecting closing quote for a string value".to_owned(), 10),
        (r#"{"a"#, "Unexpected end-of-input in field name".to_owned(), 4),
        (r#"{"a":"#, "Unexpected end-of-input within/between Object entries".to_owned(), 6),
    ];
    let open = format!("Unexpected end-of-input: expected close marker for Object (start marker at {})", source("{", 1));
    cases.push(("{", open, 2));
    let wrong = r#"{"a": ["x"}"#;
    let mismatch = format!("Unexpected close marker '}}': expected ']' (for Array starting at {})", source(wrong, 7));
    cases.push((wrong, mismatch, 12));
    for (pattern, reason, column) in cases {
        let error = Pattern::parse(pattern).unwrap_err();
        assert_eq!((error.reason(), error.column()), (reason.as_str(), Some(column)), "{pattern}");
    }
    assert!(Pattern::parse(r#"{"a": ["x"]} more"#).is_err());
    assert!(Pattern::parse(r#"{"a": ["x"]}}"#).is_err());
}

#[test]
fn positions_count_lines_and_utf16_units() {
    for (pattern, line, column) in
        [("{\n  \"a\": 1\n}", 2, 9), ("{\r\n  \"a\": 1\n}", 2, 9), ("{\"😀\": 1}", 1, 9), ("{\n\n\"é\": [\n]}", 4, 2)]
    {
        let error = Pattern::parse(pattern).unwrap_err();
        assert_eq!((error.line(), error.column()), (Some(line), Some(column)), "{pattern:?}");
    }
}

#[test]
fn long_patterns_are_shortened_in_messages() {
    let pattern = format!("{{\"{}\": 1}}", "a".repeat(600));
    let message = Pattern::parse(&pattern).unwrap_err().to_string();
    let end = format!("(String)\"{}\"[truncated 107 chars]; line: 1, column: 607]", &pattern[..500]);
    assert!(message.ends_with(&end), "{message}");
}

#[test]
fn wildcards_of_one_field_are_measured_together() {
    let stacks = |count: usize| {
        let members: Vec<_> = (0..count).map(|n| format!(r#"{{"wildcard": "*:stack/S{n}/*"}}"#)).collect();
        Pattern::parse(&format!(r#"{{"a": [{}]}}"#, members.join(",")))
    };
    assert!(stacks(3).is_ok(), "accepted by AWS");
    assert!(stacks(4).unwrap_err().reason().starts_with("Rule is too complex"), "refused by AWS");
    let endings = r#"{"a": [{"wildcard": "*.bif"}, {"wildcard": "*.tiff"}, {"wildcard": "*.tif"}, {"wildcard": "*.svs"}]}"#;
    assert!(Pattern::parse(endings).is_ok(), "accepted by AWS");
    assert!(Pattern::parse(&endings.replace("*.", "*/x/*.")).is_err(), "refused by AWS");
}

#[test]
fn a_thousand_combinations_are_the_most() {
    let ors = |counts: &[usize]| {
        let fields = counts.iter().enumerate().map(|(field, &count)| {
            let members: Vec<_> = (0..count).map(|n| format!(r#"{{"x{n}": [{n}]}}"#)).collect();
            format!(r#""f{field}": {{"$or": [{}]}}"#, members.join(","))
        });
        Pattern::parse(&format!("{{{}}}", fields.collect::<Vec<_>>().join(",")))
    };
    assert!(ors(&[10, 10, 10]).is_ok());
    let error = ors(&[10, 10, 11]).unwrap_err();
    assert_eq!(error.reason(), "The $or relationships make more than 1000 rule combinations");
    assert!(ors(&[1001]).is_err());
    assert!(ors(&[10; 40]).is_err(), "stops before the combinations fill the memory");
}

#[test]
fn length_is_checked_apart_from_the_language() {
    let pattern = |chars: usize| format!("{{\"a\":[\"{}\"]}}", "é".repeat(chars - 10));
    assert_eq!(check_length(&pattern(MAX_PATTERN_CHARS)), Ok(()));
    let error = check_length(&pattern(MAX_PATTERN_CHARS + 1)).unwrap_err();
    assert_eq!(error.to_string(), "the event pattern has 2049 characters; a rule holds at most 2048");
    assert!(Pattern::parse(&pattern(MAX_PATTERN_CHARS + 1)).is_ok());
}
