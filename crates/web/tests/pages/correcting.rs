//! Correcting through the form: filled with what stands there, what was typed kept, the history told.

use axum::http::StatusCode;

use crate::browser::World;

/// The fields of the form as a clerk sends them back, with some of them changed.
fn fields<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let as_it_was = [
        ("subject", "Rotation"),
        ("kind", "letter"),
        ("direction", "incoming"),
        ("language", "en"),
        ("date", ""),
        ("held_elsewhere", ""),
        ("reason", ""),
    ];
    let kept = as_it_was.iter().filter(|(name, _)| !changed.iter().any(|(n, _)| n == name));
    kept.chain(changed).copied().collect()
}

#[tokio::test]
async fn a_clerk_corrects_with_a_reason_and_the_page_tells_what_it_was() {
    let world = World::founded().await;
    let id = world.paper(Some("CONFIDENTIAL"), "Rotation", "The detachment rotates.").await;
    let (page, form) = (format!("/documents/{id}"), format!("/documents/{id}/correct"));
    let mut clerk = world.browser("clerk").await;
    clerk.get(&page).await.good().shows("Correct the entry");
    let shown = clerk.get(&form).await.good();
    shown.shows("Rotation").hides("Need to know");
    // The banner is the document's: more than its subject line stands in the form.
    assert!(shown.banner().contains("NATO CONFIDENTIAL"), "{}", shown.banner());
    let mark = shown.hidden("mark");
    let typed = fields(&[("mark", &mark), ("subject", "Relief of the detachment")]);
    let refused = clerk.answer(&shown, &form, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // What was typed is kept.
    refused.shows("Relief of the detachment").shows("Reason");
    let typed = fields(&[
        ("mark", &mark),
        ("subject", "Relief of the detachment"),
        ("reason", "The signed paper says otherwise"),
    ]);
    let done = clerk.answer(&refused, &form, &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(done.to()).await.good().shows("Relief of the detachment").shows("Corrected.");
    let about = clerk.get(&format!("{page}?tab=about")).await.good();
    about.shows("Entry corrected").shows("The signed paper says otherwise").shows("<del>Rotation</del>");
    // Nothing is changed a second time by a form that was open all the while.
    let stale =
        clerk.answer(&shown, &form, &fields(&[("mark", &mark), ("subject", "Third"), ("reason", "r")])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.shows("Third");
}

#[tokio::test]
async fn a_form_of_correction_is_for_those_who_may() {
    let world = World::founded().await;
    let id = world.paper(Some("CONFIDENTIAL"), "Rotation", "The detachment rotates.").await;
    let form = format!("/documents/{id}/correct");
    let mut reader = world.browser("reader").await;
    reader.get(&format!("/documents/{id}")).await.good().hides("Correct the entry");
    assert_eq!(reader.get(&form).await.status, StatusCode::FORBIDDEN);
    let none = "/documents/00000000000000000000000000000000/correct";
    assert_eq!(reader.get(none).await.status, StatusCode::NOT_FOUND);
}
