//! The delivery engine's ledger on Waybill's store.

use std::sync::Arc;

use waybill_delivery::{
    ANSWER_WITHIN_MS, Answer, Arrival, Candidate, Claim, ClaimKey, Close, Closing, Entries, EntryRecord, Hold, Ledger, LedgerError,
    Outcome, Ownership, PollerReport, QueueRef, Reader, Received, Resumed, RunRecord, RunRequest, whose,
};
use waybill_domain::{Content, Fingerprint, Judgement, ReadBack, RunId, Tally, Timestamp, Verdict};
use waybill_store::{
    Circumstances, ClosedVerdict, EntryAnswer, EntryOutcome, Mut, NewArrival, NewPublication, NewRun, PollerRow, PublicationRow, Ref,
    RunHold, RunHolds, Store, StoreError,
};

/// Most events that are looked at for one message; more than one of the same incident and type is rare.
const MOST_CANDIDATES: u32 = 32;

/// A program's part in a run: the lock says that it works on it.
struct Held(#[expect(dead_code, reason = "held until dropped")] RunHold);

impl Hold for Held {}

/// The ledger of one data folder.
#[derive(Debug, Clone)]
pub(crate) struct StoreLedger {
    store: Store,
    /// Under which circumstances the run that begins here is made.
    circumstances: Circumstances,
    /// What the computer's clock says.
    clock: fn() -> Timestamp,
}

impl StoreLedger {
    pub(crate) fn new(store: Store, clock: fn() -> Timestamp) -> Self {
        Self { store, circumstances: Circumstances::default(), clock }
    }

    /// The same ledger for a run that begins under these circumstances.
    pub(crate) fn under(self, circumstances: Circumstances) -> Self {
        Self { circumstances, ..self }
    }

    fn holds(&self) -> RunHolds {
        RunHolds::in_folder(self.store.data_dir())
    }

    fn take(&self, run: RunId) -> Result<Option<Box<dyn Hold>>, LedgerError> {
        let taken = self.holds().take(run).map_err(LedgerError::new)?;
        Ok(taken.map(|hold| Box::new(Held(hold)) as Box<dyn Hold>))
    }

    fn write<T>(&self, writes: impl FnOnce(&mut Mut<'_>) -> Result<T, StoreError>) -> Result<T, LedgerError> {
        self.store.write_here(writes).map_err(LedgerError::new)
    }

    fn read<T>(&self, reads: impl FnOnce(&Ref<'_>) -> Result<T, StoreError>) -> Result<T, LedgerError> {
        self.store.read_back(reads).map_err(LedgerError::new)
    }
}

impl Ledger for StoreLedger {
    fn clock(&self, boot: String, started: Timestamp) -> Result<Timestamp, LedgerError> {
        self.write(|db| db.agree_on_clock(&boot, started))
    }

    fn begin(&self, request: Arc<RunRequest>, at: Timestamp) -> Result<Box<dyn Hold>, LedgerError> {
        // The lock comes first: a run that is listed is held, or it is interrupted.
        let held = self.take(request.run)?.ok_or_else(|| LedgerError::new(HeldAlready(request.run)))?;
        let circumstances = self.circumstances.clone();
        self.write(|db| {
            let number = db.insert_run(&new_run(&request, at))?;
            db.insert_circumstances(request.run, &circumstances)?;
            let events = request.events.iter().map(|event| NewPublication {
                fingerprint: fingerprint(&event.outgoing.envelope("")),
                outgoing: event.outgoing,
                expectation: event.expectation,
            });
            db.insert_publications(number, at, events)
        })?;
        Ok(held)
    }

    fn withheld(&self, run: RunId, at: Timestamp) -> Result<(), LedgerError> {
        self.write(|db| {
            let number = db.read().run_number(run)?;
            db.mark_withheld(number, at)
        })
    }

    fn leaving(&self, run: RunId, entries: Vec<u32>, at: Timestamp) -> Result<(), LedgerError> {
        self.write(|db| {
            let number = db.read().run_number(run)?;
            db.mark_leaving(number, &entries, at)
        })
    }

    fn answered(&self, run: RunId, answers: Vec<Answer>) -> Result<(), LedgerError> {
        self.write(|db| {
            let number = db.read().run_number(run)?;
            db.record_answers(number, answers.iter().map(entry_answer))
        })
    }

    fn arrived(&self, messages: Vec<Received>) -> Result<Vec<Ownership>, LedgerError> {
        // Reading the bodies takes longer than keeping them: it is done before the store is locked.
        let claimed: Vec<(Received, Option<Claim>)> =
            messages.into_iter().map(|message| (Claim::read(&message.body), message)).map(|(claim, message)| (message, claim)).collect();
        self.write(|db| claimed.iter().map(|(message, claim)| keep(db, message, claim.as_ref())).collect())
    }

    fn arrivals_of(&self, run: RunId, after: i64) -> Result<Vec<Arrival>, LedgerError> {
        self.read(|db| {
            let rows = db.copies_of_run(db.run_number(run)?, after)?;
            Ok(rows.into_iter().map(|row| Arrival { id: row.id, entry: row.entry, copy: row.copy }).collect())
        })
    }

    fn listening(&self, run: RunId, report: PollerReport) -> Result<(), LedgerError> {
        self.write(|db| db.save_poller(run, &poller_row(report)))
    }

    fn counted(&self, run: RunId, tally: Tally) -> Result<(), LedgerError> {
        self.write(|db| db.save_tally(run, &tally))
    }

    fn readers(&self, queue_url: String, except: RunId) -> Result<Vec<Reader>, LedgerError> {
        // Looked at before the store is read, so that a run that is closed in between does not look interrupted.
        let holds = self.holds();
        let rows = self.read(|db| db.runs_reading(&queue_url, Timestamp::from_millis(0)))?;
        let others = rows.into_iter().filter(|row| row.new.run != except);
        Ok(others
            .filter_map(|row| {
                Some(Reader {
                    alive: row.closed_at.is_none() && holds.is_or_was_held(row.new.run),
                    read_through: row.poller.read_through,
                    reads_until: row.poller.reads_until?,
                })
            })
            .collect())
    }

    fn close(&self, run: RunId, closing: Closing) -> Result<Close, LedgerError> {
        let clock = (self.clock)();
        let close = self.write(|db| {
            let number = db.read().run_number(run)?;
            if !db.read().copies_of_run(number, closing.seen)?.is_empty() {
                return Ok(Close::MoreArrivals);
            }
            let verdicts = closing.judgements.iter().map(|(entry, judgement)| (entry, closed_verdict(judgement)));
            db.record_verdicts(number, verdicts)?;
            db.save_poller(run, &poller_row(closing.poller))?;
            db.close_run(run, closing.at, closing.proven, &closing.tally)?;
            db.seal_run(run, clock)?;
            Ok(Close::Closed)
        })?;
        if close == Close::Closed {
            self.holds().forget(run);
        }
        Ok(close)
    }

    fn interrupted(&self, queue_url: String) -> Result<Vec<RunId>, LedgerError> {
        let rows = self.read(|db| db.open_runs(Some(&queue_url)))?;
        let holds = self.holds();
        Ok(rows.into_iter().map(|row| row.new.run).filter(|run| !holds.is_held(*run)).collect())
    }

    fn resume(&self, run: RunId) -> Result<Option<Resumed>, LedgerError> {
        let Some(held) = self.take(run)? else { return Ok(None) };
        let holds = self.holds();
        let record = self.store.read_here(|db| record(db, run, &holds)).map_err(LedgerError::new)?;
        Ok(record.map(|record| (held, record)))
    }
}

/// Somebody works on the run already.
#[derive(Debug, thiserror::Error)]
#[error("run {0} is worked on already")]
struct HeldAlready(RunId);

fn new_run(request: &RunRequest, at: Timestamp) -> NewRun {
    NewRun {
        run: request.run,
        connection: request.connection.clone(),
        mode: request.mode,
        action: request.action.id,
        action_name: request.action.name.clone(),
        queue_url: request.queue.url.clone(),
        queue_arn: request.queue.arn.clone(),
        reading: request.reading,
        transformer: request.transformer.clone(),
        timeout_ms: request.timeout_ms,
        total: request.events.len().into(),
        started_at: at,
    }
}

/// A detail that is no JSON has no fingerprint: EventBridge refuses it, so that nothing will ever be compared with it.
fn fingerprint(envelope: &str) -> Fingerprint {
    Content::read(envelope).map_or_else(|_| Fingerprint::from_kept(""), |content| content.fingerprint())
}

fn entry_answer(answer: &Answer) -> EntryAnswer<'_> {
    let outcome = match &answer.outcome {
        Outcome::Accepted { event_id } => EntryOutcome::Accepted(event_id),
        Outcome::Rejected { code, message } => EntryOutcome::Rejected(code, message),
        Outcome::NotSent { why } => EntryOutcome::NotSent(why),
        Outcome::Unknown { why } => EntryOutcome::Unknown(why),
    };
    EntryAnswer { entry: answer.entry, outcome, request_id: answer.request_id.as_deref(), at: answer.at }
}

fn poller_row(report: PollerReport) -> PollerRow {
    PollerRow {
        receives: report.receives,
        foreign: report.foreign,
        gaps: report.gaps,
        read_through: report.read_through,
        reads_until: report.reads_until,
    }
}

fn closed_verdict(judgement: Judgement) -> ClosedVerdict {
    ClosedVerdict {
        verdict: judgement.verdict,
        reason: judgement.reason,
        received_at: judgement.received_at,
        latency_ms: judgement.latency_ms,
    }
}

/// Finds out whose a message is, and keeps it when it is own.
fn keep(db: &mut Mut<'_>, message: &Received, claim: Option<&Claim>) -> Result<Ownership, StoreError> {
    if db.received_again(&message.message_id, message.receive_count)? {
        return Ok(Ownership::Own);
    }
    let Some(claim) = claim else { return Ok(Ownership::Foreign) };
    let found = match whose((claim, &message.body), &StoredEntries(&db.read(), message.at))? {
        Ok(found) => found,
        Err(whose) => return Ok(whose),
    };
    let arrival = NewArrival {
        message_id: &message.message_id,
        fingerprint: claim.fingerprint().map(Fingerprint::as_str),
        body: &message.body,
        sent_at: message.sent_at,
        receive_count: message.receive_count,
        copy: ReadBack { event_id: found.1.event_id, at: message.at, differs: found.1.differs },
    };
    let row = found.0;
    let amends = amendment(&db.read(), &row, &arrival.copy)?;
    db.insert_arrival((row.run, row.id), &arrival, amends)?;
    Ok(Ownership::Own)
}

/// The entries of the store, as they are looked up for a message that was received at a time.
struct StoredEntries<'a>(&'a Ref<'a>, Timestamp);

impl StoredEntries<'_> {
    fn known(&self, row: PublicationRow) -> Result<(PublicationRow, Candidate), StoreError> {
        candidate(self.0, &row).map(|candidate| (row, candidate))
    }
}

impl Entries for StoredEntries<'_> {
    type Row = PublicationRow;
    type Error = StoreError;

    fn with_id(&self, event_id: &str) -> Result<Option<(PublicationRow, Candidate)>, StoreError> {
        self.0.publication_with(event_id)?.map(|row| self.known(row)).transpose()
    }

    fn as_sent(&self, event_id: &str, content: &Fingerprint) -> Result<Option<(PublicationRow, i64)>, StoreError> {
        let row = self.0.publication_with(event_id)?.filter(|row| row.fingerprint == *content);
        Ok(row.map(|row| {
            let number = row.id;
            (row, number)
        }))
    }

    fn about(&self, key: &ClaimKey) -> Result<Vec<(PublicationRow, Candidate)>, StoreError> {
        let rows = self.0.publications_about(key.incident, &key.event_type, key.source.as_deref(), MOST_CANDIDATES)?;
        rows.into_iter().map(|row| self.known(row)).collect()
    }

    fn is_any_leaving(&self) -> Result<bool, StoreError> {
        self.0.is_any_leaving(self.1.plus_millis(-ANSWER_WITHIN_MS))
    }
}

fn candidate(db: &Ref<'_>, row: &PublicationRow) -> Result<Candidate, StoreError> {
    let sent = db.outgoing(row.id)?.ok_or_else(|| StoreError::NotFound { what: format!("publication number {}", row.id) })?;
    Ok(Candidate {
        publication: row.id,
        is_planned: row.sending == waybill_domain::Sending::Planned,
        is_leaving: matches!(row.sending, waybill_domain::Sending::Leaving { .. }),
        event_id: row.sending.event_id().map(ToOwned::to_owned),
        fingerprint: row.fingerprint.clone(),
        sent,
    })
}

/// The word with which a copy amends a closed run; none while the run is open.
fn amendment(db: &Ref<'_>, row: &PublicationRow, copy: &ReadBack) -> Result<Option<Verdict>, StoreError> {
    if row.closed.is_none() {
        return Ok(None);
    }
    let timeout_ms = db.timeout_of(row.run)?;
    Ok(Some(row.evidence(&db.copies_of(row.id)?).amendment(timeout_ms, copy)))
}

fn record(db: &Ref<'_>, run: RunId, holds: &RunHolds) -> Result<Option<RunRecord>, StoreError> {
    let Some(row) = db.run(run)?.filter(|row| row.closed_at.is_none()) else { return Ok(None) };
    let Some(summary) = db.run_summary(run, row.new.started_at, holds)? else { return Ok(None) };
    let copies = db.copies_of_run(row.number, 0)?;
    let seen = copies.last().map_or(0, |copy| copy.id);
    let mut entries: Vec<EntryRecord> = db
        .publications_of(row.number, 0)?
        .into_iter()
        .map(|publication| EntryRecord {
            event_type: publication.event_type,
            incident: publication.incident,
            evidence: publication.evidence(&[]),
            request_id: publication.request_id.map(Arc::from),
        })
        .collect();
    for copy in copies {
        entries[copy.entry as usize].evidence.copies.push(copy.copy);
    }
    Ok(Some(RunRecord {
        summary,
        queue: QueueRef { url: row.new.queue_url, arn: row.new.queue_arn },
        reading: row.new.reading,
        timeout_ms: row.new.timeout_ms,
        transformer: row.new.transformer,
        poller: PollerReport {
            receives: row.poller.receives,
            foreign: row.poller.foreign,
            gaps: row.poller.gaps,
            read_through: row.poller.read_through,
            reads_until: row.poller.reads_until,
        },
        entries,
        seen,
    }))
}

#[cfg(test)]
mod tests;
