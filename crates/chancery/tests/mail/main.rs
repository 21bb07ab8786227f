//! A registry's mailbox from the server to the register: a real Dovecot, the real reader in its child, the pages over HTTP,
//! on every engine there is. Where Dovecot is not installed the tests say that they are skipped.
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
#[path = "../../../mailbox/tests/server/proxy.rs"]
mod proxy;

use axum::http::StatusCode;
use browser::{Browser, Page, World};
use dovecot::{Dovecot, Setup};
use mailbox::{Account, Afterwards, Direction, Folder, Limits, Security};
use office::mail::{Followed, Hindrance};
use proxy::Proxy;
use std::{os::unix::fs::PermissionsExt as _, path::PathBuf};

fn reader() -> Option<PathBuf> {
    Some(env!("CARGO_BIN_EXE_chancery").into())
}

fn server() -> Option<Dovecot> {
    Dovecot::start(&Setup::default())
}

/// The inbox and the folder of what was sent.
fn account(server: &Dovecot) -> Account {
    let folder = |name: &str, direction, afterwards| Folder { name: name.into(), direction, afterwards };
    Account {
        host: "localhost".into(),
        port: server.tls_port,
        security: Security::tls(&server.authority),
        user: dovecot::USER.into(),
        folders: vec![
            folder("INBOX", Direction::Incoming, Afterwards::MarkSeen),
            folder("Sent", Direction::Outgoing, Afterwards::Leave),
        ],
    }
}

fn password_file(folder: &std::path::Path) -> PathBuf {
    let file = folder.join("mailbox.password");
    std::fs::write(&file, dovecot::PASSWORD).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    file
}

fn followed(world: &World, server: &Dovecot) -> Followed {
    let password = password_file(world.office.folder().root());
    Followed { name: "central".into(), registry: world.registry, password, account: account(server) }
}

fn message(id: &str, subject: &str, more: &str, text: &str) -> Vec<u8> {
    format!(
        "From: Ada Marin <ada@delegation.example>\r\nTo: registry@hq.example\r\nSubject: {subject}\r\n\
         Message-ID: <{id}@delegation.example>\r\n{more}Date: Thu, 5 Mar 2026 10:00:00 +0100\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

const WITH_TABLE: &str = "From: Ada Marin <ada@delegation.example>\r\nTo: registry@hq.example\r\n\
Subject: Winter stocks\r\nMessage-ID: <stocks@delegation.example>\r\nDate: Thu, 5 Mar 2026 10:00:00 +0100\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n--edge\r\n\
Content-Type: text/plain; charset=utf-8\r\n\r\nNATO UNCLASSIFIED\r\n\r\nThe stocks are low.\r\n--edge\r\n\
Content-Type: text/plain; name=\"table.txt\"\r\nContent-Disposition: attachment; filename=\"table.txt\"\r\n\r\n\
Fuel: seventy per cent of the marmalade.\r\n--edge--\r\n";

/// The form that registers what is called so in the tray.
async fn opens(clerk: &mut Browser, called: &str) -> (Page, String) {
    let tray = clerk.get("/tray").await.good();
    let before = tray.text.split(called).next().unwrap();
    let at = before.rfind("/register/new?item=").unwrap_or_else(|| panic!("{called} is not in the tray"));
    let item = before[at + "/register/new?item=".len()..].split('"').next().unwrap().to_owned();
    (clerk.get(&format!("/register/new?item={item}")).await.good(), item)
}

/// Sends the form as it stands, with the fields that a clerk would have looked at.
async fn registers(clerk: &mut Browser, form: &Page, more: &[(&str, &str)]) -> Page {
    let (token, command, item) = (form.hidden("token"), form.hidden("command"), form.hidden("item"));
    let mut fields = vec![
        ("token", token.as_str()),
        ("command", command.as_str()),
        ("registry", "REG"),
        ("item", item.as_str()),
        ("kind", "e-mail"),
        ("language", "en"),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "UNCLASSIFIED"),
    ];
    fields.extend_from_slice(more);
    clerk.multipart("/register/new", &fields, None).await
}

#[tokio::test]
async fn messages_wait_in_the_tray_and_are_registered_with_their_thread_and_attachments() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Sent");
    person.puts("INBOX", WITH_TABLE.as_bytes());
    let answers = "In-Reply-To: <stocks@delegation.example>\r\n";
    person.puts("INBOX", &message("again", "Re: Winter stocks", answers, "They are lower still."));
    person.puts("INBOX", &message("spam", "Buy now", "", "Cheap."));
    person.puts("Sent", &message("sent", "Receipt of your letter", "", "Received."));
    for engine in engines::engines().await {
        println!("{}", engine.name);
        let world = World::founded_with(reader(), engine.database.clone()).await;
        let followed = followed(&world, &server);
        assert_eq!(world.office.read_mailbox(&followed, &Limits::default()).await.unwrap(), 4);
        assert_eq!(world.office.read_mailbox(&followed, &Limits::default()).await.unwrap(), 0);

        // Nobody but those who may register sees that anything came.
        let mut reader = world.browser("reader").await;
        assert_eq!(reader.get("/tray").await.status, StatusCode::FORBIDDEN);
        reader.get("/desk").await.good().hides("In-tray").hides("Winter stocks");
        let mut clerk = world.browser("clerk").await;
        clerk.get("/desk").await.good().shows("4 wait to be registered");
        let tray = clerk.get("/tray").await.good();
        tray.shows("Winter stocks").shows("ada@delegation.example").shows("central \u{b7} Sent");
        assert!(tray.banner().contains("undetermined"), "{}", tray.banner());
        let found = clerk.get("/tray?q=receipt").await.good();
        found.shows("Receipt of your letter").hides("Buy now");
        let values = clerk.get("/tray.csv?q=stocks").await.good();
        values.shows("Winter stocks").hides("Buy now");

        let (form, item) = opens(&mut clerk, ">Winter stocks<").await;
        form.shows("The stocks are low.").shows("table.txt").shows("Winter stocks</textarea>");
        let file = clerk.get(&format!("/tray/{item}/file/1")).await.good();
        file.shows("seventy per cent");
        assert_eq!(reader.get(&format!("/tray/{item}/file/1")).await.status, StatusCode::FORBIDDEN);
        // What is missing is said, and the message still waits.
        let refused = registers(&mut clerk, &form, &[("direction", "incoming")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("The stocks are low.");
        let fields = [("direction", "incoming"), ("subject", "Winter stocks")];
        let done = registers(&mut clerk, &refused, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        let again = registers(&mut clerk, &refused, &fields).await;
        assert_eq!((again.status, again.to()), (StatusCode::SEE_OTHER, done.to()), "one form, one paper");
        let after = clerk.get(done.to()).await.good();
        after.shows("REG-2026-1").hides(">Winter stocks<");
        let document = done.to().replace("/tray?was=", "/documents/");
        clerk.get(&document).await.good().shows("The stocks are low.").shows("table.txt");
        world.office.catch_up().await.unwrap();
        clerk.get("/search?q=marmalade").await.good().shows("Winter stocks");

        // The answer names the paper that it answers.
        let (form, _) = opens(&mut clerk, ">Re: Winter stocks<").await;
        assert!(form.text.matches("REG-2026-1").count() > 1, "{}", form.text);
        let fields =
            [("direction", "incoming"), ("subject", "More on winter stocks"), ("reply_to", "REG-2026-1")];
        let done = registers(&mut clerk, &form, &fields).await;
        let document = done.to().replace("/tray?was=", "/documents/");
        clerk.get(&document).await.good().shows("REG-2026-1");

        // What was sent is outgoing.
        let (form, _) = opens(&mut clerk, ">Receipt of your letter<").await;
        assert!(form.text.contains("value=\"outgoing\" checked"), "{}", form.text);

        // And one is not registered, with the reason.
        let (form, item) = opens(&mut clerk, ">Buy now<").await;
        let why = [("item", item.as_str()), ("from", "form"), ("reason", "other"), ("words", "")];
        let refused = clerk.answer(&form, "/tray/dismiss", &why).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Cheap.");
        let why = [("item", item.as_str()), ("reason", "spam")];
        let asked = clerk.answer(&form, "/tray/dismiss", &why).await.good();
        asked.shows("Do not register this?").shows("Buy now").shows("The message stays in the mailbox.");
        let why = [("item", item.as_str()), ("reason", "spam"), ("sure", "yes")];
        let out = clerk.answer(&form, "/tray/dismiss", &why).await;
        assert_eq!((out.status, out.to()), (StatusCode::SEE_OTHER, "/tray?out=1"), "{}", out.text);
        clerk.get("/tray").await.good().hides("Buy now").shows("Receipt of your letter");
        clerk.get("/tray?view=dismissed").await.good().shows("Nobody asked for it").hides("Buy now");
        let late = clerk.answer(&form, "/tray/dismiss", &why).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        // Fetched anew under another name, each is known by its content.
        let other = Followed { name: "other".into(), ..followed };
        assert_eq!(world.office.read_mailbox(&other, &Limits::default()).await.unwrap(), 0);
        drop((clerk, reader, world));
        engine.give_back().await;
    }
}

#[tokio::test]
async fn a_server_that_disappears_midway_and_a_restart_lose_nothing_and_bring_nothing_twice() {
    let Some(mut server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Sent");
    let long = "All work and no play. ".repeat(2_000);
    for n in 0..6 {
        person.puts("INBOX", &message(&format!("m{n}"), &format!("Paper {n}"), "", &format!("{n} {long}")));
    }
    for engine in engines::engines().await {
        println!("{}", engine.name);
        let world = World::founded_with(reader(), engine.database.clone()).await;
        let mut followed = followed(&world, &server);
        let direct = followed.account.port;
        followed.account.port = Proxy::cutting(direct, 150_000).await.port;
        let broken = world.office.read_mailbox(&followed, &Limits::default()).await;
        assert!(matches!(broken, Err(Hindrance::Trouble(_))), "{broken:?}");
        let mut clerk = world.browser("clerk").await;
        let some = clerk.get("/tray").await.good().text.matches("/register/new?item=").count();
        assert!((1..6).contains(&some), "{some} came before the line broke");
        drop(clerk);
        let world = world.restarted().await;
        followed.account.port = direct;
        let few = Limits { events: 1, ..Limits::default() };
        assert_eq!(world.office.read_mailbox(&followed, &few).await.unwrap(), 1);
        let world = world.restarted().await;
        let rest = world.office.read_mailbox(&followed, &Limits::default()).await.unwrap();
        assert_eq!(some + 1 + rest, 6);
        let mut clerk = world.browser("clerk").await;
        let tray = clerk.get("/tray").await.good();
        for n in 0..6 {
            assert_eq!(tray.text.matches(&format!(">Paper {n}<")).count(), 1, "Paper {n}");
        }
        drop((clerk, world));
        engine.give_back().await;
    }
    // While it is away that is said, with what to do.
    let world = World::founded_with(reader(), None).await;
    let followed = followed(&world, &server);
    server.stop();
    assert!(world.office.read_mailbox(&followed, &Limits::default()).await.is_err());
}

#[tokio::test]
async fn what_a_command_that_broke_off_had_claimed_is_settled_as_the_register_says() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Sent");
    person.puts("INBOX", &message("one", "First paper", "", "One."));
    person.puts("INBOX", &message("two", "Second paper", "", "Two."));
    for engine in engines::engines().await {
        let world = World::founded_with(reader(), engine.database.clone()).await;
        let followed = followed(&world, &server);
        assert_eq!(world.office.read_mailbox(&followed, &Limits::default()).await.unwrap(), 2);
        let mut clerk = world.browser("clerk").await;
        let (form, _) = opens(&mut clerk, ">First paper<").await;
        let done =
            registers(&mut clerk, &form, &[("direction", "incoming"), ("subject", "First paper")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        // As if the machine had stopped before the tray knew, and as a command that had not come to the register.
        let office = &world.office;
        office
            .edit_by_hand(
                "UPDATE tray SET standing = 'waiting', settled_at = 1 WHERE standing = 'registered'",
            )
            .await;
        office
            .edit_by_hand("UPDATE tray SET command_id = item_id, settled_by = item_id, settled_at = 1 WHERE command_id IS NULL")
            .await;
        clerk.get("/tray").await.good().hides(">First paper<").hides(">Second paper<");
        assert_eq!(office.sweep_tray().await.unwrap(), 2);
        clerk.get("/tray").await.good().hides(">First paper<").shows(">Second paper<");
        drop((clerk, world));
        engine.give_back().await;
    }
}

#[tokio::test]
async fn the_settings_are_followed_in_the_background_and_what_is_wrong_with_them_is_said() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Sent");
    let world = World::founded_with(reader(), None).await;
    let folder = world.office.folder().root().to_owned();
    assert_eq!(world.office.follow_mailboxes().await.unwrap(), Vec::<String>::new(), "no file, no mailbox");
    password_file(&folder);
    let one = |name: &str, registry: &str, folders: &str| {
        format!(
            "[[mailbox]]\nname = \"{name}\"\nregistry = \"{registry}\"\npassword = \"mailbox.password\"\n\n\
             [mailbox.account]\nhost = \"localhost\"\nport = {}\nuser = \"{}\"\n\
             security = {{ kind = \"tls\", authorities = \"{}\" }}\nfolders = [{folders}]\n\n",
            server.tls_port,
            dovecot::USER,
            server.authority.display()
        )
    };
    let inbox = "{ name = \"INBOX\", direction = \"incoming\", afterwards = \"mark-seen\" }";
    let text = one("central", "REG", inbox)
        + &one("central", "REG", inbox)
        + &one("nowhere", "NONE", inbox)
        + &one("Bad Name", "REG", inbox)
        + &one("empty", "REG", "");
    std::fs::write(folder.join("mailboxes.toml"), "[[mailbox]]\nnam = 1\n").unwrap();
    let wrong = world.office.follow_mailboxes().await.unwrap();
    assert!(wrong.len() == 1 && wrong[0].contains("cannot be understood"), "{wrong:?}");
    std::fs::write(folder.join("mailboxes.toml"), text).unwrap();
    let wrong = world.office.follow_mailboxes().await.unwrap();
    assert_eq!(wrong.len(), 4, "{wrong:?}");
    for (said, why) in wrong.iter().zip(["same name", "no registry NONE", "small letters", "folders"]) {
        assert!(said.contains(why), "{said}");
    }
    person.puts("INBOX", &message("one", "Came by itself", "", "One."));
    let mut clerk = world.browser("clerk").await;
    let mut came = false;
    for _ in 0..150 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        came = clerk.get("/tray").await.good().text.contains("Came by itself");
        if came && person.flags("INBOX").contains("Seen") {
            break;
        }
    }
    assert!(came && person.flags("INBOX").contains("Seen"), "{}", person.flags("INBOX"));
    clerk.get("/tray").await.good().shows("Mailboxes").shows("in order").shows("registry");
    // The password is taken away: what is wrong stands on the page with what to do about it.
    std::fs::remove_file(folder.join("mailbox.password")).unwrap();
    let account = account(&server);
    let followed = Followed {
        name: "central".into(),
        registry: world.registry,
        password: folder.join("mailbox.password"),
        account,
    };
    assert!(world.office.read_mailbox(&followed, &Limits::default()).await.is_err());
    clerk.get("/tray").await.good().shows("not read").shows("one line, readable by the service alone");
    drop((clerk, world));
}
