//! The one live channel to the page, batched.

use std::collections::HashMap;
use std::time::Duration;

use tauri::ipc::Channel;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use waybill_console::view::{DeliveryRow, LiveEvent, PollerView, RunSummary, Topic};

/// Shortest time between two batches.
const PACE: Duration = Duration::from_millis(100);

/// The same while deliveries stream in: nobody reads faster, and the page is drawn less often.
const STREAMING: Duration = Duration::from_millis(250);

/// Deliveries in a batch from which on they stream.
const STREAM: usize = 250;

/// Most deliveries of one batch; what is left goes with the next. A page that takes in more at once stands still for a moment.
const MOST_ROWS: usize = 2000;

/// Sends what happens to the page until the page is gone. A page that fell behind is told to read everything again.
pub(crate) async fn forward(mut live: Receiver<LiveEvent>, channel: Channel<Vec<LiveEvent>>) {
    loop {
        let mut batch = Batch::default();
        match live.recv().await {
            Ok(event) => batch.put(event),
            Err(RecvError::Lagged(_)) => batch.put_everything(),
            Err(RecvError::Closed) => return,
        }
        batch.drain(&mut live);
        let pace = if batch.rows.rows.len() < STREAM { PACE } else { STREAMING };
        if channel.send(batch.into_events()).is_err() {
            return;
        }
        tokio::time::sleep(pace).await;
    }
}

/// What happened, with one event where a later one says all that an earlier one said: each run, each delivery and the poller as they
/// stand, and what changed once.
#[derive(Default)]
struct Batch {
    runs: Vec<RunSummary>,
    rows: Latest,
    poller: Option<PollerView>,
    rest: Vec<LiveEvent>,
}

impl Batch {
    /// Takes in what waits, until it is full.
    fn drain(&mut self, live: &mut Receiver<LiveEvent>) {
        while self.rows.rows.len() < MOST_ROWS {
            match live.try_recv() {
                Ok(event) => self.put(event),
                Err(TryRecvError::Lagged(_)) => self.put_everything(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn put(&mut self, event: LiveEvent) {
        match event {
            LiveEvent::Run { run } => match self.runs.iter_mut().find(|known| known.run_id == run.run_id) {
                Some(known) => *known = run,
                None => self.runs.push(run),
            },
            LiveEvent::Deliveries { rows } => rows.into_iter().for_each(|row| self.rows.put(row)),
            LiveEvent::Poller { poller } => self.poller = Some(poller),
            LiveEvent::Progress { progress } => {
                self.rest.retain(|known| !is_progress_of(known, &progress.run_id));
                self.rest.push(LiveEvent::Progress { progress });
            }
            LiveEvent::Changed { topic } if self.rest.iter().any(|known| is_change_of(known, topic)) => {}
            event => self.rest.push(event),
        }
    }

    fn put_everything(&mut self) {
        Topic::ALL.into_iter().for_each(|topic| self.put(LiveEvent::Changed { topic }));
    }

    /// Runs come first, since a run that begins clears what was shown of the one before.
    fn into_events(self) -> Vec<LiveEvent> {
        let runs = self.runs.into_iter().map(|run| LiveEvent::Run { run });
        let rows = (!self.rows.rows.is_empty()).then_some(LiveEvent::Deliveries { rows: self.rows.rows });
        runs.chain(rows).chain(self.poller.map(|poller| LiveEvent::Poller { poller })).chain(self.rest).collect()
    }
}

/// Deliveries as they stand, in the order in which they came up.
#[derive(Default)]
struct Latest {
    rows: Vec<DeliveryRow>,
    places: HashMap<i64, usize>,
}

impl Latest {
    fn put(&mut self, row: DeliveryRow) {
        match self.places.get(&row.id) {
            Some(at) => self.rows[*at] = row,
            None => {
                self.places.insert(row.id, self.rows.len());
                self.rows.push(row);
            }
        }
    }
}

fn is_progress_of(event: &LiveEvent, run: &str) -> bool {
    matches!(event, LiveEvent::Progress { progress } if progress.run_id == run)
}

fn is_change_of(event: &LiveEvent, wanted: Topic) -> bool {
    matches!(event, LiveEvent::Changed { topic } if *topic == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poller(receives: u64) -> LiveEvent {
        LiveEvent::Poller { poller: PollerView { receives, ..PollerView::default() } }
    }

    fn row(id: i64) -> DeliveryRow {
        DeliveryRow {
            id,
            run_id: String::new(),
            action_id: String::new(),
            action: String::new(),
            event_type: waybill_domain::EventType::Created,
            incident_id: String::new(),
            expected: true,
            verdict: waybill_domain::Verdict::Waiting,
            published_at: None,
            latency_ms: None,
            event_id: None,
            request_id: None,
            reason: None,
        }
    }

    fn batch(events: impl IntoIterator<Item = LiveEvent>) -> Batch {
        let mut batch = Batch::default();
        events.into_iter().for_each(|event| batch.put(event));
        batch
    }

    #[test]
    fn a_batch_says_everything_once_and_as_it_stands() {
        let changed = |topic| LiveEvent::Changed { topic };
        let told = batch([poller(1), changed(Topic::Runs), poller(2), changed(Topic::Chains), changed(Topic::Runs)]).into_events();
        assert!(matches!(&told[0], LiveEvent::Poller { poller } if poller.receives == 2), "{told:?}");
        assert!(is_change_of(&told[1], Topic::Runs) && is_change_of(&told[2], Topic::Chains) && told.len() == 3, "{told:?}");
    }

    #[test]
    fn a_delivery_that_changes_often_takes_one_place_of_a_batch() {
        let settled = DeliveryRow { verdict: waybill_domain::Verdict::Delivered, ..row(1) };
        let told = batch([vec![row(1), row(2)], vec![row(1)], vec![settled]].map(|rows| LiveEvent::Deliveries { rows })).into_events();
        let [LiveEvent::Deliveries { rows }] = told.as_slice() else { panic!("one event: {told:?}") };
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2], "in the order in which they came up");
        assert_eq!(rows[0].verdict, waybill_domain::Verdict::Delivered, "and as they stand");
    }

    #[test]
    fn a_batch_is_full_before_a_page_stands_still() {
        let (live, mut events) = tokio::sync::broadcast::channel(64);
        for from in 0..8 {
            live.send(LiveEvent::Deliveries { rows: (0..500).map(|at| row(500 * from + at)).collect() }).unwrap();
        }
        let mut sizes = Vec::new();
        for _ in 0..3 {
            let mut batch = Batch::default();
            batch.drain(&mut events);
            sizes.push(batch.rows.rows.len());
        }
        assert_eq!(sizes, [MOST_ROWS, MOST_ROWS, 0], "nothing is lost, and no batch is larger");
    }
}
