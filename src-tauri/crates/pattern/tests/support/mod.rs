//! What the differential test needs: a slow, plain matcher and a generator of awkward patterns and events.
//!
//! The matcher is a second reading of the documents (EventBridge user guide, event-ruler's README and behaviour); it
//! shares no code with the crate and is written to be checked by eye, not to be fast.
pub mod dice;
pub mod event_shapes;
pub mod histogram;
pub mod node;
pub mod oracle;
pub mod pattern_shapes;
pub mod values;
