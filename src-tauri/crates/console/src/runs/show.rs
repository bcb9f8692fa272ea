//! From the records of a run to what is shown.

use waybill_domain::{ActionId, EventReport, RunId, RunState, RunSummary};

use crate::view;

/// A run without its events.
pub(crate) fn summary(run: &RunSummary) -> view::RunSummary {
    let latency = &run.tally.latency;
    view::RunSummary {
        run_id: run.run.to_string(),
        connection: run.connection.clone(),
        mode: run.mode.to_string(),
        action: run.action_name.clone(),
        proven: run.proven,
        amended: run.amended,
        published: run.tally.published,
        accepted: run.tally.accepted,
        counts: run.tally.counts,
        poller: view::PollerReport { gaps: run.gaps, receives: run.receives },
        latency_ms: view::Latency { p50: latency.p50, p95: latency.p95, p99: latency.p99, max: latency.max },
        duration_ms: run.duration_ms(),
        action_id: run.action.to_string(),
        started_at: run.started_at,
        closed_at: run.closed_at,
        state: match run.state {
            RunState::Running => "running",
            RunState::Closed => "closed",
            RunState::Interrupted => "interrupted",
        }
        .to_owned(),
        total: run.total,
    }
}

/// One event of a run.
pub(crate) fn event(event: EventReport) -> view::EventReport {
    view::EventReport {
        event_type: event.event_type,
        incident_id: event.incident.to_string(),
        event_id: event.event_id,
        expected: event.expectation.must_arrive(),
        verdict: event.judgement.verdict,
        published_at: event.published_at,
        accepted_at: event.accepted_at,
        received_at: event.judgement.received_at,
        latency_ms: event.judgement.latency_ms,
        copies: event.judgement.copies,
        request_id: event.request_id,
        reason: event.judgement.reason,
    }
}

/// The run that a row of the stream belongs to.
#[derive(Debug, Clone)]
pub(crate) struct RowRun {
    pub run: RunId,
    pub action: ActionId,
    pub action_name: String,
}

/// One event of a run as a row of the stream.
pub(crate) fn delivery_row(id: i64, of: &RowRun, event: EventReport) -> view::DeliveryRow {
    view::DeliveryRow {
        id,
        run_id: of.run.to_string(),
        action_id: of.action.to_string(),
        action: of.action_name.clone(),
        event_type: event.event_type,
        incident_id: event.incident.to_string(),
        expected: event.expectation.must_arrive(),
        verdict: event.judgement.verdict,
        published_at: event.published_at,
        latency_ms: event.judgement.latency_ms,
        event_id: event.event_id,
        request_id: event.request_id,
        reason: event.judgement.reason,
    }
}
