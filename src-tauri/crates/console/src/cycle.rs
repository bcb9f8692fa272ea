//! The events of a burst: they cycle through some types, each cycle is an incident of its own, and each is made when it is asked for.

use waybill_delivery::{Planned, PlannedEvent};
use waybill_domain::{AlertSource, EventType, Expectation, IncidentId, Outgoing, Timestamp};

use crate::Error;
use crate::proof::{Asked, sample};

/// An incident and a time that stand in no payload but where they are put.
const MARK: (IncidentId, Timestamp) = (IncidentId(904_213_007_551_860_423), Timestamp::from_millis(4_089_236_645_317));

/// What a run of cycling events is made from.
#[derive(Debug)]
pub(crate) struct Cycle {
    first: IncidentId,
    start: Timestamp,
    /// Between one event and the next; 0 where there is no rate.
    step_ms: f64,
    kinds: Vec<Kind>,
    /// Everything that all events have in common.
    common: Outgoing,
    expectations: Vec<Expectation>,
}

/// One event type with its payload, around the incident's number and the report time.
#[derive(Debug)]
struct Kind {
    event_type: EventType,
    payload: [String; 3],
}

impl Cycle {
    /// `asked.count` events from `start` on, whose first incident is `first`; `common` is the first of them.
    ///
    /// # Errors
    /// When a payload cannot be written, or `expect` cannot tell what is expected of an event.
    pub(crate) fn new(
        asked: &Asked,
        source: &AlertSource,
        (first, start, common): (IncidentId, Timestamp, Outgoing),
        expect: impl Fn(&Outgoing) -> Result<Expectation, Error>,
    ) -> Result<Self, Error> {
        let kinds = asked.types.iter().map(|event_type| Kind::new(*event_type, source)).collect::<Result<_, _>>()?;
        let step_ms = asked.pace.rate.map_or(0.0, |rate| 1000.0 / rate);
        let mut cycle = Self { first, start, step_ms, kinds, common, expectations: Vec::new() };
        let count = u32::try_from(asked.count).map_err(|_| Error::bad_input("Events", "that many events cannot be numbered"))?;
        cycle.expectations = (0..count).map(|entry| expect(&cycle.outgoing(entry))).collect::<Result<_, _>>()?;
        Ok(cycle)
    }

    fn outgoing(&self, entry: u32) -> Outgoing {
        let (round, place) = (entry as usize / self.kinds.len(), entry as usize % self.kinds.len());
        let kind = &self.kinds[place];
        let incident = IncidentId(self.first.0 + i64::try_from(round).expect("fewer than 2^32"));
        let time = self.start.plus_millis((f64::from(entry) * self.step_ms) as i64);
        let [before, between, after] = &kind.payload;
        let detail = format!("{before}{incident}{between}{time}{after}");
        Outgoing { event_type: kind.event_type, detail, incident, time, ..self.common.clone() }
    }
}

impl Planned for Cycle {
    fn count(&self) -> u32 {
        u32::try_from(self.expectations.len()).expect("counted in 32 bits when it was made")
    }

    fn event(&self, entry: u32) -> PlannedEvent {
        PlannedEvent { outgoing: self.outgoing(entry), expectation: self.expectations[entry as usize] }
    }
}

impl Kind {
    fn new(event_type: EventType, source: &AlertSource) -> Result<Self, Error> {
        let (incident, time) = MARK;
        let text = serde_json::to_string(&sample(incident, event_type, source, time))
            .map_err(|error| Error::Broken(format!("a payload cannot be written as JSON: {error}")))?;
        let around = text.split_once(&incident.to_string()).and_then(|(before, rest)| {
            let (between, after) = rest.split_once(&time.to_string())?;
            Some([before, between, after].map(ToOwned::to_owned))
        });
        let payload = around.ok_or_else(|| Error::Broken("a payload names no incident or no report time".to_owned()))?;
        Ok(Self { event_type, payload })
    }
}

#[cfg(test)]
mod tests {
    use waybill_delivery::Pace;
    use waybill_domain::AlertSourceId;

    use super::*;

    #[test]
    fn every_event_is_the_sample_of_its_type_incident_and_time() {
        let asked = Asked { types: EventType::ALL.to_vec(), count: 40, pace: Pace { rate: Some(4.0), publishers: None }, timeout_ms: 1000 };
        let source = AlertSource { id: AlertSourceId(7), name: "Test".into() };
        let start = Timestamp::from_millis(1_628_237_776_154);
        let common = Outgoing {
            source: "aws.partner/ilert.com/test/1".parse().unwrap(),
            event_type: EventType::Created,
            detail: String::new(),
            incident: IncidentId(100),
            time: start,
            account: "123456789012".parse().unwrap(),
            region: "eu-central-1".parse().unwrap(),
        };
        let expect = |outgoing: &Outgoing| {
            Ok(if outgoing.event_type == EventType::Raised { Expectation::MustNotArrive } else { Expectation::MustArrive })
        };
        let cycle = Cycle::new(&asked, &source, (IncidentId(100), start, common), expect).unwrap();
        assert_eq!(cycle.count(), 40);
        for entry in 0..40u32 {
            let PlannedEvent { outgoing, expectation } = cycle.event(entry);
            let (event, incident) = (EventType::ALL[entry as usize % 9], IncidentId(100 + i64::from(entry) / 9));
            let time = start.plus_millis(i64::from(entry) * 250);
            assert_eq!((outgoing.event_type, outgoing.incident, outgoing.time), (event, incident, time));
            assert_eq!(outgoing.detail, serde_json::to_string(&sample(incident, event, &source, time)).unwrap(), "entry {entry}");
            assert_eq!(expectation == Expectation::MustNotArrive, event == EventType::Raised);
        }
    }
}
