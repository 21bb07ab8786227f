//! A house with a few people, and a browser of each that keeps its cookies and reads forms as they stand.

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
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
    document::{Direction, ReadingOutcome, Register},
    person::NewPerson,
};
use store::sql::DatabaseUrl;
use tower::ServiceExt;
use web::App;

/// 12 March 2026, 09:00 UTC.
pub const MORNING: Timestamp = Timestamp::from_micros(1_773_306_000_000_000);
/// Everyone's password.
pub const PHRASE: &str = "correct horse battery staple";

pub struct World {
    pub office: Office,
    pub clock: Arc<SetClock>,
    pub officers: [PersonId; 2],
    pub registry: RegistryId,
    pub router: Router,
    opening: Opening,
    _dir: tempfile::TempDir,
}

impl World {
    /// A house with `clerk` (SECRET), `reader` (CONFIDENTIAL), `nobody` (no certificate), `inspector` (cleared to the
    /// ceiling), `keeper` (an
    /// administrator), `controller` (no certificate) and the two officers.
    pub async fn founded() -> World {
        Self::founded_with(None, None).await
    }

    /// The same with the limited reader of foreign bytes, and on a database of one's own.
    pub async fn founded_with(reader: Option<PathBuf>, database: Option<DatabaseUrl>) -> World {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("data"));
        let entropy = seeded_entropy(7);
        let founding = Founding::shipped("test-house");
        let founded = found(&folder, &founding, database.clone(), None, MORNING, &entropy).await.unwrap();
        let clock = Arc::new(SetClock::at(MORNING));
        let opening = Opening { clock: clock.clone(), entropy, reader, database, ..Opening::of(folder) };
        let office = Office::open(opening.clone()).await.unwrap();
        for (officer, code) in &founded.officers {
            office.set_password(&officer.login, code, PHRASE).await.unwrap();
        }
        let registry = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
        let app = App { office: office.clone(), texts: Arc::new(Texts::new().unwrap()), greeting: None };
        let world = World {
            office,
            clock,
            officers: [founded.officers[0].0.id, founded.officers[1].0.id],
            registry,
            router: web::app::router(app),
            opening,
            _dir: dir,
        };
        let clerk = world.adds("clerk").await;
        world.clears(clerk, "SECRET").await;
        let command = Command::AssignRole { person: clerk, role: Role::Clerk, registry };
        world.does(world.officers[0], command).await;
        let reader = world.adds("reader").await;
        world.clears(reader, "CONFIDENTIAL").await;
        world.adds("nobody").await;
        for (login, role, place) in [
            ("inspector", Role::Inspector, None),
            ("keeper", Role::Administrator, None),
            ("controller", Role::Controller, Some(registry)),
        ] {
            let person = world.adds(login).await;
            world.gives(person, Grant::Role { role, registry: place }).await;
        }
        world.reaches_the_ceiling(world.office.person_named("inspector").await.unwrap()).await;
        world
    }

    /// The same house, closed and opened again.
    #[allow(dead_code, reason = "not every test of pages closes the house")]
    pub async fn restarted(self) -> World {
        let World { office, clock, officers, registry, router, opening, _dir } = self;
        drop(router);
        office.close().await;
        let office = Office::open(opening.clone()).await.unwrap();
        let app = App { office: office.clone(), texts: Arc::new(Texts::new().unwrap()), greeting: None };
        World { office, clock, officers, registry, router: web::app::router(app), opening, _dir }
    }

    /// So many minutes after the morning.
    pub fn after(&self, minutes: i64) {
        self.clock.set(MORNING.plus_seconds(minutes * 60));
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

    pub async fn does(&self, person: PersonId, command: Command) -> Answer {
        let id = self.office.new_command();
        let sender = Sender::proven(person, self.office.now());
        self.office.command(sender, id, command).await.unwrap()
    }

    pub async fn adds(&self, login: &str) -> PersonId {
        let person = NewPerson {
            login: login.into(),
            name: format!("Person called {login}"),
            nationality: "BEL".into(),
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

    pub async fn clears(&self, person: PersonId, level: &str) {
        let named = label::NamedClearance {
            policy: "NATO".into(),
            level: level.into(),
            categories: Default::default(),
        };
        let clearance = self.office.house().await.unwrap().policies.resolve_clearance(&named).unwrap();
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
            until: "2026-06-30".parse().unwrap(),
        };
        self.gives(person, grant).await;
    }

    /// Registers a paper behind the pages, with a text as its content; its identifier.
    pub async fn paper(&self, level: Option<&str>, subject: &str, text: &str) -> String {
        let clerk = self.office.person_named("clerk").await.unwrap();
        let document = self.entry(level, subject, text.is_empty()).await;
        let upload = (!text.is_empty()).then(|| {
            let mut upload = self.office.upload(self.registry, "paper.txt").unwrap();
            upload.write(text.as_bytes()).unwrap();
            (upload, None)
        });
        let id = self.office.new_command();
        let answer =
            self.office.register(Sender::person(clerk), id, self.registry, document, upload).await.unwrap();
        match answer {
            Answer::Registered { document, .. } => document.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// Registers a CONFIDENTIAL message behind the pages, with files attached of which the reader said so much.
    pub async fn message(&self, enclosed: &[(&str, &[u8], ReadingOutcome)]) -> String {
        let clerk = self.office.person_named("clerk").await.unwrap();
        let mut document = self.entry(Some("CONFIDENTIAL"), "Stocks", false).await;
        let mut upload = self.office.upload(self.registry, "message.txt").unwrap();
        upload.write(b"See what is attached.").unwrap();
        for (name, bytes, _) in enclosed {
            upload.enclose(name, bytes);
        }
        let mut staged = upload.finish(None).unwrap();
        for (enclosure, (_, _, reading)) in staged.content.enclosures.iter_mut().zip(enclosed) {
            enclosure.reading = *reading;
        }
        self.office.keep(staged.sealed).await.unwrap();
        document.content = Some(staged.content);
        let command = Command::Register { registry: self.registry, document: Box::new(document) };
        match self.does(clerk, command).await {
            Answer::Registered { document, .. } => document.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// What is registered of a paper of the clerk's.
    pub async fn entry(&self, level: Option<&str>, subject: &str, elsewhere: bool) -> Register {
        let house = self.office.house().await.unwrap();
        let label = level.map(|level| {
            let named = label::NamedLabel {
                policy: "NATO".into(),
                level: level.into(),
                categories: Default::default(),
                privacy_mark: None,
            };
            house.policies.resolve(&named).unwrap()
        });
        Register {
            direction: Direction::Incoming,
            kind: "memorandum".into(),
            date: Some(registry::DocumentDate::parse("2026-03-10").unwrap()),
            language: "en".into(),
            originator: Some("Operations Division".into()),
            references: vec![],
            preferred: None,
            relations: Vec::new(),
            number: None,
            subject: subject.into(),
            subject_label: None,
            label,
            action: vec!["Military Committee".into()],
            info: vec![],
            need_to_know: vec![],
            access_list: vec![],
            held_elsewhere: elsewhere.then(|| "on paper, safe 4".into()),
            content: None,
            files: Vec::new(),
            old: None,
            formal: registry::formal::Formal::default(),
        }
    }

    pub async fn browser(&self, login: &str) -> Browser {
        let mut browser =
            Browser { router: self.router.clone(), cookies: Vec::new(), from: None, added: Vec::new() };
        let page =
            browser.form("/sign-in", &[("login", login), ("password", PHRASE), ("back", "/desk")]).await;
        assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/desk"), "{login}: {}", page.text);
        browser
    }

    pub fn stranger(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Vec::new(), from: None, added: Vec::new() }
    }
}

/// A browser of one person.
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    /// From where its requests come, when the server is told.
    pub from: Option<std::net::SocketAddr>,
    /// Headers that stand before it add.
    pub added: Vec<(&'static str, String)>,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Page {
    pub fn to(&self) -> &str {
        self.header("location")
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
    pub fn shows(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "{words:?} is not on the page:\n{}", self.text);
        self
    }
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "{words:?} is on the page:\n{}", self.text);
        self
    }
    pub fn good(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self
    }
    /// The value of the first hidden field of a name.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let at = self.text.find(&mark).unwrap_or_else(|| panic!("no field {name}:\n{}", self.text));
        self.text[at + mark.len()..].split('"').next().unwrap().to_owned()
    }
    /// The banner at the top.
    pub fn banner(&self) -> String {
        let at = self.text.find("class=\"banner top").unwrap();
        let rest = &self.text[at..];
        let from = rest.find("<p").unwrap();
        let inner = &rest[from..];
        inner[inner.find('>').unwrap() + 1..].split('<').next().unwrap().to_owned()
    }
}

impl Browser {
    pub async fn send(&mut self, method: &str, path: &str, kind: Option<&str>, body: Vec<u8>) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut request = Request::builder().method(method).uri(path).header("accept-language", "en");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        for (name, value) in &self.added {
            request = request.header(*name, value);
        }
        if let Some(from) = self.from {
            request = request.extension(axum::extract::ConnectInfo(from));
        }
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        for set in headers.get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Page { status, headers, bytes, text }
    }

    /// What it keeps under a name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
    }

    /// Keeps something under a name, as whoever has taken it from another browser.
    pub fn keeps(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(n, _)| n != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, None, Vec::new()).await
    }

    /// Sends a form as it is given, without anything that a page would have added.
    pub async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{}={}", web::frame::escaped(n), web::frame::escaped(v)))
            .collect();
        let kind = Some("application/x-www-form-urlencoded");
        self.send("POST", path, kind, pairs.join("&").into_bytes()).await
    }

    /// Sends a form from a page: with its token.
    pub async fn answer(&mut self, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = page.hidden("token");
        let mut all = vec![("token", token.as_str())];
        all.extend_from_slice(fields);
        self.form(path, &all).await
    }

    /// Sends a form with a file, in the order in which the fields are given.
    pub async fn multipart(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Page {
        let mut body = Vec::new();
        let mut part = |name: &str, file: Option<&str>, bytes: &[u8]| {
            let file = file.map(|f| format!("; filename=\"{f}\"")).unwrap_or_default();
            body.extend_from_slice(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in fields {
            part(name, None, value.as_bytes());
        }
        match file {
            Some((name, bytes)) => part("content", Some(name), bytes),
            // As a browser does where no file was chosen.
            None => part("content", Some(""), b""),
        }
        body.extend_from_slice(b"--edge--\r\n");
        self.send("POST", path, Some("multipart/form-data; boundary=edge"), body).await
    }

    pub async fn speaks(&mut self, language: &str) {
        self.form("/language", &[("language", language), ("back", "/desk")]).await;
    }
}
