//! Planning, applying and undoing a set-up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use waybill_aws::call_error;
use waybill_domain::{ActionId, Timestamp};
use waybill_setup::{ApplyError, ApplyFailure, ChainRecord, ChainSettings, ChainSpec, Setup, UndoError, UndoReport, observe, plan};
use waybill_store::ActionRow;

use super::draft::sentence_of;
use super::{form, show};
use crate::chain_log::StoreChainLog;
use crate::error::call_code;
use crate::view::{FieldProblem, LiveEvent, OrganizationView, PlanView, SetupFailure, SetupForm, SetupOutcome, Topic, UndoView};
use crate::{Console, Error, ErrorCode};

/// The set-ups that go on, so that they can be cancelled.
#[derive(Default)]
pub(crate) struct RunningSetups(Mutex<HashMap<ActionId, CancellationToken>>);

impl RunningSetups {
    fn begin(&self, id: ActionId) -> Result<CancellationToken, Error> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(&id) {
            return Err(Error::Refused("a set-up of this alert action is going on already".to_owned()));
        }
        let token = CancellationToken::new();
        running.insert(id, token.clone());
        Ok(token)
    }

    fn end(&self, id: ActionId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// Whether any set-up goes on here.
    pub fn are_going_on(&self) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn cancel(&self, id: ActionId) {
        if let Some(token) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            token.cancel();
        }
    }
}

impl Console {
    /// What a set-up would call, with what its reads found. Writes nothing; refused fields are part of the answer.
    ///
    /// # Errors
    /// When there is no such action or AWS cannot be read.
    pub async fn setup_plan(&self, action_id: &str, form: &SetupForm) -> Result<PlanView, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let spec = match form::spec_of(&action, form) {
            Ok(spec) => spec,
            Err(Error::BadInput(invalid)) => {
                let problems = invalid.into_iter().map(|one| FieldProblem { field: one.field.to_owned(), reason: one.reason }).collect();
                return Ok(PlanView { steps: Vec::new(), notes: Vec::new(), links: Vec::new(), problems });
            }
            Err(error) => return Err(error),
        };
        let setup = self.setup_for(&action).await?;
        let observed = Box::pin(observe(&setup.clients, &spec)).await.map_err(show::setup_error)?;
        let record = self.chain_record(action.action.id).await?;
        let planned = plan(&spec, &observed, record.as_ref());
        let record = record.unwrap_or_else(|| ChainRecord::new(spec, self.now()));
        Ok(PlanView {
            notes: show::notes(&planned.steps),
            steps: planned.steps.iter().map(show::step).collect(),
            links: show::links(&action, &record, &observed, self.now()),
            problems: Vec::new(),
        })
    }

    /// Makes what is missing of an action's chain. A failed step is part of the answer: what was made is kept and can be gone on with.
    ///
    /// # Errors
    /// When fields are refused, nothing is reached, or a set-up of this action goes on already.
    pub async fn setup_apply(&self, action_id: &str, form: &SetupForm) -> Result<SetupOutcome, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let spec = form::spec_of(&action, form)?;
        self.apply_spec(&action, &spec).await
    }

    pub(crate) async fn apply_spec(&self, action: &ActionRow, spec: &ChainSpec) -> Result<SetupOutcome, Error> {
        let id = action.action.id;
        self.ensure_partner_source(id).await?;
        let setup = self.setup_for(action).await?;
        let cancel = self.inner.setups.begin(id)?;
        let (progress, steps) = mpsc::unbounded_channel();
        let telling = tokio::spawn(tell_steps(self.clone(), id, steps));
        let applied = Box::pin(waybill_setup::apply(&setup, spec, progress, &cancel)).await;
        self.inner.setups.end(id);
        if let Err(error) = telling.await {
            tracing::warn!(%error, "the steps of a set-up were not all told");
        }
        self.changed(&[Topic::Actions, Topic::Chains, Topic::Drafts]);
        match applied {
            Ok(applied) => {
                self.record_settings(id, Some(ChainSettings::seen(spec, &applied.observed))).await?;
                self.discard_draft(Some(&id.to_string())).await?;
                Ok(SetupOutcome {
                    complete: true,
                    notes: show::notes(&applied.steps),
                    steps: applied.steps.iter().map(show::step).collect(),
                    failure: None,
                    links: show::links(action, &applied.record, &applied.observed, self.now()),
                })
            }
            Err(error) => stopped(error),
        }
    }

    /// Stops a set-up between two requests.
    ///
    /// # Errors
    /// When the id is not one.
    pub fn setup_cancel(&self, action_id: &str) -> Result<(), Error> {
        self.inner.setups.cancel(action_id.parse()?);
        Ok(())
    }

    /// Takes back, in reverse order, exactly what Waybill made of an action's chain.
    ///
    /// # Errors
    /// When there is no such action or AWS cannot be reached.
    pub async fn undo_setup(&self, action_id: &str) -> Result<UndoView, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let setup = self.setup_for(&action).await?;
        let report = Box::pin(waybill_setup::undo(&setup, &CancellationToken::new())).await.map_err(not_undone)?;
        self.record_settings(action.action.id, None).await?;
        self.changed(&[Topic::Actions, Topic::Chains]);
        Ok(undone(&report))
    }

    /// The names of the SQS queues in an action's account and region.
    ///
    /// # Errors
    /// When there is no such action or SQS cannot be read.
    pub async fn queues(&self, action_id: &str) -> Result<Vec<String>, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let clients = self.clients(&action.action.settings.region).await?;
        let mut names = Vec::new();
        let mut pages = clients.sqs().list_queues().max_results(1000).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| call_error("sqs", "ListQueues", error))?;
            names.extend(page.queue_urls().iter().filter_map(|url| url.rsplit('/').next()).map(str::to_owned));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// My organization, and what AWS does with permissions on a partner bus.
    ///
    /// # Errors
    /// When Organizations cannot be reached.
    pub async fn organization(&self) -> Result<OrganizationView, Error> {
        let clients = self.clients(&self.connection().region).await?;
        let described = clients.organizations().describe_organization().send().await;
        let id = match described.map_err(|error| call_error("organizations", "DescribeOrganization", error)) {
            Ok(answer) => answer.organization.and_then(|organization| organization.id),
            Err(error) if error.code.as_deref() == Some("AWSOrganizationsNotInUseException") => None,
            Err(error) => return Err(error.into()),
        };
        let sentence = match &id {
            Some(id) => format!("This account belongs to the organization {id}."),
            None => "This account belongs to no organization.".to_owned(),
        };
        Ok(OrganizationView { id, sentence, partner_bus: self.partner_bus_sentence().to_owned() })
    }

    fn partner_bus_sentence(&self) -> &'static str {
        let accepts_as_2021 = self
            .connection()
            .attachment
            .as_ref()
            .is_some_and(|attachment| attachment.beacon().partner_bus_permissions == crate::BusPermissions::Year2021);
        if accepts_as_2021 {
            "This sandbox takes permissions on a partner bus, as AWS did in 2021."
        } else {
            "AWS no longer takes permissions on a partner event bus: only the partner's account may send to it. The step is kept as on iLert's page; Waybill tries it, says what AWS answered, and goes on."
        }
    }

    pub(crate) async fn setup_for(&self, action: &ActionRow) -> Result<Setup, Error> {
        self.check_reach(&action.action.settings).await?;
        let region = &action.action.settings.region;
        let log = StoreChainLog::new(self.store().clone(), action.action.id, crate::clock::now);
        Ok(Setup { clients: self.clients(region).await?, log: Arc::new(log), recorder: self.recorder(region), now: clock })
    }
}

fn clock() -> Timestamp {
    crate::clock::now()
}

async fn tell_steps(console: Console, id: ActionId, mut steps: mpsc::UnboundedReceiver<waybill_setup::Step>) {
    while let Some(step) = steps.recv().await {
        console.tell(LiveEvent::SetupStep { action_id: id.to_string(), step: show::step(&step) });
    }
}

fn stopped(error: ApplyError) -> Result<SetupOutcome, Error> {
    if let ApplyFailure::Invalid(invalid) = error.failure {
        return Err(invalid.into());
    }
    let failure = SetupFailure {
        step: error.step.map(|step| step.to_string()).unwrap_or_default(),
        message: sentence_of(&error),
        made: error.made.iter().map(ToString::to_string).collect(),
        code: code_of(&error.failure),
    };
    let steps: Vec<_> = error.steps.iter().map(show::step).collect();
    Ok(SetupOutcome { complete: false, notes: show::notes(&error.steps), steps, failure: Some(failure), links: Vec::new() })
}

fn code_of(failure: &ApplyFailure) -> ErrorCode {
    match failure {
        ApplyFailure::Call(call) => call_code(call),
        ApplyFailure::Target(_) => ErrorCode::Aws,
        ApplyFailure::Log(_) => ErrorCode::Store,
        ApplyFailure::Invalid(_) => ErrorCode::BadInput,
        ApplyFailure::Elsewhere(_) | ApplyFailure::Blocked(_) | ApplyFailure::Cancelled => ErrorCode::Refused,
    }
}

fn not_undone(error: UndoError) -> Error {
    match error {
        UndoError::Call(call) => Error::Aws(call),
        other => Error::Refused(sentence_of(&other)),
    }
}

fn undone(report: &UndoReport) -> UndoView {
    UndoView {
        removed: report.removed.iter().map(|part| format!("Removed {part}")).collect(),
        kept: report
            .kept
            .iter()
            .map(|kept| format!("Left {}: {}", kept.part, kept.why))
            .chain(report.adopted.iter().map(|part| format!("Left {part}: it was there before")))
            .collect(),
        failed: report.failed.iter().map(|failed| format!("Could not remove {}: {}", failed.part, failed.why)).collect(),
    }
}
