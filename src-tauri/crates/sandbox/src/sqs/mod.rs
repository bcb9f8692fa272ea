//! Amazon SQS (JSON 1.0): queues, their messages, and what the rules of EventBridge may send to them.

mod address;
mod attempts;
mod attributes;
mod backlog;
mod deduplication;
mod deleted;
mod delivery;
mod digest;
mod error;
mod inspect;
mod message;
mod moment;
mod ops;
mod queue;
mod queues;
mod receipt;
mod receiving;
mod rows;
mod sending;
mod shelf;
#[cfg(test)]
mod tests;

pub(crate) use deleted::TAKEN_MS;
pub(crate) use delivery::{DeliveryFailure, RuleDelivery};
pub(crate) use ops::Operation;
pub(crate) use queues::Queues;

/// The tables of this service.
pub(crate) const TABLES: &[&str] = &[rows::QUEUES, rows::MESSAGES, rows::RECEIVES, rows::DEDUPLICATION, rows::DELETED];
