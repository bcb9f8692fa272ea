//! The keys that queues are encrypted with.

use aws_sdk_kms::types::{KeyManagerType, KeyMetadata};
use waybill_aws::{CallError, CallErrorKind};
use waybill_setup::QueueSeen;

use super::{Reader, map};
use crate::judge::is_managed_key;
use crate::seen::{KeyNow, Reading, Unread};

/// The one policy that a key has (KMS API reference, `GetKeyPolicy`).
const POLICY_NAME: &str = "default";

type KeyReadings = (Reading<Option<KeyNow>>, Reading<Option<String>>);

impl Reader<'_> {
    /// A queue's key and its policy; AWS's own key is known beforehand.
    pub(super) async fn key_of(&self, queue: Option<&QueueSeen>) -> KeyReadings {
        let Some(name) = queue.and_then(QueueSeen::key).filter(|key| !is_managed_key(key)) else {
            return (Err(Unread::NotAsked), Err(Unread::NotAsked));
        };
        let key = self.described(name).await;
        let arn = match &key {
            Ok(read) => read.value.as_ref().map(|key| key.arn.clone()),
            // By its alias a policy cannot be asked for.
            Err(_) => (!name.contains("alias/")).then(|| name.to_owned()),
        };
        let policy = match arn {
            Some(arn) if !matches!(key, Err(Unread::NotOffered(_))) => self.policy_of(&arn).await,
            _ => Err(Unread::NotAsked),
        };
        (key, policy)
    }

    async fn described(&self, name: &str) -> Reading<Option<KeyNow>> {
        let read = self.ask("kms", "DescribeKey", self.clients.kms().describe_key().key_id(name).send()).await;
        let read = read.map_err(|why| self.unless_offered(why, "AWS KMS"))?;
        Ok(map(read, |found| found.and_then(|found| found.key_metadata).map(key_now)))
    }

    async fn policy_of(&self, arn: &str) -> Reading<Option<String>> {
        let sending = self.clients.kms().get_key_policy().key_id(arn).policy_name(POLICY_NAME).send();
        let read = self.ask("kms", "GetKeyPolicy", sending).await.map_err(|why| self.unless_offered(why, "AWS KMS"))?;
        Ok(map(read, |found| found.and_then(|found| found.policy)))
    }

    /// Another endpoint than AWS may not have every service: it says so, or nothing that could be read.
    pub(super) fn unless_offered(&self, why: Unread, service: &'static str) -> Unread {
        let is_stand_in = self.clients.endpoint().is_some();
        match why {
            Unread::Call(error) if is_stand_in && is_not_offered(&error) => Unread::NotOffered(service),
            other => other,
        }
    }
}

fn is_not_offered(error: &CallError) -> bool {
    const CODES: [&str; 6] = [
        "UnknownOperationException",
        "UnknownOperation",
        "InvalidAction",
        "UnsupportedOperation",
        "NotImplemented",
        "AWS.SimpleQueueService.UnsupportedOperation",
    ];
    let is_refused = !matches!(error.kind, CallErrorKind::AccessDenied | CallErrorKind::Throttled | CallErrorKind::NoCredentials);
    let by_code = error.code.as_deref().is_some_and(|code| CODES.contains(&code));
    let by_status = error.http_status.is_some_and(|status| matches!(status, 404 | 405 | 501));
    is_refused && (by_code || by_status || (error.code.is_none() && error.http_status.is_some_and(|status| (200..500).contains(&status))))
}

fn key_now(found: KeyMetadata) -> KeyNow {
    KeyNow {
        by_aws: found.key_manager == Some(KeyManagerType::Aws),
        state: found.key_state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        arn: found.arn.unwrap_or(found.key_id),
    }
}
