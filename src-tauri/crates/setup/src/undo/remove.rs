//! Removing one part, unless others use it by now.

use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::json;
use waybill_aws::{CallError, CallErrorKind};
use waybill_domain::{QueueName, RuleName};

use crate::call::Call;
use crate::observe::{queue, targets};
use crate::perform::{WriteError, entry};
use crate::policy::ResourcePolicy;
use crate::record::Part;
use crate::setup::Setup;

/// What became of a part.
pub(crate) enum Removal {
    /// It is not there (any more).
    Gone,
    /// It was left, and why.
    Kept(String),
}

/// The outcome of a removing request: what does not exist is gone.
fn gone<T>(outcome: Result<T, CallError>) -> Result<Removal, WriteError> {
    match outcome {
        Ok(_) => Ok(Removal::Gone),
        Err(absent) if absent.kind == CallErrorKind::NotFound => Ok(Removal::Gone),
        Err(error) => Err(error.into()),
    }
}

impl Setup {
    /// Removes one part that Waybill made.
    pub(crate) async fn remove(&self, part: &Part) -> Result<Removal, WriteError> {
        match part {
            Part::Target { bus, rule, id } => self.remove_target(bus, rule, id).await,
            Part::QueueStatement { queue, sid } => self.remove_statement(queue, sid).await,
            Part::Queue { name, .. } => self.remove_queue(name).await,
            Part::Rule { bus, name, .. } => self.remove_rule(bus, name).await,
            Part::RuleEnabled { bus, name } => {
                let input = json!({ "Name": name, "EventBusName": bus });
                let sending = self.clients.events().disable_rule().name(name.as_str()).event_bus_name(bus).send();
                gone(Call::events("DisableRule").write(self, input, sending).await)
            }
            Part::BusPermission { bus, statement } => {
                let input = json!({ "EventBusName": bus, "StatementId": statement });
                let sending = self.clients.events().remove_permission().event_bus_name(bus).statement_id(statement).send();
                gone(Call::events("RemovePermission").write(self, input, sending).await)
            }
            Part::Activation { source } => self.deactivate(source).await,
            Part::Bus { name } => self.remove_bus(name).await,
        }
    }

    async fn remove_target(&self, bus: &str, rule: &RuleName, id: &str) -> Result<Removal, WriteError> {
        let input = json!({ "Rule": rule, "EventBusName": bus, "Ids": [id] });
        let sending = self.clients.events().remove_targets().rule(rule.as_str()).event_bus_name(bus).ids(id).send();
        match Call::events("RemoveTargets").write(self, input, sending).await {
            Ok(answer) => match answer.failed_entries().first() {
                None => Ok(Removal::Gone),
                Some(failed) => Err(entry("RemoveTargets", failed.error_code(), failed.error_message())),
            },
            Err(error) => gone::<()>(Err(error)),
        }
    }

    async fn remove_statement(&self, name: &QueueName, sid: &str) -> Result<Removal, WriteError> {
        let Some(seen) = queue(&self.clients, name).await?.value else { return Ok(Removal::Gone) };
        let policy = match ResourcePolicy::read(seen.policy()) {
            Ok(policy) if !policy.has(sid) => return Ok(Removal::Gone),
            Ok(policy) => policy.without(sid).text(),
            Err(unreadable) => return Ok(Removal::Kept(format!("{unreadable}; Waybill does not touch it"))),
        };
        let input = json!({ "QueueUrl": seen.url, "Attributes": { "Policy": policy } });
        let sending = self.clients.sqs().set_queue_attributes().queue_url(&seen.url).attributes(QueueAttributeName::Policy, policy).send();
        gone(Call::sqs("SetQueueAttributes").write(self, input, sending).await)
    }

    async fn remove_queue(&self, name: &QueueName) -> Result<Removal, WriteError> {
        let Some(seen) = queue(&self.clients, name).await?.value else { return Ok(Removal::Gone) };
        match ResourcePolicy::read(seen.policy()) {
            Ok(policy) if policy.count() == 0 => {}
            Ok(_) => return Ok(Removal::Kept("its policy has further statements, so that others use it".to_owned())),
            Err(unreadable) => return Ok(Removal::Kept(unreadable.to_string())),
        }
        let sending = self.clients.sqs().delete_queue().queue_url(&seen.url).send();
        gone(Call::sqs("DeleteQueue").write(self, json!({ "QueueUrl": seen.url }), sending).await)
    }

    async fn remove_rule(&self, bus: &str, name: &RuleName) -> Result<Removal, WriteError> {
        let others: Vec<String> = targets(&self.clients, bus, name.as_str()).await?.value.into_iter().map(|target| target.id).collect();
        if !others.is_empty() {
            return Ok(Removal::Kept(format!("it has further targets: {}", others.join(", "))));
        }
        let input = json!({ "Name": name, "EventBusName": bus });
        let sending = self.clients.events().delete_rule().name(name.as_str()).event_bus_name(bus).send();
        gone(Call::events("DeleteRule").write(self, input, sending).await)
    }

    async fn deactivate(&self, source: &str) -> Result<Removal, WriteError> {
        if let Some(rules) = self.rules_on(source).await? {
            return Ok(Removal::Kept(rules));
        }
        let sending = self.clients.events().deactivate_event_source().name(source).send();
        match Call::events("DeactivateEventSource").write(self, json!({ "Name": source }), sending).await {
            Err(not_active) if not_active.code.as_deref() == Some("InvalidStateException") => Ok(Removal::Gone),
            outcome => gone(outcome),
        }
    }

    async fn remove_bus(&self, name: &str) -> Result<Removal, WriteError> {
        if let Some(rules) = self.rules_on(name).await? {
            return Ok(Removal::Kept(rules));
        }
        let sending = self.clients.events().delete_event_bus().name(name).send();
        gone(Call::events("DeleteEventBus").write(self, json!({ "Name": name }), sending).await)
    }

    /// Names the rules that are on a bus, if there are any.
    async fn rules_on(&self, bus: &str) -> Result<Option<String>, WriteError> {
        let answer = Call::events("ListRules").read(self.clients.events().list_rules().event_bus_name(bus).send()).await?;
        let rules = answer.value.and_then(|page| page.rules).unwrap_or_default();
        let names: Vec<String> = rules.into_iter().filter_map(|rule| rule.name).collect();
        Ok((!names.is_empty()).then(|| format!("its event bus has further rules: {}", names.join(", "))))
    }
}
