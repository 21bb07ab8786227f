//! Musters through their pages: opened, counted by scanner, ended, signed by two, exported.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use registry::{
    Answer, Command,
    custody::{
        Act, Numbered,
        copy::{Medium, Origin},
        muster::MusterKind,
    },
};

use crate::{
    browser::Browser,
    receipts::{Desk, sends},
};

#[tokio::test]
async fn copies_are_counted_until_each_is_accounted_for_and_two_sign() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody/musters").await.good().shows("No muster has been opened");
    let form = clerk.get("/custody/musters/new").await.good();
    let over = [("registry", "REG"), ("kind", "hand-over"), ("from", "clerk"), ("to", "nobody of that name")];
    let refused = sends(&mut clerk, &form, "/custody/musters", &over).await;
    refused.shows("id=\"field-to-error\"").shows("nobody of that name");
    let fields = [("registry", "REG"), ("kind", "full"), ("words", "Yearly")];
    let opened = sends(&mut clerk, &form, "/custody/musters", &fields).await;
    let path = opened.to().split('?').next().unwrap().to_owned();
    clerk.get(opened.to()).await.good().shows("The list is frozen").shows("M-0001/2026").hides("Rotation");

    let count = format!("{path}/count");
    let sight = format!("{path}/sight");
    let page = clerk.get(&count).await.good();
    page.shows("0 of 4 accounted for").shows("NS-0001/2026/4").hides("Rotation");
    let seen = sends(&mut clerk, &page, &sight, &[("scan", "reg: ns-0001/2026 / 1"), ("pages", "")]).await;
    let page = clerk.get(seen.to()).await.good();
    page.shows("1 of 4 accounted for").shows("Person called clerk, ");
    for (scan, status, says) in [
        ("NS-0001/2026/1", StatusCode::UNPROCESSABLE_ENTITY, "sighted in this muster already"),
        ("NS-0001/2026/9", StatusCode::UNPROCESSABLE_ENTITY, "There is no copy NS-0001/2026/9"),
        ("OTHER:NS-0001/2026/2", StatusCode::UNPROCESSABLE_ENTITY, "a copy of another registry"),
        ("a shopping list", StatusCode::UNPROCESSABLE_ENTITY, "is not the name of a copy"),
        ("", StatusCode::UNPROCESSABLE_ENTITY, "field-scan-error"),
    ] {
        let refused = sends(&mut clerk, &page, &sight, &[("scan", scan), ("pages", "")]).await;
        assert_eq!(refused.status, status, "{scan}");
        refused.shows(says).shows("1 of 4 accounted for");
    }
    // Pages that are not as many as the books say want words, and are an incident.
    let short = sends(&mut clerk, &page, &sight, &[("scan", "NS-0001/2026/2"), ("pages", "3")]).await;
    short.shows("id=\"field-words-error\"").shows("value=\"NS-0001/2026/2\"");
    let fields = [("scan", "NS-0001/2026/2"), ("pages", "3"), ("words", "Page 4 is gone")];
    let seen = sends(&mut clerk, &short, &sight, &fields).await;
    clerk.get(seen.to()).await.good().shows("2 of 4 accounted for").shows("3 pages");
    clerk.get("/custody/incidents").await.good().shows("I-0001/2026");

    let page = clerk.get(&path).await.good();
    let close = format!("{path}/close");
    let early = sends(&mut clerk, &page, &close, &[("form", "close"), ("words", "")]).await;
    early.shows("Of 2 copies nobody has said yet where they are");
    let page = clerk.get(&count).await.good();
    let both = [("scan", "NS-0001/2026/3\nNS-0001/2026/4"), ("pages", "")];
    assert_eq!(sends(&mut clerk, &page, &sight, &both).await.status, StatusCode::SEE_OTHER);
    let page = clerk.get(&path).await.good();
    let closed = sends(&mut clerk, &page, &close, &[("form", "close"), ("words", "In good order")]).await;
    assert_eq!(closed.to(), format!("{path}?done=muster-closed"), "{}", closed.text);

    let sign = format!("{path}/sign");
    let page = clerk.get(&path).await.good();
    page.shows("Waits for a signature").shows("In good order").hides(&close);
    desk.world.after(70);
    clerk.get("/desk").await.good();
    desk.world.after(80);
    let stale = sends(&mut clerk, &page, &sign, &[("form", "sign")]).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN, "{}", stale.text);
    stale.shows("Your password, once more");
    for login in ["clerk", "controller"] {
        let mut browser = desk.world.browser(login).await;
        let page = browser.get(&path).await.good();
        let signed = sends(&mut browser, &page, &sign, &[("form", "sign")]).await;
        assert_eq!(signed.to(), format!("{path}?done=muster-signed"), "{}", signed.text);
    }
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get(&path).await.good().shows("Person called controller").hides(&sign);
    clerk.get("/custody/musters.csv").await.good().shows("M-0001/2026").shows(",4,4,0,");
    clerk
        .get(&format!("{path}/lines.csv?state=sighted"))
        .await
        .good()
        .shows("NS-0001/2026/2")
        .hides("Rotation");
    clerk.get(&format!("{path}/lines.xlsx")).await.good();

    // Whoever is not of the staff learns of none of it.
    let mut deputy = desk.world.browser("deputy").await;
    for path in ["/custody/musters", "/custody/musters/new", &path, &count] {
        assert_eq!(deputy.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Records so many copies of one more paper at the desk; `text` is in no other.
async fn records(desk: &Desk, text: &str, many: u32) {
    let clerk = desk.world.office.person_named("clerk").await.unwrap();
    let paper = desk.world.paper(Some("SECRET"), "Rotation", text).await;
    let act = Act::Record {
        shelf: String::new(),
        document: paper.parse().unwrap(),
        origin: Origin::Received,
        from: None,
        copies: (1..=many).map(|number| Numbered { number, pages: None, medium: Medium::Paper }).collect(),
        of: None,
        container: None,
        at: None,
        words: String::new(),
    };
    let command = Command::Custody { registry: desk.world.registry, act: Box::new(act) };
    assert!(matches!(desk.world.does(clerk, command).await, Answer::Recorded { .. }));
}

/// Opens a muster of all copies: where it is.
async fn opens(desk: &Desk) -> String {
    let clerk = desk.world.office.person_named("clerk").await.unwrap();
    let act = Act::OpenMuster {
        is: MusterKind::Full,
        logs: Vec::new(),
        container: None,
        sample: None,
        seed: None,
        hand_over: None,
        words: String::new(),
    };
    let command = Command::Custody { registry: desk.world.registry, act: Box::new(act) };
    let Answer::Mustered { muster, .. } = desk.world.does(clerk, command).await else { panic!() };
    format!("/custody/musters/{muster}")
}

#[expect(clippy::disallowed_methods, reason = "says how long a scan took")]
fn now() -> Instant {
    Instant::now()
}

/// The middle of how long scans take, each with the page that answers it.
async fn scans(clerk: &mut Browser, muster: &str, names: impl Iterator<Item = String>) -> Duration {
    let mut page = clerk.get(&format!("{muster}/count")).await.good();
    let mut took = Vec::new();
    for name in names {
        let begun = now();
        let seen = sends(clerk, &page, &format!("{muster}/sight"), &[("scan", &name), ("pages", "")]).await;
        page = clerk.get(seen.to()).await.good();
        took.push(begun.elapsed());
    }
    took.sort();
    took[took.len() / 2]
}

/// Neither who sees all of a muster nor how it stands is asked of its lines, so a scan takes as long as in a small one.
#[tokio::test]
async fn a_scan_among_thousands_takes_as_long_as_among_a_few() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    records(&desk, "A few.", 20).await;
    let small = opens(&desk).await;
    let few = scans(&mut clerk, &small, (1..=15).map(|n| format!("NS-0002/2026/{n}"))).await;
    for n in 1..=3 {
        records(&desk, &format!("Many, {n}."), 1_000).await;
    }
    let large = opens(&desk).await;
    let many = scans(&mut clerk, &large, (1..=15).map(|n| format!("NS-0004/2026/{n}"))).await;
    println!("a scan among 24: {few:?}, among 3,024: {many:?}");
    let page = clerk.get(&format!("{large}/count")).await.good();
    page.shows("15 of 3,024 accounted for").shows("when no more than 200 are to be found");
    clerk.get(&format!("{small}/count")).await.good().shows("To be found").shows("NS-0002/2026/16");
    assert!(many < few * 3 + Duration::from_millis(20), "among 24 {few:?}, among 3,024 {many:?}");
}
