//! The evidence of a run: gathered when it begins, shown with whether it is as it was sealed.

use serde_json::Value;
use waybill_delivery::CrossCheck;
use waybill_domain::{RunId, Timestamp};
use waybill_setup::{ChainRecord, Observed, QueueSeen, SourceState, TargetSeen, drift};
use waybill_store::{Circumstances, EvidenceRow, Ref, RunHolds, RunRow, SealState, StoreError};

use crate::Error;
use crate::runs::summary;
use crate::view::{
    ChainDocument, ChainPart, CrossCheckView, EvidenceState, EvidenceView, GapView, PatternAnswerView, ReadingView, RehearsalView,
    RunCircumstances, RunHead,
};

/// Waybill's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Attributes of a queue that say how it treats messages (SQS API, GetQueueAttributes); counts and times of it are left out.
const QUEUE_SETTINGS: [&str; 10] = [
    "RedrivePolicy",
    "RedriveAllowPolicy",
    "VisibilityTimeout",
    "MessageRetentionPeriod",
    "DelaySeconds",
    "KmsMasterKeyId",
    "SqsManagedSseEnabled",
    "FifoQueue",
    "ContentBasedDeduplication",
    "ReceiveMessageWaitTimeSeconds",
];

/// What is kept with a run that begins now.
pub(crate) fn circumstances(
    chain: &ChainRecord,
    endpoint: Option<&str>,
    seen: &Result<Observed, Error>,
    check: &CrossCheck,
    (reading, rehearsal): (ReadingView, Option<RehearsalView>),
) -> Result<Circumstances, Error> {
    let document = RunCircumstances {
        endpoint: endpoint.map(ToOwned::to_owned),
        region: chain.spec.region.to_string(),
        account: chain.spec.account.to_string(),
        parts: seen.as_ref().map(|seen| parts(chain, seen)).unwrap_or_default(),
        unread: seen.as_ref().err().map(Error::sentence),
        recorded_pattern: chain.pattern.clone(),
        cross_check: cross_check(check),
        reading,
        rehearsal,
    };
    let document =
        serde_json::to_string(&document).map_err(|error| Error::Broken(format!("the chain cannot be written as JSON: {error}")))?;
    let drift = seen.as_ref().map(|seen| drift(chain, seen)).unwrap_or_default();
    Ok(Circumstances { version: VERSION.to_owned(), document, drift })
}

fn cross_check(check: &CrossCheck) -> CrossCheckView {
    let answers = check.answers.iter();
    CrossCheckView {
        answers: answers.map(|a| PatternAnswerView { event_type: a.event_type, waybill: a.waybill, aws: a.aws }).collect(),
        disagreements: check.disagreements(),
        untold: check.untold.clone(),
    }
}

fn parts(chain: &ChainRecord, seen: &Observed) -> Vec<ChainPart> {
    let spec = &chain.spec;
    let source = seen.source.value.as_ref();
    let state = match source.map(|source| source.state) {
        Some(SourceState::Active) => "ACTIVE",
        Some(SourceState::Pending) => "PENDING",
        Some(SourceState::Deleted) => "DELETED",
        None => ABSENT,
    };
    let bus = seen.bus.value.as_ref();
    let rule = seen.rule.value.as_ref();
    let rule_state = rule.map_or(ABSENT, |rule| if rule.enabled { "ENABLED" } else { "DISABLED" });
    let rule_pattern = rule.and_then(|rule| rule.pattern.as_deref());
    let mut parts = vec![
        part("Partner event source", spec.source.as_str(), source.map(|source| source.arn.as_str()), state),
        ChainPart {
            documents: documents(&[("Policy", bus.and_then(|bus| bus.policy.as_deref()))]),
            ..part("Event bus", spec.bus(), bus.map(|bus| bus.arn.as_str()), bus.map_or(ABSENT, |_| THERE))
        },
        ChainPart {
            documents: documents(&[("Event pattern", rule_pattern)]),
            ..part("Rule", spec.rule.name.as_str(), rule.map(|rule| rule.arn.as_str()), rule_state)
        },
    ];
    parts.extend(seen.targets.value.iter().map(target));
    parts.push(queue("SQS queue", spec.target.queue.name().as_str(), seen.queue.value.as_ref()));
    if let (Some(choice), Some(dead)) = (&spec.target.dead_letter, &seen.dead_letter) {
        parts.push(queue("Dead-letter queue", choice.name().as_str(), dead.value.as_ref()));
    }
    parts
}

const ABSENT: &str = "not there";
const THERE: &str = "there";

fn part(kind: &str, name: &str, arn: Option<&str>, state: &str) -> ChainPart {
    let (kind, name, state) = (kind.to_owned(), name.to_owned(), state.to_owned());
    ChainPart { kind, name, arn: arn.map(ToOwned::to_owned), state, documents: Vec::new() }
}

fn target(target: &TargetSeen) -> ChainPart {
    let state = target.changes_event.map_or(THERE.to_owned(), |what| format!("changes events by {what}"));
    let dead_letter = documents(&[("Dead-letter queue", target.dead_letter.as_deref())]);
    ChainPart { documents: dead_letter, ..part("Target", &target.id, Some(&target.arn), &state) }
}

fn queue(kind: &str, name: &str, seen: Option<&QueueSeen>) -> ChainPart {
    let Some(seen) = seen else { return part(kind, name, None, ABSENT) };
    let settings = QUEUE_SETTINGS.iter().filter_map(|name| Some(((*name).to_owned(), Value::from(seen.attribute(name)?))));
    let settings = Value::Object(settings.collect()).to_string();
    ChainPart {
        documents: documents(&[("Policy", seen.policy()), ("Attributes", Some(&settings))]),
        ..part(kind, name, Some(seen.arn()), THERE)
    }
}

fn documents(of: &[(&str, Option<&str>)]) -> Vec<ChainDocument> {
    let there = of.iter().filter_map(|(name, text)| Some((name, (*text)?)));
    there.map(|(name, text)| ChainDocument { name: (*name).to_owned(), text: text.to_owned() }).collect()
}

/// A run with everything but its events. What was altered is not proven, whatever its record says.
pub(crate) fn head(db: &Ref<'_>, run: RunId, now: Timestamp, holds: &RunHolds) -> Result<Option<(RunRow, RunHead)>, StoreError> {
    let (Some(row), Some(run_summary)) = (db.run(run)?, db.run_summary(run, now, holds)?) else { return Ok(None) };
    let evidence = view(&row, db.run_evidence(run)?, db.seal_state(&row)?);
    let mut summary = summary(&run_summary);
    summary.proven &= evidence.state != EvidenceState::Altered;
    let head = RunHead { schema: "waybill.run/1", summary, drift: db.run_drift(run)?, evidence };
    Ok(Some((row, head)))
}

fn view(run: &RunRow, kept: Option<EvidenceRow>, state: SealState) -> EvidenceView {
    let clock_at_close = kept.as_ref().and_then(|kept| kept.clock_at_close);
    EvidenceView {
        state: match state {
            SealState::Open => EvidenceState::Open,
            SealState::Intact => EvidenceState::Intact,
            SealState::Altered => EvidenceState::Altered,
            SealState::Unsealed => EvidenceState::Unsealed,
        },
        clock_drift_ms: clock_at_close.zip(run.closed_at).map(|(clock, closed)| clock.millis_since(closed)),
        clock_at_close,
        sha256: kept.as_ref().and_then(|kept| kept.sha256.clone()).filter(|seal| !seal.is_empty()),
        waybill_version: kept.as_ref().map(|kept| kept.version.clone()).filter(|version| !version.is_empty()),
        gaps: run.poller.gaps.iter().map(|gap| GapView { from: gap.from, to: gap.to, why: gap.why.clone() }).collect(),
        foreign_messages: run.poller.foreign,
        // What cannot be read any more was altered, and the state says so.
        circumstances: kept.and_then(|kept| serde_json::from_str(&kept.document).ok()),
    }
}
