//! Table `chain`: what is wanted of an alert action's chain on AWS, what was made and what was found. One row per alert action.

use std::str::FromStr;

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{ActionId, BusArn, Invalid, QueueArn, RuleArn, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-7-chain",
    sql: "CREATE TABLE chain (
            action_id TEXT PRIMARY KEY REFERENCES alert_action (id),
            spec TEXT NOT NULL,
            pattern TEXT NOT NULL,
            stage TEXT NOT NULL CHECK (stage IN ('planned', 'partial', 'complete')),
            bus_arn TEXT NOT NULL,
            rule_arn TEXT NOT NULL,
            queue_arn TEXT NOT NULL,
            dead_letter_arn TEXT,
            queue_url TEXT,
            resources TEXT NOT NULL,
            changed_at INTEGER,
            updated_at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;",
}];

/// How far a chain is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainStage {
    /// Nothing is made yet.
    Planned,
    /// Some of it is made.
    Partial,
    /// The set-up was finished once.
    Complete,
}

impl ChainStage {
    const ALL: [Self; 3] = [Self::Planned, Self::Partial, Self::Complete];

    /// The word in files: `planned`, `partial` or `complete`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Partial => "partial",
            Self::Complete => "complete",
        }
    }
}

impl FromStr for ChainStage {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let named = Self::ALL.into_iter().find(|stage| stage.as_str() == text);
        named.ok_or_else(|| Invalid::new("Chain", format!("`{text}` is not a stage of a chain; use planned, partial or complete")))
    }
}

/// A chain as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainRow {
    /// The alert action.
    pub action: ActionId,
    /// What is wanted, as JSON.
    pub spec: String,
    /// The rule's intended event pattern.
    pub pattern: String,
    /// How far it is set up.
    pub stage: ChainStage,
    /// The bus.
    pub bus_arn: BusArn,
    /// The rule.
    pub rule_arn: RuleArn,
    /// The target queue.
    pub queue_arn: QueueArn,
    /// The target's dead-letter queue, where one is wanted.
    pub dead_letter_arn: Option<QueueArn>,
    /// The target queue's URL, once known.
    pub queue_url: Option<String>,
    /// What was made and what was adopted, as a JSON list.
    pub resources: String,
    /// When Waybill last changed rule, target or policy.
    pub changed_at: Option<Timestamp>,
    /// When the row was last written.
    pub updated_at: Timestamp,
}

impl ChainRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            action: column::parsed(row, "action_id")?,
            spec: row.get("spec")?,
            pattern: row.get("pattern")?,
            stage: column::parsed(row, "stage")?,
            bus_arn: BusArn::from_aws(row.get::<_, String>("bus_arn")?),
            rule_arn: RuleArn::from_aws(row.get::<_, String>("rule_arn")?),
            queue_arn: QueueArn::from_aws(row.get::<_, String>("queue_arn")?),
            dead_letter_arn: row.get::<_, Option<String>>("dead_letter_arn")?.map(QueueArn::from_aws),
            queue_url: row.get("queue_url")?,
            resources: row.get("resources")?,
            changed_at: column::time_or_null(row, "changed_at")?,
            updated_at: column::time(row, "updated_at")?,
        })
    }
}

impl Ref<'_> {
    /// The chain of an alert action, once its set-up has begun.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn chain(&self, action: ActionId) -> Result<Option<ChainRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM chain WHERE action_id = ?1")?;
        Ok(statement.query_row([action.to_string()], ChainRow::read).optional()?)
    }

    /// Every chain whose target or dead-letter queue is this one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn chains_on_queue(&self, queue: &QueueArn) -> Result<Vec<ChainRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM chain WHERE queue_arn = ?1 OR dead_letter_arn = ?1 ORDER BY action_id")?;
        Ok(statement.query_map([queue.as_str()], ChainRow::read)?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Keeps a chain; an earlier row of the same alert action is replaced.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such alert action.
    pub fn put_chain(&mut self, chain: &ChainRow) -> Result<(), StoreError> {
        if self.read().alert_action(chain.action)?.is_none() {
            return Err(StoreError::NotFound { what: format!("alert action {}", chain.action) });
        }
        let mut statement = self.0.prepare_cached(
            "INSERT OR REPLACE INTO chain (action_id, spec, pattern, stage, bus_arn, rule_arn, queue_arn, dead_letter_arn, queue_url,
             resources, changed_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        statement.execute((
            chain.action.to_string(),
            &chain.spec,
            &chain.pattern,
            chain.stage.as_str(),
            chain.bus_arn.as_str(),
            chain.rule_arn.as_str(),
            chain.queue_arn.as_str(),
            chain.dead_letter_arn.as_ref().map(QueueArn::as_str),
            &chain.queue_url,
            &chain.resources,
            chain.changed_at.map(Timestamp::as_millis),
            chain.updated_at.as_millis(),
        ))?;
        Ok(())
    }

    /// Forgets the chain of an alert action; nothing happens when it has none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn delete_chain(&mut self, action: ActionId) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM chain WHERE action_id = ?1", [action.to_string()])?;
        Ok(())
    }
}
