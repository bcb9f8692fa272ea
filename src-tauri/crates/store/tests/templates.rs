//! Templates, and calls as they are looked for.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::json;
use waybill_domain::{EventType, Timestamp};
use waybill_store::{CallFilter, NewCall, Store};

const T1: Timestamp = Timestamp::from_millis(1_000);
const T2: Timestamp = Timestamp::from_millis(2_000);

#[tokio::test]
async fn a_template_is_saved_over_one_of_the_same_name_in_whatever_case() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let first = store.write(|db| db.save_template("Night", EventType::Created, "{}", T1)).await.unwrap();
    let second = store.write(|db| db.save_template("night", EventType::Resolved, r#"{"a":1}"#, T2)).await.unwrap();
    assert_eq!(first.id, second.id, "it is the same template");
    let all = store.read(|db| db.templates()).await.unwrap();
    assert_eq!((all.len(), &all[0]), (1, &second));
    store.write(move |db| db.delete_template(second.id)).await.unwrap();
    assert_eq!(store.read(move |db| db.template(first.id)).await.unwrap(), None);
}

#[tokio::test]
async fn calls_are_found_by_what_they_did_and_how_they_ended() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let call = |at, operation: &str, error: Option<&str>| NewCall {
        at,
        connection: "sandbox".into(),
        region: "eu-central-1".parse().unwrap(),
        service: "events".into(),
        operation: operation.into(),
        input: json!({ "Name": "all-incidents_100%" }),
        request_id: Some(format!("id-{operation}")),
        error: error.map(str::to_owned),
    };
    let (rule, targets) = (call(T1, "PutRule", None), call(T2, "PutTargets", Some("AccessDenied")));
    store.write(move |db| Ok((db.insert_call(&rule)?, db.insert_call(&targets)?))).await.unwrap();
    let found = async |filter: CallFilter| -> Vec<String> {
        let rows = store.read(move |db| db.calls(&filter, None, 10)).await.unwrap();
        rows.into_iter().map(|row| row.call.operation).collect()
    };
    let all = CallFilter::default;
    assert_eq!(found(all()).await, ["PutTargets", "PutRule"], "newest first");
    assert_eq!(found(CallFilter { failed: Some(true), ..all() }).await, ["PutTargets"]);
    assert_eq!(found(CallFilter { failed: Some(false), ..all() }).await, ["PutRule"]);
    assert_eq!(found(CallFilter { operation: Some("PutRule".into()), ..all() }).await, ["PutRule"]);
    assert_eq!(found(CallFilter { until: Some(T1), ..all() }).await, ["PutRule"]);
    assert_eq!(found(CallFilter { text: Some("denied".into()), ..all() }).await, ["PutTargets"]);
    assert_eq!(found(CallFilter { text: Some("_100%".into()), ..all() }).await.len(), 2, "signs of the pattern language are plain text");
    assert_eq!(found(CallFilter { text: Some("x100".into()), ..all() }).await.len(), 0);
    assert_eq!(found(CallFilter { connection: Some("prod".into()), ..all() }).await.len(), 0);
    assert_eq!(store.read(|db| db.called_operations()).await.unwrap(), ["PutRule", "PutTargets"]);
}
