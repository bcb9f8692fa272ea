//! The hash over a report. JSON is hashed by its content: blanks, the order of keys and the spelling of numbers do not count, so that
//! a report survives being indented or sorted by other programs. HTML is hashed by its bytes.

use std::io::{self, Write};

use sha2::{Digest, Sha256};
use waybill_domain::{Unreadable, canonical_json};

/// What every hash of a JSON report begins with.
const BEGIN: &[u8] = b"waybill.report/1";

/// The hash over the events of a report, taken one by one.
pub(super) struct EventsDigest(Sha256);

impl EventsDigest {
    pub(super) fn begin() -> Self {
        Self(Sha256::new())
    }

    pub(super) fn add(&mut self, event: &str) -> Result<(), Unreadable> {
        let canonical = canonical_json(event)?;
        self.0.update((canonical.len() as u64).to_be_bytes());
        self.0.update(canonical);
        Ok(())
    }

    /// The hash over the whole report; `head` is everything but events and hash, as one JSON object.
    pub(super) fn finish(self, head: &str) -> Result<String, Unreadable> {
        let mut whole = Sha256::new();
        whole.update(BEGIN);
        whole.update(Sha256::digest(canonical_json(head)?));
        whole.update(self.0.finalize());
        Ok(hex::encode(whole.finalize()))
    }
}

/// Passes bytes on and hashes them.
pub(super) struct Hashing<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hash: Sha256::new() }
    }

    /// The hash over everything that was passed on.
    pub(super) fn finish(self) -> (W, String) {
        (self.out, hex::encode(self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
