//! Repairing a chain, proving it again, and taking the repair back.

use async_trait::async_trait;
use waybill_diagnosis::{
    Check, CheckId, Diagnosis, Hands, RepairError, RepairLog, RepairLogError, Session, SessionStep, Write, apply, undo,
};
use waybill_domain::{ActionId, QueueName, Timestamp};
use waybill_setup::{ChainChange, ChainLog, ChainSpec, Part};
use waybill_store::{ActionRow, Store};

use super::show;
use crate::chain_log::StoreChainLog;
use crate::setup::sentence_of;
use crate::view::{DiagnosisView, RepairUndone, RunSummary, Topic};
use crate::{Console, Error, VerifyRequest};

/// Most repairs in one go: a chain has fewer parts.
const MOST_REPAIRS: usize = 12;

impl Console {
    /// Repairs what is found to be a cause, one after the other, each from a new diagnosis; then proves the chain.
    ///
    /// # Errors
    /// When there is no such action or AWS is not reached. A repair that fails is part of the answer.
    pub async fn repair(&self, wanted: Option<&str>) -> Result<DiagnosisView, Error> {
        let row = self.named_action(wanted).await?;
        let (mut diagnosis, mut millis) = self.diagnosis_of(&row).await?;
        let mut session = Session { began_at: self.now(), steps: Vec::new() };
        let (mut repaired, mut failure): (Vec<Check>, Option<String>) = (Vec::new(), None);
        while let Some(check) = next_repair(&diagnosis, &repaired) {
            match self.repair_one(&row, &check, &mut session).await {
                Ok(()) => repaired.push(check),
                Err(RepairError::Log(error)) => return Err(Error::Broken(sentence_of(&error))),
                Err(RepairError::Call(error)) => failure = Some(format!("`{}` could not be repaired: {error}", check.id)),
            }
            (diagnosis, millis) = self.diagnosis_of(&row).await?;
            if failure.is_some() {
                break;
            }
        }
        let proof = self.prove_repaired(&row, &diagnosis, !repaired.is_empty() && failure.is_none()).await?;
        if proof.is_some() {
            (diagnosis, millis) = self.diagnosis_of(&row).await?;
        }
        self.changed(&[Topic::Chains]);
        let mut view = show::diagnosis(&row, &diagnosis, millis);
        view.repaired = repaired.iter().map(show::repaired).collect();
        (view.repair_failed, view.proof) = (failure, proof);
        Ok(view)
    }

    /// Takes the newest repair of an alert action back: its chain is as broken as before.
    ///
    /// # Errors
    /// When there is nothing to take back, or AWS refuses it; what was taken back until then is not repeated.
    pub async fn undo_repair(&self, wanted: Option<&str>) -> Result<RepairUndone, Error> {
        let row = self.named_action(wanted).await?;
        let log = SessionLog { store: self.store().clone(), action: row.action.id };
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

    async fn repair_one(&self, row: &ActionRow, check: &Check, session: &mut Session) -> Result<(), RepairError> {
        let Some(repair) = &check.repair else { return Ok(()) };
        let broken = |error: Error| RepairError::Log(RepairLogError::new(error));
        let hands = self.hands(row).await.map_err(broken)?;
        let log = SessionLog { store: self.store().clone(), action: row.action.id };
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
        Ok(Hands { clients: self.clients(region).await?, recorder: self.recorder(region), now: clock })
    }

    /// Proves a chain in which nothing is known to be broken any more.
    async fn prove_repaired(&self, row: &ActionRow, diagnosis: &Diagnosis, was_repaired: bool) -> Result<Option<RunSummary>, Error> {
        if !was_repaired || !is_mended(diagnosis) {
            return Ok(None);
        }
        let request = VerifyRequest { action: Some(row.action.id.to_string()), ..VerifyRequest::default() };
        Ok(Some(Box::pin(self.verify(request)).await?.run))
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
    let has = waybill_setup::QueuePolicy::read(Some(policy)).is_ok_and(|policy| policy.has(&sid));
    has.then(|| Part::QueueStatement { queue: queue.clone(), sid })
}

fn undone_step(step: &SessionStep) -> String {
    let (service, operation) = step.step.inverse.call();
    format!("{service}:{operation} {}", step.step.inverse.input())
}

fn clock() -> Timestamp {
    crate::clock::now()
}

/// The repairs of one alert action, newest last.
struct SessionLog {
    store: Store,
    action: ActionId,
}

impl SessionLog {
    fn key(&self) -> String {
        format!("repairs/{}", self.action)
    }

    async fn newest(&self) -> Result<Option<Session>, Error> {
        let key = self.key();
        let kept: Option<Vec<Session>> = self.store.read(move |db| db.setting(&key)).await?;
        Ok(kept.and_then(|mut sessions| sessions.pop()))
    }

    async fn forget_newest(&self) -> Result<(), Error> {
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
