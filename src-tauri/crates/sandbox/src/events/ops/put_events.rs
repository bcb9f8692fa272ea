//! `PutEvents`: the customer's own events.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::DEFAULT_BUS;
use crate::events::check::{Checks, NON_PARTNER_BUS};
use crate::events::delivery::deliver;
use crate::events::entry::{Accepted, Entry, Place, Rejected, check_total};
use crate::state::{Journal, World};

/// Entries per call (service model).
const ENTRIES: usize = 10;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    entries: Option<Vec<Entry>>,
}

/// Checked entries, in their order.
#[derive(Debug)]
pub(crate) struct Batch(Vec<Result<Accepted, Rejected>>);

impl Batch {
    /// Reads and checks the entries; needs no world.
    ///
    /// # Errors
    /// What makes the whole call fail.
    pub(super) fn read(call: &Call<'_>) -> Result<Self, ApiError> {
        let input: Input = call.input()?;
        let mut checks = Checks::default();
        if input.entries.is_none() {
            checks.absent("entries");
        }
        let entries = input.entries.unwrap_or_default();
        checks.members("entries", entries.len(), ENTRIES);
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("entries.{}.member.eventBusName", index + 1);
            checks.optional(&at, entry.event_bus_name.as_deref(), &NON_PARTNER_BUS);
        }
        checks.finish()?;
        check_total(&entries)?;
        let place = Place { account: &call.caller.account, region: call.region, now_ms: call.now_ms };
        Ok(Self(entries.into_iter().map(|entry| accept(entry, &place)).collect()))
    }

    /// Puts the accepted entries on their buses. A bus that does not exist loses its events without a word, as on AWS.
    pub(super) fn publish(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Outcome {
        let World { events, sqs, .. } = world;
        let region = events.region(call.region);
        for event in self.0.iter().flatten() {
            if let Ok(bus) = region.bus(event.bus.as_deref().unwrap_or(DEFAULT_BUS)) {
                deliver(bus, sqs, event, (journal, call.now_ms));
            }
        }
        let results: Vec<_> = self.0.iter().map(|entry| entry.as_ref().map_err(Clone::clone)).collect();
        answer(&results)
    }
}

fn accept(entry: Entry, place: &Place<'_>) -> Result<Accepted, Rejected> {
    let accepted = entry.accept(Uuid::new_v4().to_string(), place)?;
    if accepted.source.starts_with("aws.") {
        return Err(Rejected { error_code: "NotAuthorizedForSourceException", error_message: "Not authorized for the source.".into() });
    }
    Ok(accepted)
}

/// The answer to a batch: one result per entry, in the entries' order.
pub(super) fn answer(results: &[Result<&Accepted, Rejected>]) -> Outcome {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum One<'a> {
        #[serde(rename_all = "PascalCase")]
        Accepted {
            event_id: &'a str,
        },
        Rejected(&'a Rejected),
    }
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Answer<'a> {
        failed_entry_count: usize,
        entries: Vec<One<'a>>,
    }
    Outcome::json(&Answer {
        failed_entry_count: results.iter().filter(|result| result.is_err()).count(),
        entries: results
            .iter()
            .map(|result| match result {
                Ok(accepted) => One::Accepted { event_id: &accepted.id },
                Err(rejected) => One::Rejected(rejected),
            })
            .collect(),
    })
}
