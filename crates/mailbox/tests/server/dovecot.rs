//! A Dovecot of one's own: settings, start, stop, and a client that puts messages in as other people do. The folder goes with
//! the value that owns it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[path = "../../../secured/tests/server/keeper.rs"]
mod keeper;

use keeper::{Keeper, Servant, free_port};

pub const USER: &str = "registry";
pub const PASSWORD: &str = "clé öpen";

/// Names another program than the installed one.
const VARIABLE: &str = "CHANCERY_TEST_DOVECOT";
const PLACES: [&str; 2] = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"];

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
    /// First, so that the server is stopped before its folder goes.
    keeper: Option<Keeper>,
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
        let program = keeper::program(VARIABLE, PLACES);
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
        keeper::certificate(name, &keeper::authority(&self.authority), self.folder.path());
    }

    fn settings(&self, setup: &Setup) {
        let servant = Servant::here();
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
        servant.owns(root);
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts it; after a stop, with everything that it held.
    pub fn run(&mut self) {
        let settings = self.file("dovecot.conf").display().to_string();
        self.keeper = Some(Keeper::start(self.folder.path(), &self.program, &["-F", "-c", &settings]));
        let tls = || TcpStream::connect(("127.0.0.1", self.tls_port)).is_ok();
        if keeper::is_soon(|| greets(self.plain_port) && tls()) {
            return;
        }
        let read = |name| std::fs::read_to_string(self.file(name)).unwrap_or_default();
        panic!("Dovecot did not start: {} {}", read("out"), read("log"));
    }

    /// Stops it, with every connection that it has.
    pub fn stop(&mut self) {
        drop(self.keeper.take());
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

fn greets(port: u16) -> bool {
    let Ok(mut line) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let mut word = [0_u8; 4];
    line.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    line.read_exact(&mut word).is_ok() && &word == b"* OK"
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
