//! How long a client may take.

use std::time::Duration;

/// How long a client may take; who is slower loses the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// From the end of an answer, or the start of the connection, to the last header of the next request.
    pub(crate) head: Duration,
    /// From the last header to the end of the body.
    pub(crate) body: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(60), body: Duration::from_secs(20) }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;
    use crate::{Sandbox, SandboxConfig};

    /// What comes back until the sandbox closes the connection.
    async fn answer_to(head: &str) -> String {
        let brief = Duration::from_millis(50);
        let sandbox = Sandbox::start_within(SandboxConfig::ephemeral(), Limits { head: brief, body: brief }).await.unwrap();
        let address = sandbox.endpoint().replace("http://", "");
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.replace("{host}", &address).as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn who_never_ends_a_head_loses_the_connection() {
        for head in ["", "POST / HT", "POST / HTTP/1.1\r\nhost: {host}\r\nx-slow: 1\r\n"] {
            assert_eq!(answer_to(head).await, "", "{head:?} gets no answer");
        }
    }

    #[tokio::test]
    async fn who_never_ends_a_body_is_told_so() {
        for head in ["content-length: 10\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"] {
            let answer = answer_to(&format!("POST / HTTP/1.1\r\nhost: {{host}}\r\n{head}")).await;
            assert!(answer.starts_with("HTTP/1.1 408 "), "{head:?}: {answer}");
            assert!(answer.contains("RequestTimeoutException"), "{answer}");
        }
    }
}
