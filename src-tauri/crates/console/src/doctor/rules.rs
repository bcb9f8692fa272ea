//! Which rules would this event match?

use waybill_diagnosis::{RuleMatch, RulesError, rules_matching};

use crate::view::{FieldOutcomeView, RuleMatchView, RulesMatchView};
use crate::{Console, Error};

impl Console {
    /// Tries an event on every rule of an alert action's event bus; with `ask_aws`, AWS's own answer is put beside Waybill's.
    ///
    /// # Errors
    /// When there is no such action, the event is no JSON object, or the rules cannot be listed.
    pub async fn rules_matching(&self, wanted: Option<&str>, event: &str, ask_aws: bool) -> Result<RulesMatchView, Error> {
        let row = self.named_action(wanted).await?;
        let case = self.case_of(&row).await?;
        let clients = self.clients(&row.action.settings.region).await?;
        let bus = case.chain.spec.bus().to_owned();
        match Box::pin(rules_matching(&clients, &bus, event, ask_aws)).await {
            Ok(rules) => Ok(RulesMatchView { bus, rules: rules.into_iter().map(view).collect() }),
            Err(RulesError::Call(error)) => Err(error.into()),
            Err(error @ RulesError::Event(_)) => Err(Error::bad_input("Event", error.to_string())),
        }
    }
}

fn view(rule: RuleMatch) -> RuleMatchView {
    let disagrees = rule.disagrees();
    let (by_aws, aws_refused) = match rule.by_aws {
        None => (None, None),
        Some(Ok(matched)) => (Some(matched), None),
        Some(Err(error)) => (None, Some(error.to_string())),
    };
    let field = |field: waybill_pattern::FieldOutcome| FieldOutcomeView {
        path: field.path,
        matched: field.matched,
        wanted: field.wanted,
        found: field.found,
    };
    RuleMatchView {
        rule: rule.rule,
        enabled: rule.enabled,
        pattern: rule.pattern,
        matched: rule.matched,
        fields: rule.fields.into_iter().map(field).collect(),
        by_aws,
        aws_refused,
        disagrees,
    }
}
