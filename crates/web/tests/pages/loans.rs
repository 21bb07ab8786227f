//! Loans with a day, their place in a container, papers in no log, and receipts whose paper is scanned, through the pages.

use axum::http::StatusCode;
use registry::{
    Answer, Command,
    custody::{Act, fact::Addressee},
};

use crate::{
    browser::World,
    receipts::{Desk, brings, sends},
};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const DAY: i64 = 24 * 60;

#[tokio::test]
async fn a_loan_has_a_day_is_listed_late_extended_and_ends_with_its_return() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let furnish = Act::Furnish { name: "Safe 4".into(), place: "Room 210".into(), approved: Vec::new() };
    let Answer::Furnished { container } = desk.does(desk.clerk, furnish).await else { panic!() };
    let form = clerk.get("/custody/do/keep?copies=NS-0001%2F2026%2F1").await.good();
    let put = |container: &'static str, shelf: &'static str| {
        [("registry", "REG"), ("copies", "NS-0001/2026/1"), ("container", container), ("shelf", shelf)]
    };
    let odd = sends(&mut clerk, &form, "/custody/do/keep", &put("desk", "Shelf 2")).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    odd.shows("#field-shelf").shows("value=\"Shelf 2\"");
    let safe: &'static str = Box::leak(container.to_string().into_boxed_str());
    let kept = sends(&mut clerk, &form, "/custody/do/keep", &put(safe, "Shelf 2")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let copy = format!("/custody/copies/{}", desk.copies[0]);
    clerk.get(&copy).await.good().shows("Safe 4 – Shelf 2").hides("Extend the loan");

    let form = clerk.get("/custody/do/send?copies=NS-0001%2F2026%2F1").await.good();
    let lend = |to: &'static str, back_by: &'static str| {
        [
            ("registry", "REG"),
            ("copies", "NS-0001/2026/1"),
            ("to", to),
            ("person", "deputy"),
            ("back_by", back_by),
        ]
    };
    for (to, day, says) in [
        ("person", "1 March 2026", "The loan would be over before it begins."),
        ("desk", "1 April 2026", "A registry of the house borrows nothing."),
        ("person", "some day", "There is no such date."),
    ] {
        let refused = sends(&mut clerk, &form, "/custody/do/send", &lend(to, day)).await;
        assert!(refused.status.is_client_error(), "{to} {day}");
        refused.shows(says).shows("#field-back_by").shows(&format!("value=\"{day}\""));
    }
    let sent = sends(&mut clerk, &form, "/custody/do/send", &lend("person", "20 March 2026")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    clerk.get(sent.to()).await.good().shows("To be back by").shows("20 March 2026");
    let mut deputy = desk.world.browser("deputy").await;
    let page = deputy.get("/holdings").await.good();
    let dispatch = crate::receipts::within(&page, "/holdings/receipt", "dispatch");
    sends(&mut deputy, &page, "/holdings/receipt", &[("dispatch", &dispatch)]).await;
    deputy.get("/holdings").await.good().shows("on loan until 20 March 2026");
    deputy.get("/holdings?view=loan").await.good().shows("NS-0001/2026/1");
    deputy.get("/holdings?view=late").await.good().hides("NS-0001/2026/1");
    clerk.get(&copy).await.good().shows("Has its place in").shows("Extend the loan").shows("out-card.pdf");
    clerk.get("/custody/copies?loan=out").await.good().shows("NS-0001/2026/1").shows("20 March 2026");
    clerk.get("/custody/copies?loan=overdue").await.good().hides("NS-0001/2026/1");
    clerk.get("/custody/copies.csv?registry=REG&loan=out").await.good().shows("2026-03-20");
    clerk.get("/custody").await.good().shows("Loans overdue");

    // Nobody has brought it back.
    desk.world.after(30 * DAY);
    let mut clerk = desk.world.browser("clerk").await;
    let mut deputy = desk.world.browser("deputy").await;
    clerk
        .get("/custody/copies?loan=overdue&order=back")
        .await
        .good()
        .shows("late by")
        .shows("NS-0001/2026/1");
    deputy.get("/holdings?view=late").await.good().shows("late by").shows("NS-0001/2026/1");
    let form = clerk.get("/custody/do/prolong?copies=NS-0001%2F2026%2F1").await.good();
    let longer = |back_by: &'static str, words: &'static str| {
        [("registry", "REG"), ("copies", "NS-0001/2026/1"), ("back_by", back_by), ("words", words)]
    };
    for (day, words, field) in
        [("", "Longer", "back_by"), ("1 June 2026", "", "words"), ("12 March 2026", "x", "back_by")]
    {
        let refused = sends(&mut clerk, &form, "/custody/do/prolong", &longer(day, words)).await;
        assert!(refused.status.is_client_error(), "{day} {words}");
        refused.shows(&format!("#field-{field}"));
    }
    let done =
        sends(&mut clerk, &form, "/custody/do/prolong", &longer("1 June 2026", "The exercise lasts")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(&copy).await.good().shows("Loan extended until 1 June 2026").shows("The exercise lasts");
    let form = clerk.get("/custody/do/keep?copies=NS-0001%2F2026%2F1").await.good();
    sends(&mut clerk, &form, "/custody/do/keep", &put(safe, "Shelf 2")).await;
    clerk.get(&copy).await.good().hides("on loan until").hides("Has its place in");
    clerk.speaks("fr").await;
    clerk.get("/custody/do/prolong").await.good().shows("Prolonger le prêt");
}

#[tokio::test]
async fn a_paper_in_no_log_is_listed_until_a_copy_is_numbered() {
    let world = World::founded().await;
    let paper = world.paper(Some("SECRET"), "Rotation", "The detachment rotates in March.").await;
    world.paper(Some("CONFIDENTIAL"), "Menu", "Soup on Monday.").await;
    let mut clerk = world.browser("clerk").await;
    clerk.get("/custody/working-papers").await.good().shows("No such paper");
    let list = clerk.get("/custody/working-papers?state=others").await.good();
    list.shows(&format!("/documents/{paper}/copies"))
        .shows("not in a log")
        .shows("NATO SECRET")
        .hides("Rotation");
    list.hides("NATO CONFIDENTIAL");
    let file = clerk.get("/custody/working-papers.csv?state=others").await.good();
    assert_eq!(file.text.lines().count(), 2, "{}", file.text);
    clerk.get("/custody/working-papers.xlsx?state=others").await.good();
    let form = clerk.get(&format!("/documents/{paper}/copies")).await.good();
    let fields =
        [("origin", "received"), ("numbers", "1"), ("medium", "paper"), ("container", "desk"), ("at", "")];
    let done = clerk
        .answer(
            &form,
            &format!("/documents/{paper}/copies"),
            &[&[("command", form.hidden("command").as_str())], &fields[..]].concat(),
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get("/custody/working-papers?state=others").await.good().shows("No such paper");
    let mut reader = world.browser("officer1").await;
    assert_eq!(reader.get("/custody/working-papers").await.status, StatusCode::NOT_FOUND);
}

/// A hundred and ninety-two days old, and of yesterday: the one is overdue, the other may wait.
#[tokio::test]
async fn a_working_paper_too_old_is_listed_with_what_can_be_done_until_its_copies_are_numbered() {
    let world = World::founded().await;
    let clerk = world.office.person_named("clerk").await.unwrap();
    let mut papers = Vec::new();
    for (subject, date) in [("Places of the umpires", "2025-09-01"), ("Winter alert site", "2026-03-11")] {
        let mut paper = world.entry(Some("SECRET"), subject, true).await;
        paper.kind = "working-paper".into();
        paper.date = Some(registry::DocumentDate::parse(date).unwrap());
        let command = Command::Register { registry: world.registry, document: Box::new(paper) };
        let Answer::Registered { document, .. } = world.does(clerk, command).await else { panic!() };
        papers.push(format!("/documents/{document}"));
    }
    let [old, new] = &papers[..] else { panic!() };
    let mut clerk = world.browser("clerk").await;
    clerk.get("/custody").await.good().shows("Working papers overdue for the log").shows("state=overdue");
    let list = clerk.get("/custody/working-papers?state=overdue").await.good();
    list.shows("1 September 2025").shows("28 February 2026").shows("overdue by 12 days");
    list.shows(&format!("href=\"{old}/copies\"")).shows("Number copies").hides(new);
    let all = clerk.get("/custody/working-papers").await.good();
    all.shows(old).shows(new).shows("due in 179 days");
    clerk.get("/custody/working-papers?state=due").await.good().shows(new).hides(old);
    let file = clerk.get("/custody/working-papers.csv?state=overdue").await.good();
    assert_eq!(file.text.lines().count(), 2, "{}", file.text);
    file.shows("2025-09-01").shows("2026-02-28");
    // The record of the paper says that nothing leaves before it is numbered, and leads there.
    let record = clerk.get(&format!("{old}/record")).await.good();
    record.shows("This working paper stands in no log.").shows(&format!("href=\"{old}/copies\""));
    clerk.speaks("fr").await;
    clerk.get("/custody/working-papers?state=overdue").await.good().shows("28 février 2026");
    clerk.speaks("en").await;
    let form = clerk.get(&format!("{old}/copies")).await.good();
    let fields =
        [("origin", "made"), ("numbers", "1-2"), ("medium", "paper"), ("container", "desk"), ("at", "")];
    let done = sends(&mut clerk, &form, &format!("{old}/copies"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get("/custody/working-papers?state=overdue").await.good().shows("No such paper");
    clerk.get(&format!("{old}/record")).await.good().hides("This working paper stands in no log.");
    let mut other = world.browser("officer1").await;
    assert_eq!(other.get("/custody/working-papers?state=overdue").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_receipt_on_paper_keeps_its_scan_and_takes_no_other_file() {
    let desk = Desk::set().await;
    let mission = Addressee::Elsewhere { name: "The mission".into() };
    let path = desk.sends(&[0, 1], mission).await;
    let mut clerk = desk.world.browser("clerk").await;
    let (page, action) = (clerk.get(&path).await.good(), format!("{path}/paper"));
    let fields = [("form", "paper"), ("by", "T. Nogueira"), ("at", "")];
    let text = brings(&mut clerk, &page, &action, &fields, Some(("receipt.png", b"no picture"))).await;
    assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", text.text);
    text.shows("#field-content").shows("value=\"T. Nogueira\"");
    let huge = [SIGNATURE, &vec![0; 20_000_001]].concat();
    let huge = brings(&mut clerk, &page, &action, &fields, Some(("receipt.png", &huge))).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", huge.status);
    let done = brings(&mut clerk, &page, &action, &fields, Some(("receipt.png", SIGNATURE))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let scan = format!("{path}/scans/1");
    clerk.get(&path).await.good().shows(&format!("src=\"{scan}\""));
    let shown = clerk.get(&scan).await.good();
    assert_eq!(shown.header("content-type"), "image/png");
    assert_eq!(shown.header("content-security-policy"), "default-src 'none'; sandbox");
    for gone in ["2", "0", "x"] {
        assert_eq!(clerk.get(&format!("{path}/scans/{gone}")).await.status, StatusCode::NOT_FOUND);
    }
    let mut deputy = desk.world.browser("deputy").await;
    assert_eq!(deputy.get(&scan).await.status, StatusCode::NOT_FOUND);
}
