//! The record of every AWS call that wrote something.

use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinHandle;
use waybill_aws::{CallRecord, Recorder};
use waybill_domain::Region;
use waybill_store::{NewCall, Store};

use crate::view::{LiveEvent, Topic};

/// Most records that one transaction takes.
const BATCH: usize = 256;

/// Takes records from anywhere and writes them in batches, so that no request waits for the file.
#[derive(Debug, Clone)]
pub(crate) struct Activity(mpsc::UnboundedSender<NewCall>);

impl Activity {
    /// Starts the writer, which tells `live` of what it wrote; it ends when the last `Activity` is dropped and everything is written.
    pub fn start(store: Store, live: broadcast::Sender<LiveEvent>) -> (Self, JoinHandle<()>) {
        let (sender, mut records) = mpsc::unbounded_channel();
        let writer = tokio::spawn(async move {
            let mut batch = Vec::new();
            while records.recv_many(&mut batch, BATCH).await > 0 {
                let calls: Vec<NewCall> = std::mem::take(&mut batch);
                let written = store.write(move |db| calls.iter().try_for_each(|call| db.insert_call(call).map(drop))).await;
                match written {
                    // Nobody listening is no fault.
                    Ok(()) => drop(live.send(LiveEvent::Changed { topic: Topic::Activity })),
                    Err(error) => tracing::warn!(%error, "calls could not be recorded"),
                }
            }
        });
        (Self(sender), writer)
    }

    /// A recorder for the calls of one connection and region.
    pub fn recorder(&self, connection: &str, region: &Region) -> ActivityRecorder {
        ActivityRecorder { activity: self.clone(), connection: connection.to_owned(), region: region.clone() }
    }
}

/// Records the calls of one connection and region.
#[derive(Debug)]
pub(crate) struct ActivityRecorder {
    activity: Activity,
    connection: String,
    region: Region,
}

impl Recorder for ActivityRecorder {
    fn record(&self, call: CallRecord) {
        let call = NewCall {
            at: call.at,
            connection: self.connection.clone(),
            region: self.region.clone(),
            service: call.service.to_owned(),
            operation: call.operation.to_owned(),
            input: call.input,
            request_id: call.request_id,
            error: call.error,
        };
        if self.activity.0.send(call).is_err() {
            tracing::warn!("a call was made after the record was closed");
        }
    }
}
