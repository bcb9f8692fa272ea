//! The page "Partner event source".

use serde_json::json;

use super::{Look, Step, StepId};
use crate::observed::{SourceSeen, SourceState};

pub(super) fn steps(look: Look<'_>) -> Vec<Step> {
    let step = Step::read(StepId::FindSource, "Is the partner event source there?", &look.observed.source)
        .input(json!({ "Name": look.spec.source }))
        .finding(found(look.observed.source.value.as_ref()));
    vec![step]
}

fn found(source: Option<&SourceSeen>) -> String {
    match source {
        None => "no such source".to_owned(),
        Some(SourceSeen { state: SourceState::Active, .. }) => "Active".to_owned(),
        Some(SourceSeen { state: SourceState::Deleted, .. }) => "Deleted by the partner".to_owned(),
        Some(SourceSeen { state: SourceState::Pending, expires_at: Some(at), .. }) => {
            format!("Pending, expires {}", at.to_seconds_string())
        }
        Some(SourceSeen { state: SourceState::Pending, expires_at: None, .. }) => "Pending".to_owned(),
    }
}
