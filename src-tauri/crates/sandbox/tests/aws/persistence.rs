//! What was answered with success survives.

use std::path::Path;

use aws_sdk_eventbridge::types::RuleState;
use waybill_sandbox::{DatabaseError, Keys, Sandbox, SandboxConfig, StartError};

use crate::support::{ALL, Lab, SOURCE};

fn in_folder(folder: &Path) -> SandboxConfig {
    SandboxConfig { data_dir: Some(folder.to_owned()), keys: Keys::load_or_create(folder).unwrap(), ..SandboxConfig::ephemeral() }
}

/// What a crash at this moment would leave behind.
fn crash_copy(from: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
    }
    copy
}

async fn everything_is_there(lab: &Lab) {
    assert_eq!(lab.source_state().await.as_deref(), Some("ACTIVE"));
    let rule = lab.events.describe_rule().name("off").event_bus_name(SOURCE).send().await.unwrap();
    assert_eq!((rule.state(), rule.event_pattern()), (Some(&RuleState::Disabled), Some(ALL)));
    let inbox = lab.queue("inbox").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1, "the message that nobody had read");
    lab.publish("incident-resolved").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1, "the chain still delivers");
}

async fn build(lab: &Lab) {
    lab.chain().await;
    lab.rule("off", ALL).await;
    lab.events.disable_rule().name("off").event_bus_name(SOURCE).send().await.unwrap();
    lab.publish("incident-created").await;
}

#[tokio::test]
async fn everything_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let lab = Lab::start(in_folder(folder.path())).await;
    build(&lab).await;
    lab.sandbox.shutdown().await;
    everything_is_there(&Lab::start(in_folder(folder.path())).await).await;
}

#[tokio::test]
async fn everything_answered_survives_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let lab = Lab::start(in_folder(folder.path())).await;
    build(&lab).await;
    let left = crash_copy(folder.path());
    everything_is_there(&Lab::start(in_folder(left.path())).await).await;
}

#[tokio::test]
async fn what_was_deleted_stays_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let lab = Lab::start(in_folder(folder.path())).await;
    lab.chain().await;
    lab.events.remove_targets().rule("all").event_bus_name(SOURCE).ids("t1").send().await.unwrap();
    lab.events.delete_rule().name("all").event_bus_name(SOURCE).send().await.unwrap();
    lab.events.delete_event_bus().name(SOURCE).send().await.unwrap();
    lab.sandbox.shutdown().await;
    let lab = Lab::start(in_folder(folder.path())).await;
    assert_eq!(lab.source_state().await.as_deref(), Some("PENDING"));
    assert!(lab.events.describe_event_bus().name(SOURCE).send().await.is_err());
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = rusqlite::Connection::open(folder.path().join("sandbox.db")).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    let refused = Sandbox::start(in_folder(folder.path())).await.unwrap_err();
    assert!(matches!(refused, StartError::Database { source: DatabaseError::Newer { found: 99 }, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_taken_port_and_a_wrong_account_are_refused() {
    let lab = Lab::ephemeral().await;
    let listen = lab.sandbox.endpoint().replace("http://", "").parse().unwrap();
    let taken = Sandbox::start(SandboxConfig { listen, ..SandboxConfig::ephemeral() }).await.unwrap_err();
    assert!(matches!(taken, StartError::Listen { .. }), "{taken:?}");
    for account_id in ["1", "12345678901x", waybill_sandbox::PARTNER_ACCOUNT_ID] {
        let config = SandboxConfig { account_id: account_id.into(), ..SandboxConfig::ephemeral() };
        let refused = Sandbox::start(config).await.unwrap_err();
        assert!(matches!(refused, StartError::Account { .. }), "{account_id}");
    }
}

#[tokio::test]
async fn a_file_where_the_data_folder_should_be_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "mine").unwrap();
    let config = SandboxConfig { data_dir: Some(file.clone()), ..SandboxConfig::ephemeral() };
    let refused = Sandbox::start(config).await.unwrap_err();
    assert!(matches!(refused, StartError::DataDir { .. }), "{refused:?}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
}
