//! `AddPermission`: lets other accounts use a queue, by one more statement of its policy.

use serde::Deserialize;
use serde_json::{Value, json};

use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::Queues;
use crate::sqs::address::Address;
use crate::sqs::attributes::AttributeMap;
use crate::sqs::error::SqsError;
use crate::sqs::moment::{Moment, random_id};
use crate::state::{Journal, World};

/// The actions that can be shared (SQS API reference, `AddPermission`).
const ACTIONS: [&str; 7] =
    ["*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl"];
/// Characters of a label at most.
const MAX_LABEL: usize = 80;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(rename = "QueueUrl")]
    queue_url: Option<String>,
    #[serde(rename = "Label")]
    label: Option<String>,
    #[serde(rename = "AWSAccountIds", default)]
    accounts: Vec<String>,
    #[serde(rename = "Actions", default)]
    actions: Vec<String>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Own("sqs:AddPermission");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let label = check(&input)?;
    let mut statements = statements(&world.sqs, &address)?;
    if statements.iter().any(|statement| statement["Sid"] == label) {
        return Err(invalid(label, "Label", "Already exists.").into());
    }
    let roots = input.accounts.iter().map(|account| format!("arn:aws:iam::{account}:root"));
    statements.push(json!({
        "Sid": label,
        "Effect": "Allow",
        "Principal": {"AWS": one_or_all(roots.collect())},
        "Action": one_or_all(input.actions.iter().map(|name| format!("SQS:{name}")).collect()),
        "Resource": address.to_string(),
    }));
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    set(&mut world.sqs, &address, (statements, &mut moment))?;
    Ok(Outcome::empty())
}

fn check(input: &Input) -> Result<&str, SqsError> {
    let label = input.label.as_deref().filter(|label| !label.is_empty()).ok_or(SqsError::MissingParameter("Label"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if label.len() > MAX_LABEL || !label.chars().all(plain) {
        return Err(invalid(label, "Label", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length."));
    }
    if input.actions.is_empty() {
        return Err(SqsError::MissingParameter("Actions"));
    }
    if input.accounts.is_empty() {
        return Err(SqsError::MissingParameter("AWSAccountIds"));
    }
    if let Some(action) = input.actions.iter().find(|action| !ACTIONS.contains(&action.as_str())) {
        let reason = "Please refer to the appropriate WSDL for a list of valid actions.";
        return Err(invalid(&format!("SQS:{action}"), "ActionName", reason));
    }
    let is_account = |account: &String| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if !input.accounts.iter().all(is_account) {
        return Err(invalid(&format!("[{}]", input.accounts.join(", ")), "PrincipalId", "Unable to verify."));
    }
    Ok(label)
}

/// A refused value, in SQS's words.
pub(super) fn invalid(value: &str, parameter: &str, reason: &str) -> SqsError {
    SqsError::InvalidParameter(format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
}

fn one_or_all(mut texts: Vec<String>) -> Value {
    if texts.len() == 1 { json!(texts.remove(0)) } else { json!(texts) }
}

/// The statements of a queue's policy.
pub(super) fn statements(queues: &Queues, address: &Address) -> Result<Vec<Value>, SqsError> {
    let policy = queues.get(address)?.settings().shown().remove("Policy");
    let document: Value = policy.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Ok(match document.get("Statement") {
        Some(Value::Array(statements)) => statements.clone(),
        Some(single) => vec![single.clone()],
        None => Vec::new(),
    })
}

/// Gives the queue a policy of these statements; without any, it has none.
pub(super) fn set(queues: &mut Queues, address: &Address, (statements, moment): (Vec<Value>, &mut Moment<'_>)) -> Result<(), SqsError> {
    let id = format!("{address}/SQSDefaultPolicy");
    let document = json!({"Version": "2008-10-17", "Id": id, "Statement": statements});
    let text = if statements.is_empty() { String::new() } else { document.to_string() };
    queues.set_attributes(address, &AttributeMap::from([("Policy".to_owned(), text)]), moment)
}
