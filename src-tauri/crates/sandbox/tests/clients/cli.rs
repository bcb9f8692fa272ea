//! The flow by the AWS CLI.

use serde_json::{Value, json};
use waybill_sandbox::{Sandbox, SandboxConfig};

use super::{client, installed};

const SOURCE: &str = "aws.partner/ilert.com/test/cc23670e-2073-4b3c-a1f3-f366b0a5e5d9";

struct Cli {
    sandbox: Sandbox,
}

impl Cli {
    /// (exit code, what it printed, what it complained).
    async fn run(&self, arguments: &[&str], as_partner: bool) -> (i32, String, String) {
        let keys = self.sandbox.keys();
        let mut aws = client(installed("aws"), &self.sandbox);
        if as_partner {
            aws.env("AWS_ACCESS_KEY_ID", &keys.partner_access_key_id).env("AWS_SECRET_ACCESS_KEY", &keys.partner_secret_access_key);
        }
        let output = aws.args(["--endpoint-url", &self.sandbox.endpoint(), "--output", "json"]).args(arguments).output().await.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    async fn json(&self, arguments: &[&str], as_partner: bool) -> Value {
        let (code, told, complaint) = self.run(arguments, as_partner).await;
        assert_eq!(code, 0, "aws {arguments:?}: {complaint}");
        serde_json::from_str(&told).unwrap_or_default()
    }

    async fn customer(&self, arguments: &[&str]) -> Value {
        self.json(arguments, false).await
    }

    /// Source, bus, rule, queue with its policy, target; returns the queue's URL.
    async fn set_up(&self) -> String {
        self.json(&["events", "create-partner-event-source", "--name", SOURCE, "--account", "123456789012"], true).await;
        let sources = self.customer(&["events", "list-event-sources"]).await;
        assert_eq!(sources["EventSources"][0]["State"], "PENDING");
        self.customer(&["events", "create-event-bus", "--name", SOURCE, "--event-source-name", SOURCE]).await;
        let pattern = r#"{"account":["123456789012"]}"#;
        let rule = self.customer(&["events", "put-rule", "--name", "all", "--event-bus-name", SOURCE, "--event-pattern", pattern]).await;
        let arn = "arn:aws:sqs:eu-central-1:123456789012:inbox";
        let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage", "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": rule["RuleArn"]}}}]});
        let attributes = json!({"Policy": policy.to_string()}).to_string();
        let queue = self.customer(&["sqs", "create-queue", "--queue-name", "inbox", "--attributes", &attributes]).await;
        let target = format!("Id=queue,Arn={arn}");
        let put = self.customer(&["events", "put-targets", "--rule", "all", "--event-bus-name", SOURCE, "--targets", &target]).await;
        assert_eq!(put["FailedEntryCount"], 0);
        queue["QueueUrl"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
#[ignore = "needs the AWS CLI: make clients"]
async fn the_aws_cli_runs_the_whole_flow() {
    let cli = Cli { sandbox: Sandbox::start(SandboxConfig::ephemeral()).await.unwrap() };
    assert_eq!(cli.customer(&["sts", "get-caller-identity"]).await["Account"], "123456789012");
    let url = cli.set_up().await;
    let entry = json!([{"Source": SOURCE, "DetailType": "incident-created", "Resources": ["ilert"], "Detail": "{\"id\":\"4711\"}"}]);
    let published = cli.json(&["events", "put-partner-events", "--entries", &entry.to_string()], true).await;
    assert_eq!(published["FailedEntryCount"], 0);
    let received = cli.customer(&["sqs", "receive-message", "--queue-url", &url, "--wait-time-seconds", "5"]).await;
    let message = &received["Messages"][0];
    let event: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
    assert_eq!((&event["id"], &event["detail"]["id"]), (&published["Entries"][0]["EventId"], &json!("4711")));
    let handle = message["ReceiptHandle"].as_str().unwrap();
    cli.customer(&["sqs", "delete-message", "--queue-url", &url, "--receipt-handle", handle]).await;

    let (code, _, complaint) = cli.run(&["sqs", "get-queue-url", "--queue-name", "missing"], false).await;
    assert_eq!(code, 255, "as version 1 ends when a service refuses: {complaint}");
    assert!(complaint.contains("(AWS.SimpleQueueService.NonExistentQueue)"), "{complaint}");
    let (code, _, complaint) = cli.run(&["events", "delete-event-bus", "--name", "default"], false).await;
    assert!(code == 255 && complaint.contains("Cannot delete event bus default."), "{complaint}");
}
