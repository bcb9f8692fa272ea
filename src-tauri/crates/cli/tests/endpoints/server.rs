//! A server of the environment that `make endpoints` made.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::support::until;

/// A server that ends with the test.
pub struct Server {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Server {
    /// Starts a program on a free port, and waits until it takes connections.
    pub fn start(environment: &Path, program: &str, arguments: impl Fn(u16) -> Vec<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(environment.join("bin").join(program));
        command.args(arguments(port)).current_dir(folder.path()).env("HOME", folder.path()).env("TMPDIR", folder.path());
        // MiniStack's own settings.
        command.env("GATEWAY_PORT", port.to_string()).env("BIND_HOST", "127.0.0.1");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Self { child, port, _folder: folder };
        until(&format!("{program} to answer"), || TcpStream::connect(("127.0.0.1", port)).ok());
        server
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
