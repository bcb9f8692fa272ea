//! What lies in a data folder, byte for byte.

use std::collections::BTreeMap;
use std::path::Path;

/// The files that hold what Waybill and the sandbox keep, and whether they are the same later.
#[derive(Debug, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<String, Option<Vec<u8>>>);

impl Snapshot {
    /// Takes one now, while no command runs.
    pub fn of(dir: &Path) -> Self {
        let kept = ["waybill.db", "waybill.db-wal", "sandbox.db", "sandbox.db-wal", "sandbox-keys.json", "sandbox.json"];
        // A journal without content is the same as none.
        let read = |name: &str| std::fs::read(dir.join(name)).ok().filter(|bytes| !bytes.is_empty());
        Self(kept.into_iter().map(|name| (name.to_owned(), read(name))).collect())
    }

    /// The names of the files that are not as in `before`.
    pub fn changed_since(&self, before: &Self) -> Vec<&str> {
        self.0.iter().filter(|(name, bytes)| before.0[*name] != **bytes).map(|(name, _)| name.as_str()).collect()
    }
}
