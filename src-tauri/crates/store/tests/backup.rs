//! Copies of the whole store.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;

use waybill_domain::Timestamp;
use waybill_store::{BackupError, Store};

#[tokio::test]
async fn a_backup_made_while_the_store_is_in_use_opens_as_a_store() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path()).unwrap();
    store.write(|tables| tables.insert_alert_source("Shop", Timestamp::default())).await.unwrap();
    let copy = other.path().join(Store::FILE);
    store.backup(&copy).await.unwrap();
    store.write(|tables| tables.insert_alert_source("Later", Timestamp::default())).await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 1, "the copy is one file");
    let sources = Store::open(other.path()).unwrap().read(|tables| tables.alert_sources()).await.unwrap();
    assert_eq!(sources.iter().map(|row| row.source.name.as_str()).collect::<Vec<_>>(), ["Shop"], "the copy is of its moment");
}

#[tokio::test]
async fn a_backup_never_replaces_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let taken = folder.path().join("taken");
    fs::write(&taken, "mine").unwrap();
    assert!(matches!(store.backup(&taken).await, Err(BackupError::Exists { .. })));
    assert_eq!(fs::read_to_string(&taken).unwrap(), "mine");
    assert!(matches!(store.backup(&folder.path().join("no/folder")).await, Err(BackupError::NotWritten { .. })));
}
