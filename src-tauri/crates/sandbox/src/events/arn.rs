//! ARNs of the service.

/// An event bus.
pub(crate) fn bus(region: &str, account: &str, name: &str) -> String {
    format!("arn:aws:events:{region}:{account}:event-bus/{name}")
}

/// A rule; the default bus is not named in it.
pub(crate) fn rule(region: &str, account: &str, bus: &str, name: &str) -> String {
    match bus {
        super::DEFAULT_BUS => format!("arn:aws:events:{region}:{account}:rule/{name}"),
        _ => format!("arn:aws:events:{region}:{account}:rule/{bus}/{name}"),
    }
}

/// A partner event source; it has no account.
pub(crate) fn source(region: &str, name: &str) -> String {
    format!("arn:aws:events:{region}::event-source/{name}")
}
