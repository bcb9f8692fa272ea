//! The diagnoses that go on, so that they can be ended.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio_util::sync::{CancellationToken, DropGuard};
use waybill_domain::ActionId;

/// The newest diagnosis of each alert action.
#[derive(Default)]
pub(crate) struct RunningDiagnoses(Mutex<HashMap<ActionId, CancellationToken>>);

/// A diagnosis that goes on; its end is its drop.
pub(super) struct Running {
    token: CancellationToken,
    _ended: DropGuard,
}

impl Running {
    pub(super) const fn token(&self) -> &CancellationToken {
        &self.token
    }
}

impl RunningDiagnoses {
    /// Begins one; an older one of the same alert action ends.
    pub(super) fn begin(&self, id: ActionId) -> Running {
        let token = CancellationToken::new();
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, other| !other.is_cancelled());
        if let Some(older) = running.insert(id, token.clone()) {
            older.cancel();
        }
        Running { _ended: token.clone().drop_guard(), token }
    }

    pub(super) fn cancel(&self, id: ActionId) {
        if let Some(token) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id) {
            token.cancel();
        }
    }
}
