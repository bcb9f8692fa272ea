//! `waybill sandbox serve`: being the sandbox, or attaching to the one that runs, until told to stop.

use std::fs::TryLockError;
use std::net::SocketAddr;

use serde::Serialize;
use waybill_domain::AccountId;
use waybill_sandbox::Keys;

use super::attachment::{self, Attachment};
use super::files::{self, Beacon, BusPermissions};
use super::holder::{Holder, HolderOptions};
use crate::{DataFolder, Error};

/// What was asked for; `None` leaves it to the sandbox that runs.
#[derive(Debug, Clone, Default)]
pub struct ServeFlags {
    /// Address to listen on.
    pub listen: Option<SocketAddr>,
    /// Keep nothing.
    pub ephemeral: bool,
    /// Permissions on partner buses.
    pub permissions: Option<BusPermissions>,
    /// The customer's account.
    pub account_id: Option<AccountId>,
}

/// The line that `sandbox serve` prints: how to reach the sandbox, with its keys, which are worth nothing outside this machine.
#[derive(Debug, Clone, Serialize)]
pub struct Served {
    /// Where it listens.
    pub endpoint: String,
    /// Default region.
    pub region: String,
    /// The customer's account.
    pub account_id: String,
    /// The customer's key.
    pub access_key_id: String,
    /// The customer's secret.
    pub secret_access_key: String,
    /// The partner's account.
    pub partner_account_id: String,
    /// The partner's key.
    pub partner_access_key_id: String,
    /// The partner's secret.
    pub partner_secret_access_key: String,
    /// The organization's id.
    pub organization_id: String,
}

impl Served {
    fn new(beacon: &Beacon, keys: &Keys) -> Self {
        Self {
            endpoint: beacon.endpoint.clone(),
            region: beacon.region.clone(),
            account_id: beacon.account_id.clone(),
            access_key_id: keys.access_key_id.clone(),
            secret_access_key: keys.secret_access_key.clone(),
            partner_account_id: beacon.partner_account_id.clone(),
            partner_access_key_id: keys.partner_access_key_id.clone(),
            partner_secret_access_key: keys.partner_secret_access_key.clone(),
            organization_id: beacon.organization_id.clone(),
        }
    }
}

/// A sandbox that is served by this process, or to which it is attached.
pub struct ServedSandbox {
    folder: DataFolder,
    role: Role,
    /// The line to print.
    pub served: Served,
}

enum Role {
    Holder(Box<Holder>),
    /// Held so that the sandbox stays.
    Attached {
        _attachment: Box<Attachment>,
    },
}

/// Serves the sandbox of `folder`.
///
/// # Errors
/// When a flag is not what the running sandbox does, or the sandbox cannot be started.
pub async fn serve(folder: DataFolder, flags: ServeFlags) -> Result<ServedSandbox, Error> {
    flags.listen.map_or(Ok(()), refuse_foreign_address)?;
    // Waits while one that nobody used is just ending, so that it is not taken for the running one.
    let part = attachment::take_part(&folder).await?;
    if let Some(lock) = files::hold(&folder).await? {
        let options = HolderOptions {
            listen: flags.listen.unwrap_or_else(|| ([127, 0, 0, 1], 0).into()),
            ephemeral: flags.ephemeral,
            permissions: flags.permissions.unwrap_or_default(),
            account_id: flags.account_id.map(String::from),
        };
        let holder = Holder::start(&folder, lock, options).await?;
        let served = Served::new(&holder.beacon, &files::keys(&folder)?);
        drop(part);
        return Ok(ServedSandbox { folder, role: Role::Holder(Box::new(holder)), served });
    }
    let attachment = Attachment::attach(&folder).await?;
    refuse_unfulfilled(attachment.beacon(), &flags)?;
    let served = Served::new(attachment.beacon(), attachment.keys());
    Ok(ServedSandbox { folder, role: Role::Attached { _attachment: Box::new(attachment) }, served })
}

impl ServedSandbox {
    /// Ends the part of this process. Where it was the sandbox and others still use it, one in the background takes over on the same
    /// address, so that no run loses its sandbox.
    pub async fn stop(self) {
        let Role::Holder(holder) = self.role else { return };
        // Where nobody uses it, whoever comes while it ends waits for the end and then starts a new one.
        let alone = files::lock_file(&self.folder, "sandbox.users").map(|users| match users.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            _ => Some(users),
        });
        if holder.beacon.ephemeral || !matches!(alone, Ok(None)) {
            return holder.stop().await;
        }
        holder.hand_over().await;
        if let Err(error) = attachment::spawn(&self.folder) {
            tracing::warn!(%error, "no other sandbox could take over");
        }
    }
}

fn refuse_foreign_address(listen: SocketAddr) -> Result<(), Error> {
    if listen.ip().is_loopback() {
        return Ok(());
    }
    Err(Error::bad_input("Listen address", format!("{listen} is not on this machine's loopback; the sandbox listens on 127.0.0.1 only")))
}

fn refuse_unfulfilled(beacon: &Beacon, flags: &ServeFlags) -> Result<(), Error> {
    let refuse = |field: &'static str, asked: String, is: String| {
        Err(Error::bad_input(
            field,
            format!(
                "{asked} was asked for, but the sandbox of this data folder runs already (process {}) with {is}; end it first",
                beacon.pid
            ),
        ))
    };
    if let Some(listen) = flags.listen
        && beacon.address().is_none_or(|address| listen.ip() != address.ip() || (listen.port() != 0 && listen.port() != address.port()))
    {
        return refuse("Listen address", listen.to_string(), beacon.endpoint.clone());
    }
    if flags.ephemeral && !beacon.ephemeral {
        return refuse("Ephemeral", "an ephemeral sandbox".to_owned(), "its state kept".to_owned());
    }
    if let Some(asked) = flags.permissions
        && asked != beacon.partner_bus_permissions
    {
        return refuse("Partner bus permissions", asked.as_str().to_owned(), beacon.partner_bus_permissions.as_str().to_owned());
    }
    if let Some(asked) = &flags.account_id
        && asked.as_str() != beacon.account_id
    {
        return refuse("Account", asked.to_string(), beacon.account_id.clone());
    }
    Ok(())
}
