//! AWS regions that have Amazon EventBridge.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Regions of the `aws`, `aws-cn`, `aws-us-gov` and `aws-eusc` partitions with an EventBridge endpoint (botocore endpoints.json).
const KNOWN: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// The name of an AWS region, for example `eu-central-1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

impl Region {
    /// The region's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every region that Waybill knows, in alphabetical order.
    pub fn known() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().copied()
    }

    /// The partition that ARNs of this region carry: `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`.
    pub fn partition(&self) -> &'static str {
        match self.0.split('-').next() {
            Some("cn") => "aws-cn",
            Some("eusc") => "aws-eusc",
            Some("us") if self.0.starts_with("us-gov") => "aws-us-gov",
            _ => "aws",
        }
    }
}

impl FromStr for Region {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let name = text.trim();
        if KNOWN.binary_search(&name).is_ok() {
            return Ok(Self(name.to_owned()));
        }
        let reason = if name.is_empty() {
            "choose the AWS region of the event bus".to_owned()
        } else {
            format!("`{name}` is not an AWS region with Amazon EventBridge; use a name such as eu-central-1")
        };
        Err(Invalid::new("AWS region", reason))
    }
}

impl TryFrom<String> for Region {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(KNOWN.is_sorted(), "binary_search needs order");
    }

    #[test]
    fn unknown_regions_are_refused_by_name() {
        for wrong in ["", "eu-central-9", "EU-CENTRAL-1", "mars-1"] {
            assert_eq!(wrong.parse::<Region>().unwrap_err().field, "AWS region", "{wrong:?}");
        }
        assert_eq!("cn-north-1".parse::<Region>().unwrap().partition(), "aws-cn");
        assert_eq!("us-gov-west-1".parse::<Region>().unwrap().partition(), "aws-us-gov");
        assert_eq!("eu-central-1".parse::<Region>().unwrap().partition(), "aws");
    }
}
