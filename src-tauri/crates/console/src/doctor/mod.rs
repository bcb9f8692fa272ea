//! The doctor: why events do not arrive, and the repair.

mod case;
mod faults;

mod repair;
mod rules;
mod show;

use waybill_diagnosis::{Diagnosis, diagnose};
use waybill_store::ActionRow;

use crate::view::DiagnosisView;
use crate::{Console, Error};

impl Console {
    /// Diagnoses an alert action's chain; the only one, where none is named. Changes nothing.
    ///
    /// # Errors
    /// When there is no such action, or AWS is not reached.
    pub async fn diagnose(&self, wanted: Option<&str>) -> Result<DiagnosisView, Error> {
        let row = self.named_action(wanted).await?;
        let (diagnosis, millis) = self.diagnosis_of(&row).await?;
        Ok(show::diagnosis(&row, &diagnosis, millis))
    }

    async fn named_action(&self, wanted: Option<&str>) -> Result<ActionRow, Error> {
        let found = self.find_alert_action(wanted).await?;
        self.action_row(found.id.parse()?).await
    }

    /// One diagnosis, and how long it took in milliseconds.
    async fn diagnosis_of(&self, row: &ActionRow) -> Result<(Diagnosis, i64), Error> {
        let case = self.case_of(row).await?;
        let clients = self.clients(&row.action.settings.region).await?;
        let begun = self.now();
        let diagnosis = Box::pin(diagnose(&clients, &case)).await?;
        Ok((diagnosis, self.now().millis_since(begun)))
    }
}
