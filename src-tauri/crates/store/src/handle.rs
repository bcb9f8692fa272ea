//! The handle on the file, and the two ways to use it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::checkpoint::Checkpoints;
use crate::{OpenError, StoreError, connect, guard::OpenGuard, migrate, migrations};

/// Read connections kept for the next reader.
const IDLE_READERS: usize = 4;

/// Waybill's store: cheap to clone, one per process and data folder.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    data_dir: PathBuf,
    checkpoints: Checkpoints,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("data_dir", &self.inner.data_dir).finish()
    }
}

impl Store {
    /// The name of the database file in a data folder.
    pub const FILE: &'static str = "waybill.db";

    /// Opens the store of a data folder; makes folder and file where they are not there and brings an older file up to date.
    ///
    /// Blocks; it waits while another program opens the same folder.
    ///
    /// # Errors
    /// When the folder cannot be used, or the file is from a newer or a different version, which is then left byte for byte as it is.
    pub fn open(data_dir: &Path) -> Result<Self, OpenError> {
        let _opening = OpenGuard::take(data_dir)?;
        let file = data_dir.join(Self::FILE);
        let sqlite = |source| OpenError::Sqlite { path: file.clone(), source };
        let known = migrations::all();
        migrate::check(&file, &known)?;
        connect::create(data_dir, &file)?;
        let mut writer = connect::writer(&file).map_err(sqlite)?;
        migrate::apply(&mut writer, &known).map_err(sqlite)?;
        let inner = Inner {
            data_dir: data_dir.to_owned(),
            checkpoints: Checkpoints::of(file),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The data folder that this store lies in.
    pub fn data_dir(&self) -> &Path {
        &self.inner.data_dir
    }

    /// Reads from one consistent snapshot; other readers and one writer may work meanwhile.
    ///
    /// # Errors
    /// What `reads` returns, or that the file cannot be read.
    pub async fn read<T, F>(&self, reads: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Ref<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        off_thread(move || inner.read(reads)).await
    }

    /// Writes in one transaction: committed when `writes` returns `Ok`, otherwise nothing of it is kept.
    ///
    /// Writers of all programs on the folder go one after the other; a writer waits up to 10 s for its turn.
    ///
    /// # Errors
    /// What `writes` returns, or that the file cannot be written.
    pub async fn write<T, F>(&self, writes: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Mut<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        off_thread(move || inner.write(writes)).await
    }

    /// The same as [`Store::write`] on this thread, which has to be one that may block.
    ///
    /// # Errors
    /// What `writes` returns, or that the file cannot be written.
    pub fn write_here<T>(&self, writes: impl FnOnce(&mut Mut<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.inner.write(writes)
    }

    /// The same as [`Store::read`] on this thread, which has to be one that may block.
    ///
    /// # Errors
    /// What `reads` returns, or that the file cannot be read.
    pub fn read_here<T>(&self, reads: impl FnOnce(&Ref<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.inner.read(reads)
    }

    /// Reads on this thread, which has to be one that may block, what was just written here: through the connection that wrote it and has
    /// it in memory still. A writer of this process waits meanwhile; whatever takes long is for [`Store::read_here`].
    ///
    /// # Errors
    /// What `reads` returns, or that the file cannot be read.
    pub fn read_back<T>(&self, reads: impl FnOnce(&Ref<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = writer.transaction()?;
        reads(&Ref(&snapshot))
    }
}

/// Runs blocking work on a thread that may block; a panic in it continues here.
pub(crate) async fn off_thread<T, E, F>(work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Ended> + Send + 'static,
    F: FnOnce() -> Result<T, E> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Ended.into()),
        },
    }
}

/// The runtime ended before the work began.
pub(crate) struct Ended;

impl From<Ended> for StoreError {
    fn from(_: Ended) -> Self {
        Self::Ending
    }
}

impl Inner {
    fn read<T>(&self, reads: impl FnOnce(&Ref<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.take_reader()?;
        let outcome = {
            let snapshot = connection.transaction()?;
            reads(&Ref(&snapshot))
        };
        self.keep_reader(connection);
        outcome
    }

    fn write<T>(&self, writes: impl FnOnce(&mut Mut<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        // A writer that panicked has rolled back on its way out, so its connection is good for the next one.
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = {
            let mut changes = Mut(connection.transaction_with_behavior(TransactionBehavior::Immediate)?);
            let outcome = writes(&mut changes)?;
            changes.0.commit()?;
            outcome
        };
        self.checkpoints.look(&connection);
        Ok(outcome)
    }

    fn take_reader(&self) -> Result<Connection, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => Ok(connect::reader(&self.data_dir.join(Store::FILE))?),
        }
    }

    fn keep_reader(&self, connection: Connection) {
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
    }
}

/// A consistent view of the store; the tables add their reads to it.
pub struct Ref<'a>(pub(crate) &'a Connection);

/// A transaction that may write; the tables add their writes to it.
pub struct Mut<'a>(pub(crate) Transaction<'a>);

impl Mut<'_> {
    /// The reads, as this transaction sees them: its own writes included.
    pub fn read(&self) -> Ref<'_> {
        Ref(&self.0)
    }
}
