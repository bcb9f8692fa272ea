//! Named life cycles: which steps an incident takes, and how long each waits for the one before.

use serde::{Deserialize, Serialize};

use crate::{AlertSource, Detail, EventType, Incident, IncidentId, Invalid, ScenarioName, Timestamp};

/// The version of a scenario's JSON.
pub const SCENARIO_SCHEMA: &str = "waybill.scenario/1";

/// Most steps of a scenario.
const MOST_STEPS: usize = 200;

/// Longest wait before a step: one hour, in milliseconds.
const LONGEST_WAIT_MS: i64 = 3_600_000;

/// Longest description, in characters.
const MAX_DESCRIPTION_CHARS: usize = 500;

/// One step of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioStep {
    /// The event that it publishes.
    pub event: EventType,
    /// How long it waits for the step before, in milliseconds.
    pub after_ms: i64,
}

/// A named life cycle of one incident. Its steps are possible one after the other, and the first one creates the incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its name.
    pub name: ScenarioName,
    /// What it is for, possibly empty.
    pub description: String,
    /// Its steps in order.
    steps: Vec<ScenarioStep>,
}

impl Scenario {
    /// A scenario whose steps are checked against the life cycle.
    ///
    /// # Errors
    /// Everything that is refused, each with its field.
    pub fn new(name: &str, description: &str, steps: Vec<ScenarioStep>) -> Result<Self, Vec<Invalid>> {
        let parsed = name.parse::<ScenarioName>();
        let description = description.trim().to_owned();
        let mut refused = check_steps(&steps);
        refused.extend(check_description(&description));
        match parsed {
            Ok(name) if refused.is_empty() => Ok(Self { name, description, steps }),
            Ok(_) => Err(refused),
            Err(invalid) => Err(std::iter::once(invalid).chain(refused).collect()),
        }
    }

    /// The steps in order.
    pub fn steps(&self) -> &[ScenarioStep] {
        &self.steps
    }

    /// When each step is due, in milliseconds after the start.
    pub fn offsets(&self) -> Vec<i64> {
        let sum = |total: &mut i64, step: &ScenarioStep| {
            *total += step.after_ms;
            Some(*total)
        };
        self.steps.iter().scan(0, sum).collect()
    }

    /// From the first step to the last, in milliseconds.
    pub fn duration_ms(&self) -> i64 {
        self.offsets().last().copied().unwrap_or_default()
    }

    /// What each step publishes about an incident that is created at `start`, with the time at which it is due.
    pub fn details(&self, id: IncidentId, source: &AlertSource, start: Timestamp) -> Vec<(Timestamp, Detail)> {
        let mut incident = blank(id, start);
        let due = self.offsets().into_iter().map(|offset| start.plus_millis(offset));
        self.steps
            .iter()
            .zip(due)
            .map(|(step, at)| {
                incident.assume(step.event, None);
                (at, incident.detail(step.event, source))
            })
            .collect()
    }

    /// The scenarios that every Waybill has.
    pub fn built_in() -> Vec<Self> {
        use EventType::{Acknowledged, Assigned, AutoEscalated, AutoResolved, CommentAdded, Created, Raised, Rejected, Resolved};
        let scenario = |name: &str, description: &str, steps: &[(EventType, i64)]| {
            let steps = steps.iter().map(|(event, after_ms)| ScenarioStep { event: *event, after_ms: *after_ms }).collect();
            Self::new(name, description, steps).expect("the scenarios that every Waybill has keep to the life cycle")
        };
        vec![
            scenario(
                "Escalation",
                "Nobody answers, the incident escalates, then somebody takes it, comments and resolves it",
                &[(Created, 0), (AutoEscalated, 5000), (Acknowledged, 5000), (CommentAdded, 2000), (Resolved, 5000)],
            ),
            scenario(
                "Acknowledged and resolved",
                "The shortest way through the hands of one person",
                &[(Created, 0), (Acknowledged, 2000), (Resolved, 5000)],
            ),
            scenario("Resolved by its source", "The alert source takes its alert back by itself", &[(Created, 0), (AutoResolved, 3000)]),
            scenario(
                "Handed over",
                "Assigned, rejected, raised, assigned to another person who resolves it",
                &[
                    (Created, 0),
                    (Assigned, 2000),
                    (Rejected, 2000),
                    (Raised, 1000),
                    (Assigned, 2000),
                    (Acknowledged, 2000),
                    (Resolved, 3000),
                ],
            ),
        ]
    }

    /// Reads a scenario's JSON.
    ///
    /// # Errors
    /// When it is of another version, has a field that is not known, or a value is refused; each named.
    pub fn from_json(text: &str) -> Result<Self, Vec<Invalid>> {
        let unreadable = |error: serde_json::Error| vec![Invalid::new("Scenario", error.to_string())];
        let of: AnySchema = serde_json::from_str(text).map_err(unreadable)?;
        if of.schema.as_deref() != Some(SCENARIO_SCHEMA) {
            let found = of.schema.map_or("is missing".to_owned(), |schema| format!("is `{schema}`"));
            return Err(vec![Invalid::new("Schema", format!("`schema` {found}; this Waybill reads `{SCENARIO_SCHEMA}`"))]);
        }
        let file: File = serde_json::from_str(text).map_err(unreadable)?;
        let (steps, refused): (Vec<_>, Vec<_>) =
            (1..).zip(&file.steps).map(|(place, step)| step.read(place)).partition(|read| read.is_ok());
        let refused: Vec<Invalid> = refused.into_iter().filter_map(Result::err).collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        Self::new(&file.name, &file.description, steps.into_iter().filter_map(Result::ok).collect())
    }

    /// Its JSON, indented, as [`Scenario::from_json`] reads it.
    pub fn to_json(&self) -> String {
        let step = |step: &ScenarioStep| FileStep { event: step.event.to_string(), after: Some(spelled(step.after_ms)) };
        let file = File {
            schema: SCENARIO_SCHEMA.to_owned(),
            name: self.name.to_string(),
            description: self.description.clone(),
            steps: self.steps.iter().map(step).collect(),
        };
        serde_json::to_string_pretty(&file).expect("texts and lists are always JSON")
    }
}

/// Enough of a scenario of any version to tell the version.
#[derive(Deserialize)]
struct AnySchema {
    schema: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    name: String,
    #[serde(default)]
    description: String,
    steps: Vec<FileStep>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileStep {
    event: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

impl FileStep {
    fn read(&self, place: usize) -> Result<ScenarioStep, Invalid> {
        let event = self.event.parse().map_err(|refused: Invalid| of_step(place, &format!("event: {}", refused.reason)))?;
        let after_ms = match &self.after {
            None => 0,
            Some(text) => millis(text).ok_or_else(|| of_step(place, &format!("after: `{text}` is not a time such as 500ms, 30s or 2m")))?,
        };
        Ok(ScenarioStep { event, after_ms })
    }
}

fn of_step(place: usize, what: &str) -> Invalid {
    Invalid::new("Steps", format!("step {place}: {what}"))
}

/// Reads `500ms`, `30s` or `2m` as milliseconds.
fn millis(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit_at);
    let factor = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(factor)
}

fn spelled(millis: i64) -> String {
    if millis % 1000 == 0 { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
}

fn check_description(text: &str) -> Option<Invalid> {
    let chars = text.chars().count();
    (chars > MAX_DESCRIPTION_CHARS).then(|| {
        Invalid::new("Description", format!("the description has {chars} characters; at most {MAX_DESCRIPTION_CHARS} are accepted"))
    })
}

fn check_steps(steps: &[ScenarioStep]) -> Vec<Invalid> {
    if steps.is_empty() || steps.len() > MOST_STEPS {
        return vec![Invalid::new("Steps", format!("a scenario has 1 to {MOST_STEPS} steps; this one has {}", steps.len()))];
    }
    let late = (1..).zip(steps).filter(|(_, step)| !(0..=LONGEST_WAIT_MS).contains(&step.after_ms));
    let mut refused: Vec<Invalid> = late.map(|(place, _)| of_step(place, "after: a step waits for 0 s to 60 m")).collect();
    if steps[0].event != EventType::Created {
        refused.push(of_step(1, &format!("event: a life cycle begins with {}, not with {}", EventType::Created, steps[0].event)));
        return refused;
    }
    let mut incident = blank(IncidentId(0), Timestamp::from_millis(0));
    for (place, step) in (2..).zip(&steps[1..]) {
        if incident.step(step.event, None).is_err() {
            let possible = incident.possible().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            refused.push(of_step(place, &format!("event: {} is not possible here; possible are {possible}", step.event)));
            break;
        }
    }
    refused
}

fn blank(id: IncidentId, at: Timestamp) -> Incident {
    Incident::new(id, "Waybill test incident", "Published by Waybill to prove delivery", at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Scenario::from_json(text).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
    }

    fn with_steps(steps: &str) -> String {
        format!(r#"{{"schema":"waybill.scenario/1","name":"x","steps":[{steps}]}}"#)
    }

    #[test]
    fn every_built_in_scenario_survives_its_own_json() {
        let all = Scenario::built_in();
        assert!(all.len() >= 3);
        for scenario in all {
            assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario.clone()), "{}", scenario.name);
        }
    }

    #[test]
    fn what_is_refused_is_named() {
        let cases = [
            ("{", "Scenario: EOF"),
            ("[]", "Scenario: "),
            (r#"{"name":"x"}"#, "Schema: `schema` is missing"),
            (r#"{"schema":"waybill.scenario/2","new":1}"#, "Schema: `schema` is `waybill.scenario/2`"),
            (r#"{"schema":"waybill.scenario/1","name":"x","steps":[],"colour":"red"}"#, "unknown field `colour`"),
            (r#"{"schema":"waybill.scenario/1","steps":[]}"#, "missing field `name`"),
            (&with_steps(""), "Steps: a scenario has 1 to 200 steps"),
            (&with_steps(r#"{"event":"incident-created","delay":"1s"}"#), "unknown field `delay`"),
            (&with_steps(r#"{"event":"incident-raised"}"#), "Steps: step 1: event: a life cycle begins with incident-created"),
            (&with_steps(r#"{"event":"incident-created"},{"event":"nothing"}"#), "Steps: step 2: event: "),
            (&with_steps(r#"{"event":"incident-created","after":"soon"}"#), "Steps: step 1: after: `soon` is not a time"),
            (&with_steps(r#"{"event":"incident-created","after":"61m"}"#), "Steps: step 1: after: a step waits for 0 s to 60 m"),
            (
                &with_steps(r#"{"event":"incident-created"},{"event":"incident-created"}"#),
                "step 2: event: incident-created is not possible",
            ),
            (
                &with_steps(r#"{"event":"incident-created"},{"event":"incident-rejected"}"#),
                "step 2: event: incident-rejected is not possible",
            ),
        ];
        for (text, told) in cases {
            assert!(refused(text).contains(told), "{text}: {}", refused(text));
        }
        let long = refused(&with_steps(r#"{"event":"incident-created"}"#).replace("\"x\"", "\"\""));
        assert!(long.starts_with("Name: "), "{long}");
    }

    #[test]
    fn steps_are_due_one_after_the_other_and_carry_the_incident_as_it_stands() {
        let scenario = &Scenario::built_in()[0];
        assert_eq!((scenario.offsets(), scenario.duration_ms()), (vec![0, 5000, 10_000, 12_000, 17_000], 17_000));
        let source = AlertSource { id: crate::AlertSourceId(1), name: "Test".into() };
        let details = scenario.details(IncidentId(7), &source, Timestamp::from_millis(1000));
        let told: Vec<_> = details.iter().map(|(at, detail)| (at.as_millis(), detail.event_type, detail.status)).collect();
        use crate::IncidentStatus::{Accepted, Pending, Resolved};
        assert_eq!(told[0], (1000, EventType::Created, Pending));
        assert_eq!(told[3], (13_000, EventType::CommentAdded, Accepted), "a comment leaves the incident where it stands");
        assert_eq!(told[4], (18_000, EventType::Resolved, Resolved));
    }
}
