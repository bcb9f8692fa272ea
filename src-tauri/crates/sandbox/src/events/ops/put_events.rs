//! `PutEvents`: the customer's own events, and those that another account may put on its buses.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::call::{Call, CallerKind, Outcome};
use crate::config::organization_id;
use crate::error::ApiError;
use crate::events::DEFAULT_BUS;
use crate::events::buses::Region;
use crate::events::check::{Checks, NON_PARTNER_BUS, TRACE_HEADER};
use crate::events::delivery::{Delivering, deliver};
use crate::events::entry::{Accepted, Entry, Place, Rejected, check_total};
use crate::events::recent::Fate;
use crate::policy::{Context, Principal, Request};
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
            let at = |member: &str| format!("entries.{}.member.{member}", index + 1);
            if entry.event_bus_name.is_some() || entry.trace_header.is_some() {
                checks.optional(&at("eventBusName"), entry.event_bus_name.as_deref(), &NON_PARTNER_BUS).optional(
                    &at("traceHeader"),
                    entry.trace_header.as_deref(),
                    &TRACE_HEADER,
                );
            }
        }
        checks.finish()?;
        check_total(&entries)?;
        let place = Place { account: &call.caller.account, region: call.region, now_ms: call.now_ms };
        Ok(Self(entries.into_iter().map(|entry| accept(entry, &place)).collect()))
    }

    /// Puts the accepted entries on their buses. A bus that does not exist loses its events without a word, as on AWS.
    ///
    /// # Errors
    /// `AccessDeniedException` for the whole call where a bus does not let the caller in.
    pub(super) fn publish(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
        let World { events, kms: keys, sqs: queues, recent, bus_logs, retries, outages, lab, .. } = world;
        let mut to = Delivering { queues, keys, retries, outages, lab, journal, now_ms: call.now_ms };
        let region = events.region(call.region);
        for event in self.0.iter().flatten() {
            authorize(region, call, event)?;
        }
        for entry in &self.0 {
            match entry {
                Err(rejected) => recent.note_rejected(call, rejected),
                Ok(event) => {
                    let name = event.bus.as_deref().unwrap_or(DEFAULT_BUS);
                    let fate = match region.bus(name) {
                        Ok(bus) => {
                            let fate = deliver(bus, event, &mut to);
                            bus_logs.note(bus, (call, event), &fate);
                            fate
                        }
                        Err(_) => Fate::NoBus { bus: name.to_owned() },
                    };
                    recent.note(call, event, fate);
                }
            }
        }
        let results: Vec<_> = self.0.iter().map(|entry| entry.as_ref().map_err(Clone::clone)).collect();
        Ok(answer(&results))
    }
}

fn accept(entry: Entry, place: &Place<'_>) -> Result<Accepted, Rejected> {
    let accepted = entry.accept(Uuid::new_v4().to_string(), place)?;
    if accepted.source.starts_with("aws.") {
        return Err(Rejected { error_code: "NotAuthorizedForSourceException", error_message: "Not authorized for the source.".into() });
    }
    Ok(accepted)
}

/// The bus's policy decides over other accounts, and may deny its own.
fn authorize(region: &mut Region, call: &Call<'_>, event: &Accepted) -> Result<(), ApiError> {
    let named = event.bus.as_deref().unwrap_or(DEFAULT_BUS);
    let customer = call.caller.kind == CallerKind::Customer;
    // Without its account in the name, a bus is the caller's own, and the partner has none.
    let reachable = customer || named.starts_with("arn:");
    let Some(bus) = region.bus(named).ok().filter(|_| reachable) else {
        return if customer { Ok(()) } else { Err(denied(call, named)) };
    };
    let Some(policy) = bus.rules_of_access() else {
        return if customer { Ok(()) } else { Err(denied(call, named)) };
    };
    let (account, organization) = (&*call.caller.account, organization_id(&call.caller.account));
    let keys = [
        ("aws:principalaccount", account),
        ("aws:securetransport", "true"),
        ("aws:sourceip", "127.0.0.1"),
        ("events:source", &event.source),
        ("events:detail-type", &event.detail_type),
        ("events:eventbusinvocation", "false"),
        ("aws:principalorgid", &organization),
    ];
    // Only the customer is in an organization.
    let known = if customer { &keys[..] } else { &keys[..keys.len() - 1] };
    let arn = bus.arn();
    let context = Context { keys: known, now_ms: call.now_ms };
    let request = Request { principal: Principal::Account(account), action: "events:PutEvents", resource: &arn, context };
    let admitted = if customer { !policy.denies(&request) } else { policy.allows(&request) };
    if admitted { Ok(()) } else { Err(denied(call, &arn)) }
}

fn denied(call: &Call<'_>, bus: &str) -> ApiError {
    ApiError::access_denied(format!(
        "User: {} is not authorized to perform: events:PutEvents on resource: {bus} because no resource-based policy allows the events:PutEvents action",
        call.caller.arn()
    ))
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
