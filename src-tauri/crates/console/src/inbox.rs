//! The inbox of partner event sources: what partners made for this account, and what is to be done with each.

use waybill_domain::PartnerSourceName;
use waybill_setup::{Inboxed, SourceState, has_event_source, inbox};

use crate::view::{EventSourceView, Topic};
use crate::{Console, Error};

impl Console {
    /// The partner event sources of the connection's account and region by name, each with its right next step.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn event_sources(&self) -> Result<Vec<EventSourceView>, Error> {
        let connection = self.connection();
        let clients = connection.clients(&connection.region).await?;
        let sources = Box::pin(inbox(&clients)).await?;
        let actions = self.store().read(|db| db.alert_actions()).await?;
        let view = |source: Inboxed| {
            let mut users = actions.iter().filter(|row| row.partner_source.as_ref().is_some_and(|name| name.as_str() == source.name));
            let state = match source.state {
                SourceState::Pending => "PENDING",
                SourceState::Active => "ACTIVE",
                SourceState::Deleted => "DELETED",
            };
            EventSourceView {
                state: state.to_owned(),
                sentence: source.situation().sentence().to_owned(),
                action: users.next().map(|row| row.action.settings.name.to_string()),
                has_bus: source.has_bus,
                created_by: source.created_by,
                expires_at: source.expires_at,
                name: source.name,
            }
        };
        Ok(sources.into_iter().map(view).collect())
    }

    /// Says which partner event source an alert action publishes through; where iLert makes them, Waybill learns it so.
    ///
    /// # Errors
    /// When the name is none, there is no such source here, or another alert action has it.
    pub async fn take_event_source(&self, action_id: &str, name: &str) -> Result<(), Error> {
        let row = self.action_row(action_id.parse()?).await?;
        let name: PartnerSourceName = name.parse()?;
        let clients = self.clients(&row.action.settings.region).await?;
        let refuse = |reason: String| Err(Error::bad_input("Partner event source", reason));
        if !Box::pin(has_event_source(&clients, &name)).await? {
            return refuse(format!("there is no `{name}` in this account and region; save the alert action in iLert and look again"));
        }
        let others = self.store().read(|db| db.alert_actions()).await?;
        let other = others.iter().find(|other| other.partner_source.as_ref() == Some(&name) && other.action.id != row.action.id);
        if let Some(other) = other {
            return refuse(format!("`{name}` belongs to the alert action `{}`", other.action.settings.name));
        }
        let (id, now) = (row.action.id, self.now());
        self.store().write(move |db| db.set_partner_source(id, Some(&name), now)).await?;
        self.changed(&[Topic::Actions, Topic::Chains]);
        Ok(())
    }
}
