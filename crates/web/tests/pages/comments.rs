//! Two offices comment on a tasker row by row, the lead settles the rows, and the table is given out as files.

use axum::http::StatusCode;

use crate::{
    browser::{Browser, Page, World},
    cases::{ASKED, led, staffed, tasks},
    receipts::sends,
};

/// A tasker in work of which OPS (`support`) and MED (`nobody`) are asked; answers with where it is.
async fn asked(world: &World) -> String {
    let second = world.office.person_named("nobody").await.unwrap();
    world.clears(second, "CONFIDENTIAL").await;
    let mut clerk = world.browser("clerk").await;
    let form = "/cases/new/tasker";
    let page = clerk.get(form).await.good();
    let mut fields = ASKED.to_vec();
    fields.push(("f.support", "MED"));
    let case = led(&sends(&mut clerk, &page, form, &fields).await);
    let page = clerk.get(&case).await.good();
    led(&sends(&mut clerk, &page, &format!("{case}/step"), &[("step", "issue"), ("at", "draft")]).await);
    let mut reader = world.browser("reader").await;
    let page = reader.get(&case).await.good();
    led(&sends(&mut reader, &page, &format!("{case}/step"), &[("step", "begin"), ("at", "issued")]).await);
    case
}

/// Adds a row; answers with what came back.
async fn says(browser: &mut Browser, case: &str, severity: &str, comment: &str, proposal: &str) -> Page {
    let page = browser.get(case).await.good();
    let task = tasks(&page, case).remove(0);
    let table = format!("{case}/comments");
    let page = browser.get(&table).await.good();
    let row = [
        ("act", "add"),
        ("form", "add"),
        ("task", task.rsplit('/').next().unwrap()),
        ("severity", severity),
        ("page", "12"),
        ("paragraph", "4.1"),
        ("text", "forty days"),
        ("comment_text", comment),
        ("proposal", proposal),
    ];
    browser.answer(&page, &table, &row).await
}

/// The identifiers of the rows that can be chosen.
fn rows(page: &Page) -> Vec<String> {
    let mark = "name=\"comment\" value=\"";
    let all = page.text.match_indices(mark);
    all.map(|(at, _)| page.text[at + mark.len()..].split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn two_offices_comment_the_lead_settles_and_the_table_is_given_out() {
    let world = staffed().await;
    let case = asked(&world).await;
    let table = format!("{case}/comments");
    let mut support = world.browser("support").await;
    support.get(&case).await.good().shows(&format!("href=\"{table}\""));
    // What is refused comes back with what was typed.
    let bare = says(&mut support, &case, "critical", "Too few.", "").await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bare.text);
    bare.shows("href=\"#field-proposal\"").shows(">Too few.</textarea>").shows("value=\"critical\" checked");
    led(&says(&mut support, &case, "critical", "Too few <b>.", "sixty days").await);
    led(&says(&mut support, &case, "administrative", "Spelling.", "").await);
    let mut second = world.browser("nobody").await;
    led(&says(&mut second, &case, "substantive", "=Say by whom.", "").await);
    let page = second.get(&table).await.good();
    page.shows("Too few &lt;b&gt;.").shows("OPS-1").shows("MED-1").shows("p. 12").shows("para. 4.1");
    assert_eq!(page.banner(), "NATO CONFIDENTIAL");
    assert_eq!(rows(&page).len(), 1, "one chooses one's own alone");
    // An own row is changed and another's is not to be.
    let page = support.get(&format!("{table}?row=2")).await.good();
    let own = rows(&page);
    assert_eq!(own.len(), 3, "two in the list, and the one that is opened");
    let change = |comment: &'static str| {
        [("act", "change"), ("form", "change"), ("severity", "administrative"), ("comment_text", comment)]
    };
    let mut fields = change("Say litres.").to_vec();
    fields.push(("comment", &own[0]));
    led(&support.answer(&page, &format!("{table}?row=2"), &fields).await);
    support.get(&table).await.good().shows("Say litres.");
    let refused = second.answer(&page, &table, &fields).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER);

    // Nobody settles before the office has replied; then the lead does, one after the other.
    let mut reader = world.browser("reader").await;
    let page = reader.get(&format!("{table}?row=1")).await.good();
    page.hides("value=\"rejected\"");
    let theirs = support.get(&case).await.good();
    let task = tasks(&theirs, &case).remove(0);
    led(&sends(&mut support, &theirs, &task, &[("does", "reply"), ("reply", "non_concur")]).await);
    support.get(&table).await.good().hides("value=\"withdraw\"");
    let page = reader.get(&format!("{table}?row=1")).await.good();
    page.shows("value=\"rejected\"").shows("data-key=\"1\"");
    let all = rows(&page);
    let at = format!("{table}?row=1");
    let first = all[0].clone();
    let silent =
        reader.answer(&page, &at, &[("form", "settle"), ("act", "rejected"), ("comment", &first)]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.text);
    silent.shows("href=\"#field-reason\"");
    let why =
        [("form", "settle"), ("act", "partly"), ("comment", &*first), ("reason", "Fifty days will do.")];
    let next = reader.answer(&page, &at, &why).await;
    assert_eq!(next.to(), format!("{table}?row=2&done=comments-settled"));
    let page = reader.get(next.to()).await.good();
    page.shows("Settled.").shows("Fifty days will do.").shows("Accepted in part");
    led(&reader.answer(&page, &table, &[("act", "accepted"), ("comment", &all[all.len() - 1])]).await);

    // Filters, sorts and files say the same.
    reader.get(&format!("{table}?severity=critical")).await.good().shows("Too few").hides("Say litres.");
    reader.get(&format!("{table}?state=open&sort=office")).await.good().shows("Say by whom").hides("Too few");
    let file = reader.get(&format!("{table}.csv?sort=severity")).await.good();
    file.shows("1,OPS-1").shows("Fifty days will do.").shows("'=Say by whom.").shows("NATO CONFIDENTIAL");
    reader.get(&format!("{table}.xlsx")).await.good();
    reader.get(&case).await.good().shows("A comment was settled: Accepted in part.");
    let paper = reader.send("GET", &format!("{table}.docx"), None, Vec::new()).await;
    assert_eq!(paper.status, StatusCode::OK);
    assert!(paper.header("content-disposition").contains("comments.docx"));
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(paper.bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(parts.by_name(name).unwrap()).unwrap();
    for margin in ["word/header1.xml", "word/footer1.xml"] {
        assert!(part(margin).contains("NATO CONFIDENTIAL"), "{margin}");
    }
    let body = part("word/document.xml");
    for words in ["Comments on TT-2026-0001", "Too few &lt;b&gt;.", "sixty days", "Fifty days will do."] {
        assert!(body.contains(words), "{words}");
    }
    reader.speaks("fr").await;
    reader.get(&table).await.good().shows("Observations").shows("Acceptée en partie");

    // Whoever takes no part finds nothing.
    for login in ["inspector", "keeper"] {
        let mut other = world.browser(login).await;
        for kind in ["", ".csv", ".xlsx", ".docx"] {
            let answer = other.get(&format!("{table}{kind}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{login} {kind}");
        }
        let page = other.get("/cases").await.good();
        let answer = other.answer(&page, &table, &[("act", "accepted"), ("comment", &first)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{login}");
    }
}
