//! Making a chain what it is wanted to be.

use std::fmt;

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;
use waybill_aws::{CallError, CallErrorKind};
use waybill_domain::{EventType, Invalid};

use crate::call::Call;
use crate::log::ChainLogError;
use crate::observe::{SetupError, observe};
use crate::observed::Observed;
use crate::perform::{Performed, WriteError};
use crate::plan::{Step, StepId, StepStatus, plan};
use crate::record::{ChainChange, ChainRecord, Part};
use crate::sample::sample_event;
use crate::setup::{Elsewhere, Setup};
use crate::spec::ChainSpec;
use crate::write::Write;

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
            Some(step) => write!(f, "the set-up stopped at step {step}"),
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
    let mut work = Work { setup, spec, progress, record, observed, at: None, queue_url: None, steps: Vec::new() };
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
    let record = setup.log.write(ChainChange::Begin(Box::new(spec.clone()))).await?;
    let observed = observe(&setup.clients, spec).await?;
    Ok((record, observed))
}

/// A set-up under way.
struct Work<'a> {
    setup: &'a Setup,
    spec: &'a ChainSpec,
    progress: UnboundedSender<Step>,
    record: ChainRecord,
    /// Read again after every change, so that each write follows a reading that is as new as the change before it.
    observed: Observed,
    /// The step under way.
    at: Option<StepId>,
    /// The URL of the target queue as its creation answered; on AWS a new queue may take a second to be found.
    queue_url: Option<String>,
    steps: Vec<Step>,
}

impl Work<'_> {
    async fn all_steps(&mut self, cancel: &CancellationToken) -> Result<(), ApplyFailure> {
        for id in StepId::ALL {
            if cancel.is_cancelled() {
                return Err(ApplyFailure::Cancelled);
            }
            let found = plan(self.spec, &self.observed, Some(&self.record)).step(id).cloned();
            if let Some(step) = found.filter(|step| !self.follows_by_itself(step)) {
                self.at = Some(id);
                self.one_step(step).await?;
                self.at = None;
            }
        }
        let seen = self.observed.queue.value.as_ref().map(|queue| queue.url.clone());
        let queue_url = seen.or_else(|| self.queue_url.take()).unwrap_or_default();
        self.record = self.setup.log.write(ChainChange::Complete { queue_url }).await?;
        Ok(())
    }

    /// A source becomes active by its association, on AWS perhaps a moment later: it is not activated as well.
    fn follows_by_itself(&self, step: &Step) -> bool {
        step.id == StepId::Activate && self.steps.iter().any(|done| done.id == StepId::Associate && done.status == StepStatus::Done)
    }

    async fn one_step(&mut self, step: Step) -> Result<(), ApplyFailure> {
        match (step.status, step.id) {
            (StepStatus::Blocked, _) => {
                let why = ApplyFailure::Blocked(step.finding.clone());
                self.report(step);
                Err(why)
            }
            (StepStatus::Planned, StepId::TestPattern) => self.test_pattern(step).await,
            (StepStatus::Planned, _) => self.make(step).await,
            _ => {
                self.keep(&step).await?;
                self.report(step);
                Ok(())
            }
        }
    }

    /// Records what stands already: as Waybill's where Waybill was about to make it, else as adopted.
    async fn keep(&mut self, step: &Step) -> Result<(), ApplyFailure> {
        self.keep_pattern(step).await?;
        let Some(part) = step.part.clone() else { return Ok(()) };
        match self.record.resource(&part) {
            None => self.write(ChainChange::Adopt(part)).await,
            Some(intended) if !intended.confirmed => self.write(ChainChange::Confirm(part)).await,
            Some(_) => Ok(()),
        }
    }

    /// Records the pattern that is intended from now on: the one that was written, or that of the rule that was found.
    async fn keep_pattern(&mut self, step: &Step) -> Result<(), ApplyFailure> {
        let pattern = match (&step.write, &self.observed.rule.value) {
            _ if step.id != StepId::Rule => None,
            (Some(Write::PutRule { pattern, .. }), _) => Some(pattern.clone()),
            (_, Some(rule)) => rule.pattern.clone(),
            _ => None,
        };
        match pattern.filter(|pattern| *pattern != self.record.pattern) {
            Some(pattern) => self.write(ChainChange::Pattern(pattern)).await,
            None => Ok(()),
        }
    }

    /// Asks EventBridge itself before the pattern is written.
    async fn test_pattern(&mut self, mut step: Step) -> Result<(), ApplyFailure> {
        step.status = StepStatus::Running;
        self.tell(&step);
        let events = self.setup.clients.events();
        let sample = sample_event(self.spec, EventType::Created);
        let sending = events.test_event_pattern().event_pattern(self.spec.pattern()).event(sample).send();
        match Call::events("TestEventPattern").read(sending).await {
            Ok(answer) => {
                let verdict = if answer.value.is_some_and(|said| said.result()) { "matches" } else { "does not match" };
                step.finding = format!("{}; EventBridge takes the pattern: incident-created {verdict}", step.finding);
                step.request_id = answer.request_id;
                step.status = StepStatus::Found;
                self.report(step);
                Ok(())
            }
            Err(error) => Err(self.fail(step, error.into())),
        }
    }

    async fn make(&mut self, mut step: Step) -> Result<(), ApplyFailure> {
        let write = self.with_queue_url(step.write.clone().expect("a planned step that writes has its request"));
        step.input = write.input();
        step.status = StepStatus::Running;
        self.tell(&step);
        let known =
            step.part.as_ref().and_then(|part| self.record.resource(part)).is_some_and(|known| known.made_by_waybill && known.confirmed);
        if let Some(part) = step.part.clone() {
            self.write(ChainChange::Intend(part)).await?;
        }
        match self.setup.perform(&write).await {
            Ok(performed) => self.made(step, performed).await,
            Err(error) => self.not_made(step, error, known).await,
        }
    }

    fn with_queue_url(&self, write: Write) -> Write {
        match write {
            Write::SetPolicy { queue, url: None, policy } if &queue == self.spec.target.queue.name() => {
                Write::SetPolicy { queue, url: self.queue_url.clone(), policy }
            }
            other => other,
        }
    }

    async fn made(&mut self, mut step: Step, performed: Performed) -> Result<(), ApplyFailure> {
        self.confirm(&step).await?;
        if step.id == StepId::Queue {
            self.queue_url = performed.queue_url;
        }
        step.request_id = performed.request_id;
        step.status = StepStatus::Done;
        step.finding = "done".to_owned();
        self.report(step);
        self.observed = observe(&self.setup.clients, self.spec).await?;
        Ok(())
    }

    async fn confirm(&mut self, step: &Step) -> Result<(), ApplyFailure> {
        self.keep_pattern(step).await?;
        match step.part.clone() {
            Some(part) => self.write(ChainChange::Confirm(part)).await,
            None => Ok(()),
        }
    }

    /// Reads again after a failed request: AWS decides whether the thing is there, not the answer that got lost.
    async fn not_made(&mut self, step: Step, error: WriteError, known: bool) -> Result<(), ApplyFailure> {
        let Ok(observed) = observe(&self.setup.clients, self.spec).await else {
            return Err(self.fail(step, error.into()));
        };
        self.observed = observed;
        let now = plan(self.spec, &self.observed, Some(&self.record)).step(step.id).map(|step| step.status);
        if now == Some(StepStatus::Found) {
            return self.there_after_all(step, &error).await;
        }
        self.forget(&step, known).await?;
        if step.id == StepId::Permission {
            self.report(Step { status: StepStatus::Skipped, finding: not_taken(&error), ..step });
            return Ok(());
        }
        Err(self.fail(step, error.into()))
    }

    async fn there_after_all(&mut self, step: Step, error: &WriteError) -> Result<(), ApplyFailure> {
        let somebody_else = matches!(error, WriteError::Call(call) if call.kind == CallErrorKind::AlreadyExists);
        if let (true, Some(part)) = (somebody_else, step.part.clone()) {
            self.write(ChainChange::Adopt(part)).await?;
            self.report(Step { status: StepStatus::Found, finding: "made by somebody else meanwhile".to_owned(), ..step });
            return Ok(());
        }
        self.confirm(&step).await?;
        self.report(Step { status: StepStatus::Done, finding: "done; its answer was lost, so it was read".to_owned(), ..step });
        Ok(())
    }

    /// Takes the intention back, unless the thing stood before and was only to be changed.
    async fn forget(&mut self, step: &Step, known: bool) -> Result<(), ApplyFailure> {
        match step.part.clone() {
            Some(part) if !known => self.write(ChainChange::Forget(part)).await,
            _ => Ok(()),
        }
    }

    async fn write(&mut self, change: ChainChange) -> Result<(), ApplyFailure> {
        self.record = self.setup.log.write(change).await?;
        Ok(())
    }

    fn fail(&mut self, mut step: Step, failure: ApplyFailure) -> ApplyFailure {
        step.status = StepStatus::Failed;
        step.finding = failure.to_string();
        if let ApplyFailure::Call(call) = &failure {
            step.request_id.clone_from(&call.request_id);
        }
        self.report(step);
        failure
    }

    /// Keeps how a step ended, and tells it.
    fn report(&mut self, step: Step) {
        self.tell(&step);
        self.steps.push(step);
    }

    fn tell(&self, step: &Step) {
        // Nobody listening is no failure of the set-up.
        let _ = self.progress.send(step.clone());
    }
}

fn not_taken(error: &WriteError) -> String {
    match error {
        WriteError::Call(call) if call.kind == CallErrorKind::Refused => {
            format!("AWS no longer takes permissions on a partner event bus; the set-up goes on without. It said: {}", call.message)
        }
        other => format!("The permission was not given; the set-up goes on without. {other}"),
    }
}
