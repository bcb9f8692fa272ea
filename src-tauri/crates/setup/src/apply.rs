//! Making a chain what it is wanted to be.

mod work;

use std::fmt;

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;
use waybill_aws::CallError;
use waybill_domain::Invalid;

use crate::log::ChainLogError;
use crate::observe::{SetupError, observe};
use crate::observed::Observed;
use crate::perform::WriteError;
use crate::plan::{Step, StepId, StepStatus};
use crate::record::{ChainChange, ChainRecord, Part};
use crate::setup::{Elsewhere, Setup};
use crate::spec::ChainSpec;
use work::Work;

/// A chain that stands.
#[derive(Debug, Clone)]
pub struct Applied {
    /// Its record.
    pub record: ChainRecord,
    /// The chain as it was last read.
    pub observed: Observed,
    /// Every step with what became of it.
    pub steps: Vec<Step>,
}

impl Applied {
    /// How many requests changed something.
    pub fn changes(&self) -> usize {
        self.steps.iter().filter(|step| step.status == StepStatus::Done).count()
    }
}

/// A set-up stopped. What was made is kept and recorded: it can be gone on with, or undone.
#[derive(Debug, thiserror::Error)]
#[error("{}", Stopped { step: *step, failure })]
pub struct ApplyError {
    /// The step that failed; none when it stopped before or between steps.
    pub step: Option<StepId>,
    /// What Waybill has made of this chain so far, this time or earlier.
    pub made: Vec<Part>,
    /// Every step so far with what became of it.
    pub steps: Vec<Step>,
    /// Why.
    #[source]
    pub failure: ApplyFailure,
}

/// Why a set-up stopped.
#[derive(Debug, thiserror::Error)]
pub enum ApplyFailure {
    /// Fields of the specification were refused; nothing was done.
    #[error("{}", sentences(.0))]
    Invalid(Vec<Invalid>),
    /// The clients lead elsewhere; nothing was done.
    #[error(transparent)]
    Elsewhere(Elsewhere),
    /// Something stands in the way; the sentence says what and what to do.
    #[error("{0}")]
    Blocked(String),
    /// A request failed.
    #[error(transparent)]
    Call(CallError),
    /// EventBridge took the request, but refused the target.
    #[error("{0}")]
    Target(String),
    /// The record could not be kept.
    #[error(transparent)]
    Log(ChainLogError),
    /// It was cancelled.
    #[error("The set-up was cancelled.")]
    Cancelled,
}

struct Stopped<'a> {
    step: Option<StepId>,
    failure: &'a ApplyFailure,
}

impl fmt::Display for Stopped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Some(step) => write!(f, "the set-up stopped at `{}`", step.title()),
            None => match self.failure {
                ApplyFailure::Invalid(_) | ApplyFailure::Elsewhere(_) => f.write_str("the set-up did not begin"),
                _ => f.write_str("the set-up stopped"),
            },
        }
    }
}

fn sentences(invalid: &[Invalid]) -> String {
    invalid.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl From<SetupError> for ApplyFailure {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Elsewhere(elsewhere) => Self::Elsewhere(elsewhere),
            SetupError::Call(call) => Self::Call(call),
        }
    }
}

impl From<WriteError> for ApplyFailure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Call(call) => Self::Call(call),
            WriteError::NoQueue(_) => Self::Blocked(error.to_string()),
            WriteError::Entry { .. } => Self::Target(error.to_string()),
        }
    }
}

impl From<CallError> for ApplyFailure {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<ChainLogError> for ApplyFailure {
    fn from(error: ChainLogError) -> Self {
        Self::Log(error)
    }
}

/// Makes what is missing of the chain, in the order of iLert's page, and adopts what is there. Doing it twice changes nothing.
///
/// Each step is told on `progress` when it begins and when it ends. A cancel takes effect between two requests: none is torn off.
///
/// # Errors
/// When the specification is refused, something stands in the way, a request fails, or it was cancelled.
pub async fn apply(
    setup: &Setup,
    spec: &ChainSpec,
    progress: UnboundedSender<Step>,
    cancel: &CancellationToken,
) -> Result<Applied, ApplyError> {
    let begun = begin(setup, spec).await;
    let (record, observed) = begun.map_err(|failure| ApplyError { step: None, made: Vec::new(), steps: Vec::new(), failure })?;
    let mut work = Work::new(setup, spec, (record, observed), progress);
    match work.all_steps(cancel).await {
        Ok(()) => Ok(Applied { record: work.record, observed: work.observed, steps: work.steps }),
        Err(failure) => Err(ApplyError { step: work.at, made: work.record.made_parts(), steps: work.steps, failure }),
    }
}

async fn begin(setup: &Setup, spec: &ChainSpec) -> Result<(ChainRecord, Observed), ApplyFailure> {
    spec.check().map_err(ApplyFailure::Invalid)?;
    if let Some(elsewhere) = setup.elsewhere(spec).await? {
        return Err(ApplyFailure::Elsewhere(elsewhere));
    }
    if let Some(moved) = setup.log.read().await?.and_then(|record| stands_elsewhere(&record, spec)) {
        return Err(ApplyFailure::Blocked(moved));
    }
    let record = setup.log.write(ChainChange::Begin(Box::new(spec.clone()))).await?;
    let observed = observe(&setup.clients, spec).await?;
    Ok((record, observed))
}

/// A chain that moves leaves behind what was made where it was; from here that cannot be reached.
fn stands_elsewhere(record: &ChainRecord, spec: &ChainSpec) -> Option<String> {
    let (was, is) = (&record.spec, spec);
    let moves = (&was.account, &was.region) != (&is.account, &is.region);
    let made = record.resources.iter().any(|resource| resource.made_by_waybill);
    (moves && made).then(|| {
        format!(
            "What Waybill made of this chain stands in account {}, region {}. Undo that set-up first, then set up the chain anew.",
            was.account, was.region
        )
    })
}
