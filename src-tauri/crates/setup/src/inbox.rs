//! The inbox of partner event sources: what partners made for an account.

use std::collections::HashSet;

use aws_sdk_eventbridge::types::{EventSource, EventSourceState};
use waybill_aws::{CallError, CallErrorKind, Clients, call_error};
use waybill_domain::{PartnerSourceName, Timestamp};

use crate::observed::SourceState;
use crate::situation::Situation;

/// Sources and buses of partners begin so (EventBridge API, `EventSourceName`).
const PARTNERS: &str = "aws.partner/";

/// Most of one page (EventBridge API, `Limit`).
const PAGE: i32 = 100;

/// A partner event source of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inboxed {
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: SourceState,
    /// Whether its bus is there.
    pub has_bus: bool,
    /// The partner who made it.
    pub created_by: Option<String>,
    /// When AWS deletes it if it stays pending.
    pub expires_at: Option<Timestamp>,
}

impl Inboxed {
    /// Which of the five situations this is, with its next step.
    pub const fn situation(&self) -> Situation {
        Situation::of(Some(self.state), self.has_bus)
    }
}

/// Every partner event source of the clients' account and region by name, page by page. Writes nothing.
///
/// # Errors
/// When sources or buses cannot be listed.
pub async fn inbox(clients: &Clients) -> Result<Vec<Inboxed>, CallError> {
    let (sources, buses) = tokio::try_join!(Box::pin(sources(clients)), Box::pin(buses(clients)))?;
    let seen = |source: EventSource| {
        let name = source.name.unwrap_or_default();
        Inboxed {
            state: match source.state {
                Some(EventSourceState::Active) => SourceState::Active,
                Some(EventSourceState::Deleted) => SourceState::Deleted,
                _ => SourceState::Pending,
            },
            has_bus: buses.contains(&name),
            created_by: source.created_by,
            expires_at: source.expiration_time.and_then(|at| at.to_millis().ok()).map(Timestamp::from_millis),
            name,
        }
    };
    let mut inboxed: Vec<Inboxed> = sources.into_iter().map(seen).collect();
    inboxed.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(inboxed)
}

/// Whether there is a partner event source of this name in the clients' account and region.
///
/// # Errors
/// When EventBridge does not tell.
pub async fn has_event_source(clients: &Clients, name: &PartnerSourceName) -> Result<bool, CallError> {
    let answer = clients.events().describe_event_source().name(name.as_str()).send().await;
    match answer.map_err(|error| call_error("events", "DescribeEventSource", error)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind == CallErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

async fn sources(clients: &Clients) -> Result<Vec<EventSource>, CallError> {
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let page = clients.events().list_event_sources().limit(PAGE).set_next_token(token).send().await;
        let page = page.map_err(|error| call_error("events", "ListEventSources", error))?;
        all.extend(page.event_sources.unwrap_or_default());
        token = page.next_token;
        if token.is_none() {
            return Ok(all);
        }
    }
}

async fn buses(clients: &Clients) -> Result<HashSet<String>, CallError> {
    let (mut all, mut token) = (HashSet::new(), None);
    loop {
        let page = clients.events().list_event_buses().name_prefix(PARTNERS).limit(PAGE).set_next_token(token).send().await;
        let page = page.map_err(|error| call_error("events", "ListEventBuses", error))?;
        all.extend(page.event_buses.unwrap_or_default().into_iter().filter_map(|bus| bus.name));
        token = page.next_token;
        if token.is_none() {
            return Ok(all);
        }
    }
}
