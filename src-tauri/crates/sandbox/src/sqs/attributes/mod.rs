//! The settings of a queue: what each attribute takes, and how it is shown.

mod redrive;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub(crate) use redrive::{Redrive, RedriveAllow};

use super::address::Address;
use super::error::SqsError;
use crate::policy::Policy;

/// Attribute values by name, as on the wire.
pub(crate) type AttributeMap = BTreeMap<String, String>;

/// A number of the queue's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    name: &'static str,
    range: (i64, i64),
    default: i64,
}

/// Limits and defaults (SQS API reference, `SetQueueAttributes`).
const DELAY: Number = Number { name: "DelaySeconds", range: (0, 900), default: 0 };
const MAX_BYTES: Number = Number { name: "MaximumMessageSize", range: (1_024, 1_048_576), default: 1_048_576 };
const RETENTION: Number = Number { name: "MessageRetentionPeriod", range: (60, 1_209_600), default: 345_600 };
const WAIT: Number = Number { name: "ReceiveMessageWaitTimeSeconds", range: (0, 20), default: 0 };
const VISIBILITY: Number = Number { name: "VisibilityTimeout", range: (0, 43_200), default: 30 };
const KEY_REUSE: Number = Number { name: "KmsDataKeyReusePeriodSeconds", range: (60, 86_400), default: 300 };

impl Number {
    fn read(&self, text: &str) -> Result<i64, SqsError> {
        let value = text.parse().ok().filter(|value| self.limits().contains(value));
        value.ok_or(SqsError::InvalidAttribute(self.name))
    }

    fn limits(&self) -> RangeInclusive<i64> {
        self.range.0..=self.range.1
    }
}

/// What makes a queue FIFO.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fifo {
    /// `ContentBasedDeduplication`.
    pub(crate) content_based: bool,
    /// `DeduplicationScope` is `messageGroup`, not `queue`.
    pub(crate) deduplicates_per_group: bool,
    /// `FifoThroughputLimit` is `perMessageGroupId`, not `perQueue`.
    throughput_per_group: bool,
}

/// A policy with the text that it was set by.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PolicyText {
    text: String,
    policy: Policy,
}

/// The settings of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `DelaySeconds`.
    pub(crate) delay_s: i64,
    /// `MaximumMessageSize`, in bytes.
    pub(crate) max_bytes: i64,
    /// `MessageRetentionPeriod`, in seconds.
    pub(crate) retention_s: i64,
    /// `ReceiveMessageWaitTimeSeconds`.
    pub(crate) wait_s: i64,
    /// `VisibilityTimeout`, in seconds.
    pub(crate) visibility_s: i64,
    /// `RedrivePolicy`.
    pub(crate) redrive: Option<Redrive>,
    /// `RedriveAllowPolicy`.
    pub(crate) redrive_allow: Option<RedriveAllow>,
    /// `KmsMasterKeyId`.
    pub(crate) kms_key: Option<String>,
    /// Present on FIFO queues.
    pub(crate) fifo: Option<Fifo>,
    policy: Option<PolicyText>,
    key_reuse_s: i64,
    managed_encryption: bool,
}

impl Settings {
    /// The settings of a queue that was created without any.
    pub(crate) fn new(fifo: bool) -> Self {
        Self {
            delay_s: DELAY.default,
            max_bytes: MAX_BYTES.default,
            retention_s: RETENTION.default,
            wait_s: WAIT.default,
            visibility_s: VISIBILITY.default,
            redrive: None,
            redrive_allow: None,
            kms_key: None,
            fifo: fifo.then(Fifo::default),
            policy: None,
            key_reuse_s: KEY_REUSE.default,
            managed_encryption: true,
        }
    }

    /// The queue's policy.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref().map(|policy| &policy.policy)
    }

    /// These settings of `queue` with some attributes set anew; nothing is changed where one is refused.
    ///
    /// # Errors
    /// An unknown name, or a value that SQS does not take.
    pub(crate) fn with(&self, changes: &AttributeMap, queue: &Address) -> Result<Self, SqsError> {
        let is_set = |name: &str| changes.get(name).is_some_and(|value| !value.is_empty());
        if is_set("KmsMasterKeyId") && changes.get("SqsManagedSseEnabled").is_some_and(|value| value == "true") {
            return Err(SqsError::TwoEncryptions);
        }
        let mut settings = self.clone();
        for (name, value) in changes {
            settings.set(name, value, queue)?;
        }
        // SQS API reference: perMessageGroupId "is allowed only when the value for DeduplicationScope is messageGroup".
        if settings.fifo.is_some_and(|fifo| fifo.throughput_per_group && !fifo.deduplicates_per_group) {
            return Err(SqsError::InvalidAttribute("FifoThroughputLimit"));
        }
        Ok(settings)
    }

    fn set(&mut self, name: &str, value: &str, queue: &Address) -> Result<(), SqsError> {
        match name {
            "DelaySeconds" => self.delay_s = DELAY.read(value)?,
            "MaximumMessageSize" => self.max_bytes = MAX_BYTES.read(value)?,
            "MessageRetentionPeriod" => self.retention_s = RETENTION.read(value)?,
            "ReceiveMessageWaitTimeSeconds" => self.wait_s = WAIT.read(value)?,
            "VisibilityTimeout" => self.visibility_s = VISIBILITY.read(value)?,
            "KmsDataKeyReusePeriodSeconds" => self.key_reuse_s = KEY_REUSE.read(value)?,
            "Policy" => self.policy = optional(value, policy)?,
            "RedrivePolicy" => self.redrive = optional(value, |text| Redrive::read(text, queue))?,
            "RedriveAllowPolicy" => self.redrive_allow = optional(value, RedriveAllow::read)?,
            "KmsMasterKeyId" => self.set_key(value),
            "SqsManagedSseEnabled" => self.set_managed_encryption(truth(value, "SqsManagedSseEnabled")?),
            _ => self.set_fifo(name, value)?,
        }
        Ok(())
    }

    fn set_key(&mut self, key: &str) {
        self.kms_key = (!key.is_empty()).then(|| key.to_owned());
        self.managed_encryption &= self.kms_key.is_none();
    }

    fn set_managed_encryption(&mut self, on: bool) {
        self.managed_encryption = on;
        if on {
            self.kms_key = None;
        }
    }

    fn set_fifo(&mut self, name: &str, value: &str) -> Result<(), SqsError> {
        let unknown = || SqsError::UnknownAttribute(name.to_owned());
        let fifo = self.fifo.as_mut().ok_or_else(unknown)?;
        match name {
            "FifoQueue" if value == "true" => {}
            "FifoQueue" => return Err(SqsError::InvalidAttribute("FifoQueue")),
            "ContentBasedDeduplication" => fifo.content_based = truth(value, "ContentBasedDeduplication")?,
            "DeduplicationScope" => {
                fifo.deduplicates_per_group = choice(value, ("queue", "messageGroup"), "DeduplicationScope")?;
            }
            "FifoThroughputLimit" => {
                fifo.throughput_per_group = choice(value, ("perQueue", "perMessageGroupId"), "FifoThroughputLimit")?;
            }
            _ => return Err(unknown()),
        }
        Ok(())
    }

    /// Every attribute that has a value, as AWS shows it; the same map sets them again.
    pub(crate) fn shown(&self) -> AttributeMap {
        let mut shown = AttributeMap::new();
        let mut show = |name: &str, value: String| drop(shown.insert(name.to_owned(), value));
        for (number, value) in [
            (DELAY, self.delay_s),
            (MAX_BYTES, self.max_bytes),
            (RETENTION, self.retention_s),
            (WAIT, self.wait_s),
            (VISIBILITY, self.visibility_s),
        ] {
            show(number.name, value.to_string());
        }
        show("SqsManagedSseEnabled", self.managed_encryption.to_string());
        if let Some(key) = &self.kms_key {
            show("KmsMasterKeyId", key.clone());
            show(KEY_REUSE.name, self.key_reuse_s.to_string());
        }
        for (name, text) in [
            ("Policy", self.policy.as_ref().map(|policy| &policy.text)),
            ("RedrivePolicy", self.redrive.as_ref().map(|redrive| &redrive.text)),
            ("RedriveAllowPolicy", self.redrive_allow.as_ref().map(|allow| &allow.text)),
        ] {
            if let Some(text) = text {
                show(name, text.clone());
            }
        }
        if let Some(fifo) = self.fifo {
            show("FifoQueue", "true".to_owned());
            show("ContentBasedDeduplication", fifo.content_based.to_string());
            show("DeduplicationScope", if fifo.deduplicates_per_group { "messageGroup" } else { "queue" }.to_owned());
            let limit = if fifo.throughput_per_group { "perMessageGroupId" } else { "perQueue" };
            show("FifoThroughputLimit", limit.to_owned());
        }
        shown
    }
}

/// Whether `name` is an attribute that `GetQueueAttributes` takes.
pub(crate) fn is_known(name: &str) -> bool {
    const READ_ONLY: [&str; 7] = [
        "All",
        "QueueArn",
        "CreatedTimestamp",
        "LastModifiedTimestamp",
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesDelayed",
        "ApproximateNumberOfMessagesNotVisible",
    ];
    const OPTIONAL: [&str; 9] = [
        "Policy",
        "RedrivePolicy",
        "RedriveAllowPolicy",
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "FifoQueue",
        "ContentBasedDeduplication",
        "DeduplicationScope",
        "FifoThroughputLimit",
    ];
    const ALWAYS: [&str; 6] = [DELAY.name, MAX_BYTES.name, RETENTION.name, WAIT.name, VISIBILITY.name, "SqsManagedSseEnabled"];
    READ_ONLY.contains(&name) || OPTIONAL.contains(&name) || ALWAYS.contains(&name)
}

fn policy(text: &str) -> Result<PolicyText, SqsError> {
    let policy = Policy::read(text).ok_or(SqsError::InvalidAttribute("Policy"))?;
    Ok(PolicyText { text: text.to_owned(), policy })
}

/// An empty text removes the attribute.
fn optional<T>(text: &str, read: impl FnOnce(&str) -> Result<T, SqsError>) -> Result<Option<T>, SqsError> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

fn truth(text: &str, name: &'static str) -> Result<bool, SqsError> {
    choice(text, ("false", "true"), name)
}

fn choice(text: &str, (no, yes): (&str, &str), name: &'static str) -> Result<bool, SqsError> {
    match text {
        _ if text == no => Ok(false),
        _ if text == yes => Ok(true),
        _ => Err(SqsError::InvalidAttribute(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(name: &str) -> Address {
        Address::new("eu-central-1", "123456789012", name)
    }

    fn map(entries: &[(&str, &str)]) -> AttributeMap {
        entries.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn each_number_takes_its_limits_and_nothing_beyond() {
        for number in [DELAY, MAX_BYTES, RETENTION, WAIT, VISIBILITY, KEY_REUSE] {
            let set = |value: &str| Settings::new(false).with(&map(&[(number.name, value)]), &queue("q"));
            let (lowest, highest) = number.range;
            for good in [lowest, highest, number.default] {
                assert!(set(&good.to_string()).is_ok(), "{} = {good}", number.name);
            }
            for bad in [(lowest - 1).to_string(), (highest + 1).to_string(), "x".into(), String::new(), "1.5".into()] {
                assert_eq!(set(&bad), Err(SqsError::InvalidAttribute(number.name)), "{} = {bad}", number.name);
            }
        }
    }

    #[test]
    fn a_refused_attribute_is_named() {
        for (fifo, changes, error) in [
            (false, &[("Nonsense", "1")][..], SqsError::UnknownAttribute("Nonsense".into())),
            (false, &[("FifoQueue", "true")], SqsError::UnknownAttribute("FifoQueue".into())),
            (false, &[("ContentBasedDeduplication", "true")], SqsError::UnknownAttribute("ContentBasedDeduplication".into())),
            (false, &[("QueueArn", "x")], SqsError::UnknownAttribute("QueueArn".into())),
            (true, &[("FifoQueue", "false")], SqsError::InvalidAttribute("FifoQueue")),
            (true, &[("ContentBasedDeduplication", "yes")], SqsError::InvalidAttribute("ContentBasedDeduplication")),
            (true, &[("DeduplicationScope", "x")], SqsError::InvalidAttribute("DeduplicationScope")),
            (true, &[("FifoThroughputLimit", "perMessageGroupId")], SqsError::InvalidAttribute("FifoThroughputLimit")),
            (false, &[("Policy", "{")], SqsError::InvalidAttribute("Policy")),
            (false, &[("SqsManagedSseEnabled", "true"), ("KmsMasterKeyId", "k")], SqsError::TwoEncryptions),
        ] {
            let name = if fifo { "q.fifo" } else { "q" };
            assert_eq!(Settings::new(fifo).with(&map(changes), &queue(name)), Err(error), "{changes:?}");
        }
    }

    #[test]
    fn what_is_shown_sets_the_same_again() {
        let policy = r#"{"Statement": {"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}}"#;
        let redrive = format!(r#"{{"deadLetterTargetArn": "{}", "maxReceiveCount": "2"}}"#, queue("d.fifo"));
        let changes = map(&[
            ("VisibilityTimeout", "20"),
            ("Policy", policy),
            ("RedrivePolicy", &redrive),
            ("KmsMasterKeyId", "alias/x"),
            ("ContentBasedDeduplication", "true"),
            ("DeduplicationScope", "messageGroup"),
        ]);
        let settings = Settings::new(true).with(&changes, &queue("q.fifo")).unwrap();
        let shown = settings.shown();
        for (name, value) in &changes {
            assert_eq!(shown.get(name), Some(value), "{name} is shown as it was set");
        }
        assert_eq!(shown["SqsManagedSseEnabled"], "false", "a KMS key takes the place of the managed one");
        assert_eq!(Settings::new(true).with(&shown, &queue("q.fifo")), Ok(settings));
    }

    #[test]
    fn an_empty_text_removes_a_policy() {
        let policy = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}}"#;
        let with = Settings::new(false).with(&map(&[("Policy", policy)]), &queue("q")).unwrap();
        assert!(with.policy().is_some(), "it was set");
        let without = with.with(&map(&[("Policy", "")]), &queue("q")).unwrap();
        assert_eq!((without.policy(), without.shown().get("Policy")), (None, None), "and removed");
    }

    #[test]
    fn every_attribute_that_is_shown_can_be_asked_for() {
        let settings = Settings::new(true).with(&map(&[("KmsMasterKeyId", "k")]), &queue("q.fifo")).unwrap();
        for name in settings.shown().keys() {
            assert!(is_known(name), "{name}");
        }
        assert!(!is_known("Nonsense"), "and nothing else");
    }
}
