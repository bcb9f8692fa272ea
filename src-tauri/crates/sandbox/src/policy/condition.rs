//! One line of a statement's `Condition`.

use serde_json::Value;

use super::Context;
use super::compare::{Comparison, Order};

/// What a condition demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demand {
    /// The key's value fits one of the listed (or none of them, where `negated`).
    Fits { comparison: Comparison, negated: bool },
    /// `Null`: the key is absent (`true`) or present (`false`).
    Absent,
}

/// One operator with one key and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    demand: Demand,
    /// `…IfExists` and `ForAllValues:`: an absent key is no obstacle.
    absent_fits: bool,
    key: String,
    values: Vec<String>,
}

impl Condition {
    /// Reads the operator's name as in `ArnLikeIfExists` or `ForAnyValue:StringLike`.
    pub(super) fn read(operator: &str, key: &str, values: &Value) -> Option<Self> {
        let (name, for_all) = match operator.split_once(':') {
            Some(("ForAllValues", name)) => (name, true),
            Some(("ForAnyValue", name)) => (name, false),
            Some(_) => return None,
            None => (operator, false),
        };
        let (name, if_exists) = name.strip_suffix("IfExists").map_or((name, false), |name| (name, true));
        let values = texts(values).filter(|values| !values.is_empty() && !key.is_empty())?;
        Some(Self { demand: demand(name)?, absent_fits: if_exists || for_all, key: key.to_ascii_lowercase(), values })
    }

    /// Whether the request fulfils it.
    pub(crate) fn holds(&self, context: Context<'_>) -> bool {
        let actual = context.value(&self.key);
        match (self.demand, actual) {
            (Demand::Absent, actual) => self.values.iter().any(|value| value.eq_ignore_ascii_case("true") == actual.is_none()),
            (Demand::Fits { negated, .. }, None) => negated || self.absent_fits,
            (Demand::Fits { comparison, negated }, Some(actual)) => {
                self.values.iter().any(|value| comparison.fits(value, &actual)) != negated
            }
        }
    }
}

fn demand(name: &str) -> Option<Demand> {
    use Comparison::{Address, Arn, Date, Equal, EqualIgnoringCase, Like, Number, Truth};
    let (comparison, negated) = match name {
        "Null" => return Some(Demand::Absent),
        "StringEquals" => (Equal, false),
        "StringNotEquals" => (Equal, true),
        "StringEqualsIgnoreCase" => (EqualIgnoringCase, false),
        "StringNotEqualsIgnoreCase" => (EqualIgnoringCase, true),
        "StringLike" => (Like, false),
        "StringNotLike" => (Like, true),
        "ArnEquals" | "ArnLike" => (Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Arn, true),
        "Bool" => (Truth, false),
        // No key of the sandbox carries bytes; their base64 texts compare as well.
        "BinaryEquals" => (Equal, false),
        "IpAddress" => (Address, false),
        "NotIpAddress" => (Address, true),
        "NumericNotEquals" => (Number(Order::Same), true),
        "DateNotEquals" => (Date(Order::Same), true),
        _ => match (name.strip_prefix("Numeric"), name.strip_prefix("Date")) {
            (Some(order), _) => (Number(Order::named(order)?), false),
            (_, Some(order)) => (Date(Order::named(order)?), false),
            _ => return None,
        },
    };
    Some(Demand::Fits { comparison, negated })
}

/// A string, or a list of strings; numbers and booleans count as their text.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    };
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        single => Some(vec![text(single)?]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RULE: &str = "arn:aws:events:eu-central-1:123456789012:rule/b/all";

    #[test]
    fn each_operator_decides_as_iam_documents_it() {
        let keys = [
            ("aws:sourcearn", RULE),
            ("aws:sourceaccount", "123456789012"),
            ("aws:securetransport", "true"),
            ("aws:sourceip", "127.0.0.1"),
        ];
        let context = Context { keys: &keys, now_ms: 1_767_312_000_000 };
        for (operator, key, values, holds) in [
            ("ArnEquals", "aws:SourceArn", json!(RULE), true),
            ("ArnEquals", "AWS:sourcearn", json!([RULE, "x"]), true),
            ("ArnEquals", "aws:SourceArn", json!("arn:aws:events:eu-central-1:123456789012:rule/*"), true),
            ("ArnLike", "aws:SourceArn", json!("arn:aws:events:*:*:rule/*"), true),
            ("ArnNotLike", "aws:SourceArn", json!("arn:aws:events:*:*:rule/*"), false),
            ("ArnNotEquals", "aws:SourceArn", json!("arn:aws:events:r:1:rule/x"), true),
            ("StringEquals", "aws:SourceArn", json!("arn:aws:events:eu-central-1:123456789012:rule/*"), false),
            ("StringLike", "aws:SourceArn", json!("arn:aws:events:*all"), true),
            ("StringNotLike", "aws:SourceArn", json!("arn:aws:events:*all"), false),
            ("StringEquals", "aws:SourceAccount", json!(["1", "123456789012"]), true),
            ("StringNotEquals", "aws:SourceAccount", json!("123456789012"), false),
            ("StringEqualsIgnoreCase", "aws:SourceArn", json!(RULE.to_uppercase()), true),
            ("StringNotEqualsIgnoreCase", "aws:SourceArn", json!("x"), true),
            ("Bool", "aws:SecureTransport", json!("false"), false),
            ("Bool", "aws:SecureTransport", json!(true), true),
            ("Null", "aws:SourceArn", json!("false"), true),
            ("Null", "aws:SourceArn", json!("true"), false),
            ("Null", "aws:PrincipalOrgID", json!(true), true),
            ("StringEquals", "aws:PrincipalOrgID", json!("o-1"), false),
            ("StringNotEquals", "aws:PrincipalOrgID", json!("o-1"), true),
            ("StringEqualsIfExists", "aws:PrincipalOrgID", json!("o-1"), true),
            ("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", json!("x"), true),
            ("ForAnyValue:StringLike", "aws:SourceArn", json!("arn:*"), true),
            ("IpAddress", "aws:SourceIp", json!("10.0.0.0/8"), false),
            ("NotIpAddress", "aws:SourceIp", json!("10.0.0.0/8"), true),
            ("IpAddress", "aws:SourceIp", json!(["10.0.0.0/8", "127.0.0.0/8"]), true),
            ("IpAddress", "aws:VpcSourceIp", json!("10.0.0.0/8"), false),
            ("NotIpAddress", "aws:VpcSourceIp", json!("10.0.0.0/8"), true),
            ("DateLessThan", "aws:CurrentTime", json!("2026-01-02T00:00:01Z"), true),
            ("DateGreaterThan", "aws:CurrentTime", json!("2026-01-02T00:00:01Z"), false),
            ("DateNotEquals", "aws:CurrentTime", json!("2026-01-02T00:00:00Z"), false),
            ("DateLessThanEquals", "aws:EpochTime", json!("2026-01-02"), true),
            ("NumericGreaterThanEquals", "aws:EpochTime", json!(1_767_312_000), true),
            ("NumericLessThan", "aws:EpochTime", json!("1767312000"), false),
            ("NumericNotEquals", "aws:EpochTime", json!(1), true),
            ("NumericLessThanIfExists", "aws:MultiFactorAuthAge", json!(3600), true),
            ("NumericLessThan", "aws:MultiFactorAuthAge", json!(3600), false),
        ] {
            let condition = Condition::read(operator, key, &values).unwrap();
            assert_eq!(condition.holds(context), holds, "{operator} {key} {values}");
        }
    }

    #[test]
    fn what_is_no_condition_is_not_read() {
        for (operator, values) in [("ArnIs", json!("x")), ("Some:ArnLike", json!("x")), ("ArnLike", json!({})), ("ArnLike", json!([]))] {
            assert_eq!(Condition::read(operator, "aws:SourceArn", &values), None, "{operator} {values}");
        }
    }
}
