//! Repairing a chain, proving it again, and taking the repair back.

use waybill_diagnosis::{Check, CheckId, Diagnosis, Hands, Repair, RepairError, RepairLogError, Session, SessionStep, Write, apply, undo};
use waybill_domain::QueueName;
use waybill_setup::{ChainChange, ChainLog, ChainSpec, Part, Right};
use waybill_store::ActionRow;

use super::{Looked, Tell, show};
use crate::chain_log::StoreChainLog;
use crate::setup::sentence_of;
use crate::view::{DiagnosisProgress, DiagnosisView, RepairUndone, RunSummary, Topic};
use crate::{Console, Error, VerifyRequest};

/// Most repairs in one go: a chain has fewer parts.
const MOST_REPAIRS: usize = 12;

/// What was repaired in one go.
#[derive(Default)]
struct Repaired {
    checks: Vec<Check>,
    failure: Option<String>,
}

impl Console {
    /// Repairs what is found to be a cause, one after the other, each from a new diagnosis; then proves the chain.
    ///
    /// # Errors
    /// When there is no such action or AWS is not reached. A repair that fails is part of the answer.
    pub async fn repair(&self, wanted: Option<&str>) -> Result<DiagnosisView, Error> {
        let row = self.named_action(wanted).await?;
        let mut looked = self.look(&row, &mut drop).await?;
        let mut session = Session { began_at: self.now(), steps: Vec::new() };
        let mut repaired = Repaired::default();
        while let Some(check) = next_repair(&looked.diagnosis, &repaired.checks) {
            self.repair_one(&row, check, &mut session, &mut repaired).await?;
            looked = self.look(&row, &mut drop).await?;
            if repaired.failure.is_some() {
                break;
            }
        }
        self.proven_again(&row, looked, repaired, &mut drop).await
    }

    /// Repairs what one check found, and nothing else; then proves the chain, where nothing else is known to be broken. `plan` is
    /// [`RepairView::plan`](crate::view::RepairView) as it was shown: where the chain has changed since, so that the repair would be another
    /// one, nothing is done.
    ///
    /// # Errors
    /// When there is no such action, AWS is not reached, or the repair is not the one that was shown.
    pub async fn repair_check(
        &self,
        wanted: Option<&str>,
        (id, plan): (&str, &str),
        mut tell: impl FnMut(DiagnosisProgress) + Send,
    ) -> Result<DiagnosisView, Error> {
        let row = self.named_action(wanted).await?;
        let looked = self.look(&row, &mut tell).await?;
        let check = looked.diagnosis.checks.iter().find(|check| check.id.as_str() == id).cloned();
        let check = check.ok_or_else(|| Error::bad_input("Check", format!("there is no check `{id}`")))?;
        if check.repair.as_ref().map(show::plan).as_deref() != Some(plan) {
            return Err(Error::Refused(format!("the chain is not as it was when the repair of `{id}` was shown: look at it again")));
        }
        let mut session = Session { began_at: self.now(), steps: Vec::new() };
        let mut repaired = Repaired::default();
        self.repair_one(&row, check, &mut session, &mut repaired).await?;
        repaired.checks.iter().for_each(|check| tell(DiagnosisProgress::Repaired { repaired: show::repaired(check) }));
        let looked = self.look(&row, &mut tell).await?;
        self.proven_again(&row, looked, repaired, &mut tell).await
    }

    /// Proves what was repaired, looks once more, and shows all of it.
    async fn proven_again(&self, row: &ActionRow, looked: Looked, repaired: Repaired, tell: Tell<'_>) -> Result<DiagnosisView, Error> {
        let (mut looked, mut proof) = (looked, None);
        if !repaired.checks.is_empty() && repaired.failure.is_none() && is_mended(&looked.diagnosis) {
            tell(DiagnosisProgress::Proving);
            proof = Some(self.prove_repaired(row).await?);
            looked = self.look(row, tell).await?;
        }
        self.changed(&[Topic::Chains]);
        let mut view = self.shown(row, &looked).await?;
        view.repaired = repaired.checks.iter().map(show::repaired).collect();
        (view.repair_failed, view.proof) = (repaired.failure, proof);
        Ok(view)
    }

    /// Takes the newest repair of an alert action back: its chain is as broken as before.
    ///
    /// # Errors
    /// When there is nothing to take back, or AWS refuses it; what was taken back until then is not repeated.
    pub async fn undo_repair(&self, wanted: Option<&str>) -> Result<RepairUndone, Error> {
        let row = self.named_action(wanted).await?;
        let log = self.sessions(row.action.id);
        let nothing = || Error::Refused(format!("no repair of `{}` is there to be taken back", row.action.settings.name));
        let mut session = log.newest().await?.ok_or_else(nothing)?;
        let hands = self.hands(&row).await?;
        let undone = Box::pin(undo(&hands, &mut session, &log)).await;
        self.note_change(&row, None).await?;
        self.changed(&[Topic::Chains]);
        match undone {
            Ok(()) => {
                log.forget_newest().await?;
                Ok(RepairUndone { began_at: session.began_at, steps: session.steps.iter().rev().map(undone_step).collect() })
            }
            Err(RepairError::Call(error)) => Err(error.into()),
            Err(RepairError::Log(error)) => Err(Error::Broken(sentence_of(&error))),
        }
    }

    /// Makes one repair; one that fails is noted, unless it could not even be recorded.
    async fn repair_one(&self, row: &ActionRow, check: Check, session: &mut Session, repaired: &mut Repaired) -> Result<(), Error> {
        match self.apply_one(row, &check, session).await {
            Ok(()) => repaired.checks.push(check),
            Err(RepairError::Log(error)) => return Err(Error::Broken(sentence_of(&error))),
            Err(RepairError::Call(error)) => repaired.failure = Some(format!("`{}` could not be repaired: {error}", check.id)),
        }
        Ok(())
    }

    async fn apply_one(&self, row: &ActionRow, check: &Check, session: &mut Session) -> Result<(), RepairError> {
        match &check.repair {
            Some(repair) => self.make_repair(row, repair, session).await,
            None => Ok(()),
        }
    }

    /// Makes a repair, and remembers what it made and when it changed the chain.
    pub(crate) async fn make_repair(&self, row: &ActionRow, repair: &Repair, session: &mut Session) -> Result<(), RepairError> {
        let broken = |error: Error| RepairError::Log(RepairLogError::new(error));
        let hands = self.hands(row).await.map_err(broken)?;
        let log = self.sessions(row.action.id);
        let from = session.steps.len();
        let applied = Box::pin(apply(&hands, repair, session, &log)).await;
        for step in session.steps.iter().skip(from) {
            self.note_change(row, Some(step)).await.map_err(broken)?;
        }
        applied
    }

    /// Waybill remembers what it has made, so that an undo of the set-up finds it, and when it changed the chain.
    async fn note_change(&self, row: &ActionRow, step: Option<&SessionStep>) -> Result<(), Error> {
        let log = StoreChainLog::new(self.store().clone(), row.action.id, crate::clock::now);
        let Some(record) = self.chain_record(row.action.id).await? else { return Ok(()) };
        let part = step.and_then(|step| made(&step.step.write, &step.step.inverse, &record.spec));
        let changes = part.into_iter().flat_map(|part| [ChainChange::Intend(part.clone()), ChainChange::Confirm(part)]);
        for change in changes.chain([ChainChange::Changed]) {
            log.write(change).await.map_err(|error| Error::Broken(sentence_of(&error)))?;
        }
        Ok(())
    }

    async fn hands(&self, row: &ActionRow) -> Result<Hands, Error> {
        let region = &row.action.settings.region;
        Ok(Hands { clients: self.clients(region).await?, recorder: self.recorder(region), now: crate::clock::now })
    }

    async fn prove_repaired(&self, row: &ActionRow) -> Result<RunSummary, Error> {
        let request = VerifyRequest { action: Some(row.action.id.to_string()), ..VerifyRequest::default() };
        Ok(Box::pin(self.verify(request)).await?.run)
    }
}

/// What an earlier run tells is no reason not to begin a new one.
fn is_mended(diagnosis: &Diagnosis) -> bool {
    diagnosis.causes().all(|check| matches!(check.id, CheckId::EntryRejected | CheckId::Poller))
}

/// The first cause that has a repair which was not made already.
fn next_repair(diagnosis: &Diagnosis, repaired: &[Check]) -> Option<Check> {
    let fresh = |check: &&Check| check.repair.is_some() && !repaired.iter().any(|done| done.id == check.id);
    diagnosis.causes().find(fresh).filter(|_| repaired.len() < MOST_REPAIRS).cloned()
}

/// The part of the chain that a request made.
fn made(write: &Write, inverse: &Write, spec: &ChainSpec) -> Option<Part> {
    let (bus, rule) = (spec.bus().to_owned(), spec.rule.name.clone());
    match (write, inverse) {
        (_, Write::DeleteEventBus { name }) => Some(Part::Bus { name: name.clone() }),
        (_, Write::DeleteRule { .. }) => Some(Part::Rule { bus, name: rule, arn: spec.rule_arn() }),
        (_, Write::RemoveTargets { id, .. }) => Some(Part::Target { bus, rule, id: id.clone() }),
        (_, Write::DeleteQueue { queue }) => {
            Some(Part::Queue { name: queue.clone(), arn: spec.arn_of(&spec.target.queue), dead_letter: false })
        }
        (Write::SetQueueAttributes { queue, attributes }, _) => statement(queue, attributes.get("Policy")?, spec),
        _ => None,
    }
}

/// Waybill's own statement, where the policy has it now.
fn statement(queue: &QueueName, policy: &str, spec: &ChainSpec) -> Option<Part> {
    let grant = |choice| waybill_setup::Grant { rule: spec.rule_arn(), queue: spec.arn_of(choice) };
    let sides = std::iter::once(&spec.target.queue).chain(&spec.target.dead_letter);
    let sid = sides.filter(|choice| choice.name() == queue).map(|choice| grant(choice).sid()).next()?;
    let has = waybill_setup::ResourcePolicy::read(Some(policy)).is_ok_and(|policy| policy.has(&sid));
    has.then(|| Part::QueueStatement { queue: queue.clone(), sid })
}

fn undone_step(step: &SessionStep) -> String {
    let (service, operation) = step.step.inverse.call();
    format!("{service}:{operation} {}", step.step.inverse.input())
}
