//! Installations that differ in nothing but what a caller may not see: founded, peopled and filled alike, with the same
//! moments, the same command ids and the same random bytes at each step.

mod booked;
mod cased;
mod custody;
mod mustered;
mod numbered;
mod organised;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::Router;
use label::NamedClearance;
use office::{
    Office, Opening, Sender,
    clock::SetClock,
    folder::{Folder, Founding, found},
    texts::Texts,
};
use registry::{
    Answer, AuthorisationId, CaseId, Command, CommandId, DocumentDate, DocumentId, FileId, GroupId, PersonId,
    RegistryId, Timestamp,
    authorisation::{Grant, Role},
    correction::Correction,
    document::{Direction, Register},
    filing::{NewFile, Turn},
    house::{Names, Terms},
    id::{ContactId, Digest},
    numbering::Numbered,
    person::NewPerson,
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
};

pub use custody::{Books, COUNTS};
pub use numbered::Copies;

use crate::{
    engines::{Engine, Kind},
    papers::{self, CROWD, From, Paper, VISIBLE},
};

/// 12 March 2026, 09:00 UTC.
/// What a browser takes for a picture.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
const MORNING: Timestamp = Timestamp::from_micros(1_773_306_000_000_000);
/// The evening on which everyone asks.
const EVENING: Timestamp = Timestamp::from_micros(1_773_306_000_000_000 + 11 * 3_600_000_000);

/// Those who ask.
pub const CALLERS: [&str; 8] =
    ["controller", "clerk", "assistant", "french", "partner", "nocert", "admin", "officer"];

/// What stands in a world beside what both have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// Nothing.
    Plain,
    /// Papers that are hidden.
    Hidden(From),
    /// Other insides in what some only handle.
    OtherInsides,
    /// Many papers that some only handle, each bearing the own references of others or none of them.
    Sharing(bool),
}

/// Random bytes that depend on the step that is named, and not on how many were drawn before it.
#[derive(Default)]
pub struct Steps {
    step: Mutex<String>,
    drawn: AtomicU64,
}

impl Steps {
    pub fn at(&self, step: &str) {
        *self.step.lock().unwrap() = step.to_owned();
        self.drawn.store(0, Ordering::SeqCst);
    }
    fn fill(&self, bytes: &mut [u8]) {
        let step = self.step.lock().unwrap().clone();
        for chunk in bytes.chunks_mut(32) {
            let n = self.drawn.fetch_add(1, Ordering::SeqCst);
            let drawn = Digest::of(format!("{step}\n{n}").as_bytes()).0;
            chunk.iter_mut().zip(drawn).for_each(|(to, from)| *to = from);
        }
    }
}

/// One installation.
pub struct World {
    pub office: Office,
    pub router: Router,
    pub steps: Arc<Steps>,
    pub clock: Arc<SetClock>,
    pub people: BTreeMap<String, PersonId>,
    pub registries: BTreeMap<String, RegistryId>,
    pub groups: BTreeMap<String, GroupId>,
    pub officers: [PersonId; 2],
    /// Secrets of sessions by person.
    pub sessions: BTreeMap<String, String>,
    /// What both have, with the registry's reference.
    pub visible: Vec<(DocumentId, String)>,
    /// Files that all worlds have, by registry: two that are open to all, one of the group `air`, one below the first.
    pub files: BTreeMap<String, Vec<FileId>>,
    /// Files that only this one has.
    pub hidden_files: Vec<FileId>,
    /// What only this one has.
    pub hidden: Vec<(DocumentId, String)>,
    /// Numbered copies that all worlds have, of the headquarters, the archive and the COSMIC registry; and those of hidden
    /// papers of the same registries.
    pub books: Vec<Books>,
    pub hidden_books: Vec<Books>,
    /// The last number of each count of custody, by its letters, before anybody asks.
    pub given: Vec<(&'static str, u64)>,
    /// An authorisation that waits, with the digest of its proposal, and one that holds.
    pub waiting: (AuthorisationId, Digest),
    pub held: AuthorisationId,
    /// The specimen signature of the one without a certificate.
    pub specimen: AuthorisationId,
    /// The workbook of a register of old that the controller looks at, and one of which no row becomes a document.
    pub workbooks: (String, String),
    /// A case that all worlds have, and those that only this one has.
    pub case: CaseId,
    pub hidden_cases: Vec<CaseId>,
    /// A contact of the organisation.
    pub contact: ContactId,
    /// Numbered copies, and what was done with them.
    pub copies: Copies,
    tick: Mutex<i64>,
    engine: Engine,
    _folder: tempfile::TempDir,
}

/// A register of old.
pub const OLD_REGISTER: &str = "Number,Subject,Classification,Copy no,Holder\nMCM-0012-2026,Averlund: an old paper,NATO CONFIDENTIAL,1 of 2,Plans\nMCM-0012-2026,Averlund: an old paper,NATO CONFIDENTIAL,2 of 2,Operations\n7,Averlund: a second one,,,\n";

pub fn command_id(what: &str) -> CommandId {
    let mut id = [0; 16];
    id.iter_mut().zip(Digest::of(what.as_bytes()).0).for_each(|(to, from)| *to = from);
    CommandId::new(id)
}

impl World {
    /// Founds and fills one. What is uploaded there is read by the limited child.
    pub async fn with(filling: Filling, kind: &Kind) -> World {
        let engine = kind.fresh().await;
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("data"));
        let steps = Arc::new(Steps::default());
        steps.at("founding");
        let drawn = steps.clone();
        let entropy: store::vault::Entropy = Arc::new(move |bytes: &mut [u8]| drawn.fill(bytes));
        let founding = Founding { registry: None, ..Founding::shipped("two-worlds") };
        let founded =
            found(&folder, &founding, engine.database.clone(), None, MORNING, &entropy).await.unwrap();
        let clock = Arc::new(SetClock::at(MORNING));
        let opening = Opening {
            database: engine.database.clone(),
            clock: clock.clone(),
            entropy,
            reader: Some(env!("CARGO_BIN_EXE_chancery").into()),
            ..Opening::of(folder)
        };
        let office = Office::open(opening).await.unwrap();
        let texts = Arc::new(Texts::new().unwrap());
        let router = web::app::router(web::App { office: office.clone(), texts, greeting: None });
        let officers = [founded.officers[0].0.id, founded.officers[1].0.id];
        let mut world = World {
            office,
            router,
            steps,
            clock,
            people: BTreeMap::new(),
            registries: BTreeMap::new(),
            groups: BTreeMap::new(),
            officers,
            sessions: BTreeMap::new(),
            visible: Vec::new(),
            files: BTreeMap::new(),
            hidden_files: Vec::new(),
            hidden: Vec::new(),
            books: Vec::new(),
            hidden_books: Vec::new(),
            given: Vec::new(),
            waiting: (AuthorisationId::new([0; 16]), Digest([0; 32])),
            held: AuthorisationId::new([0; 16]),
            specimen: AuthorisationId::new([0; 16]),
            workbooks: (String::new(), String::new()),
            case: CaseId::new([0; 16]),
            hidden_cases: Vec::new(),
            contact: ContactId::new([0; 16]),
            copies: Copies::default(),
            tick: Mutex::new(0),
            engine,
            _folder: dir,
        };
        world.furnish().await;
        world.people().await;
        world.contact = world.organised().await;
        world.case = world.cased(filling).await;
        world.plans(filling).await;
        world.fill(filling).await;
        world.files_more(filling).await;
        world.custody(filling).await;
        world.clock.set(EVENING.plus_seconds(-60));
        world.workbooks = world.brings("controller", "COS").await;
        world.office.catch_up().await.unwrap();
        world.clock.set(EVENING);
        world
    }

    /// Closes it and removes what it kept.
    pub async fn give_back(self) {
        self.office.close().await;
        self.engine.give_back().await;
    }

    /// Somebody brings the workbooks of two registers of old, the second of headings alone.
    pub async fn brings(&self, login: &str, code: &str) -> (String, String) {
        (self.bring(login, code, OLD_REGISTER).await, self.bring(login, code, "Number,Subject\n").await)
    }

    async fn bring(&self, login: &str, code: &str, text: &str) -> String {
        let (person, registry) = (self.people[login], self.registries[code]);
        let step = format!("{login} brings {text}");
        self.steps.at(&step);
        let mut upload = self.office.upload(registry, "old.csv").unwrap();
        upload.write(text.as_bytes()).unwrap();
        let asked = office::takeover::Asked { held_elsewhere: "safe 4".into(), ..Default::default() };
        let id = command_id(&step);
        self.office.open_takeover(person, id, registry, upload, asked).await.unwrap().to_string()
    }

    /// From here on commands come at this hour after the first morning, a second apart.
    pub fn set_hour(&self, hour: i64) {
        *self.tick.lock().unwrap() = hour * 3_600;
        self.clock.set(MORNING.plus_seconds(hour * 3_600));
    }

    /// The moment that the clock shows; commands follow it within a second.
    fn now(&self) -> Timestamp {
        self.office.now()
    }

    /// A command under its own name: the same in every world.
    pub async fn does(&self, step: &str, sender: Sender, command: Command) -> Answer {
        self.at(step, self.next_moment(), sender, command).await
    }

    /// A second after the last.
    fn next_moment(&self) -> Timestamp {
        let mut tick = self.tick.lock().unwrap();
        *tick += 1;
        MORNING.plus_seconds(*tick)
    }

    async fn at(&self, step: &str, moment: Timestamp, sender: Sender, command: Command) -> Answer {
        self.clock.set(moment);
        self.steps.at(step);
        self.office.command(sender, command_id(step), command).await.unwrap_or_else(|e| panic!("{step}: {e}"))
    }

    async fn furnish(&mut self) {
        let operator = Sender::operator_as(registry::command::OPERATOR);
        for code in ["HQR", "ARC", "COS", "SCR"] {
            let names = Names { en: format!("Registry {code}"), fr: format!("Bureau {code}") };
            let command = Command::OpenRegistry { code: code.into(), terms: Terms::of(names) };
            let Answer::Opened { registry } = self.does(&format!("open {code}"), operator, command).await
            else {
                panic!()
            };
            self.registries.insert(code.into(), registry);
        }
        for code in ["air", "inner"] {
            let names = Names { en: format!("Group {code}"), fr: format!("Groupe {code}") };
            let command = Command::FormGroup { code: code.into(), names };
            let Answer::Formed { group } = self.does(&format!("form {code}"), operator, command).await else {
                panic!()
            };
            self.groups.insert(code.into(), group);
        }
    }

    /// Adds a person with a login.
    pub async fn adds(&mut self, login: &str, nationality: &str, language: &str) -> PersonId {
        let person = NewPerson {
            login: login.into(),
            name: format!("{login} of the staff"),
            nationality: nationality.into(),
            language: language.into(),
            title: format!("Post of {login}"),
            body: None,
        };
        let by = Sender::person(self.officers[0]);
        let Answer::Added { person } =
            self.does(&format!("add {login}"), by, Command::AddPerson { person }).await
        else {
            panic!()
        };
        self.people.insert(login.into(), person);
        person
    }

    /// One officer proposes, the other confirms.
    pub async fn gives(&self, step: &str, person: PersonId, grant: Grant) -> AuthorisationId {
        let [first, second] = self.officers;
        let propose = Command::Propose { person, grant };
        let proposed = self.does(&format!("propose {step}"), Sender::person(first), propose).await;
        let Answer::Proposed { authorisation, proposal } = proposed else { panic!("{proposed:?}") };
        let confirm = Command::Confirm { authorisation, proposal };
        self.does(&format!("confirm {step}"), Sender::proven(second, self.now()), confirm).await;
        authorisation
    }

    /// A role, of a registry or of the house.
    pub async fn makes(&self, login: &str, role: Role, code: Option<&str>) {
        let person = self.people[login];
        let registry = code.map(|code| self.registries[code]);
        let step = format!("{login} {} {code:?}", role.as_str());
        match registry {
            Some(registry) if role.is_given_by_one() => {
                let by = Sender::person(self.officers[0]);
                self.does(&step, by, Command::AssignRole { person, role, registry }).await;
            }
            _ => {
                self.gives(&step, person, Grant::Role { role, registry }).await;
            }
        }
    }

    /// A certificate with the briefings that belong to it.
    pub async fn clears(&self, login: &str, level: &str, atomal: bool) -> AuthorisationId {
        self.clears_for(login, "NATO", level, atomal).await
    }

    /// The same for the papers of a policy.
    async fn clears_for(&self, login: &str, policy: &str, level: &str, atomal: bool) -> AuthorisationId {
        let person = self.people[login];
        let levels = ["RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"];
        let upto = levels.iter().position(|l| *l == level).unwrap();
        let special = if atomal { vec!["ATOMAL"] } else { vec![] };
        for subject in levels[..=upto].iter().chain(&special) {
            let briefing = Grant::Briefing {
                policy: policy.into(),
                subject: (*subject).into(),
                on: "2026-01-15".parse().unwrap(),
                refresh: None,
            };
            self.gives(&format!("{login} briefing {subject}"), person, briefing).await;
        }
        let categories = match atomal {
            true => {
                BTreeMap::from([("Additional Sensitivity".to_owned(), BTreeSet::from(["ATOMAL".to_owned()]))])
            }
            false => BTreeMap::new(),
        };
        let named = NamedClearance { policy: policy.into(), level: level.into(), categories };
        let clearance = self.office.house().await.unwrap().policies.resolve_clearance(&named).unwrap();
        let grant = Grant::Clearance {
            clearance,
            authority: "National authority".into(),
            number: None,
            from: "2025-01-01".parse().unwrap(),
            until: "2026-08-31".parse().unwrap(),
        };
        self.gives(&format!("{login} cleared"), person, grant).await
    }

    async fn people(&mut self) {
        // Nobody of a registry's staff among the callers is of the Union: its papers are the marked ones that are not theirs.
        for (login, nationality, language) in [
            ("controller", "NOR", "en"),
            ("clerk", "CAN", "en"),
            ("assistant", "TUR", "en"),
            ("french", "FRA", "fr"),
            ("partner", "CHE", "fr"),
            ("nocert", "BEL", "en"),
            ("admin", "LVA", "en"),
            ("officer", "POL", "en"),
            ("registrar", "NLD", "en"),
        ] {
            self.adds(login, nationality, language).await;
        }
        self.makes("controller", Role::Controller, Some("COS")).await;
        self.makes("clerk", Role::Clerk, Some("HQR")).await;
        self.makes("assistant", Role::Assistant, Some("COS")).await;
        self.makes("admin", Role::Administrator, None).await;
        self.makes("officer", Role::SecurityOfficer, None).await;
        for code in ["HQR", "ARC", "COS", "SCR"] {
            self.makes("registrar", Role::Clerk, Some(code)).await;
        }
        self.entrusts().await;
        self.clears("controller", "TOP SECRET", true).await;
        self.held = self.clears("clerk", "SECRET", false).await;
        self.clears("assistant", "SECRET", false).await;
        self.clears("french", "CONFIDENTIAL", false).await;
        self.clears("partner", "CONFIDENTIAL", false).await;
        self.clears("officer", "SECRET", false).await;
        self.clears_for("registrar", "EU", "CONFIDENTIAL", false).await;
        let briefing = Grant::Briefing {
            policy: "NATO".into(),
            subject: "RESTRICTED".into(),
            on: "2026-01-15".parse().unwrap(),
            refresh: None,
        };
        self.gives("nocert briefing", self.people["nocert"], briefing).await;
        for login in ["controller", "clerk", "french"] {
            let group = self.groups["air"];
            self.gives(&format!("{login} air"), self.people[login], Grant::Membership { group }).await;
        }
        self.gives(
            "registrar inner",
            self.people["registrar"],
            Grant::Membership { group: self.groups["inner"] },
        )
        .await;
        let propose = Command::Propose {
            person: self.people["nocert"],
            grant: Grant::Membership { group: self.groups["air"] },
        };
        let Answer::Proposed { authorisation, proposal } =
            self.does("waiting", Sender::person(self.officers[0]), propose).await
        else {
            panic!()
        };
        self.waiting = (authorisation, proposal);
        let picture = self.office.keep_specimen(SIGNATURE).await.unwrap();
        self.specimen = self.gives("specimen", self.people["nocert"], picture).await;
        for login in CALLERS {
            self.opens(login, "standing").await;
        }
    }

    /// A series with a number that is kept, and one that was struck out.
    async fn entrusts(&self) {
        let registry = self.registries["HQR"];
        let by = Sender::operator_as(registry::command::OPERATOR);
        self.does("entrusted", by, Command::EntrustSeries { series: "MCM".into(), registry }).await;
        let by = Sender::person(self.people["registrar"]);
        for n in 0..2 {
            let asked = Numbered { series: "MCM".into(), ..Numbered::default() };
            let purpose = format!("Averlund: note {n}");
            let kept = self
                .does(&format!("kept {n}"), by, Command::ReserveNumber { registry, asked, purpose })
                .await;
            if let (Answer::Reserved { reference, .. }, 1) = (kept, n) {
                let reason = "Averlund: withdrawn".into();
                self.does("struck out", by, Command::VoidNumber { registry, reference, reason }).await;
            }
        }
    }

    /// The file plans: what all worlds have, and files that are hidden from every caller, among them one with the code
    /// that comes next and one below a file that is seen.
    async fn plans(&mut self, filling: Filling) {
        let policies = self.office.house().await.unwrap();
        let label = |level: &str| Some(policies.policies.resolve(&papers::nato(level)).unwrap());
        for code in ["HQR", "ARC", "COS"] {
            let registry = self.registries[code];
            let first = NewFile {
                name_en: format!("Averlund harbour of {code}"),
                words: vec!["harbour".into(), "winter".into()],
                originators: vec!["Harbour Master".into()],
                place: "Room 4, shelf B".into(),
                ..NewFile::default()
            };
            let first = self.opens_file(&format!("file {code} 1"), "registrar", registry, first).await;
            let second = NewFile {
                name_en: format!("Averlund bridges of {code}"),
                parent: Some(first),
                words: vec!["bridge".into()],
                ..NewFile::default()
            };
            let second = self.opens_file(&format!("file {code} 2"), "registrar", registry, second).await;
            self.files.insert(code.into(), vec![first, second]);
            if let Filling::Hidden(_) = filling {
                for (n, parent) in [(1, None), (2, Some(first))] {
                    let hidden = NewFile {
                        name_en: format!("Hidden harbour {n}"),
                        parent,
                        words: vec!["harbour".into(), "convoy".into(), "averlund".into()],
                        label: label("UNCLASSIFIED"),
                        need_to_know: vec![vec![self.groups["inner"]]],
                        ..NewFile::default()
                    };
                    let by = Sender::person(self.people["registrar"]);
                    let command = Command::OpenFile { registry, file: Box::new(hidden) };
                    let moment = MORNING.plus_seconds(*self.tick.lock().unwrap());
                    let step = format!("hidden file {code} {n}");
                    let Answer::FileOpened { file } = self.at(&step, moment, by, command).await else {
                        panic!()
                    };
                    self.hidden_files.push(file);
                }
            }
        }
        let air = NewFile {
            name_en: "Averlund, for the air staff".into(),
            label: label("CONFIDENTIAL"),
            need_to_know: vec![vec![self.groups["air"]]],
            ..NewFile::default()
        };
        let air = self.opens_file("file HQR air", "clerk", self.registries["HQR"], air).await;
        if let Some(files) = self.files.get_mut("HQR") {
            files.push(air);
        }
    }

    async fn opens_file(&self, step: &str, login: &str, registry: RegistryId, file: NewFile) -> FileId {
        let by = Sender::person(self.people[login]);
        match self.does(step, by, Command::OpenFile { registry, file: Box::new(file) }).await {
            Answer::FileOpened { file } => file,
            other => panic!("{other:?}"),
        }
    }

    /// What happens to files once the papers are there: alike everywhere a paper is taken out and a volume ended; where
    /// something is hidden, papers that are seen lie in files that are not.
    async fn files_more(&mut self, filling: Filling) {
        let by = Sender::person(self.people["registrar"]);
        let registry = self.registries["HQR"];
        let moment = EVENING.plus_seconds(-600);
        let first = self.files["HQR"][0];
        let seen = self.visible[0].0;
        let out =
            Command::TakeOut { registry, file: first, document: seen, reason: "Averlund: a slip".into() };
        self.at("taken out", moment, by, out).await;
        let put = Command::FileDocuments { registry, files: vec![first], documents: vec![seen] };
        self.at("put back", moment.plus_seconds(1), by, put).await;
        let turn = Turn::CloseVolume { on: None, next: true, place: "Box 2".into() };
        let turn = Command::TurnFile { registry, file: first, turn };
        self.at("next volume", moment.plus_seconds(2), by, turn).await;
        if let Filling::Hidden(_) = filling {
            for (n, (document, _)) in self.visible.iter().enumerate().filter(|(n, _)| n % 5 < 2) {
                let code = papers::visible(n).registry;
                let place = ["HQR", "ARC", "COS"].iter().position(|c| *c == code).unwrap();
                let command = Command::FileDocuments {
                    registry: self.registries[code],
                    files: vec![self.hidden_files[2 * place + n % 2]],
                    documents: vec![*document],
                };
                let step = format!("hidden filing {n}");
                self.clock.set(moment.plus_seconds(3));
                self.steps.at(&step);
                // A paper without a marking is not the registrar's to file.
                if let Err(failure) = self.office.command(by, command_id(&step), command).await {
                    assert!(failure.refusal().is_some(), "{failure}");
                }
            }
        }
    }

    /// A session of a person, its secret the same in every world; `name` tells one from another.
    pub async fn opens(&mut self, login: &str, name: &str) -> String {
        self.steps.at(&format!("session {login} {name}"));
        // As after a sign-in at this moment.
        let session = office::Session::assumed(self.people[login], self.office.now());
        let secret = self.office.new_token(&session, name, None).await.unwrap();
        self.sessions.insert(login.into(), secret.clone());
        secret
    }

    async fn fill(&mut self, filling: Filling) {
        let begun = *self.tick.lock().unwrap();
        let mut next = 0;
        for n in 0..=VISIBLE {
            // What is visible is registered at its own moment in every world; what is hidden, between.
            let slot = begun + 100 + i64::try_from(n).unwrap() * 100;
            if let Filling::Hidden(from) = filling {
                let here = if n == 0 || n == VISIBLE { 45 } else { 2 };
                for k in 0..here {
                    let moment = MORNING.plus_seconds(slot - 50 + k);
                    let paper = papers::hidden(next, from);
                    let registered = self.registers(&format!("hidden {next}"), moment, paper).await;
                    self.hidden.push(registered);
                    next += 1;
                }
                if n == VISIBLE / 4 && from == From::All {
                    let papers = (0..CROWD).map(papers::crowd).collect();
                    let registered = self.crowd(MORNING.plus_seconds(slot - 1), papers).await;
                    self.hidden.extend(registered);
                }
            }
            if n == VISIBLE {
                if let Filling::Sharing(with_others) = filling {
                    let papers = (0..CROWD).map(|m| papers::sharing(m, with_others)).collect();
                    self.crowd(MORNING.plus_seconds(slot), papers).await;
                }
                break;
            }
            let paper = match filling {
                Filling::OtherInsides => papers::another_inside(n),
                _ => papers::visible(n),
            };
            let registered = self.registers(&format!("visible {n}"), MORNING.plus_seconds(slot), paper).await;
            self.corrects(n, registered.0).await;
            self.visible.push(registered);
            if n % 40 == 20 {
                // The index gets several parts, cut otherwise in each world.
                self.office.catch_up().await.unwrap();
            }
        }
    }

    /// Corrects a paper, where the registrar may: so that there is a history to be told.
    async fn corrects(&self, n: usize, document: DocumentId) {
        let registry = self.registries[papers::visible(n).registry];
        let originator = Some("Averlund, corrected".to_owned());
        let correction =
            Box::new(Correction { reason: "Averlund: a slip".into(), originator, ..Correction::default() });
        self.steps.at(&format!("correct {n}"));
        let by = Sender::person(self.people["registrar"]);
        let command = Command::Correct { registry, document, correction };
        if let Err(failure) = self.office.command(by, command_id(&format!("correct {n}")), command).await {
            assert!(failure.refusal().is_some(), "{failure}");
        }
    }

    /// Many at once, all of one registry.
    async fn crowd(&mut self, moment: Timestamp, papers: Vec<Paper>) -> Vec<(DocumentId, String)> {
        self.clock.set(moment);
        self.steps.at("crowd");
        let mut commands = Vec::new();
        for (m, paper) in papers.iter().enumerate() {
            let document = Box::new(self.form(paper).await);
            let registry = self.registries[paper.registry];
            commands.push((command_id(&format!("crowd {m}")), Command::Register { registry, document }));
        }
        let by = Sender::person(self.people["registrar"]);
        let office = &self.office;
        let all = commands.into_iter().map(|(id, command)| async move {
            match office.command(by, id, command).await.unwrap() {
                Answer::Registered { document, reference, .. } => (document, reference),
                other => panic!("{other:?}"),
            }
        });
        futures::future::join_all(all).await
    }

    async fn form(&self, paper: &Paper) -> Register {
        let house = self.office.house().await.unwrap();
        let resolve = |named: &label::NamedLabel| house.policies.resolve(named).unwrap();
        let reference = |(n, text): (usize, &String)| {
            let kind = if n == 0 { ReferenceKind::Originator } else { ReferenceKind::Other };
            Reference::new(kind, text.clone())
        };
        Register {
            direction: Direction::Incoming,
            kind: paper.kind.into(),
            date: paper.date.as_deref().map(|d| DocumentDate::parse(d).unwrap()),
            language: paper.language.into(),
            originator: Some(paper.originator.into()),
            references: paper.references.iter().enumerate().map(reference).collect(),
            preferred: None,
            relations: paper
                .supersedes
                .iter()
                .map(|r| Stated::new(RelationKind::Supersedes, r.as_str()))
                .collect(),
            number: None,
            subject: paper.subject.clone(),
            subject_label: paper.subject_label.as_ref().map(resolve),
            label: paper.label.as_ref().map(resolve),
            action: paper.action.iter().map(|s| (*s).to_owned()).collect(),
            info: paper.info.iter().map(|s| (*s).to_owned()).collect(),
            need_to_know: match paper.need_to_know.is_empty() {
                true => vec![],
                false => vec![paper.need_to_know.iter().map(|code| self.groups[*code]).collect()],
            },
            access_list: if paper.access_list { vec![self.people["registrar"]] } else { vec![] },
            held_elsewhere: paper.content.is_none().then(|| "on paper, safe 4".into()),
            content: None,
            old: None,
            formal: registry::formal::Formal::default(),
            files: self
                .files
                .get(paper.registry)
                .and_then(|f| f.get(paper.file))
                .copied()
                .into_iter()
                .collect(),
        }
    }

    /// Registers a paper under a name, at a moment.
    pub async fn registers(&self, step: &str, moment: Timestamp, paper: Paper) -> (DocumentId, String) {
        let registry = self.registries[paper.registry];
        let mut document = self.form(&paper).await;
        self.steps.at(&format!("seal {step}"));
        if let Some(text) = &paper.content {
            let mut upload = self.office.upload(registry, papers::file_name(text)).unwrap();
            upload.write(text.as_bytes()).unwrap();
            if papers::file_name(text).ends_with(".eml") {
                upload.enclose("attached.txt", format!("Averlund, attached: {text}").as_bytes());
            }
            let staged = tokio::task::spawn_blocking(move || upload.finish(None)).await.unwrap().unwrap();
            self.office.keep(staged.sealed).await.unwrap();
            document.content = Some(staged.content);
        }
        let by = Sender::person(self.people["registrar"]);
        let command = Command::Register { registry, document: Box::new(document) };
        match self.at(step, moment, by, command).await {
            Answer::Registered { document, reference, .. } => (document, reference),
            other => panic!("{other:?}"),
        }
    }
}
