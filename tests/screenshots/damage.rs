//! Waybill's own file, damaged behind its back: what is read from it cannot be read.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::window::Scene;

/// Renames the tables that the views are read from; only the store knows SQLite, so Python does it.
const RENAME: &str = "
import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute('pragma legacy_alter_table = on')
for table in ('alert_action', 'alert_source', 'run', 'call', 'connection', 'draft'):
    file.execute(f'alter table {table} rename to {table}_gone')
file.commit()
";

/// Takes the tables away from under the window.
pub(crate) fn take_tables_away(scene: &Scene) -> Result<()> {
    let renamed = Command::new("python3").args(["-c", RENAME]).arg(scene.data_dir().join("waybill.db")).status();
    ensure!(renamed.context("python3 is needed to damage the file")?.success(), "the file could not be damaged");
    Ok(())
}
