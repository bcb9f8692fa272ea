//! Partner event sources.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arn;

/// The state that the API tells; whether a bus exists makes it five situations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum SourceState {
    /// Not associated, or deactivated: events are accepted and lost.
    Pending,
    /// Associated: events reach the bus.
    Active,
    /// Deleted by the partner while the customer's bus remains.
    Deleted,
}

impl SourceState {
    /// The API's word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Active => "ACTIVE",
            Self::Deleted => "DELETED",
        }
    }
}

/// One partner event source of one region and customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    /// The customer's account.
    pub(crate) account: String,
    /// Where it lies.
    pub(crate) region: String,
    /// `aws.partner/<partner>/<generator>`.
    pub(crate) name: String,
    /// PENDING, ACTIVE or DELETED.
    pub(crate) state: SourceState,
    /// When the partner made it.
    pub(crate) created_ms: i64,
    /// When it is deleted if it is still PENDING then; none unless PENDING.
    pub(crate) expires_ms: Option<i64>,
}

impl Source {
    /// PENDING from `now_ms` on.
    pub(crate) fn suspend(&mut self, now_ms: i64, expiry_ms: i64) {
        self.state = SourceState::Pending;
        self.expires_ms = Some(now_ms + expiry_ms);
    }

    /// PENDING because its bus went; what the partner deleted stays deleted.
    pub(crate) fn suspend_unless_deleted(&mut self, now_ms: i64, expiry_ms: i64) {
        if self.state != SourceState::Deleted {
            self.suspend(now_ms, expiry_ms);
        }
    }

    /// ACTIVE.
    pub(crate) fn activate(&mut self) {
        self.state = SourceState::Active;
        self.expires_ms = None;
    }

    /// The customer's view (`EventSource`).
    pub(crate) fn describe(&self) -> Value {
        let partner: Vec<&str> = self.name.splitn(3, '/').take(2).collect();
        let mut shape = json!({
            "Arn": arn::source(&self.region, &self.name),
            "CreatedBy": partner.join("/"),
            "CreationTime": super::seconds(self.created_ms),
            "Name": self.name,
            "State": self.state.as_str(),
        });
        if let Some(expires_ms) = self.expires_ms {
            shape["ExpirationTime"] = super::seconds(expires_ms);
        }
        shape
    }

    /// The partner's view (`PartnerEventSource`).
    pub(crate) fn describe_to_partner(&self) -> Value {
        json!({"Arn": arn::source(&self.region, &self.name), "Name": self.name})
    }

    /// The partner's view of its customer (`PartnerEventSourceAccount`).
    pub(crate) fn describe_account(&self) -> Value {
        let mut shape = json!({
            "Account": self.account,
            "CreationTime": super::seconds(self.created_ms),
            "State": self.state.as_str(),
        });
        if let Some(expires_ms) = self.expires_ms {
            shape["ExpirationTime"] = super::seconds(expires_ms);
        }
        shape
    }
}
