//! What was read, as far as it has come.

use std::cell::Cell;

use waybill_aws::{BusLog, Figures, Identity};
use waybill_domain::Region;
use waybill_setup::{BusSeen, QueueSeen, SourceSeen};

use crate::seen::{KeyNow, Letter, Reading, RuleNow, Seen, TargetNow, Unread};

/// What a judge sees. Takes note when a judge asks for an answer that has not come yet, so that its judgement does not count.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    seen: &'a Seen,
    too_early: &'a Cell<bool>,
}

macro_rules! readings {
    ($($name:ident: $kind:ty,)*) => {
        $(pub(super) fn $name(self) -> &'a Reading<$kind> {
            self.noted(&self.seen.$name)
        })*

        /// Every read that failed.
        pub(super) fn failures(self) -> impl Iterator<Item = &'a Unread> {
            let dead_letter = self.dead_letter().and_then(|reading| reading.as_ref().err());
            [$(self.$name().as_ref().err()),*].into_iter().chain([dead_letter]).flatten()
        }
    };
}

impl<'a> Sight<'a> {
    pub(super) const fn new(seen: &'a Seen, too_early: &'a Cell<bool>) -> Self {
        Self { seen, too_early }
    }

    pub(super) const fn region(self) -> &'a Region {
        &self.seen.region
    }

    pub(super) fn dead_letter(self) -> Option<&'a Reading<Option<QueueSeen>>> {
        self.seen.dead_letter.as_ref().map(|reading| self.noted(reading))
    }

    /// What CloudWatch counts; no fault of the chain where it cannot be read.
    pub(super) fn figures(self) -> &'a Reading<Figures> {
        self.noted(&self.seen.figures)
    }

    /// What the bus logged; no fault of the chain where it cannot be read.
    pub(super) fn bus_log(self) -> &'a Reading<BusLog> {
        self.noted(&self.seen.bus_log)
    }

    readings! {
        identity: Identity,
        source: Option<SourceSeen>,
        bus: Option<BusSeen>,
        rule: Option<RuleNow>,
        targets: Vec<TargetNow>,
        strays: Vec<String>,
        queue: Option<QueueSeen>,
        key: Option<KeyNow>,
        key_policy: Option<String>,
        dead_letter_key: Option<KeyNow>,
        dead_letter_key_policy: Option<String>,
        letters: Vec<Letter>,
        receive: (),
    }

    /// This judgement came too early.
    pub(super) fn not_yet(self) {
        self.too_early.set(true);
    }

    fn noted<T>(self, reading: &'a Reading<T>) -> &'a Reading<T> {
        if matches!(reading, Err(Unread::Pending)) {
            self.not_yet();
        }
        reading
    }
}
