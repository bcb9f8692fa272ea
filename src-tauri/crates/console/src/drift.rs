//! Where a chain differs from its record, and what to do about it: take AWS's, or restore what is recorded.

use sha2::{Digest, Sha256};
use waybill_diagnosis::{Repair, RepairError, Session, restoration};
use waybill_setup::{
    ChainChange, ChainLog, ChainRecord, ChainSettings, ChainSpec, FieldDrift, Observed, PatternChoice, QueueChoice, differences, observe,
    same_pattern,
};
use waybill_store::ActionRow;

use crate::chain_log::StoreChainLog;
use crate::doctor::{repair_view, undoable_view};
use crate::setup::{sentence_of, setup_error};
use crate::view::{DriftView, FieldDriftView, Topic};
use crate::{Console, Error};

/// A chain beside its record.
struct Compared {
    row: ActionRow,
    record: ChainRecord,
    recorded: ChainSettings,
    observed: Observed,
    drift: Vec<FieldDrift>,
}

impl Console {
    /// Where an alert action's chain differs from what is recorded of it, field by field. Writes nothing.
    ///
    /// # Errors
    /// When there is no such action, nothing was set up or adopted for it, or the chain cannot be read.
    pub async fn drift(&self, action: Option<&str>) -> Result<DriftView, Error> {
        let compared = self.compare(action).await?;
        self.drift_view(&compared).await
    }

    /// Takes what AWS has into the record: from now on it is what is expected. `shown` is [`DriftView::state`] as it was shown; where the
    /// chain differs otherwise by now, nothing is done.
    ///
    /// # Errors
    /// As [`Console::drift`]; when a part of the chain is not there, so that there is nothing to take.
    pub async fn take_drift(&self, action: Option<&str>, shown: Option<&str>) -> Result<DriftView, Error> {
        let compared = self.compare(action).await?;
        check_shown(shown, &state(&compared.drift))?;
        let id = compared.row.action.id;
        let spec = taken(&compared)?;
        let clients = self.clients(&spec.region).await?;
        let observed = Box::pin(observe(&clients, &spec)).await.map_err(setup_error)?;
        let log = StoreChainLog::new(self.store().clone(), id, crate::clock::now);
        let queue_url = observed.queue.value.as_ref().map(|queue| queue.url.clone()).unwrap_or_default();
        let pattern = observed.rule.value.as_ref().and_then(|rule| rule.pattern.clone()).unwrap_or_else(|| spec.pattern());
        let settings = ChainSettings::seen(&spec, &observed);
        for change in [ChainChange::Begin(Box::new(spec)), ChainChange::Pattern(pattern), ChainChange::Complete { queue_url }] {
            log.write(change).await.map_err(|error| Error::Broken(sentence_of(&error)))?;
        }
        self.record_settings(id, Some(settings)).await?;
        self.changed(&[Topic::Actions, Topic::Chains]);
        self.drift(Some(&id.to_string())).await
    }

    /// Puts AWS back as it is recorded; what others added to a policy stays. It is taken back as a repair is. `shown` is the plan of
    /// [`DriftView::restore`] as it was shown; where the requests would be others by now, nothing is done.
    ///
    /// # Errors
    /// As [`Console::drift`]; when AWS refuses a request. What was changed until then can be taken back.
    pub async fn restore_drift(&self, action: Option<&str>, shown: Option<&str>) -> Result<DriftView, Error> {
        let compared = self.compare(action).await?;
        let repair = compared.restoration();
        let view = repair_view(&repair);
        check_shown(shown, &view.plan)?;
        let mut session = Session { began_at: self.now(), steps: Vec::new() };
        let made = self.make_repair(&compared.row, &repair, &mut session).await;
        self.changed(&[Topic::Chains]);
        match made {
            Ok(()) => {}
            Err(RepairError::Call(error)) => return Err(error.into()),
            Err(RepairError::Log(error)) => return Err(Error::Broken(sentence_of(&error))),
        }
        let mut after = self.drift(Some(&compared.row.action.id.to_string())).await?;
        after.restored = view.steps;
        Ok(after)
    }

    async fn compare(&self, action: Option<&str>) -> Result<Compared, Error> {
        let row = self.named_action(action).await?;
        let nothing = || Error::Refused(format!("nothing was set up or adopted for `{}`, so nothing can differ", row.action.settings.name));
        let record = self.chain_record(row.action.id).await?.ok_or_else(nothing)?;
        if record.queue_url.is_none() {
            return Err(nothing());
        }
        let observed = self.observe_chain(&row, &record).await?;
        let recorded = self.recorded_settings(row.action.id).await?.unwrap_or_else(|| record.asked_for(&observed));
        let drift = differences(&recorded, &observed);
        Ok(Compared { row, record, recorded, observed, drift })
    }

    async fn drift_view(&self, compared: &Compared) -> Result<DriftView, Error> {
        let view = |drift: &FieldDrift| FieldDriftView {
            part: drift.part.label().to_owned(),
            field: drift.field.clone(),
            recorded: drift.recorded.clone(),
            live: drift.live.clone(),
            restorable: drift.restorable,
        };
        let repair = compared.restoration();
        Ok(DriftView {
            schema: "waybill.drift/1".to_owned(),
            action: compared.row.action.settings.name.to_string(),
            differences: compared.drift.iter().map(view).collect(),
            state: state(&compared.drift),
            restore: (!repair.steps.is_empty()).then(|| repair_view(&repair)),
            restored: Vec::new(),
            undoable: self.sessions(compared.row.action.id).newest().await?.as_ref().map(undoable_view),
        })
    }
}

impl Compared {
    fn restoration(&self) -> Repair {
        let mut repair = restoration(&self.recorded, &self.observed);
        if self.drift.iter().all(|drift| !drift.restorable) {
            repair.steps.clear();
        }
        repair
    }
}

/// Stands for exactly these differences.
fn state(drift: &[FieldDrift]) -> String {
    hex::encode(Sha256::digest(format!("{drift:?}")))
}

fn check_shown(shown: Option<&str>, now: &str) -> Result<(), Error> {
    match shown {
        Some(shown) if shown != now => Err(Error::Refused("the chain is not as it was when this was shown: look at it again".to_owned())),
        _ => Ok(()),
    }
}

/// The specification of the chain as AWS has it.
fn taken(compared: &Compared) -> Result<ChainSpec, Error> {
    let (observed, mut spec) = (&compared.observed, compared.record.spec.clone());
    let absent =
        |what: &str| Error::Refused(format!("the {what} is not there, so there is nothing to take; restore it, or undo the set-up"));
    let rule = observed.rule.value.as_ref().ok_or_else(|| absent("rule"))?;
    let target = observed.targets.value.iter().find(|target| target.arn == compared.recorded.target.arn).ok_or_else(|| absent("target"))?;
    if observed.bus.value.is_none() || observed.queue.value.is_none() {
        return Err(absent(if observed.bus.value.is_none() { "event bus" } else { "queue" }));
    }
    let live = rule.pattern.clone().ok_or_else(|| absent("rule's event pattern"))?;
    if !same_pattern(&live, &spec.pattern(), &spec.account) {
        spec.rule.pattern = PatternChoice::Own(live);
    }
    spec.rule.description.clone_from(&rule.description);
    let dead = target.dead_letter.as_deref().and_then(|arn| arn.rsplit(':').next()?.parse().ok());
    let is_as_wanted = spec.target.dead_letter.as_ref().map(QueueChoice::name) == dead.as_ref();
    if !is_as_wanted {
        spec.target.dead_letter = dead.map(QueueChoice::Existing);
    }
    Ok(spec)
}
