//! What is exported is what a set-up makes, and no text in it means anything else than itself.

use std::process::Command;

use proptest::prelude::*;

use super::*;
use crate::plan::plan;
use crate::settings::{ChainSettings, TargetInput};
use crate::tests::{nothing_made, spec};
use crate::{ChainSpec, Permission, QueueChoice};

fn wanted() -> ChainSettings {
    ChainSettings::wanted(&spec())
}

#[test]
fn the_requests_are_those_of_a_set_up() {
    let dead = |spec: &mut ChainSpec| spec.target.dead_letter = Some(QueueChoice::New("dead".parse().unwrap()));
    let fifo = |spec: &mut ChainSpec| spec.target.queue = QueueChoice::New("orders.fifo".parse().unwrap());
    for change in [|_: &mut ChainSpec| (), dead, fifo] {
        let mut spec = ChainSpec { permission: Permission::None, ..spec() };
        change(&mut spec);
        let mut observed = nothing_made();
        observed.dead_letter = spec.target.dead_letter.as_ref().map(|_| observed.queue.clone());
        let planned = plan(&spec, &observed, None).steps.into_iter().filter(|step| step.writes());
        let mut planned: Vec<_> = planned.map(|step| (step.call.operation, bare(step.input))).collect();
        let mut exported: Vec<_> =
            requests(&ChainSettings::wanted(&spec)).into_iter().map(|one| (one.operation, bare(one.input))).collect();
        let by_text = |(_, input): &(&str, serde_json::Value)| input.to_string();
        planned.sort_by_key(by_text);
        exported.sort_by_key(by_text);
        assert_eq!(exported, planned, "an export makes nothing that a set-up would not");
    }
}

/// A request without what is said by leaving it out.
fn bare(mut input: serde_json::Value) -> serde_json::Value {
    if input["Attributes"] == serde_json::json!({}) {
        input.as_object_mut().unwrap().remove("Attributes");
    }
    input
}

#[test]
fn account_region_and_source_are_variables_everywhere() {
    let settings = wanted();
    let (account, source) = (settings.account.as_str(), settings.source.as_str());
    for kind in ExportKind::ALL {
        let code = export(kind, "Ops", &settings, &[]);
        let code: Vec<&str> = code.lines().filter(|line| !line.starts_with('#')).collect();
        let named = |value: &str| code.iter().filter(|line| line.contains(value)).count();
        assert!(named(account) <= 1, "{}: the account stands once, as a default: {code:#?}", kind.as_str());
        assert_eq!(named(source), 1, "{}: the source stands once, as a default: {code:#?}", kind.as_str());
    }
}

#[test]
fn a_comment_ends_with_its_line() {
    let notes = ["a\nrm -rf /\u{2028}resource \"x\" \"y\" {}\r\u{85}Resources:".to_owned()];
    for kind in ExportKind::ALL {
        let code = export(kind, "Ops\nevil: true", &wanted(), &notes);
        let begins = |word: &str| code.lines().any(|line| line.trim_start().starts_with(word));
        assert!(!begins("rm -rf") && !begins("evil:") && !begins("resource \"x\""), "{code}");
    }
}

#[test]
fn a_key_and_what_was_not_there_are_told() {
    let mut settings = wanted();
    settings.queue.attributes.insert("KmsMasterKeyId".into(), "alias/orders".into());
    let notes = ["Not there, and as Waybill sets it up: rule all.".to_owned()];
    let told = export(ExportKind::Cli, "Ops", &settings, &notes).replace("\n# ", " ");
    for part in
        ["encrypted with alias/orders", "kms:Decrypt and kms:GenerateDataKey", "When this was written: Not there", "First, in iLert"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_shell_reads_every_text_as_it_is(text in "[^\\x00]{0,40}", template in "[ -~]{1,40}") {
        let mut settings = wanted();
        settings.rule.description = format!("{text} 123456789012 '$(touch /tmp/x)' `x` \\ \"");
        settings.target.input = TargetInput::Transformer { paths: [("a".to_owned(), "$.x".to_owned())].into(), template };
        let script = export(ExportKind::Cli, &text, &settings, &[]);
        // The script's requests as the AWS CLI would get them, and nothing else of it.
        let told = format!("aws() {{ for word in \"$@\"; do printf '%s\\n' \"$word\"; done; }}\n{}", requests_of(&script));
        let output = Command::new("sh").arg("-c").arg(told).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        let documents: Vec<serde_json::Value> = told.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).unwrap()).collect();
        for request in requests(&settings).into_iter().filter(|request| request.operation != "SetQueueAttributes") {
            prop_assert!(documents.contains(&request.input), "{} in {:#?}", request.input, documents);
        }
    }
}

/// The lines that send a document, each as a command of its own, after the variables.
fn requests_of(script: &str) -> String {
    let variables = script.lines().filter(|line| ["ACCOUNT_ID=", "REGION=", "EVENT_SOURCE="].iter().any(|name| line.starts_with(name)));
    let sends = script.lines().filter_map(|line| {
        let at = line
            .find("aws events create-event-bus --cli")
            .or_else(|| line.find("aws events put-"))
            .or_else(|| line.find("aws sqs create-queue"))?;
        let end = line.rfind(" --query").or_else(|| line.rfind(" ;;")).unwrap_or(line.len());
        Some(&line[at..end])
    });
    variables.chain(sends).map(|line| format!("{line}\n")).collect()
}
