//! A register of old is looked at, taken over, and told of: nothing is written before, nothing twice, nothing to others.

use std::time::Duration;

use axum::http::StatusCode;
use registry::{
    Command,
    authorisation::{Grant, Role},
    command::OPERATOR,
};

use crate::browser::{Browser, Page, World};

const REGISTER: &str = "Old register of the cell;;;;;;;;\n\
Serial No;Reference;Date;From;Subject;Classification;Copy No;Issued to;Shelf\n\
MCM-0041-2026;DEL/NOR/2026/1;14/01/2026;Delegation of Norway;Road network;NATO CONFIDENTIAL;1 of 2;Cell;B 12\n\
MCM-0041-2026;;;;Road network;NATO CONFIDENTIAL;2 of 2;Plans;B 12\n\
MCM-0042-2026;;3/4/2026;Cell;Port movements;NATO SECRET;;;B 13\n\
MCM-0042-2026;;3/4/2026;Cell;Another paper;NATO SECRET;;;B 13\n\
Serial No;Reference;Date;From;Subject;Classification;Copy No;Issued to;Shelf\n\
MCM-0045-2026;;31/06/2026;Cell;Map cabinets;;;;\n\
MCM-0046-2026;;15/01/2026;Cell;;NATO SECRET;;;\n";

/// A house with a controller who is cleared, and whose registry numbers a series.
async fn founded() -> (World, Browser) {
    let world = World::founded().await;
    let head = world.adds("head").await;
    world.clears(head, "SECRET").await;
    world.gives(head, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
    let command = Command::EntrustSeries { series: "MCM".into(), registry: world.registry };
    let id = world.office.new_command();
    world.office.command(office::Sender::operator_as(OPERATOR), id, command).await.unwrap();
    let head = world.browser("head").await;
    (world, head)
}

async fn brings(browser: &mut Browser, name: &str, bytes: &[u8]) -> Page {
    let form = browser.get("/register/old").await.good();
    let token = form.hidden("token");
    let fields = [("token", token.as_str()), ("registry", "REG")];
    browser.multipart("/register/old", &fields, Some((name, bytes))).await
}

/// The page of a workbook once nothing runs any more.
async fn ends(browser: &mut Browser, path: &str) -> Page {
    for _ in 0..200 {
        let page = browser.get(path).await.good();
        if !page.text.contains("data-live") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it does not end");
}

async fn registered(world: &World) -> usize {
    let person = world.office.person_named("head").await.unwrap();
    let mut reading = world.office.read_as(person).await.unwrap();
    let order = store::documents::Order::FirstRegistered;
    reading.list(world.registry, order, None, 200).await.unwrap().rows.len()
}

#[tokio::test]
async fn what_would_happen_is_shown_and_nothing_is_written_until_it_is_taken_over() {
    let (world, mut head) = founded().await;
    let led = brings(&mut head, "cell.csv", REGISTER.as_bytes()).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.text);
    let own = led.to().to_owned();
    let page = head.get(&own).await.good();
    page.shows("Road network")
        .shows("Would be registered")
        .shows("Take over 3 documents")
        .shows("3, 4")
        .shows("Marking undetermined");
    assert!(page.banner().contains("NATO SECRET"), "{}", page.banner());
    let problems = head.get(&format!("{own}?show=problems")).await.good();
    problems
        .shows("The number stands on an earlier row")
        .shows("See row 5")
        .shows("A6")
        .shows("The headings once more")
        .shows("A date that is none")
        .shows("31/06/2026")
        .shows("No subject")
        .shows("read with the day first")
        .shows("Numbers are missing before this one");
    head.get(&format!("{own}?show=copies")).await.good().shows("2 of 2").shows("Plans");
    head.get(&format!("{own}?show=counts")).await.good().shows("MCM-0047-2026").shows("as soon as");
    let file = head.get(&format!("{own}/rows.csv?show=problems")).await.good();
    assert!(file.text.starts_with("Cell,"), "{}", file.text);
    let book = head.get(&format!("{own}/rows.xlsx?show=documents")).await.good();
    assert!(book.bytes.starts_with(b"PK"));
    assert_eq!(registered(&world).await, 0, "nothing was written");
}

#[tokio::test]
async fn a_register_is_taken_over_once_with_its_copies_and_its_last_number() {
    let (world, mut head) = founded().await;
    let led = brings(&mut head, "cell.csv", REGISTER.as_bytes()).await;
    let own = led.to().to_owned();
    let page = head.get(&own).await.good();
    let begun = head.answer(&page, &own, &[("act", "take-over")]).await;
    assert_eq!((begun.status, begun.to()), (StatusCode::SEE_OTHER, own.as_str()));
    let done = ends(&mut head, &own).await;
    done.shows("3 registered, 0 registered before, 0 refused").shows("Registered as REG-2026-1");
    done.hides("Take over 3");
    assert_eq!(registered(&world).await, 3);
    let report = head.get(&format!("{own}/rows.csv?show=documents")).await.good();
    assert!(report.text.contains("Registered as REG-2026-2"), "{}", report.text);

    // The paper says what the old register said of it, and is found by its old number.
    let found = head.get("/search?q=MCM-0041-2026").await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.text);
    let paper = head.get(found.to()).await.good();
    paper
        .shows("Copies, as the old register had them")
        .shows("1 of 2")
        .shows("Plans")
        .shows("Shelf: B 12")
        .shows("cell.csv");
    // The count goes on behind the last number.
    let series = head.get("/series/MCM").await.good();
    let kept = head.answer(&series, "/series/MCM/numbers", &[("purpose", "The next paper")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    head.get("/series/MCM").await.good().shows("MCM-0047-2026");

    // The same workbook once more, with one row more and a row that was mended.
    let more = REGISTER.replace("Cell;;NATO SECRET", "Cell;Mended;NATO SECRET");
    let again = brings(&mut head, "cell again.csv", more.as_bytes()).await.to().to_owned();
    let page = head.get(&again).await.good();
    page.shows("Take over 1 document").shows("Registered as REG-2026-1");
    head.get(&format!("{again}?show=counts")).await.good().shows("past the old register");
    head.answer(&page, &again, &[("act", "take-over")]).await;
    ends(&mut head, &again).await.shows("1 registered, 3 registered before");
    assert_eq!(registered(&world).await, 4);

    // What another controller brings is told apart too, as far as he sees it.
    let mut other = world.browser("controller").await;
    let theirs = brings(&mut other, "cell.csv", REGISTER.as_bytes()).await.to().to_owned();
    other.get(&theirs).await.good().shows("Registered as REG-2026-1").hides("Take over");
    assert_eq!(other.get(&own).await.status, StatusCode::NOT_FOUND, "another's workbook");
}

#[tokio::test]
async fn columns_and_settings_are_changed_and_what_was_typed_stays() {
    let (_world, mut head) = founded().await;
    let text = "Betreff;Zahl;Tag\nRoads;1;2/3/2026\nPorts;2;3/3/2026\n";
    let own = brings(&mut head, "foreign.csv", text.as_bytes()).await.to().to_owned();
    let page = head.get(&own).await.good();
    page.shows("No column is the subject").hides("Take over 2");
    let typed = [
        ("act", "look"),
        ("sheet", "0"),
        ("heading_row", "1"),
        ("column-1", "number"),
        ("column-2", "date"),
        ("order-2", "month-first"),
        ("held_elsewhere", "Strong room"),
        ("direction", "internal"),
        ("kind", "memorandum"),
        ("language", "en"),
        ("label", "NATO|RESTRICTED"),
        ("series", "MCM"),
        ("counting", "yearly"),
    ];
    let still = head.answer(&page, &own, &typed).await;
    assert_eq!(still.status, StatusCode::SEE_OTHER, "{}", still.text);
    let page = head.get(&own).await.good();
    page.shows("No column is the subject").shows("value=\"Strong room\"");
    let whole: Vec<(&str, &str)> = typed.into_iter().chain([("column-0", "subject")]).collect();
    head.answer(&page, &own, &whole).await;
    let page = head.get(&own).await.good();
    page.shows("Take over 2 documents").shows("NATO RESTRICTED").shows("3 February 2026");
    head.get(&format!("{own}?show=counts")).await.good().shows("MCM-0003-2026");
    let twice: Vec<(&str, &str)> =
        whole.iter().copied().filter(|(n, _)| *n != "column-2").chain([("column-2", "number")]).collect();
    head.answer(&page, &own, &twice).await;
    head.get(&own).await.good().shows("Two columns hold the same thing");

    // What is wrong with a field stands beside it, and nothing typed is lost.
    let wrong: Vec<(&str, &str)> = whole
        .iter()
        .copied()
        .filter(|(n, _)| !matches!(*n, "held_elsewhere" | "heading_row"))
        .chain([("heading_row", "first"), ("held_elsewhere", "")])
        .collect();
    let refused = head.answer(&page, &own, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"first\"").shows("field-held_elsewhere-error");

    head.answer(&page, &own, &[("act", "throw-away")]).await;
    assert_eq!(head.get(&own).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_register_is_refused_in_words_and_only_controllers_bring_one() {
    let (world, mut head) = founded().await;
    for (name, bytes, words) in [
        ("empty.csv", b" ; ;\n;;\n".as_slice(), "No sheet of the workbook says anything"),
        ("picture.png", b"\x89PNG\r\n\x1a\n....".as_slice(), "No table can be read from this file"),
        ("", b"".as_slice(), "This is empty"),
    ] {
        let refused = brings(&mut head, name, bytes).await;
        assert!(refused.status.is_client_error(), "{name}: {}", refused.status);
        refused.shows(words);
    }
    let headings = brings(&mut head, "heads.csv", b"No;Subject;Date\n").await.to().to_owned();
    let page = head.get(&headings).await.good();
    page.shows("No row becomes a document").hides("Take over");
    let none = head.answer(&page, &headings, &[("act", "take-over")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("No row of this sheet becomes a document");

    let mut clerk = world.browser("clerk").await;
    assert_eq!(clerk.get("/register/old").await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.get(&headings).await.status, StatusCode::FORBIDDEN);
    let mut speaks = world.browser("controller").await;
    speaks.speaks("fr").await;
    speaks.get("/register/old").await.good().shows("Anciens registres").shows("old-register.csv");
    let example = speaks.get("/assets/old-register.csv").await.good();
    let own = brings(&mut speaks, "exemple.csv", &example.bytes).await.to().to_owned();
    speaks.get(&own).await.good().shows("Reprendre");
}
