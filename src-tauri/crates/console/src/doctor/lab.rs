//! The fault lab as a whole, over all alert actions.

use waybill_load::Ask;
use waybill_store::ActionRow;

use super::faults::{Listed, PATH};
use crate::view::{ActiveFault, FaultView, Topic};
use crate::{Console, Error};

impl Console {
    /// Every fault in force, by alert action and along the chain.
    ///
    /// # Errors
    /// Anywhere but on the sandbox.
    pub async fn active_faults(&self) -> Result<Vec<ActiveFault>, Error> {
        let listed = self.listed().await?;
        let mut active = Vec::new();
        for row in self.every_action().await? {
            let faults = self.faults_of(&row, &listed).await?;
            active.extend(faults.into_iter().filter(|fault| fault.active).map(|fault| ActiveFault {
                action_id: row.action.id.to_string(),
                action: row.action.settings.name.to_string(),
                id: fault.id,
                sentence: fault.sentence,
            }));
        }
        Ok(active)
    }

    /// Takes one fault back: everything is put back as it was before the first fault, and all others are made again.
    ///
    /// # Errors
    /// Anywhere but on the sandbox; when another fault cannot be made again.
    pub async fn retract_fault(&self, fault: &str, wanted: Option<&str>) -> Result<Vec<FaultView>, Error> {
        let id = self.find_alert_action(wanted).await?.id;
        let active = self.active_faults().await?;
        self.put_all_back().await?;
        // From the end of the chain: what breaks its beginning may take the rest away.
        for other in active.iter().rev().filter(|other| other.action_id != id || other.id != fault) {
            self.inject_fault(&other.id, Some(&other.action_id)).await?;
        }
        self.changed(&[Topic::Actions, Topic::Chains]);
        self.faults(Some(&id)).await
    }

    /// Puts every chain and every alert action back as it was before its first fault.
    ///
    /// # Errors
    /// Anywhere but on the sandbox.
    pub async fn reset_every_fault(&self) -> Result<Vec<ActiveFault>, Error> {
        self.put_all_back().await?;
        self.changed(&[Topic::Actions, Topic::Chains]);
        self.active_faults().await
    }

    async fn put_all_back(&self) -> Result<(), Error> {
        self.ask_lab::<Listed>(|host| Ask::take_back(host, PATH)).await?;
        for row in self.every_action().await? {
            self.put_form_back(&row).await?;
        }
        Ok(())
    }

    async fn every_action(&self) -> Result<Vec<ActionRow>, Error> {
        Ok(self.store().read(|db| db.alert_actions()).await?)
    }
}
