//! From what was typed to a chain as wanted.

use waybill_domain::{AccountId, EventType, EventTypes, Invalid, QueueName, RuleName};
use waybill_setup::{ChainSpec, PatternChoice, Permission, QueueChoice, RuleSpec, TargetSpec};
use waybill_store::ActionRow;

use crate::view::{PatternForm, PermissionForm, QueueForm, SetupForm};
use crate::{Console, Error};

/// A set-up as the command line names it; what is not named is taken from the draft, the chain, or the suggestion.
#[derive(Debug, Clone, Default)]
pub struct SetupArguments {
    /// The alert action, by name or id; none means the only one.
    pub action: Option<String>,
    /// The rule's name.
    pub rule: Option<String>,
    /// The rule's event pattern; none means All Events.
    pub pattern: Option<String>,
    /// An SQS queue that exists; none means that one is made.
    pub queue: Option<String>,
}

impl Console {
    /// The alert action and the form that the arguments mean.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn resolve_setup(&self, arguments: SetupArguments) -> Result<(String, SetupForm), Error> {
        let action = self.find_alert_action(arguments.action.as_deref()).await?;
        let mut form = self.load_draft(Some(&action.id)).await?.form;
        if let Some(rule) = arguments.rule {
            form.rule_name = rule;
        }
        if let Some(text) = arguments.pattern {
            form.pattern = PatternForm::Own { text };
        }
        if let Some(name) = arguments.queue {
            form.queue = QueueForm::Existing { name };
        }
        Ok((action.id, form))
    }
}

/// The form of a chain.
pub(super) fn form_of(spec: &ChainSpec) -> SetupForm {
    let queue = |choice: &QueueChoice| match choice {
        QueueChoice::Existing(name) => QueueForm::Existing { name: name.to_string() },
        QueueChoice::New(name) => QueueForm::New { name: name.to_string() },
    };
    SetupForm {
        permission: match &spec.permission {
            Permission::None => PermissionForm::None,
            Permission::Account(account) => PermissionForm::Account { account: account.to_string() },
            Permission::MyOrganization => PermissionForm::MyOrganization,
            Permission::Organization(organization) => PermissionForm::Organization { organization: organization.clone() },
        },
        rule_name: spec.rule.name.to_string(),
        rule_description: spec.rule.description.clone(),
        pattern: match &spec.rule.pattern {
            PatternChoice::AllEvents => PatternForm::AllEvents,
            PatternChoice::EventTypes(types) => {
                PatternForm::EventTypes { event_types: types.as_slice().iter().map(ToString::to_string).collect() }
            }
            PatternChoice::Own(text) => PatternForm::Own { text: text.clone() },
        },
        queue: queue(&spec.target.queue),
        dead_letter: spec.target.dead_letter.as_ref().map(queue),
    }
}

/// The chain that an action's form asks for.
pub(super) fn spec_of(action: &ActionRow, form: &SetupForm) -> Result<ChainSpec, Error> {
    let source = action.partner_source.clone().ok_or_else(|| {
        let name = &action.action.settings.name;
        Error::Refused(format!("the partner event source of `{name}` is not known yet; save the alert action in iLert and look again"))
    })?;
    let (settings, mut problems) = (&action.action.settings, Vec::new());
    let permission = keep(permission(&form.permission), &mut problems);
    let name = keep(form.rule_name.parse::<RuleName>(), &mut problems);
    let pattern = keep(pattern(&form.pattern), &mut problems);
    let queue = keep(queue(&form.queue, "Queue name"), &mut problems);
    let dead_letter = keep(form.dead_letter.as_ref().map(|dead| self::queue(dead, "Dead-letter queue")).transpose(), &mut problems);
    let (Some(permission), Some(name), Some(pattern), Some(queue), Some(dead_letter)) = (permission, name, pattern, queue, dead_letter)
    else {
        return Err(problems.into());
    };
    let spec = ChainSpec {
        source,
        account: settings.account.clone(),
        region: settings.region.clone(),
        permission,
        rule: RuleSpec { name, description: form.rule_description.trim().to_owned(), pattern },
        target: TargetSpec { queue, dead_letter },
    };
    spec.check()?;
    Ok(spec)
}

fn keep<T>(checked: Result<T, Invalid>, problems: &mut Vec<Invalid>) -> Option<T> {
    checked.map_err(|invalid| problems.push(invalid)).ok()
}

fn permission(form: &PermissionForm) -> Result<Permission, Invalid> {
    Ok(match form {
        PermissionForm::None => Permission::None,
        PermissionForm::Account { account } => {
            Permission::Account(account.parse::<AccountId>().map_err(|invalid| Invalid::new("Other AWS account", invalid.reason))?)
        }
        PermissionForm::MyOrganization => Permission::MyOrganization,
        PermissionForm::Organization { organization } => Permission::Organization(organization.trim().to_owned()),
    })
}

pub(super) fn pattern(form: &PatternForm) -> Result<PatternChoice, Invalid> {
    Ok(match form {
        PatternForm::AllEvents => PatternChoice::AllEvents,
        PatternForm::EventTypes { event_types } => {
            let types = event_types.iter().map(|name| name.parse::<EventType>()).collect::<Result<Vec<_>, _>>()?;
            PatternChoice::EventTypes(EventTypes::new(types)?)
        }
        PatternForm::Own { text } => PatternChoice::Own(text.trim().to_owned()),
    })
}

fn queue(form: &QueueForm, field: &'static str) -> Result<QueueChoice, Invalid> {
    let named = |name: &str| name.parse::<QueueName>().map_err(|invalid| Invalid::new(field, invalid.reason));
    Ok(match form {
        QueueForm::Existing { name } => QueueChoice::Existing(named(name)?),
        QueueForm::New { name } => QueueChoice::New(named(name)?),
    })
}
