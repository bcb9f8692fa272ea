//! Alert actions in every state: proven, narrowed, broken behind Waybill's back, and not set up.

use anyhow::{Result, ensure};

use crate::window::{Scene, mischief};

/// Makes the alert actions through the command line, and breaks one with the AWS SDK.
pub(crate) async fn set(scene: &Scene) -> Result<()> {
    let waybill = scene.cli();
    create(scene, "Payments", "Shop", "all").await?;
    create(scene, "Checkout", "Shop", "all").await?;
    create(scene, "Warehouse", "Logistics", "incident-created,incident-acknowledged,incident-resolved").await?;
    create(scene, "Search", "Platform", "all").await?;
    for action in ["Payments", "Checkout", "Warehouse"] {
        waybill.done(&format!("setup apply {action}")).await?;
        waybill.done(&format!("verify {action}")).await?;
    }
    mischief::forget_queue_policy(scene, "Checkout").await?;
    let broken = waybill.run("verify Checkout --timeout 2s").await?;
    ensure!(broken.code == Some(1), "a chain without queue policy is not proven: {broken:?}");
    waybill.done("verify Payments --count 300 --rate 60/s").await?;
    waybill.done("verify Payments").await.map(drop)
}

async fn create(scene: &Scene, name: &str, source: &str, events: &str) -> Result<()> {
    let place = "--account 123456789012 --region eu-central-1 --trigger-mode automatic";
    let line = format!("actions create --name {name} --alert-source {source} {place} --events {events}");
    scene.cli().done(&line).await.map(drop)
}
