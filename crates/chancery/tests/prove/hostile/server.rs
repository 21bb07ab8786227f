//! A server of its own, as it is installed: founded here, run as the program itself; and those who ask it over HTTP.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use office::{
    Office, Opening, Sender,
    folder::{Folder, Founding, found},
};
use registry::{Answer, Command as Given, Timestamp, authorisation::Role, person::NewPerson};
use serde_json::{Value, json};

use crate::engines::Engine;

/// Everyone's password.
const PHRASE: &str = "correct horse battery staple";
/// The clerks of the house.
pub const CLERKS: [&str; 2] = ["clerk", "watcher"];

/// A house that serves.
pub struct Server {
    dir: tempfile::TempDir,
    child: Child,
    address: String,
}

impl Server {
    /// Founds a house with clerks and serves it.
    pub async fn start(engine: &Engine) -> Server {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("data"));
        let opening = Opening { database: engine.database.clone(), ..Opening::of(folder.clone()) };
        let founding = Founding::shipped("test-house");
        #[expect(clippy::disallowed_methods, reason = "the server that follows has the machine's clock")]
        let now = Timestamp::from(jiff::Timestamp::now());
        let founded =
            found(&folder, &founding, engine.database.clone(), None, now, &opening.entropy).await.unwrap();
        let office = Office::open(opening).await.unwrap();
        for (officer, code) in &founded.officers {
            office.set_password(&officer.login, code, PHRASE).await.unwrap();
        }
        let officer = founded.officers[0].0.id;
        for login in CLERKS {
            clerk(&office, officer, login).await;
        }
        office.close().await;
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .arg("serve")
            .arg(dir.path().join("data"))
            .args(["--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{line}");
        Server { dir, child, address }
    }

    /// Its number among processes.
    pub fn process(&self) -> String {
        self.child.id().to_string()
    }

    /// Whether it is still the one that was started.
    pub fn stands(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it and looks whether its register is whole.
    pub fn verify(mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.arg("verify").arg(self.dir.path().join("data"));
        let said = command.output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
        String::from_utf8_lossy(&said.stdout).into_owned()
    }

    pub fn client(&self, login: &str) -> Client {
        Client::of(&self.address, login)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn clerk(office: &Office, officer: registry::PersonId, login: &str) {
    let by_officer = async |command| {
        let sender = Sender::proven(officer, office.now());
        office.command(sender, office.new_command(), command).await.unwrap()
    };
    let person = NewPerson {
        login: login.into(),
        name: format!("Person called {login}"),
        nationality: "BEL".into(),
        language: "en".into(),
        title: String::new(),
        body: None,
    };
    let Answer::Added { person } = by_officer(Given::AddPerson { person }).await else { panic!() };
    let code = office.give_code(person).await.unwrap();
    office.set_password(login, &code, PHRASE).await.unwrap();
    let registry = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
    by_officer(Given::AssignRole { person, role: Role::Clerk, registry }).await;
}

/// Someone who asks, by browser and by program.
pub struct Client {
    agent: ureq::Agent,
    address: String,
    cookies: String,
    token: String,
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text))
    }
}

fn reply(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Reply {
    let mut answer = answer.unwrap();
    let status = answer.status().as_u16();
    let bytes = answer.body_mut().with_config().limit(256 << 20).read_to_vec().unwrap();
    Reply { status, text: String::from_utf8_lossy(&bytes).into_owned() }
}

impl Client {
    fn of(address: &str, login: &str) -> Client {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(300)))
            .build()
            .into();
        let answer = agent
            .post(format!("{address}/sign-in"))
            .send_form([("login", login), ("password", PHRASE), ("back", "/desk")])
            .unwrap();
        assert_eq!(answer.status().as_u16(), 303);
        let set = answer.headers().get_all("set-cookie").iter();
        let cookies: Vec<&str> =
            set.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap()).collect();
        let cookies = cookies.join("; ");
        let asked = json!({"login": login, "password": PHRASE, "name": "a script"}).to_string();
        let signed = agent
            .post(format!("{address}/api/v1/sign-in"))
            .header("content-type", "application/json")
            .header("idempotency-key", "0".repeat(32))
            .send(asked);
        let token = reply(signed).json()["token"].as_str().unwrap().to_owned();
        Client { agent, address: address.to_owned(), cookies, token }
    }

    /// A page, as a browser asks for it.
    pub fn page(&self, path: &str) -> Reply {
        let asked = self.agent.get(format!("{}{path}", self.address));
        reply(asked.header("cookie", &self.cookies).header("accept-language", "en").call())
    }

    /// An answer, as a program asks for it.
    pub fn get(&self, path: &str) -> Reply {
        let asked = self.agent.get(format!("{}{path}", self.address));
        reply(asked.header("authorization", format!("Bearer {}", self.token)).call())
    }

    fn post(&self, path: &str, key: usize, kind: &str, body: &[u8]) -> Reply {
        let asked = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", kind)
            .header("idempotency-key", format!("{key:032x}"));
        reply(asked.send(body))
    }

    /// Brings a file to the in-tray.
    pub fn brings(&self, key: usize, name: &str, bytes: &[u8]) -> Reply {
        let head = format!(
            "--edge-of-it\r\nContent-Disposition: form-data; name=\"document\"\r\nContent-Type: application/json\r\n\r\n{{}}\r\n\
             --edge-of-it\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge-of-it--\r\n"].concat();
        self.post("/api/v1/registries/REG/tray", key, "multipart/form-data; boundary=edge-of-it", &body)
    }

    /// Registers what waits.
    pub fn registers(&self, key: usize, item: &str, subject: &str) -> Reply {
        let entry = json!({
            "registry": "REG", "direction": "incoming", "kind": "letter", "date": "2026-03-10",
            "originator": "Delegation of Norway", "subject": subject,
            "label": {"policy": "NATO", "level": "UNCLASSIFIED"}, "action": ["Military Committee"],
        });
        let body = entry.to_string();
        self.post(&format!("/api/v1/tray/{item}/registrations"), key, "application/json", body.as_bytes())
    }
}
