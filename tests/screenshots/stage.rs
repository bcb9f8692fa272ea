//! Alert actions in every state: proven, narrowed, broken behind Waybill's back, and not set up.

use std::fs;

use anyhow::{Context, Result, ensure};
use aws_credential_types::Credentials;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Region};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::Value;

use crate::window::Scene;

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
    forget_policy(scene, &queue_of(scene, "Checkout").await?).await?;
    let broken = waybill.run("verify Checkout --timeout 2s").await?;
    ensure!(broken.code == Some(1), "a chain without queue policy is not proven: {broken:?}");
    waybill.done("verify Payments --count 300 --rate 60/s").await?;
    waybill.done("verify Payments").await.map(drop)
}

async fn create(scene: &Scene, name: &str, source: &str, events: &str) -> Result<()> {
    let line = format!(
        "actions create --name {name} --alert-source {source} --account 123456789012 --region eu-central-1 --trigger-mode automatic --events {events}"
    );
    scene.cli().done(&line).await.map(drop)
}

/// Name of the queue at the end of a chain.
async fn queue_of(scene: &Scene, action: &str) -> Result<String> {
    let chain = scene.cli().done(&format!("setup status {action}")).await?;
    let links = chain["links"].as_array().context("a chain has links")?;
    let queue = links.iter().find(|link| link["kind"] == "queue").and_then(|link| link["name"].as_str());
    queue.map(str::to_owned).context("a chain ends at a queue")
}

/// What an administrator does by mistake: the queue has no policy any more.
async fn forget_policy(scene: &Scene, queue: &str) -> Result<()> {
    let sqs = customer(scene)?;
    let url = sqs.get_queue_url().queue_name(queue).send().await?.queue_url;
    sqs.set_queue_attributes().set_queue_url(url).attributes(QueueAttributeName::Policy, "").send().await?;
    Ok(())
}

/// The AWS SDK as any other program of this account would use it.
fn customer(scene: &Scene) -> Result<Client> {
    let read = |name: &str| -> Result<Value> { Ok(serde_json::from_slice(&fs::read(scene.data_dir().join(name))?)?) };
    let (sandbox, keys) = (read("sandbox.json")?, read("sandbox-keys.json")?);
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let credentials = Credentials::new(text(&keys, "access_key_id"), text(&keys, "secret_access_key"), None, None, "sandbox");
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(text(&sandbox, "region")))
        .endpoint_url(text(&sandbox, "endpoint"))
        .credentials_provider(credentials);
    Ok(Client::from_conf(config.build()))
}
