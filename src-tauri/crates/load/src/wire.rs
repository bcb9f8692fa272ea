//! One connection to an endpoint.

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

use crate::Signed;

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Nobody listens there.
    #[error("{address} cannot be reached")]
    Connect {
        /// `host:port`
        address: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The connection broke; whether the request was carried out is not known.
    #[error("the connection broke")]
    Broken(#[source] hyper::Error),
    /// The answer is no success.
    #[error("HTTP {status}: {body}")]
    Refused {
        /// HTTP status.
        status: StatusCode,
        /// The answer's text.
        body: String,
    },
    /// The answer is not of the expected form.
    #[error("the answer cannot be read: {body}")]
    Unreadable {
        /// The answer's text.
        body: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

/// One connection, kept alive.
#[derive(Debug)]
pub struct Wire {
    sender: SendRequest<Full<Bytes>>,
}

impl Wire {
    /// Connects to `host:port`.
    ///
    /// # Errors
    /// Where nobody listens.
    pub async fn connect(address: &str) -> Result<Self, WireError> {
        let refused = |source| WireError::Connect { address: address.to_owned(), source };
        let stream = TcpStream::connect(address).await.map_err(refused)?;
        // Only latency suffers where the system refuses it.
        let _ = stream.set_nodelay(true);
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(WireError::Broken)?;
        // It ends with the sender; what went wrong is told to whoever waits for an answer.
        tokio::spawn(connection);
        Ok(Self { sender })
    }

    /// Status and body of the answer.
    ///
    /// # Errors
    /// Where the connection broke.
    pub async fn send(&mut self, request: Signed) -> Result<(StatusCode, Bytes), WireError> {
        self.sender.ready().await.map_err(WireError::Broken)?;
        let answer = self.sender.send_request(request).await.map_err(WireError::Broken)?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(WireError::Broken)?;
        Ok((status, body.to_bytes()))
    }

    /// The JSON of a success.
    ///
    /// # Errors
    /// Where it was refused, or is not of this form.
    pub async fn json<T: DeserializeOwned>(&mut self, request: Signed) -> Result<T, WireError> {
        let (status, body) = self.send(request).await?;
        let text = || String::from_utf8_lossy(&body).into_owned();
        if !status.is_success() {
            return Err(WireError::Refused { status, body: text() });
        }
        serde_json::from_slice(if body.is_empty() { b"{}" } else { &body }).map_err(|source| WireError::Unreadable { body: text(), source })
    }
}
