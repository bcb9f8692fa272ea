//! What proving a chain takes.

use waybill_domain::Mode;

use super::document::{IdentityStatement, allow};
use super::names::Names;
use super::put_targets;
use crate::spec::{ChainSpec, QueueChoice};

/// Publishes where the customer does, reads the events back, and shows how the bus took them.
pub(super) fn prove(names: &Names<'_>, spec: &ChainSpec, mode: Mode) -> Vec<IdentityStatement> {
    // AWS knows no resource of this action.
    let mut statements = vec![allow("TryPattern", &["events:TestEventPattern"], ["*".to_owned()])];
    let is_own = matches!(spec.target.queue, QueueChoice::New(_));
    let take: &[&str] = if is_own {
        &["sqs:DeleteMessage", "sqs:ReceiveMessage"]
    } else {
        &["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
    };
    statements.push(allow("ReadBack", take, [names.queue()]));
    match mode {
        Mode::Rehearsal => statements.extend(twin(names)),
        Mode::Partner | Mode::Alert => {
            statements.push(allow("SwitchBusLogging", &["events:UpdateEventBus"], [names.bus()]));
            statements.push(allow("ReadBusLog", &["logs:FilterLogEvents"], [names.log_group()]));
            if !is_own {
                statements.extend(mirror(names));
            }
        }
    }
    statements
}

/// A probe queue of Waybill's own beside somebody else's queue, removed after the run.
fn mirror(names: &Names<'_>) -> Vec<IdentityStatement> {
    vec![
        put_targets("PutProbeTarget", names.rule(), vec![names.probes()]),
        allow("RemoveProbeTarget", &["events:RemoveTargets"], [names.rule()]),
        probe_queue(names),
    ]
}

fn probe_queue(names: &Names<'_>) -> IdentityStatement {
    let actions = [
        "sqs:CreateQueue",
        "sqs:DeleteMessage",
        "sqs:DeleteQueue",
        "sqs:GetQueueUrl",
        "sqs:ListQueueTags",
        "sqs:ReceiveMessage",
        "sqs:TagQueue",
    ];
    allow("ProbeQueue", &actions, [names.probes()])
}

/// The twin bus of a rehearsal, which sends to the chain's queue, or to one of its own where that is not there or somebody else's.
fn twin(names: &Names<'_>) -> Vec<IdentityStatement> {
    let bus = [
        "events:CreateEventBus",
        "events:DeleteEventBus",
        "events:DescribeEventBus",
        "events:ListTagsForResource",
        "events:PutEvents",
        "events:TagResource",
    ];
    vec![
        allow("TwinBus", &bus, [names.twins()]),
        allow(
            "TwinRule",
            &["events:DeleteRule", "events:ListTargetsByRule", "events:PutRule", "events:RemoveTargets"],
            [names.twin_rule()],
        ),
        put_targets("PutTwinTarget", names.twin_rule(), vec![names.queue(), names.probes()]),
        allow("LetTwinSend", &["sqs:SetQueueAttributes"], [names.queue()]),
        probe_queue(names),
    ]
}
