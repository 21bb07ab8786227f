//! Scans from the scanner to the in-tray: the real reader in its child, the pages over HTTP as a browser without script sends
//! them, on every engine there is. The scans are made here, so that nothing but the product is needed.
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
#[path = "../../../reader/tests/reading/leaves.rs"]
mod leaves;

use axum::http::StatusCode;
use browser::{Browser, Page, World};
use leaves::{paper, separator, tiff, written};
use std::path::PathBuf;

fn reader() -> Option<PathBuf> {
    Some(env!("CARGO_BIN_EXE_chancery").into())
}

/// Two papers with a separator sheet between them; the second has a blank page in it.
fn batch() -> Vec<u8> {
    tiff(&[written(9), separator(), written(7), paper(), written(5)])
}

async fn brings(browser: &mut Browser, name: &str, bytes: &[u8]) -> Page {
    let page = browser.get("/scans").await.good();
    let token = page.hidden("token");
    let fields =
        [("token", token.as_str()), ("registry", "REG"), ("direction", "incoming"), ("blanks", "out")];
    browser.multipart("/scans", &fields, Some((name, bytes))).await
}

/// Does something to a scan as its page stood; where it led.
async fn acts(browser: &mut Browser, own: &str, act: &str, page: &str) -> Page {
    let shown = browser.get(own).await.good();
    let version = shown.hidden("version");
    browser.answer(&shown, own, &[("version", &version), ("act", act), ("page", page)]).await
}

/// Waits until a scan is settled: its words are recognised meanwhile, which may take a while.
async fn settles(browser: &mut Browser, own: &str) {
    let mut tries = 0;
    while browser.get(own).await.status == StatusCode::OK {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        tries += 1;
        assert!(tries < 2_000, "its documents are made");
    }
}

fn waits(tray: &Page) -> usize {
    tray.text.matches("class=\"lead\" href=\"/register/new?item=").count()
}

#[tokio::test]
async fn a_batch_of_five_pages_becomes_two_documents_in_the_tray() {
    for engine in engines::engines().await {
        println!("{}", engine.name);
        let world = World::founded_with(reader(), engine.database.clone()).await;
        let mut clerk = world.browser("clerk").await;
        let brought = brings(&mut clerk, "morning.tif", &batch()).await;
        assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.text);
        let own = brought.to().to_owned();
        let shown = clerk.get(&own).await.good();
        shown.shows("morning.tif").shows("5 pages, 2 documents").shows("separator sheet").shows("blank");
        shown.shows("Document 2 · 2 pages").shows("left out");
        assert!(shown.banner().to_lowercase().contains("undetermined"), "{}", shown.banner());
        clerk.get("/tray").await.good().shows(&own).shows("morning.tif");

        // Its pages are seen small and large, and by nobody else.
        let small = clerk.get(&format!("{own}/pages/3/picture")).await.good();
        let large = clerk.get(&format!("{own}/pages/3/picture?large=1")).await.good();
        assert_eq!(small.header("content-type"), "image/jpeg");
        assert!(small.bytes.starts_with(&[0xff, 0xd8]) && large.bytes.len() > small.bytes.len());
        clerk.get(&format!("{own}/pages/3")).await.good().shows("Page 3 of 5").shows("Turn left");
        let mut stranger = world.browser("reader").await;
        for path in [own.clone(), "/scans".to_owned(), format!("{own}/pages/3/picture")] {
            assert_eq!(stranger.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }

        // What two do at once is told to the second.
        let old = clerk.get(&own).await.good();
        let version = old.hidden("version");
        let turned = acts(&mut clerk, &own, "right", "3").await;
        assert_eq!(turned.to(), format!("{own}#page-3"));
        clerk.get(&own).await.good().shows("turn-right");
        let fields = [("version", version.as_str()), ("act", "out"), ("page", "1")];
        let late = clerk.answer(&old, &own, &fields).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        late.shows("Someone else has changed this").shows("Document 2 · 2 pages");

        // Divided otherwise, and back again.
        acts(&mut clerk, &own, "in", "4").await;
        clerk.get(&own).await.good().shows("Document 2 · 3 pages");
        acts(&mut clerk, &own, "begin", "5").await;
        clerk.get(&own).await.good().shows("5 pages, 3 documents");
        acts(&mut clerk, &own, "join", "5").await;
        acts(&mut clerk, &own, "earlier", "5").await;
        acts(&mut clerk, &own, "out", "4").await;
        clerk.get(&own).await.good().shows("5 pages, 2 documents");
        acts(&mut clerk, &own, "later", "5").await;

        let made = acts(&mut clerk, &own, "make", "").await;
        assert!([own.as_str(), "/tray"].contains(&made.to()), "{}", made.text);
        settles(&mut clerk, &own).await;
        let tray = clerk.get("/tray").await.good();
        assert_eq!(waits(&tray), 2);
        tray.shows("morning-01.pdf").shows("morning-02.pdf").hides(&own);
        assert_eq!(clerk.get(&own).await.status, StatusCode::CONFLICT);
        clerk.get("/scans").await.good().shows("No scan waits");
        let at = tray.text.find("/register/new?item=").unwrap() + "/register/new?item=".len();
        let item = tray.text[at..].split('"').next().unwrap().to_owned();
        let file = clerk.get(&format!("/tray/{item}/file/0")).await.good();
        assert!(file.bytes.starts_with(b"%PDF-"));
        clerk.get(&format!("/register/new?item={item}")).await.good().shows("Person called clerk");

        // The same scan once more makes nothing twice.
        let again = brings(&mut clerk, "again.tif", &batch()).await;
        let own = again.to().to_owned();
        acts(&mut clerk, &own, "right", "3").await;
        acts(&mut clerk, &own, "make", "").await;
        settles(&mut clerk, &own).await;
        assert_eq!(waits(&clerk.get("/tray").await.good()), 2);
        engine.give_back().await;
    }
}

#[tokio::test]
async fn what_was_broken_off_is_gone_on_with_and_nothing_comes_twice() {
    let world = World::founded_with(reader(), None).await;
    let mut clerk = world.browser("clerk").await;
    let own = brings(&mut clerk, "morning.tif", &batch()).await.to().to_owned();
    // The server ended when the documents were about to be made, and once more when the pages were being looked at.
    world.office.edit_by_hand("UPDATE scan SET standing = 'making'").await;
    assert_eq!(world.office.sweep_scans().await.unwrap(), 1);
    world.office.sweep_scans().await.unwrap();
    settles(&mut clerk, &own).await;
    assert_eq!(waits(&clerk.get("/tray").await.good()), 2);
    let own = brings(&mut clerk, "other.tif", &tiff(&[written(3)])).await.to().to_owned();
    world
        .office
        .edit_by_hand("UPDATE scan SET standing = 'looking', seen = '[]' WHERE standing = 'open'")
        .await;
    world.office.sweep_scans().await.unwrap();
    let mut tries = 0;
    while !clerk.get(&own).await.good().text.contains("Make documents") && tries < 400 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        tries += 1;
    }
    clerk.get(&own).await.good().shows("1 page, 1 document");
}

#[tokio::test]
async fn a_broken_scan_says_so_and_goes_on_whole_or_not_at_all() {
    let world = World::founded_with(reader(), None).await;
    let mut clerk = world.browser("clerk").await;
    let text = brings(&mut clerk, "notes.txt", b"Subject: Winter stocks").await;
    assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY);
    text.shows("This is no scan");
    let nothing = brings(&mut clerk, "", b"").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);

    let broken = brings(&mut clerk, "broken.pdf", b"%PDF-1.7\nnothing of one").await.to().to_owned();
    clerk.get(&broken).await.good().shows("The file is broken").hides("Make documents");
    assert_eq!(acts(&mut clerk, &broken, "whole", "").await.to(), "/tray");
    let tray = clerk.get("/tray").await.good();
    tray.shows("broken.pdf");
    assert_eq!(waits(&tray), 1);

    let other = brings(&mut clerk, "other.tif", &tiff(&[paper(), separator()])).await.to().to_owned();
    clerk.get(&other).await.good().shows("Left out: no document");
    let empty = acts(&mut clerk, &other, "make", "").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.shows("Every page is left out");
    let shown = clerk.get(&other).await.good();
    let fields = [("act", "dismiss"), ("reason", "ephemeral")];
    assert_eq!(clerk.answer(&shown, &other, &fields).await.to(), "/tray?out=1");
    clerk.get("/tray?view=dismissed").await.good().shows("other.tif").shows("Of no lasting value");
    clerk.speaks("fr").await;
    clerk.get("/scans/separator").await.good().shows("<svg").shows("a new document begins here");
    clerk.get("/scans").await.good().shows("Aucune numérisation");
}

#[tokio::test]
async fn a_scanner_puts_files_into_a_folder_and_each_is_taken_once_when_it_has_stopped_growing() {
    let world = World::founded_with(reader(), None).await;
    let root = world.office.folder().root().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let settings = format!(
        "[[folder]]\nname = \"reception\"\nregistry = \"REG\"\npath = {:?}\nblanks = \"begin\"\n\n\
         [[folder]]\nname = \"Hall\"\nregistry = \"REG\"\npath = \"hall\"\n",
        folder.path()
    );
    std::fs::write(root.join("scan-folders.toml"), settings).unwrap();
    let by_code = |code: &str| (code == "REG").then_some(world.registry);
    let (followed, wrong) = office::scans::folder::settings(&root, by_code);
    assert_eq!((followed.len(), wrong.len()), (1, 1));
    assert!(wrong[0].contains("small letters"), "{wrong:?}");
    let (followed, mut looks) = (&followed[0], office::scans::folder::Looks::default());

    let (scan, bytes) = (folder.path().join("scan0001.tif"), batch());
    std::fs::write(&scan, &bytes[..bytes.len() / 2]).unwrap();
    std::fs::write(folder.path().join(".hidden.tif"), &bytes).unwrap();
    assert_eq!(
        world.office.read_scan_folder(followed, &mut looks).await.unwrap(),
        0,
        "seen for the first time"
    );
    std::fs::write(&scan, &bytes).unwrap();
    assert_eq!(world.office.read_scan_folder(followed, &mut looks).await.unwrap(), 0, "it grew");
    assert_eq!(world.office.read_scan_folder(followed, &mut looks).await.unwrap(), 1);
    assert!(!scan.exists() && folder.path().join("taken/scan0001.tif").exists());
    // As after a crash before it was moved away: it is known, and goes.
    std::fs::write(&scan, &bytes).unwrap();
    for _ in 0..3 {
        assert_eq!(world.office.read_scan_folder(followed, &mut looks).await.unwrap(), 0);
    }
    assert!(!scan.exists() && folder.path().join("taken/2-scan0001.tif").exists());

    let mut clerk = world.browser("clerk").await;
    let mut tries = 0;
    while !clerk.get("/scans").await.good().text.contains("5 pages, 3 documents") {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        tries += 1;
        assert!(tries < 400, "its pages are looked at");
    }
    clerk.get("/scans").await.good().shows("reception \u{b7} scan0001.tif");
    assert_eq!(world.office.follow_scan_folders().await.unwrap().len(), 1);
    clerk.get("/scans").await.good().shows("Scan folders").shows("Looked into");
    drop(folder);
    world.office.read_scan_folder(followed, &mut looks).await.unwrap();
    clerk.get("/scans").await.good().shows("The folder cannot be opened");
}
