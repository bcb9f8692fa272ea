//! The rule's target, and what it makes of the event.

use waybill_setup::Read;

use super::{Judged, Look, get};
use crate::check::{CheckId, Evidence, Finding};
use crate::repair::{Repair, TargetWrite, Write};
use crate::seen::TargetNow;

/// Most targets of one rule (EventBridge quotas, not adjustable).
const MOST_TARGETS: usize = 5;

type Targets<'a> = &'a Read<Vec<TargetNow>>;

impl<'a> Look<'a> {
    pub(super) fn target_missing(self) -> Judged {
        let read = self.targets()?;
        let evidence = [Evidence::told(read, "Targets", list(&read.value)), Evidence::known("Queue", self.queue_arn())];
        if self.sending(read).is_some() {
            return Ok(Finding::healthy("The rule has a target for the queue.").with(evidence));
        }
        if self.astray(read).is_some() {
            return Ok(Finding::masked(CheckId::TargetWrong));
        }
        let count = read.value.len();
        let full = count >= MOST_TARGETS;
        let why = if full {
            format!("The rule has no target for the queue, and with {count} targets it takes no further one: remove another target first.")
        } else {
            self.sentence("The rule has no target for the queue: what it matches goes nowhere.")
        };
        Ok(Finding::cause(why).with(evidence).repaired_by(self.offer(self.add_target()).filter(|_| !full)))
    }

    pub(super) fn target_wrong(self) -> Judged {
        let read = self.targets()?;
        let evidence = [Evidence::told(read, "Targets", list(&read.value)), Evidence::known("Queue", self.queue_arn())];
        if self.sending(read).is_some() {
            return Ok(Finding::healthy("The rule's target is the queue.").with(evidence));
        }
        let Some(target) = self.astray(read) else { return Ok(Finding::masked(CheckId::TargetMissing)) };
        let mended = TargetWrite { arn: self.queue_arn(), ..target.write.clone() };
        Ok(Finding::cause(format!("The rule's target {} sends to {}, not to the queue of this chain.", target.write.id, target.write.arn))
            .with(evidence)
            .repaired_by(self.replace(target, mended, "Let the target send to the queue of this chain.")))
    }

    pub(super) fn transformer(self) -> Judged {
        let (read, target) = self.target()?;
        let Some(what) = target.changes_event() else {
            return Ok(Finding::healthy("The target hands events on as they are.").with([Evidence::told(read, "Input", "none")]));
        };
        let mended =
            TargetWrite { input: None, input_path: None, input_template: None, input_paths: Default::default(), ..target.write.clone() };
        Ok(Finding::cause(format!(
            "{what} of the target {} changes the events on the way: they arrive, but cannot be recognised by their id and content.",
            target.write.id
        ))
        .with([Evidence::told(read, what, target.write.input()[what].to_string())])
        .repaired_by(self.replace(target, mended, "Hand events on as they are.")))
    }

    /// The target that sends, or is recorded to send, to the queue.
    pub(super) fn target(self) -> Result<(Targets<'a>, &'a TargetNow), Finding> {
        let read = self.targets()?;
        let found = self.sending(read).or_else(|| self.astray(read));
        found.map(|target| (read, target)).ok_or_else(|| Finding::masked(CheckId::TargetMissing))
    }

    /// Puts another target in the place of one; not where it has settings that Waybill cannot write back.
    pub(super) fn replace(self, target: &TargetNow, mended: TargetWrite, sentence: &str) -> Option<Repair> {
        let (bus, rule) = self.place();
        let write = |target: TargetWrite| Write::PutTargets { bus: bus.to_owned(), rule: rule.to_owned(), target };
        self.offer(Repair::one(sentence, write(mended), write(target.write.clone()))).filter(|_| !target.foreign)
    }

    fn targets(self) -> Result<Targets<'a>, Finding> {
        match self.no_rule() {
            Some(mask) => Err(Finding::masked(mask)),
            None => get(self.seen.targets()),
        }
    }

    fn sending(self, read: Targets<'a>) -> Option<&'a TargetNow> {
        let arn = self.queue_arn();
        read.value.iter().find(|target| target.write.arn == arn)
    }

    /// The recorded target, or one for a queue of the same name elsewhere.
    fn astray(self, read: Targets<'a>) -> Option<&'a TargetNow> {
        let name = self.case.chain.spec.target.queue.name();
        let recorded = self.case.target_id();
        let by_id = read.value.iter().find(|target| Some(target.write.id.as_str()) == recorded);
        by_id.or_else(|| read.value.iter().find(|target| target.write.arn.rsplit(':').next() == Some(name.as_str())))
    }

    fn add_target(self) -> Repair {
        let (bus, rule) = (self.place().0.to_owned(), self.place().1.to_owned());
        let target = self.wanted_target();
        let id = target.id.clone();
        Repair::one(
            "Add the target for the queue.",
            Write::PutTargets { bus: bus.clone(), rule: rule.clone(), target },
            Write::RemoveTargets { bus, rule, id },
        )
    }
}

fn list(targets: &[TargetNow]) -> String {
    if targets.is_empty() {
        return "none".to_owned();
    }
    targets.iter().map(|target| format!("{} → {}", target.write.id, target.write.arn)).collect::<Vec<_>>().join(", ")
}
