//! What a chain is wanted to be.

use serde::{Deserialize, Serialize};
use serde_json::json;
use waybill_domain::{AccountId, BusArn, EventTypes, Invalid, PartnerSourceName, QueueArn, QueueName, Region, RuleArn, RuleName};
use waybill_pattern::Pattern;

use crate::record::Part;

/// Longest description of a rule, in characters (EventBridge API, `RuleDescription`).
pub const MAX_DESCRIPTION_CHARS: usize = 512;

/// A chain as wanted: from the partner event source to the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainSpec {
    /// The partner event source; its bus has the same name.
    pub source: PartnerSourceName,
    /// The account that receives the events.
    pub account: AccountId,
    /// The region of source, bus, rule and queues.
    pub region: Region,
    /// The permission step of iLert's page.
    pub permission: Permission,
    /// The rule on the partner bus.
    pub rule: RuleSpec,
    /// Where the rule sends.
    pub target: TargetSpec,
}

/// Who else may put events on the bus: the permission step of iLert's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", content = "id", rename_all = "snake_case")]
pub enum Permission {
    /// Nobody.
    None,
    /// One other AWS account.
    Account(AccountId),
    /// Organization → My organization.
    MyOrganization,
    /// Organization → Other organization, by its id such as `o-a1b2c3d4e5`.
    Organization(String),
}

/// The rule as wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSpec {
    /// Its name on the bus.
    pub name: RuleName,
    /// Its description, possibly empty.
    pub description: String,
    /// Which events it takes.
    pub pattern: PatternChoice,
}

/// Which events the rule takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", content = "of", rename_all = "snake_case")]
pub enum PatternChoice {
    /// "All Events", as iLert's page chooses it.
    AllEvents,
    /// Only these event types.
    EventTypes(EventTypes),
    /// An event pattern's JSON as typed.
    Own(String),
}

/// Where the rule sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetSpec {
    /// The queue that receives the events.
    pub queue: QueueChoice,
    /// The queue for events that cannot be delivered, if wanted.
    pub dead_letter: Option<QueueChoice>,
}

/// A queue that exists, or one that Waybill makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", content = "name", rename_all = "snake_case")]
pub enum QueueChoice {
    /// Must exist.
    Existing(QueueName),
    /// Is made where it does not exist.
    New(QueueName),
}

impl QueueChoice {
    /// The queue's name.
    pub const fn name(&self) -> &QueueName {
        match self {
            Self::Existing(name) | Self::New(name) => name,
        }
    }
}

impl PatternChoice {
    /// The event pattern's JSON. "All Events" is exactly what the console of the page's time wrote: a pattern on the account.
    pub fn text(&self, account: &AccountId) -> String {
        match self {
            Self::AllEvents => json!({ "account": [account] }).to_string(),
            Self::EventTypes(types) => json!({ "account": [account], "detail-type": types }).to_string(),
            Self::Own(text) => text.trim().to_owned(),
        }
    }
}

impl ChainSpec {
    /// The chain that is suggested for a new alert action: all events, a queue of its own, My organization as on iLert's page.
    pub fn suggested(source: PartnerSourceName, account: AccountId, region: Region) -> Self {
        let queue = queue_name(&source).parse().expect("a source name's parts without dots have only characters that SQS accepts");
        Self {
            source,
            account,
            region,
            permission: Permission::MyOrganization,
            rule: RuleSpec {
                name: "all-incidents".parse().expect("a constant that EventBridge accepts"),
                description: "Every iLert incident event to the queue".to_owned(),
                pattern: PatternChoice::AllEvents,
            },
            target: TargetSpec { queue: QueueChoice::New(queue), dead_letter: None },
        }
    }

    /// The bus's name: that of the source.
    pub fn bus(&self) -> &str {
        self.source.as_str()
    }

    /// The rule's event pattern.
    pub fn pattern(&self) -> String {
        self.rule.pattern.text(&self.account)
    }

    /// The bus's ARN.
    pub fn bus_arn(&self) -> BusArn {
        BusArn::new(&self.region, &self.account, self.bus())
    }

    /// The rule's ARN.
    pub fn rule_arn(&self) -> RuleArn {
        RuleArn::new(&self.region, &self.account, self.bus(), &self.rule.name)
    }

    /// The ARN of a queue in the chain's account and region.
    pub fn arn_of(&self, queue: &QueueChoice) -> QueueArn {
        QueueArn::new(&self.region, &self.account, queue.name())
    }

    pub(crate) fn rule_part(&self) -> Part {
        Part::Rule { bus: self.bus().to_owned(), name: self.rule.name.clone(), arn: self.rule_arn() }
    }

    /// Checks what the field types cannot say.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn check(&self) -> Result<(), Vec<Invalid>> {
        let problems: Vec<Invalid> = [self.check_permission(), self.check_description(), self.check_pattern(), self.check_dead_letter()]
            .into_iter()
            .flatten()
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_permission(&self) -> Option<Invalid> {
        let Permission::Organization(id) = &self.permission else { return None };
        let tail = id.strip_prefix("o-").unwrap_or_default();
        let valid = (10..=32).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        (!valid).then(|| Invalid::new("Organization", format!("`{id}` is not an organization id; it has the form o-a1b2c3d4e5")))
    }

    fn check_description(&self) -> Option<Invalid> {
        let chars = self.rule.description.chars().count();
        (chars > MAX_DESCRIPTION_CHARS).then(|| {
            Invalid::new(
                "Description",
                format!("the description has {chars} characters; EventBridge accepts at most {MAX_DESCRIPTION_CHARS}"),
            )
        })
    }

    fn check_pattern(&self) -> Option<Invalid> {
        let text = self.pattern();
        if let Err(too_long) = waybill_pattern::check_length(&text) {
            return Some(Invalid::new("Event pattern", too_long.to_string()));
        }
        Pattern::parse(&text).err().map(|refused| Invalid::new("Event pattern", refused.to_string()))
    }

    fn check_dead_letter(&self) -> Option<Invalid> {
        let dead_letter = self.target.dead_letter.as_ref()?.name();
        if dead_letter == self.target.queue.name() {
            return Some(Invalid::new("Dead-letter queue", "choose another queue than the target itself"));
        }
        dead_letter.is_fifo().then(|| Invalid::new("Dead-letter queue", "EventBridge takes only a standard queue, not a FIFO queue"))
    }
}

/// The suggested queue of a source: telling for people, and different for each source.
fn queue_name(source: &PartnerSourceName) -> String {
    let mut parts = source.as_str().rsplit('/').map(|part| part.chars().filter(|c| *c != '.').collect::<String>());
    let (id, alert_source) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let short = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    format!("waybill-{}-{}", short(&alert_source, 40), short(&id, 8))
}

/// Whether two event patterns are the same JSON, or both are a spelling of "All Events" for `account`.
pub fn same_pattern(one: &str, other: &str, account: &AccountId) -> bool {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    let all = [json!({ "account": [account] }), json!({ "source": [{ "prefix": "" }] })];
    match (read(one), read(other)) {
        (Some(one), Some(other)) => one == other || (all.contains(&one) && all.contains(&other)),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::spec;
    use waybill_domain::EventType;

    #[test]
    fn the_suggested_chain_is_accepted() {
        let spec = spec();
        assert_eq!(spec.check(), Ok(()));
        assert_eq!(spec.target.queue.name().as_str(), "waybill-test-cc23670e");
    }

    #[test]
    fn patterns_are_written_as_the_console_wrote_them() {
        let account = "012345678901".parse().unwrap();
        let types = EventTypes::new([EventType::Created, EventType::Resolved]).unwrap();
        let cases = [
            (PatternChoice::AllEvents, r#"{"account":["012345678901"]}"#),
            (PatternChoice::EventTypes(types), r#"{"account":["012345678901"],"detail-type":["incident-created","incident-resolved"]}"#),
            (PatternChoice::Own(" {\"source\": [\"x\"]}\n".into()), r#"{"source": ["x"]}"#),
        ];
        for (choice, text) in cases {
            assert_eq!(choice.text(&account), text);
        }
    }

    #[test]
    fn each_refused_field_is_named() {
        type Spoil = fn(&mut ChainSpec);
        let cases: [(&str, Spoil); 8] = [
            ("Organization", |s| s.permission = Permission::Organization("o-1".into())),
            ("Organization", |s| s.permission = Permission::Organization("acme".into())),
            ("Description", |s| s.rule.description = "x".repeat(513)),
            ("Event pattern", |s| s.rule.pattern = PatternChoice::Own("not json".into())),
            ("Event pattern", |s| s.rule.pattern = PatternChoice::Own(String::new())),
            ("Event pattern", |s| s.rule.pattern = PatternChoice::Own(format!(r#"{{"source":["{}"]}}"#, "x".repeat(2048)))),
            ("Dead-letter queue", |s| s.target.dead_letter = Some(s.target.queue.clone())),
            ("Dead-letter queue", |s| s.target.dead_letter = Some(QueueChoice::New("dead.fifo".parse().unwrap()))),
        ];
        for (field, spoil) in cases {
            let mut spec = spec();
            spoil(&mut spec);
            let fields: Vec<_> = spec.check().unwrap_err().iter().map(|invalid| invalid.field).collect();
            assert_eq!(fields, [field], "only the spoiled field is refused");
        }
    }

    #[test]
    fn a_spec_is_kept_as_json_and_read_back() {
        let mut spec = spec();
        spec.target.dead_letter = Some(QueueChoice::Existing("dead".parse().unwrap()));
        let text = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<ChainSpec>(&text).unwrap(), spec);
    }

    #[test]
    fn patterns_are_compared_by_meaning() {
        let account = "123456789012".parse().unwrap();
        let cases = [
            (r#"{"a":["1"],"b":["2"]}"#, r#"{ "b": ["2"], "a": ["1"] }"#, true),
            (r#"{"account":["123456789012"]}"#, r#"{"source":[{"prefix":""}]}"#, true),
            (r#"{"account":["999999999999"]}"#, r#"{"source":[{"prefix":""}]}"#, false),
            (r#"{"a":["1"]}"#, r#"{"a":["2"]}"#, false),
            ("", r#"{"a":["2"]}"#, false),
        ];
        for (one, other, same) in cases {
            assert_eq!(same_pattern(one, other, &account), same, "{one} against {other}");
        }
    }
}
