//! The real AWS SDK against a real sandbox.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

mod buses;
mod cross_account;
mod dead_letters;
mod delivery;
mod entries;
mod identity;
mod inputs;
mod partner_sources;
mod persistence;
mod quotas;
mod raw;
mod retries;
mod rules;
mod shutdown;
mod signing;
mod support;
mod tags;
