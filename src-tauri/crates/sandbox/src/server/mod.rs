//! The HTTP server: connections, signatures, protocols, answers.

mod answer;
mod connections;
mod identity;
mod inspect;
mod protocol;
mod request;
mod shared;
mod signature;

pub(crate) use connections::serve;
pub(crate) use identity::Identities;
pub(crate) use shared::Shared;
