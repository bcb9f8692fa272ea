//! The one file that wires the parts together.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use waybill_aws::{CallErrorKind, Clients, Connection, Gate, Identity, KeyPair, Recorder};
use waybill_domain::{AccountId, Region, Timestamp, WriteMode};
use waybill_store::Store;

use crate::activity::Activity;
use crate::connections::spec_of;
use crate::doctor::RunningDiagnoses;
use crate::host::Attachment;
use crate::questions::Questions;
use crate::runs::{RunningRuns, TakingUp};
use crate::setup::RunningSetups;
use crate::view::{LiveEvent, PollerView, Topic};
use crate::{DataFolder, Error, clock};

/// Name of the connection that is always there.
pub const SANDBOX: &str = "sandbox";

/// The key of the sandbox's mode among the settings; the sandbox has no row of its own.
pub(crate) const SANDBOX_MODE: &str = "sandbox-mode";

/// Live events kept for a listener that is slow; one that falls further behind reads everything again.
const LIVE_BACKLOG: usize = 4096;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// The data folder; none means the user's own.
    pub data_dir: Option<PathBuf>,
    /// The connection; none means the sandbox.
    pub connection: Option<String>,
    /// Whether none means the connection that a window used last instead.
    pub as_last_used: bool,
}

/// Everything that a use case needs. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Console {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub folder: DataFolder,
    pub store: Store,
    connection: RwLock<Arc<Connected>>,
    pub questions: Questions,
    pub live: broadcast::Sender<LiveEvent>,
    pub poller: Mutex<PollerView>,
    pub runs: RunningRuns,
    pub taking_up: TakingUp,
    pub setups: RunningSetups,
    pub diagnoses: RunningDiagnoses,
    /// Ends the reading of queues for interrupted runs.
    pub leave: CancellationToken,
    activity: Mutex<Option<(Activity, JoinHandle<()>)>>,
}

/// A connection in use.
pub(crate) struct Connected {
    pub name: String,
    pub kind: &'static str,
    pub region: Region,
    /// The sandbox's own account; that of other connections is asked for.
    pub account: Option<AccountId>,
    pub spec: Connection,
    pub attachment: Option<Attachment>,
    pub gate: Gate,
    /// How long is waited after own changes before events are published, in milliseconds.
    pub settle_ms: i64,
    clients: tokio::sync::Mutex<HashMap<Region, Clients>>,
    identity: tokio::sync::Mutex<Option<Identity>>,
    partner: tokio::sync::OnceCell<bool>,
}

impl Console {
    /// Opens the data folder and the connection; on the sandbox, finds or starts it.
    ///
    /// # Errors
    /// When the folder or its file cannot be used, the connection is not known, or the sandbox does not start.
    pub async fn open(options: OpenOptions) -> Result<Self, Error> {
        let (folder, store) = open_store(options.data_dir).await?;
        let (live, _) = broadcast::channel(LIVE_BACKLOG);
        let questions = Questions::new(live.clone());
        let last_used = if options.as_last_used { Self::last_used(&store).await? } else { None };
        let connection = connect((&folder, &store), &questions, options.connection.or(last_used).as_deref()).await?;
        let activity = Activity::start(store.clone(), live.clone());
        let inner = Inner {
            folder,
            store,
            connection: RwLock::new(Arc::new(connection)),
            questions,
            live,
            poller: Mutex::default(),
            runs: RunningRuns::default(),
            taking_up: TakingUp::default(),
            setups: RunningSetups::default(),
            diagnoses: RunningDiagnoses::default(),
            leave: CancellationToken::new(),
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
        self.inner.taking_up.ended().await;
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

    /// The connection in use.
    pub(crate) fn connection(&self) -> Arc<Connected> {
        Arc::clone(&self.inner.connection.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another connection in the place of the one in use.
    pub(crate) fn change_connection(&self, connected: Connected) {
        *self.inner.connection.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(connected);
    }

    /// Makes ready to use a connection; nothing is sent.
    pub(crate) async fn connect(&self, name: &str) -> Result<Connected, Error> {
        connect((&self.inner.folder, self.store()), &self.inner.questions, Some(name)).await
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.connection().attachment.is_some()
    }

    /// Clients for `region`, made once.
    pub(crate) async fn clients(&self, region: &Region) -> Result<Clients, Error> {
        self.connection().clients(region).await
    }

    pub(crate) fn recorder(&self, region: &Region) -> Arc<dyn Recorder> {
        let activity = self.inner.activity.lock().unwrap_or_else(PoisonError::into_inner);
        match activity.as_ref() {
            Some((activity, _)) => Arc::new(activity.recorder(&self.connection().name, region)),
            None => Arc::new(Closed),
        }
    }

    /// The caller's account on this connection, read once from STS.
    pub(crate) async fn account(&self) -> Result<AccountId, Error> {
        let connection = self.connection();
        if let Some(account) = &connection.account {
            return Ok(account.clone());
        }
        Ok(connection.who_am_i().await?.account)
    }
}

impl Connected {
    fn new(name: String, region: Region, spec: Connection, gate: Gate) -> Self {
        let kind = match &spec {
            Connection::Sandbox { .. } => SANDBOX,
            Connection::Aws { .. } => "aws",
            Connection::Endpoint { .. } => "endpoint",
        };
        Self {
            name,
            kind,
            region,
            account: None,
            spec,
            attachment: None,
            gate,
            settle_ms: 0,
            clients: tokio::sync::Mutex::default(),
            identity: tokio::sync::Mutex::default(),
            partner: tokio::sync::OnceCell::new(),
        }
    }

    /// The endpoint that stands in for AWS's own, as far as the connection names one.
    pub fn endpoint(&self) -> Option<String> {
        match &self.spec {
            Connection::Sandbox { endpoint, .. } => Some(endpoint.clone()),
            Connection::Aws { .. } => None,
            Connection::Endpoint { urls, .. } => urls.given().next().map(ToOwned::to_owned),
        }
    }

    /// Clients for `region`, made once.
    pub async fn clients(&self, region: &Region) -> Result<Clients, Error> {
        let plays_partner = self.plays_partner().await?;
        let clients = self.plain_clients(region).await?;
        Ok(if plays_partner { clients.playing_the_partner() } else { clients })
    }

    /// The same, without asking whether the caller may play the partner.
    pub async fn plain_clients(&self, region: &Region) -> Result<Clients, Error> {
        let mut made = self.clients.lock().await;
        if let Some(clients) = made.get(region) {
            return Ok(clients.clone());
        }
        let clients = Box::pin(Clients::connect_through(&self.spec, region, self.gate.clone())).await?;
        made.insert(region.clone(), clients.clone());
        Ok(clients)
    }

    /// Whether the caller may make the partner's calls: on the sandbox, and on other endpoints that answer one of them.
    pub async fn plays_partner(&self) -> Result<bool, Error> {
        match &self.spec {
            Connection::Sandbox { .. } => Ok(true),
            Connection::Aws { .. } => Ok(false),
            Connection::Endpoint { .. } => self.partner.get_or_try_init(|| self.ask_for_partner()).await.copied(),
        }
    }

    async fn ask_for_partner(&self) -> Result<bool, Error> {
        let clients = self.plain_clients(&self.region).await?;
        let asking = clients.events().list_partner_event_sources().name_prefix("aws.partner/ilert.com").limit(1).send();
        let answer = Box::pin(asking).await.map_err(|error| waybill_aws::call_error("events", "ListPartnerEventSources", error));
        match answer {
            Ok(_) => Ok(true),
            Err(error) if error.kind == CallErrorKind::NoCredentials => Err(error.into()),
            // Nobody answered at all; what answered otherwise does not know the call.
            Err(error) if error.http_status.is_none() => Err(error.into()),
            Err(_) => Ok(false),
        }
    }

    /// Whom AWS takes the caller for, asked once.
    pub async fn who_am_i(&self) -> Result<Identity, Error> {
        let mut known = self.identity.lock().await;
        if let Some(identity) = &*known {
            return Ok(identity.clone());
        }
        let identity = Box::pin(self.plain_clients(&self.region).await?.who_am_i()).await?;
        *known = Some(identity.clone());
        Ok(identity)
    }

    /// The same, asked again.
    pub async fn who_am_i_now(&self) -> Result<Identity, Error> {
        *self.identity.lock().await = None;
        self.who_am_i().await
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

async fn connect((folder, store): (&DataFolder, &Store), questions: &Questions, name: Option<&str>) -> Result<Connected, Error> {
    let name = name.unwrap_or(SANDBOX).to_owned();
    if name == SANDBOX {
        let mode: Option<WriteMode> = store.read(|db| db.setting(SANDBOX_MODE)).await?;
        return sandbox(folder, questions.gate(SANDBOX, mode.unwrap_or_default())).await;
    }
    let wanted = name.clone();
    let (row, known) = store.read(move |db| Ok((db.connection(&wanted)?, db.connections()?))).await?;
    let Some(row) = row else {
        let names: Vec<String> = std::iter::once(SANDBOX.to_owned()).chain(known.into_iter().map(|row| row.name)).collect();
        return Err(Error::bad_input("Connection", format!("there is no connection named `{name}`; there is: {}", names.join(", "))));
    };
    let (spec, gate) = (spec_of(&row), questions.gate(&name, row.mode));
    Ok(Connected { settle_ms: row.settle_ms, ..Connected::new(name, row.region, spec, gate) })
}

async fn sandbox(folder: &DataFolder, gate: Gate) -> Result<Connected, Error> {
    let attachment = Attachment::attach(folder).await?;
    let (beacon, keys) = (attachment.beacon(), attachment.keys());
    let spec = Connection::Sandbox {
        endpoint: beacon.endpoint.clone(),
        keys: KeyPair { access_key_id: keys.access_key_id.clone(), secret_access_key: keys.secret_access_key.clone() },
        partner: KeyPair { access_key_id: keys.partner_access_key_id.clone(), secret_access_key: keys.partner_secret_access_key.clone() },
    };
    let (region, account) = (beacon.region.parse()?, beacon.account_id.parse()?);
    Ok(Connected { account: Some(account), attachment: Some(attachment), ..Connected::new(SANDBOX.to_owned(), region, spec, gate) })
}
