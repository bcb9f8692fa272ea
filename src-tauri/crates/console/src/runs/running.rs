//! The runs that this process works on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use waybill_delivery::Controls;
use waybill_domain::RunId;

use crate::ErrorCode;

/// Runs with the means to end them.
#[derive(Default)]
pub(crate) struct RunningRuns(Mutex<HashMap<RunId, Running>>);

struct Running {
    controls: Controls,
    ended: CancellationToken,
    unreached: Arc<OnceLock<ErrorCode>>,
    task: JoinHandle<()>,
}

impl RunningRuns {
    /// Keeps a run's task until it has ended. It ends with why nothing of the run reached AWS, where that is so.
    pub fn start(&self, run: RunId, controls: Controls, work: impl Future<Output = Option<ErrorCode>> + Send + 'static) {
        let (ended, unreached) = (CancellationToken::new(), Arc::new(OnceLock::new()));
        let (guard, told) = (ended.clone().drop_guard(), Arc::clone(&unreached));
        let task = tokio::spawn(async move {
            if let Some(code) = work.await {
                told.get_or_init(|| code);
            }
            drop(guard);
        });
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        runs.retain(|_, running| !running.task.is_finished());
        runs.insert(run, Running { controls, ended, unreached, task });
    }

    /// Waits until a run that was started here has ended, however it ends; answers why nothing of it reached AWS, where that is so.
    pub async fn wait(&self, run: RunId) -> Option<ErrorCode> {
        let waited = |running: &Running| (running.ended.clone(), Arc::clone(&running.unreached));
        let (ended, unreached) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&run).map(waited)?;
        ended.cancelled().await;
        unreached.get().copied()
    }

    /// Publishes nothing more of a run; `false` when it does not go on here.
    pub fn stop_publishing(&self, run: RunId) -> bool {
        let runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let running = runs.get(&run).filter(|running| !running.task.is_finished());
        running.inspect(|running| running.controls.stop_publishing.cancel()).is_some()
    }

    /// Whether any run goes on here.
    pub fn are_going_on(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().any(|running| !running.task.is_finished())
    }

    /// Leaves every run; the next program that reads its queue takes it up.
    pub async fn stop_all(&self) {
        let runs: Vec<Running> = self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().map(|(_, running)| running).collect();
        for running in &runs {
            running.controls.leave.cancel();
        }
        for running in runs {
            if let Err(error) = running.task.await {
                tracing::warn!(%error, "a run did not end well");
            }
        }
    }
}
