//! A paper distributed through its form, what is asked of readers and holders on their own pages, and what the staff sees of it.

use axum::http::StatusCode;

use crate::{
    browser::{Browser, Page},
    receipts::{Desk, sends},
};

const DAY: i64 = 24 * 60;

/// Where the paper of the desk is.
async fn paper(clerk: &mut Browser) -> String {
    let list = clerk.get("/custody/copies?registry=REG").await.good();
    let at = list.text.find("/documents/").unwrap();
    let id: String =
        list.text[at + 11..].chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
    format!("/documents/{id}")
}

fn line(n: usize, [is, to, by, copy]: [&str; 4]) -> Vec<(String, String)> {
    [("is", is), ("to", to), ("purpose", "action"), ("by", by), ("copy", copy)]
        .map(|(part, value)| (format!("lines.{n}.{part}"), value.to_owned()))
        .to_vec()
}

async fn gives(clerk: &mut Browser, path: &str, go: &str, lines: &[[&str; 4]]) -> Page {
    let page = clerk.get(path).await.good();
    let mut fields = vec![("go".to_owned(), go.to_owned()), ("rows".to_owned(), "5".to_owned())];
    fields.extend((1..).zip(lines).flat_map(|(n, one)| line(n, *one)));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    sends(clerk, &page, path, &fields).await
}

fn part(page: &Page, action: &str, name: &str) -> String {
    crate::receipts::within(page, action, name)
}

#[tokio::test]
async fn a_paper_is_distributed_in_one_step_and_what_is_refused_stands_at_its_line() {
    let desk = Desk::set().await;
    let world = &desk.world;
    world.adds("outsider").await;
    let mut clerk = world.browser("clerk").await;
    let path = format!("{}/distribute", paper(&mut clerk).await);
    let form = clerk.get(&path).await.good();
    form.shows("Copies that are free: 1, 2, 3, 4").shows("placeholder=\"1\"").shows("Rotation");
    clerk.get(&path.replace("distribute", "copies")).await.good().shows(&format!("href=\"{path}\""));
    // More lines keep what was typed.
    let more = gives(&mut clerk, &path, "more", &[["person", "deputy", "electronic", ""]]).await;
    more.shows("value=\"deputy\"").shows("lines.10.to");
    // Who may not have it is named beside his line; nothing is sent.
    for (lines, field, says) in [
        (
            vec![["person", "deputy", "copy", ""], ["person", "outsider", "copy", ""]],
            "lines.2.to",
            "is not cleared",
        ),
        (vec![["person", "outsider", "electronic", ""]], "lines.1.to", "may not open this paper today"),
        (vec![["elsewhere", "Mission", "electronic", ""]], "lines.1.to", "Only a person of the house"),
        (vec![["person", "nobody", "copy", ""]], "lines.1.to", "nobody"),
        (vec![["registry", "NONE", "copy", ""]], "lines.1.to", "NONE"),
        (vec![["person", "deputy", "copy", "9"]], "lines.1.copy", "9"),
        (vec![["person", "deputy", "copy", "soon"]], "lines.1.copy", "soon"),
        (vec![], "lines.1.to", "This is empty."),
    ] {
        let back = gives(&mut clerk, &path, "send", &lines).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.text);
        back.shows(&format!("#field-{field}")).shows(&format!("id=\"field-{field}\"")).shows(says);
    }
    clerk.get("/custody/books/distributions?state=all").await.good().shows("No such distribution");
    let lines = [
        ["person", "deputy", "electronic", ""],
        ["person", "deputy", "copy", "3"],
        ["elsewhere", "Mission of Lund", "copy", ""],
    ];
    let done = gives(&mut clerk, &path, "send", &lines).await;
    assert!(done.to().contains("/custody/books/distributions/"), "{}", done.text);
    let page = clerk.get(done.to()).await.good();
    page.shows("Distribution DI-0001/2026").shows("R-0001/2026").shows("R-0002/2026").shows("/1").shows("/3");
    page.shows("Not read").shows("Receipt out").shows("Mission of Lund");
    // It is found from the list, the files, its number; and by nobody who is not of the staff.
    clerk.get("/custody/books/distributions").await.good().shows("DI-0001/2026");
    clerk.get("/custody/books/distributions/items.csv").await.good().shows("DI-0001/2026");
    let item = done.to().split('?').next().unwrap().to_owned();
    let mut deputy = world.browser("deputy").await;
    assert_eq!(deputy.get(&item).await.status, StatusCode::NOT_FOUND);
    assert_eq!(deputy.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.browser("outsider").await.get(&path).await.status, StatusCode::NOT_FOUND);
    // The reader finds it on his desk and with what he has; he alone says that he read it, and once.
    let own = deputy.get("/holdings").await.good();
    own.shows("For you to read").shows("Rotation");
    deputy.get("/desk").await.good().shows("For you").shows("Rotation");
    world.after(6 * DAY);
    let mut clerk = world.browser("clerk").await;
    clerk.get("/custody").await.good().shows("Not read");
    let mut deputy = world.browser("deputy").await;
    let own = deputy.get("/holdings").await.good();
    let id = part(&own, "/holdings/read", "item");
    let page = clerk.get("/holdings").await.good();
    page.hides("For you to read");
    let foreign = clerk.answer(&page, "/holdings/read", &[("item", &id)]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let read = sends(&mut deputy, &own, "/holdings/read", &[("item", &id)]).await;
    assert_eq!(read.to(), "/holdings?done=holdings-was-read");
    deputy.get(read.to()).await.good().shows("you have read it").hides("For you to read");
    let page = clerk.get(&item).await.good();
    page.shows("Read by").hides("since 6 days");
    // What will not come is ended with words; then nothing is awaited.
    let end = |words| [("step", "end-lines"), ("lines", "2"), ("lines", "3"), ("words", words)];
    let none = sends(&mut clerk, &page, &format!("{item}/steps"), &end("")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = sends(&mut clerk, &page, &format!("{item}/steps"), &end("They have left")).await;
    clerk.get(done.to()).await.good().shows("They have left").hides("Awaited");
}

#[tokio::test]
async fn holders_are_told_and_say_that_it_is_done() {
    let desk = Desk::set().await;
    let world = &desk.world;
    let mut clerk = world.browser("clerk").await;
    let document = paper(&mut clerk).await;
    let lines = [["person", "deputy", "copy", "1"], ["person", "deputy", "copy", "2"]];
    let given = gives(&mut clerk, &format!("{document}/distribute"), "send", &lines).await;
    assert!(given.to().contains("done=distributed"), "{}", given.text);
    let mut deputy = world.browser("deputy").await;
    let own = deputy.get("/holdings").await.good();
    let dispatch = part(&own, "/holdings/receipt", "dispatch");
    sends(&mut deputy, &own, "/holdings/receipt", &[("dispatch", &dispatch), ("back", "")]).await;
    // An amendment from the page of the copies, with what was typed kept.
    let copies = clerk.get(&format!("{document}/copies")).await.good();
    copies.shows("is=amend").shows("is=recall");
    let form = clerk.get("/custody/books/instructions/new?registry=REG&is=amend&paper=nothing").await.good();
    let at = "/custody/books/instructions";
    let reference = clerk.get(&document).await.good();
    let reference = {
        let from = reference.text.find("REG").unwrap();
        reference.text[from..].split(['<', '"', ' ']).next().unwrap().to_owned()
    };
    let fields = |paper, serial, insert| {
        [
            ("registry", "REG"),
            ("paper", paper),
            ("is", "amend"),
            ("authority", "Letter 9 of the originator"),
            ("serial", serial),
            ("insert", insert),
        ]
    };
    for (paper, serial, insert, field) in [
        ("nothing", "COR 8", "4a", "paper"),
        (reference.as_str(), "", "4a", "serial"),
        (reference.as_str(), "COR 8", "", "insert"),
    ] {
        let back = sends(&mut clerk, &form, at, &fields(paper, serial, insert)).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", back.text);
        back.shows(&format!("#field-{field}")).shows("Letter 9 of the originator");
    }
    let told = sends(&mut clerk, &form, at, &fields(&reference, "COR 8", "4a")).await;
    let item = told.to().split('?').next().unwrap().to_owned();
    let page = clerk.get(&item).await.good();
    page.shows("Instruction IN-0001/2026").shows("COR 8").shows("To be done");
    // The holder says it of his own, all at once; the record of the copy says when and by whom.
    deputy.get("/desk").await.good().shows("2 copies of yours");
    let own = deputy.get("/holdings").await.good();
    own.shows("To do with your copies").shows("Amend").shows("Done with all 2");
    let id = item.rsplit('/').next().unwrap();
    let copy = part(&own, "/holdings/post", "copy");
    let done = sends(&mut deputy, &own, "/holdings/post", &[("item", id), ("copy", &copy)]).await;
    assert_eq!(done.to(), "/holdings?done=holdings-was-posted");
    deputy.get(&format!("/custody/copies/{copy}")).await.good().shows("COR 8").shows("carried out");
    // The staff says it of the rest.
    let page = clerk.get(&item).await.good();
    let rest: Vec<String> = page
        .text
        .match_indices("type=\"checkbox\" name=\"copies\" value=\"")
        .map(|(at, mark)| page.text[at + mark.len()..].split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(rest.len(), 3);
    let mut fields = vec![("step", "post")];
    fields.extend(rest.iter().map(|id| ("copies", id.as_str())));
    let done = sends(&mut clerk, &page, &format!("{item}/steps"), &fields).await;
    clerk.get(done.to()).await.good().hides("Awaited");
    clerk.get("/custody/books/instructions").await.good().shows("No such instruction");
}
