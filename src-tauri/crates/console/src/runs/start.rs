//! Starting a run, waiting for it, listing what was kept.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::oneshot;
use waybill_aws::CallErrorKind;
use waybill_delivery::{ActionRef, Controls, Parts, QueueRef, RunError, RunOutcome, RunRequest};
use waybill_domain::{Mode, ReadingPlan, RunId};
use waybill_setup::Observed;
use waybill_store::{ActionRow, RunHolds, StoreError};

use super::follow::Follower;
use super::show;
use super::verify::check_bus_logging;
use crate::ledger::StoreLedger;
use crate::probe::Recorded;
use crate::proof::ProofPlan;
use crate::rehearsal::Rehearsal;
use crate::setup::sentence_of;
use crate::view::{LiveEvent, RunHead, RunReport, RunSummary, Topic};
use crate::{Console, Error, ErrorCode, clock, evidence, reading};

/// What a run sends many times over; a connection that asks before every write asks about them once.
const RUN: &[&str] = &["PutPartnerEvents", "ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"];

/// The same, of a rehearsal.
const REHEARSAL: &[&str] = &["PutEvents", "ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"];

impl Console {
    /// Starts a planned run; it goes on in the background until every event has its verdict.
    pub(crate) async fn start_planned(&self, action: &ActionRow, plan: ProofPlan) -> Result<RunSummary, Error> {
        self.check_reach(&action.action.settings).await?;
        let run = RunId::new(clock::new_id());
        let clients = self.clients(&action.action.settings.region).await?;
        let mode = self.mode_of(plan.mode).await?;
        check_bus_logging(mode, plan.bus_logging)?;
        let rehearsal = (mode == Mode::Rehearsal).then(|| Rehearsal::of(&plan.chain)).transpose()?;
        let plan = match &rehearsal {
            Some(rehearsal) => ProofPlan { events: rehearsal.plan(plan.events.clone()), ..plan },
            None => plan,
        };
        let operations = if rehearsal.is_some() { REHEARSAL } else { RUN };
        let allowance = clients.gate().allow(operations, self.outline(run, action, &plan)).await?;
        let pattern = rehearsal.as_ref().map_or(&plan.chain.pattern, |rehearsal| &rehearsal.pattern.text).clone();
        let (seen, check) =
            tokio::join!(self.observe_chain(action, &plan.chain), waybill_delivery::cross_check(clients.events(), &pattern, &plan.events));
        let seen = match seen {
            // Of somebody else's queue it has to be known what reading it costs.
            Err(error) if rehearsal.is_none() && !reading::is_own(&plan.chain) => return Err(error),
            seen => seen,
        };
        let chosen = reading::choose(&plan, rehearsal.is_some(), seen.as_ref().ok())?;
        let temporary = self.record_temporary(run, &plan, (chosen.plan, rehearsal.is_some())).await?;
        let shown = reading::view(&plan.chain, rehearsal.is_some(), &chosen);
        let twin = temporary.iter().find_map(|temporary| Some((temporary.twin_bus()?, temporary.queue_arn()?)));
        let told = rehearsal.as_ref().zip(twin).map(|(rehearsal, (bus, queue))| rehearsal.view(bus.to_owned(), queue.to_string()));
        let circumstances = evidence::circumstances(&plan.chain, clients.endpoint(), &seen, &check, (shown.clone(), told))?;
        self.tell(LiveEvent::Reading { run_id: run.to_string(), reading: shown });
        let (progress, heard) = waybill_delivery::progress();
        let parts = Parts {
            ledger: Arc::new(self.ledger().under(circumstances)),
            recorder: self.recorder(&action.action.settings.region),
            clients,
            progress: progress.clone(),
        };
        let mut request = self.request(run, action, plan, seen.as_ref().ok());
        (request.reading, request.mode) = (chosen.plan, mode);
        if let Some(queue) = temporary.iter().find_map(Recorded::queue_arn) {
            (request.queue.arn, request.transformer) = (queue, None);
        }
        let (begun, wait_begun) = oneshot::channel();
        let follower = Follower::of_queue(self.clone(), request.queue.clone()).telling(begun);
        let followed = tokio::spawn(follower.follow(heard));
        let (controls, failed) = (Controls::default(), Arc::new(Mutex::new(None)));
        let (own_controls, own_failed, own) = (controls.clone(), Arc::clone(&failed), self.clone());
        self.inner.runs.start(run, controls, async move {
            let outcome = own.perform(parts, request, (&temporary, &pattern), own_controls).await;
            drop(allowance);
            let unreached = outcome.as_ref().ok().and_then(unreached);
            *own_failed.lock().unwrap_or_else(PoisonError::into_inner) = outcome.err();
            // Whoever waits for the beginning of the run looks for the failure once nobody can tell of it any more.
            drop(progress);
            for temporary in temporary {
                own.end_probe(temporary).await;
            }
            if let Err(error) = followed.await {
                tracing::warn!(%error, "the progress of a run was not all told");
            }
            unreached
        });
        if wait_begun.await.is_err() {
            let error = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
            return Err(error.unwrap_or_else(|| Error::Broken("the run ended before it began".to_owned())));
        }
        self.changed(&[Topic::Runs, Topic::Chains]);
        self.run_summary(run).await
    }

    /// Records what is made or changed for this run only.
    async fn record_temporary(
        &self,
        run: RunId,
        plan: &ProofPlan,
        (reading, is_rehearsal): (ReadingPlan, bool),
    ) -> Result<Vec<Recorded>, Error> {
        let logging = if plan.bus_logging { self.record_logging(run, &plan.chain).await? } else { None };
        let queue = match (reading, is_rehearsal) {
            (reading, true) => Some(self.record_twin(run, &plan.chain, !matches!(reading, ReadingPlan::Mirror)).await?),
            (ReadingPlan::Mirror, false) => Some(self.record_probe(run, &plan.chain).await?),
            (ReadingPlan::Consume | ReadingPlan::Peek { .. }, false) => None,
        };
        Ok(queue.into_iter().chain(logging).collect())
    }

    /// Makes what the run needs for itself, waits until it is in force, and makes the run.
    async fn perform(
        &self,
        parts: Parts,
        mut request: RunRequest,
        (temporary, pattern): (&[Recorded], &str),
        controls: Controls,
    ) -> Result<RunOutcome, Error> {
        let mut changed_at = None;
        for temporary in temporary {
            if let Some(queue) = self.make_probe(temporary, pattern).await? {
                request.queue = queue;
            }
            // The records of these very calls may not have been written yet.
            changed_at = Some(self.now());
        }
        self.settle((request.run, &request.action.name), changed_at, &controls).await?;
        let outcome = match temporary.iter().find_map(Recorded::twin_bus) {
            Some(bus) => waybill_delivery::rehearse(parts, request, bus.to_owned(), controls).await,
            None => waybill_delivery::run(parts, request, controls).await,
        };
        outcome.map_err(not_begun)
    }

    /// What is asked about before a run.
    fn outline(&self, run: RunId, action: &ActionRow, plan: &ProofPlan) -> Value {
        let spec = &plan.chain.spec;
        json!({
            "Run": run,
            "AlertAction": action.action.settings.name,
            "Events": plan.events.len(),
            "EventBusName": spec.bus(),
            "Queue": spec.arn_of(&spec.target.queue),
            "Deletes": "the run's own messages",
        })
    }

    fn request(&self, run: RunId, action: &ActionRow, plan: ProofPlan, seen: Option<&Observed>) -> RunRequest {
        let arn = plan.chain.spec.arn_of(&plan.chain.spec.target.queue);
        RunRequest {
            run,
            connection: self.connection().name.clone(),
            mode: Mode::Partner,
            action: ActionRef { id: action.action.id, name: action.action.settings.name.to_string() },
            transformer: seen.and_then(|seen| transformer(seen, arn.as_str())),
            queue: QueueRef { url: plan.queue_url, arn },
            events: plan.events,
            reading: ReadingPlan::Consume,
            timeout_ms: plan.timeout_ms,
            pace: plan.pace,
            schedule: plan.schedule,
        }
    }

    /// Waits until a run that was started here has ended; answers why none of its events reached AWS, where that is so.
    pub(super) async fn wait_for(&self, run_id: &str) -> Result<Option<ErrorCode>, Error> {
        Ok(self.inner.runs.wait(run_id.parse()?).await)
    }

    /// Publishes nothing more of a run; what was sent stays tracked.
    ///
    /// # Errors
    /// When it does not go on in this program.
    pub fn cancel_run(&self, run_id: &str) -> Result<(), Error> {
        if self.inner.runs.stop_publishing(run_id.parse()?) {
            return Ok(());
        }
        Err(Error::Refused("this run does not go on in this program".to_owned()))
    }

    /// All runs, newest first; of one action, if named.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn runs(&self, action_id: Option<&str>) -> Result<Vec<RunSummary>, Error> {
        let action = action_id.map(str::parse).transpose()?;
        let (now, holds) = (self.now(), self.holds());
        let runs = self.store().read(move |db| db.run_summaries(action, now, &holds)).await?;
        Ok(runs.iter().map(show::summary).collect())
    }

    /// A run with its events.
    ///
    /// # Errors
    /// When there is none with this id.
    pub async fn run(&self, run_id: &str) -> Result<RunReport, Error> {
        let run: RunId = run_id.parse()?;
        let (now, holds) = (self.now(), self.holds());
        let found = self
            .store()
            .read(move |db| {
                let Some((row, head)) = evidence::head(db, run, now, &holds)? else { return Ok(None) };
                let mut events = Vec::new();
                db.each_event(&row, 0, (now, &holds), |event| {
                    events.push(show::event(event));
                    Ok::<_, StoreError>(())
                })?;
                Ok(Some((head, events)))
            })
            .await?;
        let (head, events) = found.ok_or_else(|| Error::NotFound(format!("there is no run {run}")))?;
        let RunHead { schema, summary, drift, evidence } = head;
        Ok(RunReport { schema: schema.to_owned(), summary, drift, evidence, events })
    }

    pub(super) async fn run_summary(&self, run: RunId) -> Result<RunSummary, Error> {
        let (now, holds) = (self.now(), self.holds());
        let found = self.store().read(move |db| db.run_summary(run, now, &holds)).await?;
        found.as_ref().map(show::summary).ok_or_else(|| Error::NotFound(format!("there is no run {run}")))
    }

    pub(super) fn ledger(&self) -> StoreLedger {
        StoreLedger::new(self.store().clone(), clock::now)
    }

    /// Who works on which run.
    pub(crate) fn holds(&self) -> RunHolds {
        RunHolds::in_folder(self.inner.folder.path())
    }
}

/// Why nothing of a run reached AWS; none when something did.
fn unreached(outcome: &RunOutcome) -> Option<ErrorCode> {
    let tally = &outcome.summary.tally;
    let failure = outcome.failure.as_ref().filter(|_| tally.accepted == 0)?;
    match failure.kind {
        // AWS that refuses an entry was reached, and so it may have been where nobody knows what became of one.
        CallErrorKind::Unreachable if tally.published == 0 && tally.counts.rejected == 0 => Some(ErrorCode::Unreachable),
        CallErrorKind::NoCredentials => Some(ErrorCode::NoCredentials),
        _ => None,
    }
}

fn not_begun(error: RunError) -> Error {
    match error {
        RunError::NoPartner | RunError::Mode(_) => Error::Refused(sentence_of(&error)),
        error => Error::Broken(sentence_of(&error)),
    }
}

/// What on the target of this queue changes events on the way, as a sentence.
fn transformer(seen: &Observed, queue: &str) -> Option<String> {
    let target = seen.targets.value.iter().find(|target| target.arn == queue)?;
    target.changes_event.map(|what| format!("target {} of the rule has {what}", target.id))
}
