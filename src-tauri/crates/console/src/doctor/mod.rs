//! The doctor: why events do not arrive, and the repair.

mod case;
mod faults;
mod lab;
mod repair;
mod rules;
mod running;
mod sessions;
mod show;

use waybill_diagnosis::{CheckId, Diagnosis, diagnose};
use waybill_domain::Timestamp;
use waybill_store::ActionRow;

pub(crate) use running::RunningDiagnoses;

use crate::view::{CheckHead, DiagnosisProgress, DiagnosisView};
use crate::{Console, Error};

/// Is told how far a diagnosis has come.
pub(crate) type Tell<'a> = &'a mut (dyn FnMut(DiagnosisProgress) + Send);

/// One diagnosis, and how long it took.
pub(super) struct Looked {
    diagnosis: Diagnosis,
    began_at: Timestamp,
    ended_at: Timestamp,
}

pub(crate) use show::{repair as repair_view, undoable_view};

impl Console {
    /// Diagnoses an alert action's chain; the only one, where none is named. Changes nothing.
    ///
    /// # Errors
    /// When there is no such action, or AWS is not reached.
    pub async fn diagnose(&self, wanted: Option<&str>) -> Result<DiagnosisView, Error> {
        let row = self.named_action(wanted).await?;
        let looked = self.look(&row, &mut drop).await?;
        self.shown(&row, &looked).await
    }

    /// The same, telling each check as soon as it is judged. A later diagnosis of the same alert action, or [`Self::cancel_diagnosis`], ends
    /// it.
    ///
    /// # Errors
    /// As above, and when it was ended.
    pub async fn diagnose_live(
        &self,
        wanted: Option<&str>,
        mut tell: impl FnMut(DiagnosisProgress) + Send,
    ) -> Result<DiagnosisView, Error> {
        let row = self.named_action(wanted).await?;
        let running = self.inner.diagnoses.begin(row.action.id);
        let looking = Box::pin(self.look(&row, &mut tell));
        let looked = running.token().run_until_cancelled(looking).await;
        let ended = || Error::Refused("the diagnosis was ended before it came to a result".to_owned());
        self.shown(&row, &looked.ok_or_else(ended)??).await
    }

    /// Ends the diagnosis of an alert action, if one goes on.
    ///
    /// # Errors
    /// When the id is not one.
    pub fn cancel_diagnosis(&self, action_id: &str) -> Result<(), Error> {
        self.inner.diagnoses.cancel(action_id.parse()?);
        Ok(())
    }

    pub(crate) async fn named_action(&self, wanted: Option<&str>) -> Result<ActionRow, Error> {
        let found = self.find_alert_action(wanted).await?;
        self.action_row(found.id.parse()?).await
    }

    /// One diagnosis.
    async fn look(&self, row: &ActionRow, tell: Tell<'_>) -> Result<Looked, Error> {
        let case = self.case_of(row).await?;
        let clients = self.clients(&row.action.settings.region).await?;
        let heads = CheckId::ALL.iter().map(|id| CheckHead { id: id.to_string(), question: id.question().to_owned() });
        tell(DiagnosisProgress::Began { checks: heads.collect() });
        let began_at = self.now();
        let heard = |check: &_| {
            let elapsed_ms = self.now().millis_since(began_at);
            tell(DiagnosisProgress::Check { check: Box::new(show::check(check)), elapsed_ms });
        };
        let diagnosis = Box::pin(diagnose(&clients, &case, crate::clock::now, heard)).await?;
        Ok(Looked { diagnosis, began_at, ended_at: self.now() })
    }

    async fn shown(&self, row: &ActionRow, looked: &Looked) -> Result<DiagnosisView, Error> {
        let undoable = self.sessions(row.action.id).newest().await?;
        Ok(show::diagnosis(row, looked, undoable.as_ref()))
    }
}
