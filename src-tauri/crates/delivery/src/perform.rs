//! Drives a machine: performs its effects in their order, and tells it what happens.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior};
use waybill_aws::CallError;
use waybill_domain::RunId;
use waybill_proof::{Effect, Happened, Hold, LedgerError, Machine, Progress, Put, QueueRef, Receive};

use crate::bus::{Bus, Sent};
use crate::clock::{Clock, Slip};
use crate::queue::{self, Completed, Queue};
use crate::request::tell;
use crate::{Controls, Parts};

/// How often the machine looks at what other programs read.
const TICK: Duration = Duration::from_millis(50);

/// What a machine's effects are performed with.
pub(crate) struct Performer {
    parts: Parts,
    clock: Clock,
    slip: Slip,
    /// None where nothing is published.
    bus: Option<Bus>,
    queue: Queue,
    holds: HashMap<RunId, Box<dyn Hold>>,
    /// The first request that did not get through at all.
    failure: Option<CallError>,
}

/// Something that happened outside.
pub(crate) enum Outside {
    Sent(Vec<Sent>),
    Completed(Vec<Completed>),
    Tidied,
    Ticked,
    StopPublishing,
    Leave,
}

/// The ways in which a run is asked to end before its time, each heard once.
struct Wishes {
    controls: Controls,
    stops: bool,
    leaves: bool,
}

impl Performer {
    pub(crate) fn new(parts: Parts, queue: QueueRef, bus: Option<Bus>, clock: Clock) -> Self {
        let slip = Slip::of(&clock);
        let queue = Queue::new(&parts, queue, clock);
        Self { parts, clock, slip, bus, queue, holds: HashMap::new(), failure: None }
    }

    /// Drives a machine to its end; answers the first request that did not get through at all, where there was one.
    pub(crate) async fn drive(mut self, machine: &mut impl Machine, controls: &Controls) -> Result<Option<CallError>, LedgerError> {
        let mut wishes = Wishes { controls: controls.clone(), stops: false, leaves: false };
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.perform_all(machine)?;
            if machine.has_ended() {
                self.queue.abandon();
                return Ok(self.failure);
            }
            let outside = self.wait(&mut ticks, &mut wishes).await;
            for happened in self.told(outside) {
                machine.happened(happened, self.clock.now());
                self.perform_all(machine)?;
            }
        }
    }

    fn perform_all(&mut self, machine: &mut impl Machine) -> Result<(), LedgerError> {
        while let Some(effect) = machine.next(self.clock.now()) {
            if let Some(answer) = self.perform(effect)? {
                machine.happened(answer, self.clock.now());
            }
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> Result<Option<Happened>, LedgerError> {
        let ledger = &self.parts.ledger;
        match effect {
            Effect::Begin { request, at } => {
                let run = request.run;
                self.holds.insert(run, ledger.begin(request, at)?);
            }
            Effect::Withhold { run, at } => ledger.withheld(run, at)?,
            Effect::Leaving { run, entries, at } => ledger.leaving(run, entries, at)?,
            Effect::Answered { run, answers } => ledger.answered(run, answers)?,
            Effect::Listening { run, report } => ledger.listening(run, report)?,
            Effect::Keep(messages) => return Ok(Some(Happened::Kept(ledger.arrived(messages)?))),
            Effect::LookForArrivals { run, after } => {
                return Ok(Some(Happened::Arrived { run, arrivals: ledger.arrivals_of(run, after)? }));
            }
            Effect::LookForReaders { queue_url, except } => return Ok(Some(Happened::Readers(ledger.readers(queue_url, except)?))),
            Effect::LookForInterrupted { queue_url } => return Ok(Some(Happened::Interrupted(ledger.interrupted(queue_url)?))),
            Effect::Resume { run } => {
                let (hold, record) = ledger.resume(run)?.unzip();
                self.holds.extend(hold.map(|hold| (run, hold)));
                return Ok(Some(Happened::Resumed(record.map(Box::new))));
            }
            Effect::LetGo { run } => drop(self.holds.remove(&run)),
            Effect::Close { run, closing } => return Ok(Some(Happened::Closed(ledger.close(run, *closing)?))),
            Effect::Put { entries } => self.bus.iter_mut().for_each(|bus| bus.put(entries.clone())),
            Effect::Receive { started, wait_s } => self.queue.receive(started, wait_s),
            Effect::Delete { handles } => self.queue.delete(&handles),
            Effect::PutAside { messages } => self.queue.put_aside(&messages),
            Effect::Tell(progress) => {
                if let Progress::Counts { run, tally } = &progress {
                    ledger.counted(*run, *tally)?;
                }
                tell(&self.parts.progress, progress);
            }
        }
        Ok(None)
    }

    async fn wait(&mut self, ticks: &mut Interval, wishes: &mut Wishes) -> Outside {
        let Self { bus, queue, .. } = self;
        let sent = async {
            match bus {
                Some(bus) => bus.next().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            sent = sent => Outside::Sent(sent),
            outside = queue.next() => outside,
            _ = ticks.tick() => Outside::Ticked,
            wish = wishes.next() => wish,
        }
    }

    /// What the machine is told; a tick comes after everything that happened before it.
    fn told(&mut self, outside: Outside) -> Vec<Happened> {
        match outside {
            Outside::Sent(sent) => vec![self.answered(sent)],
            Outside::Completed(completed) => vec![self.received(completed)],
            Outside::Tidied => vec![Happened::Tidied],
            Outside::StopPublishing => vec![Happened::StopPublishing],
            Outside::Leave => vec![Happened::Leave],
            Outside::Ticked => {
                let sent = self.bus.as_mut().map(Bus::answered).unwrap_or_default();
                let completed = self.queue.completed();
                let answered = (!sent.is_empty()).then(|| self.answered(sent));
                let received = (!completed.is_empty()).then(|| self.received(completed));
                let ticked = Happened::Ticked { slipped: self.slip.look(&self.clock) };
                answered.into_iter().chain(received).chain([ticked]).collect()
            }
        }
    }

    fn answered(&mut self, sent: Vec<Sent>) -> Happened {
        let read = |sent| {
            let (put, lost) = self.bus.as_ref().map(|bus| bus.read(sent))?;
            self.failure = self.failure.take().or(lost);
            Some(put)
        };
        Happened::Answered(sent.into_iter().filter_map(read).collect::<Vec<Put>>())
    }

    fn received(&mut self, completed: Vec<Completed>) -> Happened {
        let read = |completed| {
            let (receive, lost) = queue::read(completed);
            self.failure = self.failure.take().or(lost);
            receive
        };
        Happened::Received(completed.into_iter().map(read).collect::<Vec<Receive>>())
    }
}

impl Wishes {
    /// The next wish that was not heard yet; waits for ever while there is none.
    async fn next(&mut self) -> Outside {
        tokio::select! {
            () = self.controls.leave.cancelled(), if !self.leaves => {
                self.leaves = true;
                Outside::Leave
            }
            () = self.controls.stop_publishing.cancelled(), if !self.stops => {
                self.stops = true;
                Outside::StopPublishing
            }
            else => std::future::pending().await,
        }
    }
}
