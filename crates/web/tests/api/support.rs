//! A house with people, and a program that talks to it over HTTP.

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use office::{
    Office, Opening, Sender,
    clock::{SetClock, seeded_entropy},
    folder::{Folder, Founding, found},
    texts::Texts,
};
use registry::{
    Answer, Command, PersonId, RegistryId, Timestamp,
    authorisation::{Grant, Role},
    person::NewPerson,
};
use serde_json::{Value, json};
use tower::ServiceExt;
use web::{App, api::openapi, routes::ROUTES};

/// 12 March 2026, 09:00 UTC.
pub const MORNING: Timestamp = Timestamp::from_micros(1_773_306_000_000_000);
/// Everyone's password.
pub const PHRASE: &str = "correct horse battery staple";

pub struct World {
    pub office: Office,
    pub clock: Arc<SetClock>,
    pub officers: [PersonId; 2],
    pub registry: RegistryId,
    router: Router,
    description: Value,
    folder: PathBuf,
    _dir: tempfile::TempDir,
}

/// An answer.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.bytes)))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
    /// The code of a problem, whatever else it says.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap().to_owned()
    }
    /// A good answer, else its problem is shown.
    pub fn good(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }
    /// A problem with a code, about a field.
    pub fn refused(self, status: u16, code: &str, field: Option<&str>) -> Value {
        let problem = self.json();
        assert_eq!((self.status.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
        assert_eq!(problem["field"].as_str(), field, "{problem}");
        assert!(!problem["remedy"].as_str().unwrap().is_empty());
        assert!(!problem["title"].as_str().unwrap().starts_with("refusal-"), "{problem}");
        problem
    }
}

/// A request in the making.
pub struct Call<'a> {
    world: &'a World,
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
    pub fn by(self, token: &str) -> Self {
        let value = format!("Bearer {token}");
        self.header("authorization", &value)
    }
    /// Under a key made of a number.
    pub fn key(self, key: u64) -> Self {
        let value = format!("{key:032x}");
        self.header("idempotency-key", &value)
    }
    pub fn json(self, body: &Value) -> Self {
        let mut call = self.header("content-type", "application/json");
        call.body = body.to_string().into_bytes();
        call
    }
    pub fn raw(self, kind: &str, body: &[u8]) -> Self {
        let mut call = self.header("content-type", kind);
        call.body = body.to_vec();
        call
    }
    /// Parts: the entry and the file.
    pub fn parts(self, document: &Value, file: &[u8]) -> Self {
        let body = multipart(document, "paper.txt", file, Some(file.len()), true);
        self.raw("multipart/form-data; boundary=edge", &body)
    }
    pub async fn send(mut self) -> Reply {
        let body = Body::from(std::mem::take(&mut self.body));
        self.streaming(body).await
    }
    /// With a body of one's own making.
    pub async fn streaming(self, body: Body) -> Reply {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = self.world.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        let reply = Reply { status, headers, bytes };
        self.world.fits(self.method, &self.path, &reply);
        reply
    }
}

/// A multipart body. `announced` is the length that the part claims; `whole` whether it ends as it should.
pub fn multipart(
    document: &Value,
    name: &str,
    file: &[u8],
    announced: Option<usize>,
    whole: bool,
) -> Vec<u8> {
    let length = announced.map(|n| format!("Content-Length: {n}\r\n")).unwrap_or_default();
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"document\"\r\nContent-Type: application/json\r\n\r\n{document}\r\n--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{name}\"\r\n{length}\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    if whole {
        body.extend_from_slice(b"\r\n--edge--\r\n");
    }
    body
}

impl World {
    pub async fn founded() -> World {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("data"));
        let entropy = seeded_entropy(7);
        let founding = Founding::shipped("test-house");
        let founded = found(&folder, &founding, None, None, MORNING, &entropy).await.unwrap();
        let clock = Arc::new(SetClock::at(MORNING));
        let opening = Opening { clock: clock.clone(), entropy, ..Opening::of(folder) };
        let office = Office::open(opening).await.unwrap();
        for (officer, code) in &founded.officers {
            office.set_password(&officer.login, code, PHRASE).await.unwrap();
        }
        let registry = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
        let app = App { office: office.clone(), texts: Arc::new(Texts::new().unwrap()), greeting: None };
        World {
            office,
            clock,
            officers: [founded.officers[0].0.id, founded.officers[1].0.id],
            registry,
            router: web::app::router(app),
            description: openapi::description(),
            folder: dir.path().join("data"),
            _dir: dir,
        }
    }

    pub fn call(&self, method: &'static str, path: &str) -> Call<'_> {
        Call { world: self, method, path: path.to_owned(), headers: vec![], body: vec![] }
    }
    pub fn get(&self, path: &str) -> Call<'_> {
        self.call("GET", path)
    }
    pub fn post(&self, path: &str) -> Call<'_> {
        self.call("POST", path)
    }

    /// Whether an answer is as described.
    fn fits(&self, method: &str, path: &str, reply: &Reply) {
        let path = path.split('?').next().unwrap();
        let same = |template: &str| {
            let (a, b): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            a.len() == b.len() && a.iter().zip(b).all(|(t, p)| t.starts_with('{') || *t == p)
        };
        // Pages are described nowhere.
        if !path.starts_with("/api/") {
            return;
        }
        let mut routes: Vec<_> =
            ROUTES.iter().filter(|r| r.method.as_str() == method && same(r.path)).collect();
        routes.sort_by_key(|r| r.path.matches('{').count());
        let Some(route) = routes.first() else { return };
        let operation = &self.description["paths"][route.path][method.to_lowercase()];
        let described = &operation["responses"][reply.status.as_u16().to_string()];
        assert!(described.is_object(), "{method} {path}: {} is not described", reply.status);
        let kind = reply.header("content-type").split(';').next().unwrap().to_owned();
        // A file has the media type of its content: it is described as any.
        let bytes = "*/*";
        let file = described["content"][bytes].is_object() && reply.status == StatusCode::OK;
        let kind = if file { bytes.to_owned() } else { kind };
        match described.get("content").map(|c| &c[&kind]) {
            None => assert!(reply.bytes.is_empty(), "{method} {path}: no content is described"),
            Some(content) => {
                assert!(content.is_object(), "{method} {path}: {kind} is not described");
                if let Some(schema) = content.get("schema") {
                    let misfits = crate::fits::misfits(&reply.json(), schema, &self.description, "");
                    assert_eq!(misfits, Vec::<String>::new(), "{method} {path}");
                }
            }
        }
    }

    pub async fn does(&self, person: PersonId, command: Command) -> Answer {
        let id = self.office.new_command();
        let sender = Sender::proven(person, self.office.now());
        self.office.command(sender, id, command).await.unwrap()
    }

    /// A person with a password.
    pub async fn adds(&self, login: &str, nationality: &str) -> PersonId {
        let person = NewPerson {
            login: login.into(),
            name: format!("{login} of the house"),
            nationality: nationality.into(),
            language: "en".into(),
            title: String::new(),
            body: None,
        };
        let Answer::Added { person } = self.does(self.officers[0], Command::AddPerson { person }).await
        else {
            panic!()
        };
        let code = self.office.give_code(person).await.unwrap();
        self.office.set_password(login, &code, PHRASE).await.unwrap();
        person
    }

    pub async fn gives(&self, person: PersonId, grant: Grant) {
        let proposed = self.does(self.officers[0], Command::Propose { person, grant }).await;
        let Answer::Proposed { authorisation, proposal } = proposed else { panic!() };
        self.does(self.officers[1], Command::Confirm { authorisation, proposal }).await;
    }

    /// Certificates up to the ceiling of the installation, which inspectors need.
    pub async fn reaches_the_ceiling(&self, person: PersonId) {
        for clearance in self.office.house().await.unwrap().ceiling() {
            let grant = Grant::Clearance {
                clearance,
                authority: "National authority".into(),
                number: None,
                from: "2025-01-01".parse().unwrap(),
                until: "2029-12-31".parse().unwrap(),
            };
            self.gives(person, grant).await;
        }
    }

    pub async fn clears(&self, person: PersonId, level: &str) {
        let house = self.office.house().await.unwrap();
        let named = serde_json::from_value(json!({"policy": "NATO", "level": level})).unwrap();
        let clearance = house.policies.resolve_clearance(&named).unwrap();
        let on = "2026-01-15".parse().unwrap();
        self.gives(
            person,
            Grant::Briefing { policy: "NATO".into(), subject: level.into(), on, refresh: None },
        )
        .await;
        let grant = Grant::Clearance {
            clearance,
            authority: "National authority".into(),
            number: None,
            from: "2025-01-01".parse().unwrap(),
            until: "2029-12-31".parse().unwrap(),
        };
        self.gives(person, grant).await;
    }

    /// A clerk of the registry who reads up to SECRET, and his token.
    pub async fn clerk(&self) -> (PersonId, String) {
        let clerk = self.adds("clerk", "BEL").await;
        let command = Command::AssignRole { person: clerk, role: Role::Clerk, registry: self.registry };
        self.does(self.officers[0], command).await;
        self.clears(clerk, "SECRET").await;
        (clerk, self.token("clerk").await)
    }

    /// A reader up to CONFIDENTIAL, and his token.
    pub async fn reader(&self) -> (PersonId, String) {
        let reader = self.adds("reader", "NOR").await;
        self.clears(reader, "CONFIDENTIAL").await;
        (reader, self.token("reader").await)
    }

    /// Signs in as people do.
    pub async fn token(&self, login: &str) -> String {
        let body = json!({"login": login, "password": PHRASE, "name": "a script"});
        let answer = self.post("/api/v1/sign-in").json(&body).send().await.good(201);
        answer["token"].as_str().unwrap().to_owned()
    }

    /// So many minutes after the morning.
    pub fn after(&self, minutes: i64) {
        self.clock.set(MORNING.plus_seconds(minutes * 60));
    }

    /// Registers a paper that is held elsewhere: its identifier and reference.
    pub async fn paper(&self, token: &str, key: u64, level: &str, subject: &str) -> (String, String) {
        let body = paper(level, subject);
        let answer = self.post("/api/v1/documents").by(token).key(key).json(&body).send().await.good(201);
        (answer["id"].as_str().unwrap().to_owned(), answer["reference"].as_str().unwrap().to_owned())
    }

    /// How many documents somebody sees.
    pub async fn total(&self, token: &str) -> u64 {
        let list = self.get("/api/v1/documents?registry=REG&limit=1").by(token).send().await.good(200);
        list["total"].as_u64().unwrap()
    }

    /// Files that wait in the vault, and files that are kept.
    pub fn vault(&self) -> (usize, usize) {
        let count = |folder: PathBuf| std::fs::read_dir(folder).unwrap().count();
        let vault = self.folder.join("vault");
        let kept = std::fs::read_dir(&vault)
            .unwrap()
            .map(|e| e.unwrap())
            .filter(|e| e.file_name() != "staging" && e.path().is_dir())
            .map(|e| count(e.path()))
            .sum();
        (count(vault.join("staging")), kept)
    }
}

/// A paper that is held elsewhere.
pub fn paper(level: &str, subject: &str) -> Value {
    json!({
        "registry": "REG", "direction": "incoming", "kind": "memorandum", "date": "2026-03-10",
        "originator": "Operations Division", "subject": subject,
        "label": {"policy": "NATO", "level": level},
        "references": [{"kind": "originator", "text": "MCM-0041-2010"}],
        "action": ["Military Committee"], "held_elsewhere": "on paper, safe 4",
    })
}

/// The same, with content to come.
pub fn letter(level: &str, subject: &str) -> Value {
    let mut letter = paper(level, subject);
    letter.as_object_mut().unwrap().remove("held_elsewhere");
    letter
}
