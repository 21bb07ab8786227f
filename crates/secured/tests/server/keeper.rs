//! What every server of one's own needs in a test, whatever it speaks: to be found, certified and kept for as long as the test
//! lasts, as nobody where the tests run as root. Included by the files that know one server each.
//!
//! A keeper, a small shell script, starts the server and reads from a pipe that only the test holds. However the test ends,
//! the pipe closes; the keeper then stops the server.
#![allow(dead_code, reason = "each server takes what it needs")]

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const KEEPER: &str = r#"
folder=$1; shift
trap '' INT TERM HUP
"$@" </dev/null >"$folder/out" 2>&1 &
server=$!
cat >/dev/null
kill -TERM "$server"
wait "$server"
# Those who still serve a connection go too, as when the power fails.
kill -KILL 0
"#;

/// The server's program: the one that a variable names, else the installed one.
pub fn program(variable: &str, places: [&str; 2]) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    named.into_iter().chain(places.map(PathBuf::from)).find(|file| file.is_file())
}

pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// An authority whose certificate is in a file.
pub fn authority(file: &Path) -> Issuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    std::fs::write(file, params.self_signed(&key).unwrap().pem()).unwrap();
    Issuer::new(params, key)
}

/// A certificate of a name and its key, as `cert.pem` and `key.pem` in a folder.
pub fn certificate(name: &str, issuer: &Issuer<'_, KeyPair>, folder: &Path) {
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, issuer).unwrap();
    std::fs::write(folder.join("cert.pem"), own.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}

/// Who runs the server: whoever runs the tests, or nobody where that is root.
pub struct Servant {
    pub user: String,
    pub group: String,
    pub uid: u32,
    pub gid: u32,
    change: bool,
}

impl Servant {
    pub fn here() -> Self {
        let id = |arguments: &[&str]| {
            let output = Command::new("id").args(arguments).output().unwrap();
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        let change = id(&["-u"]) == "0";
        let of = |flags: &str| if change { id(&[flags, "nobody"]) } else { id(&[flags]) };
        Self {
            user: of("-un"),
            group: of("-gn"),
            uid: of("-u").parse().unwrap(),
            gid: of("-g").parse().unwrap(),
            change,
        }
    }

    /// Gives him a folder with what lies in it.
    pub fn owns(&self, folder: &Path) {
        if self.change {
            for entry in std::fs::read_dir(folder).unwrap() {
                std::os::unix::fs::chown(entry.unwrap().path(), Some(self.uid), Some(self.gid)).unwrap();
            }
            std::os::unix::fs::chown(folder, Some(self.uid), Some(self.gid)).unwrap();
        }
    }
}

/// Keeps a server until it is dropped.
pub struct Keeper(Child);

impl Keeper {
    /// Starts a program with its arguments; what it says goes to `out` in the folder.
    pub fn start(folder: &Path, program: &Path, arguments: &[&str]) -> Self {
        let servant = Servant::here();
        let mut keeper = Command::new("/bin/sh");
        keeper.arg("-c").arg(KEEPER).arg("keeper").arg(folder);
        if servant.change {
            keeper.arg("setpriv").arg(format!("--reuid={}", servant.uid));
            keeper.arg(format!("--regid={}", servant.gid)).arg("--clear-groups");
        }
        keeper
            .arg(program)
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        Self(keeper.spawn().unwrap())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Waits until a server is ready; false: it is not after ten seconds.
pub fn is_soon(ready: impl Fn() -> bool) -> bool {
    for _ in 0..200 {
        if ready() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}
