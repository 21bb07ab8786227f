//! An OpenLDAP server of one's own: certificates, settings, people and groups, start and stop.
//!
//! A keeper, a small shell script, starts the server and reads from a pipe that only the test holds. However the test ends,
//! the pipe closes; the keeper then stops the server. The folder goes with the value that owns it.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const BASE: &str = "dc=hq,dc=example";
/// Who reads all, page by page.
pub const READER: &str = "cn=reader,dc=hq,dc=example";
/// Who is given a hundred entries, and no pages.
pub const SHORT: &str = "cn=short,dc=hq,dc=example";
pub const PASSWORD: &str = "clé öpen";

/// Names another program than the installed one.
const VARIABLE: &str = "CHANCERY_TEST_SLAPD";
const PLACES: [&str; 2] = ["/usr/sbin/slapd", "/usr/local/libexec/slapd"];

const KEEPER: &str = r#"
folder=$1; shift
trap '' INT TERM HUP
"$@" </dev/null >"$folder/out" 2>&1 &
server=$!
cat >/dev/null
kill -TERM "$server"
wait "$server"
kill -KILL 0
"#;

pub struct Slapd {
    keeper: Option<Child>,
    folder: tempfile::TempDir,
    pub plain_port: u16,
    pub tls_port: u16,
    /// The certificate of the authority that signed the server's.
    pub authority: PathBuf,
    /// That of another one.
    pub stranger: PathBuf,
}

impl Slapd {
    /// A running server with these entries (LDIF) under [`BASE`]; none where it is not installed.
    pub fn start(entries: &str) -> Option<Self> {
        let named = std::env::var_os(VARIABLE).map(PathBuf::from);
        let program = named.into_iter().chain(PLACES.map(PathBuf::from)).find(|file| file.is_file());
        let Some(program) = program else {
            println!(
                "skipped: OpenLDAP's server (package slapd) is not installed, and {VARIABLE} names none"
            );
            return None;
        };
        let folder = tempfile::Builder::new().prefix("chancery-ldap-").tempdir().unwrap();
        let authority = folder.path().join("authority.pem");
        let stranger = folder.path().join("stranger.pem");
        let mut server = Self {
            keeper: None,
            authority,
            stranger,
            folder,
            plain_port: free_port(),
            tls_port: free_port(),
        };
        server.certificates();
        server.settings();
        server.fill(&program, entries);
        server.run(&program);
        Some(server)
    }

    fn certificates(&self) {
        let authority = |file: &Path| {
            let mut params = CertificateParams::new(Vec::new()).unwrap();
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            let key = KeyPair::generate().unwrap();
            std::fs::write(file, params.self_signed(&key).unwrap().pem()).unwrap();
            Issuer::new(params, key)
        };
        authority(&self.stranger);
        let issuer = authority(&self.authority);
        let key = KeyPair::generate().unwrap();
        let own =
            CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        std::fs::write(self.file("cert.pem"), own.pem()).unwrap();
        std::fs::write(self.file("key.pem"), key.serialize_pem()).unwrap();
    }

    fn settings(&self) {
        let folder = self.folder.path().display();
        let schemas: String = ["core", "cosine", "inetorgperson", "nis"]
            .map(|name| format!("include /etc/ldap/schema/{name}.schema\n"))
            .concat();
        let words = format!(
            "{schemas}modulepath /usr/lib/ldap\nmoduleload back_mdb\nmoduleload memberof\npidfile {folder}/pid\n\
             TLSCertificateFile {folder}/cert.pem\nTLSCertificateKeyFile {folder}/key.pem\n\
             database mdb\nsuffix \"{BASE}\"\nrootdn \"cn=root,{BASE}\"\ndirectory {folder}/data\n\
             maxsize 67108864\nindex objectClass,memberOf eq\noverlay memberof\n\
             limits dn.exact=\"{READER}\" size.soft=100 size.hard=100 size.prtotal=unlimited\n\
             limits dn.exact=\"{SHORT}\" size.soft=100 size.hard=100 size.prtotal=disabled\n\
             access to attrs=userPassword by anonymous auth by * none\n\
             access to * by dn.exact=\"{READER}\" read by dn.exact=\"{SHORT}\" read by * none\n"
        );
        std::fs::write(self.file("slapd.conf"), words).unwrap();
        std::fs::create_dir(self.file("data")).unwrap();
        std::fs::set_permissions(self.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn fill(&self, program: &Path, entries: &str) {
        let account = |dn: &str, name: &str| {
            format!(
                "dn: {dn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: {name}\n\
                 userPassword: {PASSWORD}\n\n"
            )
        };
        let all = format!(
            "dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: HQ\ndc: hq\n\n{}{}{entries}",
            account(READER, "reader"),
            account(SHORT, "short")
        );
        std::fs::write(self.file("entries.ldif"), all).unwrap();
        let mut adding = Command::new(program);
        adding.arg("-Tadd").arg("-q").arg("-f").arg(self.file("slapd.conf"));
        let done = adding.arg("-l").arg(self.file("entries.ldif")).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        if let Some((uid, gid)) = servant() {
            for folder in [self.folder.path().to_owned(), self.file("data")] {
                for entry in std::fs::read_dir(&folder).unwrap() {
                    std::os::unix::fs::chown(entry.unwrap().path(), Some(uid), Some(gid)).unwrap();
                }
                std::os::unix::fs::chown(folder, Some(uid), Some(gid)).unwrap();
            }
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&mut self, program: &Path) {
        let mut keeper = Command::new("/bin/sh");
        keeper.arg("-c").arg(KEEPER).arg("keeper").arg(self.folder.path());
        if let Some((uid, gid)) = servant() {
            keeper.arg("setpriv").arg(format!("--reuid={uid}"));
            keeper.arg(format!("--regid={gid}")).arg("--clear-groups");
        }
        let (plain, tls) = (self.plain_port, self.tls_port);
        let places = format!("ldap://127.0.0.1:{plain}/ ldaps://127.0.0.1:{tls}/");
        keeper.arg(program).args(["-d", "0", "-h", &places]).arg("-f").arg(self.file("slapd.conf"));
        keeper
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        self.keeper = Some(keeper.spawn().unwrap());
        for _ in 0..200 {
            if [plain, tls].iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("slapd did not start: {}", std::fs::read_to_string(self.file("out")).unwrap_or_default());
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Who runs the server where the tests run as root: nobody.
fn servant() -> Option<(u32, u32)> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let of = |flag: &str| id(&[flag, "nobody"]).parse().unwrap();
    (id(&["-u"]) == "0").then(|| (of("-u"), of("-g")))
}
