//! Exported code read by foreign parsers: whatever the chain's texts are, Terraform's and CloudFormation's say what the requests say.
//!
//! `make clients` installs cfn-lint and an HCL parser and runs this.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use waybill_setup::{
    ChainSettings, ChainSpec, ExportKind, Grant, QueueChoice, ResourcePolicy, Retry, Right, TargetInput, export, requests,
};

/// How many chains are made up.
const CHAINS: usize = 150;

const SOURCE: &str = "aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352";

fn installed(name: &str) -> PathBuf {
    let folder = std::env::var_os("WAYBILL_CLIENTS").expect("`make clients` says where cfn-lint and the HCL parser are");
    PathBuf::from(folder).join("bin").join(name)
}

/// Texts that mean something to one of the languages, and any others.
fn nasty() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "${",
        "}",
        "%{",
        "$",
        "$$",
        "%",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "#",
        "//",
        ": ",
        "- ",
        "&a",
        "*a",
        "!Sub",
        "<<EOT",
        "EOT",
        "true",
        "null",
        "~",
        "0x1",
        "1e3",
        "file://",
        "http://x",
        "ü",
        "日本",
        "🚨",
        "\u{2028}",
        "\u{85}",
        "\u{feff}",
        "\u{7f}",
        "\u{1}",
        "$(x)",
        "`x`",
        "123456789012",
        "eu-central-1",
        SOURCE,
        "arn:aws:sqs:eu-central-1:123456789012:q",
        "${AWS::AccountId}",
        "${var.x}",
        "jsonencode(",
        " ",
    ]);
    let part = prop_oneof![4 => words.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// Letters, digits, spaces and `_.:/=+-@`: AWS takes nothing else in a tag.
fn tags() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map("k[a-zäß日_.:/=+@ -]{0,9}", "[a-zA-Z0-9äß日_.:/=+@ -]{0,12}", 0..3)
}

fn input() -> impl Strategy<Value = TargetInput> {
    prop_oneof![
        Just(TargetInput::Event),
        nasty().prop_map(|text| TargetInput::Constant(json!(text).to_string())),
        Just(TargetInput::Path("$.detail".to_owned())),
        (nasty(), nasty()).prop_map(|(name, template)| TargetInput::Transformer {
            paths: [(format!("p{name}"), "$.detail.id".to_owned())].into(),
            template: format!("\"{template}\""),
        }),
    ]
}

fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![
        nasty().prop_map(|text| json!({ "account": ["123456789012"], "detail": { "summary": [{ "prefix": text }] } }).to_string()),
        nasty()
            .prop_map(|text| format!("{{\"detail\": {{\"n\": [{{\"numeric\": [\">\", 300.0]}}], \"t\": [true, null, {}]}}}}", json!(text))),
        nasty().prop_map(|text| json!({ format!("x{text}"): [text] }).to_string()),
    ]
}

fn chain() -> impl Strategy<Value = ChainSettings> {
    let texts = (nasty(), pattern(), input(), (tags(), tags(), tags()), nasty());
    let names = ("[.A-Za-z0-9_-]{1,64}", "[A-Za-z0-9_-]{1,60}", any::<bool>(), any::<bool>(), any::<bool>());
    (texts, names).prop_map(
        |((description, pattern, input, (bus_tags, rule_tags, queue_tags), sid), (rule, queue, is_fifo, has_dead, enabled))| {
            let mut spec = ChainSpec::suggested(SOURCE.parse().unwrap(), "123456789012".parse().unwrap(), "eu-central-1".parse().unwrap());
            spec.rule.name = rule.parse().unwrap();
            spec.target.queue = QueueChoice::New(format!("{queue}{}", if is_fifo { ".fifo" } else { "" }).parse().unwrap());
            spec.target.dead_letter = has_dead.then(|| QueueChoice::New(format!("{queue}-dead").parse().unwrap()));
            let mut settings = ChainSettings::wanted(&spec);
            settings.rule.description = description;
            settings.rule.pattern = pattern;
            settings.rule.enabled = enabled;
            (settings.bus_tags, settings.rule.tags, settings.queue.tags) = (bus_tags, rule_tags, queue_tags);
            settings.target.input = input;
            settings.target.retry = has_dead.then_some(Retry { attempts: Some(3), age_s: is_fifo.then_some(600) });
            let others = json!({ "Version": "2012-10-17", "Statement": [{ "Sid": sid, "Effect": "Deny", "Principal": "*", "Action": "sqs:*",
            "Resource": spec.arn_of(&spec.target.queue), "Condition": { "Bool": { "aws:SecureTransport": "false" } } }] });
            let grant = Grant { rule: spec.rule_arn(), queue: spec.arn_of(&spec.target.queue) };
            settings.queue.policy = Some(ResourcePolicy::read(Some(&others.to_string())).unwrap().allowing(&grant).text());
            settings.queue.attributes.insert("VisibilityTimeout".into(), "45".into());
            if let Some(dead) = settings.dead_letter.as_ref().filter(|_| !is_fifo) {
                let redrive = json!({ "deadLetterTargetArn": settings.queue_arn(&dead.name), "maxReceiveCount": 5 });
                settings.queue.attributes.insert("RedrivePolicy".into(), redrive.to_string());
            }
            settings
        },
    )
}

#[test]
#[ignore = "needs cfn-lint and an HCL parser: make clients"]
fn terraform_and_cloudformation_say_what_the_requests_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = TestRunner::deterministic();
    for number in 0..CHAINS {
        let settings = chain().new_tree(&mut dice).unwrap().current();
        let own = Grant { rule: settings.rule_arn(), queue: settings.queue_arn(&settings.queue.name) };
        let file = |ending: &str| folder.path().join(format!("{number:04}.{ending}"));
        let requests: Vec<Value> = requests(&settings).iter().map(|request| json!(request)).collect();
        let wanted = json!({ "source": SOURCE, "requests": requests, "statement": own.statement() });
        std::fs::write(file("json"), wanted.to_string()).unwrap();
        for kind in [ExportKind::Terraform, ExportKind::CloudFormation] {
            let ending = if kind == ExportKind::Terraform { "tf" } else { "yaml" };
            std::fs::write(file(ending), export(kind, "Ops \"1\" ${x}\u{2028}", &settings, &[])).unwrap();
        }
    }
    let check = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/check.py");
    let output = Command::new(installed("python")).arg(check).arg(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(&format!("{CHAINS} chains")), "every chain was read: {told}");
}
