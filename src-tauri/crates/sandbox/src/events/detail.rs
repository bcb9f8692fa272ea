//! What a `Detail` may be.

use serde::de::IgnoredAny;

/// Levels of objects and lists of an event, its envelope included (API reference, `PutEvents`: "up to 1000 levels deep").
const LEVELS: usize = 1000;

/// Whether the text is one JSON object that is nested not too deeply.
pub(crate) fn is_acceptable(detail: &str) -> bool {
    // It skips without recursion, whatever the depth.
    let is_json = serde_json::from_str::<IgnoredAny>(detail).is_ok();
    is_json && detail.trim_ascii_start().starts_with('{') && levels(detail.as_bytes()) < LEVELS
}

/// How deeply valid JSON is nested.
fn levels(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut at) = (0, 0, 0);
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => {
                at = after_string(json, at);
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// Where the string that begins here is over.
fn after_string(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while json[at] != b'"' {
        at += if json[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> String {
        format!("{}1{}", r#"{"a":"#.repeat(levels), "}".repeat(levels))
    }

    #[test]
    fn a_detail_is_one_object_of_at_most_a_thousand_levels_with_its_envelope() {
        for (detail, acceptable) in [
            ("{}", true),
            (" {\"a\":[1,2.5e300,\"}\\\"\"]}\n", true),
            ("[1]", false),
            ("\"text\"", false),
            ("1", false),
            ("{", false),
            ("{} {}", false),
            ("", false),
            (&*nested(999), true),
            (&*nested(1000), false),
        ] {
            assert_eq!(is_acceptable(detail), acceptable, "{:.80}", detail);
        }
    }
}
