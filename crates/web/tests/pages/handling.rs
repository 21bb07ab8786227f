//! Working on documents through the pages: taken out and given back, compared, opened for the record, copies authorised.

use axum::http::StatusCode;
use registry::authorisation::{Grant, Role};

use crate::browser::World;

/// A house with `chief`, a controller who reads up to SECRET.
async fn world() -> World {
    let world = World::founded().await;
    let chief = world.adds("chief").await;
    world.clears(chief, "SECRET").await;
    world.gives(chief, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
    world
}

#[tokio::test]
async fn a_clerk_takes_a_document_out_and_gives_it_back_with_a_new_version_that_is_compared() {
    let world = world().await;
    let paper = world
        .paper(Some("CONFIDENTIAL"), "Rotation", "The detachment rotates in March.\n\nStores stay.")
        .await;
    let (page, work) = (format!("/documents/{paper}"), format!("/documents/{paper}/work"));
    let mut clerk = world.browser("clerk").await;
    clerk.get(&page).await.good().shows("Take it out").hides("had it out");
    let form = clerk.get(&work).await.good();
    let fields = |act: &'static str, page: &crate::browser::Page| {
        vec![("token", page.hidden("token")), ("command", page.hidden("command")), ("act", act.to_owned())]
    };
    async fn sends(
        browser: &mut crate::browser::Browser,
        path: &str,
        fields: Vec<(&'static str, String)>,
        file: Option<(&str, &[u8])>,
    ) -> crate::browser::Page {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        browser.multipart(path, &fields, file).await
    }
    let mut out = fields("out", &form);
    out.push(("reason", "Annex B".into()));
    out.push(("until", "31 February 2026".into()));
    let refused = sends(&mut clerk, &work, out.clone(), None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Annex B").shows("31 February 2026");
    out.pop();
    let done = sends(&mut clerk, &work, out, None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(done.to()).await.good().shows("has had it out since").shows("Annex B").shows("Give it back");

    // Who sees the document sees the lock; who registers nowhere has no business with it.
    let mut reader = world.browser("reader").await;
    reader.get(&page).await.good().shows("has had it out since");
    assert_eq!(reader.get(&work).await.status, StatusCode::FORBIDDEN);
    let mut chief = world.browser("chief").await;
    chief.get(&work).await.good().shows("Give it back in the other");

    let form = clerk.get(&work).await.good();
    let empty = sends(&mut clerk, &work, fields("in", &form), None).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    world.after(5);
    let text = b"The detachment rotates in April.\n\nStores stay.".as_slice();
    let done = sends(&mut clerk, &work, fields("in", &form), Some(("new.txt", text))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(done.to()).await.good().shows("in April").hides("had it out");
    clerk.get(&format!("{page}?tab=versions")).await.good().shows("Compare");
    let compared = clerk.get(&format!("{page}/compare?from=1&to=2")).await.good();
    compared.shows("<del>").shows("<ins>").shows("March").shows("April");
    assert_eq!(compared.banner(), "NATO CONFIDENTIAL");
    assert_eq!(clerk.get(&format!("{page}/compare?from=1&to=9")).await.status, StatusCode::NOT_FOUND);
    let mut nobody = world.browser("nobody").await;
    assert_eq!(nobody.get(&format!("{page}/compare?from=1&to=2")).await.status, StatusCode::NOT_FOUND);
    // The reader opened version 1 and is told of the next one on his desk, until he says that he knows.
    let desk = reader.get("/desk").await.good();
    desk.shows("Changed since you read it");
    let known = reader
        .answer(
            &desk,
            &format!("{page}/record"),
            &[
                ("command", &desk.hidden("command")),
                ("act", "told"),
                ("person", &desk.hidden("person")),
                ("change", &desk.hidden("change")),
            ],
        )
        .await;
    assert_eq!(known.status, StatusCode::SEE_OTHER, "{}", known.text);
    reader.get("/desk").await.good().hides("Changed since you read it");
}

#[tokio::test]
async fn an_accountable_paper_is_opened_for_the_record_and_copied_by_authority_alone() {
    let world = world().await;
    let paper = world.paper(Some("SECRET"), "Stocks", "The stocks are in hall four.").await;
    let (page, record) = (format!("/documents/{paper}"), format!("/documents/{paper}/record"));
    let mut clerk = world.browser("clerk").await;
    // Neither the entry nor a list is an opening of the text.
    clerk.get(&format!("{page}?tab=about")).await.good().hides("hall four");
    clerk.get("/search?q=stocks").await.good().hides("hall four");
    clerk.get(&record).await.good().shows("No line yet");
    clerk.get(&page).await.good().shows("hall four").shows("print-refused").shows("stands in its record");
    clerk.get(&page).await.good();
    // Twice within the hour is one line.
    let lines = |csv: &str| csv.lines().filter(|line| line.contains("On screen")).count();
    let csv = clerk.get(&format!("{record}.csv")).await.good();
    assert_eq!(lines(&csv.text), 1, "{}", csv.text);
    world.after(61);
    let mut clerk = world.browser("clerk").await;
    clerk.get(&page).await.good();
    assert_eq!(lines(&clerk.get(&format!("{record}.csv")).await.good().text), 2);

    let refused = clerk.get(&format!("{page}/file/1")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("accountable").shows("authorise a copy").hides("hall four");

    let mut chief = world.browser("chief").await;
    let form = chief.get(&record).await.good();
    form.shows("clerk").shows("On screen");
    let asked = |person: &'static str| {
        vec![
            ("act", "authorise"),
            ("person", person),
            ("version", "1"),
            ("copies", "1"),
            ("until", "2026-04-30"),
            ("purpose", "Exercise"),
        ]
    };
    let command = form.hidden("command");
    for (person, status) in [("chief", StatusCode::FORBIDDEN), ("reader", StatusCode::UNPROCESSABLE_ENTITY)] {
        let mut fields = asked(person);
        fields.push(("command", &command));
        let refused = chief.answer(&form, &record, &fields).await;
        assert_eq!(refused.status, status, "{person}");
        refused.shows("Exercise");
    }
    let mut fields = asked("clerk");
    fields.push(("command", &command));
    let done = chief.answer(&form, &record, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(clerk.get(&format!("{page}/file/1")).await.good().bytes, b"The stocks are in hall four.");
    assert_eq!(clerk.get(&format!("{page}/file/1")).await.status, StatusCode::FORBIDDEN);
    // Others' lines are a controller's to see.
    chief.get(&page).await.good();
    let own = clerk.get(&format!("{record}.csv")).await.good();
    assert!(!own.text.contains("chief"), "{}", own.text);
    assert!(chief.get(&format!("{record}.csv")).await.good().text.contains("clerk"));
    let mut reader = world.browser("reader").await;
    assert_eq!(reader.get(&record).await.status, StatusCode::NOT_FOUND);
}
