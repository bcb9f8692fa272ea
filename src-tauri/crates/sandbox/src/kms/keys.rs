//! All keys, and who may use them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::key::{self, KeyRow};
use super::{KEY_TABLE, not_found};
use crate::error::ApiError;
use crate::policy::{Context, Principal, Request};
use crate::state::{DatabaseError, Journal, Saved};

/// The alias of AWS's own key for queues.
const SQS_ALIAS: &str = "alias/aws/sqs";

/// What EventBridge must be allowed to do with a queue's key (user guide, eb-troubleshooting).
const NEEDED: [&str; 2] = ["kms:GenerateDataKey", "kms:Decrypt"];

/// The keys of all accounts and regions, by ARN.
#[derive(Debug, Default)]
pub(crate) struct KeyRing {
    by_arn: BTreeMap<String, KeyRow>,
}

/// A service that wants to use a queue's key for a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use<'a> {
    /// The queue's region.
    pub(crate) region: &'a str,
    /// The queue's account.
    pub(crate) account: &'a str,
    /// For example `events.amazonaws.com`.
    pub(crate) service: &'a str,
    /// `aws:SourceArn`.
    pub(crate) source_arn: &'a str,
    /// `aws:SourceAccount`.
    pub(crate) source_account: &'a str,
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
}

/// Why a key is of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such key.
    NoKey,
    /// Its policy does not allow this action.
    NotAllowed(&'static str),
}

impl KeyRing {
    /// The keys of the last run.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        Ok(Self { by_arn: saved.rows(KEY_TABLE)?.into_iter().collect() })
    }

    /// Keeps a key, a new one or one that changed.
    pub(crate) fn keep(&mut self, row: KeyRow, journal: &mut Journal) {
        let arn = row.arn();
        journal.put(KEY_TABLE, &*arn, &row);
        self.by_arn.insert(arn, row);
    }

    /// The key of an id, an ARN, or the alias of AWS's own key for queues.
    ///
    /// # Errors
    /// `NotFoundException`, in KMS's words.
    pub(crate) fn find(&self, (region, account): (&str, &str), name: &str) -> Result<Cow<'_, KeyRow>, ApiError> {
        let own = |alias: &str| alias == SQS_ALIAS || alias == format!("arn:aws:kms:{region}:{account}:{SQS_ALIAS}");
        let of_sqs = || KeyRow::of_sqs(region, account);
        if own(name) {
            return Ok(Cow::Owned(of_sqs()));
        }
        let arn = if name.starts_with("arn:") { name.to_owned() } else { key::arn(region, account, name) };
        if let Some(row) = self.by_arn.get(&arn) {
            return Ok(Cow::Borrowed(row));
        }
        match name {
            _ if of_sqs().arn() == arn => Ok(Cow::Owned(of_sqs())),
            _ if name.starts_with("alias/") => Err(not_found(format!("Alias arn:aws:kms:{region}:{account}:{name} is not found."))),
            _ => Err(not_found(format!("Key '{arn}' does not exist"))),
        }
    }

    /// Whether a service may use the key of a queue.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn check(&self, name: &str, by: &Use<'_>) -> Result<(), Refusal> {
        let key = self.find((by.region, by.account), name).map_err(|_| Refusal::NoKey)?;
        let (arn, via) = (key.arn(), format!("sqs.{}.amazonaws.com", by.region));
        let keys = [
            ("aws:sourcearn", by.source_arn),
            ("aws:sourceaccount", by.source_account),
            ("aws:principalisawsservice", "true"),
            ("aws:principalservicename", by.service),
            ("aws:securetransport", "true"),
            ("kms:viaservice", &via),
        ];
        let context = Context { keys: &keys, now_ms: by.now_ms };
        let request = |action| Request { principal: Principal::Service(by.service), action, resource: &arn, context };
        let missing = NEEDED.into_iter().find(|&action| !key.admits(&request(action)));
        missing.map_or(Ok(()), |action| Err(Refusal::NotAllowed(action)))
    }
}
