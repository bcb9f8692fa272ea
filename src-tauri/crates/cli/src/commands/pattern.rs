//! `waybill pattern`.

use std::path::Path;

use waybill_console::view::{FieldOutcomeView, RuleMatchView};
use waybill_console::{Console, Error, pattern_test};

use crate::args::{Format, Pattern};
use crate::exit::Ending;
use crate::output;

/// `waybill pattern test`.
pub fn test(pattern: &Path, event: &Path, format: Format) -> Result<Ending, Error> {
    let outcome = pattern_test(&read("Event pattern", pattern)?, &read("Event", event)?)?;
    output::answer(format, &outcome, || {
        format!("{}\n{}", if outcome.matched { "The event matches." } else { "The event does not match." }, fields(&outcome.fields))
    });
    Ok(if outcome.matched { Ending::Done } else { Ending::No })
}

/// `waybill pattern rules`.
pub async fn rules(command: Pattern, console: &Console, format: Format) -> Result<Ending, Error> {
    let Pattern::Rules { action, event, ask_aws } = command else { return Ok(Ending::Done) };
    let answer = console.rules_matching(action.as_deref(), &read("Event", &event)?, ask_aws).await?;
    output::answer(format, &answer, || {
        let none = if answer.rules.is_empty() { "The event bus has no rules.\n" } else { "" };
        format!("{none}{}", answer.rules.iter().map(rule).collect::<String>())
    });
    let takes = |rule: &RuleMatchView| rule.enabled && rule.matched == Some(true);
    Ok(if answer.rules.iter().any(takes) { Ending::Done } else { Ending::No })
}

fn rule(rule: &RuleMatchView) -> String {
    let verdict = match (rule.matched, rule.enabled) {
        (Some(true), true) => "matches",
        (Some(true), false) => "would match, but is disabled",
        (Some(false), _) => "does not match",
        (None, _) => "has no event pattern that can be read",
    };
    let aws = match (rule.by_aws, &rule.aws_refused) {
        (_, Some(why)) => format!("  AWS did not say: {why}\n"),
        (Some(_), _) if rule.disagrees => "  AWS does not agree.\n".to_owned(),
        (Some(_), _) => "  AWS agrees.\n".to_owned(),
        (None, None) => String::new(),
    };
    let failed: Vec<FieldOutcomeView> = rule.fields.iter().filter(|field| !field.matched).cloned().collect();
    let fields: String = fields(&failed).lines().map(|line| format!("  {line}\n")).collect();
    format!("{}: {verdict}\n{fields}{aws}", rule.rule)
}

fn fields(fields: &[FieldOutcomeView]) -> String {
    let line = |field: &FieldOutcomeView| {
        let found = if field.found.is_empty() { "absent".to_owned() } else { field.found.join(", ") };
        format!("{} {}: wanted {}, found {found}\n", if field.matched { "✓" } else { "✕" }, field.path, field.wanted.join(" or "))
    };
    fields.iter().map(line).collect()
}

/// Reads a file that an argument names.
pub fn read(field: &'static str, file: &Path) -> Result<String, Error> {
    std::fs::read_to_string(file).map_err(|error| Error::unreadable_file(field, file, &error))
}
