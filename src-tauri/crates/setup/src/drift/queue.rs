//! A queue: its attributes, and its policy statement by statement.

use std::collections::BTreeSet;

use super::{ABSENT, DriftPart, FieldDrift, field, pretty};
use crate::observed::QueueSeen;
use crate::policy::{Presence, ResourcePolicy};
use crate::settings::QueueSettings;

pub(super) fn queue(part: DriftPart, recorded: &QueueSettings, seen: Option<&QueueSeen>) -> Vec<FieldDrift> {
    let Some(seen) = seen else { return field(part, "Queue", recorded.name.as_str(), ABSENT).into_iter().collect() };
    let live = QueueSettings::of(seen);
    // SQS always tells this one: without it the record is what a set-up asks for, and all else is SQS's to choose.
    let is_whole = recorded.attributes.contains_key("VisibilityTimeout");
    let names: BTreeSet<&String> = match is_whole {
        true => recorded.attributes.keys().chain(live.attributes.keys()).collect(),
        false => recorded.attributes.keys().collect(),
    };
    let shown =
        |settings: &QueueSettings, name: &String| settings.attributes.get(name).map_or_else(|| "none".to_owned(), |text| pretty(text));
    let attributes = names.into_iter().filter_map(|name| field(part, name, shown(recorded, name), shown(&live, name)));
    attributes.chain(statements(part, recorded, &live).into_iter().filter(|drift| is_whole || drift.recorded != ABSENT)).collect()
}

fn statements(part: DriftPart, recorded: &QueueSettings, live: &QueueSettings) -> Vec<FieldDrift> {
    let read = |settings: &QueueSettings| ResourcePolicy::read(settings.policy.as_deref());
    let (Ok(recorded_policy), Ok(live_policy)) = (read(recorded), read(live)) else {
        let shown = |settings: &QueueSettings| settings.policy.as_deref().map_or_else(|| ABSENT.to_owned(), pretty);
        let whole = field(part, "Policy", shown(recorded), shown(live));
        return whole.map(|drift| FieldDrift { restorable: false, ..drift }).into_iter().collect();
    };
    let drift = |(name, presence): (String, Presence)| {
        let field = format!("Policy statement {name}");
        let (recorded, live, restorable) = match presence {
            Presence::Gone(recorded) => (pretty(&recorded), ABSENT.to_owned(), true),
            Presence::Changed(recorded, live) => (pretty(&recorded), pretty(&live), true),
            Presence::Added(live) => (ABSENT.to_owned(), pretty(&live), false),
        };
        FieldDrift { part, field, recorded, live, restorable }
    };
    recorded_policy.changes_to(&live_policy).into_iter().map(drift).collect()
}
