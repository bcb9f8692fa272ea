//! A long history: pages by key, filters and jumps stay quick however much there is.
//!
//! `WAYBILL_ARRIVALS=1000000 cargo test -p waybill-store --release --test history -- --nocapture` prints the figures; no figure is asserted
//! but that a page never looks at more than it may.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::time::{Duration, Instant};

use rusqlite::Connection;
use waybill_domain::{EventType, RunId, Timestamp, Verdict};
use waybill_store::{DeliveryFilter, RunHolds, Store};

/// Events of one run.
const PER_RUN: i64 = 10_000;
/// Milliseconds between two events.
const STEP: i64 = 3;
const PAGE: u32 = 200;

fn arrivals() -> i64 {
    std::env::var("WAYBILL_ARRIVALS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000)
}

/// Closed runs whose events were all read back, but for every 5,000th.
fn fill(folder: &std::path::Path, count: i64) {
    let db = Connection::open(folder.join(Store::FILE)).unwrap();
    db.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN;
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {runs})
         INSERT INTO run (id, uuid, connection, mode, action_id, action_name, queue_url, queue_arn, timeout_ms, total, started_at, closed_at, tally)
         SELECT i + 1, printf('00000000-0000-4000-8000-%012d', i), 'sandbox', 'partner', printf('00000000-0000-4000-9000-%012d', i % 2), 'Payments',
                'http://queue', 'arn:aws:sqs:eu-central-1:123456789012:q', 30000, {PER_RUN}, i * {PER_RUN} * {STEP}, (i + 1) * {PER_RUN} * {STEP} + 50, NULL FROM n;
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}),
           t(k, word) AS (VALUES (0, 'incident-created'), (1, 'incident-acknowledged'), (2, 'incident-resolved'))
         INSERT INTO publication (id, run_id, entry, incident, event_type, source, account, region, time, detail, fingerprint, expectation, state,
                                  attempts, left_at, answered_at, request_id, event_id, verdict, received_at, latency_ms)
         SELECT i + 1, i / {PER_RUN} + 1, i % {PER_RUN}, 3710705 + i / 3, t.word,
                'aws.partner/ilert.com/shop/cc23670e-ad3e-4c38-8d45-d22c36ced352', '123456789012', 'eu-central-1', i * {STEP},
                '{{\"id\":\"' || (3710705 + i / 3) || '\",\"summary\":\"' || hex(zeroblob(150)) || '\"}}', hex(zeroblob(32)), 'must_arrive', 'accepted',
                1, i * {STEP}, i * {STEP} + 4, printf('request-%d', i / 10), printf('%08x-0000-4000-a000-%012d', i, i),
                CASE WHEN i % 5000 = 0 THEN 'missing' ELSE 'delivered' END,
                CASE WHEN i % 5000 = 0 THEN NULL ELSE i * {STEP} + 12 END, CASE WHEN i % 5000 = 0 THEN NULL ELSE 12 END
         FROM n JOIN t ON t.k = i % 3;
         INSERT INTO arrival (run_id, publication_id, message_id, envelope_id, fingerprint, body, sent_at, received_at, receive_count)
         SELECT run_id, id, 'message-' || id, event_id, fingerprint, detail || hex(zeroblob(150)), answered_at, received_at, 1
         FROM publication WHERE received_at IS NOT NULL;
         COMMIT;",
        runs = count.div_euclid(PER_RUN).max(1),
    ))
    .unwrap();
}

struct History {
    _folder: tempfile::TempDir,
    store: Store,
    holds: RunHolds,
    count: i64,
}

impl History {
    fn of(count: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        fill(folder.path(), count);
        let holds = RunHolds::in_folder(folder.path());
        Self { _folder: folder, store, holds, count }
    }

    /// One page: how long it took, its ids, and where it goes on.
    async fn page(&self, filter: DeliveryFilter, before: Option<i64>) -> (Duration, Vec<i64>, Option<i64>) {
        let holds = self.holds.clone();
        let began = Instant::now();
        let page = self.store.read(move |db| db.deliveries(&filter, (before, PAGE), Timestamp::from_millis(i64::MAX / 2), &holds));
        let page = page.await.unwrap();
        (began.elapsed(), page.entries.iter().map(|entry| entry.id).collect(), page.next)
    }

    /// Pages of a filter at 100 places of the history; prints percentiles.
    async fn measure(&self, name: &str, filter: impl Fn(i64) -> DeliveryFilter) {
        let mut took = Vec::new();
        for place in 0..100 {
            let before = self.count - place * (self.count / 100);
            took.push(self.page(filter(before), Some(before)).await.0);
        }
        took.sort();
        eprintln!("{:>9} arrivals  {name:<28} p50 {:>9.2?}  p99 {:>9.2?}", self.count, took[49], took[98]);
    }
}

#[tokio::test]
async fn pages_jumps_and_searches_of_a_long_history_look_at_a_bounded_number_of_rows() {
    let history = History::of(arrivals());
    let all = DeliveryFilter::default;
    let run: RunId = "00000000-0000-4000-8000-000000000000".parse().unwrap();
    let moment = |id: i64| Some(Timestamp::from_millis(id * STEP));

    let (_, newest, next) = history.page(all(), None).await;
    assert_eq!((newest[0], newest.len(), next), (history.count, PAGE as usize, newest.last().copied()));
    let (_, jumped, _) = history.page(DeliveryFilter { until: moment(5000), ..all() }, None).await;
    assert_eq!(jumped[0], 5001, "the one that left at that very moment");
    let (_, since, _) = history.page(DeliveryFilter { from: moment(history.count - 10), ..all() }, None).await;
    assert_eq!(since.len(), 10);
    let (_, missing, _) = history.page(DeliveryFilter { verdicts: vec![Verdict::Missing], ..all() }, None).await;
    assert_eq!(missing.len() as i64, (history.count / 5000).min(i64::from(PAGE)));
    let (_, by_incident, _) = history.page(DeliveryFilter { text: Some("3710706".into()), ..all() }, None).await;
    assert_eq!(by_incident, [6, 5, 4], "an incident's number is found at once, however old");
    let (_, nothing, next) = history.page(DeliveryFilter { text: Some("nowhere".into()), ..all() }, None).await;
    assert!(nothing.is_empty() && next.is_some_and(|next| next > 1), "a search in vain says where to go on: {next:?}");

    history.measure("a page", |_| all()).await;
    history.measure("a jump to a moment", |id| DeliveryFilter { until: moment(id), ..all() }).await;
    history.measure("from a moment on", |id| DeliveryFilter { from: moment(id - 400), until: moment(id), ..all() }).await;
    history.measure("one run", |_| DeliveryFilter { run: Some(run), ..all() }).await;
    history.measure("missing only", |_| DeliveryFilter { verdicts: vec![Verdict::Missing], ..all() }).await;
    history.measure("delivered only", |_| DeliveryFilter { verdicts: vec![Verdict::Delivered], ..all() }).await;
    history.measure("one event type", |_| DeliveryFilter { event_types: vec![EventType::Resolved], ..all() }).await;
    history.measure("an incident's number", |id| DeliveryFilter { text: Some((3_710_705 + id / 3).to_string()), ..all() }).await;
    history.measure("a text that is nowhere", |_| DeliveryFilter { text: Some("nowhere".into()), ..all() }).await;
}
