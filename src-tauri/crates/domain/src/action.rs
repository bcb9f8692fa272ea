//! Alert sources and alert actions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AccountId, ActionId, ActionName, AlertSourceId, EventType, EventTypes, Invalid, Region};

/// An iLert alert source: where incidents are raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertSource {
    /// iLert's number of the source; it stands in every event's `detail.alertSource.id`.
    pub id: AlertSourceId,
    /// The source's name, unique in a data folder.
    pub name: String,
}

impl AlertSource {
    /// Checks a name for a new alert source.
    ///
    /// # Errors
    /// When the name is empty, longer than 255 characters or has control characters.
    pub fn check_name(text: &str) -> Result<String, Invalid> {
        let name = text.trim();
        let refuse = |reason: String| Err(Invalid::new("Alert source", reason));
        if name.is_empty() {
            return refuse("enter the name of the alert source".to_owned());
        }
        if name.chars().count() > 255 {
            return refuse(format!("the name has {} characters; at most 255 are accepted", name.chars().count()));
        }
        if name.chars().any(char::is_control) {
            return refuse("the name has a control character such as a line break".to_owned());
        }
        Ok(name.to_owned())
    }
}

/// When an alert action publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TriggerMode {
    /// Every step of an incident publishes its event.
    Automatic,
    /// Publishes on a click only.
    Manual,
}

impl TriggerMode {
    /// The word on the command line and in files: `automatic` or `manual`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Manual => "manual",
        }
    }
}

impl fmt::Display for TriggerMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for TriggerMode {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.trim().to_ascii_lowercase().as_str() {
            "automatic" => Ok(Self::Automatic),
            "manual" => Ok(Self::Manual),
            other => Err(Invalid::new("Trigger mode", format!("`{other}` is not a trigger mode; choose automatic or manual"))),
        }
    }
}

/// An alert action of type Amazon EventBridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertAction {
    /// Its id.
    pub id: ActionId,
    /// The alert source whose incidents it publishes.
    pub alert_source: AlertSource,
    /// What the administrator chose.
    pub settings: ActionSettings,
}

/// What an administrator chooses for an alert action, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionSettings {
    /// The action's unique name.
    pub name: ActionName,
    /// When it publishes.
    pub trigger_mode: TriggerMode,
    /// Which events it publishes.
    pub event_types: EventTypes,
    /// The AWS account that receives the partner event source.
    pub account: AccountId,
    /// The AWS region of the partner event source.
    pub region: Region,
}

/// An alert action as typed: nothing is checked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ActionForm {
    /// The action's name.
    pub name: String,
    /// The alert source's name; one that does not exist yet is made.
    pub alert_source: String,
    /// `automatic` or `manual`.
    pub trigger_mode: String,
    /// Event types by name.
    pub event_types: Vec<String>,
    /// Twelve digits.
    pub account: String,
    /// A region's name.
    pub region: String,
}

impl ActionForm {
    /// Checks every field.
    ///
    /// # Errors
    /// Every refused field with its reason, in the order of the form.
    pub fn check(&self) -> Result<ActionSettings, Vec<Invalid>> {
        let name = self.name.parse::<ActionName>();
        let source = AlertSource::check_name(&self.alert_source);
        let mode = self.trigger_mode.parse::<TriggerMode>();
        let types = self.event_types.iter().map(|name| name.parse::<EventType>()).collect::<Result<Vec<_>, _>>().and_then(EventTypes::new);
        let account = self.account.parse::<AccountId>();
        let region = self.region.parse::<Region>();
        match (name, source, mode, types, account, region) {
            (Ok(name), Ok(_), Ok(trigger_mode), Ok(event_types), Ok(account), Ok(region)) => {
                Ok(ActionSettings { name, trigger_mode, event_types, account, region })
            }
            (name, source, mode, types, account, region) => {
                Err([name.err(), source.err(), mode.err(), types.err(), account.err(), region.err()].into_iter().flatten().collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ActionForm {
        ActionForm {
            name: "Ops".into(),
            alert_source: "Checkout shop".into(),
            trigger_mode: "automatic".into(),
            event_types: vec!["incident-created".into()],
            account: "123456789012".into(),
            region: "eu-central-1".into(),
        }
    }

    #[test]
    fn a_complete_form_is_accepted() {
        let settings = form().check().unwrap();
        assert_eq!((settings.name.as_str(), settings.event_types.count()), ("Ops", 1));
    }

    #[test]
    fn each_wrong_field_is_named() {
        type Spoil = fn(&mut ActionForm);
        let cases: [(&str, Spoil); 7] = [
            ("Name", |f| f.name.clear()),
            ("Alert source", |f| f.alert_source.clear()),
            ("Trigger mode", |f| f.trigger_mode = "sometimes".into()),
            ("Event types", |f| f.event_types.clear()),
            ("Event types", |f| f.event_types = vec!["incident-exploded".into()]),
            ("AWS account ID", |f| f.account = "1234".into()),
            ("AWS region", |f| f.region = "moon".into()),
        ];
        for (field, spoil) in cases {
            let mut form = form();
            spoil(&mut form);
            let fields: Vec<_> = form.check().unwrap_err().iter().map(|invalid| invalid.field).collect();
            assert_eq!(fields, [field], "only the spoiled field is refused");
        }
    }

    #[test]
    fn all_wrong_fields_are_told_at_once_in_the_order_of_the_form() {
        let fields: Vec<_> = ActionForm::default().check().unwrap_err().iter().map(|invalid| invalid.field).collect();
        assert_eq!(fields, ["Name", "Alert source", "Trigger mode", "Event types", "AWS account ID", "AWS region"]);
    }
}
