//! `waybill sandbox serve`, from its first line to its end.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use waybill_load::{Ask, Wire};

use super::program::{read, signal};
use super::{Answer, Cloud, Running, Waybill, until};

/// A sandbox that is served; dropping it ends the process that serves it.
pub struct Serving {
    child: Child,
    began: Instant,
    /// The first line of standard output.
    pub line: Value,
    /// From the start of the process to its first line.
    pub ready_after: Duration,
    out: Option<JoinHandle<String>>,
    err: Option<JoinHandle<String>>,
}

impl Serving {
    #[track_caller]
    pub fn start(mut command: Command) -> Self {
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let mut out = BufReader::new(out);
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let ready_after = began.elapsed();
        let err = read(err);
        let Ok(line) = serde_json::from_str(&first) else {
            drop(child.kill());
            panic!("the first line is `{first}`, ended with {:?}: {}", child.wait(), err.join().unwrap());
        };
        Self { child, began, line, ready_after, out: Some(read(out)), err: Some(err) }
    }

    pub fn endpoint(&self) -> &str {
        self.line["endpoint"].as_str().unwrap()
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        self.endpoint().strip_prefix("http://").unwrap()
    }

    pub fn cloud(&self) -> Cloud {
        Cloud::of(&self.line)
    }

    /// Runs a command to its end with a further access key, which may do what this identity policy says.
    #[track_caller]
    pub fn as_user(&self, waybill: &Waybill, policy: &Value, arguments: &[&str]) -> Answer {
        let user = order(self, "/_waybill/users", &json!({ "policy": policy }));
        let mut command = waybill.command(arguments);
        command.env("WAYBILL_SANDBOX_ACCESS_KEY_ID", user["access_key_id"].as_str().unwrap());
        command.env("WAYBILL_SANDBOX_SECRET_ACCESS_KEY", user["secret_access_key"].as_str().unwrap());
        Running::start(command).end()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal and waits for its end; `out` is what it printed after the first line.
    #[track_caller]
    pub fn end(mut self, name: &str) -> Answer {
        signal(self.child.id(), name);
        let status = until("the end of the serving process", || self.child.try_wait().unwrap());
        let took = self.began.elapsed();
        let (out, err) = (self.out.take().unwrap(), self.err.take().unwrap());
        Answer { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap(), took }
    }
}

/// What a sandbox answers to an order below `/_waybill/`.
#[track_caller]
pub fn order(serving: &Serving, path: &str, body: &Value) -> Value {
    order_to(serving, Ask::order(serving.address(), path, body))
}

/// What a sandbox answers to its customer's own request.
#[track_caller]
pub fn order_to(serving: &Serving, ask: Ask) -> Value {
    let key = |name: &str| serving.line[name].as_str().unwrap();
    let ask = ask.signed((key("access_key_id"), key("secret_access_key")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { Wire::connect(serving.address()).await.unwrap().json(ask).await.unwrap() })
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
