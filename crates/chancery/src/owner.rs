//! One owner of a data folder. A command that finds the folder owned goes through the owner's socket (0600, in the
//! folder) and speaks to its own terminal from there; else it becomes the owner, and listens itself while it works.
//! Whoever comes by the socket shows that he holds the installation's key, as an owner must.
//!
//! On the socket, a line of JSON each: the owner's nonce; the guest's command, and the lines that are typed to it, with null
//! after the last; what the command says; its end.

use std::{
    ffi::OsString,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use anyhow::Context as _;
use clap::Parser;
use office::{Office, folder::Folder};
use registry::id::{Digest, hex};
use serde::{Deserialize, Serialize};
use store::StoreError;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{
        UnixListener, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, watch},
    task::JoinSet,
};

use crate::{
    Arguments, Command,
    output::{Said, Terminal, complaint, typed},
};

/// Longest command that a guest may send (bytes); his arguments are not longer where he comes from.
const LONGEST: u64 = 4 << 20;
/// How long a command waits for an owner that is starting or ending.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a guest may take to say what he wants.
const SILENCE: Duration = Duration::from_secs(10);

/// What the owner says first.
#[derive(Debug, Serialize, Deserialize)]
struct Greeting {
    nonce: String,
}

/// What a guest asks for.
#[derive(Debug, Serialize, Deserialize)]
struct Errand {
    proof: String,
    directory: PathBuf,
    arguments: Vec<OsString>,
}

/// Runs a command that needs an open office: on this process's own, or through the folder's owner.
pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let Some(place) = command.errand() else { anyhow::bail!("this command needs a data folder") };
    let mut terminal = Terminal::here();
    let waited = tokio::time::Instant::now();
    loop {
        match place.opening().map(Office::open)?.await {
            Ok(office) => return alone(command, office, &mut terminal).await,
            Err(StoreError::InUse) => {}
            Err(e) => return Err(e.into()),
        }
        let key = place.key.clone().unwrap_or_else(|| Folder::at(&place.dir).key_file());
        if let Some(stream) = call(&place.dir).await? {
            return as_guest(stream, &key, command.listens(), &mut terminal).await;
        }
        if waited.elapsed() > PATIENCE {
            return Err(StoreError::InUse.into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Says of a folder in use what to do, where a command needs it alone.
pub fn stop_first(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::InUse => anyhow::anyhow!(
            "{error}: this command puts another register in its place; stop the server first, or compare only (--compare)"
        ),
        other => other.into(),
    }
}

async fn alone(command: Command, office: Office, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let guests = listen(&office)?;
    let done = command.on(&office, terminal).await;
    guests.close().await;
    office.close().await;
    done.map(ExitCode::from)
}

/// The path of the socket, short enough for an address however deep the folder lies. The file keeps it good.
fn address(folder: &Folder) -> anyhow::Result<(PathBuf, Option<std::fs::File>)> {
    let path = folder.socket();
    if path.as_os_str().len() < 96 {
        return Ok((path, None));
    }
    let root = std::fs::File::open(folder.root())?;
    let short = format!("/proc/self/fd/{}/socket", std::os::fd::AsRawFd::as_raw_fd(&root));
    Ok((short.into(), Some(root)))
}

async fn call(dir: &Path) -> anyhow::Result<Option<UnixStream>> {
    let (path, _held) = address(&Folder::at(dir))?;
    match UnixStream::connect(&path).await {
        Ok(stream) => Ok(Some(stream)),
        Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
            Err(e).with_context(|| format!("{} is in use by another user", dir.display()))
        }
        Err(_) => Ok(None),
    }
}

fn proof(secret: &[u8; 32], nonce: &str) -> String {
    let mut bytes = secret.to_vec();
    bytes.extend_from_slice(nonce.as_bytes());
    Digest::of(&bytes).to_string()
}

async fn as_guest(
    stream: UnixStream,
    key: &Path,
    listens: bool,
    terminal: &mut Terminal,
) -> anyhow::Result<ExitCode> {
    let secret = office::folder::socket_secret(&office::folder::read_key(key)?);
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let ended = "the process that owns the folder ended before it answered";
    let greeting: Greeting = serde_json::from_str(&lines.next_line().await?.context(ended)?)?;
    let errand = Errand {
        proof: proof(&secret, &greeting.nonce),
        directory: std::env::current_dir()?,
        arguments: std::env::args_os().collect(),
    };
    tell(&mut write, &errand).await?;
    let mut input = listens.then(typed);
    loop {
        tokio::select! {
            line = lines.next_line() => match serde_json::from_str(&line?.context(ended)?)? {
                Said::End(code) => return Ok(ExitCode::from(code)),
                said => terminal.hear(said),
            },
            line = next(&mut input), if input.is_some() => {
                tell(&mut write, &line).await?;
                input = input.filter(|_| line.is_some());
            }
        }
    }
}

async fn next(input: &mut Option<mpsc::UnboundedReceiver<String>>) -> Option<String> {
    input.as_mut()?.recv().await
}

async fn tell<T: Serialize>(write: &mut OwnedWriteHalf, what: &T) -> anyhow::Result<()> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    Ok(write.write_all(&line).await?)
}

/// The socket while it is listened to.
pub struct Guests {
    end: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
    socket: PathBuf,
}

impl Guests {
    /// Takes no more guests and waits for those that are here.
    pub async fn close(self) {
        // First the name, so that who comes now waits for the folder and not for an answer.
        let _ = std::fs::remove_file(&self.socket);
        self.end.send_replace(true);
        let _ = self.task.await;
    }
}

/// Listens for guests. Only the owner of the folder may call this: a socket that lies there is a dead one.
pub fn listen(office: &Office) -> anyhow::Result<Guests> {
    let folder = office.folder().clone();
    let socket = folder.socket();
    let (path, held) = address(&folder)?;
    let failed = || format!("cannot listen at {}", socket.display());
    // Bound under another name and shown when only this user may use it.
    let hidden = path.with_extension("new");
    for old in [&hidden, &path] {
        match std::fs::remove_file(old) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e).with_context(failed),
            _ => {}
        }
    }
    let listener = UnixListener::bind(&hidden).with_context(failed)?;
    std::fs::set_permissions(&hidden, std::fs::Permissions::from_mode(0o600)).with_context(failed)?;
    std::fs::rename(&hidden, &path).with_context(failed)?;
    drop(held);
    let (end, mut ending) = watch::channel(false);
    let office = office.clone();
    let task = tokio::spawn(async move {
        let mut guests = JoinSet::new();
        loop {
            tokio::select! {
                _ = ending.changed() => break,
                come = listener.accept() => match come {
                    Ok((stream, _)) => { guests.spawn(receive(office.clone(), stream)); }
                    // Out of descriptors, say: those that are here go on.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                },
                Some(_) = guests.join_next(), if !guests.is_empty() => {}
            }
        }
        drop(listener);
        while guests.join_next().await.is_some() {}
    });
    Ok(Guests { end, task, socket })
}

async fn receive(office: Office, stream: UnixStream) {
    let own = rustix::process::getuid().as_raw();
    if stream.peer_cred().map_or(true, |peer| peer.uid() != own && peer.uid() != 0) {
        return;
    }
    if let Err(error) = serve(&office, stream).await {
        tracing::warn!("a guest at the socket: {error:#}");
    }
}

async fn serve(office: &Office, stream: UnixStream) -> anyhow::Result<()> {
    let (read, mut write) = stream.into_split();
    let nonce = hex(office.new_command().bytes());
    tell(&mut write, &Greeting { nonce: nonce.clone() }).await?;
    let mut read = BufReader::new(read);
    let mut line = String::new();
    tokio::time::timeout(SILENCE, (&mut read).take(LONGEST).read_line(&mut line)).await??;
    let errand: Errand = serde_json::from_str(&line)?;
    if errand.proof != proof(&office.socket_secret(), &nonce) {
        tell(&mut write, &Said::Note("chancery: this is not the key of the installation".into())).await?;
        return tell(&mut write, &Said::End(2)).await;
    }
    let (say, mut said) = mpsc::unbounded_channel();
    let (pass_in, typed) = mpsc::unbounded_channel();
    let mut terminal = Terminal::of_guest(errand.directory, say).hearing(typed);
    let work = async move {
        let code = match work(office, errand.arguments, &mut terminal).await {
            Ok(code) => code,
            Err(error) => {
                terminal.note(complaint(&error));
                2
            }
        };
        terminal.hear(Said::End(code));
    };
    let pass_on = async {
        while let Some(said) = said.recv().await {
            tell(&mut write, &said).await?;
        }
        anyhow::Ok(())
    };
    tokio::select! {
        ((), passed) = futures::future::join(work, pass_on) => passed,
        // The guest went away: what was acknowledged stands, the rest is not done.
        () = hears(&mut read, pass_in) => Ok(()),
    }
}

/// Passes on what the guest types, until he goes away or says what cannot be read.
async fn hears(read: &mut BufReader<OwnedReadHalf>, pass_in: mpsc::UnboundedSender<String>) {
    let mut pass_in = Some(pass_in);
    let mut line = String::new();
    while let Ok(1..) = (&mut *read).take(LONGEST).read_line(&mut line).await {
        match (serde_json::from_str::<Option<String>>(&line), &pass_in) {
            (Ok(Some(typed)), Some(pass_in)) => drop(pass_in.send(typed)),
            (Ok(_), _) => pass_in = None,
            (Err(_), _) => return,
        }
        line.clear();
    }
}

async fn work(office: &Office, arguments: Vec<OsString>, terminal: &mut Terminal) -> anyhow::Result<u8> {
    let command = Arguments::try_parse_from(arguments)?.command;
    if command.errand().is_none() {
        anyhow::bail!("this command does not work through another process");
    }
    command.on(office, terminal).await
}
