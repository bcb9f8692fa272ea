//! Runs that a program left on the way, and what the next one makes of them under each mode of the connection.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use waybill_console::view::{LiveEvent, RunSummary, StartRun, Topic};
use waybill_console::{Console, DataFolder, OpenOptions, ServeFlags, ServedSandbox, serve};

/// Longer than anything that is awaited takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A data folder with an interrupted run, and the sandbox that it was made on.
struct Left {
    folder: TempDir,
    served: ServedSandbox,
    run: RunSummary,
}

async fn opened(folder: &Path) -> Console {
    Console::open(OpenOptions { data_dir: Some(folder.to_owned()), ..OpenOptions::default() }).await.unwrap()
}

/// The next thing of a kind that is told.
async fn heard<T>(live: &mut Receiver<LiveEvent>, wanted: impl Fn(LiveEvent) -> Option<T>) -> T {
    let listening = async {
        loop {
            match live.recv().await {
                Ok(event) => {
                    if let Some(found) = wanted(event) {
                        return found;
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => panic!("the console is closed"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, listening).await.expect("it is told")
}

/// The run as it is told next, in one of these states.
async fn told_as(live: &mut Receiver<LiveEvent>, run_id: &str, state: &str) -> RunSummary {
    let is_wanted = |event| match event {
        LiveEvent::Run { run } if run.run_id == run_id && run.state == state => Some(run),
        _ => None,
    };
    heard(live, is_wanted).await
}

/// Leaves a run when some of its events were read.
async fn left() -> Left {
    let folder = tempfile::tempdir().unwrap();
    let flags = ServeFlags { ephemeral: true, ..ServeFlags::default() };
    let served = serve(DataFolder::open(folder.path()).unwrap(), flags).await.unwrap();
    let console = opened(folder.path()).await;
    let mut live = console.live();
    let first = console.prove(None).await.unwrap();
    assert!(told_as(&mut live, &first.run_id, "closed").await.proven);
    let long = StartRun {
        action_id: first.action_id,
        event_types: Vec::new(),
        count: Some(600),
        rate: Some(50.0),
        publishers: None,
        timeout_ms: Some(2000),
        scenario: None,
        reading: None,
        bus_logging: None,
    };
    let run = console.start_run(&long).await.unwrap();
    while told_as(&mut live, &run.run_id, "running").await.counts.delivered == 0 {}
    console.close().await;
    Left { folder, served, run }
}

async fn state(console: &Console, run: &RunSummary) -> String {
    console.runs(None).await.unwrap().into_iter().find(|listed| listed.run_id == run.run_id).unwrap().state
}

#[tokio::test]
async fn a_run_that_was_left_waits_for_leave_to_read_and_is_then_followed_live_to_its_end() {
    let Left { folder, served, run } = left().await;
    let console = opened(folder.path()).await;
    console.set_connection_mode("sandbox", "read-only").await.unwrap();
    let refused = console.take_up_runs().await.unwrap_err();
    assert!(refused.sentence().contains("read-only"), "it is said, not ignored: {}", refused.sentence());
    assert_eq!(state(&console, &run).await, "interrupted");

    let mut live = console.live();
    console.attend();
    console.keep_taking_up();
    console.set_connection_mode("sandbox", "ask").await.unwrap();
    heard(&mut live, |event| matches!(event, LiveEvent::Changed { topic: Topic::Questions }).then_some(())).await;
    let question = console.questions().into_iter().next().unwrap();
    assert!(question.calls.iter().any(|call| call.contains("ReceiveMessage")), "it asks by itself: {:?}", question.calls);
    assert_eq!(state(&console, &run).await, "interrupted", "nothing is read before the answer");
    console.answer_question(question.id, true).unwrap();

    told_as(&mut live, &run.run_id, "running").await;
    heard(&mut live, |event| {
        matches!(event, LiveEvent::Deliveries { rows } if rows.iter().all(|row| row.run_id == run.run_id)).then_some(())
    })
    .await;
    let end = told_as(&mut live, &run.run_id, "closed").await;
    assert_eq!((end.counts.waiting, end.counts.missing, end.proven), (0, 0, false), "every event has a verdict, and none is wrong");
    assert!(end.counts.not_sent > 0 && end.counts.delivered > 0, "{:?}", end.counts);
    console.close().await;
    served.stop().await;
}
