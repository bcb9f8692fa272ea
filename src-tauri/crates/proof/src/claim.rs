//! Whose a message is: what its body claims, and what the ledger's entries say to that.

use std::collections::BTreeSet;

use serde::Deserialize;
use waybill_domain::{Content, Envelope, Fingerprint, IncidentId, Outgoing, canonical_json};

use crate::Ownership;

/// Most event ids that are looked for in a body that is no envelope.
const MOST_IDS: usize = 16;

/// What (incident, event type) a body is about; with the source, where it names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimKey {
    /// The incident.
    pub incident: IncidentId,
    /// The event type as written in the body.
    pub event_type: String,
    /// The source; none when only the detail arrived.
    pub source: Option<String>,
}

/// What a message's body claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Event ids: the envelope's own, or every UUID in a body that is no envelope.
    pub ids: Vec<String>,
    /// The event it is about, where it says so.
    pub key: Option<ClaimKey>,
    shape: Shape,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// An EventBridge envelope, with the fingerprint of its content.
    Envelope(Fingerprint),
    /// A bare detail in canonical form: an input path cut the rest away.
    Detail(String),
    /// Anything else: a transformer made it.
    Other,
}

/// An entry of the ledger that a message may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The ledger's number of the entry.
    pub publication: i64,
    /// Whether it waits for its turn still: what has its content was sent by somebody else, or is another event's.
    pub is_planned: bool,
    /// Whether its request left and the answer is not there yet.
    pub is_leaving: bool,
    /// EventBridge's id, where it is known.
    pub event_id: Option<String>,
    /// The fingerprint of its content.
    pub fingerprint: Fingerprint,
    /// What was sent.
    pub sent: Outgoing,
}

/// The entry that a message belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The ledger's number of the entry.
    pub publication: i64,
    /// The id in the message's envelope.
    pub event_id: Option<String>,
    /// What differs from what was sent; none when it is equal.
    pub differs: Option<String>,
}

impl Claim {
    /// Reads a message's body; none when nothing in it can point to an event.
    pub fn read(body: &str) -> Option<Self> {
        if let Some(envelope) = Envelope::read(body) {
            let fingerprint = Content::read(body).ok()?.fingerprint();
            let key =
                envelope.incident().map(|incident| ClaimKey { incident, event_type: envelope.detail_type, source: Some(envelope.source) });
            return Some(Self { ids: vec![envelope.id], key, shape: Shape::Envelope(fingerprint) });
        }
        let ids = uuids(body);
        match bare_detail(body) {
            Some((key, canonical)) => Some(Self { ids, key: Some(key), shape: Shape::Detail(canonical) }),
            None if ids.is_empty() => None,
            None => Some(Self { ids, key: None, shape: Shape::Other }),
        }
    }

    /// The fingerprint of the envelope's content; none when it is no envelope.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        match &self.shape {
            Shape::Envelope(fingerprint) => Some(fingerprint),
            _ => None,
        }
    }

    /// Decides by EventBridge's id: the entry that has one of the ids is the one, whatever the content.
    pub fn by_id(&self, body: &str, candidate: &Candidate) -> Match {
        let is_equal = self.fingerprint() == Some(&candidate.fingerprint);
        let differs = (!is_equal).then(|| self.difference(body, candidate));
        Match { publication: candidate.publication, event_id: candidate.event_id.clone(), differs }
    }

    /// Decides by (incident, event type) and equal content, for entries whose id is not known or is another one. Never a guess: with
    /// other content, or where two entries would do equally well, it is undecided while an answer is still to come, else foreign.
    pub fn by_content(&self, candidates: &[Candidate]) -> Result<Match, Ownership> {
        let undecided = if candidates.iter().any(|candidate| candidate.is_leaving) { Ownership::Undecided } else { Ownership::Foreign };
        let (planned, sent): (Vec<&Candidate>, Vec<&Candidate>) =
            candidates.iter().filter(|candidate| self.is_content_of(candidate)).partition(|candidate| candidate.is_planned);
        let equal = if sent.is_empty() { planned } else { sent };
        let nameless: Vec<&Candidate> = equal.iter().copied().filter(|candidate| candidate.event_id.is_none()).collect();
        match (nameless.as_slice(), equal.as_slice()) {
            ([one], _) | ([], [one, ..]) => Ok(self.matched(one)),
            _ => Err(undecided),
        }
    }

    fn is_content_of(&self, candidate: &Candidate) -> bool {
        match &self.shape {
            Shape::Envelope(fingerprint) => *fingerprint == candidate.fingerprint,
            Shape::Detail(canonical) => canonical_json(&candidate.sent.detail).is_ok_and(|sent| sent == *canonical),
            Shape::Other => false,
        }
    }

    fn matched(&self, candidate: &Candidate) -> Match {
        let (event_id, differs) = match &self.shape {
            Shape::Envelope(_) => (self.ids.first().cloned(), None),
            _ => (None, Some("only the detail arrived, without its envelope".to_owned())),
        };
        Match { publication: candidate.publication, event_id, differs }
    }

    fn difference(&self, body: &str, candidate: &Candidate) -> String {
        let sent = Content::read(&candidate.sent.envelope(candidate.event_id.as_deref().unwrap_or_default()));
        match (&self.shape, sent, Content::read(body)) {
            (Shape::Envelope(_), Ok(sent), Ok(received)) => {
                let paths: Vec<String> = sent.differences(&received).into_iter().map(|difference| difference.path).collect();
                format!("{} differ{} from what was sent", paths.join(", "), if paths.len() == 1 { "s" } else { "" })
            }
            _ => "the body is not the envelope that was sent".to_owned(),
        }
    }
}

/// For how long after a request left its answer may still come, in milliseconds; longer than any answer is waited for.
pub const ANSWER_WITHIN_MS: i64 = 60_000;

/// The entries of a ledger as they are looked up for a message.
pub trait Entries {
    /// An entry as the ledger reads it.
    type Row;
    /// Why an entry cannot be read.
    type Error;

    /// The entry that has an event id.
    ///
    /// # Errors
    /// When it cannot be read.
    fn with_id(&self, event_id: &str) -> Result<Option<(Self::Row, Candidate)>, Self::Error>;

    /// The entry that has an event id, with its number, where its content has this fingerprint: that says all, and nothing more needs to be
    /// read of it. A ledger for which that is no less work than [`Entries::with_id`] answers none.
    ///
    /// # Errors
    /// When it cannot be read.
    fn as_sent(&self, _event_id: &str, _content: &Fingerprint) -> Result<Option<(Self::Row, i64)>, Self::Error> {
        Ok(None)
    }

    /// The entries about an incident, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    fn about(&self, key: &ClaimKey) -> Result<Vec<(Self::Row, Candidate)>, Self::Error>;

    /// Whether the request of any entry left at most [`ANSWER_WITHIN_MS`] ago and has no answer yet.
    ///
    /// # Errors
    /// When that cannot be read.
    fn is_any_leaving(&self) -> Result<bool, Self::Error>;
}

/// The entry that a message belongs to, and how; or whose it is where there is none.
pub type Whose<Row> = Result<(Row, Match), Ownership>;

/// Finds the entry that a message belongs to: by one of the ids in it, else by what it is about. A text with an id in it that is not known
/// yet is undecided while an answer may still name it.
///
/// # Errors
/// When the entries cannot be read; whose the message is where no entry is found comes within.
pub fn whose<E: Entries>((claim, body): (&Claim, &str), entries: &E) -> Result<Whose<E::Row>, E::Error> {
    for id in &claim.ids {
        if let Some(content) = claim.fingerprint()
            && let Some((row, publication)) = entries.as_sent(id, content)?
        {
            return Ok(Ok((row, Match { publication, event_id: Some(id.clone()), differs: None })));
        }
        if let Some((row, candidate)) = entries.with_id(id)? {
            return Ok(Ok((row, claim.by_id(body, &candidate))));
        }
    }
    let Some(key) = &claim.key else {
        return Ok(Err(if entries.is_any_leaving()? { Ownership::Undecided } else { Ownership::Foreign }));
    };
    let (rows, candidates): (Vec<E::Row>, Vec<Candidate>) = entries.about(key)?.into_iter().unzip();
    Ok(claim.by_content(&candidates).and_then(|found| {
        let place = candidates.iter().position(|candidate| candidate.publication == found.publication);
        rows.into_iter().nth(place.unwrap_or(usize::MAX)).map(|row| (row, found)).ok_or(Ownership::Foreign)
    }))
}

/// The detail of an event without its envelope, as an input path `$.detail` leaves it.
fn bare_detail(body: &str) -> Option<(ClaimKey, String)> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Named {
        id: IncidentId,
        event_type: String,
    }
    let named: Named = serde_json::from_str(body).ok()?;
    let key = ClaimKey { incident: named.id, event_type: named.event_type, source: None };
    Some((key, canonical_json(body).ok()?))
}

/// Every UUID in a text, each once.
fn uuids(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '-';
    let found: BTreeSet<&str> =
        text.split(|c| !is_part(c)).filter(|word| word.len() == 36 && uuid::Uuid::try_parse(word).is_ok()).take(MOST_IDS).collect();
    found.into_iter().map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use waybill_domain::{EventType, Timestamp};

    use super::*;

    const OURS: &str = "cb5fbc21-5156-2073-1f94-116d1dadae0e";
    const THEIRS: &str = "11111111-5156-2073-1f94-116d1dadae0e";

    fn sent(priority: &str) -> Outgoing {
        Outgoing {
            source: "aws.partner/ilert.com/test/1".parse().unwrap(),
            event_type: EventType::Created,
            detail: format!(r#"{{"id":"7","eventType":"incident-created","priority":"{priority}"}}"#),
            incident: IncidentId(7),
            time: Timestamp::from_millis(1_628_237_776_000),
            account: "123456789012".parse().unwrap(),
            region: "eu-central-1".parse().unwrap(),
        }
    }

    fn candidate(publication: i64, event_id: Option<&str>, is_leaving: bool) -> Candidate {
        let sent = sent("HIGH");
        let fingerprint = Content::read(&sent.envelope("")).unwrap().fingerprint();
        Candidate { publication, is_planned: false, is_leaving, event_id: event_id.map(ToOwned::to_owned), fingerprint, sent }
    }

    #[test]
    fn an_envelope_claims_its_id_and_what_it_is_about() {
        let claim = Claim::read(&sent("HIGH").envelope(OURS)).unwrap();
        assert_eq!(claim.ids, [OURS]);
        let key = claim.key.unwrap();
        assert_eq!((key.incident, key.event_type.as_str()), (IncidentId(7), "incident-created"));
        assert_eq!(key.source.as_deref(), Some("aws.partner/ilert.com/test/1"));
    }

    #[test]
    fn a_body_that_points_to_nothing_claims_nothing() {
        for body in ["", "hello", "{}", "[1,2]", r#"{"id":7}"#, r#"{"orderId":"abc-123"}"#] {
            assert_eq!(Claim::read(body), None, "{body:?}");
        }
    }

    #[test]
    fn the_id_decides_and_the_content_says_whether_it_was_changed() {
        let ours = candidate(1, Some(OURS), false);
        let decide = |body: &str| Claim::read(body).unwrap().by_id(body, &ours).differs;
        assert_eq!(decide(&sent("HIGH").envelope(OURS)), None);
        assert_eq!(decide(&sent("LOW").envelope(OURS)).as_deref(), Some("detail.priority differs from what was sent"));
        assert_eq!(decide(&format!("event {OURS} happened")).as_deref(), Some("the body is not the envelope that was sent"));
    }

    #[test]
    fn without_its_id_only_equal_content_belongs_to_an_entry_and_only_to_one() {
        let equal = Claim::read(&sent("HIGH").envelope(OURS)).unwrap();
        let other = Claim::read(&sent("LOW").envelope(OURS)).unwrap();
        let (leaving, unknown) = (candidate(1, None, true), candidate(2, None, false));
        let named = candidate(3, Some(THEIRS), false);
        let owner = |claim: &Claim, candidates: &[Candidate]| claim.by_content(candidates).map(|found| found.publication);
        assert_eq!(owner(&equal, std::slice::from_ref(&leaving)), Ok(1), "read before the answer");
        assert_eq!(owner(&equal, std::slice::from_ref(&unknown)), Ok(2), "the answer was lost");
        assert_eq!(owner(&equal, std::slice::from_ref(&named)), Ok(3), "put twice under two ids: the tracker tells them apart");
        assert_eq!(owner(&equal, &[named.clone(), unknown.clone()]), Ok(2), "the entry without an id comes first");
        assert_eq!(owner(&equal, &[leaving.clone(), unknown.clone()]), Err(Ownership::Undecided), "two would do");
        assert_eq!(
            owner(&equal, &[unknown.clone(), Candidate { publication: 4, ..unknown.clone() }]),
            Err(Ownership::Foreign),
            "never a guess"
        );
        assert_eq!(owner(&other, &[leaving]), Err(Ownership::Undecided), "the answer may name this id");
        assert_eq!(owner(&other, &[named]), Err(Ownership::Foreign), "other content under another id");
        let planned = Candidate { is_planned: true, ..candidate(5, None, false) };
        assert_eq!(owner(&equal, std::slice::from_ref(&planned)), Ok(5), "somebody else sent it first, and that is told of this event");
        assert_eq!(owner(&equal, &[planned, unknown]), Ok(2), "what was sent comes before what was not");
        assert_eq!(owner(&equal, &[]), Err(Ownership::Foreign));
    }

    #[test]
    fn a_bare_detail_belongs_to_its_event_but_is_not_what_was_sent() {
        let claim = Claim::read(&sent("HIGH").detail).unwrap();
        let found = claim.by_content(&[candidate(1, Some(OURS), false)]).unwrap();
        assert_eq!((found.publication, found.event_id), (1, None));
        assert!(found.differs.is_some(), "its envelope is missing");
    }
}
