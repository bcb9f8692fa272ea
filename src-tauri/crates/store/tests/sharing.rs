//! Several handles, threads and processes on one data folder.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use waybill_domain::{Incident, IncidentId, Timestamp};
use waybill_store::{Store, StoreError};

/// Names the folder that a child process works on.
const FOLDER: &str = "WAYBILL_STORE_TEST_FOLDER";

/// Starts this test program again, as a process that raises incidents on `folder` and prints each number once it is committed.
fn child(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "raises_incidents_in_a_process_of_its_own", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn numbers(output: impl Read) -> impl Iterator<Item = i64> {
    BufReader::new(output).lines().filter_map(|line| line.unwrap().strip_prefix("incident ")?.parse().ok())
}

async fn raise(store: &Store) -> Result<i64, StoreError> {
    store
        .write(|tables| {
            let source = tables.alert_source_or_new("Shop", Timestamp::default())?;
            let incident = Incident::new(tables.take_incident_ids(1)?, "down", "", Timestamp::default());
            tables.save_incident(source.id, &incident, Timestamp::default())?;
            Ok(incident.id.0)
        })
        .await
}

#[tokio::test]
#[ignore = "the other tests of this file start it as a process of its own"]
#[allow(clippy::print_stdout, reason = "a child process reports to its parent on its standard output")]
async fn raises_incidents_in_a_process_of_its_own() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = Store::open(Path::new(&folder)).unwrap();
    for _ in 0..100 {
        println!("incident {}", raise(&store).await.unwrap());
    }
}

#[test]
fn processes_that_open_a_fresh_folder_at_once_never_give_a_number_twice() {
    let folder = tempfile::tempdir().unwrap();
    let children: Vec<Child> = (0..3).map(|_| child(folder.path())).collect();
    let mut seen = BTreeSet::new();
    for mut child in children {
        for number in numbers(child.stdout.take().unwrap()) {
            assert!(seen.insert(number), "{number} was given twice");
        }
        assert!(child.wait().unwrap().success());
    }
    let expected: BTreeSet<i64> = (3_710_705..3_711_005).collect();
    assert_eq!(seen, expected, "numbers start at that of the iLert page and have no holes");
}

#[tokio::test]
async fn what_was_committed_survives_a_process_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = child(folder.path());
    let mut numbers = numbers(child.stdout.take().unwrap());
    let mut seen: Vec<i64> = numbers.by_ref().take(20).collect();
    child.kill().unwrap();
    seen.extend(numbers);
    child.wait().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for number in seen {
        let row = store.read(move |tables| tables.incident(IncidentId(number))).await.unwrap();
        assert!(row.is_some(), "incident {number} was reported as committed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_handles_with_many_writers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let handles = [Store::open(folder.path()).unwrap(), Store::open(folder.path()).unwrap()];
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..8 {
        let store = handles[number % 2].clone();
        writers.spawn(async move {
            let mut taken = Vec::new();
            for _ in 0..25 {
                taken.push(raise(&store).await.unwrap());
                store.read(|tables| tables.alert_sources()).await.unwrap();
            }
            taken
        });
    }
    let taken: BTreeSet<i64> = writers.join_all().await.into_iter().flatten().collect();
    assert_eq!(taken.len(), 200, "every writer got numbers of its own");
    let source = handles[0].read(|tables| tables.alert_source_named("Shop")).await.unwrap().unwrap().source.id;
    let rows = handles[1].read(move |tables| tables.incidents_of(source, 1000)).await.unwrap();
    assert_eq!(rows.len(), 200, "one handle sees what the other committed");
}

#[tokio::test]
async fn a_write_that_fails_or_panics_leaves_nothing_behind_and_the_store_usable() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let failed: Result<(), StoreError> = store
        .write(|tables| {
            tables.insert_alert_source("Half", Timestamp::default())?;
            Err(StoreError::NotFound { what: "reason to go on".to_owned() })
        })
        .await;
    assert!(failed.is_err());
    let panicking = store.clone();
    let panicked = tokio::spawn(async move {
        panicking
            .write(|tables| -> Result<(), StoreError> {
                tables.insert_alert_source("Half", Timestamp::default())?;
                panic!("on purpose")
            })
            .await
    });
    assert!(panicked.await.unwrap_err().is_panic(), "the panic reaches the caller");
    assert_eq!(store.read(|tables| tables.alert_sources()).await.unwrap(), []);
    assert!(raise(&store).await.is_ok(), "the next write finds everything in order");
}

#[tokio::test]
async fn a_reader_sees_one_moment_even_while_another_handle_writes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let other = Store::open(folder.path()).unwrap();
    let counts = store
        .read(move |tables| {
            let before = tables.alert_sources()?.len();
            let written = tokio::runtime::Handle::current().block_on(raise(&other));
            Ok((before, written.is_ok(), tables.alert_sources()?.len()))
        })
        .await;
    assert_eq!(counts.unwrap(), (0, true, 0), "the writer does not wait and the reader does not see it");
}
