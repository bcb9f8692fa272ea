//! Adopting a chain that somebody made: what is there is found, and taken into the record as it is. Nothing is written to AWS.

mod scan;

use waybill_domain::{QueueArn, QueueName};

pub use scan::{Candidate, Scan, scan};

use crate::log::{ChainLog, ChainLogError};
use crate::observed::Observed;
use crate::policy::{Grant, ResourcePolicy, Right};
use crate::record::{ChainChange, ChainRecord, Part};
use crate::spec::{ChainSpec, PatternChoice, Permission, QueueChoice, RuleSpec, TargetSpec};

/// Takes a chain into the record as it was read: every part of it is somebody else's, and no undo removes it.
///
/// # Errors
/// When the record cannot be kept.
pub async fn adopt(log: &dyn ChainLog, spec: &ChainSpec, observed: &Observed) -> Result<ChainRecord, ChainLogError> {
    log.write(ChainChange::Begin(Box::new(spec.clone()))).await?;
    for part in parts(spec, observed) {
        log.write(ChainChange::Adopt(part)).await?;
    }
    log.write(ChainChange::Pattern(spec.pattern())).await?;
    let queue_url = observed.queue.value.as_ref().map(|queue| queue.url.clone()).unwrap_or_default();
    log.write(ChainChange::Complete { queue_url }).await
}

/// The specification of a chain that is there; a later set-up finds it as wanted.
pub fn spec_of(candidate: &Candidate) -> ChainSpec {
    let pattern = PatternChoice::Own(candidate.pattern.clone());
    ChainSpec {
        source: candidate.source.clone(),
        account: candidate.account.clone(),
        region: candidate.region.clone(),
        permission: Permission::None,
        rule: RuleSpec { name: candidate.rule.clone(), description: candidate.description.clone(), pattern },
        target: TargetSpec {
            queue: QueueChoice::Existing(candidate.queue.clone()),
            dead_letter: candidate.dead_letter.clone().map(QueueChoice::Existing),
        },
    }
}

fn parts(spec: &ChainSpec, observed: &Observed) -> Vec<Part> {
    let queue = |choice: &QueueChoice, dead_letter| Part::Queue { name: choice.name().clone(), arn: spec.arn_of(choice), dead_letter };
    let mut parts = vec![Part::Bus { name: spec.bus().to_owned() }, spec.rule_part(), queue(&spec.target.queue, false)];
    parts.extend(spec.target.dead_letter.iter().map(|dead| queue(dead, true)));
    let grant = Grant { rule: spec.rule_arn(), queue: spec.arn_of(&spec.target.queue) };
    let policy = observed.queue.value.as_ref().and_then(|queue| ResourcePolicy::read(queue.policy()).ok());
    if policy.is_some_and(|policy| policy.has(&grant.sid())) {
        parts.push(Part::QueueStatement { queue: spec.target.queue.name().clone(), sid: grant.sid() });
    }
    let arn = spec.arn_of(&spec.target.queue);
    let target = observed.targets.value.iter().find(|target| target.arn == arn.as_str());
    parts.extend(target.map(|target| Part::Target { bus: spec.bus().to_owned(), rule: spec.rule.name.clone(), id: target.id.clone() }));
    parts
}

/// The name of a queue of this account and region.
fn own_queue(arn: &str, of: impl Fn(&QueueName) -> QueueArn) -> Option<QueueName> {
    let name: QueueName = arn.rsplit(':').next()?.parse().ok()?;
    (of(&name).as_str() == arn).then_some(name)
}
