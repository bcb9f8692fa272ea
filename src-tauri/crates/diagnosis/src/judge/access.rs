//! Who asks, where, and how fast.

use waybill_aws::CallErrorKind;

use super::{Judged, Look, get, unread};
use crate::check::{Evidence, Finding};
use crate::seen::Unread;

impl Look<'_> {
    pub(super) fn credentials(self) -> Judged {
        match self.seen.identity() {
            Ok(read) => Ok(Finding::healthy("AWS takes the credentials.").with([Evidence::told(read, "Caller", &read.value.arn)])),
            Err(Unread::Call(error)) if error.kind == CallErrorKind::NoCredentials => {
                let why = unread(&Unread::Call(error.clone())).evidence;
                Ok(Finding::cause(format!(
                    "AWS does not take the credentials of this connection: {}.",
                    error.message.trim_end_matches('.')
                ))
                .with(why))
            }
            Err(other) => Err(unread(other)),
        }
    }

    pub(super) fn account_region(self) -> Judged {
        let identity = get(self.seen.identity())?;
        let (settings, spec) = (&self.case.action.settings, &self.case.chain.spec);
        let evidence = [
            Evidence::told(identity, "Account of the credentials", &identity.value.account),
            Evidence::known("Account of the alert action", &settings.account),
            Evidence::known("Region of the alert action", &settings.region),
            Evidence::known("Region that was asked", self.seen.region()),
        ];
        let differing = if identity.value.account != settings.account {
            Some(format!(
                "The credentials lead to account {}, but the alert action sends to account {}: everything here was read in the wrong account.",
                identity.value.account, settings.account
            ))
        } else if spec.account != settings.account || spec.region != settings.region {
            Some(format!(
                "The chain was set up in account {}, region {}, but the alert action sends to account {}, region {}.",
                spec.account, spec.region, settings.account, settings.region
            ))
        } else if *self.seen.region() != settings.region {
            Some(format!("The alert action sends to region {}, but region {} was asked.", settings.region, self.seen.region()))
        } else {
            None
        };
        let finding = differing.map_or_else(
            || Finding::healthy(format!("Everything is in account {}, region {}.", settings.account, settings.region)),
            Finding::cause,
        );
        Ok(finding.with(evidence))
    }

    pub(super) fn throttling(self) -> Finding {
        let throttled = self.seen.failures().filter(|failure| failure.is(CallErrorKind::Throttled));
        let mut evidence: Vec<Evidence> = throttled.flat_map(|failure| unread(failure).evidence).collect();
        let rejected = self.case.run_since_change().map(|run| run.rejected.as_slice()).unwrap_or_default();
        evidence.extend(
            rejected
                .iter()
                .filter(|(_, reason)| is_throttling(reason))
                .map(|(event, reason)| Evidence::known(&format!("{event} in the newest run"), reason)),
        );
        if evidence.is_empty() {
            return Finding::healthy("No request was throttled.");
        }
        Finding::cause(
            "AWS throttles requests of this account: it refuses what comes too fast. Send less at once, or have the quota raised.",
        )
        .with(evidence)
    }
}

/// Whether an entry was refused because too much came at once (`PutEvents` API reference, entry error codes).
pub(super) fn is_throttling(reason: &str) -> bool {
    reason.contains("Throttl") || reason.contains("throttl")
}
