//! Reading a JSON report without holding its events, and without letting a key that stands twice hide another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::digest::EventsDigest;

/// What a report consists of beside its events.
pub(super) struct Fields {
    /// Everything but events and hash, as JSON by name.
    pub(super) head: BTreeMap<String, Box<RawValue>>,
    /// The events, hashed.
    pub(super) events: Option<EventsDigest>,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfFields)
    }
}

struct OfFields;

impl<'de> Visitor<'de> for OfFields {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the report of a run")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields { head: BTreeMap::new(), events: None };
        while let Some(name) = map.next_key::<String>()? {
            if name == "events" && fields.events.is_none() {
                fields.events = Some(map.next_value::<Events>()?.0);
            } else {
                let value: Box<RawValue> = map.next_value()?;
                check(&value)?;
                if fields.head.insert(name.clone(), value).is_some() || name == "events" {
                    return Err(twice(&name));
                }
            }
        }
        Ok(fields)
    }
}

/// Events that are hashed as they are read.
struct Events(EventsDigest);

impl<'de> Deserialize<'de> for Events {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(OfEvents)
    }
}

struct OfEvents;

impl<'de> Visitor<'de> for OfEvents {
    type Value = Events;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Events, A::Error> {
        let mut digest = EventsDigest::begin();
        while let Some(event) = list.next_element::<Box<RawValue>>()? {
            check(&event)?;
            digest.add(event.get()).map_err(A::Error::custom)?;
        }
        Ok(Events(digest))
    }
}

fn twice<E: Error>(name: &str) -> E {
    E::custom(format!("the key `{name}` stands twice"))
}

fn check<E: Error>(value: &RawValue) -> Result<(), E> {
    serde_json::from_str::<NoKeyTwice>(value.get()).map(drop).map_err(E::custom)
}

/// Any JSON in whose objects no key stands twice: programs differ in which of the two they take.
struct NoKeyTwice;

impl<'de> Deserialize<'de> for NoKeyTwice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for NoKeyTwice {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            map.next_value::<Self>()?;
            if !seen.insert(name.clone()) {
                return Err(twice(&name));
            }
        }
        Ok(self)
    }
}
