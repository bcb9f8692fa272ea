//! The one live channel to the page, batched.

use std::time::Duration;

use tauri::ipc::Channel;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use waybill_console::view::{LiveEvent, Topic};

/// Shortest time between two batches.
const PACE: Duration = Duration::from_millis(100);

/// Most events of one batch; what is left goes with the next.
const MOST: usize = 2000;

/// Sends what happens to the page until the page is gone. A page that fell behind is told to read everything again.
pub(crate) async fn forward(mut live: Receiver<LiveEvent>, channel: Channel<Vec<LiveEvent>>) {
    loop {
        let mut batch = match live.recv().await {
            Ok(event) => vec![event],
            Err(RecvError::Lagged(_)) => everything(),
            Err(RecvError::Closed) => return,
        };
        drain(&mut live, &mut batch);
        if channel.send(batch).is_err() {
            return;
        }
        tokio::time::sleep(PACE).await;
    }
}

fn drain(live: &mut Receiver<LiveEvent>, batch: &mut Vec<LiveEvent>) {
    while batch.len() < MOST {
        match live.try_recv() {
            Ok(event) => batch.push(event),
            Err(TryRecvError::Lagged(_)) => batch.extend(everything()),
            Err(TryRecvError::Empty | TryRecvError::Closed) => return,
        }
    }
}

fn everything() -> Vec<LiveEvent> {
    [Topic::Sources, Topic::Actions, Topic::Chains, Topic::Incidents, Topic::Runs, Topic::Drafts, Topic::Connections]
        .into_iter()
        .map(|topic| LiveEvent::Changed { topic })
        .collect()
}
