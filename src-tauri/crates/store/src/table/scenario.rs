//! Table `scenario`: the administrator's own life cycles, by name. Those that every Waybill has are not kept.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{Scenario, ScenarioName, ScenarioStep, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-95-scenario",
    sql: "CREATE TABLE scenario (
            name TEXT NOT NULL PRIMARY KEY,
            description TEXT NOT NULL,
            steps TEXT NOT NULL,
            updated_at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;",
}];

fn scenario(row: &Row<'_>) -> rusqlite::Result<Scenario> {
    let steps: Vec<ScenarioStep> = column::json(row, "steps")?;
    let (name, description): (String, String) = (row.get("name")?, row.get("description")?);
    Scenario::new(&name, &description, steps).map_err(|refused| {
        let told = refused.first().map(ToString::to_string).unwrap_or_default();
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, told.into())
    })
}

impl Ref<'_> {
    /// The administrator's own scenarios, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn scenarios(&self) -> Result<Vec<Scenario>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM scenario ORDER BY name")?;
        Ok(statement.query_map([], scenario)?.collect::<Result<_, _>>()?)
    }

    /// One of them, if it is there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn scenario(&self, name: &ScenarioName) -> Result<Option<Scenario>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM scenario WHERE name = ?1")?;
        Ok(statement.query_row([name.as_str()], scenario).optional()?)
    }
}

impl Mut<'_> {
    /// Keeps a scenario under a name that is free.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub fn insert_scenario(&mut self, scenario: &Scenario, now: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO scenario (name, description, steps, updated_at) VALUES (?1, ?2, ?3, ?4)";
        let steps = column::to_json(&scenario.steps())?;
        let written = self.0.execute(sql, (scenario.name.as_str(), &scenario.description, steps, now.as_millis()));
        let taken = || format!("there is a scenario named `{}` already", scenario.name);
        written.map(drop).map_err(|error| StoreError::conflict(error, taken))
    }

    /// Throws a scenario away; tells whether it was there.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn delete_scenario(&mut self, name: &ScenarioName) -> Result<bool, StoreError> {
        Ok(self.0.execute("DELETE FROM scenario WHERE name = ?1", [name.as_str()])? > 0)
    }
}
