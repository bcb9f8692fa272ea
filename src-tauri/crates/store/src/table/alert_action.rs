//! Table `alert_action`: what the administrator chose. A deleted action is kept for the history of its runs; its name is free again.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{ActionId, ActionSettings, AlertAction, AlertSource, AlertSourceId, EventTypes, PartnerSourceName, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-3-alert-action",
    sql: "CREATE TABLE alert_action (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            alert_source_id INTEGER NOT NULL REFERENCES alert_source (id),
            trigger_mode TEXT NOT NULL CHECK (trigger_mode IN ('automatic', 'manual')),
            event_types TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            connection TEXT NOT NULL,
            partner_source TEXT,
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            deleted_at INTEGER
          ) STRICT, WITHOUT ROWID;
          CREATE UNIQUE INDEX alert_action_name ON alert_action (name) WHERE deleted_at IS NULL;
          CREATE INDEX alert_action_alert_source ON alert_action (alert_source_id);",
}];

const SELECT: &str = "SELECT alert_action.*, alert_source.name AS alert_source_name FROM alert_action
                      JOIN alert_source ON alert_source.id = alert_action.alert_source_id";

/// An alert action as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// The alert action with its alert source.
    pub action: AlertAction,
    /// The connection that its partner event source is reached through.
    pub connection: String,
    /// The name of its partner event source; none while it is not known.
    pub partner_source: Option<PartnerSourceName>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// When it was deleted; an action without this is active.
    pub deleted_at: Option<Timestamp>,
}

/// An alert action to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// Its id, drawn by the caller.
    pub id: ActionId,
    /// The alert source whose incidents it publishes.
    pub alert_source: AlertSourceId,
    /// What the administrator chose.
    pub settings: ActionSettings,
    /// The connection that its partner event source is reached through.
    pub connection: String,
    /// The name of its partner event source, where it is known already.
    pub partner_source: Option<PartnerSourceName>,
}

impl ActionRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            action: AlertAction {
                id: column::parsed(row, "id")?,
                alert_source: AlertSource { id: AlertSourceId(row.get("alert_source_id")?), name: row.get("alert_source_name")? },
                settings: read_settings(row)?,
            },
            connection: row.get("connection")?,
            partner_source: column::parsed_or_null(row, "partner_source")?,
            created_at: column::time(row, "created_at")?,
            changed_at: column::time(row, "changed_at")?,
            deleted_at: column::time_or_null(row, "deleted_at")?,
        })
    }
}

fn read_settings(row: &Row<'_>) -> rusqlite::Result<ActionSettings> {
    Ok(ActionSettings {
        name: column::parsed(row, "name")?,
        trigger_mode: column::parsed(row, "trigger_mode")?,
        event_types: column::parsed(row, "event_types")?,
        account: column::parsed(row, "account")?,
        region: column::parsed(row, "region")?,
    })
}

/// Event types as they are kept: names with commas between them.
fn event_types_text(types: &EventTypes) -> String {
    types.as_slice().iter().map(|event| event.as_str()).collect::<Vec<_>>().join(",")
}

impl Ref<'_> {
    /// All active alert actions by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_actions(&self) -> Result<Vec<ActionRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("{SELECT} WHERE alert_action.deleted_at IS NULL ORDER BY alert_action.name"))?;
        Ok(statement.query_map([], ActionRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The active alert actions of one alert source by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_actions_of(&self, source: AlertSourceId) -> Result<Vec<ActionRow>, StoreError> {
        let filter = "WHERE alert_source_id = ?1 AND alert_action.deleted_at IS NULL ORDER BY alert_action.name";
        let mut statement = self.0.prepare_cached(&format!("{SELECT} {filter}"))?;
        Ok(statement.query_map([source.0], ActionRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The alert action with this id, deleted or not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_action(&self, id: ActionId) -> Result<Option<ActionRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("{SELECT} WHERE alert_action.id = ?1"))?;
        Ok(statement.query_row([id.to_string()], ActionRow::read).optional()?)
    }

    /// The active alert action with this name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_action_named(&self, name: &str) -> Result<Option<ActionRow>, StoreError> {
        let filter = "WHERE alert_action.name = ?1 AND alert_action.deleted_at IS NULL";
        let mut statement = self.0.prepare_cached(&format!("{SELECT} {filter}"))?;
        Ok(statement.query_row([name], ActionRow::read).optional()?)
    }

    /// How many active alert actions use a connection.
    pub(crate) fn active_actions_on(&self, connection: &str) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM alert_action WHERE connection = ?1 AND deleted_at IS NULL";
        Ok(self.0.prepare_cached(sql)?.query_row([connection], |row| row.get(0))?)
    }
}

impl Mut<'_> {
    /// Makes an alert action.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken, [`StoreError::NotFound`] when its alert source is not there.
    pub fn insert_alert_action(&mut self, new: &NewAction, now: Timestamp) -> Result<(), StoreError> {
        if self.read().alert_source(new.alert_source)?.is_none_or(|source| source.deleted_at.is_some()) {
            return Err(StoreError::NotFound { what: format!("alert source {}", new.alert_source) });
        }
        let mut statement = self.0.prepare_cached(
            "INSERT INTO alert_action
             (id, name, alert_source_id, trigger_mode, event_types, account, region, connection, partner_source, created_at, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
        )?;
        let settings = &new.settings;
        let values = (
            new.id.to_string(),
            settings.name.as_str(),
            new.alert_source.0,
            settings.trigger_mode.as_str(),
            event_types_text(&settings.event_types),
            settings.account.as_str(),
            settings.region.as_str(),
            &new.connection,
            new.partner_source.as_ref().map(PartnerSourceName::as_str),
            now.as_millis(),
        );
        statement.execute(values).map(drop).map_err(|error| StoreError::conflict(error, || name_taken(settings)))
    }

    /// Changes what the administrator chose for an active alert action.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the new name is taken, [`StoreError::NotFound`] when there is no active action with this id.
    pub fn update_alert_action(&mut self, id: ActionId, settings: &ActionSettings, now: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "UPDATE alert_action SET name = ?2, trigger_mode = ?3, event_types = ?4, account = ?5, region = ?6, changed_at = ?7
             WHERE id = ?1 AND deleted_at IS NULL",
        )?;
        let values = (
            id.to_string(),
            settings.name.as_str(),
            settings.trigger_mode.as_str(),
            event_types_text(&settings.event_types),
            settings.account.as_str(),
            settings.region.as_str(),
            now.as_millis(),
        );
        let changed = statement.execute(values).map_err(|error| StoreError::conflict(error, || name_taken(settings)))?;
        found(changed, id)
    }

    /// Records which partner event source an alert action has; `None` when it has none any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no active action with this id.
    pub fn set_partner_source(&mut self, id: ActionId, source: Option<&PartnerSourceName>, now: Timestamp) -> Result<(), StoreError> {
        let mut statement =
            self.0.prepare_cached("UPDATE alert_action SET partner_source = ?2, changed_at = ?3 WHERE id = ?1 AND deleted_at IS NULL")?;
        found(statement.execute((id.to_string(), source.map(PartnerSourceName::as_str), now.as_millis()))?, id)
    }

    /// Marks an alert action as deleted; its name is free again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no active action with this id.
    pub fn delete_alert_action(&mut self, id: ActionId, now: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached("UPDATE alert_action SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL")?;
        found(statement.execute((id.to_string(), now.as_millis()))?, id)
    }
}

fn name_taken(settings: &ActionSettings) -> String {
    format!("an alert action named `{}` is already there", settings.name)
}

fn found(changed: usize, id: ActionId) -> Result<(), StoreError> {
    if changed == 0 {
        return Err(StoreError::NotFound { what: format!("alert action {id}") });
    }
    Ok(())
}
