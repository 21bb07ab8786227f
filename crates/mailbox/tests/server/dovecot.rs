//! A Dovecot of one's own: certificates, settings, start, stop, and a client that puts messages in as other people do.
//!
//! A keeper, a small shell script, starts the server and reads from a pipe that only the test holds. However the test ends,
//! the pipe closes; the keeper then stops the server. The folder goes with the value that owns it.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const USER: &str = "registry";
pub const PASSWORD: &str = "clé öpen";

/// Names another program than the installed one.
const VARIABLE: &str = "CHANCERY_TEST_DOVECOT";
const PLACES: [&str; 2] = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"];

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

/// How the server is set up.
pub struct Setup {
    /// Without IDLE, MOVE and UIDPLUS, as old servers are.
    pub old: bool,
    /// The name in the certificate.
    pub name: &'static str,
}

impl Default for Setup {
    fn default() -> Self {
        Self { old: false, name: "localhost" }
    }
}

pub struct Dovecot {
    keeper: Option<Child>,
    program: PathBuf,
    folder: tempfile::TempDir,
    pub plain_port: u16,
    pub tls_port: u16,
    /// The certificate of the authority that signed the server's.
    pub authority: PathBuf,
}

impl Dovecot {
    /// A running server; none where Dovecot is not installed.
    pub fn start(setup: &Setup) -> Option<Self> {
        let named = std::env::var_os(VARIABLE).map(PathBuf::from);
        let program = named.into_iter().chain(PLACES.map(PathBuf::from)).find(|file| file.is_file());
        let Some(program) = program else {
            println!("skipped: Dovecot (package dovecot-imapd) is not installed, and {VARIABLE} names none");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("chancery-mail-").tempdir().unwrap();
        let authority = folder.path().join("authority.pem");
        let mut server =
            Self { keeper: None, program, authority, folder, plain_port: free_port(), tls_port: free_port() };
        server.certificates(setup.name);
        server.settings(setup);
        server.run();
        Some(server)
    }

    fn certificates(&self, name: &str) {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let authority = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        let own_key = KeyPair::generate().unwrap();
        let own =
            CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&own_key, &issuer).unwrap();
        std::fs::write(&self.authority, authority.pem()).unwrap();
        std::fs::write(self.file("cert.pem"), own.pem()).unwrap();
        std::fs::write(self.file("key.pem"), own_key.serialize_pem()).unwrap();
    }

    fn settings(&self, setup: &Setup) {
        let servant = servant();
        let (user, group, uid, gid) = (&servant.user, &servant.group, servant.uid, servant.gid);
        let folder = self.folder.path().display();
        let (plain, tls) = (self.plain_port, self.tls_port);
        let able = if setup.old { "imap_capability = IMAP4rev1 LITERAL+ ENABLE\n" } else { "" };
        let words = format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\nlisten = 127.0.0.1\n\
             protocols = imap\nssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n\
             disable_plaintext_auth = no\nauth_failure_delay = 0\nfirst_valid_uid = 1\nmail_fsync = never\n\
             default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n\
             mail_location = maildir:{folder}/mail/%u\n{able}\
             passdb {{\n  driver = passwd-file\n  args = {folder}/users\n}}\n\
             userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={folder}/home/%u\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {plain}\n  }}\n\
             \x20 inet_listener imaps {{\n    port = {tls}\n    ssl = yes\n  }}\n}}\n"
        );
        std::fs::write(self.file("dovecot.conf"), words).unwrap();
        std::fs::write(self.file("users"), format!("{USER}:{{PLAIN}}{PASSWORD}::::::\n")).unwrap();
        for made in ["run", "state", "mail", "home"] {
            std::fs::create_dir(self.file(made)).unwrap();
        }
        let root = self.folder.path();
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
        if servant.change {
            for entry in std::fs::read_dir(root).unwrap() {
                std::os::unix::fs::chown(entry.unwrap().path(), Some(uid), Some(gid)).unwrap();
            }
            std::os::unix::fs::chown(root, Some(uid), Some(gid)).unwrap();
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts it; after a stop, with everything that it held.
    pub fn run(&mut self) {
        let servant = servant();
        let mut keeper = Command::new("/bin/sh");
        keeper.arg("-c").arg(KEEPER).arg("keeper").arg(self.folder.path());
        if servant.change {
            keeper.arg("setpriv").arg(format!("--reuid={}", servant.uid));
            keeper.arg(format!("--regid={}", servant.gid)).arg("--clear-groups");
        }
        keeper.arg(&self.program).arg("-F").arg("-c").arg(self.file("dovecot.conf"));
        keeper
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        self.keeper = Some(keeper.spawn().unwrap());
        for _ in 0..200 {
            if greets(self.plain_port) && TcpStream::connect(("127.0.0.1", self.tls_port)).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let read = |name| std::fs::read_to_string(self.file(name)).unwrap_or_default();
        panic!("Dovecot did not start: {} {}", read("out"), read("log"));
    }

    /// Stops it, with every connection that it has.
    pub fn stop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }

    /// Another client of the same account, as a person's mail program is.
    pub fn person(&self) -> Person {
        Person::sign_in(self.plain_port)
    }

    /// What the server wrote down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.file("log")).unwrap_or_default()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.stop();
    }
}

fn greets(port: u16) -> bool {
    let Ok(mut line) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let mut word = [0_u8; 4];
    line.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    line.read_exact(&mut word).is_ok() && &word == b"* OK"
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Who runs the server: whoever runs the tests, or nobody where that is root.
struct Servant {
    user: String,
    group: String,
    uid: u32,
    gid: u32,
    change: bool,
}

fn servant() -> Servant {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let change = id(&["-u"]) == "0";
    let of = |flags: &str| if change { id(&[flags, "nobody"]) } else { id(&[flags]) };
    Servant {
        user: of("-un"),
        group: of("-gn"),
        uid: of("-u").parse().unwrap(),
        gid: of("-g").parse().unwrap(),
        change,
    }
}

/// A person's mail program: says lines, hears lines.
pub struct Person {
    line: BufReader<TcpStream>,
    count: u32,
}

impl Person {
    fn sign_in(port: u16) -> Self {
        let line = TcpStream::connect(("127.0.0.1", port)).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut person = Self { line: BufReader::new(line), count: 0 };
        person.hear();
        person.count += 1;
        let login = format!("p1 LOGIN {USER} {{{}}}\r\n", PASSWORD.len());
        person.write(login.as_bytes());
        assert!(person.hear().starts_with('+'));
        person.write(format!("{PASSWORD}\r\n").as_bytes());
        person.closing("p1");
        person
    }

    fn write(&mut self, bytes: &[u8]) {
        self.line.get_mut().write_all(bytes).unwrap();
    }

    fn hear(&mut self) -> String {
        let mut line = Vec::new();
        self.line.read_until(b'\n', &mut line).unwrap();
        assert!(!line.is_empty(), "the server hung up on the person");
        String::from_utf8_lossy(&line).into_owned()
    }

    fn closing(&mut self, tag: &str) -> String {
        let mut all = String::new();
        loop {
            let line = self.hear();
            if let Some(rest) = line.strip_prefix(tag) {
                assert!(rest.starts_with(" OK"), "{line}");
                return all;
            }
            all.push_str(&line);
        }
    }

    /// Says one command and gives the answers before its OK.
    pub fn says(&mut self, command: &str) -> String {
        self.count += 1;
        let tag = format!("p{}", self.count);
        self.write(format!("{tag} {command}\r\n").as_bytes());
        self.closing(&tag)
    }

    /// Puts a message into a folder (its name as it goes over the wire).
    pub fn puts(&mut self, folder: &str, message: &[u8]) {
        self.count += 1;
        let tag = format!("p{}", self.count);
        self.write(format!("{tag} APPEND \"{folder}\" {{{}}}\r\n", message.len()).as_bytes());
        let go_on = self.hear();
        assert!(go_on.starts_with('+'), "{go_on}");
        self.write(message);
        self.write(b"\r\n");
        self.closing(&tag);
    }

    /// The flags of all messages of a folder, as the server writes them.
    pub fn flags(&mut self, folder: &str) -> String {
        self.says(&format!("EXAMINE \"{folder}\""));
        let flags = self.says("FETCH 1:* (UID FLAGS)");
        self.says("UNSELECT");
        flags
    }

    /// How many messages a folder holds.
    pub fn counts(&mut self, folder: &str) -> usize {
        let told = self.says(&format!("STATUS \"{folder}\" (MESSAGES)"));
        let (_, end) = told.rsplit_once("MESSAGES ").unwrap();
        end.trim_end().trim_end_matches(')').parse().unwrap()
    }
}

/// A file of real messages for which there are no permissions asked: none where the folder is not there.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
