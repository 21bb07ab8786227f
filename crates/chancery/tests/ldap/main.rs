//! The groups of a directory from the server to the second officer: a real OpenLDAP, the pages over HTTP, the command line, on
//! every engine there is. Where it is not installed the tests say that they are skipped.
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
#[path = "../prove/engines.rs"]
mod engines;
#[path = "../../../groups/tests/server/slapd.rs"]
mod slapd;

use std::{
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command as Process, Output},
};

use axum::http::StatusCode;
use browser::{Browser, Page, World};
use registry::{Answer, Command, authorisation::Grant};
use slapd::{BASE, PASSWORD, READER, Slapd};

/// Everybody of the test's house but `nobody`, and one whom the house does not know.
const PEOPLE: [&str; 8] =
    ["clerk", "reader", "inspector", "keeper", "controller", "officer1", "officer2", "stranger"];

fn entries(people: &[&str], groups: &[(&str, &[&str])]) -> String {
    let unit = |name: &str| format!("dn: ou={name},{BASE}\nobjectClass: organizationalUnit\nou: {name}\n\n");
    let entry = |login: &&str| {
        format!(
            "dn: uid={login},ou=people,{BASE}\nobjectClass: inetOrgPerson\nuid: {login}\ncn: There {login}\nsn: x\n\n"
        )
    };
    let group = |(name, members): &(&str, &[&str])| {
        let members: String = members.iter().map(|m| format!("member: uid={m},ou=people,{BASE}\n")).collect();
        format!("dn: cn={name},ou=groups,{BASE}\nobjectClass: groupOfNames\ncn: {name}\n{members}\n")
    };
    let people: String = people.iter().map(entry).collect();
    let groups: String = groups.iter().map(group).collect();
    format!("{}{}{people}{groups}", unit("people"), unit("groups"))
}

/// Writes the settings into a folder, with StartTLS and the server's authority beside them.
fn set(folder: &Path, server: &Slapd, means: &str) {
    let port = server.plain_port;
    let text = format!(
        "every_minutes = 0\n[server]\nhost = \"localhost\"\nport = {port}\nuser = \"{READER}\"\n\
         password_file = \"groups.password\"\nsecurity = {{ kind = \"start-tls\", authorities = \"authority.pem\" }}\n\
         [people]\nbase = \"ou=people,{BASE}\"\n{means}"
    );
    std::fs::write(folder.join("groups.toml"), text).unwrap();
    std::fs::copy(&server.authority, folder.join("authority.pem")).unwrap();
    let password = folder.join("groups.password");
    std::fs::write(&password, PASSWORD).unwrap();
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o600)).unwrap();
}

fn means(group: &str, what: &str) -> String {
    format!("[[means]]\ndirectory = \"cn={group},ou=groups,{BASE}\"\n{what}\n")
}

async fn reads(officer: &mut Browser) -> Page {
    let page = officer.get("/people/directory").await.good();
    let done = officer.answer(&page, "/people/directory", &[]).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/people/directory?done=directory-read"));
    officer.get("/people/directory").await.good()
}

/// The first link on a page that holds all of these.
fn link(page: &Page, parts: &[&str]) -> String {
    let found = page.text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let found = found.map(|href| href.replace("&amp;", "&"));
    found.into_iter().find(|href| parts.iter().all(|part| href.contains(part))).expect("a link")
}

#[tokio::test]
async fn what_differs_is_proposed_and_revoked_on_the_ordinary_way_and_by_nobody_else() {
    let groups: &[(&str, &[&str])] = &[("plans", &["reader", "officer1", "stranger"])];
    let Some(server) = Slapd::start(&entries(&PEOPLE, groups)) else { return };
    for engine in engines::engines().await {
        println!("{}", engine.name);
        let world = World::founded_with(None, engine.database.clone()).await;
        let names = registry::house::Names { en: "Plans".into(), fr: "Plans".into() };
        let formed = Command::FormGroup { code: "plans".into(), names };
        let Answer::Formed { group } = world.does(world.officers[0], formed).await else { panic!() };
        let clerk = world.office.person_named("clerk").await.unwrap();
        let reader = world.office.person_named("reader").await.unwrap();
        world.gives(clerk, Grant::Membership { group }).await;
        set(world.office.folder().root(), &server, &means("plans", "group = \"Plans\""));
        assert_eq!(world.office.watch_directory(), Vec::<String>::new());

        let mut one = world.browser("officer1").await;
        one.get("/people").await.good().shows("/people/directory");
        one.get("/people/directory").await.good().shows("Not read yet.").hides("Person called clerk");
        let list = reads(&mut one).await;
        list.shows("8 people there").shows("3 people belong to it");
        // Gone: nobody. Held and not listed: clerk. Listed and not held: reader, and the officer himself.
        list.shows("Person called nobody").shows("Not shown there any more");
        list.shows("Person called clerk").shows("No group there lists this person.");
        list.shows("There stranger").shows("under a sign-in name that the house does not know");
        list.shows("Another security officer must act on what concerns you.");
        assert!(
            link(&list, &["/people/new?", "login=stranger", "name=There%20stranger"]).ends_with("stranger")
        );
        let none = one.get("/people/directory?q=zzz").await.good();
        none.shows("No difference fits this").shows("Remove all filters").hides("house agree");
        let only = one.get("/people/directory?kind=lacking&q=reader").await.good();
        only.shows("Person called reader").hides("Person called clerk").hides("There stranger");
        let down = one.get("/people/directory?order=name-down").await.good().text;
        assert!(down.find("Person called reader").unwrap() < down.find("Person called clerk").unwrap());
        let file = one.get("/people/directory.csv?kind=unlisted").await.good();
        file.shows("Person called clerk").shows("cn=plans,ou=groups,dc=hq,dc=example").hides("reader");
        let book = one.get("/people/directory.xlsx").await.good();
        assert!(book.bytes.starts_with(b"PK"));

        // The directory lists the reader, and he belongs to nothing until two officers have said so.
        let held = async || world.office.read_as(reader).await.unwrap().own_grants().count();
        let before = held().await;
        let form = one.get(&link(&only, &["/propose", "group="])).await.good();
        form.shows("selected>Plans<");
        let path = format!("/people/{reader}/propose");
        let fields =
            [("command", form.hidden("command")), ("is", "membership".into()), ("group", group.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let proposed = one.answer(&form, &path, &fields).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text);
        let list = one.get("/people/directory?q=reader").await.good();
        list.shows("waits for another security officer");
        assert_eq!(held().await, before);
        let mut two = world.browser("officer2").await;
        let file = two.get(&format!("/people/{reader}")).await.good();
        let confirm =
            file.text[file.text.find("/proposals/").unwrap()..].split('"').next().unwrap().to_owned();
        let digest = file.hidden("proposal");
        assert_eq!(two.answer(&file, &confirm, &[("proposal", &digest)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(held().await, before + 1);

        // And the clerk's is taken back by one.
        let list = two.get("/people/directory?kind=unlisted").await.good();
        let revoke = link(&list, &["/authorisations/", "/revoke"]);
        let form = two.get(&revoke).await.good();
        let fields = [("command", form.hidden("command")), ("reason", "Not of plans any more".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(two.answer(&form, &revoke, &fields).await.status, StatusCode::SEE_OTHER);
        let list = two.get("/people/directory").await.good();
        list.hides("Person called clerk").hides("Person called reader").shows("First Security Officer");

        for login in ["clerk", "keeper", "reader"] {
            let mut other = world.browser(login).await;
            for path in ["/people/directory", "/people/directory.csv", "/people/directory.xlsx"] {
                assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{login} {path}");
            }
            let desk = other.get("/desk").await.good();
            assert_eq!(other.answer(&desk, "/people/directory", &[]).await.status, StatusCode::NOT_FOUND);
        }
        world.office.clone().close().await;
    }
}

#[tokio::test]
async fn trouble_is_told_with_its_remedy_and_what_was_read_before_stays() {
    let groups: &[(&str, &[&str])] = &[("plans", &["stranger"])];
    let Some(server) = Slapd::start(&entries(&PEOPLE, groups)) else { return };
    let world = World::founded_with(None, None).await;
    let root = world.office.folder().root().to_owned();
    let all = means("plans", "group = \"no-such\"") + &means("absent", "role = \"inspector\"");
    set(&root, &server, &all);
    assert_eq!(world.office.watch_directory(), Vec::<String>::new());
    let mut officer = world.browser("officer1").await;
    let list = reads(&mut officer).await;
    list.shows("There is nothing called \u{201c}no-such\u{201d} here").shows("shows no such group");
    list.shows("Person called nobody").hides("Person called inspector");
    std::fs::write(root.join("groups.password"), "wrong").unwrap();
    let list = reads(&mut officer).await;
    list.shows("The directory does not let cn=reader,dc=hq,dc=example in").shows("what was read before");
    list.shows("neither locked nor expired").shows("Person called nobody");
    officer.speaks("fr").await;
    officer
        .get("/people/directory")
        .await
        .good()
        .shows("L\u{2019}annuaire refuse l\u{2019}acc\u{e8}s \u{e0}");
}

#[tokio::test]
async fn it_is_read_by_itself_from_the_start_and_closing_waits_for_nothing() {
    let Some(server) = Slapd::start(&entries(&PEOPLE, &[("plans", &["clerk"])])) else { return };
    let world = World::founded_with(None, None).await;
    let root = world.office.folder().root().to_owned();
    set(&root, &server, &means("plans", "role = \"inspector\""));
    let text = std::fs::read_to_string(root.join("groups.toml")).unwrap();
    std::fs::write(root.join("groups.toml"), text.replace("every_minutes = 0", "every_minutes = 5")).unwrap();
    assert_eq!(world.office.watch_directory(), Vec::<String>::new());
    let mut officer = world.browser("officer1").await;
    for _ in 0..200 {
        let page = officer.get("/people/directory").await.good();
        if page.text.contains("8 people there") {
            page.shows("every 5 minutes").shows("Person called inspector").shows("Person called clerk");
            world.office.clone().close().await;
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the directory was not read by itself");
}

fn runs(arguments: &[&str]) -> Output {
    Process::new(env!("CARGO_BIN_EXE_chancery")).args(arguments).output().unwrap()
}

#[test]
fn the_command_line_says_the_same_and_changes_nothing() {
    let groups: &[(&str, &[&str])] = &[("clerks", &["ada", "ben"])];
    let Some(server) = Slapd::start(&entries(&["ada", "ben", "mdubois", "jhansen"], groups)) else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let officers = ["--officer", "mdubois,Marie Dubois,BEL", "--officer", "jhansen,Jens Hansen,DNK"];
    assert!(runs(&[&["init", data, "--registry", "REG"], officers.as_slice()].concat()).status.success());
    for (login, role) in [("ada", "clerk@REG"), ("ben", "assistant@REG"), ("cid", "clerk@REG")] {
        let add = [
            "person",
            "add",
            data,
            "--login",
            login,
            "--name",
            login,
            "--nationality",
            "BEL",
            "--role",
            role,
        ];
        assert!(runs(&add).status.success());
    }
    let none = runs(&["directory", "groups", data]);
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&none.stderr).contains("no directory is set"));
    set(folder.path(), &server, &means("clerks", "role = \"clerk@REG\""));
    let settings = folder.path().join("groups.toml");
    let ask = ["directory", "groups", data, "--settings", settings.to_str().unwrap()];
    for _ in 0..2 {
        let done = runs(&ask);
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert_eq!(done.status.code(), Some(1), "{said} {}", String::from_utf8_lossy(&done.stderr));
        for line in [
            "4 people",
            "(2) stands for clerk@REG",
            "gone      cid",
            "unlisted  cid",
            "lacking   ben",
            "3 differences",
        ] {
            assert!(said.contains(line), "{line}: {said}");
        }
        assert!(!said.contains("ada"), "{said}");
    }
    let done = runs(&[ask.as_slice(), &["--json"]].concat());
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains(r#""kind":"lacking","there":"here","login":"ben""#), "{said}");
    std::fs::write(folder.path().join("groups.password"), "wrong").unwrap();
    let done = runs(&ask);
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("does not let") && said.contains("groups.login-refused"), "{said}");
}
