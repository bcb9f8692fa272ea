//! The signals that end a command.

use waybill_console::Error;

/// A signal that is listened to from the call on, not from the first await.
pub struct Signal(#[cfg(unix)] tokio::signal::unix::Signal);

impl Signal {
    /// SIGINT: somebody pressed Ctrl-C.
    ///
    /// # Errors
    /// When the system does not pass signals on.
    #[cfg(unix)]
    pub fn interrupt() -> Result<Self, Error> {
        listen(tokio::signal::unix::SignalKind::interrupt())
    }

    /// SIGTERM: the system, or whoever started the program, wants it to end.
    ///
    /// # Errors
    /// When the system does not pass signals on.
    #[cfg(unix)]
    pub fn terminate() -> Result<Self, Error> {
        listen(tokio::signal::unix::SignalKind::terminate())
    }

    /// Waits for the signal.
    #[cfg(unix)]
    pub async fn came(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending().await
        }
    }

    /// Somebody pressed Ctrl-C.
    ///
    /// # Errors
    /// None here.
    #[cfg(not(unix))]
    pub fn interrupt() -> Result<Self, Error> {
        Ok(Self())
    }

    /// Ctrl-C too: there is nothing else here.
    ///
    /// # Errors
    /// None here.
    #[cfg(not(unix))]
    pub fn terminate() -> Result<Self, Error> {
        Ok(Self())
    }

    /// Waits for the signal.
    #[cfg(not(unix))]
    pub async fn came(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

#[cfg(unix)]
fn listen(kind: tokio::signal::unix::SignalKind) -> Result<Signal, Error> {
    tokio::signal::unix::signal(kind).map(Signal).map_err(|error| Error::broken(format!("signals cannot be received: {error}")))
}
