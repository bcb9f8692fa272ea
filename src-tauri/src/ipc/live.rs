//! The one live channel to the page, batched.

use std::collections::HashMap;
use std::time::Duration;

use tauri::ipc::Channel;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use waybill_console::view::{DeliveryRow, LiveEvent, Topic};

/// Shortest time between two batches.
const PACE: Duration = Duration::from_millis(100);

/// Most events of one batch; what is left goes with the next.
const MOST: usize = 2000;

/// Deliveries after which a batch is full: a page that takes in more at once stands still for a moment.
const MOST_ROWS: usize = 2000;

/// Sends what happens to the page until the page is gone. A page that fell behind is told to read everything again.
pub(crate) async fn forward(mut live: Receiver<LiveEvent>, channel: Channel<Vec<LiveEvent>>) {
    loop {
        let mut batch = match live.recv().await {
            Ok(event) => vec![event],
            Err(RecvError::Lagged(_)) => everything(),
            Err(RecvError::Closed) => return,
        };
        let full = drain(&mut live, &mut batch);
        if channel.send(condensed(batch)).is_err() {
            return;
        }
        tokio::time::sleep(if full { PACE / 2 } else { PACE }).await;
    }
}

/// Takes in what waits; tells whether more may be waiting.
fn drain(live: &mut Receiver<LiveEvent>, batch: &mut Vec<LiveEvent>) -> bool {
    let mut rows = batch.iter().map(rows_of).sum::<usize>();
    while batch.len() < MOST && rows < MOST_ROWS {
        match live.try_recv() {
            Ok(event) => {
                rows += rows_of(&event);
                batch.push(event);
            }
            Err(TryRecvError::Lagged(_)) => batch.extend(everything()),
            Err(TryRecvError::Empty | TryRecvError::Closed) => return false,
        }
    }
    true
}

const fn rows_of(event: &LiveEvent) -> usize {
    if let LiveEvent::Deliveries { rows } = event { rows.len() } else { 0 }
}

fn everything() -> Vec<LiveEvent> {
    Topic::ALL.into_iter().map(|topic| LiveEvent::Changed { topic }).collect()
}

/// The batch with one event where a later one says all that an earlier one said: each run, each delivery and the poller as they stand, and
/// what changed once. Runs come first, since a run that begins clears what was shown of the one before.
fn condensed(batch: Vec<LiveEvent>) -> Vec<LiveEvent> {
    let (mut runs, mut rows, mut rest) = (Vec::new(), Latest::default(), Vec::new());
    let mut known_runs = HashMap::new();
    let mut poller = None;
    for event in batch {
        match event {
            LiveEvent::Run { run } => match known_runs.get(&run.run_id) {
                Some(at) => runs[*at] = LiveEvent::Run { run },
                None => {
                    known_runs.insert(run.run_id.clone(), runs.len());
                    runs.push(LiveEvent::Run { run });
                }
            },
            LiveEvent::Deliveries { rows: more } => more.into_iter().for_each(|row| rows.put(row)),
            LiveEvent::Poller { .. } => poller = Some(event),
            LiveEvent::Progress { progress } => {
                rest.retain(|known| !is_progress_of(known, &progress.run_id));
                rest.push(LiveEvent::Progress { progress });
            }
            LiveEvent::Changed { topic } if rest.iter().any(|known| is_change_of(known, topic)) => {}
            event => rest.push(event),
        }
    }
    let rows = (!rows.rows.is_empty()).then_some(LiveEvent::Deliveries { rows: rows.rows });
    runs.into_iter().chain(rows).chain(poller).chain(rest).collect()
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
    use waybill_console::view::PollerView;

    fn poller(receives: u64) -> LiveEvent {
        LiveEvent::Poller { poller: PollerView { receives, ..PollerView::default() } }
    }

    #[test]
    fn a_batch_says_everything_once_and_as_it_stands() {
        let changed = |topic| LiveEvent::Changed { topic };
        let batch = vec![poller(1), changed(Topic::Runs), poller(2), changed(Topic::Chains), changed(Topic::Runs)];
        let told = condensed(batch);
        assert!(matches!(&told[0], LiveEvent::Poller { poller } if poller.receives == 2), "{told:?}");
        assert!(is_change_of(&told[1], Topic::Runs) && is_change_of(&told[2], Topic::Chains) && told.len() == 3, "{told:?}");
    }

    #[test]
    fn a_batch_is_full_before_a_page_stands_still() {
        let (live, mut events) = tokio::sync::broadcast::channel(64);
        let row = DeliveryRow {
            id: 1,
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
        };
        for _ in 0..8 {
            live.send(LiveEvent::Deliveries { rows: vec![row.clone(); 500] }).unwrap();
        }
        let mut batch = Vec::new();
        assert!(drain(&mut events, &mut batch), "more is waiting");
        assert_eq!(batch.len(), 4, "2,000 rows fill it");
        assert!(drain(&mut events, &mut Vec::new()), "and another one");
        assert!(!drain(&mut events, &mut Vec::new()), "then nothing waits");
    }
}
