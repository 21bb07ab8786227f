//! Search on its page: what is found is what may be read, and a reference leads straight to its document.

use axum::http::StatusCode;

use crate::browser::World;

#[tokio::test]
async fn words_are_found_in_their_places_by_those_who_may_read_them() {
    let world = World::founded().await;
    world.paper(Some("SECRET"), "Winter stocks", "Depots count their winter stocks & report.").await;
    world.paper(Some("CONFIDENTIAL"), "Summer stocks", "Depots count their stocks in summer.").await;
    world.office.catch_up().await.unwrap();
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/search?q=stocks").await.good();
    page.shows("2 documents").shows("<mark>stocks</mark> in summer").shows("NATO CONFIDENTIAL");
    // A list opens nothing: of an accountable paper it quotes no word of the text.
    page.shows("Winter").hides("&amp; report");
    assert_eq!(page.banner(), "NATO SECRET");
    let narrowed = page.text.split("href=\"").find(|l| l.contains("marking%3A")).unwrap();
    let path = narrowed.split('"').next().unwrap().replace("&amp;", "&");
    clerk.get(&path).await.good().shows("1 document").shows("Remove Marking");
    assert_eq!(clerk.get("/search.csv?q=stocks").await.good().text.lines().count(), 3);

    let mut reader = world.browser("reader").await;
    reader.get("/search?q=stocks").await.good().shows("1 document").hides("Winter").hides("NATO SECRET");
    assert_eq!(reader.get("/search.csv?q=stocks").await.good().text.lines().count(), 2);
    reader.get("/search?q=winter").await.good().shows("Nothing that you may see fits");
}

#[tokio::test]
async fn a_reference_leads_to_its_document_and_a_hidden_one_nowhere() {
    let world = World::founded().await;
    let paper = world.paper(Some("SECRET"), "Winter stocks", "Stocks.").await;
    world.office.catch_up().await.unwrap();
    let mut clerk = world.browser("clerk").await;
    for typed in ["REG-2026-1", "reg%202026%2F001"] {
        let page = clerk.get(&format!("/search?q={typed}")).await;
        assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, format!("/documents/{paper}").as_str()));
    }
    let mut reader = world.browser("reader").await;
    let (hidden, absent) =
        (reader.get("/search?q=REG-2026-1").await.good(), reader.get("/search?q=REG-2026-9").await.good());
    assert_eq!(hidden.text.replace("REG-2026-1", "?"), absent.text.replace("REG-2026-9", "?"));
}

#[tokio::test]
async fn a_query_that_cannot_be_read_says_why_and_stays_in_the_box() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/search?q=%22host%20nation").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("The search cannot be read").shows("value=\"&quot;host nation\"");
    clerk.get("/search?q=").await.good().shows("How to search");
}
