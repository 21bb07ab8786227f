//! A line between us and the server that breaks where a test wants it to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub struct Proxy {
    pub port: u16,
    stuck: Arc<AtomicBool>,
}

impl Proxy {
    /// Hands on to `port`, and hangs up after `bytes` of the server's bytes.
    pub async fn cutting(port: u16, bytes: usize) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let proxy =
            Self { port: listener.local_addr().unwrap().port(), stuck: Arc::new(AtomicBool::new(false)) };
        let stuck = Arc::clone(&proxy.stuck);
        tokio::spawn(async move {
            while let Ok((ours, _)) = listener.accept().await {
                let theirs = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let (mut from_us, mut to_us) = ours.into_split();
                let (mut from_them, mut to_them) = theirs.into_split();
                let there = tokio::spawn(async move {
                    let _ = tokio::io::copy(&mut from_us, &mut to_them).await;
                });
                let stuck = Arc::clone(&stuck);
                tokio::spawn(async move {
                    let mut left = bytes;
                    let mut buffer = vec![0; 4_096];
                    while left > 0 {
                        let Ok(read @ 1..) = from_them.read(&mut buffer).await else { break };
                        while stuck.load(Ordering::SeqCst) {
                            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                        }
                        let read = read.min(left);
                        left -= read;
                        if to_us.write_all(&buffer[..read]).await.is_err() {
                            break;
                        }
                    }
                    there.abort();
                });
            }
        });
        proxy
    }

    /// From now on nothing comes through, and nobody hangs up.
    pub fn stick(&self) {
        self.stuck.store(true, Ordering::SeqCst);
    }
}
