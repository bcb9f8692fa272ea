//! ARNs as AWS writes them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Invalid, PartnerSourceName, QueueName, Region, RuleName};

macro_rules! arn {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes an ARN that AWS answered.
            pub fn from_aws(arn: impl Into<String>) -> Self {
                Self(arn.into())
            }

            /// The ARN as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

arn!(
    /// The ARN of an event bus.
    BusArn
);
arn!(
    /// The ARN of a rule; on a bus other than `default` it holds the bus's name.
    RuleArn
);
arn!(
    /// The ARN of an SQS queue.
    QueueArn
);

/// The ARN of a partner event source; its account field is empty (AWS partner onboarding guide).
pub fn source_arn(region: &Region, name: &PartnerSourceName) -> String {
    format!("arn:{}:events:{region}::event-source/{name}", region.partition())
}

impl BusArn {
    /// The ARN of the bus `name` in an account and region.
    pub fn new(region: &Region, account: &AccountId, name: &str) -> Self {
        Self(format!("arn:{}:events:{region}:{account}:event-bus/{name}", region.partition()))
    }
}

impl RuleArn {
    /// The ARN of the rule `name` on `bus`.
    pub fn new(region: &Region, account: &AccountId, bus: &str, name: &RuleName) -> Self {
        let path = if bus == "default" { name.to_string() } else { format!("{bus}/{name}") };
        Self(format!("arn:{}:events:{region}:{account}:rule/{path}", region.partition()))
    }
}

impl QueueArn {
    /// The ARN of the queue `name` in an account and region.
    pub fn new(region: &Region, account: &AccountId, name: &QueueName) -> Self {
        Self(format!("arn:{}:sqs:{region}:{account}:{name}", region.partition()))
    }

    /// The region that the ARN names.
    ///
    /// # Errors
    /// When it names none that Waybill knows.
    pub fn region(&self) -> Result<Region, Invalid> {
        self.0.split(':').nth(3).unwrap_or_default().parse()
    }

    /// The queue's name: the ARN's last part.
    pub fn queue_name(&self) -> &str {
        self.0.rsplit(':').next().unwrap_or(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_spelled_as_aws_spells_them() {
        let (region, account) = ("eu-central-1".parse().unwrap(), "123456789012".parse().unwrap());
        let bus = "aws.partner/ilert.com/test/1";
        assert_eq!(
            BusArn::new(&region, &account, bus).as_str(),
            "arn:aws:events:eu-central-1:123456789012:event-bus/aws.partner/ilert.com/test/1"
        );
        let rule = "all".parse().unwrap();
        assert_eq!(
            RuleArn::new(&region, &account, bus, &rule).as_str(),
            "arn:aws:events:eu-central-1:123456789012:rule/aws.partner/ilert.com/test/1/all"
        );
        assert_eq!(RuleArn::new(&region, &account, "default", &rule).as_str(), "arn:aws:events:eu-central-1:123456789012:rule/all");
        let queue = QueueArn::new(&region, &account, &"q".parse().unwrap());
        assert_eq!((queue.as_str(), queue.queue_name()), ("arn:aws:sqs:eu-central-1:123456789012:q", "q"));
        assert_eq!(source_arn(&region, &bus.parse().unwrap()), "arn:aws:events:eu-central-1::event-source/aws.partner/ilert.com/test/1");
    }
}
