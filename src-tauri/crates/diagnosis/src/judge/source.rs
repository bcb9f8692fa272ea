//! The partner event source and its event bus.

use waybill_setup::{Read, SourceSeen, SourceState};

use super::{Judged, Look, get};
use crate::check::{CheckId, Evidence, Finding};
use crate::repair::{Repair, Write};

/// A PENDING source that AWS deletes within this time is said to be expiring; our choice.
const SOON_MS: i64 = 24 * 60 * 60 * 1000;

type SourceRead<'a> = (&'a Read<Option<SourceSeen>>, &'a SourceSeen);

impl<'a> Look<'a> {
    pub(super) fn source_missing(self) -> Judged {
        let read = get(self.seen.source())?;
        Ok(match &read.value {
            Some(source) => Finding::healthy("The partner event source is there.").with([Evidence::told(read, "ARN", &source.arn)]),
            None => Finding::cause(
                "There is no partner event source of this name: it was never made, was deleted, or expired. Save the alert action again, so that iLert makes a new one.",
            )
            .with([Evidence::told(read, "Partner event source", format!("{} does not exist", self.place().0))]),
        })
    }

    pub(super) fn source_pending(self) -> Judged {
        let (read, source) = self.source()?;
        let state = Evidence::told(read, "State", word(source.state));
        match source.state {
            SourceState::Deleted => Ok(Finding::masked(CheckId::SourceDeleted)),
            SourceState::Active => Ok(Finding::healthy("The partner event source is active.").with([state])),
            SourceState::Pending if self.has_bus()? => Ok(Finding::healthy("The source has its event bus.").with([state])),
            SourceState::Pending if self.expires_soon(source) => Ok(Finding::masked(CheckId::SourceExpiring)),
            SourceState::Pending => Ok(Finding::cause(self.sentence(
                "The partner event source is pending and has no event bus: events are accepted and then lost. Associate it with an event bus.",
            ))
            .with([state, self.bus_evidence()])
            .repaired_by(self.offer(self.associate()))),
        }
    }

    pub(super) fn source_inactive(self) -> Judged {
        let (read, source) = self.source()?;
        let state = Evidence::told(read, "State", word(source.state));
        match source.state {
            SourceState::Deleted => Ok(Finding::masked(CheckId::SourceDeleted)),
            SourceState::Active => Ok(Finding::healthy("The partner event source is active.").with([state])),
            SourceState::Pending if !self.has_bus()? => Ok(Finding::masked(if self.expires_soon(source) {
                CheckId::SourceExpiring
            } else {
                CheckId::SourcePending
            })),
            SourceState::Pending if self.expires_soon(source) => Ok(Finding::masked(CheckId::SourceExpiring)),
            SourceState::Pending => Ok(Finding::cause(
                "The partner event source is pending although its event bus is there (deactivated, or made again by the partner): events are accepted and then lost. Activate it; bus and rules are kept.",
            )
            .with([state, self.bus_evidence()])
            .repaired_by(self.offer(self.activate()))),
        }
    }

    pub(super) fn source_deleted(self) -> Judged {
        let (read, source) = self.source()?;
        let state = Evidence::told(read, "State", word(source.state));
        Ok(match source.state {
            SourceState::Deleted => Finding::cause(
                "The partner deleted the event source: events are rejected. Its event bus stays, but receives nothing until the alert action is saved again in iLert and the source is activated.",
            ),
            _ => Finding::healthy("The partner has the event source."),
        }
        .with([state]))
    }

    pub(super) fn source_expiring(self) -> Judged {
        let (read, source) = self.source()?;
        let Some(at) = source.expires_at.filter(|_| source.state == SourceState::Pending) else {
            return Ok(match source.state {
                SourceState::Deleted => Finding::masked(CheckId::SourceDeleted),
                _ => Finding::healthy("The partner event source does not expire."),
            });
        };
        let evidence = [Evidence::told(read, "State", word(source.state)), Evidence::told(read, "ExpirationTime", at)];
        if !self.expires_soon(source) {
            return Ok(Finding::healthy(format!("As long as it is pending, AWS keeps the partner event source until {at}.")).with(evidence));
        }
        let repair = if self.has_bus()? { self.activate() } else { self.associate() };
        Ok(Finding::cause(format!(
            "The partner event source is pending, so that events are lost, and AWS deletes it on {at} unless it becomes active before."
        ))
        .with(evidence)
        .repaired_by(self.offer(repair)))
    }

    pub(super) fn bus_missing(self) -> Judged {
        let read = get(self.seen.bus())?;
        if let Some(bus) = &read.value {
            let arn = Evidence::told(read, "ARN", &bus.arn);
            return Ok(Finding::healthy("The event bus is there.").with([arn]).with(self.log_config()));
        }
        if let Some(mask) = self.source_mask() {
            return Ok(Finding::masked(mask));
        }
        Ok(Finding::cause("The partner event source has no event bus any more: its events have nowhere to go. Associate it again.")
            .with([self.bus_evidence()])
            .repaired_by(self.offer(self.associate())))
    }

    /// Why there is no bus, where a check before says so.
    pub(super) fn source_mask(self) -> Option<CheckId> {
        self.first_cause(&[CheckId::SourceMissing, CheckId::SourcePending, CheckId::SourceDeleted, CheckId::SourceExpiring])
    }

    fn source(self) -> Result<SourceRead<'a>, Finding> {
        let read = get(self.seen.source())?;
        read.value.as_ref().map(|source| (read, source)).ok_or_else(|| Finding::masked(CheckId::SourceMissing))
    }

    pub(super) fn has_bus(self) -> Result<bool, Finding> {
        Ok(get(self.seen.bus())?.value.is_some())
    }

    fn bus_evidence(self) -> Evidence {
        match self.seen.bus() {
            Ok(read) => Evidence::told(read, "Event bus", if read.value.is_some() { "exists" } else { "does not exist" }),
            Err(_) => Evidence::known("Event bus", "not read"),
        }
    }

    fn expires_soon(self, source: &SourceSeen) -> bool {
        source.state == SourceState::Pending && source.expires_at.is_some_and(|at| at.millis_since(self.case.now) < SOON_MS)
    }

    fn associate(self) -> Repair {
        let name = self.place().0.to_owned();
        Repair::one(
            "Associate the partner event source with an event bus.",
            Write::CreateEventBus { name: name.clone() },
            Write::DeleteEventBus { name },
        )
    }

    fn activate(self) -> Repair {
        let name = self.place().0.to_owned();
        Repair::one(
            "Activate the partner event source; its event bus and rules are kept.",
            Write::ActivateEventSource { name: name.clone() },
            Write::DeactivateEventSource { name },
        )
    }
}

const fn word(state: SourceState) -> &'static str {
    match state {
        SourceState::Pending => "PENDING",
        SourceState::Active => "ACTIVE",
        SourceState::Deleted => "DELETED",
    }
}
