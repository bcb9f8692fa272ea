//! `WebKitWebDriver`, and everything that it starts.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use super::until;

/// A driver in a process group of its own: its window and the window's web processes end with it.
pub(crate) struct Driver {
    process: Child,
    address: SocketAddr,
}

impl Driver {
    /// Starts one on a free port; what the window keeps beside its data folder goes to `home`.
    pub(crate) async fn start(home: &Path) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new("WebKitWebDriver");
        command.args(["--host=127.0.0.1", &format!("--port={}", address.port())]);
        command.env("TAURI_WEBVIEW_AUTOMATION", "true").env("TAURI_AUTOMATION", "true");
        command.env("AWS_EC2_METADATA_DISABLED", "true").env("NO_AT_BRIDGE", "1");
        for name in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, home.join(name));
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).process_group(0);
        let process = command.spawn().context("WebKitWebDriver cannot be started: `make e2e` installs it (package webkit2gtk-driver)")?;
        let mut driver = Self { process, address };
        driver.answers().await?;
        Ok(driver)
    }

    /// Where it takes commands.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// When it started a program, in milliseconds since 1970, to a hundredth of a second.
    pub(crate) fn started(&self, program: &Path) -> Result<f64> {
        let name = program.file_name().and_then(|name| name.to_str()).context("a program has a name")?;
        let ticks = self.process(name)?.start;
        let uptime: f64 = fs::read_to_string("/proc/uptime")?.split(' ').next().context("an uptime")?.parse()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
        Ok(1000.0 * (now - uptime + ticks / TICKS_PER_SECOND))
    }

    /// The number of a process that it started, by the name of its program.
    pub(crate) fn process_id(&self, name: &str) -> Result<u32> {
        Ok(self.process(name)?.id)
    }

    fn process(&self, name: &str) -> Result<Started> {
        let found = started(self.process.id())?.into_iter().find(|process| name.starts_with(process.short.as_str()));
        found.with_context(|| format!("{name} is not running"))
    }

    /// Waits until everything that it started has ended.
    pub(crate) async fn is_alone(&self) -> Result<()> {
        until("the window's processes have ended", async || {
            let others = group(self.process.id())?;
            ensure!(others.is_empty(), "still there: {others:?}");
            Ok(Some(()))
        })
        .await
    }

    async fn answers(&mut self) -> Result<()> {
        let address = self.address;
        let process = &mut self.process;
        until("WebKitWebDriver answers", async || {
            if let Some(status) = process.try_wait()? {
                bail!("it ended with {status}");
            }
            Ok(tokio::net::TcpStream::connect(address).await.ok())
        })
        .await
        .map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        // The group may have ended by itself.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.process.wait();
    }
}

/// As `getconf CLK_TCK` says on every Linux of today.
const TICKS_PER_SECOND: f64 = 100.0;

/// A process that the driver started.
struct Started {
    id: u32,
    /// Its name, at most 15 characters.
    short: String,
    /// Ticks since the machine started.
    start: f64,
}

/// Each process of a group.
fn started(leader: u32) -> Result<Vec<Started>> {
    let mut seen = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let Ok(status) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((name, rest)) = status.rsplit_once(") ") else { continue };
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let (group, start) = (fields.get(2), fields.get(19));
        if let (Some(group), Some(start)) = (group, start)
            && *group == leader.to_string()
        {
            let id = entry.file_name().to_string_lossy().parse()?;
            seen.push(Started { id, short: name.split_once('(').unwrap_or_default().1.to_owned(), start: start.parse()? });
        }
    }
    Ok(seen)
}

/// The living processes of a group, without the one that leads it.
fn group(leader: u32) -> Result<Vec<String>> {
    let mut members = Vec::new();
    for entry in fs::read_dir("/proc")? {
        // A process may end while it is looked at.
        let Ok(status) = fs::read_to_string(entry?.path().join("stat")) else { continue };
        let Some((name, rest)) = status.rsplit_once(')') else { continue };
        let mut fields = rest.split_whitespace();
        let (state, group) = (fields.next(), fields.nth(1));
        if group == Some(leader.to_string().as_str()) && state != Some("Z") && !name.starts_with(&format!("{leader} ")) {
            members.push(name.to_owned());
        }
    }
    Ok(members)
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
