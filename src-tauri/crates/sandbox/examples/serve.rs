//! A sandbox to try things on: `cargo run -p waybill-sandbox --example serve [data folder]`.
//!
//! Prints one line of JSON about itself and stays until Ctrl-C.
#![allow(clippy::print_stdout, reason = "the line is what the program is for")]

use std::error::Error;
use std::path::PathBuf;

use serde_json::json;
use waybill_sandbox::{Keys, PARTNER_ACCOUNT_ID, Sandbox, SandboxConfig, organization_id};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = SandboxConfig::ephemeral();
    if let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) {
        std::fs::create_dir_all(&folder)?;
        config.keys = Keys::load_or_create(&folder)?;
        config.data_dir = Some(folder);
    }
    let sandbox = Sandbox::start(config).await?;
    let (config, keys) = (sandbox.config(), sandbox.keys());
    let line = json!({
        "endpoint": sandbox.endpoint(),
        "region": config.region,
        "account_id": config.account_id,
        "access_key_id": keys.access_key_id,
        "secret_access_key": keys.secret_access_key,
        "partner_account_id": PARTNER_ACCOUNT_ID,
        "partner_access_key_id": keys.partner_access_key_id,
        "partner_secret_access_key": keys.partner_secret_access_key,
        "organization_id": organization_id(&config.account_id),
    });
    println!("{line}");
    tokio::signal::ctrl_c().await?;
    sandbox.shutdown().await;
    Ok(())
}
