//! Incidents, connections, calls and settings.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::json;
use waybill_domain::{EventType, Incident, IncidentId, Timestamp, WriteMode};
use waybill_store::{CallFilter, ConnectionKind, ConnectionRow, NewCall, Store, StoreError};

const T1: Timestamp = Timestamp::from_millis(1_628_237_761_154);
const T2: Timestamp = Timestamp::from_millis(1_628_237_762_000);

fn open() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

#[tokio::test]
async fn an_incident_is_kept_as_it_stands_after_every_step() {
    let (_folder, store) = open();
    let (source, id) = store.write(|tables| Ok((tables.insert_alert_source("Shop", T1)?.id, tables.take_incident_ids(1)?))).await.unwrap();
    assert_eq!(id, IncidentId(3_710_705));
    let mut incident = Incident::new(id, "test incident", "My server is down", T1);
    for event in [EventType::Created, EventType::Acknowledged, EventType::Resolved] {
        incident.assume(event, None);
        let kept = incident.clone();
        store.write(move |tables| tables.save_incident(source, &kept, T2)).await.unwrap();
        let row = store.read(move |tables| tables.incident(id)).await.unwrap().unwrap();
        assert_eq!((row.incident, row.alert_source, row.changed_at), (incident.clone(), source, T2), "{event}");
    }
}

#[tokio::test]
async fn incident_numbers_go_on_after_reopening() {
    let (folder, store) = open();
    let first = store.write(|tables| tables.take_incident_ids(11_112)).await.unwrap();
    drop(store);
    let next = Store::open(folder.path()).unwrap().write(|tables| tables.take_incident_ids(1)).await.unwrap();
    assert_eq!(next.0 - first.0, 11_112, "taken numbers are never given again, used or not");
}

#[tokio::test]
async fn an_incident_needs_its_alert_source() {
    let (_folder, store) = open();
    let incident = Incident::new(IncidentId(1), "", "", T1);
    let error = store.write(move |tables| tables.save_incident(waybill_domain::AlertSourceId(1), &incident, T1)).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { .. }), "{error:?}");
}

#[tokio::test]
async fn connections_read_back_and_their_names_are_unique() {
    let (_folder, store) = open();
    let connection = ConnectionRow {
        name: "prod".into(),
        kind: ConnectionKind::Aws,
        region: "us-east-1".parse().unwrap(),
        profile: Some("ops".into()),
        role_arn: None,
        endpoint_url: None,
        eventbridge_url: Some("https://events.internal".into()),
        sqs_url: None,
        sts_url: None,
        organizations_url: None,
        mode: WriteMode::ReadOnly,
        settle_ms: 60_000,
        created_at: T1,
    };
    let (first, again) = (connection.clone(), connection.clone());
    store.write(move |tables| tables.insert_connection(&first)).await.unwrap();
    let error = store.write(move |tables| tables.insert_connection(&again)).await.unwrap_err();
    assert_eq!(error.to_string(), "a connection named `prod` is already there");
    assert_eq!(store.read(|tables| tables.connections()).await.unwrap(), [connection]);
    assert!(store.write(|tables| tables.set_connection_mode("prod", WriteMode::Ask)).await.unwrap());
    assert_eq!(store.read(|tables| tables.connection("prod")).await.unwrap().unwrap().mode, WriteMode::Ask);
    assert!(!store.write(|tables| tables.set_connection_mode("other", WriteMode::Ask)).await.unwrap());
    assert!(store.write(|tables| tables.delete_connection("prod")).await.unwrap());
    assert!(!store.write(|tables| tables.delete_connection("prod")).await.unwrap());
    assert_eq!(store.read(|tables| tables.connection("prod")).await.unwrap(), None);
}

#[tokio::test]
async fn calls_are_listed_newest_first_page_by_page() {
    let (_folder, store) = open();
    let call = |operation: &str| NewCall {
        at: T1,
        connection: "sandbox".into(),
        region: "eu-central-1".parse().unwrap(),
        service: "events".into(),
        operation: operation.into(),
        input: json!({"Name": "my-rule"}),
        request_id: Some("id-1".into()),
        error: None,
    };
    for operation in ["PutRule", "PutTargets", "DeleteRule"] {
        let call = call(operation);
        store.write(move |tables| tables.insert_call(&call)).await.unwrap();
    }
    let newest = store.read(|tables| tables.calls(&CallFilter::default(), None, 2)).await.unwrap();
    assert_eq!(newest.iter().map(|row| row.call.operation.as_str()).collect::<Vec<_>>(), ["DeleteRule", "PutTargets"]);
    let before = newest[1].id;
    let older = store.read(move |tables| tables.calls(&CallFilter::default(), Some(before), 2)).await.unwrap();
    assert_eq!(older.into_iter().map(|row| row.call).collect::<Vec<_>>(), [call("PutRule")]);
}

#[tokio::test]
async fn a_setting_has_a_value_until_it_is_cleared() {
    let (_folder, store) = open();
    assert_eq!(store.read(|tables| tables.setting::<Vec<u32>>("sizes")).await.unwrap(), None);
    for value in [vec![1_u32], vec![1, 2]] {
        let kept = value.clone();
        store.write(move |tables| tables.set_setting("sizes", &kept)).await.unwrap();
        assert_eq!(store.read(|tables| tables.setting("sizes")).await.unwrap(), Some(value));
    }
    assert!(store.read(|tables| tables.setting::<bool>("sizes")).await.is_err(), "a value of another type is not guessed at");
    store.write(|tables| tables.clear_setting("sizes")).await.unwrap();
    assert_eq!(store.read(|tables| tables.setting::<Vec<u32>>("sizes")).await.unwrap(), None);
}
