//! How well the queue is read: receives, gaps, and until when nothing in it was overlooked. Pure: times come in by parameter.

use waybill_domain::{Gap, Timestamp};

use crate::{PollerReport, PollerState, ReceiveFailure};

/// A receive that is this much later than its wait time, a loop that stands still this long, or failures this long that took nothing, are
/// a gap (milliseconds). What is shorter than that delays reading, but nothing is overlooked: the messages wait in the queue.
const PAUSE_MS: i64 = 5000;

/// A loop that does not go round for so long stood still (milliseconds).
const STANDSTILL_MS: i64 = 500;

/// How long a received message stays hidden from others unless it is deleted or let go, in seconds.
pub const VISIBILITY_S: i32 = 10;

/// The same in milliseconds.
pub(crate) const VISIBILITY_MS: i64 = VISIBILITY_S as i64 * 1000;

/// How far behind now it is said that everything received is committed: a receive may be answered but not yet looked at.
const UNSEEN_MS: i64 = 250;

/// A receive that was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completed {
    pub(crate) started: Timestamp,
    pub(crate) wait_ms: i64,
    pub(crate) finished: Timestamp,
    /// How many messages it brought, or why it failed.
    pub(crate) result: Result<usize, ReceiveFailure>,
}

#[derive(Debug, Default)]
pub(crate) struct Health {
    receives: u64,
    gaps: Vec<Gap>,
    open: Vec<(Timestamp, i64)>,
    failing: Option<Failing>,
    last_ok: Option<Timestamp>,
    /// Start of the latest receive that came back empty, waiting for the other receives to be completed.
    empty: Option<Timestamp>,
    swept: Option<Timestamp>,
    /// Receives that started up to here prove nothing by what they did not find.
    distrusted: Option<Timestamp>,
    first_look: Option<Timestamp>,
    last_look: Option<Timestamp>,
    reads_until: Option<Timestamp>,
    lost: Option<Lost>,
    /// The receives of the program from which the run was taken over.
    inherited: Option<Lost>,
}

/// Answers of receives that never came: what they took is hidden for the visibility timeout.
#[derive(Debug, Clone, Copy)]
struct Lost {
    /// When the first of them started.
    from: Timestamp,
    /// When the last of them was known to have failed.
    to: Timestamp,
}

impl Lost {
    fn may_hide(&self, now: Timestamp) -> bool {
        self.to.plus_millis(VISIBILITY_MS) >= now
    }
}

/// Receives fail, and none has succeeded since.
#[derive(Debug)]
struct Failing {
    gap: Gap,
    /// Whether messages may have been taken or lost, so that it is a gap however short it is.
    may_have_taken: bool,
}

impl Failing {
    /// The gap that it is when it lasts until `end`; none when it was short and took nothing.
    fn gap(&self, end: Timestamp) -> Option<Gap> {
        let gap = Gap { to: self.gap.to.max(end), ..self.gap.clone() };
        (self.may_have_taken || gap.to.millis_since(gap.from) >= PAUSE_MS).then_some(gap)
    }
}

/// Until when a receive may be open at most.
pub(crate) const fn open_until(started: Timestamp, wait_ms: i64) -> Timestamp {
    started.plus_millis(wait_ms + 1000)
}

impl Health {
    /// The health of a run that is taken up: what was known of its poller stays.
    pub(crate) fn resumed(report: &PollerReport) -> Self {
        let inherited = report.reads_until.map(|to| Lost { from: report.read_through.unwrap_or(to), to });
        Self { receives: report.receives, gaps: report.gaps.clone(), reads_until: report.reads_until, inherited, ..Self::default() }
    }

    pub(crate) fn started(&mut self, at: Timestamp, wait_ms: i64) {
        self.open.push((at, wait_ms));
        self.last_ok.get_or_insert(at);
    }

    pub(crate) fn outstanding(&self) -> usize {
        self.open.len()
    }

    /// The starts of the receives that are open.
    pub(crate) fn open_since(&self) -> impl Iterator<Item = (Timestamp, i64)> + '_ {
        self.open.iter().copied()
    }

    pub(crate) fn completed(&mut self, receive: &Completed) {
        if let Some(index) = self.open.iter().position(|open| *open == (receive.started, receive.wait_ms)) {
            self.open.swap_remove(index);
        }
        match &receive.result {
            Ok(brought) => self.succeeded(receive, *brought),
            Err(failure) => self.failed(receive, failure),
        }
        if self.open.is_empty() {
            self.swept = self.swept.max(self.empty.take());
        }
    }

    fn succeeded(&mut self, receive: &Completed, brought: usize) {
        self.receives += 1;
        self.last_ok = Some(receive.finished);
        if let Some(failing) = self.failing.take() {
            self.gaps.extend(failing.gap(receive.started));
        }
        let due = receive.started.plus_millis(receive.wait_ms);
        if receive.finished.millis_since(due) > PAUSE_MS {
            self.gaps.push(Gap { from: due, to: receive.finished, why: "a receive was answered too late".to_owned() });
        }
        // Without waiting SQS asks some of its servers only, so that nothing follows from an empty answer (ReceiveMessage, short polling).
        // Nor while a lost answer may hide what was there.
        if brought == 0 && receive.wait_ms > 0 && self.lost.is_none_or(|lost| !lost.may_hide(receive.started)) {
            self.empty = self.empty.max(Some(receive.started));
        }
    }

    fn failed(&mut self, receive: &Completed, failure: &ReceiveFailure) {
        if failure.may_have_taken {
            let from = self.lost.filter(|lost| lost.may_hide(receive.started)).map_or(receive.started, |lost| lost.from);
            self.empty = None;
            self.lost = Some(Lost { from: from.min(receive.started), to: receive.finished });
        }
        let from = self.last_ok.unwrap_or(receive.started).min(receive.started);
        // What came since the queue was last found empty is lost with it, read or not.
        let from = if failure.is_gone { self.swept.or(self.first_look).unwrap_or(from).min(from) } else { from };
        let hidden_ms = if failure.may_have_taken { VISIBILITY_MS } else { 0 };
        let to = receive.finished.plus_millis(hidden_ms);
        let begun = || Failing { gap: Gap { from, to, why: failure.why.clone() }, may_have_taken: false };
        let failing = self.failing.get_or_insert_with(begun);
        // Of two receives at once, the one that started first may be the last to fail.
        failing.gap.from = failing.gap.from.min(from);
        failing.gap.to = failing.gap.to.max(to);
        failing.may_have_taken |= failure.may_have_taken || failure.is_gone;
    }

    /// Whether the loop has not gone round for a while.
    pub(crate) fn stands_still(&self, now: Timestamp) -> bool {
        self.last_look.is_some_and(|last| now.millis_since(last) > STANDSTILL_MS)
    }

    /// Takes note that the loop goes round; a long standstill is a gap. `slipped` says that the clock was set or the computer slept.
    pub(crate) fn look(&mut self, now: Timestamp, slipped: bool) {
        self.gaps.extend(self.standstill(now));
        if slipped {
            let from = self.last_look.unwrap_or(now).plus_millis(-1);
            self.gaps.push(Gap { from, to: now.plus_millis(1), why: "the clock was set, or the computer slept".to_owned() });
        }
        self.first_look.get_or_insert(now);
        self.last_look = Some(now);
    }

    /// The gap since the loop last went round, where that is long ago: what happens first after a standstill need not be a look.
    fn standstill(&self, now: Timestamp) -> Option<Gap> {
        let last = self.last_look.filter(|last| now.millis_since(*last) > PAUSE_MS)?;
        Some(Gap { from: last, to: now, why: "the program stood still".to_owned() })
    }

    /// Every gap so far; one that is still open reaches to `now`. Failures that may yet turn out to be short are none.
    pub(crate) fn gaps(&self, now: Timestamp) -> Vec<Gap> {
        let mut gaps = self.gaps.clone();
        gaps.extend(self.standstill(now));
        gaps.extend(self.failing.iter().filter_map(|failing| failing.gap(now)));
        for (started, wait_ms) in &self.open {
            let due = started.plus_millis(*wait_ms);
            if now.millis_since(due) > PAUSE_MS {
                gaps.push(Gap { from: due, to: now, why: "a receive is not answered".to_owned() });
            }
        }
        gaps
    }

    /// The start of the latest receive that found the queue empty while no other receive held anything.
    pub(crate) fn swept(&self) -> Option<Timestamp> {
        self.swept.filter(|at| self.is_trusted(*at))
    }

    /// Takes note that messages may have been out of sight until `now`: only receives that start later find the queue empty.
    pub(crate) fn distrust(&mut self, now: Timestamp) {
        self.distrusted = self.distrusted.max(Some(now));
    }

    fn is_trusted(&self, at: Timestamp) -> bool {
        self.distrusted.is_none_or(|until| at > until)
    }

    /// Whether a receive that found the queue empty, and started at or after `deadline`, only waits for others to be completed.
    pub(crate) fn is_swept_since(&self, deadline: Timestamp) -> bool {
        self.swept.max(self.empty).is_some_and(|at| at >= deadline && self.is_trusted(at))
    }

    pub(crate) const fn is_failing(&self) -> bool {
        self.failing.is_some()
    }

    /// Extends the span in which a receive may be open, where it does not cover `until` yet; tells whether it changed.
    pub(crate) fn reserve(&mut self, until: Timestamp, spare_ms: i64) -> bool {
        let covered = self.reads_until.is_some_and(|reserved| reserved >= until);
        if !covered {
            self.reads_until = Some(until.plus_millis(spare_ms));
        }
        !covered
    }

    /// Gives up the span in which a receive may be open, where none is, as far as no lost one may hide messages still; tells whether it
    /// changed.
    pub(crate) fn rest(&mut self, now: Timestamp) -> bool {
        if !self.open.is_empty() {
            return false;
        }
        let before = self.reads_until;
        self.reads_until = self.hiding(now).map(|lost| lost.to).max();
        before != self.reads_until
    }

    /// Nothing more is received: says no longer than is true of the receives that are open still that they may be.
    pub(crate) fn stop(&mut self, now: Timestamp) {
        let open = self.open.iter().map(|(started, wait_ms)| open_until(*started, *wait_ms)).max();
        self.reads_until = open.max(self.hiding(now).map(|lost| lost.to).max());
    }

    /// Takes note that messages which may be another run's were let go, received at these times. Where the change of visibility does not
    /// reach SQS, they are out of sight for as long as those of a lost answer.
    pub(crate) fn let_go(&mut self, received: impl Iterator<Item = Timestamp> + Clone) {
        if let (Some(from), Some(to)) = (received.clone().min(), received.max()) {
            let (from, to) = self.lost.map_or((from, to), |lost| (lost.from.min(from), lost.to.max(to)));
            self.lost = Some(Lost { from, to });
        }
    }

    fn hiding(&self, now: Timestamp) -> impl Iterator<Item = Lost> {
        self.lost.into_iter().chain(self.inherited).filter(move |lost| lost.may_hide(now))
    }

    /// What is kept of it. `pending_since` is when the oldest message was received that is not committed yet.
    pub(crate) fn report(&self, now: Timestamp, pending_since: Option<Timestamp>) -> PollerReport {
        // A receive that was answered since the last look may wait to be taken in.
        let seen = self.last_look.unwrap_or(now).min(now).plus_millis(-UNSEEN_MS);
        // Nor may others conclude anything while a lost answer hides what this poller should have read.
        let hiding = self.hiding(now).map(|lost| lost.from.plus_millis(-1)).min();
        let seen = hiding.map_or(seen, |from| seen.min(from));
        // Nor while a receive is open: its answer may be on its way, with what everybody else looks for in vain.
        let open = self.open.iter().map(|(started, _)| started.plus_millis(-1)).min();
        let seen = open.map_or(seen, |from| seen.min(from));
        let mut gaps = self.gaps(now);
        // Whoever reads this does not know whether the next receive will succeed.
        gaps.extend(self.failing.iter().filter(|failing| failing.gap(now).is_none()).map(|failing| failing.gap.clone()));
        PollerReport {
            receives: self.receives,
            foreign: 0,
            gaps,
            read_through: Some(pending_since.map_or(seen, |pending| seen.min(pending.plus_millis(-1)))),
            reads_until: self.reads_until,
        }
    }

    pub(crate) fn state(&self, now: Timestamp, alive: bool) -> PollerState {
        PollerState {
            last_receive_at: self.last_ok.filter(|_| self.receives > 0),
            receives: self.receives,
            gaps: self.gaps(now).len() as u64,
            alive: alive && !self.is_failing(),
            trouble: self.failing.as_ref().map(|failing| failing.gap.why.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn receive(health: &mut Health, started: i64, wait_ms: i64, finished: i64, brought: usize) {
        health.started(at(started), wait_ms);
        health.completed(&Completed { started: at(started), wait_ms, finished: at(finished), result: Ok(brought) });
    }

    fn failure(may_have_taken: bool) -> ReceiveFailure {
        ReceiveFailure { why: "no answer".into(), may_have_taken, is_gone: false }
    }

    fn spans(health: &Health, now: i64) -> Vec<(i64, i64)> {
        health.gaps(at(now)).iter().map(|gap| (gap.from.as_millis(), gap.to.as_millis())).collect()
    }

    #[test]
    fn an_empty_long_receive_sweeps_once_no_other_receive_is_open() {
        let mut health = Health::default();
        receive(&mut health, 0, 1000, 1000, 0);
        assert_eq!(health.swept(), Some(at(0)), "everything visible at its start would have come");
        receive(&mut health, 1000, 1000, 1500, 3);
        receive(&mut health, 1500, 0, 1501, 0);
        assert_eq!(health.swept(), Some(at(0)), "a full one and a short one sweep nothing");
        health.started(at(2000), 2000);
        receive(&mut health, 3000, 1000, 3900, 0);
        assert_eq!(health.swept(), Some(at(0)), "the other receive may hold a message");
        assert!(health.is_swept_since(at(3000)));
        health.completed(&Completed { started: at(2000), wait_ms: 2000, finished: at(4000), result: Ok(1) });
        assert_eq!(health.swept(), Some(at(3000)));
    }

    #[test]
    fn a_receive_may_be_open_only_in_a_span_that_was_told_before() {
        let mut health = Health::default();
        let told = |health: &Health| health.report(at(0), None).reads_until;
        assert!(health.reserve(at(1000), 500) && told(&health) == Some(at(1500)));
        assert!(!health.reserve(at(1500), 500), "covered still");
        health.started(at(0), 1000);
        assert!(!health.rest(at(500)), "a receive is open");
        health.completed(&Completed { started: at(0), wait_ms: 1000, finished: at(1000), result: Ok(0) });
        assert!(health.rest(at(1000)) && told(&health).is_none() && !health.rest(at(1000)));
    }

    #[test]
    fn what_is_received_and_not_committed_is_not_told_as_read() {
        let through = |pending: Option<i64>| Health::default().report(at(1000), pending.map(at)).read_through;
        assert_eq!(through(None), Some(at(1000 - UNSEEN_MS)));
        assert_eq!(through(Some(400)), Some(at(399)));
        assert_eq!(through(Some(999)), Some(at(1000 - UNSEEN_MS)));
    }

    #[test]
    fn an_error_is_a_gap_from_the_last_good_receive_to_the_next() {
        let mut health = Health::default();
        receive(&mut health, 0, 1000, 1000, 0);
        health.started(at(1000), 1000);
        health.completed(&Completed { started: at(1000), wait_ms: 1000, finished: at(1010), result: Err(failure(false)) });
        assert_eq!(spans(&health, 6500), [(1000, 6500)], "still open");
        receive(&mut health, 6000, 1000, 7000, 0);
        assert_eq!(spans(&health, 9000), [(1000, 6000)], "closed by the start of a receive that succeeded");
    }

    #[test]
    fn a_short_failure_that_took_nothing_is_no_gap_unless_it_is_the_last_word() {
        let mut health = Health::default();
        receive(&mut health, 0, 1000, 1000, 0);
        health.started(at(1000), 1000);
        health.completed(&Completed { started: at(1000), wait_ms: 1000, finished: at(1010), result: Err(failure(false)) });
        assert_eq!(spans(&health, 1500), [], "it may be over soon");
        let told = health.report(at(1500), None).gaps;
        assert_eq!(
            told.iter().map(|gap| (gap.from, gap.to)).collect::<Vec<_>>(),
            [(at(1000), at(1010))],
            "but if nothing follows, it is one"
        );
        assert!(health.is_failing());
        receive(&mut health, 1600, 1000, 2600, 0);
        assert_eq!((spans(&health, 3000), health.report(at(3000), None).gaps), (vec![], vec![]), "the messages waited in the queue");
    }

    #[test]
    fn a_lost_answer_may_hide_messages_for_the_visibility_timeout() {
        let mut health = Health::default();
        health.started(at(0), 1000);
        health.completed(&Completed { started: at(0), wait_ms: 1000, finished: at(2000), result: Err(failure(true)) });
        receive(&mut health, 2100, 1000, 3100, 0);
        assert_eq!(spans(&health, 3100), [(0, 2000 + VISIBILITY_MS)]);
    }

    #[test]
    fn the_queue_is_not_found_empty_while_a_lost_answer_hides_what_was_there() {
        let lost =
            |started, finished| Completed { started: at(started), wait_ms: 1000, finished: at(finished), result: Err(failure(true)) };
        let mut health = Health::default();
        health.started(at(0), 1000);
        health.completed(&lost(0, 500));
        receive(&mut health, 600, 1000, 1600, 0);
        assert_eq!(health.swept(), None, "what the lost one took comes back after the visibility timeout");
        let back = 500 + VISIBILITY_MS + 1;
        receive(&mut health, back, 1000, back + 1000, 0);
        assert_eq!(health.swept(), Some(at(back)));
        health.started(at(20_000), 1000);
        receive(&mut health, 20_100, 1000, 21_100, 0);
        health.completed(&lost(20_000, 21_200));
        assert_eq!(health.swept(), Some(at(back)), "one that is lost beside it takes its word away");
    }

    #[test]
    fn whoever_takes_a_run_over_does_not_vouch_for_what_its_program_may_have_held() {
        let left = PollerReport { read_through: Some(at(900)), reads_until: Some(at(2000)), ..PollerReport::default() };
        let mut health = Health::resumed(&left);
        health.look(at(5000), false);
        assert!(!health.rest(at(5000)), "it may be open still, or what it took is hidden");
        let told = health.report(at(5000), None);
        assert_eq!((told.read_through, told.reads_until), (Some(at(899)), Some(at(2000))));
        assert!(health.rest(at(2001 + VISIBILITY_MS)), "everybody can read it again");
    }

    #[test]
    fn of_two_lost_answers_the_gap_begins_with_the_receive_that_started_first() {
        let mut health = Health::default();
        receive(&mut health, 0, 1000, 1000, 3);
        health.started(at(1000), 1000);
        health.started(at(2500), 1000);
        receive(&mut health, 2600, 0, 2610, 10);
        health.completed(&Completed { started: at(2500), wait_ms: 1000, finished: at(3500), result: Err(failure(true)) });
        health.completed(&Completed { started: at(1000), wait_ms: 1000, finished: at(3600), result: Err(failure(true)) });
        assert_eq!(spans(&health, 4000), [(1000, 3600 + VISIBILITY_MS)]);
    }

    #[test]
    fn a_queue_that_is_gone_is_a_gap_however_soon_it_is_back() {
        let mut health = Health::default();
        receive(&mut health, 0, 1000, 1000, 0);
        health.started(at(1000), 1000);
        let gone = ReceiveFailure { is_gone: true, ..failure(false) };
        health.completed(&Completed { started: at(1000), wait_ms: 1000, finished: at(1010), result: Err(gone) });
        receive(&mut health, 1300, 1000, 2300, 0);
        assert_eq!(spans(&health, 3000), [(0, 1300)], "what came since it was last found empty is lost with it");
    }

    #[test]
    fn what_a_lost_answer_hides_is_told_to_other_readers_of_the_queue() {
        let mut health = Health::default();
        health.reserve(at(2000), 0);
        health.started(at(500), 1000);
        health.completed(&Completed { started: at(500), wait_ms: 1000, finished: at(2000), result: Err(failure(true)) });
        health.look(at(3000), false);
        let hiding = health.report(at(3000), None);
        assert_eq!(hiding.read_through, Some(at(499)), "what it took may have been there since it started");
        assert!(!health.rest(at(3000)) && health.report(at(3000), None).reads_until == Some(at(2000)), "hidden from then on");
        let over = 2000 + VISIBILITY_MS + 1;
        health.look(at(over), false);
        assert_eq!(health.report(at(over), None).read_through, Some(at(over - UNSEEN_MS)), "everybody can read it again");
        assert!(health.rest(at(over)) && health.report(at(over), None).reads_until.is_none());
    }

    #[test]
    fn what_an_open_receive_may_bring_is_not_told_as_read() {
        let mut health = Health::default();
        health.look(at(3000), false);
        health.started(at(1000), 1000);
        assert_eq!(health.report(at(3000), None).read_through, Some(at(999)), "its answer may be on its way, however late");
        health.completed(&Completed { started: at(1000), wait_ms: 1000, finished: at(3000), result: Ok(1) });
        assert_eq!(health.report(at(3000), None).read_through, Some(at(3000 - UNSEEN_MS)));
    }

    #[test]
    fn what_was_let_go_undecided_may_be_out_of_sight_for_the_visibility_timeout() {
        let mut health = Health::default();
        health.reserve(at(9000), 0);
        health.look(at(5000), false);
        health.let_go([at(2500), at(2000)].into_iter());
        health.stop(at(5000));
        let told = health.report(at(5000), None);
        assert_eq!((told.read_through, told.reads_until), (Some(at(1999)), Some(at(2500))), "hidden from then on, if it was not let go");
        health.stop(at(2501 + VISIBILITY_MS));
        assert_eq!(health.report(at(5000), None).reads_until, None, "everybody can read it again");
    }

    #[test]
    fn what_was_answered_since_the_last_look_is_not_told_as_read() {
        let mut health = Health::default();
        health.look(at(1000), false);
        assert_eq!(health.report(at(3000), None).read_through, Some(at(1000 - UNSEEN_MS)), "the ledger kept the loop for two seconds");
    }

    #[test]
    fn a_standstill_is_a_gap_before_the_loop_has_gone_round_again() {
        let mut health = Health::default();
        health.look(at(1000), false);
        assert_eq!(spans(&health, 6000), []);
        assert_eq!(spans(&health, 19_000), [(1000, 19_000)], "whatever is concluded first after it knows of it");
        health.look(at(19_050), false);
        assert_eq!(spans(&health, 19_100), [(1000, 19_050)], "told once");
    }

    #[test]
    fn silence_beyond_the_wait_time_and_a_loop_that_stands_still_are_gaps() {
        let mut health = Health::default();
        health.started(at(0), 1000);
        assert_eq!(spans(&health, 6000), [], "five seconds are tolerated");
        assert_eq!(spans(&health, 6001), [(1000, 6001)]);
        health.completed(&Completed { started: at(0), wait_ms: 1000, finished: at(7000), result: Ok(0) });
        assert_eq!(spans(&health, 9000), [(1000, 7000)]);
        health.look(at(10_000), false);
        health.look(at(15_000), false);
        health.look(at(20_001), false);
        assert_eq!(spans(&health, 21_000), [(1000, 7000), (15_000, 20_001)]);
    }
}
