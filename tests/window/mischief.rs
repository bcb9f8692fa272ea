//! What others do behind Waybill's back, with the AWS SDK as any program of the account would use it.

use std::fs;

use anyhow::{Context, Result};
use aws_credential_types::Credentials;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Region};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::Value;

use super::Scene;

/// Takes the policy from the queue at the end of a chain: EventBridge may not send to it any more.
pub(crate) async fn forget_queue_policy(scene: &Scene, action: &str) -> Result<()> {
    let sqs = sqs(scene)?;
    let url = sqs.get_queue_url().queue_name(queue_of(scene, action).await?).send().await?.queue_url;
    sqs.set_queue_attributes().set_queue_url(url).attributes(QueueAttributeName::Policy, "").send().await?;
    Ok(())
}

/// Name of the queue at the end of a chain.
async fn queue_of(scene: &Scene, action: &str) -> Result<String> {
    let chain = scene.cli().done_words(&["setup", "status", action]).await?;
    let links = chain["links"].as_array().context("a chain has links")?;
    let queue = links.iter().find(|link| link["kind"] == "queue").and_then(|link| link["name"].as_str());
    queue.map(str::to_owned).context("a chain ends at a queue")
}

fn sqs(scene: &Scene) -> Result<Client> {
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
