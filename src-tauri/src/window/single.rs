//! One window per data folder: a second one puts the first in front and ends.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// What became of the wish to be the one window of a folder.
pub(crate) enum Claim {
    /// It is granted for as long as this lives.
    Granted(Seat),
    /// Another window has the folder, and was asked to come in front.
    Taken,
}

/// The seat of the one window.
pub(crate) struct Seat {
    _lock: File,
    door: PathBuf,
}

/// Wishes to be the one window of a data folder.
///
/// # Errors
/// When the folder's lock cannot be made.
pub(crate) fn claim(folder: &Path) -> io::Result<Claim> {
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join("window.lock"))?;
    let door = folder.join("window.sock");
    match lock.try_lock() {
        Ok(()) => Ok(Claim::Granted(Seat { _lock: lock, door })),
        Err(_) => {
            if let Err(error) = knock(&door) {
                tracing::info!(%error, "the other window does not answer");
            }
            Ok(Claim::Taken)
        }
    }
}

impl Seat {
    /// Calls `come` whenever somebody knocks, on a thread of its own.
    #[cfg(unix)]
    pub(crate) fn answer(&self, come: impl Fn() + Send + 'static) {
        // A door that a killed program left behind leads nowhere.
        let _ = std::fs::remove_file(&self.door);
        match std::os::unix::net::UnixListener::bind(&self.door) {
            Ok(listener) => drop(std::thread::spawn(move || listener.incoming().for_each(|_| come()))),
            Err(error) => tracing::info!(%error, "a second window cannot ask for this one"),
        }
    }

    /// Nobody can knock where there are no such sockets.
    #[cfg(not(unix))]
    pub(crate) fn answer(&self, _come: impl Fn() + Send + 'static) {}
}

impl Drop for Seat {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.door);
    }
}

#[cfg(unix)]
fn knock(door: &Path) -> io::Result<()> {
    std::os::unix::net::UnixStream::connect(door).map(drop)
}

#[cfg(not(unix))]
fn knock(_door: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_window_knocks_at_the_first_and_the_seat_is_free_again_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let Claim::Granted(seat) = claim(folder.path()).unwrap() else { panic!("the first one gets it") };
        let (heard, hears) = std::sync::mpsc::channel();
        seat.answer(move || heard.send(()).unwrap_or_default());
        assert!(matches!(claim(folder.path()).unwrap(), Claim::Taken));
        hears.recv_timeout(std::time::Duration::from_secs(30)).unwrap();
        drop(seat);
        assert!(matches!(claim(folder.path()).unwrap(), Claim::Granted(_)));
    }
}
