//! What must be known before the code is used, as comments.

use super::ExportKind;
use crate::settings::ChainSettings;

/// Longest line of a comment, in characters.
const WIDTH: usize = 100;

/// The comments before the code, each line with its sign.
pub(super) fn lines((kind, action): (ExportKind, &str), settings: &ChainSettings, notes: &[String]) -> String {
    let (variable, how) = match kind {
        ExportKind::Terraform => (
            "the variable event_source",
            "Run: terraform init, terraform plan, terraform apply. What is there already is imported first (terraform import), not made twice.",
        ),
        ExportKind::CloudFormation => (
            "the parameter EventSourceName",
            "Make the stack in the account and region that the alert action names. What is there already is imported into the stack first.",
        ),
        ExportKind::Cli => (
            "EVENT_SOURCE",
            "Run: sh chain.sh. It can be run again: what is there as wanted stays, and where something else is there it stops and changes nothing of it.",
        ),
    };
    let mut paragraphs = vec![
        format!("The AWS side of the iLert alert action \"{action}\", from the association of its partner event source to its queue."),
        format!(
            "First, in iLert: save an alert action of the type Amazon EventBridge for account {} and region {}. iLert then makes the partner event source in this account; it is pending until this code associates it with an event bus, and expires if nobody does. `aws events list-event-sources` shows it.",
            settings.account, settings.region
        ),
        format!("A new alert action gets a partner event source of another name: give that name to {variable}."),
        how.to_owned(),
        "Not in here: permissions on the event bus, which AWS no longer takes on a partner's.".to_owned(),
    ];
    for queue in settings.queues() {
        if let Some(key) = queue.attributes.get("KmsMasterKeyId") {
            paragraphs.push(format!(
                "The queue {} is encrypted with {key}, which is not in here: its key policy must let events.amazonaws.com use kms:Decrypt and kms:GenerateDataKey.",
                queue.name
            ));
        }
    }
    paragraphs.extend(notes.iter().map(|note| format!("When this was written: {note}")));
    paragraphs.iter().map(|paragraph| comment(paragraph)).collect::<Vec<_>>().join("#\n")
}

/// A paragraph as lines that all begin with the sign; no text can end a comment, because it has no line break of its own.
fn comment(paragraph: &str) -> String {
    let plain: String = paragraph.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect();
    let (mut text, mut line) = (String::new(), String::from("#"));
    for word in plain.split_whitespace() {
        if line.chars().count() + word.chars().count() >= WIDTH && line != "#" {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text + &line + "\n"
}

/// Whether every parser takes the character within a comment: no control and no line or paragraph separator (YAML 1.1, `b-char`).
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
