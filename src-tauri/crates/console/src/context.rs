//! The one file that wires the parts together.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use waybill_aws::{Clients, Connection, KeyPair, Recorder};
use waybill_domain::{AccountId, Region, Timestamp};
use waybill_store::Store;

use crate::activity::Activity;
use crate::doctor::RunningDiagnoses;
use crate::host::Attachment;
use crate::runs::RunningRuns;
use crate::setup::RunningSetups;
use crate::view::{LiveEvent, PollerView, Topic};
use crate::{DataFolder, Error, clock};

/// Name of the connection that is always there.
pub const SANDBOX: &str = "sandbox";

/// Live events kept for a listener that is slow; one that falls further behind reads everything again.
const LIVE_BACKLOG: usize = 4096;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// The data folder; none means the user's own.
    pub data_dir: Option<PathBuf>,
    /// The connection; none means the sandbox.
    pub connection: Option<String>,
}

/// Everything that a use case needs. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Console {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub folder: DataFolder,
    pub store: Store,
    pub connection: Connected,
    pub live: broadcast::Sender<LiveEvent>,
    pub poller: Mutex<PollerView>,
    pub runs: RunningRuns,
    pub setups: RunningSetups,
    pub diagnoses: RunningDiagnoses,
    /// Ends the reading of queues for interrupted runs.
    pub leave: CancellationToken,
    clients: tokio::sync::Mutex<HashMap<Region, Clients>>,
    activity: Mutex<Option<(Activity, JoinHandle<()>)>>,
}

/// The connection in use.
pub(crate) struct Connected {
    pub name: String,
    pub kind: &'static str,
    pub region: Region,
    pub endpoint: Option<String>,
    pub account: Option<AccountId>,
    pub spec: Connection,
    pub attachment: Option<Attachment>,
}

impl Console {
    /// Opens the data folder and the connection; on the sandbox, finds or starts it.
    ///
    /// # Errors
    /// When the folder or its file cannot be used, the connection is not known, or the sandbox does not start.
    pub async fn open(options: OpenOptions) -> Result<Self, Error> {
        let (folder, store) = open_store(options.data_dir).await?;
        let connection = connect(&folder, &store, options.connection.as_deref()).await?;
        let (live, _) = broadcast::channel(LIVE_BACKLOG);
        let activity = Activity::start(store.clone(), live.clone());
        let inner = Inner {
            folder,
            store,
            connection,
            live,
            poller: Mutex::default(),
            runs: RunningRuns::default(),
            setups: RunningSetups::default(),
            diagnoses: RunningDiagnoses::default(),
            leave: CancellationToken::new(),
            clients: tokio::sync::Mutex::default(),
            activity: Mutex::new(Some(activity)),
        };
        let console = Self { inner: Arc::new(inner) };
        console.sweep_probes().await;
        Ok(console)
    }

    /// Ends what goes on: runs are closed as interrupted, records are written.
    pub async fn close(&self) {
        self.inner.leave.cancel();
        self.inner.runs.stop_all().await;
        let activity = self.inner.activity.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((activity, writer)) = activity {
            drop(activity);
            if let Err(error) = writer.await {
                tracing::warn!(%error, "the record of calls did not end well");
            }
        }
    }

    /// Everything that changes from now on.
    pub fn live(&self) -> broadcast::Receiver<LiveEvent> {
        self.inner.live.subscribe()
    }

    /// The poller as it stands.
    pub fn poller(&self) -> PollerView {
        self.inner.poller.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_poller(&self, poller: PollerView) {
        *self.inner.poller.lock().unwrap_or_else(PoisonError::into_inner) = poller.clone();
        self.tell(LiveEvent::Poller { poller });
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn now(&self) -> Timestamp {
        clock::now()
    }

    pub(crate) fn tell(&self, event: LiveEvent) {
        // Nobody listening is no fault: the command line often has no window beside it.
        drop(self.inner.live.send(event));
    }

    pub(crate) fn changed(&self, topics: &[Topic]) {
        for topic in topics {
            self.tell(LiveEvent::Changed { topic: *topic });
        }
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.inner.connection.attachment.is_some()
    }

    /// Clients for `region`, made once.
    pub(crate) async fn clients(&self, region: &Region) -> Result<Clients, Error> {
        let mut made = self.inner.clients.lock().await;
        if let Some(clients) = made.get(region) {
            return Ok(clients.clone());
        }
        let clients = Box::pin(Clients::connect(&self.inner.connection.spec, region)).await?;
        made.insert(region.clone(), clients.clone());
        Ok(clients)
    }

    pub(crate) fn recorder(&self, region: &Region) -> Arc<dyn Recorder> {
        let activity = self.inner.activity.lock().unwrap_or_else(PoisonError::into_inner);
        match activity.as_ref() {
            Some((activity, _)) => Arc::new(activity.recorder(&self.inner.connection.name, region)),
            None => Arc::new(Closed),
        }
    }

    /// The caller's account on this connection, read once from STS.
    pub(crate) async fn account(&self) -> Result<AccountId, Error> {
        if let Some(account) = &self.inner.connection.account {
            return Ok(account.clone());
        }
        let clients = self.clients(&self.inner.connection.region).await?;
        Ok(clients.who_am_i().await?.account)
    }
}

/// Takes nothing: the console is closed.
struct Closed;

impl Recorder for Closed {
    fn record(&self, call: waybill_aws::CallRecord) {
        tracing::warn!(operation = call.operation, "a call was made after the console was closed");
    }
}

/// Opens the data folder and its file without any connection: for what only reads Waybill's own records.
pub(crate) async fn open_store(data_dir: Option<PathBuf>) -> Result<(DataFolder, Store), Error> {
    let dir = data_dir.map_or_else(DataFolder::of_user, Ok)?;
    let folder = DataFolder::open(&dir)?;
    let path = folder.path().to_owned();
    let store = tokio::task::spawn_blocking(move || Store::open(&path))
        .await
        .map_err(|error| Error::Broken(format!("the store could not be opened: {error}")))??;
    Ok((folder, store))
}

async fn connect(folder: &DataFolder, store: &Store, name: Option<&str>) -> Result<Connected, Error> {
    let name = name.unwrap_or(SANDBOX).to_owned();
    if name == SANDBOX {
        return sandbox(folder).await;
    }
    let wanted = name.clone();
    let (row, known) = store.read(move |db| Ok((db.connection(&wanted)?, db.connections()?))).await?;
    let Some(row) = row else {
        let names: Vec<String> = std::iter::once(SANDBOX.to_owned()).chain(known.into_iter().map(|row| row.name)).collect();
        return Err(Error::bad_input("Connection", format!("there is no connection named `{name}`; there is: {}", names.join(", "))));
    };
    let spec = match row.endpoint_url.clone() {
        Some(url) => Connection::Endpoint { url, profile: row.profile.clone() },
        None => Connection::Aws { profile: row.profile.clone(), role_arn: row.role_arn.clone() },
    };
    let kind = if row.endpoint_url.is_some() { "endpoint" } else { "aws" };
    Ok(Connected { name, kind, region: row.region, endpoint: row.endpoint_url, account: None, spec, attachment: None })
}

async fn sandbox(folder: &DataFolder) -> Result<Connected, Error> {
    let attachment = Attachment::attach(folder).await?;
    let (beacon, keys) = (attachment.beacon(), attachment.keys());
    let spec = Connection::Sandbox {
        endpoint: beacon.endpoint.clone(),
        keys: KeyPair { access_key_id: keys.access_key_id.clone(), secret_access_key: keys.secret_access_key.clone() },
        partner: KeyPair { access_key_id: keys.partner_access_key_id.clone(), secret_access_key: keys.partner_secret_access_key.clone() },
    };
    Ok(Connected {
        name: SANDBOX.to_owned(),
        kind: SANDBOX,
        region: beacon.region.parse()?,
        endpoint: Some(beacon.endpoint.clone()),
        account: Some(beacon.account_id.parse()?),
        spec,
        attachment: Some(attachment),
    })
}
