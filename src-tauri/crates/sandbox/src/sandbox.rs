//! Starting and ending the sandbox.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock, SystemClock};
use crate::config::{PARTNER_ACCOUNT_ID, SandboxConfig};
use crate::events::{BusLogs, Buses, Outages, Recent, Retries};
use crate::faults::Lab;
use crate::iam::Users;
use crate::keys::Keys;
use crate::kms::KeyRing;
use crate::server::{Door, Identities, Limits, Shared, serve};
use crate::sqs::Queues;
use crate::state::{Database, DatabaseError, Saved, Settings, World, Writer};

/// The database's name in the data folder.
const DATABASE: &str = "sandbox.db";

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The account is not twelve digits, or is the partner's.
    #[error("account id `{account_id}` cannot be the customer's: it has exactly 12 digits and is not the partner's {PARTNER_ACCOUNT_ID}")]
    Account {
        /// What was given.
        account_id: String,
    },
    /// The address is in use, or not ours.
    #[error("cannot listen on {listen}")]
    Listen {
        /// What was given.
        listen: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Others than this machine could reach it.
    #[error("the sandbox does not listen on {listen}: only loopback addresses, 127.0.0.1 or [::1], are for it")]
    NotLoopback {
        /// What was given.
        listen: SocketAddr,
    },
    /// The data folder cannot be used.
    #[error("the data folder {path} cannot be used")]
    DataDir {
        /// What was given.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// `sandbox.db` cannot be used.
    #[error("{path} cannot be used")]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: DatabaseError,
    },
    /// The system gave no thread.
    #[error("the sandbox's writer did not start")]
    Writer(#[source] std::io::Error),
}

/// A running sandbox; dropping it ends it, [`Sandbox::shutdown`] also waits.
#[derive(Debug)]
pub struct Sandbox {
    config: SandboxConfig,
    endpoint: String,
    ending: CancellationToken,
    serving: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts on the machine's clock; answers as soon as this returns.
    ///
    /// # Errors
    /// When the configuration is wrong, the address taken, or the data folder or database unusable.
    pub async fn start(config: SandboxConfig) -> Result<Self, StartError> {
        Self::start_with_clock(config, Arc::new(SystemClock)).await
    }

    /// Starts on this clock.
    ///
    /// # Errors
    /// As [`Sandbox::start`].
    pub async fn start_with_clock(config: SandboxConfig, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        Self::begin(config, clock, Limits::default()).await
    }

    /// Starts on the machine's clock, with other limits.
    #[cfg(test)]
    pub(crate) async fn start_within(config: SandboxConfig, limits: Limits) -> Result<Self, StartError> {
        Self::begin(config, Arc::new(SystemClock), limits).await
    }

    async fn begin(config: SandboxConfig, clock: Arc<dyn Clock>, limits: Limits) -> Result<Self, StartError> {
        check_account(&config.account_id)?;
        let listen = config.listen;
        if !listen.ip().is_loopback() {
            return Err(StartError::NotLoopback { listen });
        }
        let refused = |source| StartError::Listen { listen, source };
        let listener = TcpListener::bind(listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let endpoint = format!("http://{address}");
        let (world, writer) = open(&config)?;
        let ending = CancellationToken::new();
        let shared = Arc::new(Shared {
            settings: world.settings.clone(),
            world: Mutex::new(world),
            writer,
            clock,
            identities: Identities::of(&config),
            door: Door::at(address),
            limits,
            signing_keys: Default::default(),
            endpoint: endpoint.clone(),
            ending: ending.clone(),
        });
        let serving = Some(tokio::spawn(async move {
            tokio::join!(serve(listener, Arc::clone(&shared)), shared.retry_deliveries());
        }));
        tracing::info!(endpoint, account = config.account_id, "the sandbox answers");
        Ok(Self { config, endpoint, ending, serving })
    }

    /// `http://host:port`, for the clients' endpoint setting.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.endpoint.clone()
    }

    /// The two identities' keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.config.keys
    }

    /// What it was started with.
    #[must_use]
    pub fn config(&self) -> &SandboxConfig {
        &self.config
    }

    /// Ends long polls, lets other requests finish, commits everything, and returns then.
    pub async fn shutdown(mut self) {
        self.ending.cancel();
        if let Some(serving) = self.serving.take()
            && let Err(error) = serving.await
        {
            tracing::error!(%error, "the sandbox's server broke");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.ending.cancel();
    }
}

fn check_account(account_id: &str) -> Result<(), StartError> {
    let digits = account_id.len() == 12 && account_id.bytes().all(|byte| byte.is_ascii_digit());
    if digits && account_id != PARTNER_ACCOUNT_ID {
        return Ok(());
    }
    Err(StartError::Account { account_id: account_id.to_owned() })
}

fn open(config: &SandboxConfig) -> Result<(World, Writer), StartError> {
    let Some(folder) = &config.data_dir else {
        let path = PathBuf::new();
        let world = restore(config, &Saved::nothing());
        return Ok((world.map_err(|source| StartError::Database { path, source })?, Writer::ephemeral()));
    };
    let path = folder.join(DATABASE);
    prepare(folder, &path).map_err(|source| StartError::DataDir { path: folder.clone(), source })?;
    let unusable = |source| StartError::Database { path: path.clone(), source };
    let database = Database::open(&path).map_err(unusable)?;
    let world = restore(config, &Saved::of(database.connection())).map_err(unusable)?;
    Ok((world, Writer::start(database).map_err(StartError::Writer)?))
}

/// The folder, and the file readable by its owner only.
fn prepare(folder: &Path, file: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn restore(config: &SandboxConfig, saved: &Saved<'_>) -> Result<World, DatabaseError> {
    let mut sqs = Queues::restore(saved)?;
    sqs.keep_names_for(config.deleted_queue_name_ms);
    Ok(World {
        settings: Settings {
            account_id: config.account_id.clone(),
            partner_bus_permissions: config.partner_bus_permissions,
            pending_expiry_ms: config.pending_expiry_ms,
        },
        events: Buses::restore(&config.account_id, saved)?,
        retries: Retries::restore(saved)?,
        outages: Outages::default(),
        recent: Recent::default(),
        bus_logs: BusLogs::default(),
        lab: Lab::restore(saved)?,
        users: Users::restore(&config.account_id, saved)?,
        kms: KeyRing::restore(saved)?,
        sqs,
    })
}
