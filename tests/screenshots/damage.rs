//! Waybill's own file, damaged behind its back: what is read from it cannot be read.

use anyhow::Result;
use rusqlite::Connection;

use crate::window::Scene;

/// Tables that the views are read from.
const TABLES: [&str; 6] = ["alert_action", "alert_source", "run", "call", "connection", "draft"];

/// Takes the tables away from under the window.
pub(crate) fn take_tables_away(scene: &Scene) -> Result<()> {
    let file = Connection::open(scene.data_dir().join("waybill.db"))?;
    file.pragma_update(None, "legacy_alter_table", true)?;
    for table in TABLES {
        file.execute_batch(&format!("ALTER TABLE {table} RENAME TO {table}_gone"))?;
    }
    Ok(())
}
