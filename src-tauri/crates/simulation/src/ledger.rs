//! A ledger in memory: every method is one commit, and what it holds survives every program of the simulation.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};

use waybill_domain::{
    ActionId, Content, EventType, Evidence, Expectation, Fingerprint, IncidentId, Judgement, Outgoing, ReadBack, RunId, RunState,
    RunSummary, Sending, Tally, Timestamp, Verdict, Watch,
};
use waybill_proof::{
    ANSWER_WITHIN_MS, Answer, Arrival, Candidate, Claim, ClaimKey, Close, Closing, Entries, EntryRecord, Hold, Ledger, LedgerError,
    Outcome, Ownership, PlannedEvent, PollerReport, Reader, Received, Resumed, RunRecord, RunRequest, whose,
};

/// What every program of a world has committed.
#[derive(Debug, Default)]
pub struct MemoryLedger {
    runs: Vec<KeptRun>,
    places: HashMap<RunId, usize>,
    held: HashSet<RunId>,
    /// The event of every message that was read.
    messages: HashMap<String, (usize, u32)>,
    /// The event with each of EventBridge's ids.
    ids: HashMap<String, (usize, u32)>,
    /// The events about each incident and type.
    about: HashMap<(IncidentId, EventType), Vec<(usize, u32)>>,
    arrivals: i64,
    clocks: HashMap<String, Timestamp>,
}

#[derive(Debug)]
struct KeptRun {
    request: Arc<RunRequest>,
    events: Vec<PlannedEvent>,
    started_at: Timestamp,
    entries: Vec<KeptEntry>,
    arrivals: Vec<Arrival>,
    poller: PollerReport,
    closing: Option<Closing>,
    is_amended: bool,
}

#[derive(Debug)]
struct KeptEntry {
    number: i64,
    fingerprint: Fingerprint,
    sending: Sending,
    left: Option<Timestamp>,
    request_id: Option<Arc<str>>,
    copies: Vec<ReadBack>,
    /// The words with which copies amended the closed run.
    amended: Vec<Verdict>,
}

/// An event of a run: its expectation and how far it got, with its copies.
#[derive(Debug, Clone, Copy)]
pub struct KeptEvent<'a> {
    /// What was planned.
    pub outgoing: &'a Outgoing,
    /// How far it got.
    pub sending: &'a Sending,
    /// The words with which copies amended its closed run.
    pub amended: &'a [Verdict],
}

impl MemoryLedger {
    /// Agrees on when the computer started.
    pub fn clock(&mut self, boot: &str, started: Timestamp) -> Timestamp {
        let is_in_use = self.runs.iter().any(|run| run.closing.is_none());
        match self.clocks.get(boot) {
            Some(kept) if is_in_use => *kept,
            _ => {
                self.clocks.insert(boot.to_owned(), started);
                started
            }
        }
    }

    /// Commits a run with all its events; it is held.
    pub fn begin(&mut self, request: Arc<RunRequest>, at: Timestamp) {
        let place = self.runs.len();
        let mut entries = Vec::new();
        let events: Vec<PlannedEvent> = request.events.iter().collect();
        for (entry, event) in (0u32..).zip(&events) {
            let withheld = event.expectation == Expectation::Withheld;
            entries.push(KeptEntry {
                number: i64::try_from(place).unwrap_or(0) * 1_000_000 + i64::from(entry) + 1,
                fingerprint: fingerprint(&event.outgoing),
                sending: if withheld { Sending::Withheld { at } } else { Sending::Planned },
                left: None,
                request_id: None,
                copies: Vec::new(),
                amended: Vec::new(),
            });
            self.about.entry((event.outgoing.incident, event.outgoing.event_type)).or_default().push((place, entry));
        }
        self.places.insert(request.run, place);
        self.held.insert(request.run);
        let run = KeptRun {
            request,
            events,
            started_at: at,
            entries,
            arrivals: Vec::new(),
            poller: PollerReport::default(),
            closing: None,
            is_amended: false,
        };
        self.runs.push(run);
    }

    /// Commits since when the withheld events of a run are withheld.
    pub fn withheld(&mut self, run: RunId, at: Timestamp) {
        let sendings = self.run_mut(run).entries.iter_mut().map(|kept| &mut kept.sending);
        sendings.filter(|sending| matches!(sending, Sending::Withheld { .. })).for_each(|sending| *sending = Sending::Withheld { at });
    }

    /// Commits that entries leave.
    pub fn leaving(&mut self, run: RunId, entries: &[u32], at: Timestamp) {
        for entry in entries {
            let kept = self.entry_mut(run, *entry);
            (kept.left, kept.sending) = (Some(at), Sending::Leaving { at });
        }
    }

    /// Commits answers.
    pub fn answered(&mut self, run: RunId, answers: Vec<Answer>) {
        let place = self.places[&run];
        for Answer { entry, outcome, request_id, at } in answers {
            let kept = self.entry_mut(run, entry);
            let left = *kept.left.get_or_insert(at);
            kept.request_id = request_id;
            kept.sending = match outcome {
                Outcome::Accepted { event_id } => Sending::Accepted { left, at, event_id },
                Outcome::Rejected { code, message } => Sending::Rejected { left, code, message },
                Outcome::NotSent { why } => Sending::NotSent { why },
                Outcome::Unknown { why } => Sending::OutcomeUnknown { left, why },
            };
            if let Sending::Accepted { event_id, .. } = &kept.sending {
                let event_id = event_id.clone();
                self.ids.entry(event_id).or_insert((place, entry));
            }
        }
    }

    /// Finds out whose messages these are and keeps the own ones.
    pub fn arrived(&mut self, messages: &[Received]) -> Vec<Ownership> {
        messages.iter().map(|message| self.keep(message)).collect()
    }

    /// The run's arrivals after a number.
    pub fn arrivals_of(&self, run: RunId, after: i64) -> Vec<Arrival> {
        self.run(run).arrivals.iter().filter(|arrival| arrival.id > after).cloned().collect()
    }

    /// Commits how a run's poller is.
    pub fn listening(&mut self, run: RunId, report: PollerReport) {
        self.run_mut(run).poller = report;
    }

    /// The other runs whose pollers may have, or had, a receive open.
    pub fn readers(&self, queue_url: &str, except: RunId) -> Vec<Reader> {
        let others = self.runs.iter().filter(|run| run.request.queue.url == queue_url && run.request.run != except);
        others
            .filter_map(|run| {
                Some(Reader {
                    alive: run.closing.is_none() && self.held.contains(&run.request.run),
                    read_through: run.poller.read_through,
                    reads_until: run.poller.reads_until?,
                })
            })
            .collect()
    }

    /// Closes a run, unless there are arrivals that its verdicts do not take into account.
    pub fn close(&mut self, run: RunId, closing: Closing) -> Close {
        let kept = self.run_mut(run);
        if kept.arrivals.iter().any(|arrival| arrival.id > closing.seen) {
            return Close::MoreArrivals;
        }
        kept.poller = closing.poller.clone();
        kept.closing.get_or_insert(closing);
        Close::Closed
    }

    /// The open runs of a queue that nobody holds.
    pub fn interrupted(&self, queue_url: &str) -> Vec<RunId> {
        let open = self.runs.iter().filter(|run| run.closing.is_none() && run.request.queue.url == queue_url);
        open.map(|run| run.request.run).filter(|run| !self.held.contains(run)).collect()
    }

    /// Takes an interrupted run over.
    pub fn resume(&mut self, run: RunId) -> Option<RunRecord> {
        if self.run(run).closing.is_some() || !self.held.insert(run) {
            return None;
        }
        Some(self.record(run))
    }

    /// Lets a run go: its program ended with it, or ended.
    pub fn let_go(&mut self, run: RunId) {
        self.held.remove(&run);
    }

    /// Whether a run was begun.
    pub fn has_run(&self, run: RunId) -> bool {
        self.places.contains_key(&run)
    }

    /// A run's end; none while it is open.
    pub fn closing(&self, run: RunId) -> Option<&Closing> {
        self.run(run).closing.as_ref()
    }

    /// How a run's poller was last committed to be.
    pub fn poller(&self, run: RunId) -> &PollerReport {
        &self.run(run).poller
    }

    /// An event as it stands.
    pub fn event(&self, run: RunId, entry: u32) -> KeptEvent<'_> {
        let run = self.run(run);
        let kept = &run.entries[entry as usize];
        KeptEvent { outgoing: &run.events[entry as usize].outgoing, sending: &kept.sending, amended: &kept.amended }
    }

    /// Whether a message is committed.
    pub fn has_message(&self, message_id: &str) -> bool {
        self.messages.contains_key(message_id)
    }

    /// The verdict that a reader of the ledger sees on an event of an open run.
    pub fn judged(&self, run: RunId, entry: u32, now: Timestamp) -> Judgement {
        let kept = self.run(run);
        let watch = Watch::from_records(now, &kept.poller.gaps, !self.held.contains(&run));
        self.evidence(kept, entry as usize).judge(kept.request.timeout_ms, &watch)
    }

    fn keep(&mut self, message: &Received) -> Ownership {
        if self.messages.contains_key(&message.message_id) {
            return Ownership::Own;
        }
        let Some(claim) = Claim::read(&message.body) else { return Ownership::Foreign };
        let Ok(found) = whose((&claim, &message.body), &Known(self, message.at));
        let ((place, entry), found) = match found {
            Ok(found) => found,
            Err(whose) => return whose,
        };
        let copy = ReadBack { event_id: found.event_id, at: message.at, differs: found.differs };
        let kept = &self.runs[place];
        let amends = kept.closing.as_ref().map(|_| self.evidence(kept, entry as usize).amendment(kept.request.timeout_ms, &copy));
        self.messages.insert(message.message_id.clone(), (place, entry));
        self.arrivals += 1;
        let kept = &mut self.runs[place];
        kept.is_amended |= amends.is_some();
        kept.entries[entry as usize].amended.extend(amends);
        kept.entries[entry as usize].copies.push(copy.clone());
        kept.arrivals.push(Arrival { id: self.arrivals, entry, copy });
        Ownership::Own
    }

    fn candidates(&self, key: &ClaimKey) -> Vec<((usize, u32), Candidate)> {
        let Ok(event_type) = key.event_type.parse::<EventType>() else { return Vec::new() };
        let about = self.about.get(&(key.incident, event_type)).into_iter().flatten().rev();
        let candidates = about.map(|place| (*place, self.candidate(*place)));
        candidates.filter(|(_, candidate)| key.source.as_deref().is_none_or(|source| source == candidate.sent.source.as_str())).collect()
    }

    fn candidate(&self, (place, entry): (usize, u32)) -> Candidate {
        let (run, entry) = (&self.runs[place], entry as usize);
        let kept = &run.entries[entry];
        Candidate {
            publication: kept.number,
            is_planned: kept.sending == Sending::Planned,
            is_leaving: matches!(kept.sending, Sending::Leaving { .. }),
            event_id: kept.sending.event_id().map(ToOwned::to_owned),
            fingerprint: kept.fingerprint.clone(),
            sent: run.events[entry].outgoing.clone(),
        }
    }

    fn evidence(&self, run: &KeptRun, entry: usize) -> Evidence {
        let kept = &run.entries[entry];
        Evidence { expectation: run.events[entry].expectation, sending: kept.sending.clone(), copies: kept.copies.clone() }
    }

    fn record(&self, run: RunId) -> RunRecord {
        let kept = self.run(run);
        let entries = kept.entries.iter().zip(&kept.events).enumerate().map(|(entry, (row, event))| EntryRecord {
            event_type: event.outgoing.event_type,
            incident: event.outgoing.incident,
            request_id: row.request_id.clone(),
            evidence: self.evidence(kept, entry),
        });
        RunRecord {
            summary: self.summary(kept),
            queue: kept.request.queue.clone(),
            reading: kept.request.reading,
            timeout_ms: kept.request.timeout_ms,
            transformer: kept.request.transformer.clone(),
            poller: kept.poller.clone(),
            entries: entries.collect(),
            seen: kept.arrivals.last().map_or(0, |arrival| arrival.id),
        }
    }

    fn summary(&self, kept: &KeptRun) -> RunSummary {
        RunSummary {
            run: kept.request.run,
            connection: kept.request.connection.clone(),
            mode: kept.request.mode,
            action: ActionId::new(kept.request.action.id.uuid()),
            action_name: kept.request.action.name.clone(),
            state: if self.held.contains(&kept.request.run) { RunState::Running } else { RunState::Interrupted },
            started_at: kept.started_at,
            closed_at: kept.closing.as_ref().map(|closing| closing.at),
            total: kept.entries.len() as u64,
            tally: Tally::default(),
            gaps: kept.poller.gaps.len() as u64,
            receives: kept.poller.receives,
            amended: kept.is_amended,
            proven: kept.closing.as_ref().is_some_and(|closing| closing.proven),
        }
    }

    fn run(&self, run: RunId) -> &KeptRun {
        &self.runs[self.places[&run]]
    }

    fn run_mut(&mut self, run: RunId) -> &mut KeptRun {
        &mut self.runs[self.places[&run]]
    }

    fn entry_mut(&mut self, run: RunId, entry: u32) -> &mut KeptEntry {
        &mut self.run_mut(run).entries[entry as usize]
    }
}

/// The entries as they are looked up for a message that was received at a time.
struct Known<'a>(&'a MemoryLedger, Timestamp);

impl Entries for Known<'_> {
    type Row = (usize, u32);
    type Error = Infallible;

    fn with_id(&self, event_id: &str) -> Result<Option<((usize, u32), Candidate)>, Infallible> {
        Ok(self.0.ids.get(event_id).map(|place| (*place, self.0.candidate(*place))))
    }

    fn about(&self, key: &ClaimKey) -> Result<Vec<((usize, u32), Candidate)>, Infallible> {
        Ok(self.0.candidates(key))
    }

    fn is_any_leaving(&self) -> Result<bool, Infallible> {
        let since = self.1.plus_millis(-ANSWER_WITHIN_MS);
        let mut entries = self.0.runs.iter().flat_map(|run| &run.entries);
        Ok(entries.any(|entry| matches!(entry.sending, Sending::Leaving { at } if at > since)))
    }
}

/// What no request can carry will never be compared with anything; nor will what is no JSON.
fn fingerprint(outgoing: &Outgoing) -> Fingerprint {
    let content = outgoing.check_size().ok().and_then(|()| Content::read(&outgoing.envelope("")).ok());
    content.map_or_else(|| Fingerprint::from_kept(""), |content| content.fingerprint())
}

/// A [`MemoryLedger`] that several programs share.
#[derive(Debug, Clone, Default)]
pub struct SharedLedger(Arc<Mutex<MemoryLedger>>);

impl SharedLedger {
    fn locked(&self) -> MutexGuard<'_, MemoryLedger> {
        self.0.lock().expect("no commit panics")
    }
}

struct Held(RunId, SharedLedger);

impl Hold for Held {}

impl Drop for Held {
    fn drop(&mut self) {
        self.1.locked().let_go(self.0);
    }
}

impl Ledger for SharedLedger {
    fn clock(&self, boot: String, started: Timestamp) -> Result<Timestamp, LedgerError> {
        Ok(self.locked().clock(&boot, started))
    }

    fn begin(&self, request: Arc<RunRequest>, at: Timestamp) -> Result<Box<dyn Hold>, LedgerError> {
        let held = Held(request.run, self.clone());
        self.locked().begin(request, at);
        Ok(Box::new(held))
    }

    fn withheld(&self, run: RunId, at: Timestamp) -> Result<(), LedgerError> {
        self.locked().withheld(run, at);
        Ok(())
    }

    fn leaving(&self, run: RunId, entries: Vec<u32>, at: Timestamp) -> Result<(), LedgerError> {
        self.locked().leaving(run, &entries, at);
        Ok(())
    }

    fn answered(&self, run: RunId, answers: Vec<Answer>) -> Result<(), LedgerError> {
        self.locked().answered(run, answers);
        Ok(())
    }

    fn arrived(&self, messages: Vec<Received>) -> Result<Vec<Ownership>, LedgerError> {
        Ok(self.locked().arrived(&messages))
    }

    fn arrivals_of(&self, run: RunId, after: i64) -> Result<Vec<Arrival>, LedgerError> {
        Ok(self.locked().arrivals_of(run, after))
    }

    fn listening(&self, run: RunId, report: PollerReport) -> Result<(), LedgerError> {
        self.locked().listening(run, report);
        Ok(())
    }

    fn readers(&self, queue_url: String, except: RunId) -> Result<Vec<Reader>, LedgerError> {
        Ok(self.locked().readers(&queue_url, except))
    }

    fn close(&self, run: RunId, closing: Closing) -> Result<Close, LedgerError> {
        Ok(self.locked().close(run, closing))
    }

    fn interrupted(&self, queue_url: String) -> Result<Vec<RunId>, LedgerError> {
        Ok(self.locked().interrupted(&queue_url))
    }

    fn resume(&self, run: RunId) -> Result<Option<Resumed>, LedgerError> {
        let record = self.locked().resume(run);
        Ok(record.map(|record| (Box::new(Held(run, self.clone())) as Box<dyn Hold>, record)))
    }
}
