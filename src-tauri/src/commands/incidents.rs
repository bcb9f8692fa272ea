//! Incidents.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::IncidentStepReport;
use waybill_domain::EventType;

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn raise_incident(
    console: State<'_, Console>,
    source_id: i64,
    summary: String,
    details: String,
) -> Answer<IncidentStepReport> {
    Ok(console.raise_incident(source_id, &summary, &details).await?)
}

#[tauri::command]
pub(crate) async fn step_incident(console: State<'_, Console>, incident_id: String, event_type: EventType) -> Answer<IncidentStepReport> {
    Ok(console.step_incident(&incident_id, event_type, None).await?)
}

#[tauri::command]
pub(crate) async fn publish_incident(
    console: State<'_, Console>,
    incident_id: String,
    action_id: String,
    event_type: EventType,
) -> Answer<IncidentStepReport> {
    Ok(console.publish_incident(&incident_id, &action_id, event_type).await?)
}
