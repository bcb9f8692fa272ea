//! Accepting connections and ending them.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::Shared;
use super::request::respond;

/// How long a client may take to send the rest of a request while the sandbox shuts down.
const DRAIN: Duration = Duration::from_secs(1);

/// How long a connection that is open stays open for one more request while the sandbox shuts down. A request that meets a connection
/// just being closed is lost, and its client cannot know whether it was carried out; one that is answered with `Connection: close` is not.
const LAST_REQUESTS: Duration = Duration::from_millis(250);

/// Serves until shutdown is asked for, then lets requests in flight end.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { connections.spawn(connection(stream, Arc::clone(&shared))); }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    breathe().await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = shared.ending.cancelled() => break,
        }
    }
    drop(listener);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        connections.shutdown().await;
    }
}

/// Out of file descriptors: without a pause this would be a busy loop.
#[allow(clippy::disallowed_methods, reason = "accept tells nothing about when it may be tried again")]
async fn breathe() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// Returns once the sandbox shuts down and open connections had their last request, or were given the time for it.
#[allow(clippy::disallowed_methods, reason = "a connection that nothing comes over tells nothing")]
async fn last_requests(shared: &Shared) {
    shared.ending.cancelled().await;
    tokio::time::sleep(LAST_REQUESTS).await;
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Only latency suffers where the system refuses it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let shared = Arc::clone(&shared);
        async move {
            let mut answer = respond(&shared, request).await;
            if shared.ending.is_cancelled() {
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer)
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(shared.limits.head);
    let mut served = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = last_requests(&shared) => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
