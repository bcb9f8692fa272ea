//! The key that a queue is encrypted with.

use waybill_domain::{QueueName, RuleArn};
use waybill_setup::{KeyGrant, PolicyAnswer, QueueSeen, Read, ResourcePolicy};

use super::queue::{denied, not_judged, set};
use super::{Judged, Look, get, unread};
use crate::check::{Evidence, Finding, Outcome};
use crate::repair::{Repair, Write};
use crate::seen::{KeyNow, Reading};

/// AWS's own key for queues; its policy cannot be changed (EventBridge user guide, eb-troubleshooting).
const MANAGED_KEY: &str = "alias/aws/sqs";

/// What was read of a queue's key, and of its policy.
pub(super) type KeyReadings<'a> = (&'a Reading<Option<KeyNow>>, &'a Reading<Option<String>>);

impl Look<'_> {
    pub(super) fn queue_key(self) -> Judged {
        let (read, queue) = self.queue()?;
        self.key((read, queue), || (self.seen.key(), self.seen.key_policy()))
    }

    /// Whether EventBridge can use a queue's key. The readings are looked at only where the queue has a key of its own.
    pub(super) fn key<'a>(
        self,
        (read, queue): (&Read<Option<QueueSeen>>, &QueueSeen),
        readings: impl FnOnce() -> KeyReadings<'a>,
    ) -> Judged {
        let Some(key) = queue.key() else {
            let none = Evidence::told(read, "KmsMasterKeyId", "none");
            return Ok(Finding::healthy("The queue has no key of its own to be allowed for.").with([none]));
        };
        let evidence = [Evidence::told(read, "KmsMasterKeyId", key)];
        if is_managed_key(key) {
            return Ok(self.managed(&queue.name, key).with(evidence));
        }
        let finding = match readings() {
            (Ok(Read { value: None, call, request_id }), _) => self.unknown(&queue.name, key).with([Evidence::told(
                &Read { value: (), call: *call, request_id: request_id.clone() },
                "Key",
                "does not exist",
            )]),
            (described @ Ok(Read { value: Some(found), .. }), policy) => {
                let described = get(described)?;
                let state = Evidence::told(described, "KeyState", &found.state);
                match found.state.as_str() {
                    _ if found.by_aws => self.managed(&queue.name, key),
                    "Enabled" => self.by_policy(&found.arn, policy),
                    _ => self.unusable(found),
                }
                .with([state])
            }
            // What it lets EventBridge do says nothing about whether it is enabled.
            (Err(why), policy @ Ok(_)) => match self.by_policy(key, policy) {
                finding if finding.outcome == Outcome::Cause => finding,
                _ => unread(why),
            },
            (Err(why), Err(_)) => unread(why),
        };
        Ok(finding.with(evidence))
    }

    fn by_policy(self, key: &str, policy: &Reading<Option<String>>) -> Finding {
        let read = match policy {
            Ok(read) => read,
            Err(why) if self.is_foreign(key) && why.missing_permission().is_some() => {
                return Finding::unknown(format!(
                    "The key {key} belongs to another account, and only that account can read its policy: it must let events.amazonaws.com use kms:GenerateDataKey and kms:Decrypt."
                ));
            }
            Err(why) => return unread(why),
        };
        let text = read.value.as_deref().unwrap_or_default();
        let evidence = [Evidence::told(read, "Key policy", if text.is_empty() { "none" } else { text })];
        let right = KeyGrant { rule: RuleArn::from_aws(self.case.chain.spec.rule_arn().as_str()), key: key.to_owned() };
        let policy = match ResourcePolicy::read(Some(text)) {
            Ok(policy) => policy,
            Err(unreadable) => return Finding::unknown(format!("{unreadable}; Waybill does not touch it.")).with(evidence),
        };
        let why = match policy.answer(&right) {
            PolicyAnswer::Allows => return Finding::healthy("The key's policy lets EventBridge use it.").with(evidence),
            PolicyAnswer::Denied(sid) => return denied(sid, "the key's policy").with(evidence),
            PolicyAnswer::CannotTell(sid) => return not_judged(sid, "the key's policy").with(evidence),
            PolicyAnswer::OtherRule(others) => format!(": it lets only other rules use it: {}.", others.join(", ")),
            PolicyAnswer::NoPolicy | PolicyAnswer::NoStatement => {
                ", so that EventBridge cannot send to the queue: events.amazonaws.com needs kms:GenerateDataKey and kms:Decrypt.".to_owned()
            }
        };
        let put = |policy: String| Write::PutKeyPolicy { key: key.to_owned(), policy };
        let repair = Repair::one(
            "Add a statement to the key's policy that lets EventBridge use it; every other statement stays as it is.",
            put(policy.allowing(&right).text()),
            put(text.to_owned()),
        );
        Finding::cause(format!("The policy of the queue's key does not let EventBridge use it{why}"))
            .with(evidence)
            .repaired_by(self.offer(repair).filter(|_| !self.is_foreign(key)))
    }

    fn managed(self, queue: &QueueName, key: &str) -> Finding {
        Finding::cause(format!(
            "The queue is encrypted with {MANAGED_KEY}, whose policy nobody can change: EventBridge can never send to it."
        ))
        .repaired_by(self.offer(without_key(queue, key)))
    }

    /// A key that is not there: SQS uses keys of the queue's own region only.
    fn unknown(self, queue: &QueueName, key: &str) -> Finding {
        let own = self.case.chain.spec.region.as_str();
        let elsewhere = key.split(':').nth(3).filter(|region| *region != own);
        let what = match elsewhere {
            Some(region) => format!("which is of region {region}, while a queue takes keys of its own region {own} only"),
            None => "which does not exist".to_owned(),
        };
        Finding::cause(format!("The queue is encrypted with the key {key}, {what}: EventBridge can never send to it."))
            .repaired_by(self.offer(without_key(queue, key)))
    }

    /// A disabled key is enabled again; whoever has one deleted has decided something else.
    fn unusable(self, key: &KeyNow) -> Finding {
        let id = || key.arn.clone();
        let enable = Repair::one("Enable the key.", Write::EnableKey { key: id() }, Write::DisableKey { key: id() });
        let is_disabled = key.state == "Disabled";
        let what = if is_disabled { "is disabled" } else { "cannot be used" };
        let hint = if is_disabled { "" } else { " Cancel its deletion and enable it, or give the queue another key." };
        Finding::cause(format!("The queue's key {what} ({}): nothing can be sent to the queue.{hint}", key.state))
            .repaired_by(self.offer(enable).filter(|_| is_disabled && !self.is_foreign(&key.arn)))
    }

    fn is_foreign(self, key: &str) -> bool {
        key.split(':').nth(4).is_some_and(|account| account != self.case.chain.spec.account.as_str())
    }
}

fn without_key(queue: &QueueName, key: &str) -> Repair {
    Repair::one(
        "Encrypt the queue with SQS's own keys, which EventBridge needs no permission for.",
        set(queue, &[("KmsMasterKeyId", ""), ("SqsManagedSseEnabled", "true")]),
        set(queue, &[("KmsMasterKeyId", key), ("SqsManagedSseEnabled", "false")]),
    )
}

/// Whether a key's name says that it is AWS's own.
pub(crate) fn is_managed_key(key: &str) -> bool {
    key == MANAGED_KEY || key.ends_with(":alias/aws/sqs")
}
