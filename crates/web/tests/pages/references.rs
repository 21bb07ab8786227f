//! Series and their numbers on pages: kept, struck out, given at registration; what replaces a paper stands above it.

use office::Sender;
use registry::command::{Command, OPERATOR};

use axum::http::StatusCode;

use crate::browser::World;

#[tokio::test]
async fn a_clerk_keeps_a_number_registers_the_paper_with_it_and_the_report_is_whole() {
    let world = World::founded().await;
    let registry = world.office.house().await.unwrap().registry_by_code("REG").unwrap().id;
    let entrust = Command::EntrustSeries { series: "MCM".into(), registry };
    let operator = Sender::operator_as(OPERATOR);
    world.office.command(operator, world.office.new_command(), entrust).await.unwrap();
    let mut clerk = world.browser("clerk").await;
    clerk.get("/series").await.good().shows("Military Committee memorandum");

    let report = clerk.get("/series/MCM").await.good();
    // Nothing said for what: refused beside the field.
    let refused = clerk.answer(&report, "/series/MCM/numbers", &[("purpose", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("For what");
    let kept = clerk.answer(&refused, "/series/MCM/numbers", &[("purpose", "Note on stocks")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    clerk.get(kept.to()).await.good().shows("is kept. Choose it when you register the paper.");
    let report = clerk.get("/series/MCM").await.good();
    report.shows("Note on stocks").shows("Kept");

    // The form of registration offers it.
    let form = clerk.get("/register/new").await.good();
    form.shows("Note on stocks").shows("Next of MCM");
    let csv = clerk.get("/series/MCM/report.csv").await.good();
    csv.shows("Note on stocks");
    let typed = [("reference", "MCM-0900-2026"), ("reason", "Mistake")];
    let void = clerk.answer(&report, "/series/MCM/voids", &typed).await;
    assert_eq!(void.status, StatusCode::UNPROCESSABLE_ENTITY);
    void.shows("has not been reached yet").shows("MCM-0900-2026");
    assert_eq!(clerk.get("/series/C-M").await.status, StatusCode::NOT_FOUND);
}
