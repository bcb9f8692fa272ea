//! The wizard as it was left.

use waybill_domain::ActionId;
use waybill_setup::ChainSpec;

use super::form::form_of;
use crate::chain_log::StoreChainLog;
use crate::view::{PatternForm, PermissionForm, QueueForm, SetupDraft, SetupForm, Topic};
use crate::{Console, Error};

/// Key of the draft of an action that is not saved yet.
const NEW_ACTION: &str = "setup/new";

impl Console {
    /// The draft of an action's set-up: as saved, else the chain as it was set up, else the suggestion. Without an action, the draft
    /// of a new one.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn load_draft(&self, action_id: Option<&str>) -> Result<SetupDraft, Error> {
        let key = key(action_id);
        if let Some(row) = self.store().read(move |db| db.draft::<SetupDraft>(&key)).await? {
            return Ok(SetupDraft { saved_at: Some(row.updated_at), ..row.value });
        }
        let Some(id) = action_id else {
            let action = self.form_defaults().await?.form;
            return Ok(SetupDraft { action_id: None, action, form: suggested_form("all-incidents"), step: 0, saved_at: None });
        };
        let row = self.action_row(id.parse()?).await?;
        let settings = &row.action.settings;
        let record = self.chain_record(row.action.id).await?;
        let form = match (&record, &row.partner_source) {
            (Some(record), _) => form_of(&record.spec),
            (None, Some(source)) => form_of(&ChainSpec::suggested(source.clone(), settings.account.clone(), settings.region.clone())),
            (None, None) => suggested_form("all-incidents"),
        };
        let mut action = self.duplicate_alert_action(id).await?;
        action.name = settings.name.to_string();
        Ok(SetupDraft { action_id: Some(id.to_owned()), action, form, step: 1, saved_at: None })
    }

    /// Keeps the wizard as it is, whatever is typed.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn save_draft(&self, draft: SetupDraft) -> Result<SetupDraft, Error> {
        let (key, now, kept) = (key(draft.action_id.as_deref()), self.now(), draft.clone());
        self.store().write(move |db| db.save_draft(&key, &kept, now)).await?;
        self.changed(&[Topic::Drafts]);
        Ok(SetupDraft { saved_at: Some(now), ..draft })
    }

    /// Forgets a draft.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn discard_draft(&self, action_id: Option<&str>) -> Result<(), Error> {
        let key = key(action_id);
        self.store().write(move |db| db.discard_draft(&key)).await?;
        self.changed(&[Topic::Drafts]);
        Ok(())
    }

    /// What Waybill remembers of an action's chain.
    pub(crate) async fn chain_record(&self, id: ActionId) -> Result<Option<waybill_setup::ChainRecord>, Error> {
        use waybill_setup::ChainLog;
        let log = StoreChainLog::new(self.store().clone(), id, crate::clock::now);
        log.read().await.map_err(|error| Error::Broken(sentence_of(&error)))
    }
}

/// An error with everything that caused it, in one line.
pub(crate) fn sentence_of(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn key(action_id: Option<&str>) -> String {
    action_id.map_or_else(|| NEW_ACTION.to_owned(), |id| format!("setup/{id}"))
}

fn suggested_form(rule: &str) -> SetupForm {
    SetupForm {
        permission: PermissionForm::default(),
        rule_name: rule.to_owned(),
        rule_description: String::new(),
        pattern: PatternForm::default(),
        queue: QueueForm::New { name: "waybill-incidents".to_owned() },
        dead_letter: None,
    }
}
