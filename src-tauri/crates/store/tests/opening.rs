//! What happens to a data folder when it is opened.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use waybill_domain::Timestamp;
use waybill_store::{OpenError, Store};

/// A folder with a store that was opened once and closed, and what `change` did to the file.
fn changed_file(change: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    Connection::open(folder.path().join(Store::FILE)).unwrap().execute_batch(change).unwrap();
    folder
}

fn bytes(folder: &Path) -> Vec<u8> {
    fs::read(folder.join(Store::FILE)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_fresh_folder_is_made_and_what_is_written_is_there_after_reopening() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("not/yet # here?");
    let store = Store::open(&folder).unwrap();
    store.write(|tables| tables.insert_alert_source("Shop", Timestamp::from_millis(5))).await.unwrap();
    drop(store);
    let store = Store::open(&folder).unwrap();
    assert_eq!(store.data_dir(), folder);
    let sources = store.read(|tables| tables.alert_sources()).await.unwrap();
    assert_eq!(sources[0].source.name, "Shop");
    assert_eq!(sources[0].created_at, Timestamp::from_millis(5));
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_and_its_side_files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    fs::set_permissions(folder.path().join(Store::FILE), fs::Permissions::from_mode(0o644)).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.write(|tables| tables.insert_alert_source("Shop", Timestamp::default())).await.unwrap();
    let names = names(folder.path());
    assert!(names.iter().any(|name| name == "waybill.db-wal"), "the write-ahead log is in use: {names:?}");
    for name in names {
        let mode = fs::metadata(folder.path().join(&name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

#[test]
fn a_file_from_a_newer_version_is_refused_and_left_byte_for_byte() {
    for change in [
        "PRAGMA user_version = 9999",
        "INSERT INTO migration (id, sql, applied_at) VALUES ('2999-01-01-future', 'CREATE TABLE future (x)', 0)",
    ] {
        let folder = changed_file(change);
        let (before, names_before) = (bytes(folder.path()), names(folder.path()));
        let error = Store::open(folder.path()).unwrap_err();
        assert!(matches!(error, OpenError::Newer { .. }), "{change}: {error:?}");
        assert!(error.to_string().starts_with("data folder: "), "the message names the field: {error}");
        assert!(error.to_string().contains("newer version"), "{error}");
        assert_eq!(bytes(folder.path()), before, "{change}");
        assert_eq!(names(folder.path()), names_before, "no side file is left behind");
    }
}

#[test]
fn a_newer_version_is_seen_even_where_it_lies_in_the_log_of_a_program_that_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    let newer = Connection::open(folder.path().join(Store::FILE)).unwrap();
    newer.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 9999").unwrap();
    let copy = tempfile::tempdir().unwrap();
    for name in ["waybill.db", "waybill.db-wal"] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let before = bytes(copy.path());
    assert!(matches!(Store::open(copy.path()), Err(OpenError::Newer { found: 9999, .. })));
    assert_eq!(bytes(copy.path()), before);
}

#[test]
fn a_migration_that_was_edited_is_refused_and_the_file_left_as_it_is() {
    let folder = changed_file("UPDATE migration SET sql = sql || ' -- touched' WHERE id = '2026-11-23-6-setting'");
    let before = bytes(folder.path());
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(&error, OpenError::Edited { id, .. } if id == "2026-11-23-6-setting"), "{error:?}");
    assert_eq!(bytes(folder.path()), before);
}

#[tokio::test]
async fn an_older_file_gets_what_it_lacks_and_keeps_what_it_has() {
    let folder = changed_file(
        "DROP TABLE setting; DELETE FROM migration WHERE id = '2026-11-23-6-setting'; PRAGMA user_version = 1;
         INSERT INTO alert_source (id, name, created_at) VALUES (1, 'Old', 0)",
    );
    let store = Store::open(folder.path()).unwrap();
    store.write(|tables| tables.set_setting("theme", &"dark")).await.unwrap();
    assert_eq!(store.read(|tables| tables.alert_sources()).await.unwrap()[0].source.name, "Old");
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = "These are my notes, not a database, and they are longer than a header of one hundred bytes so that it counts.";
    fs::write(folder.path().join(Store::FILE), text).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(OpenError::NotADatabase { .. })));
    assert_eq!(bytes(folder.path()), text.as_bytes());
}

#[test]
fn a_file_where_the_data_folder_should_be_is_named_and_left_as_it_is() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    fs::write(&file, "mine").unwrap();
    for folder in [file.clone(), file.join("below")] {
        let error = Store::open(&folder).unwrap_err();
        assert!(matches!(error, OpenError::NotAFolder { .. }), "{error:?}");
        let message = error.to_string();
        assert!(message.starts_with("data folder: ") && message.contains(&folder.display().to_string()), "{message}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(names(parent.path()), ["file"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_made_or_written_is_named() {
    let error = Store::open(Path::new("/proc/self")).unwrap_err();
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    assert_eq!(error.to_string(), "data folder: /proc/self cannot be written to");
    let error = Store::open(Path::new("/proc/self/waybill")).unwrap_err();
    assert!(matches!(error, OpenError::NotMade { .. }), "{error:?}");
}
