//! The rule on the bus.

use waybill_setup::Read;

use super::{Judged, Look, get};
use crate::check::{CheckId, Evidence, Finding};
use crate::repair::{Repair, RuleWrite, Write};
use crate::seen::RuleNow;

impl<'a> Look<'a> {
    pub(super) fn rule_missing(self) -> Judged {
        let read = get(self.seen.rule())?;
        if let Some(rule) = &read.value {
            return Ok(Finding::healthy("The rule is on the event bus.").with([Evidence::told(read, "ARN", &rule.arn)]));
        }
        if let Some(mask) = self.no_bus() {
            return Ok(Finding::masked(mask));
        }
        let strays = self.seen.strays().as_ref().map(|read| read.value.as_slice()).unwrap_or_default();
        let elsewhere = match strays.first() {
            Some(arn) => format!(" A rule of its name is on the default event bus, where no event of a partner comes: {arn}."),
            None => String::new(),
        };
        let name = self.place().1;
        Ok(Finding::cause(self.sentence(format!("The event bus has no rule {name}: its events go nowhere.{elsewhere}")))
            .with([Evidence::told(read, "Rule", format!("{name} does not exist on this event bus"))])
            .with(
                self.seen
                    .strays()
                    .as_ref()
                    .ok()
                    .map(|read| Evidence::told(read, "Rules of this name on the default bus", read.value.len())),
            )
            .repaired_by(self.offer(self.make_rule())))
    }

    pub(super) fn rule_disabled(self) -> Judged {
        let (read, rule) = self.rule()?;
        let state = Evidence::told(read, "State", if rule.enabled { "ENABLED" } else { "DISABLED" });
        if rule.enabled {
            return Ok(Finding::healthy("The rule is enabled.").with([state]));
        }
        let (bus, name) = self.place();
        let repair = Repair::one(
            "Enable the rule.",
            Write::EnableRule { bus: bus.to_owned(), name: name.to_owned() },
            Write::DisableRule { bus: bus.to_owned(), name: name.to_owned() },
        );
        Ok(Finding::cause(format!("The rule {name} is disabled: it lets no event through."))
            .with([state])
            .repaired_by(self.unmanaged(rule, repair)))
    }

    /// The rule; where it is gone, nothing about it can be told.
    pub(super) fn rule(self) -> Result<(&'a Read<Option<RuleNow>>, &'a RuleNow), Finding> {
        let read = get(self.seen.rule())?;
        let gone = || Finding::masked(self.no_bus().unwrap_or(CheckId::RuleMissing));
        read.value.as_ref().map(|rule| (read, rule)).ok_or_else(gone)
    }

    /// Whether the rule is known not to be there, and why.
    pub(super) fn no_rule(self) -> Option<CheckId> {
        matches!(self.seen.rule(), Ok(Read { value: None, .. })).then(|| self.no_bus().unwrap_or(CheckId::RuleMissing))
    }

    fn no_bus(self) -> Option<CheckId> {
        let gone = matches!(self.seen.bus(), Ok(Read { value: None, .. }));
        gone.then(|| self.source_mask().unwrap_or(CheckId::BusMissing))
    }

    /// A rule that an AWS service manages is not ours to change.
    pub(super) fn unmanaged(self, rule: &RuleNow, repair: Repair) -> Option<Repair> {
        self.offer(repair).filter(|_| rule.managed_by.is_none())
    }

    fn make_rule(self) -> Repair {
        let (bus, name) = (self.place().0.to_owned(), self.place().1.to_owned());
        let description = Some(self.case.chain.spec.rule.description.clone()).filter(|text| !text.is_empty());
        let pattern = self.case.chain.pattern.clone();
        let rule = RuleWrite { bus: bus.clone(), name: name.clone(), pattern, enabled: true, description, role_arn: None };
        let target = self.wanted_target();
        let id = target.id.clone();
        Repair::one(
            "Put the rule on the event bus again, with its recorded event pattern and its target.",
            Write::PutRule(rule),
            Write::DeleteRule { bus: bus.clone(), name: name.clone() },
        )
        .and(Write::PutTargets { bus: bus.clone(), rule: name.clone(), target }, Write::RemoveTargets { bus, rule: name, id })
    }
}
