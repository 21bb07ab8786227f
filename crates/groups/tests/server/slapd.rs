//! An OpenLDAP server of one's own: settings, people and groups, start and stop. The folder goes with the value that owns it.

use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "../../../secured/tests/server/keeper.rs"]
mod keeper;

pub use keeper::free_port;
use keeper::{Keeper, Servant};

pub const BASE: &str = "dc=hq,dc=example";
/// Who reads all, page by page.
pub const READER: &str = "cn=reader,dc=hq,dc=example";
/// Who is given a hundred entries, and no pages.
pub const SHORT: &str = "cn=short,dc=hq,dc=example";
pub const PASSWORD: &str = "clé öpen";

/// Names another program than the installed one.
const VARIABLE: &str = "CHANCERY_TEST_SLAPD";
const PLACES: [&str; 2] = ["/usr/sbin/slapd", "/usr/local/libexec/slapd"];

pub struct Slapd {
    /// First, so that the server is stopped before its folder goes.
    keeper: Option<Keeper>,
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
        let program = keeper::program(VARIABLE, PLACES);
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
        keeper::authority(&self.stranger);
        keeper::certificate("localhost", &keeper::authority(&self.authority), self.folder.path());
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
        let servant = Servant::here();
        for folder in [self.folder.path().to_owned(), self.file("data")] {
            servant.owns(&folder);
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&mut self, program: &Path) {
        let (plain, tls) = (self.plain_port, self.tls_port);
        let places = format!("ldap://127.0.0.1:{plain}/ ldaps://127.0.0.1:{tls}/");
        let settings = self.file("slapd.conf").display().to_string();
        let arguments = ["-d", "0", "-h", &places, "-f", &settings];
        self.keeper = Some(Keeper::start(self.folder.path(), program, &arguments));
        if keeper::is_soon(|| {
            [plain, tls].iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
        }) {
            return;
        }
        panic!("slapd did not start: {}", std::fs::read_to_string(self.file("out")).unwrap_or_default());
    }
}
