//! The fault lab: a chain of the sandbox is broken on purpose, and put back as it was.
//!
//! What AWS would be like is broken in the sandbox itself, through its signed path; what iLert would be like, in the alert action.

use serde::Deserialize;
use serde_json::json;
use waybill_domain::{ActionForm, EventType, TriggerMode};
use waybill_load::{Ask, Wire, WireError};
use waybill_store::ActionRow;

use crate::setup::sentence_of;
use crate::view::FaultView;
use crate::{Console, Error};

pub(super) const PATH: &str = "/_waybill/faults";

/// Faults of the alert action itself: id and sentence; the check has the same id.
const OF_THE_PARTNER: [(&str, &str); 2] = [
    ("event-type-not-chosen", "The alert action no longer sends the last of its event types."),
    ("manual-mode", "The alert action publishes on a click only."),
];

/// Every fault of the sandbox, as it lists them.
#[derive(Deserialize)]
pub(super) struct Listed {
    faults: Vec<Fault>,
}

#[derive(Clone, Deserialize)]
struct Fault {
    id: String,
    sentence: String,
    check: Option<String>,
    needs_proof: bool,
    sources: Vec<String>,
}

impl Console {
    /// Every way to break an alert action's chain.
    ///
    /// # Errors
    /// Anywhere but on the sandbox.
    pub async fn faults(&self, wanted: Option<&str>) -> Result<Vec<FaultView>, Error> {
        let row = self.named_action(wanted).await?;
        self.faults_of(&row, &self.listed().await?).await
    }

    /// What the sandbox lists.
    pub(super) async fn listed(&self) -> Result<Listed, Error> {
        self.ask_lab(|host| Ask::inspect(host, PATH)).await
    }

    pub(super) async fn faults_of(&self, row: &ActionRow, listed: &Listed) -> Result<Vec<FaultView>, Error> {
        let before = self.form_before(row).await?;
        let source = row.partner_source.as_ref().map(ToString::to_string).unwrap_or_default();
        let in_sandbox = listed.faults.iter().cloned().map(|fault| FaultView {
            active: fault.sources.contains(&source),
            id: fault.id,
            sentence: fault.sentence,
            check: fault.check,
            needs_proof: fault.needs_proof,
        });
        let of_partner = OF_THE_PARTNER.iter().map(|(id, sentence)| FaultView {
            id: (*id).to_owned(),
            sentence: (*sentence).to_owned(),
            check: Some((*id).to_owned()),
            needs_proof: false,
            active: before.as_ref().is_some_and(|before| is_broken(id, before, row)),
        });
        Ok(in_sandbox.chain(of_partner).collect())
    }

    /// Breaks an alert action's chain.
    ///
    /// # Errors
    /// Anywhere but on the sandbox; when there is no such fault, or it does not fit this chain.
    pub async fn inject_fault(&self, fault: &str, wanted: Option<&str>) -> Result<Vec<FaultView>, Error> {
        let row = self.named_action(wanted).await?;
        if !self.is_sandbox() {
            return Err(only_here());
        }
        if OF_THE_PARTNER.iter().any(|(id, _)| *id == fault) {
            self.break_action(fault, &row).await?;
        } else {
            let spec = self.case_of(&row).await?.chain.spec;
            let order = json!({
                "fault": fault,
                "region": spec.region,
                "source": spec.source,
                "rule": spec.rule.name,
                "queue": spec.target.queue.name(),
                "dead_letter": spec.target.dead_letter.as_ref().map(|choice| choice.name()),
            });
            self.ask_lab::<Listed>(|host| Ask::order(host, PATH, &order)).await?;
        }
        self.faults(wanted).await
    }

    /// Puts everything back as it was before the first fault, whatever was repaired meanwhile.
    ///
    /// # Errors
    /// Anywhere but on the sandbox.
    pub async fn reset_faults(&self, wanted: Option<&str>) -> Result<Vec<FaultView>, Error> {
        let row = self.named_action(wanted).await?;
        self.ask_lab::<Listed>(|host| Ask::take_back(host, PATH)).await?;
        self.put_form_back(&row).await?;
        self.faults(wanted).await
    }

    /// The alert action as it was before its first fault.
    pub(super) async fn put_form_back(&self, row: &ActionRow) -> Result<(), Error> {
        if let Some(form) = self.form_before(row).await? {
            self.update_alert_action(&row.action.id.to_string(), &form).await?;
            let key = form_key(row);
            self.store().write(move |db| db.clear_setting(&key)).await?;
        }
        Ok(())
    }

    async fn break_action(&self, fault: &str, row: &ActionRow) -> Result<(), Error> {
        let now = form_of(row);
        let before = self.form_before(row).await?.unwrap_or_else(|| now.clone());
        let (key, kept) = (form_key(row), before);
        self.store().write(move |db| db.set_setting(&key, &kept)).await?;
        let broken = match fault {
            "manual-mode" => ActionForm { trigger_mode: TriggerMode::Manual.as_str().to_owned(), ..now },
            _ => {
                let kept = now.event_types.len().saturating_sub(1).max(1);
                ActionForm { event_types: now.event_types.into_iter().take(kept).collect(), ..now }
            }
        };
        self.update_alert_action(&row.action.id.to_string(), &broken).await.map(drop)
    }

    async fn form_before(&self, row: &ActionRow) -> Result<Option<ActionForm>, Error> {
        let key = form_key(row);
        Ok(self.store().read(move |db| db.setting(&key)).await?)
    }

    pub(super) async fn ask_lab<T: serde::de::DeserializeOwned>(&self, ask: impl FnOnce(&str) -> Ask) -> Result<T, Error> {
        let connection = self.connection();
        let attachment = connection.attachment.as_ref().ok_or_else(only_here)?;
        let host = attachment.beacon().endpoint.trim_start_matches("http://").to_owned();
        let keys = attachment.keys();
        let lost = |error: WireError| match error {
            WireError::Refused { body, .. } => Error::Refused(refusal(&body)),
            other => Error::Host(sentence_of(&other)),
        };
        let mut wire = Wire::connect(&host).await.map_err(lost)?;
        wire.json(ask(&host).signed((&keys.access_key_id, &keys.secret_access_key))).await.map_err(lost)
    }
}

fn only_here() -> Error {
    Error::Refused("faults are for the sandbox only; this connection leads elsewhere".to_owned())
}

/// The sentence of the sandbox's refusal.
fn refusal(body: &str) -> String {
    let message = serde_json::from_str::<serde_json::Value>(body).ok().and_then(|value| value["message"].as_str().map(str::to_owned));
    message.unwrap_or_else(|| body.to_owned())
}

fn form_key(row: &ActionRow) -> String {
    format!("fault-lab/{}", row.action.id)
}

fn form_of(row: &ActionRow) -> ActionForm {
    let settings = &row.action.settings;
    ActionForm {
        name: settings.name.to_string(),
        alert_source: row.action.alert_source.name.clone(),
        trigger_mode: settings.trigger_mode.to_string(),
        event_types: settings.event_types.as_slice().iter().map(EventType::to_string).collect(),
        account: settings.account.to_string(),
        region: settings.region.to_string(),
    }
}

fn is_broken(fault: &str, before: &ActionForm, row: &ActionRow) -> bool {
    let now = form_of(row);
    match fault {
        "manual-mode" => before.trigger_mode != now.trigger_mode,
        _ => before.event_types != now.event_types,
    }
}
