//! The page "Create rule".

use serde_json::json;
use waybill_domain::EventType;

use super::{Look, Step, StepId, StepStatus};
use crate::call::Call;
use crate::observed::RuleSeen;
use crate::record::Part;
use crate::sample::{matching_samples, sample_event};
use crate::spec::same_pattern;
use crate::write::Write;

pub(super) fn steps(look: Look<'_>) -> Vec<Step> {
    let seen = look.observed.rule.value.as_ref();
    let find = Step::read(StepId::FindRule, "Is there a rule with this name?", &look.observed.rule)
        .input(json!({ "Name": look.spec.rule.name, "EventBusName": look.spec.bus() }))
        .finding(match seen {
            None => "no such rule",
            Some(rule) if rule.enabled => "there, enabled",
            Some(_) => "there, disabled",
        });
    let rule = rule(look);
    let test = test_pattern(look, &rule);
    vec![find, test, rule]
}

fn test_pattern(look: Look<'_>, rule: &Step) -> Step {
    let input = json!({ "EventPattern": look.spec.pattern(), "Event": sample_event(look.spec, EventType::Created) });
    let step = Step::read_later(StepId::TestPattern, "Do the nine samples match?", Call::events("TestEventPattern")).input(input);
    match matching_samples(look.spec) {
        Err(refused) => step.blocked(refused.to_string()),
        Ok(matching) => {
            let finding = format!("{} of 9 samples match", matching.len());
            // Asked only where the pattern is about to be written.
            if rule.status == StepStatus::Planned { step.finding(finding) } else { step.found(finding) }
        }
    }
}

fn rule(look: Look<'_>) -> Step {
    let spec = look.spec;
    let name = spec.rule.name.clone();
    let part = spec.rule_part();
    let put = Write::PutRule {
        bus: spec.bus().to_owned(),
        name: name.clone(),
        description: spec.rule.description.clone(),
        pattern: spec.pattern(),
    };
    let step = |summary: String| Step::write(StepId::Rule, summary, put.clone()).of(part.clone());
    let Some(seen) = look.observed.rule.value.as_ref() else {
        return step(format!("Create {name}, enabled"));
    };
    let same = seen.pattern.as_deref().is_some_and(|live| same_pattern(live, &spec.pattern(), &spec.account));
    if let Some(service) = &seen.managed_by {
        return step(format!("Create {name}")).blocked(format!("{service} manages the rule {name}; choose another name."));
    }
    match (look.made(&part), same, seen.enabled) {
        (false, false, _) => step(format!("Create {name}")).blocked(foreign_pattern(look, seen)),
        (false, true, false) => enable(look),
        (true, true, true) if seen.description == spec.rule.description => step(format!("Create {name}")).found("as wanted"),
        (false, true, true) => step(format!("Create {name}")).found("there with this pattern"),
        (true, ..) => step(format!("Set {name} as wanted, enabled")).replacing(seen.pattern.as_deref().filter(|_| !same), &spec.pattern()),
    }
}

fn enable(look: Look<'_>) -> Step {
    let (bus, name) = (look.spec.bus().to_owned(), look.spec.rule.name.clone());
    let part = Part::RuleEnabled { bus: bus.clone(), name: name.clone() };
    Step::write(StepId::Rule, format!("Enable {name}, which is there with this pattern"), Write::EnableRule { bus, name }).of(part)
}

fn foreign_pattern(look: Look<'_>, seen: &RuleSeen) -> String {
    let name = &look.spec.rule.name;
    let live = seen.pattern.as_deref().unwrap_or("none, it runs on a schedule");
    format!(
        "A rule named {name} is there with another pattern, and Waybill did not make it. Choose another name, or take its pattern: {live}"
    )
}
