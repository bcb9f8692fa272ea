//! Removing exactly what Waybill made, in reverse order.

mod remove;

use tokio_util::sync::CancellationToken;
use waybill_aws::{CallError, CallErrorKind};

use crate::log::ChainLogError;
use crate::perform::WriteError;
use crate::record::{ChainChange, ChainRecord, Part};
use crate::setup::{Elsewhere, Setup};
pub(crate) use remove::Removal;

/// What an undo did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoReport {
    /// What was removed, or was no longer there.
    pub removed: Vec<Part>,
    /// What Waybill made but left, because others use it by now.
    pub kept: Vec<Kept>,
    /// What could not be removed; an undo can be repeated.
    pub failed: Vec<NotRemoved>,
    /// What was found at the set-up and is left as it is.
    pub adopted: Vec<Part>,
}

/// A part that was left on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is.
    pub part: Part,
    /// Why it was left.
    pub why: String,
}

/// A part whose removal failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRemoved {
    /// What it is.
    pub part: Part,
    /// What AWS said.
    pub why: String,
}

/// An undo could not begin, or could not keep its record.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// Nothing was ever set up.
    #[error("nothing was set up for this alert action, so there is nothing to undo")]
    NothingSetUp,
    /// The clients lead elsewhere; nothing was done.
    #[error(transparent)]
    Elsewhere(Elsewhere),
    /// AWS did not tell which account this is; nothing was done.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The record could not be kept.
    #[error(transparent)]
    Log(#[from] ChainLogError),
}

/// Removes what Waybill made of a chain, the last part first. What was adopted stays, and so does what others use by now: a rule with
/// further targets, a queue whose policy has further statements, a bus with further rules. Doing it twice does no harm.
///
/// # Errors
/// When nothing was set up, the clients lead elsewhere, or the record cannot be kept. A failed removal is told in the report.
pub async fn undo(setup: &Setup, cancel: &CancellationToken) -> Result<UndoReport, UndoError> {
    let record = setup.log.read().await?.ok_or(UndoError::NothingSetUp)?;
    if let Some(elsewhere) = setup.elsewhere(&record.spec).await? {
        return Err(UndoError::Elsewhere(elsewhere));
    }
    let mut report = UndoReport { adopted: adopted(&record), ..UndoReport::default() };
    for resource in record.resources.into_iter().rev().filter(|resource| resource.made_by_waybill) {
        if cancel.is_cancelled() || !one_part(setup, resource.part, &mut report).await? {
            return Ok(report);
        }
    }
    setup.log.write(ChainChange::Undone).await?;
    Ok(report)
}

fn adopted(record: &ChainRecord) -> Vec<Part> {
    record.resources.iter().filter(|resource| !resource.made_by_waybill).map(|resource| resource.part.clone()).collect()
}

/// Removes one part; false where going on is useless, because AWS is not reached.
async fn one_part(setup: &Setup, part: Part, report: &mut UndoReport) -> Result<bool, UndoError> {
    match setup.remove(&part).await {
        Ok(Removal::Gone) => {
            setup.log.write(ChainChange::Forget(part.clone())).await?;
            report.removed.push(part);
        }
        Ok(Removal::Kept(why)) => report.kept.push(Kept { part, why }),
        Err(error) => {
            let reached = !is_out_of_reach(&error);
            report.failed.push(NotRemoved { part, why: error.to_string() });
            return Ok(reached);
        }
    }
    Ok(true)
}

fn is_out_of_reach(error: &WriteError) -> bool {
    matches!(error, WriteError::Call(call) if matches!(call.kind, CallErrorKind::Unreachable | CallErrorKind::NoCredentials))
}
