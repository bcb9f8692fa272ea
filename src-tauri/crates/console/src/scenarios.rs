//! Scenarios: listed, written, deleted, imported and exported.

use waybill_domain::{Scenario, ScenarioName, ScenarioStep};
use waybill_store::StoreError;

use crate::view::{ScenarioForm, ScenarioStepView, ScenarioView, Topic};
use crate::{Console, Error};

impl Console {
    /// Every scenario: those that every Waybill has, then the administrator's own by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn scenarios(&self) -> Result<Vec<ScenarioView>, Error> {
        let own = self.store().read(|db| db.scenarios()).await?;
        let built_in = Scenario::built_in().into_iter().map(|scenario| view(&scenario, true));
        Ok(built_in.chain(own.iter().map(|scenario| view(scenario, false))).collect())
    }

    /// One scenario by its name.
    ///
    /// # Errors
    /// When there is none of this name.
    pub async fn scenario(&self, name: &str) -> Result<ScenarioView, Error> {
        let scenario = self.find_scenario(name).await?;
        Ok(view(&scenario, is_built_in(&scenario.name)))
    }

    pub(crate) async fn find_scenario(&self, name: &str) -> Result<Scenario, Error> {
        let name: ScenarioName = name.parse()?;
        if let Some(found) = Scenario::built_in().into_iter().find(|scenario| scenario.name == name) {
            return Ok(found);
        }
        let wanted = name.clone();
        if let Some(found) = self.store().read(move |db| db.scenario(&wanted)).await? {
            return Ok(found);
        }
        let names: Vec<String> = self.scenarios().await?.into_iter().map(|scenario| scenario.name).collect();
        Err(Error::NotFound(format!("there is no scenario named `{name}`; there is: {}", names.join(", "))))
    }

    /// Keeps a scenario as typed; in place of the one named `replaces`, or as a new one.
    ///
    /// # Errors
    /// When a field is refused, the name is taken, or the one to replace is built in or not there.
    pub async fn save_scenario(&self, form: &ScenarioForm, replaces: Option<&str>) -> Result<ScenarioView, Error> {
        let steps = form.steps.iter().map(|step| ScenarioStep { event: step.event_type, after_ms: step.after_ms }).collect();
        let scenario = Scenario::new(&form.name, &form.description, steps)?;
        let replaced = replaces.map(own_name).transpose()?;
        self.keep_scenario(scenario, replaced, true).await
    }

    /// Keeps a scenario from its JSON; with `replace` also over an own one of the same name.
    ///
    /// # Errors
    /// When it is refused, or its name is taken.
    pub async fn import_scenario(&self, text: &str, replace: bool) -> Result<ScenarioView, Error> {
        let scenario = Scenario::from_json(text)?;
        let replaced = replace.then(|| scenario.name.clone());
        self.keep_scenario(scenario, replaced, false).await
    }

    /// A scenario's JSON, as it is imported.
    ///
    /// # Errors
    /// When there is none of this name.
    pub async fn export_scenario(&self, name: &str) -> Result<String, Error> {
        Ok(self.find_scenario(name).await?.to_json())
    }

    /// Throws an own scenario away.
    ///
    /// # Errors
    /// When it is built in, or there is none of this name.
    pub async fn delete_scenario(&self, name: &str) -> Result<(), Error> {
        let (name, told) = (own_name(name)?, name.to_owned());
        if !self.store().write(move |db| db.delete_scenario(&name)).await? {
            return Err(Error::NotFound(format!("there is no scenario named `{told}`")));
        }
        self.changed(&[Topic::Scenarios]);
        Ok(())
    }

    /// Writes a scenario in one transaction, so that a name that is taken leaves the replaced one where it was.
    async fn keep_scenario(&self, scenario: Scenario, replaced: Option<ScenarioName>, must_be_there: bool) -> Result<ScenarioView, Error> {
        own_name(scenario.name.as_str())?;
        let (kept, now) = (scenario.clone(), self.now());
        let written = self.store().write(move |db| {
            if let Some(name) = replaced
                && !db.delete_scenario(&name)?
                && must_be_there
            {
                return Err(StoreError::NotFound { what: format!("scenario named `{name}`") });
            }
            db.insert_scenario(&kept, now)
        });
        written.await.map_err(Error::of_name)?;
        self.changed(&[Topic::Scenarios]);
        Ok(view(&scenario, false))
    }
}

fn is_built_in(name: &ScenarioName) -> bool {
    Scenario::built_in().iter().any(|scenario| scenario.name == *name)
}

/// The name of a scenario that may be written.
fn own_name(name: &str) -> Result<ScenarioName, Error> {
    let name: ScenarioName = name.parse()?;
    if is_built_in(&name) {
        return Err(Error::bad_input(
            "Name",
            format!("`{name}` is a scenario that every Waybill has; it stays as it is, use another name"),
        ));
    }
    Ok(name)
}

fn view(scenario: &Scenario, built_in: bool) -> ScenarioView {
    let step = |step: &ScenarioStep| ScenarioStepView { event_type: step.event, after_ms: step.after_ms };
    ScenarioView {
        name: scenario.name.to_string(),
        description: scenario.description.clone(),
        steps: scenario.steps().iter().map(step).collect(),
        duration_ms: scenario.duration_ms(),
        built_in,
    }
}
