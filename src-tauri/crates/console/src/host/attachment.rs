//! Using the sandbox of a data folder.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio_util::task::AbortOnDropHandle;
use waybill_sandbox::Keys;

use super::START_LIMIT_MS;
use super::files::{self, Beacon};
use crate::{DataFolder, Error};

/// How often an attached process looks whether the sandbox is still there, in milliseconds.
const WATCH_MS: u64 = 200;

/// This process's use of the sandbox; the sandbox stays at least as long.
#[derive(Debug)]
pub struct Attachment {
    beacon: Beacon,
    keys: Keys,
    _users: File,
    _watch: AbortOnDropHandle<()>,
}

impl Attachment {
    /// Finds the sandbox of `folder`, starting one in the background when there is none.
    ///
    /// # Errors
    /// When no sandbox can be started.
    pub async fn attach(folder: &DataFolder) -> Result<Self, Error> {
        let users = take_part(folder).await?;
        let beacon = find_or_start(folder).await?;
        let keys = files::keys(folder)?;
        let watch = AbortOnDropHandle::new(tokio::spawn(keep_alive(folder.clone())));
        Ok(Self { beacon, keys, _users: users, _watch: watch })
    }

    /// What the sandbox tells about itself.
    pub fn beacon(&self) -> &Beacon {
        &self.beacon
    }

    /// The folder's keys.
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }
}

/// Says that this process uses the sandbox. Waits while one that nobody used is just ending.
pub(super) async fn take_part(folder: &DataFolder) -> Result<File, Error> {
    let users = files::lock_file(folder, "sandbox.users")?;
    let locked = tokio::task::spawn_blocking(move || users.lock_shared().map(|()| users)).await;
    match locked {
        Ok(Ok(users)) => Ok(users),
        Ok(Err(error)) => Err(Error::Host(format!("sandbox.users cannot be locked: {error}"))),
        Err(error) => Err(Error::Host(format!("sandbox.users cannot be locked: {error}"))),
    }
}

/// The running sandbox; a stale `sandbox.json` of a process that is gone is replaced.
async fn find_or_start(folder: &DataFolder) -> Result<Beacon, Error> {
    let mut spawned = false;
    for _ in 0..START_LIMIT_MS / 10 {
        if files::is_held(folder)? {
            if let Some(beacon) = Beacon::read(folder)
                && answers(&beacon).await
            {
                return Ok(beacon);
            }
        } else if !spawned {
            spawn(folder)?;
            spawned = true;
        }
        pause(10).await;
    }
    Err(Error::Host("the sandbox did not start within 10 s; see sandbox.log in the data folder".to_owned()))
}

async fn answers(beacon: &Beacon) -> bool {
    match beacon.address() {
        Some(address) => tokio::net::TcpStream::connect(address).await.is_ok(),
        None => false,
    }
}

/// Starts a sandbox in the background, on the address of the one before where that is known, so that clients find it again.
pub(super) fn spawn(folder: &DataFolder) -> Result<(), Error> {
    let before = Beacon::read(folder);
    let program = std::env::current_exe().map_err(|error| Error::Host(format!("this program's own path is not known: {error}")))?;
    let mut command = Command::new(program);
    command.args(["sandbox", "host", "--data-dir"]).arg(folder.path());
    if let Some(address) = before.as_ref().and_then(Beacon::address) {
        command.arg("--prefer").arg(address.to_string());
    }
    let permissions = before.map(|beacon| beacon.partner_bus_permissions).unwrap_or_default();
    command.args(["--partner-bus-permissions", permissions.as_str()]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log_file(folder));
    command.env_remove("RUST_LOG");
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| Error::Host(format!("the sandbox cannot be started: {error}")))?;
    // Somebody has to collect the child, or it stays as a zombie for as long as this process lives.
    std::thread::spawn(move || child.wait());
    Ok(())
}

fn log_file(folder: &DataFolder) -> Stdio {
    File::create(folder.file("sandbox.log")).map_or_else(|_| Stdio::null(), Stdio::from)
}

/// Starts a new sandbox when the one in use was killed.
async fn keep_alive(folder: DataFolder) {
    loop {
        pause(WATCH_MS).await;
        if matches!(files::is_held(&folder), Ok(false))
            && let Err(error) = spawn(&folder)
        {
            tracing::warn!(%error, "the sandbox is gone and could not be started again");
        }
    }
}

pub(super) async fn pause(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
