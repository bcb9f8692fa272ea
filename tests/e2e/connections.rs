use anyhow::Result;

use crate::window::pages::connections::Connections;
use crate::window::pages::frame::Frame;
use crate::window::spec;

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_sandbox_tells_where_it_answers_and_never_its_secrets() -> Result<()> {
    spec(async |scene| {
        Frame::of(scene.window()).go("Connections & sandbox").await?;
        let connections = Connections::of(scene.window());
        connections.sandbox_answers().await?;
        let said = connections.sandbox().await?;
        assert!(said.contains("http://127.0.0.1:") && said.contains("123456789012"), "endpoint and account: {said}");
        let keys = std::fs::read_to_string(scene.data_dir().join("sandbox-keys.json"))?;
        let keys: serde_json::Value = serde_json::from_str(&keys)?;
        assert!(!scene.window().html().await?.contains(keys["secret_access_key"].as_str().unwrap()), "a secret never reaches the page");
        Ok(())
    })
    .await
}
