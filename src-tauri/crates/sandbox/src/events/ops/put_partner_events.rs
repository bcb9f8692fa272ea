//! `PutPartnerEvents`: the partner's events, to the bus that has the name of their source.

use serde::Deserialize;
use uuid::Uuid;

use super::put_events::answer;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::buses::Region;
use crate::events::check::{Checks, SOURCE_NAME};
use crate::events::delivery::{Delivering, deliver};
use crate::events::entry::{Accepted, Entry, Place, Rejected, check_total};
use crate::events::recent::Fate;
use crate::events::source::SourceState;
use crate::state::{Journal, World};

/// Entries per call (service model).
const ENTRIES: usize = 20;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    entries: Option<Vec<Entry>>,
}

/// Checked entries, in their order.
#[derive(Debug)]
pub(crate) struct Batch(Vec<Result<Accepted, Rejected>>);

impl Batch {
    /// Reads and checks the entries; whether their sources exist is seen when they are published.
    ///
    /// # Errors
    /// What makes the whole call fail.
    pub(super) fn read(call: &Call<'_>, customer: &str) -> Result<Self, ApiError> {
        let input: Input = call.input()?;
        let mut checks = Checks::default();
        if input.entries.is_none() {
            checks.absent("entries");
        }
        let entries = input.entries.unwrap_or_default();
        checks.members("entries", entries.len(), ENTRIES);
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("entries.{}.member.source", index + 1);
            checks.optional(&at, entry.source.as_deref(), &SOURCE_NAME);
        }
        checks.finish()?;
        if entries.iter().any(|entry| entry.event_bus_name.is_some() || entry.trace_header.is_some()) {
            return Err(ApiError::serialization("EventBusName and TraceHeader are no members of a partner's entry"));
        }
        check_total(&entries)?;
        let place = Place { account: customer, region: call.region, now_ms: call.now_ms };
        let accept = |entry: Entry| entry.accept(Uuid::new_v4().to_string(), &place);
        Ok(Self(entries.into_iter().map(accept).collect()))
    }

    /// Puts the accepted entries on their sources' buses.
    ///
    /// PENDING accepts and loses them; a source that is not there, or DELETED, rejects them.
    pub(super) fn publish(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Outcome {
        let World { events, kms: keys, sqs: queues, recent, bus_logs, retries, outages, lab, .. } = world;
        let mut to = Delivering { queues, keys, retries, outages, lab, journal, now_ms: call.now_ms };
        let region = events.region(call.region);
        let results: Vec<_> = self.0.iter().map(|entry| entry.as_ref().map_err(Clone::clone)).map(|entry| known(region, entry?)).collect();
        for result in &results {
            match result {
                Err(rejected) => recent.note_rejected(call, rejected),
                Ok(event) => {
                    let state = region.sources.get(&event.source).map(|source| source.state);
                    let fate = match region.bus(&event.source) {
                        Ok(bus) if state == Some(SourceState::Active) => {
                            let fate = deliver(bus, event, &mut to);
                            bus_logs.note(bus, (call, event), &fate);
                            fate
                        }
                        _ => Fate::of_source(state),
                    };
                    recent.note(call, event, fate);
                }
            }
        }
        answer(&results)
    }
}

fn known<'a>(region: &Region, event: &'a Accepted) -> Result<&'a Accepted, Rejected> {
    match region.live_source(&event.source) {
        Ok(_) => Ok(event),
        Err(missing) => Err(Rejected::argument("Source", &missing.message)),
    }
}
