//! A week of a registry over HTTP, on every engine there is: two hundred papers by five ways of intake, references kept
//! and struck out, filing, corrections one by one and many at once, what each person sees of it, and at its end a
//! register that is whole: closed and opened again, verified, and equal to one rebuilt.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

#[path = "../../../web/tests/pages/browser.rs"]
mod browser;
#[path = "../../../mailbox/tests/server/dovecot.rs"]
mod dovecot;
#[path = "../prove/engines.rs"]
mod engines;
mod program;

use std::{fmt::Write as _, os::unix::fs::PermissionsExt as _, path::PathBuf, time::Duration};

use axum::http::StatusCode;
use browser::{Browser, Page, World};
use dovecot::{Dovecot, Setup};
use mailbox::{Account, Afterwards, Direction, Folder, Limits, Security};
use office::{Sender, import::Source, mail::Followed};
use program::Program;
use registry::{
    Command,
    authorisation::{Grant, Role},
    command::OPERATOR,
};
use serde_json::{Value, json};

/// Papers of the register of old, letters sent by a program, messages, files read off by the form, files of a folder.
const OLD: usize = 60;
const LETTERS: usize = 60;
const MESSAGES: usize = 40;
const FORMS: usize = 20;
const FILES: usize = 20;
const ALL: usize = OLD + LETTERS + MESSAGES + FORMS + FILES;

#[tokio::test]
async fn two_hundred_papers_come_in_five_ways_and_the_register_is_whole_at_the_end_of_the_week() {
    assert_eq!(ALL, 200);
    for engine in engines::engines().await {
        println!("{}", engine.name);
        let reader = Some(PathBuf::from(env!("CARGO_BIN_EXE_chancery")));
        let world = World::founded_with(reader, engine.database.clone()).await;
        let mut week = Week::begun(world).await;
        week.monday_the_old_register().await;
        let files = week.tuesday_the_plan_and_the_letters().await;
        week.wednesday_the_mailbox().await;
        week.thursday_the_form_and_the_folder().await;
        week.friday_what_was_wrong(&files).await;
        week.whole_at_its_end().await;
        engine.give_back().await;
    }
}

struct Week {
    world: World,
    head: Browser,
    clerk: Browser,
    program: Program,
}

/// What the register of old held: sixty papers of MCM, of which two numbers were never given, and one row that is wrong.
fn old_register() -> String {
    let mut text = String::from("Serial No;Date;From;Subject;Classification;Copy No;Issued to;Shelf\n");
    for n in (1..=62).filter(|n| ![17, 40].contains(n)) {
        let level = if n % 5 == 0 { "NATO SECRET" } else { "NATO CONFIDENTIAL" };
        let (month, day) = (1 + n / 32, 1 + n % 28);
        let _ = writeln!(
            text,
            "MCM-{n:04}-2026;{day:02}/{month:02}/2026;Delegation of Norway;Convoy {n};{level};1 of 1;Plans;B {n}"
        );
    }
    text.push_str("MCM-0005-2026;05/01/2026;Cell;Another fifth;NATO SECRET;1 of 1;Plans;B 5\n");
    text
}

fn note(kind: &str, n: usize) -> String {
    format!(
        "NATO CONFIDENTIAL\n\nDelegation of Spain\n\nMEMORANDUM\n\nReference: DEL/ESP/2026/{kind}-{n}\nDate: 6 March 2026\n\
         To: Registry\n\nSUBJECT: Alert rotation {kind} {n}\n\n1. The rotation {kind} {n} begins a day later.\n"
    )
}

fn message(n: usize) -> Vec<u8> {
    format!(
        "From: Ada Marin <ada@delegation.example>\r\nTo: registry@hq.example\r\nSubject: Winter stocks {n}\r\n\
         Message-ID: <stocks{n}@delegation.example>\r\nDate: Thu, 5 Mar 2026 10:00:{:02} +0100\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nThe stocks of depot {n} are low.\r\n",
        n % 60
    )
    .into_bytes()
}

fn followed(world: &World, server: &Dovecot) -> Followed {
    let password = world.office.folder().root().join("mailbox.password");
    std::fs::write(&password, dovecot::PASSWORD).unwrap();
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o600)).unwrap();
    let inbox =
        Folder { name: "INBOX".into(), direction: Direction::Incoming, afterwards: Afterwards::MarkSeen };
    let account = Account {
        host: "localhost".into(),
        port: server.tls_port,
        security: Security::tls(&server.authority),
        user: dovecot::USER.into(),
        folders: vec![inbox],
    };
    Followed { name: "central".into(), registry: world.registry, password, account }
}

/// The page of a workbook once nothing runs any more.
async fn ends(browser: &mut Browser, path: &str) -> Page {
    for _ in 0..400 {
        let page = browser.get(path).await.good();
        if !page.text.contains("data-live") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it does not end");
}

/// The fields that a clerk fills in where nothing was read.
fn looked_at<'a>(subject: &'a str, kind: &'a str) -> [(&'a str, &'a str); 8] {
    [
        ("registry", "REG"),
        ("direction", "incoming"),
        ("kind", kind),
        ("language", "en"),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "CONFIDENTIAL"),
        ("subject", subject),
    ]
}

impl Week {
    async fn begun(world: World) -> Self {
        let head = world.adds("head").await;
        world.clears(head, "SECRET").await;
        world.gives(head, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
        let entrusted = Command::EntrustSeries { series: "MCM".into(), registry: world.registry };
        let id = world.office.new_command();
        world.office.command(Sender::operator_as(OPERATOR), id, entrusted).await.unwrap();
        let (head, clerk) = (world.browser("head").await, world.browser("clerk").await);
        let program = Program::of(&world, "clerk").await;
        Week { world, head, clerk, program }
    }

    /// The register of old is brought: the row that is wrong is told before anything is written, the count goes on
    /// behind it, and one number is kept and struck out.
    async fn monday_the_old_register(&mut self) {
        let head = &mut self.head;
        let form = head.get("/register/old").await.good();
        let token = form.hidden("token");
        let fields = [("token", token.as_str()), ("registry", "REG")];
        let text = old_register();
        let brought = head.multipart("/register/old", &fields, Some(("cell.csv", text.as_bytes()))).await;
        assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.text);
        let own = brought.to().to_owned();
        let page = head.get(&own).await.good();
        page.shows("Take over 60 documents");
        let problems = head.get(&format!("{own}?show=problems")).await.good();
        problems.shows("The number stands on an earlier row").shows("Numbers are missing before this one");
        assert_eq!(self.program.total().await, 0, "nothing is written before");
        head.answer(&page, &own, &[("act", "take-over")]).await;
        ends(head, &own).await.shows("60 registered, 0 registered before, 0 refused");

        let series = head.get("/series/MCM").await.good();
        let kept = head.answer(&series, "/series/MCM/numbers", &[("purpose", "The letter to Oslo")]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
        head.get("/series/MCM").await.good().shows("MCM-0063-2026");
        let report = self.head.get("/series/MCM/report.csv").await.good();
        report.shows("MCM-0063-2026,2026,63,63,Kept").shows("Numbered before");
    }

    /// Three files are opened and sixty letters come from a program that is sent twice now and then.
    async fn tuesday_the_plan_and_the_letters(&mut self) -> Vec<String> {
        let mut files = Vec::new();
        for (n, name) in ["Convoys", "Alert rotation", "Winter stocks"].into_iter().enumerate() {
            let body = json!({"registry": "REG", "name_en": name, "code": (n + 1).to_string()});
            let opened = self.program.post("/api/v1/files", 10 + n, &body).await;
            files.push(opened["id"].as_str().unwrap().to_owned());
        }
        for n in 1..=LETTERS {
            let entry = json!({
                "registry": "REG", "direction": "incoming", "kind": "letter", "date": "2026-03-10",
                "originator": "Delegation of Norway", "subject": format!("Convoy schedule {n}"),
                "label": {"policy": "NATO", "level": if n % 4 == 0 { "SECRET" } else { "CONFIDENTIAL" }},
                "references": [{"kind": "originator", "text": format!("DEL/NOR/2026/{n}")}],
                "action": ["Military Committee"], "files": [files[0]],
            });
            let text = format!("Schedule {n}. It follows MCM-{n:04}-2026 and the quay of Averlund.");
            let first = self.program.letter(100 + n, &entry, &text).await;
            if n % 10 == 0 {
                // The line broke before the answer came: the same key brings the same paper.
                assert_eq!(self.program.letter(100 + n, &entry, &text).await, first);
            }
        }
        assert_eq!(self.program.total().await, OLD + LETTERS);
        files
    }

    /// Forty messages wait and are registered; one that nobody asked for is dismissed with a reason.
    async fn wednesday_the_mailbox(&mut self) {
        let Some(server) = Dovecot::start(&Setup::default()) else {
            println!("without Dovecot: the messages come as files of a folder");
            self.folder("mail", MESSAGES, "eml", message).await;
            return;
        };
        let mut person = server.person();
        for n in 1..=MESSAGES {
            person.puts("INBOX", &message(n));
        }
        let spam = "From: a@b.example\r\nSubject: Buy now\r\nMessage-ID: <spam@b.example>\r\n\r\nCheap.\r\n";
        person.puts("INBOX", spam.as_bytes());
        let followed = followed(&self.world, &server);
        let office = &self.world.office;
        assert_eq!(office.read_mailbox(&followed, &Limits::default()).await.unwrap(), MESSAGES + 1);
        let waiting = self.program.get("/api/v1/tray?registry=REG&limit=100").await;
        let items: Vec<(String, String)> = waiting["items"]
            .as_array()
            .unwrap_or_else(|| panic!("{waiting}"))
            .iter()
            .map(|item| {
                (item["id"].as_str().unwrap().to_owned(), item["subject"].as_str().unwrap().to_owned())
            })
            .collect();
        assert_eq!(items.len(), MESSAGES + 1);
        for (item, subject) in items {
            let form = self.clerk.get(&format!("/register/new?item={item}")).await.good();
            if subject == "Buy now" {
                let why = [("item", item.as_str()), ("reason", "spam"), ("sure", "yes")];
                let out = self.clerk.answer(&form, "/tray/dismiss", &why).await;
                assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text);
                continue;
            }
            let (token, command) = (form.hidden("token"), form.hidden("command"));
            let mut fields = vec![("token", &*token), ("command", &*command), ("item", &*item)];
            fields.extend(looked_at(&subject, "e-mail"));
            let done = self.clerk.multipart("/register/new", &fields, None).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        }
        assert_eq!(office.read_mailbox(&followed, &Limits::default()).await.unwrap(), 0, "nothing twice");
        self.clerk.get("/tray").await.good().hides("Winter stocks");
        assert_eq!(self.program.total().await, OLD + LETTERS + MESSAGES);
    }

    /// Twenty files are read off into the form; twenty more come as a folder, their marking undetermined.
    async fn thursday_the_form_and_the_folder(&mut self) {
        for n in 1..=FORMS {
            let form = self.clerk.get("/register/new").await.good();
            let text = note("F", n);
            let (token, command) = (form.hidden("token"), form.hidden("command"));
            let fields = [
                ("token", &*token),
                ("command", &*command),
                ("registry", "REG"),
                ("direction", "incoming"),
                ("policy", "NATO"),
                ("levels_of", "NATO"),
                ("act", "read"),
            ];
            let name = format!("note {n}.txt");
            let read = self.clerk.multipart("/register/new", &fields, Some((&name, text.as_bytes()))).await;
            let read = read.good();
            read.shows(&format!("Alert rotation F {n}</textarea>")).shows("value=\"2026-03-06\"");
            let (command, stage) = (read.hidden("command"), read.hidden("stage"));
            let subject = format!("Alert rotation F {n}");
            let mut fields = vec![("token", &*token), ("command", &*command), ("stage", &*stage)];
            fields.extend(looked_at(&subject, "memorandum"));
            let done = self.clerk.multipart("/register/new", &fields, None).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        }
        self.folder("scans", FILES, "txt", |n| note("D", n).into_bytes()).await;
        assert_eq!(self.of_head().await, ALL);
        assert_eq!(
            self.program.total().await,
            ALL - FILES,
            "nobody but a controller sees what has no marking"
        );
    }

    /// A folder of files comes in by the command of the line, twice: nothing comes twice.
    async fn folder(&self, name: &str, count: usize, ending: &str, bytes: impl Fn(usize) -> Vec<u8>) {
        let folder = self.world.office.folder().root().join(name);
        std::fs::create_dir(&folder).unwrap();
        for n in 1..=count {
            std::fs::write(folder.join(format!("{n:02}.{ending}")), bytes(n)).unwrap();
        }
        let source = Source::Folder { path: folder, label: None };
        for expected in [count as u64, 0] {
            let sender = Sender::operator_as(OPERATOR);
            let report = self.world.office.import(sender, self.world.registry, &source, |_, _, _, _| {});
            assert_eq!(report.await.unwrap().registered, expected);
        }
    }

    /// How many papers the controller sees.
    async fn of_head(&self) -> usize {
        Program::of(&self.world, "head").await.total().await
    }

    /// A slip is corrected, markings are decided, two hundred are corrected in one act, and all are filed.
    async fn friday_what_was_wrong(&mut self, files: &[String]) {
        let head = Program::of(&self.world, "head").await;
        let all = head.all().await;
        assert_eq!(all.len(), ALL);
        let chosen = |papers: &[&Value]| -> Vec<Value> {
            papers.iter().map(|paper| json!({"document": paper["id"]})).collect()
        };
        let undetermined: Vec<&Value> = all.iter().filter(|paper| paper["label"].is_null()).collect();
        assert!(undetermined.len() >= FILES, "{}", undetermined.len());
        let label = json!({"policy": "NATO", "level": "CONFIDENTIAL"});
        let decided = json!({
            "documents": chosen(&undetermined),
            "correction": {"reason": "As the scans are marked", "label": label},
        });
        assert_eq!(head.refused(&head.post("/api/v1/corrections", 1, &decided).await), 0);
        assert_eq!(self.program.total().await, ALL);

        // One reason for two hundred; whoever has that originator already is told so.
        let everyone: Vec<&Value> = all.iter().collect();
        let correction =
            json!({"reason": "The delegation has another name", "originator": "Delegation of Norway"});
        let body = json!({"documents": chosen(&everyone), "correction": correction});
        let answer = head.post("/api/v1/corrections", 2, &body).await;
        assert_eq!(
            head.refused(&answer),
            OLD + LETTERS,
            "what is called so already is refused, each by itself"
        );
        assert_eq!(head.post("/api/v1/corrections", 2, &body).await, answer, "the same key has one effect");

        let ids: Vec<&Value> = all.iter().map(|paper| &paper["id"]).collect();
        for (n, (file, some)) in files.iter().zip(ids.chunks(67)).enumerate() {
            let (path, body) = (format!("/api/v1/files/{file}/documents"), json!({"documents": some}));
            let filed = self.program.post(&path, 30 + n, &body).await;
            assert!(
                filed["refused"].as_array().unwrap().iter().all(|r| r["code"] == "already-filed"),
                "{filed}"
            );
        }
        self.office_is_up_to_date().await;
        // A letter follows a paper of the old register: the citation leads to it, however it is typed.
        for typed in ["mcm 5 2026", "MCM-0005-2026", "mcm5/2026"] {
            let found = self.clerk.get(&format!("/search?q={}", web::frame::escaped(typed))).await;
            assert_eq!(found.status, StatusCode::SEE_OTHER, "{typed}: {}", found.text);
            self.clerk.get(found.to()).await.good().shows("Convoy 5").shows("Plans");
        }
        let quays = self.program.get("/api/v1/search?q=averlund&limit=1").await;
        assert_eq!(quays["total"], LETTERS);
        // The reader is cleared to CONFIDENTIAL, nobody to nothing.
        let secret = (1..=62).filter(|n| n % 5 == 0 && *n != 40).count() + LETTERS / 4;
        assert_eq!(Program::of(&self.world, "reader").await.total().await, ALL - secret);
        let csv = self.head.get("/register.csv?registry=REG").await.good();
        assert_eq!(csv.text.lines().count(), ALL + 1);
    }

    async fn office_is_up_to_date(&self) {
        self.world.office.catch_up().await.unwrap();
    }

    /// Nothing is lost by closing the house, the ledger is good, and the register is what its ledger says.
    async fn whole_at_its_end(self) {
        let Week { world, head, clerk, program } = self;
        drop((head, clerk, program));
        let world = world.restarted().await;
        assert_eq!(Program::of(&world, "clerk").await.total().await, ALL);
        let verified = world.office.verify().await.unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
        let (entries, differences) = world.office.compare_rebuilt().await.unwrap();
        assert!(entries as usize > 2 * ALL, "{entries}");
        assert_eq!(differences, Vec::<String>::new());
        let mut head = world.browser("head").await;
        let report = head.get("/series/MCM/report.csv").await.good();
        assert_eq!(report.text.matches("MCM-0063-2026").count(), 1, "kept and not used: {}", report.text);
    }
}

/// A scan of the real data, with words that stand on it.
fn scan() -> Option<(Vec<u8>, &'static str)> {
    let recognises = reader::Recogniser::installed();
    if recognises.languages.len() < 2 {
        println!("skipped: tesseract with eng and fra is not installed");
        return None;
    }
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/office/scans_truth/en_04.tif");
    Some((std::fs::read(file).ok()?, "Atomic Energy"))
}

#[tokio::test]
async fn a_scan_is_read_off_into_the_form_and_found_by_its_words() {
    let Some((scan, words)) = scan() else { return };
    let reader = Some(PathBuf::from(env!("CARGO_BIN_EXE_chancery")));
    let world = World::founded_with(reader, None).await;
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let (token, command) = (form.hidden("token"), form.hidden("command"));
    let mut fields = vec![("token", &*token), ("command", &*command)];
    fields.extend(looked_at("", "letter"));
    fields.push(("act", "read"));
    let read = clerk.multipart("/register/new", &fields, Some(("scan.tif", &scan))).await.good();
    read.shows(words).shows("<option value=\"CONFIDENTIAL\" selected>");
    let stage = read.hidden("stage");
    let command = read.hidden("command");
    let mut fields = vec![("token", &*token), ("command", &*command), ("stage", &*stage)];
    fields.extend(looked_at("A letter of the Secretary", "letter"));
    let done = clerk.multipart("/register/new", &fields, None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(done.to()).await.good().shows("some may be wrong").shows(words);
    world.office.catch_up().await.unwrap();
    clerk.get("/search?q=atomic").await.good().shows("A letter of the Secretary");

    // A picture without words, and one that is none, are kept and said to be so.
    let form = clerk.get("/register/new").await.good();
    let command = form.hidden("command");
    let mut fields = vec![("token", &*token), ("command", &*command)];
    fields.extend(looked_at("A white sheet", "letter"));
    let broken = &scan[..scan.len().min(40)];
    let done = clerk.multipart("/register/new", &fields, Some(("white.tif", broken))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(done.to()).await.good().shows("Files of this kind are not read");
}
