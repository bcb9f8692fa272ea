//! The `Condition` of a policy statement, judged for a rule that sends.

use serde_json::Value;

use super::Grant;

/// What a condition says about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// It asks for something that Waybill cannot know.
    CannotTell,
}

/// Judges a whole `Condition` block: every operator and key must hold.
pub(super) fn holds(condition: Option<&Value>, grant: &Grant) -> Holds {
    let Some(condition) = condition else { return Holds::Yes };
    let Some(operators) = condition.as_object() else { return Holds::CannotTell };
    let each = operators.iter().flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(|(key, wanted)| one_holds(operator, key, &texts(wanted), grant))
    });
    each.fold(Holds::Yes, |all, one| match (all, one) {
        (Holds::No, _) | (_, Holds::No) => Holds::No,
        (Holds::CannotTell, _) | (_, Holds::CannotTell) => Holds::CannotTell,
        _ => Holds::Yes,
    })
}

/// The values that the condition compares `aws:SourceArn` with.
pub(super) fn source_arns(condition: Option<&Value>) -> Vec<String> {
    let operators = condition.and_then(Value::as_object).into_iter().flatten();
    let keys = operators.filter_map(|(_, keys)| keys.as_object()).flatten();
    keys.filter(|(key, _)| key.eq_ignore_ascii_case("aws:SourceArn")).flat_map(|(_, wanted)| texts(wanted)).collect()
}

fn one_holds(operator: &str, key: &str, wanted: &[String], grant: &Grant) -> Holds {
    let operator = operator.strip_suffix("IfExists").unwrap_or(operator);
    let Some(actual) = actual(key, grant) else { return Holds::CannotTell };
    let found = |equal: fn(&str, &str) -> bool| wanted.iter().any(|pattern| equal(pattern, &actual));
    let held = match operator {
        "ArnEquals" | "ArnLike" | "StringLike" => found(like),
        "StringEquals" => found(|a, b| a == b),
        "StringEqualsIgnoreCase" | "Bool" => found(|a, b| a.eq_ignore_ascii_case(b)),
        "ArnNotEquals" | "ArnNotLike" | "StringNotLike" => !found(like),
        "StringNotEquals" => !found(|a, b| a == b),
        _ => return Holds::CannotTell,
    };
    if held { Holds::Yes } else { Holds::No }
}

/// What EventBridge's request carries under a condition key.
fn actual(key: &str, grant: &Grant) -> Option<String> {
    match key.to_ascii_lowercase().as_str() {
        "aws:sourcearn" => Some(grant.rule.as_str().to_owned()),
        "aws:sourceaccount" => grant.rule.as_str().split(':').nth(4).map(str::to_owned),
        "aws:securetransport" | "aws:principalisawsservice" => Some("true".to_owned()),
        "aws:principalservicename" => Some("events.amazonaws.com".to_owned()),
        _ => None,
    }
}

/// A value or a list of values as texts.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// Matches `*` (any run of characters) and `?` (one character).
pub(super) fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut retry) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((star, from)) = retry else { return false };
                retry = Some((star, from + 1));
                p = star + 1;
                t = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::super::tests::grant;
    use super::*;
    use serde_json::json;

    #[test]
    fn wildcards_match_as_in_iam() {
        let cases = [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a*b*c", "axbxb", false),
            ("abc", "abc", true),
        ];
        for (pattern, text, matches) in cases {
            assert_eq!(like(pattern, text), matches, "{pattern} against {text}");
        }
    }

    #[test]
    fn conditions_are_judged_for_the_rule() {
        let rule = grant().rule;
        let cases = [
            (json!({ "ArnEquals": { "aws:SourceArn": rule } }), Holds::Yes),
            (json!({ "ArnLike": { "AWS:SourceArn": ["arn:x", "arn:aws:events:*:123456789012:rule/*"] } }), Holds::Yes),
            (json!({ "ArnEquals": { "aws:SourceArn": "arn:aws:events:eu-central-1:123456789012:rule/all" } }), Holds::No),
            (json!({ "StringEquals": { "aws:SourceAccount": "123456789012" } }), Holds::Yes),
            (json!({ "StringEquals": { "aws:SourceAccount": "999999999999" } }), Holds::No),
            (json!({ "Bool": { "aws:SecureTransport": false } }), Holds::No),
            (json!({ "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } }), Holds::CannotTell),
            (json!({ "ArnEquals": { "aws:SourceArn": rule }, "IpAddress": { "aws:SourceIp": "1.1.1.1" } }), Holds::CannotTell),
            (json!({}), Holds::Yes),
        ];
        for (condition, held) in cases {
            assert_eq!(holds(Some(&condition), &grant()), held, "{condition}");
        }
        assert_eq!(holds(None, &grant()), Holds::Yes);
    }
}
