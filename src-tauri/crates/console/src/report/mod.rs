//! A run as a document: JSON for programs, JUnit for continuous integration, one HTML file for people and archives. Written event by
//! event, so that a long run takes no more memory than a short one.

mod check;
mod digest;
mod html;
mod json;
mod junit;
mod strict;

use std::io::{self, Write};

use serde::Deserialize;
use ts_rs::TS;
use waybill_domain::{EventReport, RunId, Timestamp};
use waybill_store::{DeliveryRecord, Ref, RunHolds, RunRow, StoreError};

use crate::exports::Export;
use crate::view::{Exported, RunHead};
use crate::{Console, Error, evidence};

pub use check::{ReportVerdict, check_report};

/// How a run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ReportFormat {
    /// The shape of `waybill verify --format json`, with a hash over all of it.
    Json,
    /// One test case per event.
    Junit,
    /// One file that needs no other, with a hash over all of it.
    Html,
}

impl ReportFormat {
    /// What a file of this kind ends in.
    const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Junit => "xml",
            Self::Html => "html",
        }
    }
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    /// The run's records cannot be read.
    #[error("the records of the run cannot be read")]
    Store(#[from] StoreError),
    /// The document cannot be written.
    #[error("the report cannot be written: {0}")]
    Write(#[from] io::Error),
    /// A value cannot be written as JSON.
    #[error("a value cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// A run about to be written.
pub(crate) struct Source<'a> {
    db: &'a Ref<'a>,
    run: RunRow,
    head: RunHead,
    now: Timestamp,
    holds: &'a RunHolds,
}

impl Source<'_> {
    /// Everything but the events.
    fn head(&self) -> &RunHead {
        &self.head
    }

    /// Shows every event in the order of publishing.
    fn each(&self, show: impl FnMut(EventReport) -> Result<(), ReportError>) -> Result<(), ReportError> {
        self.db.each_event(&self.run, 0, (self.now, self.holds), show)
    }

    /// Everything that is kept of the event at a place in the run.
    fn record(&self, entry: u32) -> Result<Option<DeliveryRecord>, StoreError> {
        match self.db.first_publication(self.run.new.run)? {
            Some(first) => self.db.delivery(first + i64::from(entry), self.now, self.holds),
            None => Ok(None),
        }
    }
}

impl Console {
    /// Writes the report of a run to `out`, and answers the run without its events.
    ///
    /// # Errors
    /// When there is no such run, or `out` does not take it.
    pub async fn write_report(&self, run_id: &str, format: ReportFormat, out: impl Write + Send + 'static) -> Result<RunHead, Error> {
        let run: RunId = run_id.parse()?;
        let (now, holds) = (self.now(), self.holds());
        let written = self.store().read(move |db| Ok(write(db, run, (now, &holds), format, out))).await?;
        match written {
            Ok(Some(head)) => Ok(head),
            Ok(None) => Err(Error::NotFound(format!("there is no run {run}"))),
            Err(ReportError::Store(error)) => Err(error.into()),
            Err(error) => Err(Error::Broken(error.to_string())),
        }
    }

    /// Writes the report of a run to a new file in the data folder's `exports`, readable by its owner only.
    ///
    /// # Errors
    /// When there is no such run, or the file cannot be written.
    pub async fn save_report(&self, run_id: &str, format: ReportFormat) -> Result<Exported, Error> {
        let run: RunId = run_id.parse()?;
        let export = Export::begin(self, &format!("run-{run}"), format.ending())?;
        let head = self.write_report(run_id, format, export.file()?).await?;
        Ok(Exported { path: export.keep()?, rows: head.summary.total })
    }

    /// A run with the events that are not as expected, at most `most` of them; of a run with no more events than that, all.
    ///
    /// # Errors
    /// When there is no such run.
    pub async fn run_outline(&self, run_id: &str, most: usize) -> Result<RunOutline, Error> {
        let run: RunId = run_id.parse()?;
        let (now, holds) = (self.now(), self.holds());
        let found = self
            .store()
            .read(move |db| {
                let Some((run, head)) = evidence::head(db, run, now, &holds)? else { return Ok(None) };
                let source = Source { db, run, head, now, holds: &holds };
                Ok(Some(outline(source, most)))
            })
            .await?;
        match found {
            Some(Ok(outline)) => Ok(outline),
            Some(Err(ReportError::Store(error))) => Err(error.into()),
            Some(Err(error)) => Err(Error::Broken(error.to_string())),
            None => Err(Error::NotFound(format!("there is no run {run}"))),
        }
    }
}

/// A run for people, without the events that are as expected where there are many.
#[derive(Debug, Clone)]
pub struct RunOutline {
    /// Everything but the events.
    pub head: RunHead,
    /// How many events must arrive.
    pub expected: u64,
    /// The events that are listed.
    pub listed: Vec<crate::view::EventReport>,
    /// How many more are not as expected.
    pub more: usize,
}

fn outline(source: Source<'_>, most: usize) -> Result<RunOutline, ReportError> {
    let all = source.run.new.total as usize <= most;
    let (mut expected, mut listed, mut more) = (0, Vec::new(), 0);
    source.each(|event| {
        expected += u64::from(event.expectation.must_arrive());
        let as_wanted = event.judgement.verdict.fulfils(event.expectation) && event.judgement.verdict != waybill_domain::Verdict::Duplicate;
        match all || !as_wanted {
            true if listed.len() < most => listed.push(crate::runs::event(event)),
            true => more += 1,
            false => {}
        }
        Ok(())
    })?;
    Ok(RunOutline { head: source.head, expected, listed, more })
}

fn write(
    db: &Ref<'_>,
    run: RunId,
    (now, holds): (Timestamp, &RunHolds),
    format: ReportFormat,
    out: impl Write,
) -> Result<Option<RunHead>, ReportError> {
    let Some((run, head)) = evidence::head(db, run, now, holds)? else { return Ok(None) };
    let source = Source { db, run, head, now, holds };
    let mut out = io::BufWriter::new(out);
    match format {
        ReportFormat::Json => json::write(&source, &mut out)?,
        ReportFormat::Junit => junit::write(&source, &mut out)?,
        ReportFormat::Html => html::write(&source, &mut out)?,
    }
    out.flush()?;
    Ok(Some(source.head))
}
