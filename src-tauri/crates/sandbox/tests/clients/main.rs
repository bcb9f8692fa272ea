//! The whole flow of the iLert page by unmodified clients: boto3, the AWS CLI, and the Rust SDK.
//!
//! `make clients` installs the first two and runs everything here.
#![allow(clippy::unwrap_used, missing_docs)]

mod cli;
mod rust;

use std::path::PathBuf;

use tokio::process::Command;
use waybill_sandbox::{PARTNER_ACCOUNT_ID, Sandbox, SandboxConfig};

/// A program of the Python environment that `make clients` made.
fn installed(name: &str) -> PathBuf {
    let folder = std::env::var_os("WAYBILL_CLIENTS").expect("`make clients` says where boto3 and the AWS CLI are");
    PathBuf::from(folder).join("bin").join(name)
}

/// A program that finds the sandbox and the customer's keys where AWS's own clients look for them, and nothing else of AWS's.
fn client(program: PathBuf, sandbox: &Sandbox) -> Command {
    let keys = sandbox.keys();
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        command.env_remove(name);
    }
    command
        .env("AWS_ACCESS_KEY_ID", &keys.access_key_id)
        .env("AWS_SECRET_ACCESS_KEY", &keys.secret_access_key)
        .env("AWS_DEFAULT_REGION", &sandbox.config().region)
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_MAX_ATTEMPTS", "1")
        .kill_on_drop(true);
    command
}

#[tokio::test]
#[ignore = "needs boto3: make clients"]
async fn boto3_runs_the_whole_flow() {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let keys = sandbox.keys();
    let output = client(installed("python"), &sandbox)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/flow.py"))
        .env("ENDPOINT_URL", sandbox.endpoint())
        .env("PARTNER_ACCESS_KEY_ID", &keys.partner_access_key_id)
        .env("PARTNER_SECRET_ACCESS_KEY", &keys.partner_secret_access_key)
        .env("PARTNER_ACCOUNT_ID", PARTNER_ACCOUNT_ID)
        .output()
        .await
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("everything as on AWS"), "{told}");
}
