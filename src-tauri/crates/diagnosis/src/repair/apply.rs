//! Making repairs and taking them back.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use waybill_aws::{CallError, CallErrorKind};
use waybill_domain::Timestamp;

use super::{Hands, Repair, RepairStep, Write};

/// Everything that was changed in one go; it is taken back in one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it began.
    pub began_at: Timestamp,
    /// Every request, in order.
    pub steps: Vec<SessionStep>,
}

/// A request of a session, and how far it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionStep {
    /// The request and the one that takes it back.
    pub step: RepairStep,
    /// How far it came.
    pub state: StepState,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// About to be sent: whether it was carried out is not known.
    Intended,
    /// Carried out.
    Done,
    /// Taken back.
    Undone,
}

/// Keeps sessions. What `keep` took survives a crash.
#[async_trait]
pub trait RepairLog: Send + Sync {
    /// Keeps the newest session in place of what was kept of it before.
    ///
    /// # Errors
    /// When the store cannot be written.
    async fn keep(&self, session: &Session) -> Result<(), RepairLogError>;
}

/// A session could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("the repair could not be recorded, so nothing was changed")]
pub struct RepairLogError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl RepairLogError {
    /// Wraps what the store said.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

/// A repair stopped. What was changed so far is kept and can be taken back.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// AWS refused a request or was not reached.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The session could not be kept.
    #[error(transparent)]
    Log(#[from] RepairLogError),
}

/// Makes a repair, one request after the other; each is kept before it leaves.
///
/// # Errors
/// When a request fails or cannot be kept; the requests after it are not sent.
pub async fn apply(hands: &Hands, repair: &Repair, session: &mut Session, log: &dyn RepairLog) -> Result<(), RepairError> {
    for step in &repair.steps {
        session.steps.push(SessionStep { step: step.clone(), state: StepState::Intended, request_id: None });
        log.keep(session).await?;
        let performed = hands.perform(&step.write).await;
        let at = session.steps.len() - 1;
        match performed {
            Ok(request_id) => (session.steps[at].state, session.steps[at].request_id) = (StepState::Done, request_id),
            Err(error) => {
                // What was certainly not done needs no taking back.
                if error.kind != CallErrorKind::OutcomeUnknown {
                    session.steps.pop();
                }
                log.keep(session).await?;
                return Err(error.into());
            }
        }
        log.keep(session).await?;
    }
    Ok(())
}

/// Takes a session back, the last request first. Doing it twice does no harm.
///
/// # Errors
/// When a request fails or cannot be kept; what was taken back until then is kept as such.
pub async fn undo(hands: &Hands, session: &mut Session, log: &dyn RepairLog) -> Result<(), RepairError> {
    for at in (0..session.steps.len()).rev() {
        if session.steps[at].state == StepState::Undone {
            continue;
        }
        match hands.perform(&session.steps[at].step.inverse).await {
            Ok(_) => {}
            Err(error) if is_undone_already(&session.steps[at].step.inverse, &error) => {}
            Err(error) => return Err(error.into()),
        }
        session.steps[at].state = StepState::Undone;
        log.keep(session).await?;
    }
    Ok(())
}

/// What is to be removed and is not there needs no removing.
fn is_undone_already(inverse: &Write, error: &CallError) -> bool {
    let removes = matches!(
        inverse,
        Write::DeleteEventBus { .. } | Write::DeleteRule { .. } | Write::RemoveTargets { .. } | Write::DeleteQueue { .. }
    );
    removes && error.kind == CallErrorKind::NotFound
}
