//! The Amazon EventBridge event pattern language: parse, validate, match, explain.
//!
//! All operators (exact, `prefix`, `suffix`, `equals-ignore-case`, `anything-but`, `wildcard`, `numeric`, `cidr`, `exists`,
//! `$or`), dotted names, and arrays whose elements must go together, as in EventBridge's user guide and the open source
//! event-ruler.
//!
//! # One pattern
//!
//! ```
//! use serde_json::json;
//! use waybill_pattern::Pattern;
//!
//! let pattern = Pattern::parse(r#"{"detail": {"priority": ["HIGH"], "assignedTo": [{"exists": false}]}}"#)?;
//! assert!(pattern.matches(&json!({"detail": {"priority": "HIGH"}})));
//! assert_eq!(pattern.matches_str(r#"{"detail": {"priority": "LOW"}}"#), Ok(false));
//!
//! let refused = Pattern::parse(r#"{"detail": {"priority": "HIGH"}}"#).unwrap_err();
//! assert_eq!(refused.reason(), r#""priority" must be an object or an array"#);
//! assert_eq!((refused.line(), refused.column()), (Some(1), Some(26)));
//! # Ok::<(), waybill_pattern::PatternError>(())
//! ```
//!
//! What AWS would refuse is refused in its words, with the position where AWS gives one. `Pattern::parse` knows no limit of
//! length, as the limit of a rule and that of the API differ; [`check_length`] checks that of a rule.
//!
//! # Why it does not match
//!
//! ```
//! use serde_json::json;
//! use waybill_pattern::Pattern;
//!
//! let pattern = Pattern::parse(r#"{"detail-type": ["incident-created"], "detail": {"id": [{"numeric": ["<", 100]}]}}"#)?;
//! let explanation = pattern.explain(&json!({"detail-type": "incident-created", "detail": {"id": 250}}));
//! let culprit = explanation.fields.iter().find(|field| !field.matched).unwrap();
//! assert_eq!((culprit.path.as_str(), culprit.wanted[0].as_str(), culprit.found[0].as_str()), ("detail.id", "a number < 100", "250"));
//! # Ok::<(), waybill_pattern::PatternError>(())
//! ```
//!
//! # Many patterns
//!
//! ```
//! use waybill_pattern::{Pattern, RuleSet};
//!
//! let mut rules = RuleSet::new();
//! rules.insert("high", Pattern::parse(r#"{"detail": {"priority": ["HIGH"]}}"#).unwrap());
//! rules.insert("all of ours", Pattern::parse(r#"{"source": [{"prefix": "aws.partner/ilert.com/"}]}"#).unwrap());
//! let event = r#"{"source": "aws.partner/ilert.com/test/1", "detail": {"priority": "HIGH"}}"#;
//! assert_eq!(rules.matching_str(event).unwrap(), ["high", "all of ours"]);
//! assert!(rules.matching_str(&event[1..]).is_err(), "an event that is not JSON is refused");
//! ```
//!
//! # How it works
//!
//! A pattern is compiled once into its alternatives (one per combination of `$or` members). An event is read once, as text
//! or as a tree, and only along the paths that patterns name; what nobody names is checked and skipped. Of many patterns
//! only those are decided that the event's values lead to: by hash for exact values, by an interval tree for numbers and
//! addresses, by one automaton for pieces of text. Array elements are compared only where two paths of an alternative
//! accept values inside arrays.
//!
//! # Limits
//!
//! | What | Limit | Whose |
//! |---|---|---|
//! | combinations of `$or` | 1000 | the user guide's |
//! | wildcards of one field | event-ruler's measure of complexity, at most 10 | the measure is AWS's; of its limit it is known that 9 is accepted and 11 is not |
//! | nesting of patterns and events | 1000 levels | AWS's (Jackson's default) |
//! | array elements kept for one event | 4 million, [`EventError::TooScattered`] beyond | ours |
//! | tries to find array elements that go together, where one event spells an array both dotted and nested | 50,000 values and more for larger events; what is not found does not match | ours |
//!
//! # Where it departs from AWS, knowingly
//!
//! A pattern followed by more text is refused, which event-ruler ignores. A lone surrogate escape reads as U+FFFD. Trees
//! ([`Pattern::matches`]) hold numbers as doubles; what their text said beyond that is seen by [`Pattern::matches_str`] only.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod condition;
mod error;
mod event;
mod explain;
mod index;
mod json;
mod matcher;
mod parse;
mod pattern;
mod rule_set;
mod scan;
mod wanted;

pub use error::{EventError, PatternError, PatternTooLong};
pub use explain::{Explanation, FieldOutcome};
pub use pattern::{MAX_PATTERN_CHARS, Pattern, check_length};
pub use rule_set::RuleSet;
