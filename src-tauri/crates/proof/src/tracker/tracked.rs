//! What is known of one event, packed: a burst has a hundred thousand of them in memory, and nearly all are accepted and read once.

use uuid::Uuid;
use waybill_domain::{EventType, Evidence, Expectation, IncidentId, ReadBack, Sending, Timestamp, Verdict};

/// No request yet.
pub(super) const NO_REQUEST: u32 = u32::MAX;

/// One event.
#[derive(Debug)]
pub(super) struct Tracked {
    pub(super) incident: IncidentId,
    way: Way,
    copies: Copies,
    /// The place of its request's id among those of the run.
    pub(super) request: u32,
    pub(super) event_type: EventType,
    pub(super) expectation: Expectation,
    pub(super) verdict: Verdict,
}

/// How far it got; see [`Sending`].
#[derive(Debug)]
enum Way {
    /// Under an id in its usual spelling; any other is among the others.
    Accepted {
        left: Timestamp,
        at: Timestamp,
        id: Uuid,
    },
    Other(Box<Sending>),
    Planned,
    Leaving(Timestamp),
    Withheld(Timestamp),
}

/// What was read of it.
#[derive(Debug)]
enum Copies {
    /// One copy with its own id and as it was sent.
    Own(Timestamp),
    Others(Box<[ReadBack]>),
}

/// An id that AWS gave to an event or a request: a UUID in its usual spelling, or whatever else it is.
#[derive(Debug)]
pub(super) enum Id {
    Uuid(Uuid),
    Text(Box<str>),
}

impl Id {
    pub(super) fn new(text: &str) -> Self {
        usual(text).map_or_else(|| Self::Text(text.into()), Self::Uuid)
    }

    pub(super) fn is(&self, text: &str) -> bool {
        match self {
            Self::Uuid(uuid) => is(uuid, text),
            Self::Text(own) => **own == *text,
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::Uuid(uuid) => uuid.to_string(),
            Self::Text(text) => text.to_string(),
        }
    }
}

/// The UUID that a text is in its usual spelling.
fn usual(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|uuid| is(uuid, text))
}

fn is(uuid: &Uuid, text: &str) -> bool {
    *uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == *text
}

impl Tracked {
    pub(super) fn new((event_type, incident): (EventType, IncidentId), evidence: Evidence) -> Self {
        let Evidence { expectation, sending, copies } = evidence;
        let mut tracked = Self {
            incident,
            way: Way::Planned,
            copies: Copies::Others(Box::default()),
            request: NO_REQUEST,
            event_type,
            expectation,
            verdict: Verdict::Waiting,
        };
        tracked.set_copies(copies);
        tracked.set_sending(sending);
        tracked
    }

    /// All that is known of it.
    pub(super) fn evidence(&self) -> Evidence {
        let copies = match (&self.copies, &self.way) {
            (Copies::Own(at), Way::Accepted { id, .. }) => vec![ReadBack { event_id: Some(id.to_string()), at: *at, differs: None }],
            // An own copy is packed only beside the id that it has.
            (Copies::Own(at), _) => vec![ReadBack { event_id: None, at: *at, differs: None }],
            (Copies::Others(copies), _) => copies.to_vec(),
        };
        Evidence { expectation: self.expectation, sending: self.sending(), copies }
    }

    pub(super) fn sending(&self) -> Sending {
        match &self.way {
            Way::Planned => Sending::Planned,
            Way::Withheld(at) => Sending::Withheld { at: *at },
            Way::Leaving(at) => Sending::Leaving { at: *at },
            Way::Accepted { left, at, id } => Sending::Accepted { left: *left, at: *at, event_id: id.to_string() },
            Way::Other(sending) => (**sending).clone(),
        }
    }

    /// Until when it has to be read; see [`Sending::deadline`].
    pub(super) fn deadline(&self, timeout_ms: i64) -> Option<Timestamp> {
        match &self.way {
            Way::Planned | Way::Leaving(_) => None,
            Way::Withheld(at) | Way::Accepted { at, .. } => Some(at.plus_millis(timeout_ms)),
            Way::Other(sending) => sending.deadline(timeout_ms),
        }
    }

    pub(super) fn left_at(&self) -> Option<Timestamp> {
        match &self.way {
            Way::Planned | Way::Withheld(_) => None,
            Way::Leaving(left) | Way::Accepted { left, .. } => Some(*left),
            Way::Other(sending) => sending.left_at(),
        }
    }

    pub(super) const fn is_planned(&self) -> bool {
        matches!(self.way, Way::Planned)
    }

    pub(super) const fn is_leaving(&self) -> bool {
        matches!(self.way, Way::Leaving(_))
    }

    pub(super) fn set_sending(&mut self, sending: Sending) {
        let copies = self.evidence().copies;
        self.way = match sending {
            Sending::Planned => Way::Planned,
            Sending::Withheld { at } => Way::Withheld(at),
            Sending::Leaving { at } => Way::Leaving(at),
            Sending::Accepted { left, at, event_id } => match usual(&event_id) {
                Some(id) => Way::Accepted { left, at, id },
                None => Way::Other(Box::new(Sending::Accepted { left, at, event_id })),
            },
            other => Way::Other(Box::new(other)),
        };
        self.set_copies(copies);
    }

    pub(super) fn add_copy(&mut self, copy: ReadBack) {
        let mut copies = self.evidence().copies;
        copies.push(copy);
        self.set_copies(copies);
    }

    fn set_copies(&mut self, copies: Vec<ReadBack>) {
        self.copies = match (&self.way, copies.as_slice()) {
            (Way::Accepted { id, .. }, [ReadBack { event_id: Some(own), at, differs: None }]) if is(id, own) => Copies::Own(*at),
            _ => Copies::Others(copies.into()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "cb5fbc21-5156-2073-1f94-116d1dadae0e";

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn copy(id: Option<&str>, differs: Option<&str>) -> ReadBack {
        ReadBack { event_id: id.map(Into::into), at: at(9), differs: differs.map(Into::into) }
    }

    #[test]
    fn what_was_packed_is_unpacked_as_it_was_in_whatever_order_it_came() {
        let accepted = |id: &str| Sending::Accepted { left: at(1), at: at(2), event_id: id.into() };
        let sendings = [
            Sending::Planned,
            Sending::Withheld { at: at(1) },
            Sending::Leaving { at: at(1) },
            accepted(OURS),
            accepted(&OURS.to_uppercase()),
            accepted(&OURS.replace('-', "")),
            accepted("any text"),
            Sending::Rejected { left: at(1), code: "C".into(), message: "m".into() },
            Sending::NotSent { why: "w".into() },
            Sending::OutcomeUnknown { left: at(1), why: "w".into() },
        ];
        let copies = [
            vec![],
            vec![copy(Some(OURS), None)],
            vec![copy(Some(&OURS.to_uppercase()), None)],
            vec![copy(Some("any text"), None)],
            vec![copy(None, None)],
            vec![copy(Some(OURS), Some("detail"))],
            vec![copy(Some(OURS), None), copy(Some(OURS), None)],
        ];
        for sending in &sendings {
            for copies in &copies {
                let whole = Evidence { expectation: Expectation::MustArrive, sending: sending.clone(), copies: copies.clone() };
                let kind = (EventType::Created, IncidentId(1));
                assert_eq!(Tracked::new(kind, whole.clone()).evidence(), whole);
                let mut grown = Tracked::new(kind, Evidence::planned(Expectation::MustArrive));
                copies.iter().for_each(|copy| grown.add_copy(copy.clone()));
                grown.set_sending(sending.clone());
                assert_eq!(grown.evidence(), whole, "the copies came before the answer");
                assert_eq!((grown.deadline(5), grown.left_at()), (sending.deadline(5), sending.left_at()));
            }
        }
    }

    #[test]
    fn an_event_is_small() {
        assert!(size_of::<Tracked>() <= 72, "{} bytes", size_of::<Tracked>());
    }
}
