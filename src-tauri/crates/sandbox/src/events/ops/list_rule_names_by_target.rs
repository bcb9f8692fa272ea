//! `ListRuleNamesByTarget`: which rules of a bus deliver to this target.

use serde::Deserialize;
use serde_json::{Value, json};

use super::shared::{listed, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{ARN, BUS, Checks};
use crate::events::page::Page;
use crate::events::rule::Rule;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    target_arn: Option<String>,
    event_bus_name: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Answers the rules' names.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default()
        .required("targetArn", input.target_arn.as_deref(), &ARN)
        .optional("eventBusName", input.event_bus_name.as_deref(), &BUS)
        .finish()?;
    let page = Page::of(input.limit, input.next_token.as_deref())?;
    let arn = input.target_arn.unwrap_or_default();
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    let delivers = |rule: &Rule| rule.row.targets.iter().any(|target| target.arn == arn);
    let named = bus.rules().iter().filter(|(_, rule)| delivers(rule));
    let (names, token): (Vec<Value>, _) = page.cut(named.map(|(name, _)| (&**name, json!(&**name))));
    Ok(listed("RuleNames", names, token))
}
