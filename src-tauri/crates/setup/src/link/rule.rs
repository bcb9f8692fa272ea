//! The link "Rule".

use super::{Link, LinkKind, LinkState, Look};
use crate::observed::RuleSeen;
use crate::record::Part;
use crate::spec::same_pattern;

pub(super) fn rule(look: Look<'_>) -> Link {
    let name = look.record.spec.rule.name.as_str();
    let Some(seen) = &look.observed.rule.value else {
        return absent(look, name);
    };
    let link = Link::new(LinkKind::Rule, name).at(&seen.arn);
    if !seen.enabled {
        return link.is(LinkState::Broken, "Disabled", format!("The rule {name} is disabled: it matches nothing."));
    }
    if stood(look) && !has_recorded_pattern(look, seen) {
        return link.is(LinkState::Broken, "Pattern differs", different(look, seen));
    }
    link.is(LinkState::Ok, "Enabled", format!("The rule {name} is enabled."))
}

fn absent(look: Look<'_>, name: &str) -> Link {
    if stood(look) {
        let sentence = format!("The rule {name} was set up, but is no longer there.");
        return Link::new(LinkKind::Rule, name).is(LinkState::Broken, "Rule missing", sentence);
    }
    Link::new(LinkKind::Rule, "no rule yet").is(LinkState::None, "Not created", "There is no rule on the event bus yet.")
}

fn stood(look: Look<'_>) -> bool {
    let wanted = look.record.spec.rule_arn();
    look.stood(|part| matches!(part, Part::Rule { arn, .. } if *arn == wanted))
}

fn has_recorded_pattern(look: Look<'_>, seen: &RuleSeen) -> bool {
    seen.pattern.as_deref().is_some_and(|live| same_pattern(live, &look.record.pattern, &look.record.spec.account))
}

fn different(look: Look<'_>, seen: &RuleSeen) -> String {
    let live = seen.pattern.as_deref().unwrap_or("none");
    format!("The rule's event pattern is {live}, but {} was set up.", look.record.pattern)
}

pub(super) fn drift(look: Look<'_>) -> Vec<String> {
    let name = &look.record.spec.rule.name;
    match &look.observed.rule.value {
        _ if !stood(look) => Vec::new(),
        None => vec![format!("The rule {name} was set up, but is no longer there.")],
        Some(seen) => {
            let disabled = (!seen.enabled).then(|| format!("The rule {name} was enabled, but is disabled now."));
            let differs = (!has_recorded_pattern(look, seen)).then(|| different(look, seen));
            [disabled, differs].into_iter().flatten().collect()
        }
    }
}
