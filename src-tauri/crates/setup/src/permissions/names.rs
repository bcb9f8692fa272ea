//! The ARNs that policies name.

use waybill_aws::bus_log_group;
use waybill_domain::{BusArn, QueueArn, RuleArn};

use crate::spec::ChainSpec;

/// The chain's own ARNs, and those of what Waybill makes for a run only.
pub(super) struct Names<'a>(&'a ChainSpec);

impl<'a> Names<'a> {
    pub(super) const fn of(spec: &'a ChainSpec) -> Self {
        Self(spec)
    }

    fn place(&self, service: &str) -> String {
        format!("arn:aws:{service}:{}:{}", self.0.region, self.0.account)
    }

    /// A partner event source has no account.
    pub(super) fn source(&self) -> String {
        format!("arn:aws:events:{}::event-source/{}", self.0.region, self.0.source)
    }

    pub(super) fn bus(&self) -> String {
        BusArn::new(&self.0.region, &self.0.account, self.0.bus()).to_string()
    }

    pub(super) fn rule(&self) -> String {
        self.0.rule_arn().to_string()
    }

    /// Any rule of the chain's bus.
    pub(super) fn rules(&self) -> String {
        format!("{}:rule/{}/*", self.place("events"), self.0.bus())
    }

    /// Any rule of the default bus, whose name is not in it.
    pub(super) fn rules_of_default_bus(&self) -> String {
        format!("{}:rule/*", self.place("events"))
    }

    pub(super) fn queue(&self) -> String {
        self.0.arn_of(&self.0.target.queue).to_string()
    }

    /// The queue, and its dead-letter queue where the chain has one.
    pub(super) fn queues(&self) -> Vec<String> {
        let dead_letter = self.0.target.dead_letter.as_ref().map(|choice| self.0.arn_of(choice));
        std::iter::once(self.queue()).chain(dead_letter.as_ref().map(QueueArn::to_string)).collect()
    }

    /// Which key a queue has is known only once it was read.
    pub(super) fn keys(&self) -> String {
        format!("{}:key/*", self.place("kms"))
    }

    /// The log group that AWS's console suggests for the bus, and its streams.
    pub(super) fn log_group(&self) -> String {
        format!("{}:log-group:{}:*", self.place("logs"), bus_log_group(self.0.bus()))
    }

    /// Probe queues, each by its id.
    pub(super) fn probes(&self) -> String {
        format!("{}:waybill-probe-*", self.place("sqs"))
    }

    /// Twin buses, each by its id.
    pub(super) fn twins(&self) -> String {
        format!("{}:event-bus/waybill-twin-*", self.place("events"))
    }

    /// The twin of the chain's rule.
    pub(super) fn twin_rule(&self) -> String {
        RuleArn::new(&self.0.region, &self.0.account, "waybill-twin-*", &self.0.rule.name).to_string()
    }
}
