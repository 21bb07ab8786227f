//! A PostgreSQL 15 of one's own for the tests: made in a temporary folder as an unprivileged user, reached on the
//! loopback address, stopped and removed whatever happens. Knows nothing of tables.
//!
//! A keeper, a small shell script in a process group of its own, starts the server and reads from a pipe that only
//! xtask holds. However xtask ends (done, panic, ctrl-c, killed), the pipe closes; the keeper then stops the server
//! and removes the folder. So no signal handler is needed, and none can be forgotten.

use crate::Outcome;
use crate::workplace::{self, Workplace, is_program, is_root};
use anyhow::{Context, Result, bail};
use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The variable that the tests read the server's address from.
pub const VARIABLE: &str = "CHANCERY_TEST_POSTGRES";

/// Where Debian and its kin keep the server's programs, newest wish first.
const FOLDERS: [&str; 2] = ["/usr/lib/postgresql/15/bin", "/usr/pgsql-15/bin"];

/// The database's own superuser; the tests make and drop databases as it.
const USER: &str = "chancery";

/// `$1` folder, `$2` the server's own folder, the rest the server's command line. Data and server are thrown away,
/// so the server is stopped the hard way (SIGQUIT), which needs no final checkpoint.
const KEEPER: &str = r#"
folder=$1; data=$2; shift 2
trap '' INT TERM HUP
"$@" </dev/null >"$folder/log" 2>&1 &
server=$!
cat >/dev/null
if pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null); then kill -QUIT "$pid"; else kill -KILL "$server"; fi
wait "$server"
rm -rf "$folder"
"#;

/// A running server; dropping it stops and removes it, unless it is somebody else's.
#[derive(Debug)]
pub struct Postgres {
    /// None where the caller's environment already named a server.
    keeper: Option<Child>,
    /// `postgres://user:password@127.0.0.1:port/postgres`.
    pub address: String,
}

/// What came of starting one.
#[derive(Debug)]
pub enum Attempt {
    /// It runs.
    Running(Postgres),
    /// This machine has no PostgreSQL 15, or no way to run it unprivileged.
    Unavailable(String),
}

/// Starts a server, or takes the one that the environment already names.
///
/// # Errors
/// When PostgreSQL is there and should have started but did not.
pub fn start(place: &Workplace) -> Result<Attempt> {
    if let Some(given) = workplace::variable(VARIABLE) {
        let address = given.into_string().map_err(|_| anyhow::anyhow!("{VARIABLE} is not text"))?;
        return Ok(Attempt::Running(Postgres { keeper: None, address }));
    }
    start_own(place)
}

fn start_own(place: &Workplace) -> Result<Attempt> {
    let Some(programs) = programs(place) else {
        return Ok(Attempt::Unavailable("PostgreSQL 15 is not installed".into()));
    };
    let Some(become_user) = unprivileged(place) else {
        return Ok(Attempt::Unavailable(
            "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as".into(),
        ));
    };
    // Between finding a port free and listening on it, another may take it.
    let mut last = None;
    for _ in 0..3 {
        match start_once(place, &programs, &become_user) {
            Ok(server) => return Ok(Attempt::Running(server)),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| anyhow::anyhow!("PostgreSQL did not start")))
}

/// Runs one command with a server's address in its environment.
///
/// # Errors
/// When the server or the command cannot be started.
pub fn run_with(place: &Workplace, command: &[String]) -> Result<Outcome> {
    let Some((program, arguments)) = command.split_first() else { bail!("no command given") };
    let server = match start(place)? {
        Attempt::Running(server) => server,
        Attempt::Unavailable(why) => bail!("{why}"),
    };
    let status = workplace::show(Command::new(program).args(arguments).env(VARIABLE, &server.address))?;
    Ok(if status.success() { Outcome::Passed } else { Outcome::Failed })
}

fn programs(place: &Workplace) -> Option<PathBuf> {
    let beside = place.program("initdb").and_then(|file| std::fs::canonicalize(file).ok());
    let beside = beside.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    FOLDERS.iter().map(PathBuf::from).chain(beside).find(|folder| {
        is_program(&folder.join("postgres"))
            && workplace::quiet(Command::new(folder.join("initdb")).arg("--version"))
                .is_some_and(|version| version.contains(" 15."))
    })
}

/// Who runs the server: as it is, or another user when this process is root.
struct Servant {
    /// What stands before the command line.
    prefix: Vec<String>,
    /// Whom the folder must belong to; none when this user does it.
    owner: Option<(u32, u32)>,
}

fn unprivileged(place: &Workplace) -> Option<Servant> {
    if !is_root() {
        return Some(Servant { prefix: Vec::new(), owner: None });
    }
    let (name, uid, gid) = ["postgres", "nobody"].into_iter().find_map(|name| {
        let number =
            |flag: &str| workplace::quiet(Command::new("id").args([flag, name]))?.trim().parse().ok();
        Some((name, number("-u")?, number("-g")?))
    })?;
    let prefix: Vec<String> = if place.program("setpriv").is_some() {
        vec!["setpriv".into(), format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".into()]
    } else if place.program("runuser").is_some() {
        vec!["runuser".into(), "-u".into(), name.into(), "--".into()]
    } else {
        return None;
    };
    Some(Servant { prefix, owner: Some((uid, gid)) })
}

impl Servant {
    fn command(&self, program: &Path) -> Command {
        match self.prefix.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
            None => Command::new(program),
        }
    }
}

fn start_once(place: &Workplace, programs: &Path, servant: &Servant) -> Result<Postgres> {
    let scratch = place.scratch("pg")?;
    let folder = scratch.path().to_path_buf();
    let data = folder.join("data");
    let secret = folder.join("password");
    let password = random_word()?;
    std::fs::write(&secret, &password)?;
    for (path, mode) in [(&folder, 0o700), (&secret, 0o600)] {
        if let Some((uid, gid)) = servant.owner {
            std::os::unix::fs::chown(path, Some(uid), Some(gid))?;
        }
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?;
    }
    make_cluster(programs, servant, &data, &secret)?;

    let port = free_port()?;
    let mut server = servant.command(&programs.join("postgres"));
    server.arg("-D").arg(&data);
    for setting in settings(port, &folder) {
        server.arg("-c").arg(setting);
    }
    // From here on the keeper owns the folder.
    let mut keeper = Command::new("/bin/sh");
    keeper.arg("-c").arg(KEEPER).arg("keeper").arg(&folder).arg(&data);
    keeper.arg(server.get_program()).args(server.get_args());
    keeper
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    let keeper = keeper.spawn().context("starting the keeper of PostgreSQL")?;
    std::mem::forget(scratch);
    let address = format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres");
    let mut running = Postgres { keeper: Some(keeper), address };
    running.wait_until_ready(programs, port, &folder)?;
    Ok(running)
}

fn make_cluster(programs: &Path, servant: &Servant, data: &Path, secret: &Path) -> Result<()> {
    let output = servant
        .command(&programs.join("initdb"))
        .arg("--pgdata")
        .arg(data)
        .arg("--pwfile")
        .arg(secret)
        .args(["--locale=C", "--encoding=UTF8", "--auth-host=scram-sha-256", "--auth-local=scram-sha-256"])
        .arg(format!("--username={USER}"))
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .context("starting initdb")?;
    if !output.status.success() {
        bail!("initdb: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// Durable as in service (flushes stay on), small, and quiet.
fn settings(port: u16, folder: &Path) -> Vec<String> {
    vec![
        "listen_addresses=127.0.0.1".into(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.display()),
        "fsync=on".into(),
        "synchronous_commit=on".into(),
        "shared_buffers=64MB".into(),
        "max_connections=200".into(),
        "timezone=UTC".into(),
        "log_min_messages=warning".into(),
    ]
}

impl Postgres {
    fn wait_until_ready(&mut self, programs: &Path, port: u16, folder: &Path) -> Result<()> {
        let mut ask = Command::new(programs.join("pg_isready"));
        ask.args(["--quiet", "--host=127.0.0.1", "--dbname=postgres"]);
        ask.arg(format!("--port={port}")).arg(format!("--username={USER}"));
        for _ in 0..300 {
            if workplace::quiet(&mut ask).is_some() {
                return Ok(());
            }
            let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
            if log.contains("FATAL") || !self.keeper_lives() {
                bail!("PostgreSQL did not start: {}", log.trim());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL did not answer within 30 seconds")
    }

    fn keeper_lives(&mut self) -> bool {
        self.keeper.as_mut().is_some_and(|keeper| matches!(keeper.try_wait(), Ok(None)))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        // Closing the pipe is the word to stop; waiting makes sure that it is gone when the task says so.
        drop(keeper.stdin.take());
        let _ = keeper.wait();
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("finding a free port")?.local_addr()?.port())
}

/// Others on this machine can reach the port, so the password is not to be guessed.
fn random_word() -> Result<String> {
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running() -> Option<(Workplace, Postgres)> {
        let place = Workplace::find().expect("a checkout");
        match start_own(&place).expect("a server that starts") {
            Attempt::Running(server) => Some((place, server)),
            Attempt::Unavailable(why) => {
                println!("skipped: {why}");
                None
            }
        }
    }

    fn port(server: &Postgres) -> u16 {
        let end = server.address.rsplit_once(':').expect("a port").1;
        end.split_once('/').expect("a database").0.parse().expect("a number")
    }

    #[test]
    fn it_listens_while_it_lives_and_leaves_nothing_behind() {
        let Some((_, server)) = running() else { return };
        let port = port(&server);
        let keeper = server.keeper.as_ref().expect("a keeper").id();
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(server);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!Path::new(&format!("/proc/{keeper}")).exists());
    }

    #[test]
    fn the_keeper_alone_stops_it_when_the_pipe_closes() {
        let Some((_, mut server)) = running() else { return };
        let port = port(&server);
        // What the kernel does when xtask is killed: the pipe's last writer goes, no destructor runs.
        drop(server.keeper.as_mut().expect("a keeper").stdin.take());
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_err() && !server.keeper_lives() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("PostgreSQL outlived the pipe");
    }
}
