//! The seal on a closed run: a chain of hashes over every row that is kept of it.
//!
//! The canonical form of a row is its columns in the order of the statement that reads them, each as one byte for its type, its
//! length in eight bytes (big-endian), and its bytes. A link is the SHA-256 over the link before, the kind of row, and the row. The last
//! link is the seal, so that a row which was changed, removed, added or moved gives another one. Copies that come after the close add
//! their links to it. What may change afterwards without any of this being wrong is left out: how often SQS delivered a message.

use rusqlite::types::ValueRef;
use rusqlite::{Params, Row};
use sha2::{Digest, Sha256};

use crate::{Ref, RunRow, StoreError};

/// What the first link is made of.
const BEGIN: &str = "waybill.evidence/1";

const RUN: &str = "SELECT uuid, connection, mode, action_id, action_name, queue_url, queue_arn, transformer, timeout_ms, total, started_at,
    closed_at, proven, tally, receives, foreign_messages, gaps, read_through, reading FROM run WHERE id = ?1";

const CIRCUMSTANCES: &str =
    "SELECT e.version, e.circumstances, e.clock_at_close FROM run_evidence e JOIN run r ON r.uuid = e.run WHERE r.id = ?1";

const DRIFT: &str = "SELECT d.sentences FROM run_drift d JOIN run r ON r.uuid = d.run WHERE r.id = ?1";

const PUBLICATIONS: &str = "SELECT entry, incident, event_type, source, account, region, time, detail, fingerprint, expectation, state,
    attempts, left_at, answered_at, request_id, event_id, code, message, verdict, reason, received_at, latency_ms
    FROM publication WHERE run_id = ?1 ORDER BY entry";

const ATTEMPTS: &str = "SELECT p.entry, t.number, t.left_at, t.answered_at, t.state, t.code, t.message, t.request_id
    FROM publication p JOIN attempt t ON t.publication_id = p.id WHERE p.run_id = ?1 ORDER BY p.entry, t.number";

const ARRIVALS: &str = "SELECT p.entry, a.message_id, a.envelope_id, a.fingerprint, a.differs, a.body, a.sent_at, a.received_at, a.amends
    FROM arrival a LEFT JOIN publication p ON p.id = a.publication_id";

/// A chain of hashes.
pub(crate) struct Links([u8; 32]);

impl Links {
    fn begin() -> Self {
        Self(Sha256::digest(BEGIN).into())
    }

    /// A chain that goes on from its last link.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let byte = |at: usize| text.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
        let mut link = [0; 32];
        for (place, of) in link.iter_mut().enumerate() {
            *of = byte(place * 2)?;
        }
        (text.len() == 64).then_some(Self(link))
    }

    /// The last link.
    pub(crate) fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn add(&mut self, kind: &str, row: &Row<'_>, columns: usize) -> rusqlite::Result<()> {
        let mut hash = Sha256::new();
        hash.update(self.0);
        field(&mut hash, b'k', kind.as_bytes());
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Null => field(&mut hash, b'n', &[]),
                ValueRef::Integer(number) => field(&mut hash, b'i', &number.to_be_bytes()),
                ValueRef::Real(number) => field(&mut hash, b'r', &number.to_be_bytes()),
                ValueRef::Text(text) => field(&mut hash, b't', text),
                ValueRef::Blob(bytes) => field(&mut hash, b'b', bytes),
            }
        }
        self.0 = hash.finalize().into();
        Ok(())
    }
}

fn field(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

/// The seal over everything that is kept of a run, as it is now.
pub(crate) fn of(db: &Ref<'_>, run: &RunRow) -> Result<String, StoreError> {
    let mut links = Links::begin();
    let number = [run.number];
    add_rows(db, "run", RUN, number, &mut links)?;
    add_rows(db, "circumstances", CIRCUMSTANCES, number, &mut links)?;
    add_rows(db, "drift", DRIFT, number, &mut links)?;
    add_rows(db, "publication", PUBLICATIONS, number, &mut links)?;
    add_rows(db, "attempt", ATTEMPTS, number, &mut links)?;
    add_rows(db, "arrival", &format!("{ARRIVALS} WHERE a.run_id = ?1 AND a.amends IS NULL ORDER BY a.id"), number, &mut links)?;
    add_rows(db, "amendment", &format!("{ARRIVALS} WHERE a.run_id = ?1 AND a.amends IS NOT NULL ORDER BY a.id"), number, &mut links)?;
    Ok(links.to_hex())
}

/// The link of one copy that came after the close.
pub(crate) fn add_amendment(db: &Ref<'_>, arrival: i64, links: &mut Links) -> Result<(), StoreError> {
    add_rows(db, "amendment", &format!("{ARRIVALS} WHERE a.id = ?1"), [arrival], links)
}

fn add_rows(db: &Ref<'_>, kind: &str, sql: &str, of: impl Params, links: &mut Links) -> Result<(), StoreError> {
    let mut statement = db.0.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(of)?;
    while let Some(row) = rows.next()? {
        links.add(kind, row, columns)?;
    }
    Ok(())
}
