//! The resource policy of an event bus.

use serde_json::{Map, Value, json};

use super::bus::Bus;
use crate::error::ApiError;

/// Characters of a policy at most (EventBridge quota).
const LONGEST: usize = 10_240;

/// One statement of `PutPermission`'s members.
pub(crate) fn statement((sid, principal, action): (&str, &str, &str), organization: Option<&str>, bus_arn: &str) -> Map<String, Value> {
    let principal = match principal {
        "*" => json!("*"),
        account => json!({"AWS": format!("arn:aws:iam::{account}:root")}),
    };
    let mut statement = Map::new();
    statement.insert("Sid".into(), json!(sid));
    statement.insert("Effect".into(), json!("Allow"));
    statement.insert("Principal".into(), principal);
    statement.insert("Action".into(), json!(action));
    statement.insert("Resource".into(), json!(bus_arn));
    if let Some(organization) = organization {
        statement.insert("Condition".into(), json!({"StringEquals": {"aws:PrincipalOrgID": organization}}));
    }
    statement
}

/// The statements of a whole policy document.
///
/// # Errors
/// `ValidationException` where it is none.
pub(crate) fn statements(document: &str) -> Result<Vec<Map<String, Value>>, ApiError> {
    let refused = || ApiError::validation("Parameter Policy is not valid.");
    let document: Value = serde_json::from_str(document).map_err(|_| refused())?;
    let statements = match document.get("Statement").ok_or_else(refused)? {
        Value::Array(statements) => statements.clone(),
        single => vec![single.clone()],
    };
    let complete = |statement: &Map<String, Value>| ["Effect", "Principal", "Action"].iter().all(|member| statement.contains_key(*member));
    statements
        .into_iter()
        .map(|statement| match statement {
            Value::Object(statement) if complete(&statement) => Ok(statement),
            _ => Err(refused()),
        })
        .collect()
}

/// Puts the statement in the place of the one with its Sid, or adds it.
pub(crate) fn put(bus: &mut Bus, statement: Map<String, Value>) -> Result<(), ApiError> {
    let mut policy = bus.row.policy.clone();
    match policy.iter().position(|other| other.get("Sid") == statement.get("Sid")) {
        Some(at) => policy[at] = statement,
        None => policy.push(statement),
    }
    replace(bus, policy)
}

/// Replaces all statements.
pub(crate) fn replace(bus: &mut Bus, policy: Vec<Map<String, Value>>) -> Result<(), ApiError> {
    let before = std::mem::replace(&mut bus.row.policy, policy);
    if bus.policy().is_some_and(|text| text.chars().count() > LONGEST) {
        bus.row.policy = before;
        return Err(ApiError::sender(
            "PolicyLengthExceededException",
            format!("The policy size exceeds the limit of {LONGEST} characters."),
        ));
    }
    Ok(())
}
