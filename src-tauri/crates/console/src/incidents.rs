//! Incidents: raised on an alert source, moved through their life cycle; every step publishes its event.

use waybill_domain::{AlertSource, AlertSourceId, Assignee, EventType, Incident, IncidentId, Invalid, TriggerMode};
use waybill_store::ActionRow;

use crate::view::{IncidentPublished, IncidentStepReport, IncidentView, IncidentWithheld, Topic};
use crate::{Console, Error, proof};

/// Longest summary of an incident, in characters.
const MAX_SUMMARY_CHARS: usize = 255;

impl Console {
    /// Raises an incident on an alert source; its `incident-created` goes out through every Automatic action that chose it.
    ///
    /// # Errors
    /// When the summary is refused or there is no such source.
    pub async fn raise_incident(&self, source_id: i64, summary: &str, details: &str) -> Result<IncidentStepReport, Error> {
        let summary = check_summary(summary)?;
        let (details, now) = (details.trim().to_owned(), self.now());
        let source = self.source_of(AlertSourceId(source_id)).await?;
        let incident = self
            .store()
            .write(move |db| {
                let incident = Incident::new(db.take_incident_ids(1)?, summary, details, now);
                db.save_incident(AlertSourceId(source_id), &incident, now)?;
                Ok(incident)
            })
            .await?;
        self.changed(&[Topic::Incidents, Topic::Sources]);
        self.publish_step(&source, incident, EventType::Created).await
    }

    /// Moves an incident one step and publishes the step's event.
    ///
    /// # Errors
    /// When the step is not possible where the incident stands, or there is no such incident.
    pub async fn step_incident(&self, incident_id: &str, event: EventType, who: Option<Assignee>) -> Result<IncidentStepReport, Error> {
        let (source, mut incident) = self.incident(incident_id).await?;
        incident.step(event, who)?;
        let (kept, now, source_id) = (incident.clone(), self.now(), source.id);
        self.store().write(move |db| db.save_incident(source_id, &kept, now)).await?;
        self.changed(&[Topic::Incidents, Topic::Sources]);
        self.publish_step(&source, incident, event).await
    }

    /// Publishes an incident's event through one action by hand: the click that a Manual action waits for.
    ///
    /// # Errors
    /// When there is no such incident or action, or the action did not choose the event type.
    pub async fn publish_incident(&self, incident_id: &str, action_id: &str, event: EventType) -> Result<IncidentStepReport, Error> {
        let (source, incident) = self.incident(incident_id).await?;
        let action = self.action_row(action_id.parse()?).await?;
        if !action.action.settings.event_types.contains(event) {
            return Err(Error::Refused(format!("`{}` did not choose {event}, so iLert would not send it", action.action.settings.name)));
        }
        let published = vec![self.publish_through(&action, &incident, &source, event).await?];
        Ok(IncidentStepReport { incident: view(&incident), event_type: event, published, withheld: Vec::new() })
    }

    async fn publish_step(&self, source: &AlertSource, incident: Incident, event: EventType) -> Result<IncidentStepReport, Error> {
        let source_id = source.id;
        let actions = self.store().read(move |db| db.alert_actions_of(source_id)).await?;
        let mut report = IncidentStepReport { incident: view(&incident), event_type: event, published: Vec::new(), withheld: Vec::new() };
        for action in actions {
            let settings = &action.action.settings;
            let withheld = |on_click: bool, reason: String| IncidentWithheld {
                action: settings.name.to_string(),
                action_id: action.action.id.to_string(),
                on_click,
                reason,
            };
            if !settings.event_types.contains(event) {
                report.withheld.push(withheld(false, format!("{event} is not among its event types")));
            } else if settings.trigger_mode == TriggerMode::Manual {
                report.withheld.push(withheld(true, "its trigger mode is Manual: it publishes on a click".to_owned()));
            } else {
                match self.publish_through(&action, &incident, source, event).await {
                    Ok(published) => report.published.push(published),
                    Err(error) => report.withheld.push(withheld(true, error.to_string())),
                }
            }
        }
        Ok(report)
    }

    async fn publish_through(
        &self,
        action: &ActionRow,
        incident: &Incident,
        source: &AlertSource,
        event: EventType,
    ) -> Result<IncidentPublished, Error> {
        let detail = incident.detail(event, source);
        let plan = proof::single(self, action, &detail).await?;
        let run = self.start_planned(action, plan).await?;
        Ok(IncidentPublished {
            action: action.action.settings.name.to_string(),
            action_id: action.action.id.to_string(),
            run_id: run.run_id,
        })
    }

    async fn incident(&self, id: &str) -> Result<(AlertSource, Incident), Error> {
        let number: i64 = id.trim().parse().map_err(|_| Error::bad_input("Incident", format!("`{id}` is not an incident number")))?;
        let row = self.store().read(move |db| db.incident(IncidentId(number))).await?;
        let row = row.ok_or_else(|| Error::NotFound(format!("there is no incident {number}")))?;
        Ok((self.source_of(row.alert_source).await?, row.incident))
    }

    async fn source_of(&self, id: AlertSourceId) -> Result<AlertSource, Error> {
        let row = self.store().read(move |db| db.alert_source(id)).await?;
        let row = row.filter(|row| row.deleted_at.is_none()).ok_or_else(|| Error::NotFound(format!("there is no alert source {id}")))?;
        Ok(row.source)
    }
}

pub(crate) fn view(incident: &Incident) -> IncidentView {
    IncidentView {
        id: incident.id.to_string(),
        summary: incident.summary.clone(),
        details: incident.details.clone(),
        status: incident.status,
        priority: incident.priority,
        assigned_to: incident.assigned_to.clone(),
        reported_at: incident.reported_at,
        possible: incident.possible(),
    }
}

fn check_summary(text: &str) -> Result<String, Invalid> {
    let summary = text.trim();
    let chars = summary.chars().count();
    if summary.is_empty() {
        return Err(Invalid::new("Summary", "enter what the incident is about"));
    }
    if chars > MAX_SUMMARY_CHARS {
        return Err(Invalid::new("Summary", format!("the summary has {chars} characters; at most {MAX_SUMMARY_CHARS} are accepted")));
    }
    Ok(summary.to_owned())
}
