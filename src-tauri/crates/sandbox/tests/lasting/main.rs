//! What was answered with success survives SIGKILL, and what was deleted leaves nothing behind.
//!
//! The sandbox is a process of its own: this very program, started again with a data folder in
//! `WAYBILL_TEST_FOLDER`. `WAYBILL_TEST_KILLS` says how often it is killed (10 without).
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod chain;
mod child;
mod ledger;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chain::Chain;
use child::Child;
use ledger::Ledger;
use serde_json::json;
use tokio::task::JoinSet;
use waybill_sandbox::{Keys, Sandbox, SandboxConfig};

/// The process under test; it prints where it listens, and ends when it is killed.
#[tokio::test]
#[ignore = "the process that the other tests start and kill"]
async fn child() {
    let folder = PathBuf::from(std::env::var_os("WAYBILL_TEST_FOLDER").expect("the tests name it"));
    let keys = Keys::load_or_create(&folder).unwrap();
    let sandbox = Sandbox::start(SandboxConfig { data_dir: Some(folder), keys, ..SandboxConfig::ephemeral() }).await.unwrap();
    let keys = sandbox.keys();
    println!(
        "\n{}",
        json!({"address": sandbox.endpoint().replace("http://", ""), "id": keys.access_key_id, "secret": keys.secret_access_key})
    );
    std::future::pending::<()>().await;
}

fn kills() -> u32 {
    std::env::var("WAYBILL_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_unsent_arrives_however_often_it_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Arc::new(Ledger::default());
    let mut restarts = Vec::new();
    for round in 0..kills() {
        let mut child = Child::start(folder.path()).await;
        restarts.push(child.ready());
        let chain = Arc::new(Chain::of(&child));
        if round == 0 {
            chain.set_up().await;
        }
        let (mut working, goal) = (JoinSet::new(), ledger.acknowledged() + 200 + 37 * (round as usize % 7));
        for _ in 0..4 {
            working.spawn(publish_until_killed(Arc::clone(&chain), Arc::clone(&ledger)));
        }
        for _ in 0..2 {
            working.spawn(receive_until_killed(Arc::clone(&chain), Arc::clone(&ledger)));
        }
        ledger.reaches(goal).await;
        child.kill().await;
        working.join_all().await;
    }
    let child = Child::start(folder.path()).await;
    drain(&Chain::of(&child), &ledger).await;
    restarts.sort();
    println!("{} kills, {}, restart {:?} at most", kills(), ledger.account(), restarts.last().unwrap());
    ledger.judge();
}

async fn publish_until_killed(chain: Arc<Chain>, ledger: Arc<Ledger>) {
    let Some(mut wire) = chain.connect().await else { return };
    loop {
        let numbers = ledger.send(10);
        if chain.publish(&mut wire, &numbers).await.is_none() {
            return;
        }
        ledger.acknowledge(&numbers);
    }
}

async fn receive_until_killed(chain: Arc<Chain>, ledger: Arc<Ledger>) {
    let Some(mut wire) = chain.connect().await else { return };
    while let Some(messages) = chain.receive(&mut wire).await {
        // Not every message is deleted, so that both kinds meet a crash.
        let messages: Vec<_> = messages.into_iter().inspect(|message| ledger.receive(message)).filter(|one| one.number % 8 != 0).collect();
        if messages.is_empty() {
            continue;
        }
        ledger.try_to_delete(&messages);
        if chain.delete(&mut wire, &messages).await.is_none() {
            return;
        }
        ledger.delete(&messages);
    }
}

/// Receives until nothing came for longer than a message can be hidden.
async fn drain(chain: &Chain, ledger: &Ledger) {
    let mut wire = chain.connect().await.unwrap();
    let mut quiet = 0;
    while quiet < 3 {
        let messages = chain.receive(&mut wire).await.unwrap();
        quiet = if messages.is_empty() { quiet + 1 } else { 0 };
        for message in &messages {
            ledger.receive(message);
            ledger.find(message);
        }
        if !messages.is_empty() {
            chain.delete(&mut wire, &messages).await.unwrap();
        }
    }
}

#[tokio::test]
async fn file_and_memory_stay_as_they_are_however_many_events_went_through() {
    let folder = tempfile::tempdir().unwrap();
    let child = Child::start(folder.path()).await;
    let chain = Chain::of(&child);
    chain.set_up().await;
    let mut wire = chain.connect().await.unwrap();
    let mut sizes = Vec::new();
    for _ in 0..4 {
        for first in (0..1500).step_by(10) {
            let numbers: Vec<u32> = (first..first + 10).collect();
            chain.publish(&mut wire, &numbers).await.unwrap();
            let messages = chain.receive(&mut wire).await.unwrap();
            chain.delete(&mut wire, &messages).await.unwrap();
        }
        let file = |name: &str| std::fs::metadata(folder.path().join(name)).map_or(0, |file| file.len() >> 20);
        sizes.push((child.memory_mib(), file("sandbox.db"), file("sandbox.db-wal")));
    }
    let (first, last) = (sizes[0], sizes[3]);
    assert!(last.0 <= first.0 + 4, "memory in MiB: {sizes:?}");
    assert!(last.1 <= 5 && last.2 <= 5, "file and log in MiB: {sizes:?}");
}

#[tokio::test]
async fn a_folder_is_there_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let ready = Child::start(folder.path()).await.ready();
    assert!(ready < Duration::from_secs(2), "a fresh folder took {ready:?}, even in a slow build on a busy machine");
}
