//! Adopting a chain that somebody made by hand.

use waybill_setup::{Candidate, ChainSettings, adopt, observe, scan, spec_of};
use waybill_store::ActionRow;

use crate::chain_log::StoreChainLog;
use crate::setup::{sentence_of, setup_error};
use crate::view::{AdoptableView, ChainView, Topic};
use crate::{Console, Error};

impl Console {
    /// Every chain of the connection's account and region that could be adopted, with what adopting it would mean. Writes nothing.
    ///
    /// # Errors
    /// When AWS cannot be read.
    pub async fn adoptable(&self) -> Result<Vec<AdoptableView>, Error> {
        let connection = self.connection();
        let account = self.account().await?;
        let found = Box::pin(scan(&connection.clients(&connection.region).await?, &account, None)).await?;
        let actions = self.store().read(|db| db.alert_actions()).await?;
        let mut views = Vec::new();
        for candidate in found.candidates {
            let row = actions.iter().find(|row| row.partner_source.as_ref() == Some(&candidate.source));
            let known = match row {
                Some(row) => self.chain_record(row.action.id).await?.is_some_and(|record| is_recorded(&record.spec, &candidate)),
                None => false,
            };
            views.push(view(candidate, row, known));
        }
        Ok(views)
    }

    /// Takes the chain on an alert action's partner event source into the record as it is: nothing on AWS changes, and no undo removes any
    /// of it. Rule and queue are named where there are several.
    ///
    /// # Errors
    /// When there is no such chain or several, or Waybill made a chain of this alert action already.
    pub async fn adopt_chain(&self, action: Option<&str>, rule: Option<&str>, queue: Option<&str>) -> Result<ChainView, Error> {
        let row = self.named_action(action).await?;
        let id = row.action.id;
        let made = self.chain_record(id).await?.is_some_and(|record| record.resources.iter().any(|part| part.made_by_waybill));
        if made {
            let name = &row.action.settings.name;
            return Err(Error::Refused(format!(
                "Waybill made parts of the chain of `{name}` itself; undo its set-up before you adopt another."
            )));
        }
        let candidate = self.candidate(&row, (rule, queue)).await?;
        let (spec, settings) = (spec_of(&candidate), &row.action.settings);
        let clients = self.clients(&settings.region).await?;
        let observed = Box::pin(observe(&clients, &spec)).await.map_err(setup_error)?;
        let log = StoreChainLog::new(self.store().clone(), id, crate::clock::now);
        adopt(&log, &spec, &observed).await.map_err(|error| Error::Broken(sentence_of(&error)))?;
        self.record_settings(id, Some(ChainSettings::seen(&spec, &observed))).await?;
        self.changed(&[Topic::Actions, Topic::Chains]);
        self.chain(&id.to_string()).await
    }

    /// The only chain on an action's partner event source that is as named.
    async fn candidate(&self, row: &ActionRow, (rule, queue): (Option<&str>, Option<&str>)) -> Result<Candidate, Error> {
        let settings = &row.action.settings;
        self.check_reach(settings).await?;
        let unknown =
            || Error::Refused(format!("the partner event source of `{}` is not known, so there is no chain to adopt", settings.name));
        let source = row.partner_source.clone().ok_or_else(unknown)?;
        let clients = self.clients(&settings.region).await?;
        let found = Box::pin(scan(&clients, &settings.account, Some(&source))).await?;
        let is_named = |candidate: &Candidate| {
            rule.is_none_or(|rule| candidate.rule.as_str() == rule) && queue.is_none_or(|queue| candidate.queue.as_str() == queue)
        };
        let mut candidates: Vec<Candidate> = found.candidates.into_iter().filter(is_named).collect();
        match candidates.len() {
            1 => Ok(candidates.remove(0)),
            0 => Err(Error::bad_input(
                "Rule",
                format!("no rule on the event bus {source} sends to a queue of this account and region as named"),
            )),
            _ => {
                let names = candidates.iter().map(|candidate| format!("rule {} to queue {}", candidate.rule, candidate.queue));
                let names = names.collect::<Vec<_>>().join(", ");
                Err(Error::bad_input("Rule", format!("there are several chains, name one by its rule and queue: {names}")))
            }
        }
    }
}

fn is_recorded(spec: &waybill_setup::ChainSpec, candidate: &Candidate) -> bool {
    spec.rule.name == candidate.rule && *spec.target.queue.name() == candidate.queue
}

fn view(candidate: Candidate, row: Option<&ActionRow>, is_known: bool) -> AdoptableView {
    let action = row.map(|row| row.action.settings.name.to_string());
    let meaning = match (&action, is_known) {
        (Some(action), true) => format!("It is recorded as the chain of {action}."),
        (Some(action), false) => {
            format!("Adopted into {action}: nothing on AWS changes, no undo removes any of it, and later differences are shown.")
        }
        (None, _) => "No alert action publishes through this partner event source here: create one with it first.".to_owned(),
    };
    AdoptableView {
        source: candidate.source.to_string(),
        rule: candidate.rule.to_string(),
        pattern: candidate.pattern,
        queue: candidate.queue.to_string(),
        dead_letter: candidate.dead_letter.map(|name| name.to_string()),
        action_id: row.map(|row| row.action.id.to_string()),
        action,
        is_known,
        meaning,
        notes: candidate.notes,
    }
}
