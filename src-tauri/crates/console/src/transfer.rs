//! Alert actions as a JSON document: exported, compared with what is there, imported; and copies for other alert sources.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use waybill_domain::{ActionForm, AlertSource, EventType, Invalid};

use crate::view::{AlertActionView, ImportField, ImportKind, ImportLine, ImportPlan};
use crate::{Console, Error};

/// Schema of the document.
const SCHEMA: &str = "waybill.actions/1";

/// The document. It has no ids, no partner event sources and no secrets: an import makes those anew.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    alert_actions: Vec<Entry>,
}

/// An alert action in the document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    alert_source: String,
    trigger_mode: String,
    event_types: Vec<String>,
    account: String,
    region: String,
}

/// Enough of a document of any version to tell the version.
#[derive(Deserialize)]
struct AnySchema {
    schema: Option<String>,
}

/// What becomes of one alert action of the document.
struct Change {
    form: ActionForm,
    before: Option<AlertActionView>,
    line: ImportLine,
}

impl Console {
    /// Alert actions as a document, those named or all, by name.
    ///
    /// # Errors
    /// When there is no such alert action.
    pub async fn export_alert_actions(&self, wanted: &[String]) -> Result<String, Error> {
        let mut actions = self.alert_actions().await?;
        if !wanted.is_empty() {
            for one in wanted {
                self.find_alert_action(Some(one)).await?;
            }
            actions.retain(|action| wanted.iter().any(|one| *one == action.name || *one == action.id));
        }
        Ok(written(actions.iter().map(form_of)))
    }

    /// A document of copies of an alert action for other alert sources, under names that are free; nothing is saved.
    ///
    /// # Errors
    /// When there is no such action, or an alert source is refused.
    pub async fn copies_for(&self, id: &str, alert_sources: &[String]) -> Result<String, Error> {
        let action = self.alert_action(id).await?;
        if alert_sources.is_empty() {
            return Err(Error::bad_input("Alert sources", "choose at least one alert source"));
        }
        let mut taken: HashSet<String> = self.alert_actions().await?.into_iter().map(|action| action.name).collect();
        let mut forms = Vec::new();
        for source in alert_sources {
            let alert_source = AlertSource::check_name(source)?;
            let base = format!("{} ({alert_source})", action.name);
            let mut names = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base} {n}")));
            let name = names.find(|name| taken.insert(name.clone())).unwrap_or(base);
            forms.push(ActionForm { name, alert_source, ..form_of(&action) });
        }
        Ok(written(forms.into_iter()))
    }

    /// What importing a document would make and change; nothing is written.
    ///
    /// # Errors
    /// When the document is refused: every field that is, with its reason.
    pub async fn import_plan(&self, text: &str) -> Result<ImportPlan, Error> {
        let changes = self.changes(text).await?;
        Ok(ImportPlan { lines: changes.into_iter().map(|change| change.line).collect() })
    }

    /// Imports a document: what is new is made, what differs is changed, by name.
    ///
    /// # Errors
    /// When the document is refused; then nothing changed. When a write fails on the way, the sentence says what was written before.
    pub async fn import_alert_actions(&self, text: &str) -> Result<ImportPlan, Error> {
        let changes = self.changes(text).await?;
        let mut written: Vec<String> = Vec::new();
        for change in &changes {
            let outcome = match (change.line.kind, &change.before) {
                (ImportKind::Same, _) => continue,
                (_, Some(before)) => self.update_alert_action(&before.id, &change.form).await,
                (_, None) => self.create_alert_action(&change.form).await,
            };
            match outcome {
                Ok(action) => written.push(action.name),
                Err(error) if written.is_empty() => return Err(error),
                Err(error) => {
                    let sentence = error.sentence();
                    return Err(Error::Refused(format!(
                        "{} was not imported: {sentence}. Imported before it: {}.",
                        change.form.name,
                        written.join(", ")
                    )));
                }
            }
        }
        Ok(ImportPlan { lines: changes.into_iter().map(|change| change.line).collect() })
    }

    async fn changes(&self, text: &str) -> Result<Vec<Change>, Error> {
        let forms = read(text)?;
        let known = self.alert_actions().await?;
        let (mut refused, mut names) = (Vec::new(), HashSet::new());
        let mut changes = Vec::new();
        for (place, form) in (1..).zip(forms) {
            let of_entry =
                |invalid: &Invalid| Invalid::new(invalid.field, format!("alert action {place}, `{}`: {}", form.name, invalid.reason));
            let before = known.iter().find(|action| action.name == form.name.trim()).cloned();
            if let Err(error) = self.check_form(&form).await {
                refused.extend(error.fields().iter().map(of_entry));
            }
            if !names.insert(form.name.trim().to_owned()) {
                refused.push(of_entry(&Invalid::new("Name", "the document names it twice")));
            }
            if before.as_ref().is_some_and(|before| before.alert_source != form.alert_source.trim()) {
                refused.push(of_entry(&Invalid::new(
                    "Alert source",
                    "an alert action of this name is on another alert source, and stays with it",
                )));
            }
            let warning = match &before {
                Some(before) => self.update_warning(&before.id, &form).await?,
                None => None,
            };
            changes.push(Change { line: line(&form, before.as_ref(), warning), form, before });
        }
        if refused.is_empty() { Ok(changes) } else { Err(Error::BadInput(refused)) }
    }
}

fn line(form: &ActionForm, before: Option<&AlertActionView>, warning: Option<String>) -> ImportLine {
    let fields = before.map(|before| differences(&form_of(before), form)).unwrap_or_default();
    let kind = match before {
        None => ImportKind::Create,
        Some(_) if fields.is_empty() => ImportKind::Same,
        Some(_) => ImportKind::Change,
    };
    ImportLine { name: form.name.trim().to_owned(), alert_source: form.alert_source.trim().to_owned(), kind, fields, warning }
}

/// Where two forms differ; the order of event types does not count.
fn differences(before: &ActionForm, after: &ActionForm) -> Vec<ImportField> {
    let types = |form: &ActionForm| {
        let chosen = |event: &EventType| form.event_types.iter().any(|name| name.trim() == event.as_str());
        EventType::ALL.iter().filter(|event| chosen(event)).map(|event| event.as_str()).collect::<Vec<_>>().join(", ")
    };
    let fields = [
        ("Trigger mode", before.trigger_mode.clone(), after.trigger_mode.trim().to_ascii_lowercase()),
        ("Event types", types(before), types(after)),
        ("AWS account ID", before.account.clone(), after.account.trim().to_owned()),
        ("AWS region", before.region.clone(), after.region.trim().to_owned()),
    ];
    let differing = fields.into_iter().filter(|(_, before, after)| before != after);
    differing.map(|(field, before, after)| ImportField { field: field.to_owned(), before, after }).collect()
}

fn form_of(action: &AlertActionView) -> ActionForm {
    ActionForm {
        name: action.name.clone(),
        alert_source: action.alert_source.clone(),
        trigger_mode: action.trigger_mode.to_string(),
        event_types: action.event_types.iter().map(ToString::to_string).collect(),
        account: action.account.clone(),
        region: action.region.clone(),
    }
}

fn written(forms: impl Iterator<Item = ActionForm>) -> String {
    let entry = |form: ActionForm| Entry {
        name: form.name,
        alert_source: form.alert_source,
        trigger_mode: form.trigger_mode,
        event_types: form.event_types,
        account: form.account,
        region: form.region,
    };
    let document = Document { schema: SCHEMA.to_owned(), alert_actions: forms.map(entry).collect() };
    serde_json::to_string_pretty(&document).expect("texts and lists are always JSON")
}

fn read(text: &str) -> Result<Vec<ActionForm>, Error> {
    let unreadable = |error: serde_json::Error| Error::bad_input("Document", error.to_string());
    let of: AnySchema = serde_json::from_str(text).map_err(unreadable)?;
    if of.schema.as_deref() != Some(SCHEMA) {
        let found = of.schema.map_or("is missing".to_owned(), |schema| format!("is `{schema}`"));
        return Err(Error::bad_input("Schema", format!("`schema` {found}; this Waybill reads `{SCHEMA}`")));
    }
    let document: Document = serde_json::from_str(text).map_err(unreadable)?;
    let form = |entry: Entry| ActionForm {
        name: entry.name,
        alert_source: entry.alert_source,
        trigger_mode: entry.trigger_mode,
        event_types: entry.event_types,
        account: entry.account,
        region: entry.region,
    };
    Ok(document.alert_actions.into_iter().map(form).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str) -> ActionForm {
        ActionForm {
            name: name.into(),
            alert_source: "Shop".into(),
            trigger_mode: "automatic".into(),
            event_types: vec!["incident-resolved".into(), "incident-created".into()],
            account: "123456789012".into(),
            region: "eu-central-1".into(),
        }
    }

    #[test]
    fn a_document_survives_its_own_json_and_holds_nothing_but_what_was_chosen() {
        let text = written([form("Payments")].into_iter());
        assert_eq!(read(&text).unwrap(), [form("Payments")]);
        for word in ["partner", "secret", "\"id\""] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }

    #[test]
    fn what_is_refused_is_named() {
        for (text, part) in [
            ("{", "Document: EOF"),
            (r#"{"schema":"waybill.actions/9","alert_actions":[]}"#, "Schema: `schema` is `waybill.actions/9`"),
            (r#"{"alert_actions":[]}"#, "Schema: `schema` is missing"),
            (r#"{"schema":"waybill.actions/1","alert_actions":[{"name":"x","key":"y"}]}"#, "unknown field `key`"),
        ] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn only_what_differs_is_a_difference() {
        let mut after = form("Payments");
        after.event_types.reverse();
        after.trigger_mode = " Automatic".into();
        assert_eq!(differences(&form("Payments"), &after), [], "order and spelling do not count");
        after.region = "eu-west-1".into();
        let found = differences(&form("Payments"), &after);
        assert_eq!(found, [ImportField { field: "AWS region".into(), before: "eu-central-1".into(), after: "eu-west-1".into() }]);
    }
}
