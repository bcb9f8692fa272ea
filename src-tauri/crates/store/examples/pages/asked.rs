//! Every kind of filter, each from anywhere in the store.

use waybill_domain::{EventType, Verdict};
use waybill_store::DeliveryFilter;

use crate::fill::{Dice, Filled, action_id, incident, place, scattered};

/// A kind of filter.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// One of its kind, and the number below which the page begins.
    pub(crate) ask: fn(&Filled, &mut Dice) -> (DeliveryFilter, Option<i64>),
}

/// All kinds.
pub(crate) const KINDS: &[Kind] = &[
    Kind { name: "everything, newest", ask: |_, _| (DeliveryFilter::default(), None) },
    Kind { name: "everything, from anywhere on", ask: |filled, dice| (DeliveryFilter::default(), anywhere(filled, dice)) },
    Kind { name: "until some moment", ask: |filled, dice| (until(filled, dice), None) },
    Kind { name: "between two moments", ask: |filled, dice| (between(filled, dice), None) },
    Kind { name: "since some moment, from anywhere on", ask: |filled, dice| (since(filled, dice), anywhere(filled, dice)) },
    Kind { name: "one run", ask: |filled, dice| (of_run(filled, dice), None) },
    Kind { name: "one run, from anywhere on", ask: |filled, dice| (of_run(filled, dice), anywhere(filled, dice)) },
    Kind { name: "one action", ask: |filled, dice| (of_action(dice), anywhere(filled, dice)) },
    Kind { name: "an action that has none", ask: |filled, dice| (of_no_action(), anywhere(filled, dice)) },
    Kind { name: "a verdict that most have", ask: |filled, dice| (with(&[Verdict::Delivered]), anywhere(filled, dice)) },
    Kind { name: "a verdict that few have", ask: |filled, dice| (with(&[Verdict::Missing]), anywhere(filled, dice)) },
    Kind { name: "verdicts that none has", ask: |filled, dice| (with(&[Verdict::Changed, Verdict::Late]), anywhere(filled, dice)) },
    Kind { name: "every verdict by its name", ask: |filled, dice| (with(&Verdict::ALL), anywhere(filled, dice)) },
    Kind { name: "a few verdicts until some moment", ask: |filled, dice| (rare_until(filled, dice), None) },
    Kind { name: "one event type", ask: |filled, dice| (of_type(), anywhere(filled, dice)) },
    Kind { name: "a whole incident number", ask: |filled, dice| (incident_number(filled, dice), None) },
    Kind { name: "a whole event id", ask: |filled, dice| (event_id(filled, dice), None) },
    Kind { name: "a whole request id", ask: |filled, dice| (request_id(filled, dice), anywhere(filled, dice)) },
    Kind { name: "a part of a number", ask: |filled, dice| (text(&dice.below(9_999).to_string()), anywhere(filled, dice)) },
    Kind { name: "a text that stands nowhere", ask: |filled, dice| (text("nowhere at all"), anywhere(filled, dice)) },
    Kind { name: "all of it at once", ask: |filled, dice| (all(filled, dice), None) },
];

fn anywhere(filled: &Filled, dice: &mut Dice) -> Option<i64> {
    Some(i64::from(dice.below(filled.events)) + 1)
}

fn until(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    DeliveryFilter { until: Some(filled.some_moment(dice)), ..DeliveryFilter::default() }
}

fn since(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    DeliveryFilter { from: Some(filled.some_moment(dice)), ..DeliveryFilter::default() }
}

fn between(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    let (one, other) = (filled.some_moment(dice), filled.some_moment(dice));
    DeliveryFilter { from: Some(one.min(other)), until: Some(one.max(other)), ..DeliveryFilter::default() }
}

fn of_run(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    DeliveryFilter { run: Some(filled.some_run(dice)), ..DeliveryFilter::default() }
}

fn of_action(dice: &mut Dice) -> DeliveryFilter {
    DeliveryFilter { action: Some(action_id(dice.below(3))), ..DeliveryFilter::default() }
}

fn of_no_action() -> DeliveryFilter {
    DeliveryFilter { action: Some(action_id(99)), ..DeliveryFilter::default() }
}

fn with(verdicts: &[Verdict]) -> DeliveryFilter {
    DeliveryFilter { verdicts: verdicts.to_vec(), ..DeliveryFilter::default() }
}

fn rare_until(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    DeliveryFilter { verdicts: vec![Verdict::Missing, Verdict::Unknown, Verdict::Rejected], ..until(filled, dice) }
}

fn of_type() -> DeliveryFilter {
    DeliveryFilter { event_types: vec![EventType::Resolved], ..DeliveryFilter::default() }
}

fn text(text: &str) -> DeliveryFilter {
    DeliveryFilter { text: Some(text.to_owned()), ..DeliveryFilter::default() }
}

fn incident_number(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    text(&incident(0, dice.below(filled.events)).to_string())
}

fn event_id(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    text(&scattered(0, dice.below(filled.events), 1))
}

fn request_id(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    let (run, entry) = place(dice.below(filled.events));
    text(&scattered(run, entry / 20, 2))
}

fn all(filled: &Filled, dice: &mut Dice) -> DeliveryFilter {
    DeliveryFilter {
        action: Some(action_id(dice.below(3))),
        verdicts: vec![Verdict::Missing, Verdict::Delivered],
        event_types: vec![EventType::Created, EventType::Resolved],
        text: Some("incident".to_owned()),
        ..between(filled, dice)
    }
}
