//! `chancery serve`: the pages and the API of an installation.

use std::{net::SocketAddr, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use office::{doors::Doors, texts::Texts};
use tokio::net::TcpListener;

use crate::{Place, owner};

/// Serve an installation to browsers and programs
#[derive(Debug, clap::Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
}

impl Serve {
    /// Serves until told to stop.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let office = self.place.open().await?;
        serve(office, None, self.listen).await
    }
}

/// Serves an open office.
pub async fn serve(
    office: office::Office,
    greeting: Option<web::Greeting>,
    listen: SocketAddr,
) -> anyhow::Result<ExitCode> {
    let texts = Arc::new(Texts::new().context("the texts")?);
    let (doors, problems) = Doors::read(office.folder());
    for problem in problems {
        eprintln!("{problem}");
    }
    office.open_doors(doors);
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let guests = owner::listen(&office)?;
    for wrong in office.follow_mailboxes().await.context("the mailboxes")? {
        eprintln!("{wrong}");
    }
    for wrong in office.follow_scan_folders().await.context("the scan folders")? {
        eprintln!("{wrong}");
    }
    for wrong in office.watch_directory() {
        eprintln!("{wrong}");
    }
    let address = listener.local_addr()?;
    println!("Chancery is at http://{address}");
    if office.doors().passkeys.is_some() && address.ip().is_loopback() {
        println!("with passkeys at http://localhost:{}", address.port());
    }
    if !listen.ip().is_loopback() {
        eprintln!(
            "It listens beyond this machine without encryption: put a server with TLS before it, for browsers keep no session otherwise."
        );
    }
    let app = web::App { office: office.clone(), texts, greeting: greeting.map(Arc::new) };
    let words = app.texts.clone();
    let press = move |drawer: &_| web::papers::emergency::drawn(&words, drawer);
    office.press_emergency_lists(Box::new(press));
    web::serve(app, listener, stopped()).await?;
    guests.close().await;
    // What stands when nobody serves it is signed.
    if let Err(error) = office.write_emergency_lists().await {
        eprintln!("the lists for an emergency could not be written: {error}");
    }
    if let Err(error) = office.checkpoint_all().await {
        eprintln!("the heads of the ledgers could not be signed: {error}");
    }
    office.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Until the process is interrupted or told to end.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = ended => {}
    }
}
