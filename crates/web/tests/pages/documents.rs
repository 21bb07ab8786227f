//! The register and its documents: seen in the measure of the clearance, absent where they may not be seen.

use axum::http::StatusCode;
use registry::document::ReadingOutcome;

use crate::browser::World;

#[tokio::test]
async fn what_may_not_be_seen_and_what_is_not_there_are_one_page_byte_for_byte() {
    let world = World::founded().await;
    let hidden = world.paper(Some("SECRET"), "Winter stocks", "Stocks are to be counted.").await;
    let absent = "0".repeat(32);
    for (login, language) in [("reader", "en"), ("nobody", "fr"), ("keeper", "en")] {
        let mut browser = world.browser(login).await;
        browser.speaks(language).await;
        for rest in ["", "?tab=versions", "/file/1", "/file/1/1"] {
            let (a, b) = (
                browser.get(&format!("/documents/{hidden}{rest}")).await,
                browser.get(&format!("/documents/{absent}{rest}")).await,
            );
            assert_eq!((a.status, b.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
            assert_eq!(a.text.replace(&hidden, &absent), b.text, "{login} {rest}");
            assert_eq!(a.headers, b.headers);
        }
        // A registry of which nothing is seen, and none at all.
        let a = browser.get("/register?registry=XYZ").await;
        assert_eq!(a.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn lists_desk_and_exports_are_the_same_whether_or_not_hidden_papers_exist() {
    let (with, without) = (World::founded().await, World::founded().await);
    for world in [&with, &without] {
        world.paper(Some("CONFIDENTIAL"), "Air policing", "Rotations are planned.").await;
    }
    for n in 0..5 {
        let text = format!("Stocks are to be counted {n} times.");
        with.paper(Some("SECRET"), &format!("Winter stocks {n}"), &text).await;
    }
    with.paper(None, "Nobody knows", "").await;
    for login in ["reader", "nobody", "inspector", "officer1"] {
        let (mut a, mut b) = (with.browser(login).await, without.browser(login).await);
        for path in ["/desk", "/register", "/register?order=oldest", "/register.csv", "/search?q=stocks"] {
            let (one, two) = (a.get(path).await, b.get(path).await);
            assert_eq!(one.status, two.status, "{login} {path}");
            // Only what belongs to the session differs: its token and the identifiers of this world's own paper.
            assert_eq!(plain(&one.text), plain(&two.text), "{login} {path}");
        }
    }
}

/// A page without the identifiers that differ between any two houses.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() == 32 { "#" } else { &run });
        run.clear();
        out.push(c);
    }
    out
}

#[tokio::test]
async fn a_document_shows_text_versions_and_facts_under_its_own_marking() {
    let world = World::founded().await;
    let paper = world.paper(Some("SECRET"), "Winter <stocks>", "Stocks are to be counted & stored.").await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get(&format!("/documents/{paper}")).await.good();
    assert_eq!(page.banner(), "NATO SECRET");
    page.shows("Winter &lt;stocks&gt;").shows("Stocks are to be counted &amp; stored.").shows("REG-2026-1");
    page.shows("Certificate for NATO SECRET, until 30 June 2026.").shows("Military Committee");
    let versions = clerk.get(&format!("/documents/{paper}?tab=versions")).await.good();
    versions.shows("paper.txt").shows("text read").shows(&format!("/documents/{paper}/file/1"));
    clerk.get(&format!("/documents/{paper}?tab=about")).await.good().shows("Memorandum").shows("Incoming");

    let paper = world.paper(Some("CONFIDENTIAL"), "Stocks", "Stocks are to be weighed & stored.").await;
    let file = clerk.get(&format!("/documents/{paper}/file/1")).await.good();
    assert_eq!(file.bytes, b"Stocks are to be weighed & stored.");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"paper.txt\""));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(file.header("content-length"), "34");
    for version in ["0", "2", "x", "-1"] {
        let page = clerk.get(&format!("/documents/{paper}/file/{version}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{version}");
    }
}

#[tokio::test]
async fn what_is_attached_stands_beside_the_text_and_is_given_out_unless_held_back() {
    let world = World::founded().await;
    let message = world
        .message(&[
            ("annex <a>.txt", b"Annex A names the depot.", ReadingOutcome::Text),
            ("locked.docx", b"PK locked", ReadingOutcome::Encrypted),
            ("trap.xml", b"<trap/>", ReadingOutcome::Quarantined),
        ])
        .await;
    let mut clerk = world.browser("clerk").await;
    let link = |position: u32| format!("href=\"/documents/{message}/file/1/{position}\"");
    for (tab, head) in [("read", "<h2>Attached</h2>"), ("versions", "3 enclosures")] {
        let page = clerk.get(&format!("/documents/{message}?tab={tab}")).await.good();
        page.shows(head).shows("annex &lt;a&gt;.txt").shows("locked.docx").shows("trap.xml");
        page.shows(">encrypted</span>").shows(">quarantined</span>");
        page.shows(&link(1)).shows(&link(2)).hides(&link(3));
    }
    clerk.get(&format!("/documents/{message}?tab=about")).await.good().hides("locked.docx");

    let file = clerk.get(&format!("/documents/{message}/file/1/1")).await.good();
    assert_eq!(file.bytes, b"Annex A names the depot.");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"annex _a_.txt\""));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(file.header("content-length"), "24");
    let held = clerk.get(&format!("/documents/{message}/file/1/3")).await;
    assert!(held.status.is_client_error() && held.status != StatusCode::NOT_FOUND, "{}", held.status);
    held.hides("<trap/>");
    for places in ["1/0", "1/4", "2/1", "1/x", "1/-1"] {
        let page = clerk.get(&format!("/documents/{message}/file/{places}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{places}");
    }
    // Who may not read the message gets nothing of it, and no other page than where nothing is.
    let mut nobody = world.browser("nobody").await;
    let absent = "0".repeat(32);
    let (a, b) = (
        nobody.get(&format!("/documents/{message}/file/1/1")).await,
        nobody.get(&format!("/documents/{absent}/file/1/1")).await,
    );
    assert_eq!((a.status, a.text.replace(&message, &absent)), (StatusCode::NOT_FOUND, b.text));

    // Where nothing is attached, nothing says so.
    let paper = world.paper(Some("SECRET"), "Alone", "Nothing is attached.").await;
    clerk.get(&format!("/documents/{paper}")).await.good().hides("<h2>Attached</h2>");
    clerk.get(&format!("/documents/{paper}?tab=versions")).await.good().hides("enclosure");
}

#[tokio::test]
async fn staff_handle_what_they_may_not_read() {
    let world = World::founded().await;
    let paper = world.paper(Some("TOP SECRET"), "Deep <subject>", "").await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get(&format!("/documents/{paper}")).await.good();
    page.shows("REG-2026-1").shows("COSMIC TOP SECRET").shows("You may handle this document, not read it");
    page.hides("Deep").hides("Military Committee").hides("Operations Division");
    assert_eq!(page.banner(), "NATO UNCLASSIFIED");
    let list = clerk.get("/register").await.good();
    list.shows("REG-2026-1").shows("you may handle it, not read it").hides("Deep");
    clerk.get("/register.csv").await.good().shows("REG-2026-1,,COSMIC TOP SECRET").hides("Deep");
}

#[tokio::test]
async fn a_paper_without_marking_is_the_controllers_and_waits_on_his_desk() {
    let world = World::founded().await;
    let paper = world.paper(None, "Scanned letter", "").await;
    let mut controller = world.browser("controller").await;
    let desk = controller.get("/desk").await.good();
    desk.shows("Scanned letter").shows("one waits for you");
    assert_eq!(desk.banner(), "Marking undetermined");
    controller.get(&format!("/documents/{paper}")).await.good().shows("on paper, safe 4");
    let mut clerk = world.browser("clerk").await;
    assert_eq!(clerk.get(&format!("/documents/{paper}")).await.status, StatusCode::NOT_FOUND);
    clerk.get("/desk").await.good().hides("Scanned letter").shows("nothing waits for you");
}

#[tokio::test]
async fn the_banner_of_a_list_is_the_highest_of_what_it_shows() {
    let world = World::founded().await;
    for (level, subject) in [("UNCLASSIFIED", "One"), ("RESTRICTED", "Two"), ("SECRET", "Three")] {
        world.paper(Some(level), subject, "").await;
    }
    assert_eq!(world.browser("clerk").await.get("/register").await.banner(), "NATO SECRET");
    assert_eq!(world.browser("reader").await.get("/register").await.banner(), "NATO RESTRICTED");
    assert_eq!(world.browser("keeper").await.get("/register").await.banner(), "NATO UNCLASSIFIED");
    assert_eq!(
        world.browser("keeper").await.get("/people").await.banner(),
        "No classified content on this page"
    );
}

#[tokio::test]
async fn a_list_is_walked_to_its_end_and_back_by_its_links() {
    let world = World::founded().await;
    for n in 1..=120 {
        world.paper(Some("UNCLASSIFIED"), &format!("Paper number {n} of many"), "").await;
    }
    let mut clerk = world.browser("clerk").await;
    for start in
        ["/register", "/register?registry=REG&order=registered", "/register?registry=reg&order=first"]
    {
        let (mut path, mut seen, mut pages) = (start.to_owned(), Vec::new(), Vec::new());
        loop {
            let page = clerk.get(&path).await.good();
            let rows: Vec<String> = page
                .text
                .split("Paper number ")
                .skip(1)
                .map(|rest| rest.split(' ').next().unwrap().to_owned())
                .collect();
            pages.push((page.text.clone(), rows.clone()));
            seen.extend(rows);
            let Some(next) = link(&page.text, "next") else { break };
            path = next;
        }
        assert_eq!(pages.iter().map(|(_, rows)| rows.len()).collect::<Vec<_>>(), [50, 50, 20], "{start}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "{start}");
        let back = link(&pages[2].0, "prev").unwrap();
        let again = clerk.get(&back).await.good();
        let first = link(&again.text, "prev").unwrap();
        for row in &pages[1].1 {
            again.shows(&format!("Paper number {row} of"));
        }
        let begun = clerk.get(&first).await.good();
        assert!(link(&begun.text, "prev").is_none());
        begun.shows("1 to 50 of 120");
    }
    let csv = clerk.get("/register.csv?registry=REG").await.good();
    assert_eq!(csv.text.lines().count(), 121);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    // A place that is none begins at the beginning.
    clerk.get("/register?after=nonsense&order=nonsense").await.good().shows("1 to 50 of 120");
}

fn link(page: &str, rel: &str) -> Option<String> {
    let mark = format!("rel=\"{rel}\"");
    let at = page.find(&mark)?;
    let href = page[..at].rfind("href=\"")? + 6;
    Some(page[href..].split('"').next()?.replace("&amp;", "&"))
}
