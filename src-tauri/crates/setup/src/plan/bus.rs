//! The page "Associate with event bus", permissions included.

use serde_json::{Value, json};

use super::{Look, Step, StepId};
use crate::observed::MyOrganization;
use crate::record::Part;
use crate::situation::NextCall;
use crate::spec::Permission;
use crate::write::{Grantee, Write};

const NO_LONGER_TAKEN: &str =
    "AWS no longer takes permissions on a partner event bus; only the partner can send to it. If it refuses, the set-up goes on without.";

pub(super) fn steps(look: Look<'_>) -> Vec<Step> {
    let bus = &look.observed.bus;
    let find = Step::read(StepId::FindBus, "Is there an event bus of its name?", bus)
        .input(json!({ "Name": look.spec.bus() }))
        .finding(if bus.value.is_some() { "there" } else { "no such event bus" });
    let mut steps = vec![find, associate(look)];
    steps.extend(activate(look));
    steps.extend(organization(look));
    steps.extend(permission(look));
    steps
}

fn associate(look: Look<'_>) -> Step {
    let name = look.spec.bus().to_owned();
    let step = Step::write(StepId::Associate, "Associate with event bus", Write::CreateBus { name: name.clone() }).of(Part::Bus { name });
    let situation = look.observed.situation();
    match situation.next() {
        NextCall::CreateEventBus => step,
        NextCall::ActivateEventSource => step.found("the event bus is there"),
        NextCall::Nothing => step.found("associated"),
        NextCall::Cannot => step.blocked(situation.sentence()),
    }
}

fn activate(look: Look<'_>) -> Option<Step> {
    let name = look.spec.bus().to_owned();
    let part = Part::Activation { source: name.clone() };
    let step = Step::write(StepId::Activate, "Activate the source; its event bus is there already", Write::ActivateSource { name });
    match look.observed.situation().next() {
        NextCall::ActivateEventSource => Some(step.of(part)),
        // Made by an earlier attempt whose answer was lost.
        NextCall::Nothing if look.made(&part) => Some(step.of(part).found("active")),
        _ => None,
    }
}

fn organization(look: Look<'_>) -> Option<Step> {
    let answer = look.observed.organization.as_ref()?;
    let finding = match &answer.value {
        MyOrganization::Id(id) => id.clone(),
        MyOrganization::NotInOne => "this account is in no organization".to_owned(),
        MyOrganization::Untold(why) => why.clone(),
    };
    Some(Step::read(StepId::FindOrganization, "Which organization is mine?", answer).finding(finding))
}

fn permission(look: Look<'_>) -> Option<Step> {
    match &look.spec.permission {
        Permission::None => None,
        Permission::Account(account) => {
            Some(grant(look, format!("Let AWS account {account} put events"), Grantee::Account(account.clone())))
        }
        Permission::Organization(id) => Some(grant(look, format!("Let organization {id} put events"), Grantee::Organization(id.clone()))),
        Permission::MyOrganization => Some(my_organization(look)),
    }
}

fn my_organization(look: Look<'_>) -> Step {
    let (id, why) = match look.observed.organization.as_ref().map(|answer| &answer.value) {
        Some(MyOrganization::Id(id)) => (id.clone(), None),
        Some(MyOrganization::Untold(why)) => {
            (String::new(), Some(format!("Which organization is mine could not be read, and the set-up goes on without: {why}.")))
        }
        None => (String::new(), Some("Which organization is mine was not read; the set-up goes on without.".to_owned())),
        Some(MyOrganization::NotInOne) => {
            (String::new(), Some("This account is in no organization, so there is no My organization to let in.".to_owned()))
        }
    };
    let step = grant(look, "Organization: My organization".to_owned(), Grantee::Organization(id));
    match why {
        None => step,
        Some(why) => step.input(json!({})).skipped(why),
    }
}

fn grant(look: Look<'_>, summary: String, grantee: Grantee) -> Step {
    let bus = look.spec.bus().to_owned();
    let statement = grantee.statement();
    let there = has_statement(look, &statement);
    let part = Part::BusPermission { bus: bus.clone(), statement };
    let step = Step::write(StepId::Permission, summary, Write::PutPermission { bus, grantee }).of(part);
    if there { step.found("there") } else { step.finding(NO_LONGER_TAKEN) }
}

fn has_statement(look: Look<'_>, statement: &str) -> bool {
    let policy = look.observed.bus.value.as_ref().and_then(|bus| bus.policy.as_deref());
    let policy: Option<Value> = policy.and_then(|text| serde_json::from_str(text).ok());
    policy.is_some_and(|policy| policy["Statement"].as_array().into_iter().flatten().any(|one| one["Sid"] == statement))
}
