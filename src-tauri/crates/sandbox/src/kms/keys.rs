//! All keys, and who may use them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::key::{self, KeyRow, KeyState};
use super::{ALIAS_TABLE, KEY_TABLE, not_found};
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
    /// The ARN of a key by the ARN of its alias.
    aliases: BTreeMap<String, String>,
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
    /// It is disabled, or waits for its deletion.
    Unusable {
        /// Its ARN.
        arn: String,
        /// In which state it is.
        state: KeyState,
    },
}

impl KeyRing {
    /// The keys of the last run.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        Ok(Self { by_arn: saved.rows(KEY_TABLE)?.into_iter().collect(), aliases: saved.rows(ALIAS_TABLE)?.into_iter().collect() })
    }

    /// Keeps a key, a new one or one that changed.
    pub(crate) fn keep(&mut self, row: KeyRow, journal: &mut Journal) {
        let arn = row.arn();
        journal.put(KEY_TABLE, &*arn, &row);
        self.by_arn.insert(arn, row);
    }

    /// Forgets a key as if it had never been.
    pub(crate) fn forget(&mut self, arn: &str, journal: &mut Journal) {
        if self.by_arn.remove(arn).is_some() {
            journal.delete(KEY_TABLE, arn);
        }
    }

    /// Gives a key another name.
    ///
    /// # Errors
    /// `AlreadyExistsException`.
    pub(crate) fn name(&mut self, alias: String, key: String, journal: &mut Journal) -> Result<(), ApiError> {
        if self.aliases.contains_key(&alias) {
            let message = format!("An alias with the name {alias} already exists");
            return Err(ApiError::sender("AlreadyExistsException", message));
        }
        journal.put(ALIAS_TABLE, &*alias, &key);
        self.aliases.insert(alias, key);
        Ok(())
    }

    /// Takes a name away again.
    ///
    /// # Errors
    /// `NotFoundException`.
    pub(crate) fn unname(&mut self, alias: &str, journal: &mut Journal) -> Result<(), ApiError> {
        self.aliases.remove(alias).ok_or_else(|| not_found(format!("Alias {alias} is not found.")))?;
        journal.delete(ALIAS_TABLE, alias);
        Ok(())
    }

    /// The key of an id, an ARN, or an alias.
    ///
    /// # Errors
    /// `NotFoundException`, in KMS's words.
    pub(crate) fn find(&self, (region, account): (&str, &str), name: &str) -> Result<Cow<'_, KeyRow>, ApiError> {
        let own = |alias: &str| alias == SQS_ALIAS || alias == format!("arn:aws:kms:{region}:{account}:{SQS_ALIAS}");
        let of_sqs = || KeyRow::of_sqs(region, account);
        if own(name) {
            return Ok(Cow::Owned(of_sqs()));
        }
        if let Some(other) = name.strip_prefix("arn:").and_then(|arn| arn.split(':').nth(2)).filter(|other| *other != region) {
            return Err(not_found(format!("Invalid arn {other}")));
        }
        let arn = match name {
            _ if name.starts_with("arn:") => name.to_owned(),
            _ if name.starts_with("alias/") => format!("arn:aws:kms:{region}:{account}:{name}"),
            id => key::arn(region, account, id),
        };
        let arn = self.aliases.get(&arn).cloned().unwrap_or(arn);
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
        if key.state != KeyState::Enabled {
            return Err(Refusal::Unusable { arn, state: key.state });
        }
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
