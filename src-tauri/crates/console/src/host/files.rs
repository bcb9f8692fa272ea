//! The files through which processes find the sandbox.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use waybill_sandbox::Keys;

use super::attachment::pause;
use crate::{DataFolder, Error};

/// How often `sandbox.lock` is tried, a millisecond apart, before another process is taken for the sandbox.
const HOLD_TRIES: u32 = 8;

/// Whether the sandbox takes permissions on partner buses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum BusPermissions {
    /// Refused, as AWS does today.
    #[default]
    #[serde(rename = "today")]
    Today,
    /// Accepted, as the console of 2021 did.
    #[serde(rename = "2021")]
    Year2021,
}

impl BusPermissions {
    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Year2021 => "2021",
        }
    }
}

/// `sandbox.json`: what a running sandbox tells about itself. No secret is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Beacon {
    /// For example `http://127.0.0.1:40123`.
    pub endpoint: String,
    /// The process that is the sandbox.
    pub pid: u32,
    /// Default region.
    pub region: String,
    /// The customer's account.
    pub account_id: String,
    /// The partner's account.
    pub partner_account_id: String,
    /// The organization that the account belongs to.
    pub organization_id: String,
    /// Permissions on partner buses.
    pub partner_bus_permissions: BusPermissions,
    /// Whether its state ends with it.
    pub ephemeral: bool,
}

impl Beacon {
    /// The address it listens on.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        self.endpoint.strip_prefix("http://")?.trim_end_matches('/').parse().ok()
    }

    pub(super) fn read(folder: &DataFolder) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.file("sandbox.json")).ok()?).ok()
    }

    /// Replaces the file in one move, so that nobody reads half of it.
    pub(super) fn write(&self, folder: &DataFolder) -> std::io::Result<()> {
        let draft = folder.file(&format!("sandbox.json.{}", self.pid));
        let mut file = private().write(true).create(true).truncate(true).open(&draft)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        drop(file);
        fs::rename(draft, folder.file("sandbox.json"))
    }

    pub(super) fn remove(folder: &DataFolder) {
        if let Err(error) = fs::remove_file(folder.file("sandbox.json")) {
            tracing::debug!(%error, "sandbox.json was already gone");
        }
    }
}

/// The keys of this folder: those that the environment fixes, else those that were kept or are drawn now.
pub(super) fn keys(folder: &DataFolder) -> Result<Keys, Error> {
    let var = |name: &str| std::env::var(format!("WAYBILL_SANDBOX_{name}")).ok().filter(|value| !value.is_empty());
    let mut keys = Keys::load_or_create(folder.path()).map_err(|error| Error::Host(error.to_string()))?;
    let before = (
        keys.access_key_id.clone(),
        keys.secret_access_key.clone(),
        keys.partner_access_key_id.clone(),
        keys.partner_secret_access_key.clone(),
    );
    keys.access_key_id = var("ACCESS_KEY_ID").unwrap_or(keys.access_key_id);
    keys.secret_access_key = var("SECRET_ACCESS_KEY").unwrap_or(keys.secret_access_key);
    keys.partner_access_key_id = var("PARTNER_ACCESS_KEY_ID").unwrap_or(keys.partner_access_key_id);
    keys.partner_secret_access_key = var("PARTNER_SECRET_ACCESS_KEY").unwrap_or(keys.partner_secret_access_key);
    let after = (
        keys.access_key_id.clone(),
        keys.secret_access_key.clone(),
        keys.partner_access_key_id.clone(),
        keys.partner_secret_access_key.clone(),
    );
    if before != after {
        keys.save(folder.path()).map_err(|error| Error::Host(error.to_string()))?;
    }
    Ok(keys)
}

/// Opens a lock file of the folder.
pub(super) fn lock_file(folder: &DataFolder, name: &str) -> Result<File, Error> {
    private()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.file(name))
        .map_err(|error| Error::bad_input("Data folder", format!("`{}` cannot be written to: {error}", folder.path().display())))
}

/// Takes `sandbox.lock`; `None` when another process is the sandbox.
///
/// Somebody who only asks ([`is_held`]) is in the way for some microseconds, so that one refusal proves nothing.
pub(super) async fn hold(folder: &DataFolder) -> Result<Option<File>, Error> {
    let file = lock_file(folder, "sandbox.lock")?;
    for _ in 0..HOLD_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => pause(1).await,
            Err(TryLockError::Error(error)) => return Err(not_locked(&error)),
        }
    }
    Ok(None)
}

/// Whether some process is the sandbox now. Asking keeps nobody else from asking.
pub(super) fn is_held(folder: &DataFolder) -> Result<bool, Error> {
    match lock_file(folder, "sandbox.lock")?.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(not_locked(&error)),
    }
}

fn not_locked(error: &std::io::Error) -> Error {
    Error::Host(format!("sandbox.lock cannot be locked: {error}"))
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
