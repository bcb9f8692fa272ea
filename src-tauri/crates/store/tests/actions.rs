//! Alert sources and alert actions.
#![allow(clippy::unwrap_used, missing_docs)]

use waybill_domain::{ActionId, ActionSettings, AlertSourceId, EventType, EventTypes, PartnerSourceName, Timestamp, TriggerMode};
use waybill_store::{NewAction, Store, StoreError};

const T1: Timestamp = Timestamp::from_millis(1);
const T2: Timestamp = Timestamp::from_millis(2);

fn open() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn id(number: u32) -> ActionId {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

fn settings(name: &str) -> ActionSettings {
    ActionSettings {
        name: name.parse().unwrap(),
        trigger_mode: TriggerMode::Manual,
        event_types: EventTypes::new([EventType::Resolved, EventType::Created]).unwrap(),
        account: "012345678901".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    }
}

async fn make(store: &Store, number: u32, name: &str) -> Result<(), StoreError> {
    let settings = settings(name);
    store
        .write(move |tables| {
            let alert_source = tables.alert_source_or_new("Shop", T1)?.id;
            let new = NewAction { id: id(number), alert_source, settings, connection: "sandbox".into(), partner_source: None };
            tables.insert_alert_action(&new, T1)
        })
        .await
}

#[tokio::test]
async fn an_alert_action_reads_back_as_it_was_made() {
    let (_folder, store) = open();
    make(&store, 1, "Ops").await.unwrap();
    let row = store.read(|tables| tables.alert_action(id(1))).await.unwrap().unwrap();
    assert_eq!(row.action.settings, settings("Ops"), "leading zeros of the account included");
    assert_eq!((row.action.alert_source.id, row.action.alert_source.name.as_str()), (AlertSourceId(2_193_327), "Shop"));
    assert_eq!((row.connection.as_str(), row.created_at, row.deleted_at), ("sandbox", T1, None));
    assert_eq!(store.read(|tables| tables.alert_action_named("Ops")).await.unwrap(), Some(row));
}

#[tokio::test]
async fn a_name_is_given_once_and_free_again_after_deletion() {
    let (_folder, store) = open();
    make(&store, 1, "Ops").await.unwrap();
    let error = make(&store, 2, "Ops").await.unwrap_err();
    assert_eq!(error.to_string(), "an alert action named `Ops` is already there");
    assert!(matches!(error, StoreError::Conflict { .. }));
    store.write(|tables| tables.delete_alert_action(id(1), T2)).await.unwrap();
    make(&store, 2, "Ops").await.unwrap();
    let deleted = store.read(|tables| tables.alert_action(id(1))).await.unwrap().unwrap();
    assert_eq!(deleted.deleted_at, Some(T2), "a deleted action stays for the history of its runs");
    let active = store.read(|tables| tables.alert_actions()).await.unwrap();
    assert_eq!(active.iter().map(|row| row.action.id).collect::<Vec<_>>(), [id(2)]);
}

#[tokio::test]
async fn a_change_keeps_the_id_and_refuses_a_taken_name() {
    let (_folder, store) = open();
    make(&store, 1, "Ops").await.unwrap();
    make(&store, 2, "Dev").await.unwrap();
    let taken = store.write(|tables| tables.update_alert_action(id(2), &settings("Ops"), T2)).await;
    assert!(matches!(taken, Err(StoreError::Conflict { .. })));
    let source: PartnerSourceName = "aws.partner/ilert.com/shop/1".parse().unwrap();
    let name = source.clone();
    store
        .write(move |tables| {
            tables.update_alert_action(id(2), &settings("QA"), T2)?;
            tables.set_partner_source(id(2), Some(&name), T2)
        })
        .await
        .unwrap();
    let row = store.read(|tables| tables.alert_action(id(2))).await.unwrap().unwrap();
    assert_eq!((row.action.settings.name.as_str(), row.changed_at, row.partner_source), ("QA", T2, Some(source)));
}

#[tokio::test]
async fn what_is_not_there_cannot_be_changed() {
    let (_folder, store) = open();
    make(&store, 1, "Ops").await.unwrap();
    store.write(|tables| tables.delete_alert_action(id(1), T2)).await.unwrap();
    for number in [1, 7] {
        let changed = store.write(move |tables| tables.update_alert_action(id(number), &settings("X"), T2)).await;
        assert!(matches!(changed, Err(StoreError::NotFound { .. })), "{number}");
        let deleted = store.write(move |tables| tables.delete_alert_action(id(number), T2)).await;
        assert!(matches!(deleted, Err(StoreError::NotFound { .. })), "{number}");
    }
}

#[tokio::test]
async fn an_alert_source_with_actions_stays() {
    let (_folder, store) = open();
    make(&store, 1, "Ops").await.unwrap();
    let source = AlertSourceId(2_193_327);
    let kept = store.write(move |tables| tables.delete_alert_source(source, T2)).await.unwrap_err();
    assert_eq!(kept.to_string(), "the alert source still has the alert action `Ops`; delete it first");
    store.write(|tables| tables.delete_alert_action(id(1), T2)).await.unwrap();
    assert!(store.write(move |tables| tables.delete_alert_source(source, T2)).await.unwrap());
    assert!(!store.write(move |tables| tables.delete_alert_source(source, T2)).await.unwrap(), "it is deleted once");
    let next = store.write(|tables| tables.alert_source_or_new("Shop", T2)).await.unwrap();
    assert_eq!(next.id, AlertSourceId(2_193_328), "a number is never given again, a name is");
    let old = store.read(move |tables| tables.alert_source(source)).await.unwrap().unwrap();
    assert_eq!(old.deleted_at, Some(T2));
}

#[tokio::test]
async fn a_taken_alert_source_name_is_refused_in_words() {
    let (_folder, store) = open();
    store.write(|tables| tables.insert_alert_source("Shop", T1)).await.unwrap();
    let error = store.write(|tables| tables.insert_alert_source("Shop", T1)).await.unwrap_err();
    assert_eq!(error.to_string(), "an alert source named `Shop` is already there");
}

#[tokio::test]
async fn an_action_needs_an_alert_source_that_is_there() {
    let (_folder, store) = open();
    let new = NewAction {
        id: id(1),
        alert_source: AlertSourceId(1),
        settings: settings("Ops"),
        connection: "sandbox".into(),
        partner_source: None,
    };
    let error = store.write(move |tables| tables.insert_alert_action(&new, T1)).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no alert source 1");
}
