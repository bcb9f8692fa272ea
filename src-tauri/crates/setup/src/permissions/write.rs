//! What setting up and repairing a chain writes, and what takes it back.

use super::document::{IdentityStatement, allow};
use super::names::Names;
use super::put_targets;
use crate::spec::{ChainSpec, Permission, QueueChoice};

/// Sets the chain up in the order of the iLert page, and takes back what was made.
pub(super) fn set_up(names: &Names<'_>, spec: &ChainSpec) -> Vec<IdentityStatement> {
    let mut statements = vec![
        // AWS knows no resource of these actions.
        allow("FindEventSource", &["events:ListEventBuses", "events:ListEventSources", "events:TestEventPattern"], ["*".to_owned()]),
        allow("AssociateEventSource", &["events:CreateEventBus"], [names.bus()]),
        allow("ActivateEventSource", &["events:ActivateEventSource"], [names.source()]),
        allow("WriteRule", &["events:EnableRule", "events:PutRule"], [names.rule()]),
        put_targets("WriteTarget", names.rule(), vec![names.queue()]),
        allow("WriteQueues", &["sqs:SetQueueAttributes"], names.queues()),
    ];
    let made = made_queues(spec);
    if !made.is_empty() {
        statements.push(allow("MakeQueues", &["sqs:CreateQueue"], made.clone()));
        statements.push(allow("TakeQueuesBack", &["sqs:DeleteQueue"], made));
    }
    if spec.permission == Permission::MyOrganization {
        // AWS knows no resource of this action.
        statements.push(allow("ReadOrganization", &["organizations:DescribeOrganization"], ["*".to_owned()]));
    }
    if spec.permission != Permission::None {
        statements.push(allow("WriteBusPermission", &["events:PutPermission", "events:RemovePermission"], [names.bus()]));
    }
    statements.extend([
        allow("TakeRuleBack", &["events:DeleteRule", "events:DisableRule", "events:RemoveTargets"], [names.rule()]),
        allow("ReadOtherRules", &["events:ListRules"], [names.rules()]),
        allow("TakeActivationBack", &["events:DeactivateEventSource"], [names.source()]),
        allow("TakeBusBack", &["events:DeleteEventBus"], [names.bus()]),
    ]);
    statements
}

/// Makes the doctor's repairs, takes them back, and proves the chain after them. A repair's target may be anybody's that is put back, so that
/// no condition limits it.
pub(super) fn repair(names: &Names<'_>, spec: &ChainSpec) -> Vec<IdentityStatement> {
    let mut statements = vec![
        allow("RepairEventSource", &["events:ActivateEventSource", "events:DeactivateEventSource"], [names.source()]),
        allow("RepairEventBus", &["events:CreateEventBus", "events:DeleteEventBus"], [names.bus()]),
        allow(
            "RepairRule",
            &[
                "events:DeleteRule",
                "events:DisableRule",
                "events:EnableRule",
                "events:PutRule",
                "events:PutTargets",
                "events:RemoveTargets",
            ],
            [names.rule()],
        ),
        allow("RepairQueues", &["sqs:SetQueueAttributes"], names.queues()),
        allow("RepairKeys", &["kms:DisableKey", "kms:EnableKey", "kms:PutKeyPolicy"], [names.keys()]),
        allow("ProveAgain", &["sqs:DeleteMessage", "sqs:ReceiveMessage"], [names.queue()]),
    ];
    let made = made_queues(spec);
    if !made.is_empty() {
        statements.push(allow("RepairQueueItself", &["sqs:CreateQueue", "sqs:DeleteQueue"], made));
    }
    statements
}

/// The queues that Waybill makes where they do not exist.
fn made_queues(spec: &ChainSpec) -> Vec<String> {
    let all = std::iter::once(&spec.target.queue).chain(&spec.target.dead_letter);
    all.filter(|choice| matches!(choice, QueueChoice::New(_))).map(|choice| spec.arn_of(choice).to_string()).collect()
}
