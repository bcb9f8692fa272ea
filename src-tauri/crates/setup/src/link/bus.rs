//! The links "Partner event source" and "Event bus".

use waybill_domain::Timestamp;

use super::{Link, LinkKind, LinkState, Look};
use crate::observed::SourceState;
use crate::record::Part;
use crate::situation::Situation;

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

pub(super) fn source(look: Look<'_>) -> Link {
    let situation = look.observed.situation();
    let link = Link::new(LinkKind::PartnerSource, name(look));
    let link = look.observed.source.value.as_ref().map_or(link.clone(), |source| link.at(&source.arn));
    let sentence = situation.sentence();
    match situation {
        Situation::NoSource => link.is(LinkState::Broken, "Not found", sentence),
        Situation::Unassociated if source_is_active(look) => link.is(LinkState::Ok, "Active", sentence),
        Situation::Unassociated => link.is(LinkState::Pending, pending_word(look), sentence),
        Situation::Associated => link.is(LinkState::Ok, "Active", sentence),
        Situation::Inactive => link.is(LinkState::Broken, "Inactive", sentence),
        Situation::Deleted => link.is(LinkState::Broken, "Deleted", sentence),
    }
}

fn source_is_active(look: Look<'_>) -> bool {
    look.observed.source.value.as_ref().is_some_and(|source| source.state == SourceState::Active)
}

/// Source and bus have one name.
fn name(look: Look<'_>) -> &str {
    look.record.spec.bus()
}

fn pending_word(look: Look<'_>) -> String {
    match look.observed.source.value.as_ref().and_then(|source| source.expires_at) {
        None => "Pending".to_owned(),
        Some(expires_at) => format!("Pending, {}", time_left(expires_at, look.now)),
    }
}

fn time_left(expires_at: Timestamp, now: Timestamp) -> String {
    match expires_at.millis_since(now) {
        left if left >= DAY_MS => format!("{} d left", left / DAY_MS),
        left if left >= HOUR_MS => format!("{} h left", left / HOUR_MS),
        left if left > 0 => format!("{} min left", left / 60_000 + 1),
        _ => "expired".to_owned(),
    }
}

pub(super) fn bus(look: Look<'_>) -> Link {
    let Some(seen) = &look.observed.bus.value else {
        return absent_bus(look);
    };
    let link = Link::new(LinkKind::Bus, name(look)).at(&seen.arn);
    match look.observed.situation() {
        Situation::Associated => link.is(LinkState::Ok, "Associated", "The event bus belongs to the partner event source."),
        Situation::Deleted => {
            link.is(LinkState::Broken, "Source deleted", "The event bus is there, but its source was deleted by the partner.")
        }
        Situation::NoSource => link.is(LinkState::Broken, "Source missing", "The event bus is there, but there is no source of its name."),
        Situation::Inactive | Situation::Unassociated => {
            link.is(LinkState::Broken, "Source inactive", "The event bus is there, but its source is not active, so that nothing comes in.")
        }
    }
}

fn absent_bus(look: Look<'_>) -> Link {
    if stood(look) {
        let link = Link::new(LinkKind::Bus, name(look));
        return link.is(LinkState::Broken, "Bus missing", "The event bus was set up, but is no longer there; its rules are gone with it.");
    }
    Link::new(LinkKind::Bus, "not associated").is(LinkState::None, "Not created", "The source is not associated with an event bus yet.")
}

fn stood(look: Look<'_>) -> bool {
    look.stood(|part| matches!(part, Part::Bus { name } if name == look.record.spec.bus()))
}

pub(super) fn drift(look: Look<'_>) -> Vec<String> {
    let name = look.record.spec.bus();
    match look.observed.situation() {
        _ if !stood(look) => Vec::new(),
        Situation::Associated => Vec::new(),
        Situation::Unassociated => vec![format!("The event bus {name} was set up, but is no longer there.")],
        Situation::Inactive => vec![format!("The partner event source {name} was active, but is pending now.")],
        Situation::Deleted => vec![format!("The partner deleted the event source {name}.")],
        Situation::NoSource => vec![format!("The partner event source {name} is no longer there.")],
    }
}
