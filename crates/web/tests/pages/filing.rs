//! File plans on pages: opened by a form that keeps what was typed, filed by a button, many at once, taken out.

use axum::http::StatusCode;

use crate::browser::{Browser, World};

/// Opens a file through the form; its address.
async fn opens(clerk: &mut Browser, fields: &[(&str, &str)]) -> String {
    let form = clerk.get("/files/new").await.good();
    let command = form.hidden("command");
    let mut all = vec![("registry", "REG"), ("is", "subject"), ("command", &*command), ("level", "open")];
    all.extend_from_slice(fields);
    let done = clerk.answer(&form, "/files/new", &all).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    done.to().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_plan_begins_empty_and_grows_as_a_tree() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    clerk.get("/files").await.good().shows("This registry has no file yet").shows("Open the first file");
    let form = clerk.get("/files/new").await.good();
    // What was typed stays when it is refused.
    let typed = [
        ("registry", "REG"),
        ("is", "subject"),
        ("name_fr", ""),
        ("code", "a b"),
        ("name_en", "Stocks"),
        ("level", "open"),
    ];
    let refused = clerk.answer(&form, "/files/new", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"a b\"").shows("A code has letters and digits").shows("value=\"Stocks\"");

    let top =
        opens(&mut clerk, &[("name_en", "Logistics"), ("name_fr", "Logistique"), ("owner", "Plans")]).await;
    let parent = top.rsplit('/').next().unwrap().to_owned();
    let below = opens(&mut clerk, &[("name_en", "Winter stocks"), ("parent", &parent), ("code", "")]).await;
    let plan = clerk.get("/files").await.good();
    plan.shows("Logistics")
        .shows("1 file below")
        .shows("Winter stocks")
        .shows("<code>1.1</code>")
        .shows("Plans");
    clerk
        .get(&below)
        .await
        .good()
        .shows("Nothing is filed here for you")
        .shows("Volume 1")
        .shows("1 Logistics");
    let csv = clerk.get("/files.csv?registry=REG").await.good();
    assert_eq!(csv.text.lines().count(), 3, "{}", csv.text);
    clerk.speaks("fr").await;
    clerk.get("/files").await.good().shows("Logistique").shows("1 dossier au-dessous");

    // Who keeps no plan reads it, and finds no form.
    world.paper(Some("CONFIDENTIAL"), "Rotation", "").await;
    let mut reader = world.browser("reader").await;
    reader.get("/files").await.good().shows("Logistics").hides("/files/new");
    reader.get(&top).await.good().hides("Change the file").hides("Close the file");
    assert_eq!(reader.get("/files/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(reader.get(&format!("{top}/change")).await.status, StatusCode::FORBIDDEN);
    // To whom the registry shows nothing, neither does its plan.
    let mut nobody = world.browser("nobody").await;
    let (there, not) = (nobody.get(&top).await, nobody.get("/files/00000000000000000000000000000000").await);
    assert_eq!((there.status, not.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn a_document_is_filed_by_a_button_and_taken_out_with_a_reason() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let file = opens(&mut clerk, &[("name_en", "Rotation of units"), ("words", "rotation")]).await;
    let id = file.rsplit('/').next().unwrap().to_owned();
    let paper = world.paper(Some("CONFIDENTIAL"), "The rotation", "The detachment rotates.").await;
    let (page, files) = (format!("/documents/{paper}"), format!("/documents/{paper}/files"));
    let shown = clerk.get(&page).await.good();
    shown.shows("In no file yet.").shows("the word “rotation”").shows("1 Rotation of units");
    let command = shown.hidden("command");
    let done = clerk.answer(&shown, &files, &[("command", &command), ("file", &id)]).await;
    assert_eq!(
        (done.status, done.to()),
        (StatusCode::SEE_OTHER, format!("{page}?done=filed").as_str()),
        "{}",
        done.text
    );
    clerk.get(&page).await.good().shows("Filed in").hides("In no file yet.");
    clerk.get(&file).await.good().shows("The rotation").shows("1 to 1");
    let csv = clerk.get(&format!("{file}/documents.csv")).await.good();
    assert_eq!(csv.text.lines().count(), 2);

    let form = clerk.get(&files).await.good();
    let out = [("act", "take-out"), ("from", id.as_str())];
    let refused = clerk.answer(&form, &files, &out).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Reason").shows("Take it out");
    let done = clerk.answer(&form, &files, &[out[0], out[1], ("reason", "Put there by mistake")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(&files).await.good().shows("Put there by mistake").shows("Taken out of 1 Rotation of units");
    clerk.get(&file).await.good().shows("Nothing is filed here for you");

    let mut reader = world.browser("reader").await;
    assert_eq!(reader.get(&files).await.status, StatusCode::FORBIDDEN);
    reader.get(&page).await.good().hides("Filed in");
}

#[tokio::test]
async fn many_are_filed_at_once_and_those_refused_stay_in_the_field() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let file = opens(&mut clerk, &[("name_en", "Rotation of units")]).await;
    for n in 0..3 {
        world.paper(Some("SECRET"), &format!("Paper {n}"), "").await;
    }
    let shown = clerk.get(&file).await.good();
    let command = shown.hidden("command");
    let typed = "REG-2026-1\nreg 2026/2\nREG-2026-99";
    let path = format!("{file}/documents");
    let done = clerk.answer(&shown, &path, &[("command", &command), ("references", typed)]).await.good();
    done.shows("2 documents are filed.").shows("One reference was not filed").shows("REG-2026-99");
    let command = done.hidden("command");
    let again = clerk.answer(&done, &path, &[("command", &command), ("references", "REG-2026-1")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("The document is in this file already.");
    let command = again.hidden("command");
    let last = clerk.answer(&again, &path, &[("command", &command), ("references", "REG-2026-3")]).await;
    assert_eq!(last.status, StatusCode::SEE_OTHER);
    clerk.get(&file).await.good().shows("1 to 3");
}

#[tokio::test]
async fn a_file_turns_and_keeps_what_was_typed() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let file = opens(&mut clerk, &[("name_en", "Rotation"), ("is", "dossier")]).await;
    let turn = format!("{file}/turn");
    let shown = clerk.get(&file).await.good();
    let refused =
        clerk.answer(&shown, &turn, &[("act", "close"), ("on", "31 June 2026"), ("reason", "The end")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("31 June 2026").shows("The end");
    for (act, field, word) in [
        ("close-volume", ("next", "yes"), "Volume 2"),
        ("close-volume", ("next", ""), "Begin a volume"),
        ("open-volume", ("place", "Box 3"), "Box 3"),
        ("close", ("reason", "All done"), "Open the file again"),
        ("reopen", ("reason", "Not all"), "Volume 4"),
    ] {
        let shown = clerk.get(&file).await.good();
        let done = clerk.answer(&shown, &turn, &[("act", act), field]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.text);
        clerk.get(done.to()).await.good().shows(word);
    }
    // The form of change begins with what is there.
    let form = format!("{file}/change");
    let shown = clerk.get(&form).await.good();
    shown.shows("value=\"Rotation\"").shows("Reason");
    let mark = shown.hidden("mark");
    let fields = [
        ("registry", "REG"),
        ("is", "dossier"),
        ("code", "1"),
        ("name_en", "Rotation"),
        ("status", "Under way"),
        ("mark", &*mark),
    ];
    let mut mute = fields.to_vec();
    mute.push(("reason", ""));
    let refused = clerk.answer(&shown, &form, &mute).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"Under way\"");
    let mut told = fields.to_vec();
    told.push(("reason", "It began"));
    let done = clerk.answer(&shown, &form, &told).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(&file).await.good().shows("Under way");
}
