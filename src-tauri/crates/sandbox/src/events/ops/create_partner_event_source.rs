//! `CreatePartnerEventSource`: the partner offers a source to a customer.

use serde::Deserialize;
use serde_json::json;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{ACCOUNT, Checks, SOURCE_NAME};
use crate::events::source::{Source, SourceState};
use crate::events::{already_exists, arn};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Input {
    name: Option<String>,
    account: Option<String>,
}

impl Input {
    /// (name, account), for the one customer that the sandbox knows.
    pub(super) fn read(world: &World, call: &Call<'_>) -> Result<(String, String), ApiError> {
        let input: Self = call.input()?;
        Checks::default()
            .required("name", input.name.as_deref(), &SOURCE_NAME)
            .required("account", input.account.as_deref(), &ACCOUNT)
            .finish()?;
        let (name, account) = (input.name.unwrap_or_default(), input.account.unwrap_or_default());
        let known = &world.settings.account_id;
        if account != *known {
            return Err(ApiError::validation(format!(
                "Account {account} does not exist here: this sandbox has one customer account, {known}."
            )));
        }
        Ok((name, account))
    }
}

/// Answers the source's ARN; the source is PENDING.
///
/// After a deletion the source comes back under its name: PENDING, with the bus that may have remained.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let (name, account) = Input::read(world, call)?;
    if world.events.region(call.region).live_source(&name).is_ok() {
        return Err(already_exists(format!("Event source {name} already exists.")));
    }
    let mut source =
        Source { account, region: call.region.to_owned(), name, state: SourceState::Pending, created_ms: call.now_ms, expires_ms: None };
    source.suspend(call.now_ms, world.settings.pending_expiry_ms);
    let answer = json!({"EventSourceArn": arn::source(&source.region, &source.name)});
    world.events.add_source(source, journal);
    Ok(Outcome::json(&answer))
}
