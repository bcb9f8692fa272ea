//! `ListPartnerEventSourceAccounts`: whom a source was offered to.

use serde::Deserialize;

use super::shared::listed;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{Checks, SOURCE_NAME};
use crate::events::page::Page;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    event_source_name: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Answers the one account, with the source's state.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default().required("eventSourceName", input.event_source_name.as_deref(), &SOURCE_NAME).finish()?;
    let page = Page::of(input.limit, input.next_token.as_deref())?;
    let name = input.event_source_name.unwrap_or_default();
    let source = world.events.region(call.region).live_source(&name)?;
    let (accounts, token) = page.cut(std::iter::once((source.account.as_str(), source.describe_account())));
    Ok(listed("PartnerEventSourceAccounts", accounts, token))
}
