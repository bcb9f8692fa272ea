//! AWS account ids.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A 12-digit AWS account id; leading zeros count, so it is text and never a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

impl AccountId {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let digits = text.trim();
        if digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self(digits.to_owned()));
        }
        let reason = if digits.is_empty() {
            "enter the 12-digit id of the AWS account that receives the events".to_owned()
        } else {
            format!("`{digits}` is not an AWS account id; it has exactly 12 digits, without spaces or dashes")
        };
        Err(Invalid::new("AWS account ID", reason))
    }
}

impl TryFrom<String> for AccountId {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_twelve_digits_are_an_account() {
        assert_eq!("012345678901".parse::<AccountId>().unwrap().as_str(), "012345678901", "a leading zero is kept");
        for wrong in ["", "12345678901", "1234567890123", "1234-5678-90", "61xxxxxxxx53", "１２３４５６７８９０１２"] {
            let refused = wrong.parse::<AccountId>().unwrap_err();
            assert_eq!(refused.field, "AWS account ID", "{wrong:?} must be refused by the field's name");
        }
    }
}
