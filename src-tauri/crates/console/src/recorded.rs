//! The settings of a chain as they are recorded: what later readings are compared with.

use waybill_domain::ActionId;
use waybill_setup::ChainSettings;

use crate::{Console, Error};

fn key(action: ActionId) -> String {
    format!("recorded/{action}")
}

impl Console {
    /// The recorded settings of a chain; none of one whose set-up was finished before they were kept.
    pub(crate) async fn recorded_settings(&self, action: ActionId) -> Result<Option<ChainSettings>, Error> {
        let kept: Option<Option<ChainSettings>> = self.store().read(move |db| db.setting(&key(action))).await?;
        Ok(kept.flatten())
    }

    /// Records the settings of a chain, or that there are none.
    pub(crate) async fn record_settings(&self, action: ActionId, settings: Option<ChainSettings>) -> Result<(), Error> {
        Ok(self.store().write(move |db| db.set_setting(&key(action), &settings)).await?)
    }
}
