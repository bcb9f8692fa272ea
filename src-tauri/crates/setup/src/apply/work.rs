//! A set-up under way: one step after the other, each from what was read last.

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;
use waybill_aws::CallErrorKind;
use waybill_domain::EventType;

use super::ApplyFailure;
use crate::call::Call;
use crate::observe::observe;
use crate::observed::Observed;
use crate::perform::{Performed, WriteError};
use crate::plan::{Step, StepId, StepStatus, plan};
use crate::record::{ChainChange, ChainRecord};
use crate::sample::sample_event;
use crate::setup::Setup;
use crate::spec::ChainSpec;
use crate::undo::Removal;
use crate::write::Write;

/// A set-up under way.
pub(super) struct Work<'a> {
    setup: &'a Setup,
    spec: &'a ChainSpec,
    progress: UnboundedSender<Step>,
    pub(super) record: ChainRecord,
    /// Read again after every change, so that each write follows a reading that is as new as the change before it.
    pub(super) observed: Observed,
    /// The step under way.
    pub(super) at: Option<StepId>,
    /// The URL of the target queue as its creation answered; on AWS a new queue may take a second to be found.
    queue_url: Option<String>,
    pub(super) steps: Vec<Step>,
}

impl<'a> Work<'a> {
    /// Begins with what was recorded and read.
    pub(super) fn new(
        setup: &'a Setup,
        spec: &'a ChainSpec,
        (record, observed): (ChainRecord, Observed),
        progress: UnboundedSender<Step>,
    ) -> Self {
        Self { setup, spec, progress, record, observed, at: None, queue_url: None, steps: Vec::new() }
    }

    /// Takes every step of the plan, which is drawn up anew before each.
    pub(super) async fn all_steps(&mut self, cancel: &CancellationToken) -> Result<(), ApplyFailure> {
        for id in StepId::ALL {
            if cancel.is_cancelled() {
                return Err(ApplyFailure::Cancelled);
            }
            let planned = plan(self.spec, &self.observed, Some(&self.record)).steps;
            for step in planned.into_iter().filter(|step| step.id == id) {
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
            _ if self.follows_by_itself(&step) => Ok(()),
            (StepStatus::Blocked, _) => {
                let why = ApplyFailure::Blocked(step.finding.clone());
                self.report(step);
                Err(why)
            }
            (StepStatus::Planned, StepId::TestPattern) => self.test_pattern(step).await,
            (StepStatus::Planned, StepId::Retire) => self.retire(step).await,
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

    async fn retire(&mut self, mut step: Step) -> Result<(), ApplyFailure> {
        let part = step.part.clone().expect("a step that removes has its part");
        step.status = StepStatus::Running;
        self.tell(&step);
        match self.setup.remove(&part).await {
            Ok(Removal::Gone) => {
                self.write(ChainChange::Forget(part)).await?;
                self.report(Step { status: StepStatus::Done, finding: "removed".to_owned(), ..step });
                self.observed = observe(&self.setup.clients, self.spec).await?;
                Ok(())
            }
            Ok(Removal::Kept(why)) => {
                self.report(Step { status: StepStatus::Skipped, finding: format!("kept: {why}"), ..step });
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
        if matches!(step.write, Some(Write::EnableRule { .. })) {
            self.write(ChainChange::Adopt(self.spec.rule_part())).await?;
        }
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
