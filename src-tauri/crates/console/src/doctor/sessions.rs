//! What was repaired, so that it can be taken back.

use async_trait::async_trait;
use waybill_diagnosis::{RepairLog, RepairLogError, Session};
use waybill_domain::ActionId;
use waybill_store::Store;

use crate::{Console, Error};

impl Console {
    pub(crate) fn sessions(&self, action: ActionId) -> SessionLog {
        SessionLog { store: self.store().clone(), action }
    }
}

/// The repairs of one alert action, newest last.
pub(crate) struct SessionLog {
    store: Store,
    action: ActionId,
}

impl SessionLog {
    fn key(&self) -> String {
        format!("repairs/{}", self.action)
    }

    pub(crate) async fn newest(&self) -> Result<Option<Session>, Error> {
        let key = self.key();
        let kept: Option<Vec<Session>> = self.store.read(move |db| db.setting(&key)).await?;
        Ok(kept.and_then(|mut sessions| sessions.pop()))
    }

    pub(super) async fn forget_newest(&self) -> Result<(), Error> {
        let key = self.key();
        let forget = move |db: &mut waybill_store::Mut<'_>| {
            let mut sessions: Vec<Session> = db.read().setting(&key)?.unwrap_or_default();
            sessions.pop();
            db.set_setting(&key, &sessions)
        };
        Ok(self.store.write(forget).await?)
    }
}

#[async_trait]
impl RepairLog for SessionLog {
    async fn keep(&self, session: &Session) -> Result<(), RepairLogError> {
        let (key, session) = (self.key(), session.clone());
        let keep = move |db: &mut waybill_store::Mut<'_>| {
            let mut sessions: Vec<Session> = db.read().setting(&key)?.unwrap_or_default();
            sessions.retain(|known| known.began_at != session.began_at);
            if !session.steps.is_empty() {
                sessions.push(session);
            }
            db.set_setting(&key, &sessions)
        };
        self.store.write(keep).await.map_err(RepairLogError::new)
    }
}
