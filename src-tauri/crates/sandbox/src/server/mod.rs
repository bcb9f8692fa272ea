//! The HTTP server: connections, signatures, protocols, answers.

mod answer;
mod connections;
mod door;
mod identity;
mod inspect;
mod limits;
mod protocol;
mod request;
mod shared;
mod signature;

pub(crate) use connections::serve;
pub(crate) use door::Door;
pub(crate) use identity::{Identities, Identity};
pub(crate) use limits::Limits;
pub(crate) use shared::Shared;
