//! The Amazon EventBridge event pattern language: parse, validate, match, explain.
//!
//! A pattern is compiled once into its alternatives (one per combination of `$or` members). An event is read once, as
//! text or as a tree, and only along the paths that patterns name; of many patterns in a [`RuleSet`] only those are
//! decided that the event's values lead to. Behaviour follows the EventBridge user guide and the open source event-ruler;
//! validation answers with AWS's own words and, where AWS gives one, the position.
//!
//! ```
//! use serde_json::json;
//! use waybill_pattern::Pattern;
//!
//! let pattern = Pattern::parse(r#"{"detail": {"priority": ["HIGH"], "assignedTo": [{"exists": false}]}}"#)?;
//! assert!(pattern.matches(&json!({"detail": {"priority": "HIGH"}})));
//!
//! let refused = Pattern::parse(r#"{"detail": {"priority": "HIGH"}}"#).unwrap_err();
//! assert_eq!(refused.reason(), r#""priority" must be an object or an array"#);
//! # Ok::<(), waybill_pattern::PatternError>(())
//! ```

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
