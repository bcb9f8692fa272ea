//! Being the sandbox.

use std::fs::File;
use std::net::SocketAddr;

use waybill_sandbox::{PARTNER_ACCOUNT_ID, PartnerBusPermissions, Sandbox, SandboxConfig, organization_id};

use super::files::{self, Beacon, BusPermissions};
use crate::setup::sentence_of;
use crate::{DataFolder, Error};

/// How a sandbox is to be started.
#[derive(Debug, Clone)]
pub(super) struct HolderOptions {
    pub listen: SocketAddr,
    pub ephemeral: bool,
    pub permissions: BusPermissions,
    pub account_id: Option<String>,
}

/// A sandbox that this process is, for as long as the value lives.
pub(super) struct Holder {
    sandbox: Sandbox,
    folder: DataFolder,
    pub beacon: Beacon,
    lock: File,
}

impl Holder {
    /// Becomes the sandbox of `folder`; `lock` is the held `sandbox.lock`.
    pub async fn start(folder: &DataFolder, lock: File, options: HolderOptions) -> Result<Self, Error> {
        let mut config = SandboxConfig::ephemeral();
        config.data_dir = (!options.ephemeral).then(|| folder.path().to_owned());
        config.listen = options.listen;
        config.keys = files::keys(folder)?;
        // A chain that was undone is often set up again at once, under the same names.
        config.deleted_queue_name_ms = 0;
        config.partner_bus_permissions = match options.permissions {
            BusPermissions::Today => PartnerBusPermissions::Today,
            BusPermissions::Year2021 => PartnerBusPermissions::Year2021,
        };
        if let Some(account) = options.account_id {
            config.account_id = account;
        }
        let sandbox = Sandbox::start(config).await.map_err(|error| start_error(&error, options.listen))?;
        let beacon = Beacon {
            endpoint: sandbox.endpoint(),
            pid: std::process::id(),
            region: sandbox.config().region.clone(),
            account_id: sandbox.config().account_id.clone(),
            partner_account_id: PARTNER_ACCOUNT_ID.to_owned(),
            organization_id: organization_id(&sandbox.config().account_id),
            partner_bus_permissions: options.permissions,
            ephemeral: options.ephemeral,
        };
        beacon.write(folder).map_err(|error| Error::Host(format!("sandbox.json cannot be written: {error}")))?;
        Ok(Self { sandbox, folder: folder.clone(), beacon, lock })
    }

    /// Stops answering, then lets the folder go.
    pub async fn stop(self) {
        Beacon::remove(&self.folder);
        self.hand_over().await;
    }

    /// Stops answering, then lets the folder go. `sandbox.json` stays: a successor reads the address and the settings from it.
    pub async fn hand_over(self) {
        self.sandbox.shutdown().await;
        drop(self.lock);
    }
}

fn start_error(error: &waybill_sandbox::StartError, listen: SocketAddr) -> Error {
    match error {
        waybill_sandbox::StartError::Listen { .. } => Error::bad_input(
            "Listen address",
            format!("{listen} cannot be used: {}; choose another port, or 0 for any free one", sentence_of(error)),
        ),
        waybill_sandbox::StartError::Account { .. } => Error::bad_input("Account", error.to_string()),
        other => Error::Host(sentence_of(other)),
    }
}

/// Is the sandbox of `folder` until nobody uses it any more. Ends at once when another process is the sandbox already.
///
/// # Errors
/// When the sandbox cannot be started.
pub async fn run_in_background(folder: &DataFolder, preferred: Option<SocketAddr>, permissions: BusPermissions) -> Result<(), Error> {
    let Some(lock) = files::hold(folder).await? else { return Ok(()) };
    let any: SocketAddr = ([127, 0, 0, 1], 0).into();
    let listen = preferred.filter(|address| std::net::TcpListener::bind(address).is_ok()).unwrap_or(any);
    // Left behind by one that was killed or handed over: its users work in its account.
    let account_id = Beacon::read(folder).map(|before| before.account_id);
    let options = HolderOptions { listen, ephemeral: false, permissions, account_id };
    let holder = Holder::start(folder, lock, options).await?;
    let users = files::lock_file(folder, "sandbox.users")?;
    let alone = tokio::task::spawn_blocking(move || users.lock().map(|()| users)).await;
    // The exclusive lock is kept until the sandbox has ended: whoever comes meanwhile waits and then starts a new one.
    holder.stop().await;
    drop(alone);
    Ok(())
}
