//! What a person keeps for himself, on its pages: searches with what is new, what was opened last, profiles that flag.

use axum::http::StatusCode;

use crate::browser::World;

#[tokio::test]
async fn a_kept_search_counts_what_its_keeper_may_see_and_what_is_new_to_him() {
    let world = World::founded().await;
    world.paper(Some("SECRET"), "Winter stocks", "Depots count their winter stocks.").await;
    world.paper(Some("CONFIDENTIAL"), "Summer stocks", "Depots count their stocks.").await;
    world.office.catch_up().await.unwrap();
    let mut clerk = world.browser("clerk").await;
    let mut reader = world.browser("reader").await;
    for browser in [&mut clerk, &mut reader] {
        let page = browser.get("/search?q=stocks").await.good();
        let sent = browser.answer(&page, "/searches", &[("name", "Stocks"), ("query", "stocks")]).await;
        assert_eq!((sent.status, sent.to()), (StatusCode::SEE_OTHER, "/searches?done=search-kept"));
    }
    clerk.get("/searches").await.good().shows("<td class=\"num\">2</td>").hides(" new</span>");
    reader.get("/searches").await.good().shows("<td class=\"num\">1</td>").hides(" new</span>");

    world.paper(Some("SECRET"), "Spring stocks", "More stocks.").await;
    world.office.catch_up().await.unwrap();
    clerk.get("/desk").await.good().shows("1 new").shows("saved=1");
    reader.get("/desk").await.good().shows("saved=1").hides("1 new").hides("Spring stocks");
    clerk
        .get("/search?q=stocks&saved=1&new=1")
        .await
        .good()
        .shows("1 document")
        .shows("Spring stocks")
        .hides("Summer");
    clerk.get("/desk").await.good().hides("1 new");
    clerk.get("/search?q=stocks&saved=1").await.good().shows("3 documents");

    let form = clerk.get("/searches/1").await.good();
    let taken = clerk.answer(&form, "/searches/1", &[("name", " "), ("query", "stocks")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    taken.shows("value=\"stocks\"");
    let unread = clerk.answer(&form, "/searches/1", &[("name", "Other"), ("query", "\"never closed")]).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    unread.shows("value=\"Other\"").shows("The search cannot be read");
    clerk.answer(&form, "/searches/1", &[("name", "Depots"), ("query", "depots")]).await;
    clerk.get("/searches").await.good().shows("Depots");
    reader.get("/searches").await.good().hides("Depots").shows("Stocks");
    clerk.answer(&form, "/searches/1", &[("act", "drop")]).await;
    clerk.get("/searches").await.good().shows("No search is saved yet");
    assert_eq!(clerk.get("/searches/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_opened_last_is_there_as_long_as_it_may_be_seen() {
    let world = World::founded().await;
    let open = world.paper(Some("CONFIDENTIAL"), "Summer stocks", "Stocks.").await;
    let hidden = world.paper(Some("SECRET"), "Winter stocks", "Other stocks.").await;
    let mut clerk = world.browser("clerk").await;
    let mut reader = world.browser("reader").await;
    for browser in [&mut clerk, &mut reader] {
        for paper in [&open, &hidden] {
            browser.get(&format!("/documents/{paper}")).await;
        }
    }
    let opened = |page: &str| {
        page.split("Opened last</h2>").nth(1).unwrap().split("</section>").next().unwrap().to_owned()
    };
    let seen = opened(&clerk.get("/desk").await.good().text);
    assert!(seen.find("Winter stocks").unwrap() < seen.find("Summer stocks").unwrap(), "the last first");
    let less = opened(&reader.get("/desk").await.good().text);
    assert!(less.contains("Summer stocks") && !less.contains("Winter"));

    // His certificate ends: what he opened is simply not there any more.
    world.after(60 * 24 * 200);
    let mut clerk = world.browser("clerk").await;
    assert!(!opened(&clerk.get("/desk").await.good().text).contains("stocks"));
}

#[tokio::test]
async fn a_profile_flags_what_comes_and_fits_and_says_why_until_it_is_put_aside() {
    let world = World::founded().await;
    world.paper(Some("CONFIDENTIAL"), "Old convoy", "The convoy left.").await;
    world.office.catch_up().await.unwrap();
    let mut reader = world.browser("reader").await;
    let form = reader.get("/watches/new?q=convoy").await.good();
    form.shows("value=\"convoy\"");
    let kept =
        reader.answer(&form, "/watches", &[("name", "Convoys"), ("query", "convoy kind:memorandum")]).await;
    assert_eq!(kept.to(), "/watches/1?done=watch-kept");
    reader.get("/watches/1").await.good().shows("Nothing new fits").hides("Old convoy");

    let new = world.paper(Some("CONFIDENTIAL"), "New convoy", "The second convoy leaves tomorrow.").await;
    let hidden = world.paper(Some("SECRET"), "Secret convoy", "The third convoy.").await;
    world.paper(Some("CONFIDENTIAL"), "Stocks", "Nothing of the kind.").await;
    world.office.catch_up().await.unwrap();
    let page = reader.get("/watches/1").await.good();
    page.shows("New convoy")
        .shows("second <mark>convoy</mark>")
        .shows("Kind: ")
        .hides("Secret")
        .hides("Stocks");
    reader.get("/desk").await.good().shows("Convoys").shows("New convoy").hides("Secret convoy");

    // What is hidden is put aside by nobody; what is seen, until it is corrected.
    for paper in [&hidden, &new] {
        reader.answer(&page, "/watches/1/aside", &[("document", paper)]).await;
    }
    reader.get("/watches/1").await.good().hides("New convoy");
    reader.get("/desk").await.good().shows("Nothing new fits");
    let mut clerk = world.browser("clerk").await;
    assert_eq!(clerk.get("/watches/1").await.status, StatusCode::NOT_FOUND, "it is the reader's own");
}

#[tokio::test]
async fn the_keys_page_names_the_pages_that_one_may_open() {
    let world = World::founded().await;
    let mut keeper = world.browser("keeper").await;
    let page = keeper.get("/keys").await.good();
    page.shows("href=\"/people\"")
        .shows("href=\"/people/new\"")
        .hides("href=\"/register/new\"")
        .hides("href=\"/ledger\"");
    let mut clerk = world.browser("clerk").await;
    clerk.get("/keys").await.good().shows("href=\"/register/new\"").hides("href=\"/people/new\"");
}

#[tokio::test]
async fn a_list_shows_and_exports_the_columns_that_its_address_says() {
    let world = World::founded().await;
    world.paper(Some("CONFIDENTIAL"), "Winter stocks", "Depots count their winter stocks.").await;
    world.office.catch_up().await.unwrap();
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/register").await.good();
    let fields = [
        ("list", "register"),
        ("base", "order=newest"),
        ("at.registered-by", "2"),
        ("at.subject", "1"),
        ("rows", "25"),
    ];
    let shown = clerk
        .answer(&page, "/views", &[&fields[..], &[("act", "show"), ("density", "tight")]].concat())
        .await;
    let to = shown.to().to_owned();
    assert_eq!(to, "/register?order=newest&cols=subject,registered-by&rows=25&density=tight");
    let list = clerk.get(&to).await.good();
    list.shows("Person called clerk").shows("Registered by</th>").hides("Originator</th>");
    let export = list.text.split("href=\"").find(|l| l.starts_with("/register.csv")).unwrap();
    let export = export.split('"').next().unwrap().replace("&amp;", "&");
    let csv = clerk.get(&export).await.good().text;
    assert_eq!(
        csv.lines().collect::<Vec<_>>(),
        ["Subject,Registered by", "Winter stocks,Person called clerk"]
    );
    let found = clerk.get("/search.csv?q=stocks&cols=number,addressee,file").await.good().text;
    assert!(found.starts_with("Reference,Addressee,File\r\n"), "{found}");

    // Kept under a name, made the usual one, dropped.
    clerk
        .answer(
            &page,
            "/views",
            &[&fields[..], &[("act", "keep"), ("name", "Clerks"), ("density", "open")]].concat(),
        )
        .await;
    clerk.get("/register").await.good().shows("Clerks</a>").shows("Originator</th>");
    clerk.answer(&page, "/views", &[("list", "register"), ("act", "usual"), ("number", "1")]).await;
    clerk.get("/register").await.good().shows("Registered by</th>").hides("Originator</th>");
    clerk.get("/register?cols=subject,originator").await.good().shows("Originator</th>");
    let mut reader = world.browser("reader").await;
    reader.get("/register").await.good().hides("Clerks").shows("Originator</th>");
    clerk.answer(&page, "/views", &[("list", "register"), ("act", "drop"), ("number", "1")]).await;
    clerk.get("/register").await.good().hides("Clerks").shows("Originator</th>");
    let refused =
        clerk.answer(&page, "/views", &[&fields[..], &[("act", "keep"), ("name", "")]].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"2\"");
}
