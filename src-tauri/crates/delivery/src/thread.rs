//! The thread of a run. Everything that a run commits is committed there, where it is decided: in a burst, handing each commit to another
//! thread and waiting until it is awake takes longer than the commit.

use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

/// Does work on a thread that may block, until it is done or nobody waits for it any more; a panic in it continues here.
pub(crate) async fn on_own_thread<T, F>(work: impl FnOnce() -> F + Send + 'static) -> T
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let (runtime, given_up) = (Handle::current(), CancellationToken::new());
    let (unwanted, _waits) = (given_up.clone(), given_up.drop_guard());
    let thread = tokio::task::spawn_blocking(move || {
        runtime.block_on(async {
            tokio::select! {
                biased;
                () = unwanted.cancelled() => None,
                done = work() => Some(done),
            }
        })
    });
    match thread.await {
        Ok(Some(done)) => done,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        // The runtime is ending, and with it whoever waits.
        Ok(None) | Err(_) => std::future::pending().await,
    }
}
