//! The tables `chain` and `draft`.
#![allow(clippy::unwrap_used, missing_docs)]

use tempfile::TempDir;
use uuid::Uuid;
use waybill_domain::{ActionForm, ActionId, BusArn, QueueArn, RuleArn, Timestamp};
use waybill_store::{ChainRow, ChainStage, NewAction, Store, StoreError};

const NOW: Timestamp = Timestamp::from_millis(1_000);

fn row(action: ActionId) -> ChainRow {
    ChainRow {
        action,
        spec: r#"{"a":1}"#.into(),
        pattern: r#"{"account":["123456789012"]}"#.into(),
        stage: ChainStage::Partial,
        bus_arn: BusArn::from_aws("bus"),
        rule_arn: RuleArn::from_aws("rule"),
        queue_arn: QueueArn::from_aws("queue"),
        dead_letter_arn: Some(QueueArn::from_aws("dead")),
        queue_url: None,
        resources: "[]".into(),
        changed_at: Some(NOW),
        updated_at: NOW,
    }
}

fn settings() -> waybill_domain::ActionSettings {
    let form = ActionForm {
        name: "Ops".into(),
        alert_source: "Test".into(),
        trigger_mode: "automatic".into(),
        event_types: vec!["incident-created".into()],
        account: "123456789012".into(),
        region: "eu-central-1".into(),
    };
    form.check().unwrap()
}

async fn store_with_action(dir: &TempDir) -> (Store, ActionId) {
    let store = Store::open(dir.path()).unwrap();
    let id = ActionId::new(Uuid::from_u128(7));
    store
        .write(move |m| {
            let source = m.insert_alert_source("Test", NOW)?;
            let new = NewAction { id, alert_source: source.id, settings: settings(), connection: "sandbox".into(), partner_source: None };
            m.insert_alert_action(&new, NOW)
        })
        .await
        .unwrap();
    (store, id)
}

#[tokio::test]
async fn a_chain_reads_back_as_it_was_put() {
    let dir = TempDir::new().unwrap();
    let (store, action) = store_with_action(&dir).await;
    assert_eq!(store.read(move |r| r.chain(action)).await.unwrap(), None, "nothing is set up at first");
    let complete = ChainRow {
        stage: ChainStage::Complete,
        queue_url: Some("http://q".into()),
        dead_letter_arn: None,
        changed_at: None,
        ..row(action)
    };
    for chain in [row(action), complete] {
        let put = chain.clone();
        store.write(move |m| m.put_chain(&put)).await.unwrap();
        assert_eq!(store.read(move |r| r.chain(action)).await.unwrap(), Some(chain), "the newer row replaces the older one");
    }
}

#[tokio::test]
async fn chains_are_found_by_their_queues() {
    let dir = TempDir::new().unwrap();
    let (store, action) = store_with_action(&dir).await;
    store.write(move |m| m.put_chain(&row(action))).await.unwrap();
    for (queue, count) in [("queue", 1), ("dead", 1), ("other", 0)] {
        let found = store.read(move |r| r.chains_on_queue(&QueueArn::from_aws(queue))).await.unwrap();
        assert_eq!(found.len(), count, "{queue}");
    }
    store.write(move |m| m.delete_chain(action)).await.unwrap();
    assert_eq!(store.read(move |r| r.chain(action)).await.unwrap(), None);
}

#[tokio::test]
async fn a_chain_belongs_to_an_alert_action() {
    let dir = TempDir::new().unwrap();
    let (store, _) = store_with_action(&dir).await;
    let nobody = ActionId::new(Uuid::from_u128(8));
    let refused = store.write(move |m| m.put_chain(&row(nobody))).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotFound { .. }), "{refused}");
}

#[tokio::test]
async fn a_draft_is_resumed_by_another_program() {
    let dir = TempDir::new().unwrap();
    let one = Store::open(dir.path()).unwrap();
    for (step, at) in [(2_u32, NOW), (3, NOW.plus_millis(5))] {
        one.write(move |m| m.save_draft("setup/7", &("typed", step), at)).await.unwrap();
    }
    let other = Store::open(dir.path()).unwrap();
    let draft = other.read(|r| r.draft::<(String, u32)>("setup/7")).await.unwrap().unwrap();
    assert_eq!((draft.value, draft.updated_at), (("typed".to_owned(), 3), NOW.plus_millis(5)));
    other.write(|m| m.discard_draft("setup/7")).await.unwrap();
    assert_eq!(one.read(|r| r.draft::<(String, u32)>("setup/7")).await.unwrap(), None);
}
