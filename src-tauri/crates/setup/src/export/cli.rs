//! A shell script for the AWS CLI.
//!
//! Every request is given as one JSON document: whatever a name begins with, nothing in it is taken for an option, a file or a list.

use serde_json::{Value, json};

use super::holes::{Hole, Holes, Piece};
use super::json::ascii;
use super::requests::{create_bus, create_queue, put_rule, put_targets};
use crate::settings::{ChainSettings, QueueSettings};

/// What stands before the first request.
const HEAD: &str = r#"
stop() { echo "chain.sh: $*" >&2; exit 1; }
aws() { command aws --region "$REGION" ${ENDPOINT_URL:+--endpoint-url "$ENDPOINT_URL"} --output text "$@"; }

# Lets a rule send to a queue: allow URL POLICY. A policy that somebody else gave the queue is not replaced.
allow() {
  policy=$(aws sqs get-queue-attributes --queue-url "$1" --attribute-names Policy --query Attributes.Policy)
  case $policy in
    None|"") aws sqs set-queue-attributes --queue-url "$1" --attributes "$2" ;;
    *"$RULE_ARN"*) echo "  its policy names the rule already and stays as it is" ;;
    *) stop "the queue $1 has a policy that does not name the rule; add the statement by hand: $2" ;;
  esac
}

case $ACCOUNT_ID in *[!0-9]*|"") stop "ACCOUNT_ID is not an account" ;; esac
case $REGION in *[!a-z0-9-]*|"") stop "REGION is not a region" ;; esac
case $EVENT_SOURCE in *[!A-Za-z0-9._/-]*|"") stop "EVENT_SOURCE is not a partner event source" ;; esac
export AWS_PAGER=""
caller=$(aws sts get-caller-identity --query Account)
[ "$caller" = "$ACCOUNT_ID" ] || stop "these credentials are those of account $caller, not of $ACCOUNT_ID"
"#;

/// Writes texts for the shell.
struct Shell<'a>(Holes<'a>);

/// The whole script.
pub(super) fn code(settings: &ChainSettings, preface: &str) -> String {
    let shell = Shell(Holes::of(settings));
    let defaults = format!(
        "ACCOUNT_ID=${{ACCOUNT_ID:-{}}}\nREGION=${{REGION:-{}}}\nEVENT_SOURCE=${{EVENT_SOURCE:-{}}}\n# Where requests go, if not to AWS: ENDPOINT_URL=http://127.0.0.1:4566 sh chain.sh\nENDPOINT_URL=${{ENDPOINT_URL:-}}\nRULE_ARN={}\n",
        settings.account,
        settings.region,
        settings.source,
        shell.word(settings.rule_arn().as_str()),
    );
    let queues: String = settings.queues().map(|queue| queue_steps(&shell, settings, queue)).collect();
    format!(
        "#!/bin/sh\n{preface}\nset -eu\n{defaults}{HEAD}\n{}\n{}\n{queues}\n{}",
        associate(&shell, settings),
        rule(&shell, settings),
        target(&shell, settings)
    )
}

/// The association with an event bus, or the activation of a source that has its bus.
fn associate(shell: &Shell<'_>, settings: &ChainSettings) -> String {
    format!(
        r#"echo "Partner event source $EVENT_SOURCE"
state=$(aws events describe-event-source --name "$EVENT_SOURCE" --query State) || stop "iLert has not made it: save the alert action in iLert first"
bus=$(aws events list-event-buses --name-prefix "$EVENT_SOURCE" --query "EventBuses[?Name=='$EVENT_SOURCE'].Name")
case $state/$bus in
  ACTIVE/?*) echo "  it is active" ;;
  PENDING/?*) aws events activate-event-source --name "$EVENT_SOURCE" ;;
  PENDING/|ACTIVE/) aws events create-event-bus --cli-input-json {} ;;
  *) stop "it is $state: save the alert action in iLert again" ;;
esac
"#,
        shell.json(&create_bus(settings))
    )
}

fn rule(shell: &Shell<'_>, settings: &ChainSettings) -> String {
    let name = shell.word(settings.rule.name.as_str());
    let query = shell.word(&format!("Rules[?Name=='{}'].EventPattern", settings.rule.name));
    format!(
        r#"echo "Rule "{name}
pattern={}
there=$(aws events list-rules --event-bus-name "$EVENT_SOURCE" --name-prefix={name} --query {query})
case $there in
  ""|"$pattern") aws events put-rule --cli-input-json {} ;;
  *) stop "a rule of this name is there with another event pattern: $there" ;;
esac
"#,
        shell.word(settings.rule.pattern.trim_end_matches('\n')),
        shell.json(&put_rule(settings))
    )
}

/// SQS answers the URL of a queue that is there with the same attributes, and refuses others.
fn queue_steps(shell: &Shell<'_>, settings: &ChainSettings, queue: &QueueSettings) -> String {
    let variable = if queue.name == settings.queue.name { "queue_url" } else { "dead_letter_url" };
    let create = format!(
        "echo \"Queue \"{}\n{variable}=$(aws sqs create-queue --cli-input-json {} --query QueueUrl)\n",
        shell.word(queue.name.as_str()),
        shell.json(&create_queue(queue))
    );
    match &queue.policy {
        None => create,
        Some(policy) => format!("{create}allow \"${variable}\" {}\n", shell.json(&json!({ "Policy": policy }))),
    }
}

fn target(shell: &Shell<'_>, settings: &ChainSettings) -> String {
    format!(
        r#"echo "Target "{}
failed=$(aws events put-targets --cli-input-json {} --query FailedEntryCount)
[ "$failed" = 0 ] || stop "EventBridge refused the target"
echo "The chain stands."
"#,
        shell.word(&settings.target.id),
        shell.json(&put_targets(settings))
    )
}

impl Shell<'_> {
    /// A JSON document as one word.
    fn json(&self, value: &Value) -> String {
        self.word(&ascii(value))
    }

    /// A text as one word: within single quotes nothing but their end means anything to a shell.
    fn word(&self, text: &str) -> String {
        let pieces = self.0.split(text);
        if pieces.is_empty() {
            return "''".to_owned();
        }
        pieces.iter().map(piece).collect()
    }
}

fn piece(piece: &Piece<'_>) -> String {
    match piece {
        Piece::Literal(text) => format!("'{}'", text.replace('\'', r"'\''")),
        Piece::Hole(Hole::Account) => r#""$ACCOUNT_ID""#.to_owned(),
        Piece::Hole(Hole::Region) => r#""$REGION""#.to_owned(),
        Piece::Hole(Hole::Source) => r#""$EVENT_SOURCE""#.to_owned(),
    }
}
