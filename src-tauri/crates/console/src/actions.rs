//! Alert actions and their partner event sources.

use serde_json::json;
use waybill_aws::{CallErrorKind, CallRecord};
use waybill_domain::{ActionForm, ActionId, ActionName, ActionSettings, EventType, PartnerSourceName, Region, TriggerMode};
use waybill_store::{ActionRow, NewAction, Ref, StoreError};

use crate::view::{AlertActionView, DeleteReport, EventTypeInfo, FormDefaults, Topic};
use crate::{Console, Error, clock};

impl Console {
    /// All alert actions by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn alert_actions(&self) -> Result<Vec<AlertActionView>, Error> {
        Ok(self.store().read(|db| db.alert_actions()?.into_iter().map(|row| view(db, row)).collect()).await?)
    }

    /// The alert action with this id.
    ///
    /// # Errors
    /// When there is none.
    pub async fn alert_action(&self, id: &str) -> Result<AlertActionView, Error> {
        let row = self.action_row(id.parse()?).await?;
        Ok(self.store().read(move |db| view(db, row)).await?)
    }

    /// Finds an alert action by name or id; without either, the only one.
    ///
    /// # Errors
    /// When there is no such action, or several and none is named; the message lists them.
    pub async fn find_alert_action(&self, wanted: Option<&str>) -> Result<AlertActionView, Error> {
        let all = self.alert_actions().await?;
        let names = || all.iter().map(|action| format!("`{}`", action.name)).collect::<Vec<_>>().join(", ");
        let Some(wanted) = wanted.map(str::trim) else {
            return match all.as_slice() {
                [only] => Ok(only.clone()),
                [] => Err(Error::bad_input("Alert action", "there is no alert action yet; create one with `waybill actions create`")),
                _ => Err(Error::bad_input("Alert action", format!("there are several, name one of them: {}", names()))),
            };
        };
        let found = all.iter().find(|action| action.name == wanted || action.id == wanted);
        found.cloned().ok_or_else(|| {
            let known = if all.is_empty() { "there is none yet".to_owned() } else { format!("there is: {}", names()) };
            Error::bad_input("Alert action", format!("there is no alert action `{wanted}`; {known}"))
        })
    }

    /// What an empty form starts with.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn form_defaults(&self) -> Result<FormDefaults, Error> {
        let alert_sources = self.alert_sources().await?.into_iter().map(|source| source.name).collect();
        // An account that cannot be read is typed.
        let account = self.account().await.map(|account| account.to_string()).unwrap_or_default();
        let form = ActionForm {
            trigger_mode: TriggerMode::Automatic.as_str().to_owned(),
            event_types: EventType::ALL.iter().map(ToString::to_string).collect(),
            account,
            region: self.connection().region.to_string(),
            ..ActionForm::default()
        };
        Ok(FormDefaults {
            form,
            regions: Region::known().map(str::to_owned).collect(),
            event_types: EventType::ALL.into_iter().map(|name| EventTypeInfo { name, derived: name.is_derived() }).collect(),
            alert_sources,
        })
    }

    /// Saves a new alert action. Where the partner is at hand, as on the sandbox, its partner event source is made at once, as iLert does; it is PENDING afterwards.
    ///
    /// # Errors
    /// When fields are refused or the name is taken; then nothing changed.
    pub async fn create_alert_action(&self, form: &ActionForm) -> Result<AlertActionView, Error> {
        let settings = self.check_form(form).await?;
        let (id, uuid, now) = (ActionId::new(clock::new_id()), clock::new_id(), self.now());
        let plays_partner = self.connection().plays_partner().await?;
        let partner_source = plays_partner.then(|| PartnerSourceName::for_action(form.alert_source.trim(), uuid));
        let (source_name, connection) = (form.alert_source.trim().to_owned(), self.connection().name.clone());
        self.store()
            .write(move |db| {
                let alert_source = db.alert_source_or_new(&source_name, now)?.id;
                db.insert_alert_action(&NewAction { id, alert_source, settings, connection, partner_source }, now)
            })
            .await
            .map_err(Error::of_name)?;
        if let Err(error) = self.ensure_partner_source(id).await {
            self.store().write(move |db| db.delete_alert_action(id, now)).await?;
            return Err(error);
        }
        self.changed(&[Topic::Sources, Topic::Actions, Topic::Chains]);
        self.alert_action(&id.to_string()).await
    }

    /// A sentence when saving `form` would replace the partner event source.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn update_warning(&self, id: &str, form: &ActionForm) -> Result<Option<String>, Error> {
        let row = self.action_row(id.parse()?).await?;
        let settings = &row.action.settings;
        let moves = form.account.trim() != settings.account.as_str() || form.region.trim() != settings.region.as_str();
        Ok(moves.then(|| {
            format!(
                "A partner event source belongs to one account and region. Saving removes the one in {} of account {}, takes back what Waybill set up for it, and makes a new one that has to be associated again.",
                settings.region, settings.account
            )
        }))
    }

    /// Saves changes to an alert action; another account or region replaces its partner event source.
    ///
    /// # Errors
    /// When fields are refused or the name is taken; then nothing changed.
    pub async fn update_alert_action(&self, id: &str, form: &ActionForm) -> Result<AlertActionView, Error> {
        let settings = self.check_form(form).await?;
        let row = self.action_row(id.parse()?).await?;
        let id = row.action.id;
        if form.alert_source.trim() != row.action.alert_source.name {
            let own = &row.action.alert_source.name;
            return Err(Error::bad_input(
                "Alert source",
                format!("an alert action stays with its alert source `{own}`; duplicate it to have it on another"),
            ));
        }
        self.refuse_taken_name(id, &settings.name).await?;
        let before = &row.action.settings;
        let moves = before.account != settings.account || before.region != settings.region;
        if moves {
            self.leave_partner_source(&row).await?;
        }
        let now = self.now();
        let plays_partner = self.connection().plays_partner().await?;
        let fresh = (moves && plays_partner).then(|| PartnerSourceName::for_action(&row.action.alert_source.name, clock::new_id()));
        self.store()
            .write(move |db| {
                db.update_alert_action(id, &settings, now)?;
                if moves { db.set_partner_source(id, fresh.as_ref(), now) } else { Ok(()) }
            })
            .await?;
        self.ensure_partner_source(id).await?;
        self.changed(&[Topic::Sources, Topic::Actions, Topic::Chains]);
        self.alert_action(&id.to_string()).await
    }

    /// A form for a copy of an alert action, under a name that is free; nothing is saved.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn duplicate_alert_action(&self, id: &str) -> Result<ActionForm, Error> {
        let row = self.action_row(id.parse()?).await?;
        let taken: Vec<String> = self.alert_actions().await?.into_iter().map(|action| action.name).collect();
        let settings = row.action.settings;
        let free = (1..).map(|n| if n == 1 { format!("{} copy", settings.name) } else { format!("{} copy {n}", settings.name) });
        Ok(ActionForm {
            name: free.into_iter().find(|name| !taken.contains(name)).unwrap_or_default(),
            alert_source: row.action.alert_source.name,
            trigger_mode: settings.trigger_mode.to_string(),
            event_types: settings.event_types.as_slice().iter().map(ToString::to_string).collect(),
            account: settings.account.to_string(),
            region: settings.region.to_string(),
        })
    }

    /// What deleting an alert action would remove and leave.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn delete_preview(&self, id: &str) -> Result<DeleteReport, Error> {
        let row = self.action_row(id.parse()?).await?;
        self.describe_delete(&row).await
    }

    /// Deletes an alert action. On the sandbox its partner event source goes with it, as in iLert; its runs stay.
    ///
    /// # Errors
    /// When there is no such action, or its partner event source cannot be removed.
    pub async fn delete_alert_action(&self, id: &str) -> Result<DeleteReport, Error> {
        let row = self.action_row(id.parse()?).await?;
        let report = self.describe_delete(&row).await?;
        self.delete_partner_source(&row).await?;
        let (id, now) = (row.action.id, self.now());
        self.store().write(move |db| db.delete_alert_action(id, now)).await?;
        self.changed(&[Topic::Sources, Topic::Actions, Topic::Chains]);
        Ok(report)
    }

    async fn describe_delete(&self, row: &ActionRow) -> Result<DeleteReport, Error> {
        let name = row.action.settings.name.to_string();
        let mut report = DeleteReport { removed: vec![format!("Alert action `{name}`")], kept: Vec::new(), name };
        if let Some(source) = &row.partner_source {
            if self.connection().plays_partner().await? {
                report.removed.push(format!("Partner event source {source}: its state becomes DELETED"));
            } else {
                report.kept.push(format!("Partner event source {source}: delete the alert action in iLert too, only iLert can remove it"));
            }
        }
        let chain = self.chain_record(row.action.id).await?;
        for resource in chain.map(|chain| chain.resources).unwrap_or_default() {
            let whose = if resource.made_by_waybill { "made by Waybill; undo the set-up first to remove it" } else { "was there before" };
            let what = resource.part.to_string();
            report.kept.push(format!("{}{}: {whose}", what[..1].to_uppercase(), &what[1..]));
        }
        report.kept.push("Runs and deliveries of this alert action stay in the history".to_owned());
        Ok(report)
    }

    pub(crate) async fn check_form(&self, form: &ActionForm) -> Result<ActionSettings, Error> {
        let settings = form.check()?;
        self.check_place(&settings).await?;
        Ok(settings)
    }

    /// Refuses an account or region that the connection in use does not lead to.
    pub(crate) async fn check_place(&self, settings: &ActionSettings) -> Result<(), Error> {
        let connection = self.connection();
        let own = self.account().await?;
        if own != settings.account {
            let reason = if self.is_sandbox() {
                format!(
                    "the sandbox has the account {own} only, so an alert action for {} cannot receive anything here; use {own}, or another connection",
                    settings.account
                )
            } else {
                format!(
                    "the connection `{}` leads to the account {own}, and the alert action is for {}; use a connection to that account",
                    connection.name, settings.account
                )
            };
            return Err(Error::bad_input("AWS account ID", reason));
        }
        // The sandbox serves every region.
        if !self.is_sandbox() && connection.region != settings.region {
            return Err(Error::bad_input(
                "AWS region",
                format!(
                    "the connection `{}` leads to {}, and the alert action is for {}; use a connection to that region",
                    connection.name, connection.region, settings.region
                ),
            ));
        }
        Ok(())
    }

    /// Refuses an alert action of another account or region than the connection in use leads to. The sandbox is asked nothing: it has one
    /// account, and the doctor tells where an alert action is for another.
    pub(crate) async fn check_reach(&self, settings: &ActionSettings) -> Result<(), Error> {
        if self.is_sandbox() { Ok(()) } else { self.check_place(settings).await }
    }

    async fn refuse_taken_name(&self, id: ActionId, name: &ActionName) -> Result<(), Error> {
        let wanted = name.clone();
        let other = self.store().read(move |db| db.alert_action_named(wanted.as_str())).await?;
        if other.is_some_and(|row| row.action.id != id) {
            return Err(Error::bad_input("Name", format!("an alert action named `{name}` is already there")));
        }
        Ok(())
    }

    pub(crate) async fn action_row(&self, id: ActionId) -> Result<ActionRow, Error> {
        let row = self.store().read(move |db| db.alert_action(id)).await?;
        row.filter(|row| row.deleted_at.is_none()).ok_or_else(|| Error::NotFound(format!("there is no alert action {id}")))
    }

    /// Makes the action's partner event source where the partner is at hand (the sandbox) and it is not there yet.
    pub(crate) async fn ensure_partner_source(&self, id: ActionId) -> Result<(), Error> {
        let row = self.action_row(id).await?;
        let settings = &row.action.settings;
        let clients = self.clients(&settings.region).await?;
        let (Some(partner), Some(source)) = (clients.partner(), &row.partner_source) else { return Ok(()) };
        let sending = partner.create_partner_event_source().name(source.as_str()).account(settings.account.as_str()).send();
        let input = json!({ "Name": source, "Account": settings.account });
        match Box::pin(clients.gate().through(("events", "CreatePartnerEventSource"), &input, sending)).await {
            Err(error) if error.kind == CallErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error.into()),
            Ok(_) => {
                self.record_partner_call(&row, "CreatePartnerEventSource");
                Ok(())
            }
        }
    }

    async fn delete_partner_source(&self, row: &ActionRow) -> Result<(), Error> {
        let settings = &row.action.settings;
        let clients = self.clients(&settings.region).await?;
        let (Some(partner), Some(source)) = (clients.partner(), &row.partner_source) else { return Ok(()) };
        let sending = partner.delete_partner_event_source().name(source.as_str()).account(settings.account.as_str()).send();
        let input = json!({ "Name": source, "Account": settings.account });
        match Box::pin(clients.gate().through(("events", "DeletePartnerEventSource"), &input, sending)).await {
            Err(error) if error.kind == CallErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
            Ok(_) => {
                self.record_partner_call(row, "DeletePartnerEventSource");
                Ok(())
            }
        }
    }

    /// Takes back the chain and the partner event source of an action that moves to another account or region.
    async fn leave_partner_source(&self, row: &ActionRow) -> Result<(), Error> {
        let id = row.action.id;
        if self.store().read(move |db| db.chain(id)).await?.is_some() {
            let undone = self.undo_setup(&id.to_string()).await?;
            if let Some(failed) = undone.failed.first() {
                return Err(Error::Refused(format!("the old chain could not be taken back, so nothing was changed: {failed}")));
            }
        }
        self.delete_partner_source(row).await
    }

    fn record_partner_call(&self, row: &ActionRow, operation: &'static str) {
        let settings = &row.action.settings;
        let name = row.partner_source.as_ref().map(ToString::to_string);
        self.recorder(&settings.region).record(CallRecord {
            at: self.now(),
            service: "events",
            operation,
            input: serde_json::json!({ "Name": name, "Account": settings.account }),
            request_id: None,
            error: None,
        });
    }
}

pub(crate) fn view(db: &Ref<'_>, row: ActionRow) -> Result<AlertActionView, StoreError> {
    let chain = db.chain(row.action.id)?;
    let settings = row.action.settings;
    Ok(AlertActionView {
        id: row.action.id.to_string(),
        name: settings.name.to_string(),
        alert_source_id: row.action.alert_source.id.0,
        alert_source: row.action.alert_source.name,
        r#type: "Amazon EventBridge".to_owned(),
        trigger_mode: settings.trigger_mode,
        event_types: settings.event_types.as_slice().to_vec(),
        account: settings.account.to_string(),
        region: settings.region.to_string(),
        partner_source: row.partner_source.map(String::from).unwrap_or_default(),
        chain: chain.map_or("none", |chain| chain.stage.as_str()).to_owned(),
        created_at: row.created_at,
    })
}
