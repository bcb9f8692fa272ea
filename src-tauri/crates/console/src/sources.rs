//! Alert sources.

use waybill_domain::{AlertSource, AlertSourceId, IncidentStatus};
use waybill_store::{Ref, SourceRow, StoreError};

use crate::view::{AlertSourceDetail, AlertSourceView, Topic};
use crate::{Console, Error, actions, incidents};

/// Incidents shown on an alert source's page.
const INCIDENTS_SHOWN: u32 = 200;

impl Console {
    /// All alert sources by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn alert_sources(&self) -> Result<Vec<AlertSourceView>, Error> {
        let views = self.store().read(|db| db.alert_sources()?.into_iter().map(|row| view(db, row)).collect()).await?;
        Ok(views)
    }

    /// An alert source with its alert actions and incidents.
    ///
    /// # Errors
    /// When there is none with this number.
    pub async fn alert_source(&self, id: i64) -> Result<AlertSourceDetail, Error> {
        let found = self
            .store()
            .read(move |db| {
                let Some(row) = db.alert_source(AlertSourceId(id))?.filter(|row| row.deleted_at.is_none()) else { return Ok(None) };
                let incidents =
                    db.incidents_of(row.source.id, INCIDENTS_SHOWN)?.into_iter().map(|row| incidents::view(&row.incident)).collect();
                let actions =
                    db.alert_actions_of(row.source.id)?.into_iter().map(|row| actions::view(db, row)).collect::<Result<_, _>>()?;
                Ok(Some(AlertSourceDetail { source: view(db, row)?, actions, incidents }))
            })
            .await?;
        found.ok_or_else(|| Error::NotFound(format!("there is no alert source {id}")))
    }

    /// Finds an alert source by its number or name.
    ///
    /// # Errors
    /// When there is none.
    pub async fn find_alert_source(&self, wanted: &str) -> Result<AlertSourceDetail, Error> {
        let text = wanted.trim().to_owned();
        let found = self
            .store()
            .read(move |db| {
                let by_number = text.parse().ok().map(AlertSourceId).map_or(Ok(None), |id| db.alert_source(id))?;
                by_number.map_or_else(|| db.alert_source_named(&text), |row| Ok(Some(row)))
            })
            .await?;
        let row = found.ok_or_else(|| Error::bad_input("Alert source", format!("there is no alert source `{}`", wanted.trim())))?;
        self.alert_source(row.source.id.0).await
    }

    /// Makes an alert source.
    ///
    /// # Errors
    /// When the name is refused or taken.
    pub async fn create_alert_source(&self, name: &str) -> Result<AlertSourceView, Error> {
        let (name, now) = (AlertSource::check_name(name)?, self.now());
        let source = self.store().write(move |db| db.insert_alert_source(&name, now)).await.map_err(Error::of_name)?;
        self.changed(&[Topic::Sources]);
        Ok(AlertSourceView { id: source.id.0, name: source.name, actions: 0, open_incidents: 0 })
    }

    /// Gives an alert source another name. Its partner event sources keep theirs.
    ///
    /// # Errors
    /// When the name is refused or taken, or there is no such source.
    pub async fn rename_alert_source(&self, id: i64, name: &str) -> Result<AlertSourceView, Error> {
        let name = AlertSource::check_name(name)?;
        self.store().write(move |db| db.rename_alert_source(AlertSourceId(id), &name)).await.map_err(Error::of_name)?;
        self.changed(&[Topic::Sources, Topic::Actions, Topic::Chains]);
        Ok(self.alert_source(id).await?.source)
    }

    /// Deletes an alert source that has no alert actions.
    ///
    /// # Errors
    /// When it still has some, or there is no such source.
    pub async fn delete_alert_source(&self, id: i64) -> Result<(), Error> {
        let source = self.alert_source(id).await?.source;
        if source.actions > 0 {
            return Err(Error::Refused(format!(
                "alert source `{}` still has {} alert action(s); delete them first, so that their partner event sources are removed",
                source.name, source.actions
            )));
        }
        let now = self.now();
        self.store().write(move |db| db.delete_alert_source(AlertSourceId(id), now)).await?;
        self.changed(&[Topic::Sources]);
        Ok(())
    }
}

fn view(db: &Ref<'_>, row: SourceRow) -> Result<AlertSourceView, StoreError> {
    let open = db.incidents_of(row.source.id, u32::MAX)?.iter().filter(|row| row.incident.status != IncidentStatus::Resolved).count();
    Ok(AlertSourceView {
        id: row.source.id.0,
        actions: db.alert_actions_of(row.source.id)?.len() as u64,
        open_incidents: open as u64,
        name: row.source.name,
    })
}
