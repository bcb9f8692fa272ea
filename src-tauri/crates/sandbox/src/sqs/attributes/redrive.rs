//! `RedrivePolicy` and `RedriveAllowPolicy`: which queue takes the messages that nobody could handle.

use serde_json::Value;

use crate::sqs::address::Address;
use crate::sqs::error::SqsError;

/// Where messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redrive {
    /// As it was set.
    pub(crate) text: String,
    /// The dead-letter queue.
    pub(crate) target: Address,
    /// After this many receives the next one moves the message, 1 to 1000.
    pub(crate) max_receives: u32,
}

impl Redrive {
    /// Reads the attribute of the queue `source`; whether the target exists is not checked.
    ///
    /// # Errors
    /// `InvalidParameterValue` with the reason.
    pub(crate) fn read(text: &str, source: &Address) -> Result<Self, SqsError> {
        let fields = object(text).ok_or_else(|| refused(text, "Redrive policy is not a valid JSON map."))?;
        let field = |name: &str| {
            let missing = || refused(text, &format!("Redrive policy does not contain mandatory attribute: {name}."));
            fields.get(name).ok_or_else(missing)
        };
        let count = as_text(field("maxReceiveCount")?);
        let max_receives = count.parse().ok().filter(|count| (1..=1000).contains(count)).ok_or_else(|| {
            refused(text, &format!("Invalid value for maxReceiveCount: {count}, valid values are from 1 to 1000 both inclusive."))
        })?;
        let target = field("deadLetterTargetArn")?.as_str().and_then(Address::from_arn);
        let target = target.ok_or_else(|| refused(text, "Invalid value for deadLetterTargetArn."))?;
        if target.account != source.account || target.region != source.region {
            return Err(refused(text, "Dead-letter target owner should be same as the source."));
        }
        if target.is_fifo() != source.is_fifo() {
            return Err(refused(text, "Dead-letter queue must be same type of queue as the source."));
        }
        Ok(Self { text: text.to_owned(), target, max_receives })
    }

    /// The refusal of this policy because its target is not there.
    pub(crate) fn target_missing(&self) -> SqsError {
        refused(&self.text, "Dead letter target does not exist.")
    }

    /// The refusal of this policy because its target does not take messages of this queue.
    pub(crate) fn not_permitted(&self) -> SqsError {
        refused(&self.text, "Source queue is not permitted by the RedriveAllowPolicy of the dead-letter queue.")
    }
}

/// A number may be written as text.
fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn object(text: &str) -> Option<serde_json::Map<String, Value>> {
    serde_json::from_str(text).ok()
}

fn refused(text: &str, reason: &str) -> SqsError {
    SqsError::InvalidParameter(format!("Value {text} for parameter RedrivePolicy is invalid. Reason: {reason}"))
}

/// Which queues may use this one as their dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RedriveAllow {
    /// As it was set.
    pub(crate) text: String,
    permitted: Sources,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Sources {
    All,
    None,
    Listed(Vec<String>),
}

/// Most queues that a `RedriveAllowPolicy` may list.
const MAX_SOURCES: usize = 10;

impl RedriveAllow {
    /// Reads the attribute.
    ///
    /// # Errors
    /// `InvalidAttributeValue` for anything that is not such a policy.
    pub(crate) fn read(text: &str) -> Result<Self, SqsError> {
        let permitted = sources(text).ok_or(SqsError::InvalidAttribute("RedriveAllowPolicy"))?;
        Ok(Self { text: text.to_owned(), permitted })
    }

    /// Whether the queue `source` may send its messages here.
    pub(crate) fn permits(&self, source: &Address) -> bool {
        match &self.permitted {
            Sources::All => true,
            Sources::None => false,
            Sources::Listed(arns) => arns.contains(&source.to_string()),
        }
    }
}

fn sources(text: &str) -> Option<Sources> {
    let fields = object(text)?;
    let arns = fields.get("sourceQueueArns");
    match (fields.get("redrivePermission")?.as_str()?, arns) {
        ("allowAll", None) => Some(Sources::All),
        ("denyAll", None) => Some(Sources::None),
        ("byQueue", Some(Value::Array(arns))) if (1..=MAX_SOURCES).contains(&arns.len()) => {
            arns.iter().map(|arn| arn.as_str().map(str::to_owned)).collect::<Option<_>>().map(Sources::Listed)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(name: &str) -> Address {
        Address::new("eu-central-1", "123456789012", name)
    }

    #[test]
    fn a_redrive_policy_takes_its_count_as_number_or_text() {
        let arn = queue("dead");
        for count in ["3", "\"3\""] {
            let text = format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{count}}}"#);
            let redrive = Redrive::read(&text, &queue("q")).unwrap();
            assert_eq!((redrive.max_receives, &redrive.target), (3, &queue("dead")), "{text}");
        }
    }

    #[test]
    fn a_wrong_redrive_policy_is_refused_with_its_reason() {
        let arn = queue("dead");
        for (text, reason) in [
            ("x".to_owned(), "Redrive policy is not a valid JSON map."),
            ("{}".to_owned(), "Redrive policy does not contain mandatory attribute: maxReceiveCount."),
            (r#"{"maxReceiveCount":1}"#.to_owned(), "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."),
            (r#"{"deadLetterTargetArn":"dummy","maxReceiveCount":42}"#.to_owned(), "Invalid value for deadLetterTargetArn."),
            (
                format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":0}}"#),
                "Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.",
            ),
            (
                format!(r#"{{"deadLetterTargetArn":"{arn}.fifo","maxReceiveCount":1}}"#),
                "Dead-letter queue must be same type of queue as the source.",
            ),
            (
                r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:d","maxReceiveCount":1}"#.to_owned(),
                "Dead-letter target owner should be same as the source.",
            ),
        ] {
            let sentence = format!("Value {text} for parameter RedrivePolicy is invalid. Reason: {reason}");
            assert_eq!(Redrive::read(&text, &queue("q")).unwrap_err().to_string(), sentence);
        }
    }

    #[test]
    fn a_redrive_allow_policy_decides_which_sources_it_takes() {
        let listed = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{}"]}}"#, queue("a"));
        for (text, a, b) in [
            (r#"{"redrivePermission":"allowAll"}"#, true, true),
            (r#"{"redrivePermission":"denyAll"}"#, false, false),
            (&*listed, true, false),
        ] {
            let allow = RedriveAllow::read(text).unwrap();
            assert_eq!((allow.permits(&queue("a")), allow.permits(&queue("b"))), (a, b), "{text}");
        }
        for wrong in ["", "{}", r#"{"redrivePermission":"byQueue"}"#, r#"{"redrivePermission":"allowAll","sourceQueueArns":[]}"#] {
            assert!(RedriveAllow::read(wrong).is_err(), "{wrong}");
        }
    }
}
