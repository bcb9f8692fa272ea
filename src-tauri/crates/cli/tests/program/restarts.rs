//! SIGKILL at any moment of a run, in each reading mode, among a thousand messages of others: after each restart no event is lost from the
//! ledger, none is sent twice without being shown so, no foreign message is elsewhere than before, and no probe queue or target is left.
//!
//! `WAYBILL_TEST_KILLS` says how often in all three modes together (3 without).

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Cloud, Foreign, Serving, Waybill, Witness, counts_add_up, is_run, until};

const FOREIGN: usize = 1000;
const EVENTS: u64 = 240;

/// The last moment at which a program is killed, in milliseconds from its start: most runs are over by then.
const LATEST_MS: u64 = 3000;

fn kills(place: usize) -> usize {
    let all: usize = std::env::var("WAYBILL_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    (all + 2 - place) / 3
}

/// Moments that look random and are the same every time.
fn moment(mode: &str, kill: usize) -> Duration {
    let mut drawn = mode.bytes().fold(kill as u64 + 1, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    for _ in 0..3 {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    }
    Duration::from_millis((drawn >> 33) % LATEST_MS)
}

/// What became of the kills of one mode.
#[derive(Debug, Default)]
struct Account {
    before_the_run: u32,
    in_the_run: u32,
    after_the_run: u32,
    sent_twice_and_shown: usize,
    delivered: u64,
    late: u64,
    unknown: u64,
    not_sent: u64,
    /// By how much receive counts of others may have risen by what was announced, in all.
    announced: u64,
}

/// A chain to a queue with a thousand messages of others, read in one mode.
struct Stage {
    mode: &'static str,
    waybill: Waybill,
    _serving: Serving,
    cloud: Cloud,
    witness: Witness,
    url: String,
    foreign: Foreign,
    account: Account,
}

impl Stage {
    fn new(mode: &'static str) -> Self {
        let waybill = Waybill::new();
        let serving = waybill.serve(&[]);
        let cloud = serving.cloud();
        waybill.action("Page", "all");
        let url = match mode {
            "consume" => {
                waybill.json(&["setup", "apply", "Page"]);
                cloud.queue()
            }
            _ => {
                let url = cloud.new_queue("orders");
                waybill.json(&["setup", "apply", "Page", "--queue", "orders"]);
                url
            }
        };
        let witness = Witness::beside(&cloud);
        let foreign = Foreign::in_queue(&cloud, &url, FOREIGN);
        Self { mode, waybill, _serving: serving, cloud, witness, url, foreign, account: Account::default() }
    }

    fn verify<'a>(&self, more: &[&'a str]) -> Vec<&'a str> {
        [&["verify", "Page", "--reading", self.mode], more].concat()
    }

    fn runs(&self) -> Vec<Value> {
        self.waybill.json(&["runs", "list"])["runs"].as_array().unwrap().clone()
    }

    /// Kills a run at its moment, starts the program again, and checks what must be true then.
    fn kill(&mut self, number: usize) {
        let known = self.runs().len();
        let mut running = self.waybill.start(&self.verify(&["--count", "240", "--rate", "160/s", "--timeout", "1500ms"]));
        // Where programs start slowly, moments come later.
        let moment = moment(self.mode, number) + Duration::from_millis(150) * self.account.before_the_run;
        let began = Instant::now();
        until("the moment", || (began.elapsed() >= moment || !running.goes_on()).then_some(()));
        let was_going = running.goes_on();
        if was_going {
            running.signal("KILL");
        }
        drop(running.end());
        self.no_probe_is_left();
        let new = self.runs().len() - known;
        match (was_going, new) {
            (_, 0) => self.account.before_the_run += 1,
            (true, _) => self.account.in_the_run += 1,
            (false, _) => self.account.after_the_run += 1,
        }
        if new > 0 {
            let id = self.runs()[0]["run_id"].as_str().unwrap().to_owned();
            self.check(&id);
        }
        assert!(self.cloud.held(&self.url) as usize >= FOREIGN, "{}: somebody else's messages stay in their queue", self.mode);
    }

    /// The run as it was left, and as it is when the next program has taken it up.
    fn check(&mut self, id: &str) {
        let left = self.waybill.json(&["runs", "show", id]);
        self.witness.look(&self.cloud);
        self.is_true(&left);
        let settled = until("the run to be taken up", || {
            let run = self.waybill.json(&["runs", "show", id]);
            if run["state"] == "closed" {
                return Some(run);
            }
            let next = self.waybill.run(&self.verify(&["--timeout", "2s", "--format", "json"])).json();
            self.account.announced += price(&next);
            None
        });
        self.witness.look(&self.cloud);
        self.is_true(&settled);
        assert_eq!(settled["waiting"], 0);
        for read in ["delivered", "late"] {
            assert!(settled[read].as_u64() >= left[read].as_u64(), "{}: what was read stays read", self.mode);
        }
        self.account.sent_twice_and_shown += self.witness.saw_no_secret_repetition(&settled);
        let of = |name: &str| settled[name].as_u64().unwrap();
        self.account.delivered += of("delivered");
        self.account.late += of("late");
        self.account.unknown += of("unknown");
        self.account.not_sent += of("not_sent");
        // A program that takes a run up looks once more.
        self.account.announced += price(&settled) + 1;
    }

    #[track_caller]
    fn is_true(&self, run: &Value) {
        is_run(run);
        counts_add_up(run);
        assert_eq!(run["total"], EVENTS, "{}: every event is on the ledger", self.mode);
        if run["state"] != "closed" || run["poller"]["gaps"].as_u64() > Some(0) {
            assert_eq!(run["missing"], 0, "{}: nobody watched all the time", self.mode);
        }
        self.witness.confirms(run);
    }

    #[track_caller]
    fn no_probe_is_left(&self) {
        drop(self.runs());
        let probes: Vec<String> = self.cloud.queues().into_iter().filter(|url| url.contains("waybill-probe")).collect();
        assert_eq!(probes, Vec::<String>::new(), "{}: no probe queue is left", self.mode);
        let bus = self.cloud.source();
        let targets = self.cloud.targets(&bus, &self.cloud.rule(&bus)).len();
        assert_eq!(targets, 2, "{}: the chain's own target and the witness", self.mode);
    }
}

/// By how much a run was announced to raise the receive counts of others.
fn price(run: &Value) -> u64 {
    run["evidence"]["circumstances"]["reading"]["price"].as_u64().unwrap_or(0)
}

fn is_killed_often(mode: &'static str, kills: usize) {
    let mut stage = Stage::new(mode);
    // A moment before the run is on the ledger, or after its end, is tried as well, and does not count.
    for number in 0.. {
        if stage.account.in_the_run as usize == kills {
            break;
        }
        stage.kill(number);
    }
    let highest = u64::from(stage.foreign.are_untouched(&stage.cloud));
    eprintln!(
        "{mode}: {kills} kills, {:?}; {FOREIGN} foreign messages with their ids and bodies where they were, received {highest} times at most",
        stage.account
    );
    match mode {
        "mirror" => assert_eq!(highest, 0, "a mirrored queue is not looked at"),
        "peek" => assert!(highest <= stage.account.announced, "announced {}, found {highest}", stage.account.announced),
        _ => {}
    }
}

#[test]
fn a_run_that_consumes_may_be_killed_at_any_moment() {
    is_killed_often("consume", kills(0));
}

#[test]
fn a_run_that_peeks_may_be_killed_at_any_moment() {
    is_killed_often("peek", kills(1));
}

#[test]
fn a_run_that_mirrors_may_be_killed_at_any_moment() {
    is_killed_often("mirror", kills(2));
}
