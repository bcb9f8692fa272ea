//! Redeliver, and edit and resend: an earlier event published once more, as a run of its own.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use waybill_domain::{IncidentId, Outgoing};

use crate::view::{RunSummary, Topic};
use crate::{Console, Error, compose, proof};

impl Console {
    /// Publishes an earlier event once more: as it was, or with another `detail`. It is about a new incident, whatever the detail says,
    /// because no incident has two events of one type; nothing else of the detail is touched. The run knows the first attempt.
    ///
    /// # Errors
    /// When there is no such delivery, its alert action is gone, its chain is not set up, or the detail is refused. Nothing is sent then.
    pub async fn publish_again(&self, delivery: i64, detail: Option<&str>) -> Result<RunSummary, Error> {
        let (action, earlier) = self.earlier(delivery).await?;
        let text = detail.unwrap_or(&earlier.detail).trim();
        compose::check_object(text).map_err(|problem| Error::bad_input("Detail", problem.message))?;
        let action = self.action_row(action.parse()?).await?;
        let incident = self.store().write(|db| db.take_incident_ids(1)).await?;
        let plan = proof::written(self, &action, earlier.event_type, about(text, incident), incident).await?;
        for planned in plan.events.iter() {
            planned.outgoing.check_size()?;
        }
        let run = self.start_planned(&action, plan).await?;
        let id = run.run_id.parse()?;
        self.store().write(move |db| db.set_first_attempt(id, delivery)).await?;
        self.changed(&[Topic::Runs]);
        Ok(run)
    }

    async fn earlier(&self, delivery: i64) -> Result<(String, Outgoing), Error> {
        let (now, holds) = (self.now(), self.holds());
        let found = self.store().read(move |db| db.delivery(delivery, now, &holds)).await?;
        let record = found.ok_or_else(|| Error::NotFound(format!("there is no delivery {delivery}")))?;
        Ok((record.run.new.action.to_string(), record.outgoing))
    }
}

/// A detail with another incident number; the other fields stay where and as they are, to the letter of their values.
pub(crate) fn about(detail: &str, incident: IncidentId) -> String {
    let number = serde_json::Value::from(incident.to_string()).to_string();
    let Ok(Fields(fields)) = serde_json::from_str::<Fields<'_>>(detail) else { return detail.to_owned() };
    let is_named = fields.iter().any(|(name, _)| name == "id");
    let first = (!is_named).then(|| format!(r#""id":{number}"#));
    let rest = fields.iter().map(|(name, value)| {
        let value = if name == "id" { number.as_str() } else { value.get() };
        format!("{}:{value}", serde_json::Value::from(name.as_str()))
    });
    format!("{{{}}}", first.into_iter().chain(rest).collect::<Vec<_>>().join(","))
}

/// The fields of a JSON object in their order, values unread.
pub(crate) struct Fields<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(InOrder).map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_incident_changes() {
        let incident = IncidentId(3_710_999);
        for (detail, wanted) in [
            (r#"{"summary":"a","id":"1","n":1.50}"#, r#"{"summary":"a","id":"3710999","n":1.50}"#),
            ("{\n  \"id\": 7,\n  \"x\": {\"id\": \"7\"}\n}", r#"{"id":"3710999","x":{"id": "7"}}"#),
            ("{}", r#"{"id":"3710999"}"#),
            (r#"{"a":1,"a":2}"#, r#"{"id":"3710999","a":1,"a":2}"#),
            (r#"{"\u00fc":"\ud83d\ude00"}"#, r#"{"id":"3710999","ü":"\ud83d\ude00"}"#),
        ] {
            assert_eq!(about(detail, incident), wanted, "{detail}");
        }
    }
}
