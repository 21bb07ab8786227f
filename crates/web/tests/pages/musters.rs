//! Musters through their pages: opened, counted by scanner, ended, signed by two, exported.

use axum::http::StatusCode;

use crate::receipts::{Desk, sends};

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
