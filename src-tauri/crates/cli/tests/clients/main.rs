//! Exported code run by AWS's own clients against the sandbox: the chain stands again, and nothing has drifted.
//!
//! `make clients` installs the AWS CLI, boto3 and cfn-lint and runs this.
#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code, unused_imports, reason = "this needs only a part of what the program's tests need")]
#[path = "../program/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use aws_sdk_eventbridge::types::{DeadLetterConfig, InputTransformer, RetryPolicy, Tag, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::{Value, json};

use support::{Cloud, Serving, Waybill};

/// A description in which every language has something of its own.
const NASTY: &str = "it's \"nasty\": $(touch x) `x` ${x} %{y} \\ # 123456789012 ü 🚨 --name";

fn installed(name: &str) -> PathBuf {
    let folder = std::env::var_os("WAYBILL_CLIENTS").expect("`make clients` says where AWS's clients are");
    PathBuf::from(folder).join("bin").join(name)
}

/// A chain on a sandbox that is served.
struct Stand {
    waybill: Waybill,
    serving: Serving,
    cloud: Cloud,
}

impl Stand {
    fn new() -> Self {
        let waybill = Waybill::new();
        let serving = waybill.serve(&[]);
        waybill.action("Page", "all");
        waybill.json(&["setup", "apply", "Page"]);
        let cloud = serving.cloud();
        Self { waybill, serving, cloud }
    }

    /// Changes every setting that a chain has, as an administrator could have.
    fn enrich(&self) {
        let (cloud, bus, url) = (&self.cloud, self.cloud.source(), self.cloud.queue());
        let rule = cloud.rule(&bus);
        let dead = cloud.new_queue("dead-letters");
        let put = cloud.events.put_rule().name(&rule).event_bus_name(&bus).description(NASTY);
        let pattern =
            json!({ "account": ["123456789012"], "detail": { "summary": [{ "anything-but": NASTY }], "n": [{ "exists": false }] } });
        cloud.wait(put.event_pattern(pattern.to_string()).send()).unwrap();
        let tag = |key: &str| Tag::builder().key(key).value("a: b=c+d@e/ü 日本").build().unwrap();
        let arn = format!("arn:aws:events:eu-central-1:123456789012:rule/{bus}/{rule}");
        cloud.wait(cloud.events.tag_resource().resource_arn(arn).tags(tag("team")).send()).unwrap();
        let transformer = InputTransformer::builder().input_paths_map("id", "$.detail.id").input_template("\"it's <id> ${x}\"");
        let target = Target::builder()
            .id(cloud.targets(&bus, &rule)[0].id.clone())
            .arn(cloud.arn(&url))
            .input_transformer(transformer.build().unwrap())
            .retry_policy(RetryPolicy::builder().maximum_retry_attempts(7).maximum_event_age_in_seconds(600).build())
            .dead_letter_config(DeadLetterConfig::builder().arn(cloud.arn(&dead)).build());
        cloud.wait(cloud.events.put_targets().rule(&rule).event_bus_name(&bus).targets(target.build().unwrap()).send()).unwrap();
        let redrive = json!({ "deadLetterTargetArn": cloud.arn(&dead), "maxReceiveCount": 5 }).to_string();
        let set = cloud.sqs.set_queue_attributes().queue_url(&url).attributes(QueueAttributeName::VisibilityTimeout, "45");
        cloud.wait(set.attributes(QueueAttributeName::RedrivePolicy, redrive).send()).unwrap();
        cloud.wait(cloud.sqs.tag_queue().queue_url(&url).tags("cost-centre", "yes: - 0x1 ü@/=+").send()).unwrap();
        let mut policy = cloud.policy(&url);
        let insecure = json!({ "Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": cloud.arn(&url),
            "Condition": { "Bool": { "aws:SecureTransport": "false" } } });
        policy["Statement"].as_array_mut().unwrap().push(insecure);
        cloud.set_policy(&url, &policy.to_string());
    }

    /// Removes everything of the chain behind Waybill's back, so that its source is pending again.
    fn remove(&self) {
        let (cloud, bus) = (&self.cloud, self.cloud.source());
        let rule = cloud.rule(&bus);
        let ids = cloud.targets(&bus, &rule).into_iter().map(|target| target.id);
        cloud.wait(cloud.events.remove_targets().rule(&rule).event_bus_name(&bus).set_ids(Some(ids.collect())).send()).unwrap();
        cloud.wait(cloud.events.delete_rule().name(&rule).event_bus_name(&bus).send()).unwrap();
        cloud.wait(cloud.events.delete_event_bus().name(&bus).send()).unwrap();
        for url in cloud.queues() {
            cloud.wait(cloud.sqs.delete_queue().queue_url(url).send()).unwrap();
        }
        assert_eq!(cloud.sources()[0].1, "PENDING");
    }

    fn exported(&self, kind: &str) -> Value {
        self.waybill.json(&["export", "Page", "--as", kind])
    }

    /// Every setting of the chain, as the requests that would make it.
    fn requests(&self) -> Value {
        self.exported("cli")["requests"].clone()
    }

    fn file(&self, kind: &str) -> String {
        let exported = self.exported(kind);
        self.waybill.file(exported["file_name"].as_str().unwrap(), exported["text"].as_str().unwrap())
    }

    /// A command that finds the sandbox's customer, and the installed programs.
    fn client(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let key = |name: &str| self.serving.line[name].as_str().unwrap().to_owned();
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
            command.env_remove(name);
        }
        let programs = installed("aws").parent().unwrap().display().to_string();
        command
            .env("PATH", format!("{programs}:{}", std::env::var("PATH").unwrap()))
            .env("AWS_ACCESS_KEY_ID", key("access_key_id"))
            .env("AWS_SECRET_ACCESS_KEY", key("secret_access_key"))
            .env("AWS_DEFAULT_REGION", key("region"))
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("ENDPOINT_URL", self.serving.endpoint());
        command
    }

    fn run_script(&self, file: &str) -> Output {
        self.client("sh").arg(file).output().unwrap()
    }

    #[track_caller]
    fn stands_as_before(&self, before: &Value) {
        assert_eq!(&self.requests(), before, "every setting is there again");
        let status = self.waybill.run(&["setup", "status", "Page", "--format", "json"]);
        assert_eq!((status.code, &status.json()["drift"]), (Some(0), &json!([])), "{status:#?}");
    }
}

#[track_caller]
fn ended_well(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    told
}

#[test]
#[ignore = "needs the AWS CLI: make clients"]
fn the_exported_script_makes_the_chain_again_and_it_is_proven() {
    let stand = Stand::new();
    let (script, before) = (stand.file("cli"), stand.requests());
    stand.remove();
    assert!(ended_well(&stand.run_script(&script)).contains("The chain stands."));
    stand.stands_as_before(&before);
    assert_eq!(stand.waybill.run(&["verify", "Page"]).code, Some(0), "what the script made carries the nine events");
    assert!(ended_well(&stand.run_script(&script)).contains("stays as it is"), "it can be run again");
    stand.stands_as_before(&before);
}

#[test]
#[ignore = "needs the AWS CLI: make clients"]
fn every_setting_of_a_chain_is_made_again_whatever_is_in_it() {
    let stand = Stand::new();
    stand.enrich();
    let (script, before) = (stand.file("cli"), stand.requests());
    let told = before.to_string();
    for part in ["InputTransformer", "MaximumRetryAttempts", "DeadLetterConfig", "RedrivePolicy", "aws:SourceArn", "cost-centre", "team"] {
        assert!(told.contains(part), "{part} is exported: {told}");
    }
    stand.remove();
    ended_well(&stand.run_script(&script));
    assert_eq!(stand.requests(), before, "every setting is there again");
    assert!(!Path::new("x").exists(), "no text was taken for a command");
}

#[test]
#[ignore = "needs the AWS CLI: make clients"]
fn the_script_stops_before_it_replaces_what_somebody_else_made() {
    let stand = Stand::new();
    let script = stand.file("cli");
    let (cloud, bus) = (&stand.cloud, stand.cloud.source());
    let rule = cloud.rule(&bus);
    let put = cloud.events.put_rule().name(&rule).event_bus_name(&bus).event_pattern(r#"{"source":["theirs"]}"#);
    cloud.wait(put.send()).unwrap();
    let output = stand.run_script(&script);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("another event pattern"), "{said}");
    let described = cloud.wait(cloud.events.describe_rule().name(&rule).event_bus_name(&bus).send()).unwrap();
    assert_eq!(described.event_pattern(), Some(r#"{"source":["theirs"]}"#), "it is as they made it");
    let elsewhere = stand.client("sh").arg(&script).env("ACCOUNT_ID", "999999999999").output().unwrap();
    let said = String::from_utf8_lossy(&elsewhere.stderr);
    assert!(!elsewhere.status.success() && said.contains("not of 999999999999"), "{said}");
}

#[test]
#[ignore = "needs boto3: make clients"]
fn boto3_makes_the_chain_again_from_the_exported_requests() {
    let stand = Stand::new();
    let before = stand.requests();
    let file = stand.waybill.file("requests.json", &before.to_string());
    stand.remove();
    let again = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/again.py");
    ended_well(&stand.client(installed("python")).arg(again).arg(&file).output().unwrap());
    stand.stands_as_before(&before);
}

#[test]
#[ignore = "needs cfn-lint: make clients"]
fn exported_templates_have_no_findings() {
    let stand = Stand::new();
    stand.enrich();
    let template = stand.file("cloudformation");
    ended_well(&stand.client(installed("cfn-lint")).args(["--regions", "eu-central-1", "--", &template]).output().unwrap());
}
