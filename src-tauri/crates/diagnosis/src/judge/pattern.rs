//! The rule's event pattern, tried on the events that the alert action sends.

use serde_json::{Value, json};
use waybill_domain::EventType;
use waybill_pattern::{FieldOutcome, Pattern};
use waybill_setup::same_pattern;

use super::{Judged, Look};
use crate::check::{Evidence, Finding};
use crate::repair::{Repair, Write};
use crate::samples::{Sample, samples};

impl Look<'_> {
    pub(super) fn pattern_mismatch(self) -> Judged {
        Ok(self.pattern()?.with(self.counted(&["MatchedEvents", "TriggeredRules"])).with(self.logged_matches()))
    }

    fn pattern(self) -> Judged {
        let (read, rule) = self.rule()?;
        let chain = &self.case.chain;
        let Some(text) = &rule.pattern else {
            return Ok(Finding::cause("The rule has no event pattern: it runs on a schedule and takes no events.").with([Evidence::told(
                read,
                "EventPattern",
                "none",
            )]));
        };
        let evidence = [Evidence::told(read, "EventPattern", text), Evidence::known("Recorded event pattern", &chain.pattern)];
        let (Ok(live), Ok(recorded)) = (Pattern::parse(text), Pattern::parse(&chain.pattern)) else {
            return Ok(Finding::unknown("The event pattern cannot be read by Waybill.").with(evidence));
        };
        let chosen = |event: EventType| self.case.action.settings.event_types.contains(event);
        let samples: Vec<Sample> = samples(&self.case.action, &chain.spec).into_iter().filter(|sample| chosen(sample.event_type)).collect();
        let intended: Vec<&Sample> = samples.iter().filter(|sample| recorded.matches(&sample.value)).collect();
        let Some(first) = samples.first() else { return Ok(Finding::unknown("The alert action sends no events.")) };
        if intended.is_empty() {
            let nearest = nearest(text, &live, &first.value);
            let hint = nearest.map(|pattern| format!(" Nearest to it is {pattern}, which does.")).unwrap_or_default();
            let why = why_not(&live, first);
            return Ok(
                Finding::cause(format!("The rule's event pattern matches no event of this alert action: {why}{hint}")).with(evidence)
            );
        }
        let missed: Vec<&Sample> = intended.iter().copied().filter(|sample| !live.matches(&sample.value)).collect();
        let extra: Vec<&Sample> = samples.iter().filter(|sample| live.matches(&sample.value) && !recorded.matches(&sample.value)).collect();
        let restore = || {
            let name = self.place();
            let write = |pattern: &str| Write::PutRule(rule.with_pattern(name, pattern));
            self.unmanaged(rule, Repair::one("Write the recorded event pattern again.", write(&chain.pattern), write(text)))
        };
        let finding = match (missed.first(), extra.first()) {
            (Some(sample), _) => Finding::cause(format!(
                "The rule's event pattern is not the recorded one, and no longer matches {}: {}",
                names(&missed),
                why_not(&live, sample)
            ))
            .repaired_by(restore()),
            (None, Some(_)) => Finding::cause(format!(
                "The rule's event pattern is not the recorded one, and lets through what it must hold back: {}.",
                names(&extra)
            ))
            .repaired_by(restore()),
            (None, None) if same_pattern(text, &chain.pattern, &chain.spec.account) => {
                Finding::healthy(format!("The event pattern matches {}.", names(&intended)))
            }
            (None, None) => Finding::suspect("The event pattern is not the recorded one, but takes the same of the alert action's events.")
                .repaired_by(restore()),
        };
        Ok(finding.with(evidence))
    }
}

fn names(samples: &[&Sample]) -> String {
    match samples {
        [one] => one.event_type.to_string(),
        [first, .., last] if samples.len() > 3 => {
            format!("{} event types, from {} to {}", samples.len(), first.event_type, last.event_type)
        }
        _ => samples.iter().map(|sample| sample.event_type.to_string()).collect::<Vec<_>>().join(", "),
    }
}

/// Which field fails, what the pattern wants there, what the event has, and what is typically meant.
fn why_not(pattern: &Pattern, sample: &Sample) -> String {
    let explanation = pattern.explain(&sample.value);
    let Some(field) = explanation.fields.iter().find(|field| !field.matched) else { return "the pattern does not match.".to_owned() };
    let found = if field.found.is_empty() { "nothing".to_owned() } else { field.found.join(", ") };
    let taken: Vec<String> = field.wanted.iter().map(|wanted| taken(wanted)).collect();
    format!("of field `{}` it takes only {}, but {} has {found}.{}", field.path, taken.join(" or "), sample.event_type, hint(field))
}

/// What a condition takes, as a noun.
fn taken(wanted: &str) -> String {
    let is_verb = ["starts with ", "ends with "].iter().any(|verb| wanted.starts_with(verb));
    match wanted {
        _ if is_verb => format!("what {wanted}"),
        _ if wanted.starts_with("like ") || wanted.starts_with("present") => format!("what is {wanted}"),
        _ if wanted.starts_with("absent") => wanted.replacen("absent", "events without it", 1),
        _ => wanted.to_owned(),
    }
}

fn hint(field: &FieldOutcome) -> &'static str {
    let found: Vec<String> = field.found.iter().map(|value| value.trim_matches('"').to_owned()).collect();
    let wanted: Vec<&str> = field.wanted.iter().map(|value| value.trim_matches('"')).collect();
    let same_but_case = found.iter().any(|found| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(found)));
    let renamed = found.iter().any(|found| wanted.iter().any(|wanted| is_renamed(wanted, found)));
    if same_but_case {
        " Upper and lower case differ, and patterns tell them apart."
    } else if renamed {
        " This alert action's events begin with `incident-`, not with `alert-`."
    } else if wanted.contains(&"*") {
        " A bare `*` is no wildcard in a pattern: leave the field out."
    } else {
        ""
    }
}

/// iLert renamed `incident-…` to `alert-…` in October 2021; an alert action sends either the one or the other.
fn is_renamed(wanted: &str, found: &str) -> bool {
    wanted.strip_prefix("alert-").is_some_and(|tail| found.strip_prefix("incident-") == Some(tail) || found.starts_with("incident-"))
}

/// The pattern nearest to this one that matches the event: what fails is written as the event has it, or left out.
fn nearest(text: &str, pattern: &Pattern, event: &Value) -> Option<String> {
    let mut tree: Value = serde_json::from_str(text).ok()?;
    for field in pattern.explain(event).fields.iter().filter(|field| !field.matched) {
        let keys: Vec<&str> = field.path.split('.').collect();
        let (last, parents) = keys.split_last()?;
        let mut at = tree.as_object_mut()?;
        for key in parents {
            at = at.get_mut(*key)?.as_object_mut()?;
        }
        let found: Vec<Value> = field.found.iter().filter_map(|value| serde_json::from_str(value).ok()).collect();
        if field.wanted.iter().any(|wanted| wanted.trim_matches('"') == "*") {
            // What a bare `*` was meant to be.
            at.insert((*last).to_owned(), json!([{ "prefix": "" }]));
        } else if !hint(field).is_empty() && !found.is_empty() {
            at.insert((*last).to_owned(), Value::Array(found));
        } else {
            at.remove(*last);
        }
    }
    let text = tree.to_string();
    Pattern::parse(&text).ok()?.matches(event).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_takes_is_said_as_a_noun() {
        for (wanted, said) in [
            ("\"alert-created\"", "\"alert-created\""),
            ("starts with \"alert-\"", "what starts with \"alert-\""),
            ("ends with \"x\" in any case", "what ends with \"x\" in any case"),
            ("like \"a*\"", "what is like \"a*\""),
            ("a number < 5", "a number < 5"),
            ("anything but \"x\"", "anything but \"x\""),
            ("present", "what is present"),
            ("absent", "events without it"),
        ] {
            assert_eq!(taken(wanted), said);
        }
    }
}
