//! The operations, one file each.

mod activate_event_source;
mod create_event_bus;
mod create_partner_event_source;
mod deactivate_event_source;
mod delete_event_bus;
mod delete_partner_event_source;
mod delete_rule;
mod describe_event_bus;
mod describe_event_source;
mod describe_partner_event_source;
mod describe_rule;
mod disable_rule;
mod enable_rule;
mod list_event_buses;
mod list_event_sources;
mod list_partner_event_source_accounts;
mod list_partner_event_sources;
mod list_rule_names_by_target;
mod list_rules;
mod list_tags_for_resource;
mod list_targets_by_rule;
mod put_events;
mod put_partner_events;
mod put_permission;
mod put_rule;
mod put_targets;
mod remove_permission;
mod remove_targets;
mod shared;
mod tag_resource;
mod test_event_pattern;
mod untag_resource;
mod update_event_bus;

use crate::call::{Call, CallerKind, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, Settings, World};

type Handler = fn(&mut World, &Call<'_>, &mut Journal) -> Result<Outcome, ApiError>;

/// An operation, ready to run under the world's lock.
#[derive(Debug)]
pub(crate) enum Operation {
    /// Everything that reads its input when it runs.
    Plain(Handler),
    /// `PutEvents`, its entries already checked.
    PutEvents(put_events::Batch),
    /// `PutPartnerEvents`, its entries already checked.
    PutPartnerEvents(put_partner_events::Batch),
}

/// Whose operation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Customer,
    Partner,
}

impl Operation {
    /// The operation of an `X-Amz-Target`, without `AWSEvents.`, as far as it can be prepared without the world.
    ///
    /// # Errors
    /// `UnknownOperationException`; `AccessDeniedException` for the other side's operation; what is wrong
    /// with a batch of events.
    pub(crate) fn named(name: &str, call: &Call<'_>, settings: &Settings) -> Result<Self, ApiError> {
        match name {
            "PutEvents" => put_events::Batch::read(call).map(Self::PutEvents),
            "PutPartnerEvents" => {
                authorize(Side::Partner, name, call)?;
                put_partner_events::Batch::read(call, &settings.account_id).map(Self::PutPartnerEvents)
            }
            _ => {
                let (side, handler) = handler(name).ok_or_else(ApiError::unknown_operation)?;
                authorize(side, name, call)?;
                Ok(Self::Plain(handler))
            }
        }
    }

    /// Every operation, for the page that lists them.
    #[cfg(test)]
    pub(crate) fn names() -> Vec<&'static str> {
        OPERATIONS.iter().map(|(name, ..)| *name).chain(["PutEvents", "PutPartnerEvents"]).collect()
    }

    /// Runs it.
    ///
    /// # Errors
    /// The operation's own.
    pub(crate) fn run(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
        world.events.expire(call.now_ms, journal);
        match self {
            Self::Plain(handler) => handler(world, call, journal),
            Self::PutEvents(batch) => batch.publish(world, call, journal),
            Self::PutPartnerEvents(batch) => Ok(batch.publish(world, call, journal)),
        }
    }
}

use Side::{Customer, Partner};

/// Everything but the two that publish, by name.
const OPERATIONS: &[(&str, Side, Handler)] = &[
    ("ActivateEventSource", Customer, activate_event_source::handle),
    ("CreateEventBus", Customer, create_event_bus::handle),
    ("CreatePartnerEventSource", Partner, create_partner_event_source::handle),
    ("DeactivateEventSource", Customer, deactivate_event_source::handle),
    ("DeleteEventBus", Customer, delete_event_bus::handle),
    ("DeletePartnerEventSource", Partner, delete_partner_event_source::handle),
    ("DeleteRule", Customer, delete_rule::handle),
    ("DescribeEventBus", Customer, describe_event_bus::handle),
    ("DescribeEventSource", Customer, describe_event_source::handle),
    ("DescribePartnerEventSource", Partner, describe_partner_event_source::handle),
    ("DescribeRule", Customer, describe_rule::handle),
    ("DisableRule", Customer, disable_rule::handle),
    ("EnableRule", Customer, enable_rule::handle),
    ("ListEventBuses", Customer, list_event_buses::handle),
    ("ListEventSources", Customer, list_event_sources::handle),
    ("ListPartnerEventSourceAccounts", Partner, list_partner_event_source_accounts::handle),
    ("ListPartnerEventSources", Partner, list_partner_event_sources::handle),
    ("ListRuleNamesByTarget", Customer, list_rule_names_by_target::handle),
    ("ListRules", Customer, list_rules::handle),
    ("ListTagsForResource", Customer, list_tags_for_resource::handle),
    ("ListTargetsByRule", Customer, list_targets_by_rule::handle),
    ("PutPermission", Customer, put_permission::handle),
    ("PutRule", Customer, put_rule::handle),
    ("PutTargets", Customer, put_targets::handle),
    ("RemovePermission", Customer, remove_permission::handle),
    ("RemoveTargets", Customer, remove_targets::handle),
    ("TagResource", Customer, tag_resource::handle),
    ("TestEventPattern", Customer, test_event_pattern::handle),
    ("UntagResource", Customer, untag_resource::handle),
    ("UpdateEventBus", Customer, update_event_bus::handle),
];

fn handler(name: &str) -> Option<(Side, Handler)> {
    let at = OPERATIONS.binary_search_by_key(&name, |(other, ..)| other).ok()?;
    let (_, side, handler) = OPERATIONS[at];
    Some((side, handler))
}

/// Partner sources are the partner's, buses and rules the customer's.
fn authorize(side: Side, operation: &str, call: &Call<'_>) -> Result<(), ApiError> {
    match (side, call.caller.kind) {
        (Side::Customer, CallerKind::Customer) | (Side::Partner, CallerKind::Partner) => Ok(()),
        _ => Err(ApiError::access_denied(format!("User: {} is not authorized to perform: events:{operation}", call.caller.arn()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_stand_in_order() {
        assert!(OPERATIONS.is_sorted_by_key(|(name, ..)| *name), "they are found by halving");
    }
}
