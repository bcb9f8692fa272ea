//! A key that may read little: every unreadable check says which action is missing.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use waybill_aws::{Clients, Connection, KeyPair};
use waybill_diagnosis::{CheckId, Diagnosis, Outcome, diagnose};
use waybill_load::{Ask, Wire};
use waybill_sandbox::{Sandbox, SandboxConfig};

use super::case::{case, now};

/// A diagnosis by a key with this policy.
async fn diagnosed_with(policy: Value) -> Diagnosis {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let host = sandbox.endpoint().replace("http://", "");
    let keys = sandbox.keys();
    let mut wire = Wire::connect(&host).await.unwrap();
    let ask = Ask::order(&host, "/_waybill/users", &json!({ "policy": policy }));
    let user: Value = wire.json(ask.signed((&keys.access_key_id, &keys.secret_access_key))).await.unwrap();
    let text = |name: &str| user[name].as_str().unwrap().to_owned();
    let reader = KeyPair { access_key_id: text("access_key_id"), secret_access_key: text("secret_access_key") };
    let partner = KeyPair { access_key_id: keys.partner_access_key_id.clone(), secret_access_key: keys.partner_secret_access_key.clone() };
    let connection = Connection::Sandbox { endpoint: sandbox.endpoint(), keys: reader, partner };
    let clients = Clients::connect(&connection, &"eu-central-1".parse().unwrap()).await.unwrap();
    let diagnosis = diagnose(&clients, &case(), now, |_| ()).await.unwrap();
    sandbox.shutdown().await;
    diagnosis
}

fn missing(diagnosis: &Diagnosis) -> BTreeSet<String> {
    let unknown = diagnosis.checks.iter().filter(|check| check.outcome == Outcome::Unknown);
    let actions = unknown.filter_map(|check| check.explanation.split("IAM action `").nth(1)?.split('`').next().map(str::to_owned));
    actions.collect()
}

#[tokio::test]
async fn without_any_permission_each_check_names_the_action_that_is_missing() {
    let diagnosis = diagnosed_with(json!({ "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } })).await;
    let wanted =
        ["events:DescribeEventBus", "events:DescribeEventSource", "events:DescribeRule", "events:ListTargetsByRule", "sqs:GetQueueUrl"];
    assert_eq!(missing(&diagnosis), wanted.map(str::to_owned).into());
    assert!(diagnosis.is_healthy(), "what cannot be told is no cause: {:?}", diagnosis.causes().collect::<Vec<_>>());
    assert_eq!(diagnosis.checks.len(), CheckId::ALL.len());
}

#[tokio::test]
async fn one_missing_permission_leaves_the_other_checks_alone() {
    let policy = json!({ "Statement": [
        { "Effect": "Allow", "Action": ["events:Describe*", "events:List*", "sqs:Get*"], "Resource": "*" },
        { "Effect": "Deny", "Action": "sqs:GetQueueUrl", "Resource": "*" },
    ]});
    let diagnosis = diagnosed_with(policy).await;
    assert_eq!(missing(&diagnosis), BTreeSet::from(["sqs:GetQueueUrl".to_owned()]));
    let causes: Vec<CheckId> = diagnosis.causes().map(|check| check.id).collect();
    assert_eq!(causes, [CheckId::SourceMissing], "what could be read is judged");
}
