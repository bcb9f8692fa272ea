//! Keys of queues: a key that EventBridge may not use leaves events undelivered.
#![allow(clippy::unwrap_used, missing_docs)]

use http::StatusCode;
use serde_json::{Value, json};
use waybill_load::{Ask, EVENTS, KMS, SQS, Service, Wire};
use waybill_sandbox::{Sandbox, SandboxConfig};

const DEAD: &str = "arn:aws:sqs:eu-central-1:123456789012:dead";
const INBOX: &str = "arn:aws:sqs:eu-central-1:123456789012:inbox";

struct Lab {
    sandbox: Sandbox,
    address: String,
    wire: Wire,
}

impl Lab {
    async fn start(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let address = sandbox.endpoint().replace("http://", "");
        let wire = Wire::connect(&address).await.unwrap();
        Self { sandbox, address, wire }
    }

    async fn ask(&mut self, service: Service, operation: &str, body: &Value) -> (StatusCode, Value) {
        let keys = self.sandbox.keys();
        let ask = Ask::json(&self.address, service, operation, body).signed((&keys.access_key_id, &keys.secret_access_key));
        let (status, body) = self.wire.send(ask).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn must(&mut self, service: Service, operation: &str, body: &Value) -> Value {
        let (status, answer) = self.ask(service, operation, body).await;
        assert_eq!(status, StatusCode::OK, "{operation}: {answer}");
        answer
    }

    async fn new_key(&mut self, body: &Value) -> String {
        let made = self.must(KMS, "CreateKey", body).await;
        made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
    }

    /// A rule with the queue "inbox" and the dead-letter queue "dead".
    async fn chain(&mut self) {
        let target = json!([{"Id": "t1", "Arn": INBOX, "DeadLetterConfig": {"Arn": DEAD}}]);
        self.must(EVENTS, "PutRule", &json!({"Name": "all", "EventPattern": r#"{"source":["s"]}"#})).await;
        self.must(EVENTS, "PutTargets", &json!({"Rule": "all", "Targets": target})).await;
        let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage", "Resource": "*"}]});
        for name in ["inbox", "dead"] {
            self.must(SQS, "CreateQueue", &json!({"QueueName": name, "Attributes": {"Policy": policy.to_string()}})).await;
        }
    }

    fn url(&self, name: &str) -> String {
        format!("http://{}/123456789012/{name}", self.address)
    }

    /// What becomes of one event while the queue has this key: "delivered", or the dead letter's code.
    async fn fate(&mut self, key: &str) -> String {
        let url = self.url("inbox");
        self.must(SQS, "SetQueueAttributes", &json!({"QueueUrl": url, "Attributes": {"KmsMasterKeyId": key}})).await;
        self.must(EVENTS, "PutEvents", &json!({"Entries": [{"Source": "s", "DetailType": "t", "Detail": "{}"}]})).await;
        for name in ["inbox", "dead"] {
            let url = self.url(name);
            let received = self.must(SQS, "ReceiveMessage", &json!({"QueueUrl": url, "MessageAttributeNames": ["All"]})).await;
            let Some(message) = received["Messages"].get(0) else { continue };
            self.must(SQS, "DeleteMessage", &json!({"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]})).await;
            let code = &message["MessageAttributes"]["ERROR_CODE"]["StringValue"];
            return code.as_str().unwrap_or("delivered").to_owned();
        }
        panic!("the event is nowhere");
    }
}

/// The owner's statement and one for EventBridge.
fn policy(actions: &Value, condition: &Value) -> String {
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": actions, "Resource": "*", "Condition": condition}]})
    .to_string()
}

#[tokio::test]
async fn a_queue_takes_events_only_when_eventbridge_may_use_its_key() {
    let mut lab = Lab::start(SandboxConfig::ephemeral()).await;
    lab.chain().await;
    let both = json!(["kms:Decrypt", "kms:GenerateDataKey*"]);
    let rule = |name: &str| json!({"ArnEquals": {"aws:SourceArn": format!("arn:aws:events:eu-central-1:123456789012:rule/{name}")}});
    assert_eq!(lab.fate("").await, "delivered", "no key");
    assert_eq!(lab.fate("alias/aws/sqs").await, "NO_PERMISSIONS", "nobody can change AWS's own key");
    assert_eq!(lab.fate("alias/mine").await, "INVALID_PARAMETER", "no such key");
    let key = lab.new_key(&json!({})).await;
    assert_eq!(lab.fate(&key).await, "NO_PERMISSIONS", "a new key is its account's only");
    for (actions, condition, fate) in [
        (both.clone(), json!({}), "delivered"),
        (both.clone(), rule("all"), "delivered"),
        (both, rule("other"), "NO_PERMISSIONS"),
        (json!("kms:Decrypt"), json!({}), "NO_PERMISSIONS"),
        (json!("kms:GenerateDataKey"), json!({}), "NO_PERMISSIONS"),
        (json!("kms:*"), json!({"StringEquals": {"kms:ViaService": "sqs.eu-central-1.amazonaws.com"}}), "delivered"),
    ] {
        let put = json!({"KeyId": key, "PolicyName": "default", "Policy": policy(&actions, &condition)});
        lab.must(KMS, "PutKeyPolicy", &put).await;
        assert_eq!(lab.fate(&key).await, fate, "{actions} {condition}");
        let arn = format!("arn:aws:kms:eu-central-1:123456789012:key/{key}");
        assert_eq!(lab.fate(&arn).await, fate, "by its ARN");
    }
}

#[tokio::test]
async fn a_key_that_is_disabled_or_to_be_deleted_is_of_no_use() {
    let mut lab = Lab::start(SandboxConfig::ephemeral()).await;
    lab.chain().await;
    let key = lab.new_key(&json!({"Policy": policy(&json!("kms:*"), &json!({}))})).await;
    lab.must(KMS, "CreateAlias", &json!({"AliasName": "alias/ours", "TargetKeyId": key})).await;
    let of_key = json!({"KeyId": key});
    for (operation, state, fate) in [
        ("EnableKey", "Enabled", "delivered"),
        ("DisableKey", "Disabled", "INVALID_PARAMETER"),
        ("ScheduleKeyDeletion", "PendingDeletion", "INVALID_PARAMETER"),
        ("CancelKeyDeletion", "Disabled", "INVALID_PARAMETER"),
        ("EnableKey", "Enabled", "delivered"),
    ] {
        lab.must(KMS, operation, &of_key).await;
        let told = lab.must(KMS, "DescribeKey", &of_key).await;
        assert_eq!(told["KeyMetadata"]["KeyState"], state, "after {operation}");
        assert_eq!(lab.fate("alias/ours").await, fate, "after {operation}");
    }
}

#[tokio::test]
async fn a_key_is_told_as_aws_tells_it_and_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = SandboxConfig { data_dir: Some(folder.path().to_owned()), ..SandboxConfig::ephemeral() };
    let mut lab = Lab::start(config.clone()).await;
    let key = lab.new_key(&json!({"Description": "ours"})).await;
    lab.sandbox.shutdown().await;
    let mut lab = Lab::start(config).await;
    let told = lab.must(KMS, "DescribeKey", &json!({"KeyId": key})).await;
    let told = &told["KeyMetadata"];
    assert_eq!(told["Arn"], format!("arn:aws:kms:eu-central-1:123456789012:key/{key}"));
    assert_eq!((&told["Description"], &told["KeyState"], &told["KeyManager"]), (&json!("ours"), &json!("Enabled"), &json!("CUSTOMER")));
    let policy = lab.must(KMS, "GetKeyPolicy", &json!({"KeyId": key})).await;
    assert!(policy["Policy"].as_str().unwrap().contains("arn:aws:iam::123456789012:root"), "{policy}");
    let own = lab.must(KMS, "DescribeKey", &json!({"KeyId": "alias/aws/sqs"})).await;
    assert_eq!(own["KeyMetadata"]["KeyManager"], "AWS");
    lab.must(KMS, "CreateAlias", &json!({"AliasName": "alias/ours", "TargetKeyId": key})).await;
    let named = lab.must(KMS, "DescribeKey", &json!({"KeyId": "alias/ours"})).await;
    assert_eq!(named["KeyMetadata"]["KeyId"], key, "an alias leads to its key");
    lab.must(KMS, "DeleteAlias", &json!({"AliasName": "alias/ours"})).await;
    let policy = lab.must(KMS, "GetKeyPolicy", &json!({"KeyId": own["KeyMetadata"]["KeyId"]})).await;
    assert!(policy["Policy"].as_str().unwrap().contains("kms:ViaService"), "the same key by its id: {policy}");
}

#[tokio::test]
async fn what_kms_would_refuse_is_refused() {
    let mut lab = Lab::start(SandboxConfig::ephemeral()).await;
    let key = lab.new_key(&json!({})).await;
    let own = lab.must(KMS, "DescribeKey", &json!({"KeyId": "alias/aws/sqs"})).await;
    let managed = own["KeyMetadata"]["KeyId"].clone();
    let lockout = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
        "Action": "kms:*", "Resource": "*"}]})
    .to_string();
    for (operation, body, code) in [
        ("DescribeKey", json!({"KeyId": "none"}), "NotFoundException"),
        ("DescribeKey", json!({"KeyId": "alias/none"}), "NotFoundException"),
        ("DescribeKey", json!({}), "ValidationException"),
        ("GetKeyPolicy", json!({"KeyId": key, "PolicyName": "other"}), "NotFoundException"),
        ("GetKeyPolicy", json!({"KeyId": "alias/aws/sqs"}), "NotFoundException"),
        ("EnableKey", json!({"KeyId": "alias/aws/sqs"}), "NotFoundException"),
        ("CancelKeyDeletion", json!({"KeyId": key}), "KMSInvalidStateException"),
        ("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 6}), "ValidationException"),
        ("CreateAlias", json!({"AliasName": "ours", "TargetKeyId": key}), "InvalidAliasNameException"),
        ("CreateAlias", json!({"AliasName": "alias/aws/ours", "TargetKeyId": key}), "NotAuthorizedException"),
        ("DeleteAlias", json!({"AliasName": "alias/none"}), "NotFoundException"),
        ("PutKeyPolicy", json!({"KeyId": key, "Policy": "{"}), "MalformedPolicyDocumentException"),
        ("PutKeyPolicy", json!({"KeyId": key, "Policy": lockout}), "MalformedPolicyDocumentException"),
        ("PutKeyPolicy", json!({"KeyId": managed, "Policy": policy(&json!("kms:*"), &json!({}))}), "AccessDeniedException"),
        ("CreateKey", json!({"KeySpec": "RSA_2048"}), "UnsupportedOperationException"),
        ("CreateKey", json!({"Colour": "red"}), "SerializationException"),
        ("Encrypt", json!({"KeyId": key}), "UnknownOperationException"),
    ] {
        let (status, answer) = lab.ask(KMS, operation, &body).await;
        assert_eq!((status, &answer["__type"]), (StatusCode::BAD_REQUEST, &json!(code)), "{operation} {body}: {answer}");
    }
    let bypass = json!({"KeyId": key, "Policy": lockout, "BypassPolicyLockoutSafetyCheck": true});
    lab.must(KMS, "PutKeyPolicy", &bypass).await;
}
