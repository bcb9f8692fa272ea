//! A door between Waybill and the sandbox: closed, nobody listens at the endpoint and every connection is cut.

use std::io::{Read, Write};
use std::net::{Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::Value;

use super::Waybill;

/// A door that is open until it is closed.
pub struct Door {
    address: SocketAddr,
    behind: SocketAddr,
    open: Option<Opened>,
}

struct Opened {
    is_closing: Arc<AtomicBool>,
    streams: Arc<Mutex<Vec<TcpStream>>>,
    listening: JoinHandle<()>,
}

impl Door {
    /// Puts a door before the sandbox that serves this folder; whoever attaches from now on goes through it.
    pub fn before_sandbox_of(waybill: &Waybill) -> Self {
        let path = waybill.dir().join("sandbox.json");
        let mut note: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let behind: SocketAddr = note["endpoint"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
        // The sandbox takes only its own port as its name, so the door is the same port on the other loopback address.
        let address = SocketAddr::new(Ipv6Addr::LOCALHOST.into(), behind.port());
        let listener = TcpListener::bind(address).unwrap();
        note["endpoint"] = Value::from(format!("http://{address}"));
        std::fs::write(&path, note.to_string()).unwrap();
        let mut door = Self { address, behind, open: None };
        door.listen(listener);
        door
    }

    /// Closes it: connections are cut, and new ones refused.
    pub fn close(&mut self) {
        let Some(opened) = self.open.take() else { return };
        opened.is_closing.store(true, Ordering::SeqCst);
        // Wakes the listener, which then ends.
        drop(TcpStream::connect(self.address));
        opened.listening.join().unwrap();
        for stream in opened.streams.lock().unwrap().drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
    }

    /// Opens it again at the same address.
    pub fn open(&mut self) {
        let listener = super::until("the address to be free", || TcpListener::bind(self.address).ok());
        self.listen(listener);
    }

    fn listen(&mut self, listener: TcpListener) {
        let (is_closing, streams) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (closing, kept, behind) = (Arc::clone(&is_closing), Arc::clone(&streams), self.behind);
        let listening = std::thread::spawn(move || {
            for front in listener.incoming().map_while(Result::ok) {
                if closing.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(back) = TcpStream::connect(behind) else { continue };
                kept.lock().unwrap().extend([front.try_clone().unwrap(), back.try_clone().unwrap()]);
                pass(front.try_clone().unwrap(), back.try_clone().unwrap());
                pass(back, front);
            }
        });
        self.open = Some(Opened { is_closing, streams, listening });
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.close();
    }
}

/// Passes everything on until one side ends, then ends the other.
fn pass(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut buffer = [0; 16_384];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            if to.write_all(&buffer[..read]).is_err() {
                break;
            }
        }
        drop(to.shutdown(Shutdown::Both));
    });
}
