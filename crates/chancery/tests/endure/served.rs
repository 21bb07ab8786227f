//! An installation with a few people, served by the program itself in a process of its own that can be killed.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use office::{
    Office, Opening, Sender,
    clock::{Clock, SystemClock, machine_entropy},
    folder::{Folder, Founding, found},
    signin::SessionKind,
};
use registry::{Answer, Command as Asked, PersonId, authorisation::Role, person::NewPerson};
use serde_json::{Value, json};
use store::sql::DatabaseUrl;

use crate::engines::Engine;

/// Everyone's password.
const PHRASE: &str = "correct horse battery staple";

/// An installation in a folder of its own: two officers, and `clerks` clerks of REG who may handle what is unclassified.
pub struct Installation {
    pub engine: Engine,
    pub data: PathBuf,
    /// The token of each clerk.
    pub tokens: Vec<String>,
    pub officers: [PersonId; 2],
    pub dir: tempfile::TempDir,
}

impl Installation {
    pub async fn founded(engine: Engine, clerks: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self::founded_in(engine, clerks, dir.path().join("data"), dir).await
    }

    /// The same in a folder elsewhere.
    pub async fn founded_in(engine: Engine, clerks: usize, data: PathBuf, dir: tempfile::TempDir) -> Self {
        let folder = Folder::at(&data);
        let founding = Founding::shipped("house.example");
        let entropy = machine_entropy();
        let now = SystemClock.now();
        let founded = found(&folder, &founding, engine.database.clone(), None, now, &entropy).await.unwrap();
        let mut this = Self {
            officers: [founded.officers[0].0.id, founded.officers[1].0.id],
            engine,
            data,
            tokens: Vec::new(),
            dir,
        };
        let office = this.open().await;
        for (officer, code) in &founded.officers {
            office.set_password(&officer.login, code, PHRASE).await.unwrap();
        }
        let reg = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
        for n in 0..clerks {
            let login = format!("clerk{n}");
            let person = NewPerson {
                login: login.clone(),
                name: format!("Clerk {n}"),
                nationality: "BEL".into(),
                language: "en".into(),
                title: String::new(),
                body: None,
            };
            let Answer::Added { person } = this.does(&office, Asked::AddPerson { person }).await else {
                panic!()
            };
            this.does(&office, Asked::AssignRole { person, role: Role::Clerk, registry: reg }).await;
            let code = office.give_code(person).await.unwrap();
            office.set_password(&login, &code, PHRASE).await.unwrap();
            let (_, token) = office.sign_in(&login, PHRASE, SessionKind::Token, "a script").await.unwrap();
            this.tokens.push(token);
        }
        let entrusts = Asked::EntrustSeries { series: "MCM".into(), registry: reg };
        let operator = Sender::operator_as(registry::command::OPERATOR);
        office.command(operator, office.new_command(), entrusts).await.unwrap();
        office.close().await;
        this
    }

    /// A token of somebody, freshly signed in.
    pub async fn signs_in(&self, office: &Office, login: &str) -> (PersonId, String) {
        office.sign_in(login, PHRASE, SessionKind::Token, "a script").await.unwrap()
    }

    /// Something that an officer does, freshly signed in.
    pub async fn does(&self, office: &Office, command: Asked) -> Answer {
        let sender = Sender::proven(self.officers[0], office.now());
        office.command(sender, office.new_command(), command).await.unwrap()
    }

    pub fn opening(&self) -> Opening {
        Opening::of(Folder::at(&self.data))
    }

    pub async fn open(&self) -> Office {
        Office::open(self.opening()).await.unwrap()
    }

    pub fn serve(&self) -> Serving {
        Serving::of(&mut self.command(&["serve"], &["--listen", "127.0.0.1:0"]))
    }

    /// `chancery FIRST DATA REST`.
    pub fn command(&self, first: &[&str], rest: &[&str]) -> Command {
        let mut command = program(first);
        command.arg(&self.data).args(rest).current_dir(self.dir.path());
        command
    }

    /// The same, done.
    pub fn run(&self, first: &[&str], rest: &[&str]) -> Ran {
        Ran(self.command(first, rest).output().unwrap())
    }

    /// Everything that can be verified is: what is wrong, in words.
    pub async fn examined(&self) -> Vec<String> {
        examined(&self.open().await).await
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

/// Ledgers, tables against a rebuild, the index against one made anew, sealed objects.
pub async fn examined(office: &Office) -> Vec<String> {
    let mut faults = office.verify().await.unwrap().faults;
    faults.extend(office.compare_rebuilt().await.unwrap().1);
    faults.extend(office.compare_index().await.unwrap().1);
    faults.extend(office.fixity().await.unwrap().1);
    office.clone().close().await;
    faults
}

pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// What a command said, and how it ended.
pub struct Ran(pub Output);

impl Ran {
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned() + &String::from_utf8_lossy(&self.0.stderr)
    }

    pub fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub fn good(self) -> String {
        let said = self.said();
        assert!(self.0.status.success(), "{said}");
        said
    }

    /// It ended with a code and said why.
    pub fn failed(self, code: i32, words: &[&str]) -> String {
        let said = self.said();
        assert_eq!(self.code(), Some(code), "{said}");
        for word in words {
            assert!(said.contains(word), "nothing says {word:?}: {said}");
        }
        said
    }
}

/// A server in a process of its own.
pub struct Serving {
    pub child: Child,
    pub address: String,
}

impl Serving {
    pub fn of(command: &mut Command) -> Self {
        Self::begun(command).unwrap_or_else(|said| panic!("it does not serve: {said}"))
    }

    /// The server, or what it says instead of serving.
    pub fn begun(command: &mut Command) -> Result<Self, String> {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let err = child.stderr.take().unwrap();
        let Some(at) = line.find("http://") else {
            let said = std::io::read_to_string(err).unwrap();
            child.wait().unwrap();
            return Err(line + &said);
        };
        // What it says later is not to stop it.
        std::thread::spawn(move || std::io::copy(&mut { err }, &mut std::io::stderr()));
        std::thread::spawn(move || std::io::copy(&mut { out }, &mut std::io::sink()));
        Ok(Self { child, address: line[at..].trim().to_owned() })
    }

    /// Kills it as a failing machine would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it in good order.
    pub fn stop(mut self) {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap();
    }

    pub fn client(&self, token: &str) -> Client {
        Client::at(&self.address, token)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program that talks to a server in a person's name.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    address: String,
    token: String,
}

/// An answer: its status, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub status: u16,
    pub body: Value,
}

impl Said {
    pub fn id(&self) -> &str {
        self.body["id"].as_str().unwrap()
    }
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// A request that changes something, under a key.
#[derive(Debug, Clone)]
pub struct Act {
    pub key: u64,
    pub path: String,
    pub body: Value,
    /// The file that comes with it.
    pub content: Option<String>,
}

impl Act {
    /// Registers a paper with its text.
    pub fn paper(key: u64, subject: &str, text: &str) -> Self {
        Self {
            key,
            path: "/api/v1/registries/REG/documents".into(),
            body: entry(subject),
            content: Some(text.into()),
        }
    }

    pub fn json(key: u64, path: impl Into<String>, body: Value) -> Self {
        Self { key, path: path.into(), body, content: None }
    }
}

/// What the register says of an unclassified letter.
pub fn entry(subject: &str) -> Value {
    json!({
        "direction": "incoming", "kind": "letter", "date": "2026-03-10", "subject": subject, "originator": "SHAPE",
        "label": {"policy": "NATO", "level": "UNCLASSIFIED"},
    })
}

impl Client {
    pub fn at(address: &str, token: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self { agent: config.into(), address: address.to_owned(), token: token.to_owned() }
    }

    /// Sends an act; an error: nobody answered whole.
    pub fn send(&self, act: &Act) -> Result<Said, ureq::Error> {
        let request = self
            .agent
            .post(format!("{}{}", self.address, act.path))
            .header("authorization", format!("Bearer {}", self.token))
            .header("idempotency-key", format!("{:032x}", act.key));
        let answer = match &act.content {
            Some(text) => request
                .header("content-type", "multipart/form-data; boundary=edge")
                .send(parts(&act.body, text).as_bytes())?,
            None => {
                request.header("content-type", "application/json").send(act.body.to_string().as_bytes())?
            }
        };
        said(answer)
    }

    /// Sends an act that must be done.
    pub fn does(&self, act: &Act) -> Said {
        let said = self.send(act).unwrap();
        assert_eq!(said.status, 201, "{act:?}: {}", said.body);
        said
    }

    pub fn get(&self, path: &str) -> Result<Said, ureq::Error> {
        let request = self.agent.get(format!("{}{path}", self.address));
        said(request.header("authorization", format!("Bearer {}", self.token)).call()?)
    }

    /// The bytes of a path, as text.
    pub fn text(&self, path: &str) -> String {
        let request = self.agent.get(format!("{}{path}", self.address));
        let mut answer = request.header("authorization", format!("Bearer {}", self.token)).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    }

    /// The bytes of a path, with the status.
    pub fn file(&self, path: &str) -> (u16, Vec<u8>) {
        let request = self.agent.get(format!("{}{path}", self.address));
        let mut answer = request.header("authorization", format!("Bearer {}", self.token)).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_vec().unwrap())
    }

    /// How many papers the register has.
    pub fn total(&self) -> u64 {
        self.get("/api/v1/documents?registry=REG&limit=1").unwrap().body["total"].as_u64().unwrap()
    }
}

fn said(mut answer: ureq::http::Response<ureq::Body>) -> Result<Said, ureq::Error> {
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string()?;
    Ok(Said { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
}

fn parts(document: &Value, text: &str) -> String {
    format!(
        "--edge\r\nContent-Disposition: form-data; name=\"document\"\r\nContent-Type: application/json\r\n\r\n{document}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"paper.txt\"\r\n\r\n{text}\r\n--edge--\r\n"
    )
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap() {
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => all.push(entry.path()),
                _ => {}
            }
        }
    }
    all.sort();
    all
}

/// A database of the same engine that holds nothing.
pub fn address(database: &DatabaseUrl) -> String {
    match database {
        DatabaseUrl::Postgres { url, .. } => url.clone(),
        DatabaseUrl::Sqlite(file) => format!("sqlite:{}", file.display()),
    }
}
