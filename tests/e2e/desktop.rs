use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::window::pages::activity::Activity;
use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::{Scene, spec};

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_second_window_on_the_same_folder_ends_and_leaves_the_first() -> Result<()> {
    spec(async |scene| {
        let program = env!("CARGO_BIN_EXE_waybill-desktop");
        let data_dir = scene.data_dir();
        let second = tokio::task::spawn_blocking(move || Command::new(program).arg("--data-dir").arg(data_dir).status());
        let status = second.await?.context("the program starts")?;
        ensure!(status.success(), "it says nothing and ends well: {status}");
        Frame::of(scene.window()).go("Settings").await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_palette_leads_anywhere_and_the_cheat_sheet_names_the_keys() -> Result<()> {
    spec(async |scene| {
        let frame = Frame::of(scene.window());
        frame.command("Activity").await?;
        frame.is_at("Activity").await?;
        frame.command("Keyboard shortcuts").await?;
        let sheet = frame.cheat_sheet().await?;
        ensure!(sheet.contains("Find a command") && sheet.contains("Ctrl+K"), "{sheet}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_palette_loses_none_of_the_letters_typed_right_after_its_keys() -> Result<()> {
    spec(async |scene| {
        let frame = Frame::of(scene.window());
        frame.is_read().await?;
        for search in ["the quick brown fox", "deliveries", "zoom"] {
            frame.open_palette(search).await?;
            ensure!(frame.searched().await? == search, "it has `{}` of `{search}`", frame.searched().await?);
            frame.close_dialog().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn activity_tells_every_write_and_exports_it() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        Frame::of(scene.window()).go("Activity").await?;
        let activity = Activity::of(scene.window());
        activity.tells("CreateEventBus").await?;
        activity.tells("PutRule").await?;
        activity.open("PutRule").await?;
        ensure!(activity.input().await?.contains("EventPattern"), "the whole input is shown");
        activity.export("As CSV").await?;
        let file = exported(scene)?;
        ensure!(file.contains("PutRule") && file.starts_with("time,connection,who,"), "{file}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_evidence_that_the_window_saves_is_taken_by_the_command_line() -> Result<()> {
    spec(async |scene| {
        let overview = Overview::of(scene.window());
        overview.run_nine_event_proof().await?;
        overview.says("Demo action", "Proven 9/9").await?;
        overview.save_evidence("Demo action").await?;
        let file = export(scene)?;
        let judged = scene.cli().run(&format!("runs verify {}", file.display())).await?;
        ensure!(judged.code == Some(0), "it is intact: {judged:?}");
        std::fs::write(&file, std::fs::read_to_string(&file)?.replacen("Delivered", "Missing", 1))?;
        let judged = scene.cli().run(&format!("runs verify {}", file.display())).await?;
        ensure!(judged.code == Some(1), "and no longer when a word of it was altered: {judged:?}");
        Ok(())
    })
    .await
}

fn exported(scene: &Scene) -> Result<String> {
    Ok(std::fs::read_to_string(export(scene)?)?)
}

fn export(scene: &Scene) -> Result<PathBuf> {
    let folder = std::fs::read_dir(scene.data_dir().join("exports"))?;
    let files: Vec<_> = folder.collect::<std::io::Result<_>>()?;
    ensure!(files.len() == 1, "one export, one file: {files:?}");
    Ok(files[0].path())
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn history_is_filtered_and_an_event_is_redelivered_beside_its_first_attempt() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        Frame::of(scene.window()).go("Deliveries").await?;
        let deliveries = Deliveries::of(scene.window());
        deliveries.counts("delivered", 9).await?;
        deliveries.find_text("incident-resolved").await?;
        deliveries.lists(1).await?;
        deliveries.open("incident-resolved").await?;
        deliveries.redeliver().await?;
        deliveries.attempts_say(&["First", "Again"], "Delivered").await?;
        let runs = scene.cli().done("runs list").await?;
        ensure!(runs["runs"][0]["delivered"] == 1 && runs["runs"][0]["proven"] == true, "a run of its own: {runs}");
        Ok(())
    })
    .await
}
