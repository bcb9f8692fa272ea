//! What the alert action itself sends, and when.

use waybill_domain::{EventType, TriggerMode};

use super::Look;
use crate::check::{Evidence, Finding};

impl Look<'_> {
    pub(super) fn event_type_not_chosen(self) -> Finding {
        let chosen = &self.case.action.settings.event_types;
        let run = self.case.last_run.as_ref();
        let not_chosen =
            |types: &[EventType]| -> Vec<EventType> { types.iter().copied().filter(|event| !chosen.contains(*event)).collect() };
        let dropped = run.map(|run| not_chosen(&run.expected)).unwrap_or_default();
        let withheld = run.map(|run| not_chosen(&run.withheld)).unwrap_or_default();
        let evidence = [
            Some(Evidence::known("Chosen event types", list(chosen.as_slice()))),
            run.map(|run| Evidence::known("Newest run", format!("{} of {}", run.id, run.started_at))),
        ];
        let finding = if !dropped.is_empty() {
            Finding::cause(format!(
                "The alert action does not send {} any more: the newest run still expected it. Choose the event type in the alert action.",
                list(&dropped)
            ))
        } else if !withheld.is_empty() {
            Finding::suspect(format!(
                "The newest run asked for {}, which the alert action does not choose: iLert withholds it. If it is wanted, choose it in the alert action.",
                list(&withheld)
            ))
        } else {
            Finding::healthy("The alert action sends what is asked of it.")
        };
        finding.with(evidence.into_iter().flatten())
    }

    pub(super) fn manual_mode(self) -> Finding {
        let mode = self.case.action.settings.trigger_mode;
        let evidence = [Evidence::known("Trigger mode", mode)];
        let changed_since = self.case.proven_at.map(|at| self.case.action_changed_at > at);
        match (mode, changed_since) {
            (TriggerMode::Automatic, _) => Finding::healthy("The alert action publishes every step of an incident by itself."),
            (TriggerMode::Manual, Some(false)) => {
                Finding::healthy("The alert action publishes on a click only, and was proven in this mode.")
            }
            (TriggerMode::Manual, Some(true)) => Finding::cause(
                "The alert action was changed since it was last proven, and its trigger mode is Manual: nothing is published unless somebody clicks. Choose Automatic in the alert action.",
            ),
            (TriggerMode::Manual, None) => Finding::suspect(
                "The trigger mode of the alert action is Manual: nothing is published unless somebody clicks. If that is not meant, choose Automatic.",
            ),
        }
        .with(evidence)
    }
}

fn list(types: &[EventType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
