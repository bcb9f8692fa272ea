//! The set-up's record on the store: each change is read, taken and written in one transaction.

use async_trait::async_trait;
use waybill_domain::{ActionId, Timestamp};
use waybill_setup::{ChainChange, ChainLog, ChainLogError, ChainRecord, ChainState};
use waybill_store::{ChainRow, ChainStage, Mut, Store, StoreError};

/// The record of one alert action's chain in the store.
pub(crate) struct StoreChainLog {
    store: Store,
    action: ActionId,
    now: fn() -> Timestamp,
}

impl StoreChainLog {
    /// The record of `action`.
    pub fn new(store: Store, action: ActionId, now: fn() -> Timestamp) -> Self {
        Self { store, action, now }
    }
}

#[async_trait]
impl ChainLog for StoreChainLog {
    async fn read(&self) -> Result<Option<ChainRecord>, ChainLogError> {
        let action = self.action;
        let read = self.store.read(move |db| db.chain(action)?.map(|row| record_of(&row)).transpose()).await;
        read.map_err(ChainLogError::new)
    }

    async fn write(&self, change: ChainChange) -> Result<ChainRecord, ChainLogError> {
        let (action, now) = (self.action, (self.now)());
        self.store.write(move |db| take(db, action, change, now)).await.map_err(ChainLogError::new)
    }
}

fn take(db: &mut Mut<'_>, action: ActionId, change: ChainChange, now: Timestamp) -> Result<ChainRecord, StoreError> {
    let known = db.read().chain(action)?.map(|row| record_of(&row)).transpose()?;
    let mut record = match (known, &change) {
        (Some(record), _) => record,
        (None, ChainChange::Begin(spec)) => ChainRecord::new((**spec).clone(), now),
        (None, _) => return Err(StoreError::NotFound { what: format!("chain of alert action {action}") }),
    };
    record.take(change, now);
    db.put_chain(&row_of(action, &record)?)?;
    Ok(record)
}

fn record_of(row: &ChainRow) -> Result<ChainRecord, StoreError> {
    Ok(ChainRecord {
        spec: serde_json::from_str(&row.spec)?,
        pattern: row.pattern.clone(),
        state: match row.stage {
            ChainStage::Planned => ChainState::Planned,
            ChainStage::Partial => ChainState::Partial,
            ChainStage::Complete => ChainState::Complete,
        },
        resources: serde_json::from_str(&row.resources)?,
        queue_url: row.queue_url.clone(),
        changed_at: row.changed_at,
        updated_at: row.updated_at,
    })
}

fn row_of(action: ActionId, record: &ChainRecord) -> Result<ChainRow, StoreError> {
    let spec = &record.spec;
    Ok(ChainRow {
        action,
        spec: serde_json::to_string(spec)?,
        pattern: record.pattern.clone(),
        stage: match record.state {
            ChainState::Planned => ChainStage::Planned,
            ChainState::Partial => ChainStage::Partial,
            ChainState::Complete => ChainStage::Complete,
        },
        bus_arn: spec.bus_arn(),
        rule_arn: spec.rule_arn(),
        queue_arn: spec.arn_of(&spec.target.queue),
        dead_letter_arn: spec.target.dead_letter.as_ref().map(|queue| spec.arn_of(queue)),
        queue_url: record.queue_url.clone(),
        resources: serde_json::to_string(&record.resources)?,
        changed_at: record.changed_at,
        updated_at: record.updated_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;
    use uuid::Uuid;
    use waybill_domain::ActionForm;
    use waybill_setup::{ChainSpec, Part};
    use waybill_store::NewAction;

    fn now() -> Timestamp {
        Timestamp::from_millis(1_628_237_776_000)
    }

    fn spec() -> ChainSpec {
        let source = "aws.partner/ilert.com/test/1".parse().unwrap();
        ChainSpec::suggested(source, "123456789012".parse().unwrap(), "eu-central-1".parse().unwrap())
    }

    async fn log(dir: &TempDir) -> StoreChainLog {
        let store = Store::open(dir.path()).unwrap();
        let form = ActionForm {
            name: "Ops".into(),
            alert_source: "Test".into(),
            trigger_mode: "automatic".into(),
            event_types: vec!["incident-created".into()],
            account: "123456789012".into(),
            region: "eu-central-1".into(),
        };
        let action = ActionId::new(Uuid::from_u128(7));
        let insert = move |db: &mut Mut<'_>| {
            let alert_source = db.insert_alert_source("Test", now())?.id;
            let settings = form.check().unwrap();
            let new = NewAction { id: action, alert_source, settings, connection: "sandbox".into(), partner_source: None };
            db.insert_alert_action(&new, now())
        };
        store.write(insert).await.unwrap();
        StoreChainLog::new(store, action, now)
    }

    #[tokio::test]
    async fn what_was_written_is_read_back_by_another_program() {
        let dir = TempDir::new().unwrap();
        let log = log(&dir).await;
        assert_eq!(log.read().await.unwrap(), None);
        let bus = Part::Bus { name: spec().bus().to_owned() };
        let queue = Part::Queue { name: "q".parse().unwrap(), arn: spec().arn_of(&spec().target.queue), dead_letter: false };
        let changes = [
            ChainChange::Begin(Box::new(spec())),
            ChainChange::Adopt(bus),
            ChainChange::Intend(queue.clone()),
            ChainChange::Confirm(queue),
            ChainChange::Complete { queue_url: "http://127.0.0.1/q".into() },
        ];
        for change in changes {
            let written = log.write(change).await.unwrap();
            let other = StoreChainLog::new(Store::open(dir.path()).unwrap(), log.action, now);
            assert_eq!(other.read().await.unwrap(), Some(written), "committed before the next call to AWS");
        }
    }

    #[tokio::test]
    async fn a_change_without_a_record_is_refused() {
        let dir = TempDir::new().unwrap();
        assert!(log(&dir).await.write(ChainChange::Undone).await.is_err());
    }
}
