//! The `Condition` of a policy statement, judged for a rule that sends.

use serde_json::Value;

use super::Right;

/// What a condition says about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// It asks for something that Waybill cannot know.
    CannotTell,
}

impl Holds {
    const fn when(it_does: bool) -> Self {
        if it_does { Self::Yes } else { Self::No }
    }
}

/// Judges a whole `Condition` block: every operator and key must hold.
pub(super) fn holds(condition: Option<&Value>, right: &impl Right) -> Holds {
    let Some(condition) = condition else { return Holds::Yes };
    let Some(operators) = condition.as_object() else { return Holds::CannotTell };
    let each = operators.iter().flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(|(key, wanted)| one_holds(operator, (key, &texts(wanted)), right))
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

fn one_holds(operator: &str, (key, wanted): (&str, &[String]), right: &impl Right) -> Holds {
    let (operator, may_be_absent) = match operator.strip_suffix("IfExists") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    let actual = actual(key, right);
    let found = |equal: fn(&str, &str) -> bool| match &actual {
        Actual::Is(actual) => Some(wanted.iter().any(|pattern| equal(pattern, actual))),
        Actual::Absent | Actual::NotKnown => None,
    };
    let (found, negated) = match operator {
        "Null" => return null(&actual, wanted),
        "ArnEquals" | "ArnLike" | "StringLike" => (found(like), false),
        "StringEquals" => (found(|a, b| a == b), false),
        "StringEqualsIgnoreCase" | "Bool" => (found(|a, b| a.eq_ignore_ascii_case(b)), false),
        "ArnNotEquals" | "ArnNotLike" | "StringNotLike" => (found(like), true),
        "StringNotEquals" => (found(|a, b| a == b), true),
        "StringNotEqualsIgnoreCase" => (found(|a, b| a.eq_ignore_ascii_case(b)), true),
        _ => return Holds::CannotTell,
    };
    match (&actual, found) {
        (_, Some(found)) => Holds::when(found != negated),
        // What is not there differs from everything (IAM user guide, "Condition operators").
        (Actual::Absent, None) => Holds::when(negated || may_be_absent),
        _ => Holds::CannotTell,
    }
}

fn null(actual: &Actual, wanted: &[String]) -> Holds {
    let is_wanted = |absent: bool| Holds::when(wanted.iter().any(|value| value.eq_ignore_ascii_case("true") == absent));
    match actual {
        Actual::Is(_) => is_wanted(false),
        Actual::Absent => is_wanted(true),
        Actual::NotKnown => Holds::CannotTell,
    }
}

/// What EventBridge's request carries under a condition key.
enum Actual {
    Is(String),
    Absent,
    NotKnown,
}

/// Keys of principals that are no services, and of requests that come out of a network: EventBridge's have none of them (IAM user guide,
/// "Global condition context keys").
const NEVER: [&str; 11] = [
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:userid",
    "aws:username",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "aws:multifactorauthpresent",
];

fn actual(key: &str, right: &impl Right) -> Actual {
    let rule = right.rule().as_str();
    let known = match key.to_ascii_lowercase().as_str() {
        "aws:sourcearn" => Some(rule.to_owned()),
        "aws:sourceaccount" => rule.split(':').nth(4).map(str::to_owned),
        "aws:securetransport" | "aws:principalisawsservice" => Some("true".to_owned()),
        "aws:principalservicename" => Some("events.amazonaws.com".to_owned()),
        "kms:viaservice" => right.via(),
        never if NEVER.contains(&never) => return Actual::Absent,
        _ => None,
    };
    known.map_or(Actual::NotKnown, Actual::Is)
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
            (json!({ "StringEqualsIfExists": { "aws:PrincipalOrgID": "o-1" } }), Holds::Yes),
            (json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" } }), Holds::Yes),
            (json!({ "Null": { "aws:SourceArn": "false" } }), Holds::Yes),
            (json!({ "Null": { "aws:PrincipalArn": "false" } }), Holds::No),
            (json!({ "StringEquals": { "aws:SourceOrgID": "o-1" } }), Holds::CannotTell),
            (json!({}), Holds::Yes),
        ];
        for (condition, held) in cases {
            assert_eq!(holds(Some(&condition), &grant()), held, "{condition}");
        }
        assert_eq!(holds(None, &grant()), Holds::Yes);
    }
}
