//! Runs and take-ups: a machine of `waybill-proof` each, performed here.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use waybill_domain::Mode;
use waybill_proof::{QueueRef, Run, RunRequest, TakeUp, WhichRuns};

use crate::bus::{Bus, Publisher};
use crate::clock::Clock;
use crate::perform::Performer;
use crate::thread::on_own_thread;
use crate::{Controls, Parts, RunError, RunOutcome};

/// Makes a run: publishes, reads the queue, and judges, until every event has a verdict or the last deadline has passed. Then takes up
/// the interrupted runs of the queue whose last deadlines have passed, too.
///
/// # Errors
/// When the run cannot be recorded or the connection cannot publish. A run that had begun is then left to be taken up.
pub async fn run(parts: Parts, request: RunRequest, controls: Controls) -> Result<RunOutcome, RunError> {
    if request.mode != Mode::Partner {
        return Err(RunError::Mode(request.mode));
    }
    let partner = Publisher::Partner(parts.clients.partner().ok_or(RunError::NoPartner)?.clone());
    on_own_thread(move || perform(parts, request, partner, controls)).await
}

/// The same over a custom bus: the events are put there by PutEvents, in the partner's place.
///
/// # Errors
/// When the run cannot be recorded. A run that had begun is then left to be taken up.
pub async fn rehearse(parts: Parts, request: RunRequest, bus: String, controls: Controls) -> Result<RunOutcome, RunError> {
    if request.mode != Mode::Rehearsal {
        return Err(RunError::Mode(request.mode));
    }
    let custom = Publisher::Custom(parts.clients.events().clone(), bus);
    on_own_thread(move || perform(parts, request, custom, controls)).await
}

async fn perform(parts: Parts, request: RunRequest, publisher: Publisher, controls: Controls) -> Result<RunOutcome, RunError> {
    let (request, clock) = (Arc::new(request), Clock::agreed(&*parts.ledger)?);
    let mut machine = Run::begin(Arc::clone(&request), clock.now(), request.run.uuid().as_u64_pair().0);
    let bus = Bus::new(Arc::clone(&request), publisher, Arc::clone(&parts.recorder), clock);
    let performer = Performer::new(parts.clone(), request.queue.clone(), Some(bus), clock);
    let failure = performer.drive(&mut machine, &controls).await?;
    if !controls.leave.is_cancelled() {
        // The run itself is committed; what could not be taken up is left to the next one.
        if let Err(error) = take_up_here(WhichRuns::Due, parts, request.queue.clone(), controls.leave).await {
            tracing::warn!(%error, "interrupted runs of this queue could not be taken up");
        }
    }
    let summary = machine.into_summary().expect("a run that has ended has a summary");
    Ok(RunOutcome { summary, failure })
}

/// Takes up interrupted runs of a queue: reads the queue until it is found empty, then judges. Read back in time is Delivered, after
/// the deadline Late; what was not read and is past its deadline is Unknown, never Missing; what never left is Not sent. A run that is
/// left with an event before its deadline stays open, to be taken up again, and so does one whose queue did not answer.
///
/// # Errors
/// When the runs cannot be read or recorded; they can be taken up again.
pub async fn take_up(which: WhichRuns, parts: Parts, queue: QueueRef, leave: CancellationToken) -> Result<Vec<RunOutcome>, RunError> {
    on_own_thread(move || take_up_here(which, parts, queue, leave)).await
}

async fn take_up_here(which: WhichRuns, parts: Parts, queue: QueueRef, leave: CancellationToken) -> Result<Vec<RunOutcome>, RunError> {
    let clock = Clock::agreed(&*parts.ledger)?;
    let mut machine = TakeUp::of_queue(queue.url.clone(), which, clock.now());
    let controls = Controls { leave, ..Controls::default() };
    let failure = Performer::new(parts, queue, None, clock).drive(&mut machine, &controls).await?;
    Ok(machine.into_summaries().into_iter().map(|summary| RunOutcome { summary, failure: failure.clone() }).collect())
}
