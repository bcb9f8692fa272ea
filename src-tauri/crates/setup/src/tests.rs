//! What the tests of several modules share.

use std::collections::BTreeMap;

use waybill_domain::Timestamp;

use crate::call::Call;
use crate::{
    BusSeen, ChainSpec, Grant, MyOrganization, Observed, QueueSeen, Read, RuleSeen, SourceSeen, SourceState, TargetInput, TargetSeen,
};

/// The suggested chain of the page's sample source.
pub(crate) fn spec() -> ChainSpec {
    let source = "aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352".parse().unwrap();
    ChainSpec::suggested(source, "123456789012".parse().unwrap(), "eu-central-1".parse().unwrap())
}

fn read<T>(call: Call, value: T) -> Read<T> {
    Read { value, call, request_id: Some("r-1".into()) }
}

pub(crate) fn source(state: SourceState) -> SourceSeen {
    SourceSeen { state, arn: "arn".into(), created_by: None, expires_at: Some(Timestamp::from_millis(6 * 86_400_000)) }
}

/// A new source and nothing else.
pub(crate) fn nothing_made() -> Observed {
    Observed {
        source: read(Call::events("DescribeEventSource"), Some(source(SourceState::Pending))),
        bus: read(Call::events("DescribeEventBus"), None),
        rule: read(Call::events("DescribeRule"), None),
        targets: read(Call::events("ListTargetsByRule"), Vec::new()),
        queue: read(Call::sqs("GetQueueUrl"), None),
        dead_letter: None,
        organization: Some(read(Call::organizations("DescribeOrganization"), MyOrganization::Id("o-a1b2c3d4e5".into()))),
    }
}

/// Everything as `spec` wants it.
pub(crate) fn all_made(spec: &ChainSpec) -> Observed {
    let arn = spec.arn_of(&spec.target.queue);
    let grant = Grant { rule: spec.rule_arn(), queue: arn.clone() };
    let policy = crate::ResourcePolicy::default().allowing(&grant).text();
    let queue = QueueSeen {
        name: spec.target.queue.name().clone(),
        url: "http://127.0.0.1/123456789012/q".into(),
        attributes: BTreeMap::from([("QueueArn".into(), arn.to_string()), ("Policy".into(), policy)]),
    };
    let mut observed = nothing_made();
    observed.source.value = Some(source(SourceState::Active));
    observed.bus.value = Some(BusSeen { arn: spec.bus_arn().to_string(), policy: None, log: None });
    observed.rule.value = Some(RuleSeen {
        arn: spec.rule_arn().to_string(),
        enabled: true,
        pattern: Some(spec.pattern()),
        description: spec.rule.description.clone(),
        managed_by: None,
    });
    observed.targets.value = vec![TargetSeen {
        id: "waybill".into(),
        arn: arn.to_string(),
        dead_letter: None,
        message_group: None,
        changes_event: None,
        input: TargetInput::Event,
        retry: None,
        role: None,
    }];
    observed.queue.value = Some(queue);
    observed
}
