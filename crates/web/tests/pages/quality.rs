//! The quality report on its pages: figures of what may be read, the papers behind them, files of both.

use axum::http::StatusCode;

use crate::browser::World;

#[tokio::test]
async fn figures_count_what_may_be_read_and_lead_to_the_papers_behind_them() {
    let world = World::founded().await;
    world.paper(Some("SECRET"), "Stocks", "Depots count their winter stocks.").await;
    let open = world.paper(Some("CONFIDENTIAL"), "Stocks", "Depots count their stocks.").await;
    world.paper(Some("CONFIDENTIAL"), "Stocks of the whole winter", "Depots.").await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/quality").await.good();
    page.shows("3 papers")
        .shows("Subject of fewer than three words")
        .shows("rule=short-subject")
        .shows("Only papers that you may read");
    let papers = clerk.get("/quality/papers?rule=short-subject").await.good();
    papers.shows(&open).shows(&format!("/documents/{open}/correct")).hides("whole winter");
    assert_eq!(papers.banner(), "NATO SECRET");
    let csv = clerk.get("/quality/papers.csv?rule=short-subject").await.good().text;
    assert_eq!(csv.lines().count(), 3, "{csv}");
    for by in ["registry", "originator", "division", "month"] {
        let page = clerk.get(&format!("/quality?by={by}&order=-papers")).await.good();
        page.shows("aria-sort=\"descending\"");
        assert_eq!(clerk.get(&format!("/quality.csv?by={by}")).await.good().text.lines().count(), 2, "{by}");
    }
    clerk.get("/quality/papers?rule=short-subject&by=month&value=2026-03").await.good().shows(&open);
    clerk
        .get("/quality/papers?rule=short-subject&by=month&value=2026-02")
        .await
        .good()
        .shows("No paper breaks this rule");
    assert_eq!(clerk.get("/quality/papers?rule=nothing").await.status, StatusCode::NOT_FOUND);
    clerk
        .get(&format!("/documents/{open}?tab=about"))
        .await
        .good()
        .shows("Completeness")
        .shows("Subject of fewer than three words");

    let mut reader = world.browser("reader").await;
    reader.get(&format!("/documents/{open}?tab=about")).await.good().hides("Completeness");
    assert_eq!(reader.get("/quality").await.status, StatusCode::NOT_FOUND);
    clerk.speaks("fr").await;
    clerk.get("/quality").await.good().shows("Qualité du registre").shows("Objet de moins de trois mots");
}
