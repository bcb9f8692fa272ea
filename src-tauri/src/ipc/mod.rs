//! What crosses to the page: errors and live events. The answers' types are the console's views.

mod failure;
mod live;

pub(crate) use failure::{Answer, Failure};
pub(crate) use live::forward;
