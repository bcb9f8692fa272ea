//! Outages: queues that take no deliveries for a while, because whoever tries the retries wants it so.
//!
//! A real queue refuses for a while when it is throttled or its service fails. Nothing here fails by itself, so outages
//! are ordered through `/_waybill/outages`. They end with the process.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How a delivery fails for a while, as in `ERROR_CODE` of the dead-letter queue (user guide, eb-rule-dlq).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Trouble {
    /// Too many requests.
    Throttling,
    /// The service failed.
    InternalError,
    /// No answer in time.
    Timeout,
    /// No connection.
    ConnectionFailure,
}

impl Trouble {
    /// The value of `ERROR_CODE`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Throttling => "THROTTLING",
            Self::InternalError => "INTERNAL_ERROR",
            Self::Timeout => "TIMEOUT",
            Self::ConnectionFailure => "CONNECTION_FAILURE",
        }
    }

    /// The value of `ERROR_MESSAGE`.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::Throttling => "Rate exceeded",
            Self::InternalError => "The request processing has failed because of an unknown error, exception or failure.",
            Self::Timeout => "The request timed out.",
            Self::ConnectionFailure => "The connection to the service could not be made.",
        }
    }
}

/// What is ordered for one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outage {
    /// How deliveries fail.
    code: Trouble,
    /// How many of them; without a number all, until the outage is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deliveries: Option<u32>,
}

/// What is ordered, by the queue's ARN.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Outages(BTreeMap<String, Outage>);

impl Outages {
    /// Orders an outage, in place of the one before.
    pub(crate) fn order(&mut self, queue_arn: String, outage: Outage) {
        self.0.insert(queue_arn, outage);
    }

    /// Takes an outage back.
    pub(crate) fn end(&mut self, queue_arn: &str) {
        self.0.remove(queue_arn);
    }

    /// Whether this delivery fails, and how.
    pub(crate) fn strikes(&mut self, queue_arn: &str) -> Option<Trouble> {
        let outage = self.0.get_mut(queue_arn)?;
        let trouble = outage.code;
        if let Some(left) = &mut outage.deliveries {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.0.remove(queue_arn);
            }
        }
        Some(trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_strikes_as_often_as_ordered() {
        let mut outages = Outages::default();
        outages.order("q".into(), Outage { code: Trouble::Timeout, deliveries: Some(2) });
        outages.order("r".into(), Outage { code: Trouble::Throttling, deliveries: None });
        let struck: Vec<_> = (0..3).map(|_| outages.strikes("q")).collect();
        assert_eq!(struck, [Some(Trouble::Timeout), Some(Trouble::Timeout), None]);
        assert!((0..100).all(|_| outages.strikes("r") == Some(Trouble::Throttling)), "without a number it does not end by itself");
        outages.end("r");
        assert_eq!((outages.strikes("r"), outages.strikes("other")), (None, None));
    }
}
