//! Names with rules: of alert actions, partner event sources, rules and queues.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Invalid;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                let text = text.trim();
                $check(text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// The name of an alert action: 1 to 255 characters, no control characters, unique in a data folder.
    ActionName,
    check_action_name
);
name!(
    /// The name of a scenario: 1 to 80 characters, no control characters, unique in a data folder.
    ScenarioName,
    check_scenario_name
);
name!(
    /// The name of a partner event source and of the partner bus that is associated with it: `aws.partner/…/…`, at most 256
    /// characters (EventBridge API, `EventSourceName`).
    PartnerSourceName,
    check_source_name
);
name!(
    /// The `source` of an event: that of a partner event source, or that of a rehearsal, which does not begin with `aws.`; 1 to 256
    /// characters.
    EventSource,
    check_event_source
);
name!(
    /// The name of a rule: 1 to 64 of letters, digits, `.`, `-` and `_` (EventBridge API, `RuleName`).
    RuleName,
    check_rule_name
);
name!(
    /// The name of an SQS queue: 1 to 80 of letters, digits, `-` and `_`; a FIFO queue's ends in `.fifo` (SQS API, `CreateQueue`).
    QueueName,
    check_queue_name
);

impl From<PartnerSourceName> for EventSource {
    fn from(source: PartnerSourceName) -> Self {
        Self(source.0)
    }
}

impl PartnerSourceName {
    /// The source under which a rehearsal publishes instead: `waybill.partner/…` for `aws.partner/…`. Nobody but AWS and its partners may
    /// publish with a source that begins with `aws.` (EventBridge API, `PutEventsRequestEntry`).
    pub fn in_rehearsal(&self) -> EventSource {
        EventSource(format!("waybill.{}", self.0.strip_prefix("aws.").unwrap_or(&self.0)).chars().take(256).collect())
    }

    /// The name that an alert action's source gets: `aws.partner/ilert.com/<alert source>/<id>`, the alert source lower-cased with
    /// every other character turned into `-`. Shortened so that the whole stays within 256 characters.
    pub fn for_action(alert_source: &str, id: Uuid) -> Self {
        let slug: String = alert_source
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
            .take(150)
            .collect();
        let slug = if slug.is_empty() { "-".to_owned() } else { slug };
        Self(format!("aws.partner/ilert.com/{slug}/{id}"))
    }
}

impl QueueName {
    /// Whether this names a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.0.ends_with(".fifo")
    }
}

fn check_action_name(text: &str) -> Result<(), Invalid> {
    let refuse = |reason: String| Err(Invalid::new("Name", reason));
    let length = text.chars().count();
    if length == 0 {
        return refuse("enter a name for the alert action".to_owned());
    }
    if length > 255 {
        return refuse(format!("the name has {length} characters; at most 255 are accepted"));
    }
    if text.chars().any(char::is_control) {
        return refuse("the name has a control character such as a line break".to_owned());
    }
    Ok(())
}

fn check_scenario_name(text: &str) -> Result<(), Invalid> {
    let length = text.chars().count();
    if (1..=80).contains(&length) && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Invalid::new("Name", "a scenario's name has 1 to 80 characters and no line breaks"))
}

fn check_source_name(text: &str) -> Result<(), Invalid> {
    let parts: Vec<&str> = text.split('/').collect();
    let well_formed = parts.len() >= 3 && parts[0] == "aws.partner" && parts[1..].iter().all(|part| is_dotted_word(part));
    if well_formed && text.len() <= 256 {
        return Ok(());
    }
    Err(Invalid::new(
        "Partner event source",
        format!("`{text}` is not a name of the form aws.partner/ilert.com/name, at most 256 characters"),
    ))
}

fn check_event_source(text: &str) -> Result<(), Invalid> {
    if text.is_empty() || text.chars().count() > 256 {
        return Err(Invalid::new("Source", format!("`{text}` is not the source of an event: it has 1 to 256 characters")));
    }
    Ok(())
}

fn check_rule_name(text: &str) -> Result<(), Invalid> {
    let refuse = |reason: String| Err(Invalid::new("Rule name", reason));
    if text.is_empty() {
        return refuse("enter a name for the rule".to_owned());
    }
    if text.chars().count() > 64 {
        return refuse(format!("the name has {} characters; EventBridge accepts at most 64", text.chars().count()));
    }
    if !is_dotted_word(text) {
        return refuse(format!("`{text}` has a character that EventBridge refuses; use letters, digits, `.`, `-` and `_`"));
    }
    Ok(())
}

fn check_queue_name(text: &str) -> Result<(), Invalid> {
    let refuse = |reason: String| Err(Invalid::new("Queue name", reason));
    let stem = text.strip_suffix(".fifo").unwrap_or(text);
    if stem.is_empty() {
        return refuse("enter a name for the queue".to_owned());
    }
    if text.chars().count() > 80 {
        return refuse(format!("the name has {} characters; SQS accepts at most 80", text.chars().count()));
    }
    if !stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return refuse(format!("`{text}` has a character that SQS refuses; use letters, digits, `-` and `_` (a FIFO queue ends in .fifo)"));
    }
    Ok(())
}

fn is_dotted_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_name_follows_the_alert_source() {
        let id = Uuid::parse_str("cc23670e-ad3e-4c38-8d45-d22c36ced352").unwrap();
        for (source, slug) in [("Test", "test"), ("Checkout shop", "checkout-shop"), ("Zürich/2", "z-rich-2"), ("", "-")] {
            let name = PartnerSourceName::for_action(source, id);
            assert_eq!(name.as_str(), format!("aws.partner/ilert.com/{slug}/{id}"));
            assert!(check_source_name(name.as_str()).is_ok(), "{name} must be accepted by EventBridge");
        }
        let long = PartnerSourceName::for_action(&"x".repeat(400), id);
        assert!(check_source_name(long.as_str()).is_ok(), "a long alert source is cut to fit");
    }

    #[test]
    fn rule_names_follow_eventbridge() {
        assert!("my-rule_1.x".parse::<RuleName>().is_ok());
        for wrong in ["", "a b", "ü", &"x".repeat(65)] {
            assert_eq!(wrong.parse::<RuleName>().unwrap_err().field, "Rule name", "{wrong:?}");
        }
    }

    #[test]
    fn queue_names_follow_sqs() {
        assert!("orders.fifo".parse::<QueueName>().unwrap().is_fifo());
        assert!(!"orders".parse::<QueueName>().unwrap().is_fifo());
        for wrong in ["", ".fifo", "a.b", "a b", &"x".repeat(81)] {
            assert_eq!(wrong.parse::<QueueName>().unwrap_err().field, "Queue name", "{wrong:?}");
        }
    }

    #[test]
    fn an_action_needs_a_readable_name() {
        assert_eq!(" Ops ".parse::<ActionName>().unwrap().as_str(), "Ops", "blanks around a name do not count");
        for wrong in ["", "   ", "a\nb", &"x".repeat(256)] {
            assert_eq!(wrong.parse::<ActionName>().unwrap_err().field, "Name", "{wrong:?}");
        }
    }
}
